"""The monthly wage."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pay_house import plan, roster, wages

from wfm.domain.agents import Absence, Agent
from wfm.payroll import payroll

MAY = (date(2026, 5, 1), date(2026, 5, 31))
WAGE = wages({"007": [Decimal(4350), Decimal(1000)]})
UNPAID = {"leave": {"types": {"annual": {}, "personal": {"paid": False}}}}


def lines(*agents: Agent, pay: Any = None, wage: Any = WAGE, leave: Any = (), **more: Any) -> list[tuple[Any, ...]]:
    """Return code, quantity and amount of every line of May."""
    absences = tuple(
        Absence(agent_id="007", first_date=date(2026, 5, first), last_date=date(2026, 5, last), type=kind)
        for first, last, kind in leave
    )
    known = plan(*MAY, *agents, pay={"base": pay or {}}, absences=absences, tables=UNPAID, **more)
    table = payroll(roster(known, {}), known, wage)
    return list(table[["element_code", "quantity", "amount"]].itertuples(index=False, name=None))


def test_a_whole_month() -> None:
    """A month of employment pays the base wage; with both columns named, base and performance."""
    assert lines() == [("base", 31, Decimal("4350.00"))]
    assert lines(pay={"wage": ["base", "performance"]}) == [("base", 31, Decimal("5350.00"))]


def test_only_where_it_is_asked_for() -> None:
    """Without `[pay.base]` there is no line."""
    known = plan(*MAY)
    assert payroll(roster(known, {}), known, WAGE).empty


@pytest.mark.parametrize(
    ("dates", "days", "amount"),
    [({"hire_date": date(2026, 5, 17)}, 15, "2104.84"), ({"leave_date": date(2026, 5, 10)}, 10, "1403.23")],
)
def test_a_part_of_the_month(dates: dict[str, date], days: int, amount: str) -> None:
    """Who joins or leaves is paid by calendar days: 4350 x 15 / 31 = 2104.84."""
    assert lines(Agent(agent_id="007", contract="full", **dates)) == [("base", days, Decimal(amount))]


def test_unpaid_leave() -> None:
    """A week of unpaid leave takes off its five work days, 4350 / 21.75 = 200 each; paid leave nothing."""
    assert lines(leave=[(11, 17, "personal")])[1] == ("unpaid_leave", -5, Decimal("-1000.00"))
    assert len(lines(leave=[(11, 17, "annual")])) == 1


def test_unpaid_leave_line() -> None:
    """The line shows the day rate, the law behind it and the arithmetic; quantity x rate x multiplier is its amount."""
    leave = (Absence(agent_id="007", first_date=MAY[0], last_date=date(2026, 5, 6), type="personal"),)
    known = plan(*MAY, pay={"base": {}}, absences=leave, tables=UNPAID)
    line = payroll(roster(known, {}), known, WAGE).iloc[1]
    assert (line["quantity"], line["rate"], line["multiplier"]) == (-3, 200, 1)
    assert line["amount"] == line["quantity"] * line["rate"]
    assert "3 work days of unpaid leave x 4350 / 21.75" in line["reason"]
    assert "(365 - 104) / 12 days" in line["source"]


def test_a_month_of_unpaid_leave() -> None:
    """Who is on unpaid leave all the month gets nothing; what is taken off is never more than the wage."""
    assert lines(leave=[(1, 31, "personal")])[1] == ("unpaid_leave", -20, Decimal("-4350.00"))
    joiner = Agent(agent_id="007", contract="full", hire_date=date(2026, 5, 28))
    assert lines(joiner, leave=[(28, 29, "personal")])[1][2] == Decimal("-400.00")
    late = Agent(agent_id="007", contract="full", hire_date=date(2026, 5, 24))
    assert sum(line[2] for line in lines(late, leave=[(25, 31, "personal")])) == Decimal("122.58")


def test_without_wages_or_law() -> None:
    """Without wages there is a quantity and no amount; without a law the day of unpaid leave has none."""
    assert lines(wage=wages({})) == [("base", 31, None)]
    assert lines(leave=[(11, 12, "personal")], country="FR")[1] == ("unpaid_leave", -2, None)
