"""Quality bonus (requirements C1 to C5)."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from pay_house import plan, roster, wages

from wfm.domain.agents import Agent
from wfm.payroll import check_settings, payroll
from wfm.payroll.examples import PayExample

if TYPE_CHECKING:
    from wfm.payroll import PayLine

FIRST = date(2026, 5, 1)
MAY = (FIRST, date(2026, 5, 31))


def bonus(*failed: int, checked: int = 20, worked: int = 0, wage: Any = 500, **fields: Any) -> PayLine:
    """Return the line of May; so many contacts failed on its first days."""
    days = [FIRST + timedelta(days=n) for n in range(31)]
    (line,) = PayExample(
        shifts=dict.fromkeys(days[:worked], "09:00-17:00"),
        wage=None if wage is None else {"bonus": wage},
        fields=fields,
        checked=dict(zip(days, ((checked, n) for n in failed), strict=False)) if failed else None,
    ).lines("quality")
    return line


@pytest.mark.parametrize(
    ("score", "amount", "says"),
    [
        (26, 500, "extra bonus"),
        (25, 500, "at least 20: the whole bonus 500"),
        (20, 500, "at least 20"),
        (19, 450, "below 20: 500 - 50"),
        (15, 450, "below 20"),
        (14, 400, "below 15: 500 - 100"),
        (13, 400, "below 15"),
        (12, 0, "12 or less: no bonus"),
        (11, 0, "no bonus"),
    ],
)
def test_bounds(score: int, amount: int, says: str) -> None:
    """26 all and more, 20 all, 19 and 15 less 50, 14 and 13 less 100, 12 nothing: each bound exactly."""
    line = bonus(*[4] * (26 - score), 0)
    assert (line.quantity, line.unit, line.amount) == (Decimal(score), "point", Decimal(amount))
    assert says in line.reason.en
    assert ("extra bonus" in line.reason.en) == (score == 26)
    assert f"26 points - {26 - score} = {score}" in line.reason.en


@pytest.mark.parametrize(("failed", "threshold", "per4"), [(3, 0, 0), (4, 1, 1), (9, 1, 2), (20, 1, 5)])
def test_failed_contacts(failed: int, threshold: int, per4: int) -> None:
    """Of 20 checked, 3 failed cost nothing, 4 a point, 9 one or, with per4, two."""
    assert bonus(failed).quantity == 26 - threshold
    assert bonus(failed, mode="per4").quantity == 26 - per4


@pytest.mark.parametrize(("checked", "limit"), [(1, 1), (5, 1), (6, 2), (10, 2), (11, 3), (15, 3), (16, 4), (40, 4)])
def test_the_limit_is_scaled_for_small_samples(checked: int, limit: int) -> None:
    """Where fewer than 20 were checked the limit is 4 x checked / 20, rounded up; never above 4."""
    assert bonus(limit, checked=checked).quantity == 25
    assert bonus(limit - 1, checked=checked).quantity == 26


def test_a_day_without_checks_costs_nothing() -> None:
    """A row with nothing checked is no checked day."""
    line = bonus(0, checked=0)
    assert (line.amount, line.reason.en) == (None, "no contact was checked in the month (quality.csv)")


def test_without_checks_or_wages() -> None:
    """Without quality.csv, or without wages, the line has no amount and says why."""
    assert bonus().amount is None
    line = bonus(0, wage=None)
    assert (line.quantity, line.amount) == (Decimal(26), None)
    assert "no wage was given" in line.reason.en


@pytest.mark.parametrize(("wage", "amount"), [("30", "0.00"), ("50", "0.00"), ("50.555", "0.56")])
def test_never_below_nothing(wage: str, amount: str) -> None:
    """A bonus smaller than what is taken off is 0, not negative; half a cent is rounded up."""
    assert bonus(*[4] * 7, wage=wage).amount == Decimal(amount)


@pytest.mark.parametrize(("points", "amount"), [(2, 500), (3, 500), (4, 450), (5, 450), (6, 400), (7, 0)])
def test_work_days_scale_the_bounds(points: int, amount: int) -> None:
    """Of 13 worked days the bounds are 10, 7.5 and 6: 11 all, 10 all, 9 to 8 less 50, 7 less 100, 6 nothing."""
    line = bonus(*[4] * points, worked=13, base="work_days")
    assert (line.quantity, line.amount) == (Decimal(13 - points), Decimal(amount))


def test_days_of_another_month_do_not_count() -> None:
    """Checks of the days before the month are left out."""
    example = PayExample(wage={"bonus": 500}, checked={date(2026, 4, 30): (20, 9), date(2026, 5, 4): (20, 0)})
    assert example.lines("quality")[0].quantity == 26


def test_from_the_file_to_the_payroll() -> None:
    """Rows of quality.csv reach the line of their agent; an agent without rows has a line without amount."""
    known = plan(*MAY, *(Agent(agent_id=i, contract="full") for i in "ab"), pay={"quality": {}})
    rows = pd.DataFrame({"agent_id": ["a"], "date": [FIRST], "checked": [20], "failed": [9]})
    pay = wages({i: [0, 0, Decimal(500)] for i in "ab"}, ("base", "performance", "bonus"))
    table = payroll(roster(known, {}), known, pay, quality=rows)
    assert table["quantity"].tolist() == [25, 0]
    assert table["amount"].tolist() == [Decimal(500), None]


def test_the_source_says_that_it_is_no_fine() -> None:
    """The line says that a smaller bonus is no fine."""
    assert "no fine" in bonus(0).source.en


def test_bounds_out_of_order_are_refused() -> None:
    """Bounds that contradict each other are a problem of `[pay.quality]`."""
    (problem,) = check_settings(plan(*MAY, pay={"quality": {"below": 10}}).settings)
    assert problem.column == "pay.quality"
