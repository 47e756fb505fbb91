"""Problems of `[pay]` and `pay.csv`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pay_house import plan, roster, wages

from wfm.domain.agents import Agent
from wfm.domain.errors import InputErrors
from wfm.payroll import check_pay, check_settings, payroll

MAY = (date(2026, 5, 1), date(2026, 5, 31))


@pytest.mark.parametrize(
    ("pay", "column", "says"),
    [
        ({"holidays": {}}, "pay.holidays", "holiday,"),
        ({"holiday": {"divider": 24}}, "pay.holiday.divider", "divisor"),
        ({"holiday": {"divisor": 0}}, "pay.holiday.divisor", "above 0"),
        ({"holiday": {"divisor": "x"}}, "pay.holiday.divisor", "a number"),
        ({"holiday": {"unit": "week"}}, "pay.holiday.unit", "'hour_share' or 'day'"),
        ({"holiday": {"inclusive": "perhaps"}}, "pay.holiday.inclusive", "true or false"),
        ({"nights": {"small_amount": -1}}, "pay.nights.small_amount", "at least 0"),
        ({"nights": 20}, "pay.nights", "a table"),
        ({"holiday": {"wage": []}}, "pay.holiday.wage", "a list of at least 1"),
    ],
)
def test_settings(pay: dict[str, Any], column: str, says: str) -> None:
    """A wrong key or value of `[pay]` is one problem with its key path, in both languages."""
    (problem,) = check_settings(plan(*MAY, pay=pay).settings)
    assert (problem.file, problem.column) == ("plan.toml", column)
    assert says in problem.message.en
    assert "应为" in problem.message.zh


def test_every_problem_is_reported() -> None:
    """All problems of `[pay]` come at once."""
    settings = plan(*MAY, pay={"holiday": {"divisor": -1, "x": 1}, "nigths": {}}).settings
    assert len(check_settings(settings)) == 3


def test_default_settings_are_fine() -> None:
    """Without `[pay]` there is no problem."""
    assert check_settings(plan(*MAY).settings) == []


def test_no_wages_at_all_is_fine() -> None:
    """Without wages nothing is missing."""
    assert check_pay(plan(*MAY), wages({})) == []


def test_a_missing_agent() -> None:
    """An agent employed in the period without a wage is a problem that names him; one who left before is none."""
    agents = [
        Agent(agent_id="001", contract="full"),
        Agent(agent_id="002", contract="full"),
        Agent(agent_id="gone", contract="full", leave_date=date(2026, 4, 30)),
    ]
    known = plan(*MAY, *agents)
    pay = wages({"001": [Decimal(4000), Decimal(0)]})
    (problem,) = check_pay(known, pay)
    assert (problem.file, problem.column, problem.value) == ("pay.csv", "agent_id", "002")
    with pytest.raises(InputErrors, match="002"):
        payroll(roster(known, {}), known, pay)


@pytest.mark.parametrize("value", [None, float("nan"), Decimal(-1), "x", Decimal("Infinity")])
def test_an_unusable_wage(value: object) -> None:
    """An empty, negative or unreadable wage is a problem in its own column."""
    (problem,) = check_pay(plan(*MAY), wages({"007": [Decimal(4000), value]}))
    assert (problem.column, problem.file) == ("performance", "pay.csv")


def test_a_missing_column() -> None:
    """A column that the formula needs is a problem once, not per agent."""
    agents = [Agent(agent_id=i, contract="full") for i in ("1", "2")]
    pay = wages({"1": [Decimal(1)], "2": [Decimal(1)]}, columns=["base"])
    (problem,) = check_pay(plan(*MAY, *agents), pay)
    assert problem.column == "performance"


def test_an_agent_twice() -> None:
    """Two rows of one agent are a problem, not the first of them."""
    pay = wages({"007": [Decimal(1), Decimal(1)]})
    both = pay.loc[["007", "007"]]
    (problem,) = check_pay(plan(*MAY), both)
    assert "one row" in problem.message.en


def test_only_needed_columns_count() -> None:
    """With `wage = ["base"]` in every element the performance column may be absent."""
    known = plan(*MAY, pay={kind: {"wage": ["base"]} for kind in ("holiday", "overtime", "rest_day")})
    assert check_pay(known, wages({"007": [Decimal(4000)]}, columns=["base"])) == []
