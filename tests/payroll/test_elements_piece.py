"""Piece rate (requirements D12)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from pay_house import plan, roster, wages

from wfm.domain.errors import InputErrors
from wfm.payroll import check_pay, check_settings, payroll
from wfm.payroll.examples import PayExample

if TYPE_CHECKING:
    from wfm.payroll import PayLine

MAY = (date(2026, 5, 1), date(2026, 5, 31))
WAGE = {"base": 2500, "calls": 1200, "penalty": -150}
RATES = {"unit_price": "0.80", "coefficient": "1.2"}


def piece(wage: dict[str, Any] | None = WAGE, **fields: Any) -> tuple[PayLine, ...]:
    """Return the lines of May."""
    return PayExample(wage=wage, fields={**RATES, **fields}).lines("piece")


def total(lines: tuple[PayLine, ...]) -> Decimal:
    """Return what the lines add up to."""
    return sum((line.amount for line in lines if line.amount is not None), Decimal(0))


@pytest.mark.parametrize(("grouping", "amount"), [("separate", "3280.00"), ("literal", "3472.00")])
def test_both_groupings(grouping: str, amount: str) -> None:
    """2500 + 1200 x 0.80 + (-150) x 1.2 are 3280.00; grouped, 2500 + (960 - 150) x 1.2 are 3472.00."""
    assert total(piece(grouping=grouping)) == Decimal(amount)


def test_each_part_is_a_line_with_its_arithmetic() -> None:
    """Base, calls and penalty are lines of their own: quantity x rate x multiplier is the amount."""
    base, calls, penalty = piece()
    assert (base.element_code, base.amount) == ("piece_base", Decimal("2500.00"))
    assert (calls.quantity, calls.unit, calls.rate, calls.amount) == (
        Decimal(1200),
        "call",
        Decimal("0.80"),
        Decimal("960.00"),
    )
    assert (penalty.rate, penalty.multiplier, penalty.amount) == (Decimal(-150), Decimal("1.2"), Decimal("-180.00"))
    assert calls.reason.en == "1200 calls x 0.80 = 960.00"
    assert penalty.reason.zh == "扣罚 -150 × 提成系数 1.2 = -180.00"


@pytest.mark.parametrize(("minimum", "amount"), [("3280", None), ("3280.01", "0.01"), ("4000", "720.00")])
def test_minimum(minimum: str, amount: str | None) -> None:
    """What is missing to the minimum is a line of its own; nothing is missing at exactly the minimum."""
    lines = piece(minimum=minimum)
    top_up = [line for line in lines if line.element_code == "piece_minimum"]
    assert [line.amount for line in top_up] == ([] if amount is None else [Decimal(amount)])
    assert total(lines) == max(Decimal(minimum), Decimal(3280))


def test_half_a_cent_is_rounded_up_once() -> None:
    """Three calls at 0.335 are 1.01, from 1.005."""
    assert piece({**WAGE, "calls": 3}, unit_price="0.335")[1].amount == Decimal("1.01")


def test_a_base_paid_elsewhere_is_left_out() -> None:
    """With `wage = []` only calls and penalty are paid."""
    example = PayExample(wage={"calls": 10, "penalty": 0}, fields={**RATES, "wage": []})
    assert total(example.lines("piece")) == 8


def test_without_wages_nothing_is_known() -> None:
    """Without pay.csv there is one line without amount, and no top-up."""
    (line,) = piece(None, minimum=4000)
    assert (line.amount, line.reason.en) == (None, "no wage was given")


def test_two_months_are_not_guessed() -> None:
    """Where the period has two months, the calls of each are not known: no amount, and the reason says so."""
    example = PayExample(last=date(2026, 6, 30), wage=WAGE, fields=RATES)
    (line,) = example.lines("piece")
    assert line.amount is None
    assert "more than one month" in line.reason.en
    assert replace(example, last=date(2026, 5, 15)).lines("piece")[0].amount == 2500


@pytest.mark.parametrize(("penalty", "problems"), [(Decimal(0), 0), (Decimal(-5), 0), (Decimal(5), 1)])
def test_a_penalty_is_negative(penalty: Decimal, problems: int) -> None:
    """A penalty given as a positive number is a problem with its column, and nothing is paid."""
    known = plan(*MAY, pay={"piece": RATES})
    columns = ("base", "performance", "calls", "penalty")
    pay = wages({"007": [Decimal(2500), Decimal(0), Decimal(10), penalty]}, columns)
    found = check_pay(known, pay)
    assert [(p.file, p.column, p.value) for p in found] == [("pay.csv", "penalty", str(penalty))] * problems
    if found:
        assert "minus sign" in found[0].message.en
        with pytest.raises(InputErrors, match="penalty"):
            payroll(roster(known, {}), known, pay)


def test_calls_are_not_negative() -> None:
    """Any other column is 0 or more."""
    known = plan(*MAY, pay={"piece": RATES})
    pay = wages({"007": [1, 0, Decimal(-1), 0]}, ("base", "performance", "calls", "penalty"))
    assert [p.column for p in check_pay(known, pay)] == ["calls"]


def test_price_and_coefficient_are_required() -> None:
    """Neither the price nor the coefficient has a default."""
    problems = check_settings(plan(*MAY, pay={"piece": {}}).settings)
    assert {p.column for p in problems} == {"pay.piece.unit_price", "pay.piece.coefficient"}
