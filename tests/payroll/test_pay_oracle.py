"""Every pay line of random periods against an oracle that shares no code with the house."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pay_days import Line
from pay_facts import ZONES, Facts, random_facts, random_quality
from pay_minutes import SHARES
from pay_oracle import expected
from pay_plans import plan_of, quality_of, roster_of, wages_of, worked_of

from wfm.payroll import element_names, payroll

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

PAY: tuple[Mapping[str, Any], ...] = (
    {},
    {"base": {}, "nights": {"small_amount": 20, "big_amount": "35.5"}},
    {"holiday": {"unit": "day"}},
    {"holiday": {"legal_floor": False, "divisor": "21.75"}, "overtime": {"wage": ["base"]}},
    {"holiday": {"inclusive": True, "wage": ["base"]}, "rest_day": {"wage": ["base"]}},
)
REST: tuple[Mapping[str, Any], ...] = (
    {},
    {"nights": {"mode": "strict"}, "leave": {"types": {"annual": {"paid": False}}}},
)
STANDARD: tuple[Mapping[str, Any], ...] = (
    {},
    {"rest_day": "calendar"},
    {"settle": "toil"},
    {"regime": "comprehensive", "cycle": "week"},
)
COMPREHENSIVE: tuple[Mapping[str, Any], ...] = tuple(
    {"cycle": cycle, "basis": basis, "exclude_holiday_hours": apart, "settle": settle}
    for cycle in ("week", "month", "quarter", "year")
    for basis, apart, settle in (("mean", True, "pay"), ("calendar", False, "pay"), ("mean", False, "toil"))
)
COMPANY: tuple[Mapping[str, Any], ...] = (
    {"piece": {"unit_price": "0.8", "coefficient": "1.2"}, "quality": {}},
    {"piece": {"unit_price": "0.813", "coefficient": "0.35", "grouping": "literal"}, "quality": {"mode": "per4"}},
    {"piece": {"unit_price": "0.1", "coefficient": 3, "minimum": "2690"}, "quality": {"base": "work_days"}},
)
ELSEWHERE: tuple[Mapping[str, Any], ...] = (
    {"hourly": {}, "hong_kong": {}},
    {"hong_kong": {"week_begins": "sun"}},
    {"hourly": {}, "hong_kong": {"week_begins": "thu"}},
)
WAGES = (None, {"base": "4000", "performance": "2000"}, {"base": "5223.45", "performance": "0.87"})


def paid(facts: Facts) -> list[Line]:
    """Return the lines that payroll makes of the facts, sorted."""
    plan = plan_of(facts)
    table = payroll(roster_of(facts, plan), plan, wages_of(facts), worked_of(facts), quality_of(facts))
    lines = [
        Line(
            row["period"],
            row["element_code"],
            row["date"],
            Fraction(row["quantity"]),
            row["unit"],
            None if row["amount"] is None else Fraction(row["amount"]),
        )
        for row in table.to_dict("records")
    ]
    return sorted(lines, key=lambda line: line.key)


@given(
    seed=st.integers(0, 2**32),
    zone=st.sampled_from(ZONES),
    pay=st.sampled_from(PAY),
    wage=st.sampled_from(WAGES),
    hours=st.sampled_from(STANDARD),
    rest=st.sampled_from(REST),
)
@example(seed=29057, zone="America/New_York", pay={}, wage=None, hours={}, rest={})
@settings(max_examples=40, deadline=None)
def test_standard_hours(
    seed: int,
    zone: str,
    pay: Mapping[str, Any],
    wage: dict[str, str] | None,
    hours: Mapping[str, Any],
    rest: Mapping[str, Any],
) -> None:
    """Under standard hours every line agrees to the cent and none is missing; so without an approval.

    In the example an unpaid break of attendance lies over the hour that New York skips.
    """
    facts = random_facts(seed, zone, tables={"pay": pay, "hours": hours, **rest})
    facts.wage = wage
    assert paid(facts) == expected(facts)


@given(
    seed=st.integers(0, 2**32),
    zone=st.sampled_from(ZONES),
    wage=st.sampled_from(WAGES),
    hours=st.sampled_from(COMPREHENSIVE),
    before=st.sampled_from((None, 0.0, 61.5, 333.25)),
    share=st.sampled_from((1.0, 0.75)),
)
@settings(max_examples=40, deadline=None)
def test_comprehensive_hours(
    seed: int, zone: str, wage: dict[str, str] | None, hours: Mapping[str, Any], before: float | None, share: float
) -> None:
    """Under comprehensive hours cycles of any length are settled where they end, known balances included."""
    tables = {"hours": {"regime": "comprehensive", "approval": "No. 1", **hours}}
    facts = random_facts(seed, zone, tables=tables)
    facts.wage, facts.cycle_hours, facts.share = wage, before, share
    assert paid(facts) == expected(facts)


@given(
    seed=st.integers(0, 2**32),
    whole=st.booleans(),
    pay=st.sampled_from(COMPANY),
    wage=st.fixed_dictionaries(
        {
            "base": st.decimals(0, 9000, places=2),
            "performance": st.just("0"),
            "calls": st.integers(0, 3000),
            "penalty": st.decimals(-500, 0, places=2),
            "bonus": st.decimals(0, 500, places=2),
        }
    ),
)
@settings(max_examples=25, deadline=None)
def test_piece_rate_and_quality_bonus(*, seed: int, whole: bool, pay: Mapping[str, Any], wage: dict[str, Any]) -> None:
    """Company pay by calls and by quality agrees to the cent, half cents and scaled bounds included."""
    facts = random_facts(seed, "Asia/Shanghai", tables={"pay": pay}, whole=whole)
    facts.wage, facts.quality = {name: str(figure) for name, figure in wage.items()}, random_quality(seed, facts)
    assert paid(facts) == expected(facts)


@given(
    seed=st.integers(0, 2**32),
    zone=st.sampled_from(ZONES),
    pay=st.sampled_from(ELSEWHERE),
    wage=st.none() | st.decimals(0, 99, places=2),
    busy=st.sampled_from((0.75, 1.0)),
)
@settings(max_examples=40, deadline=None)
def test_hourly_wage_and_days_due_in_hong_kong(
    seed: int, zone: str, pay: Mapping[str, Any], wage: Decimal | None, busy: float
) -> None:
    """Hourly wages agree to the cent, days due for holidays and weeks to the date, over clock changes and months."""
    facts = random_facts(seed, zone, tables={"pay": pay}, busy=busy)
    facts.wage = None if wage is None else {"base": "4000", "performance": "0", "hourly": str(wage)}
    assert paid(facts) == expected(facts)


@pytest.mark.parametrize("settle", ["pay", "toil"])
def test_no_line_is_without_an_oracle(settle: str) -> None:
    """Random months earn every line there is and leave weeks open; premiums by the hour are counted by the minute."""
    piece = {"unit_price": "0.8", "coefficient": "1.2", "minimum": "5000"}
    tables = {
        "pay": {"base": {}, "hourly": {}, "hong_kong": {}, "quality": {}, "piece": piece},
        "leave": {"types": {"annual": {"paid": False}}},
        "hours": {"settle": settle},
    }
    lines = []
    for seed in range(20):
        facts = random_facts(seed, "Asia/Shanghai", tables=tables, whole=True, busy=0.9)
        facts.wage = dict.fromkeys(("base", "performance", "calls", "penalty", "bonus", "hourly"), "30")
        facts.quality = random_quality(seed, facts)
        lines += expected(facts)
    of_other = {"pay": {code for code in element_names() if code.endswith("_toil")}}
    of_other["toil"] = {code.removesuffix("_toil") for code in of_other["pay"]}
    assert {line.code for line in lines} == set(element_names()) - set(SHARES) - of_other[settle]
    assert ("hk_rest_day", None) in {(line.code, line.amount) for line in lines}
