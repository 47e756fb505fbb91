"""Long leave and allowances: the vectors of company rules A15 to A20, and what is left of a kind of leave."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from wfm.domain.agents import Absence, Agent, Balance
from wfm.domain.calendar import Calendar, build_calendar
from wfm.domain.leave import Leave, LeaveType
from wfm.records.allowance import balance_account, days_taken, year_account
from wfm.records.leave import (
    RANKS,
    Terms,
    add_months,
    approver_objection,
    leave_days,
    long_leave_objections,
    needed_rank,
    rank_of,
    run_around,
    whole_years,
)

TERMS = Terms()
MAY = date(2026, 5, 4)


def leave(days: int, first: date = MAY, kind: str = "annual") -> Absence:
    """Return a leave of so many days."""
    return Absence(agent_id="A1", first_date=first, last_date=first + timedelta(days=days - 1), type=kind)


def agent(**fields: Any) -> Agent:
    """Return the agent who asks."""
    return Agent(agent_id="A1", contract="full", **fields)


def against(
    asked: Absence, *others: Absence, terms: Terms = TERMS, off: tuple[date, ...] = (), **fields: Any
) -> list[str]:
    """Return the articles that stand against a leave."""
    return [o.article for o in long_leave_objections(asked, agent(**fields), others, off, terms)]


@pytest.mark.parametrize(
    ("days", "rank"),
    [(2, "unknown"), (3, "supervisor"), (4, "supervisor"), (5, "manager"), (15, "manager")],
)
def test_who_approves(days: int, rank: str) -> None:
    """A20: two days are nobody's matter, 3 and 4 the supervisor's, 5 to 15 the manager's."""
    asked = leave(days)
    assert needed_rank(asked, run_around(asked, ()), TERMS) == rank
    assert against(asked) == []


def test_who_approves_five_days_is_an_option() -> None:
    """Five days stand in both lists of A20: with a supervisor's limit of 5 the supervisor approves them."""
    asked = leave(5)
    assert needed_rank(asked, run_around(asked, ()), Terms(supervisor_days=5)) == "supervisor"
    assert needed_rank(asked, run_around(asked, ()), Terms(supervisor_days=None)) == "unknown"


@pytest.mark.parametrize(("found", "speaks"), [("unknown", True), ("supervisor", True), ("manager", False)])
def test_a_rank_too_low(found: Any, speaks: bool) -> None:
    """A20: for five days only the manager's approval will do."""
    objection = approver_objection(found, "manager", 5)
    assert (objection is not None and "5 days" in objection.message.en) is speaks
    assert all(approver_objection(rank, "unknown", 2) is None for rank in RANKS)


def test_sixteen_days_are_too_long() -> None:
    """A18: fifteen days pass, sixteen do not, days off beside the leave included."""
    assert against(leave(15)) == []
    assert against(leave(16)) == ["A18"]
    before, after = MAY - timedelta(days=1), MAY + timedelta(days=14)
    assert against(leave(14), off=(before,)) == []
    assert against(leave(14), off=(before, after)) == ["A18"]


@pytest.mark.parametrize(("first", "found"), [(date(2026, 4, 29), ["A16"]), (date(2026, 4, 30), [])])
def test_three_months_of_employment(first: date, found: list[str]) -> None:
    """A16: who came on 31 January may begin a long leave on 30 April, not the day before; two days are not long."""
    assert against(leave(3, first), hire_date=date(2026, 1, 31)) == found
    assert against(leave(2, first), hire_date=date(2026, 1, 31)) == []
    assert against(leave(3, first)) == []


def test_once_a_quarter() -> None:
    """A17: a second long leave in the quarter of the first day is refused; another quarter or two days are not."""
    april = leave(3, date(2026, 4, 6))
    assert against(leave(3), april) == ["A17"]
    assert against(leave(2), april) == []
    assert against(leave(3), leave(2, date(2026, 4, 6))) == []
    assert against(leave(3), leave(3, date(2026, 3, 30))) == []
    assert against(leave(3, date(2026, 7, 1)), april) == []
    assert against(leave(3), april, terms=Terms(per_quarter=2)) == []
    assert against(leave(3), april, terms=Terms(per_quarter=None)) == []


def test_leave_that_joins_on_is_one_leave() -> None:
    """A17: leave that joins on to approved leave makes it longer; it is no second one."""
    before = leave(3, MAY - timedelta(days=3))
    assert against(leave(2), before) == []
    assert len(run_around(leave(2), leave_days([before]))) == 5


def test_two_kinds_in_a_row() -> None:
    """A19: annual leave with time in lieu passes, marriage leave as a third kind does not; rest days are no kind."""
    annual, lieu = leave(2, MAY - timedelta(days=2)), leave(1, MAY + timedelta(days=1), "toil")
    assert against(leave(1, kind="annual"), lieu, off=(MAY + timedelta(days=2),)) == []
    assert against(leave(1, kind="marriage"), annual, lieu) == ["A19"]
    assert against(leave(1, kind="marriage"), annual, lieu, terms=Terms(most_types=3)) == []


def test_days_off_beside_make_a_leave_long() -> None:
    """A15: one day of leave between two days off is a run of three."""
    off = (MAY - timedelta(days=1), MAY + timedelta(days=1))
    assert against(leave(1), off=off, hire_date=MAY) == ["A16"]
    assert against(leave(1), off=off[:1], hire_date=MAY) == []
    assert against(leave(9), terms=Terms(days=None), hire_date=MAY) == []


def test_sick_leave_is_no_long_leave() -> None:
    """Leave that nobody chooses is not asked about, and does not use up the quarter."""
    terms = Terms(except_types=("sick",))
    sick = leave(20, date(2026, 4, 6), "sick")
    assert against(sick, terms=terms, hire_date=MAY) == []
    assert needed_rank(sick, run_around(sick, ()), terms) == "unknown"
    assert against(leave(3), sick, terms=terms) == []


def test_months_clamp() -> None:
    """Months end where the shorter month does; a year is whole on its day, 28 February after a leap day."""
    assert add_months(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert [whole_years(date(2024, 2, 29), d) for d in (date(2025, 2, 27), date(2025, 2, 28))] == [0, 1]
    assert whole_years(date(2026, 5, 4), date(2025, 1, 1)) == 0
    assert whole_years(date(2006, 5, 4), date(2026, 5, 3)) == 19


def test_rank_of_an_approver() -> None:
    """Words of the settings and tags of agents tell the rank; a name that nobody knows has none."""
    people = [agent(name="Li", tags=("manager",)), Agent(agent_id="B2", contract="full", tags=("supervisor",))]
    names = ("直属主管", " Direct Supervisor ", "部门经理", "a1", "li", "B2", "Mo", "")
    ranks = [rank_of(name, Leave(), people) for name in names]
    assert ranks == ["supervisor", "supervisor", "manager", "manager", "manager", "supervisor", "unknown", "unknown"]
    assert rank_of("Mo", Leave(managers=("mo",)), people) == "manager"


YEAR = build_calendar("CN", date(2026, 1, 1), date(2026, 12, 31))
WORK = LeaveType(allowance_days=5, counts="work")


def test_days_taken() -> None:
    """By working days, weekends and holidays are free and make-up workdays count; by calendar days all do."""
    golden = leave(11, date(2026, 9, 30))
    assert days_taken(golden, WORK, YEAR) == 4
    assert days_taken(golden, LeaveType(), Calendar()) == 11
    assert days_taken(golden, LeaveType(), Calendar(), date(2026, 10, 1), date(2026, 10, 3)) == 3


def test_what_the_balance_leaves() -> None:
    """A balance counts from the first day of the period: approved leave after it is taken off, other kinds are not."""
    first = date(2026, 5, 1)
    balance = Balance(agent_id="A1", leave_days={"annual": 6})
    others = [leave(3, date(2026, 4, 29)), leave(2, date(2026, 5, 20)), leave(4, date(2026, 6, 1), "sick")]
    found = balance_account(leave(4), LeaveType(), others, balance, first, Calendar())
    assert found is not None
    assert (found.left, found.taken) == (3, 4)
    objection = found.objection("annual")
    assert objection is not None
    assert objection.message.en == "4 days of annual leave, 3 left (as in balances.csv)"
    assert balance_account(leave(4), LeaveType(), others, None, first, Calendar()) is None
    assert balance_account(leave(4, kind="marriage"), LeaveType(), others, balance, first, Calendar()) is None


def test_time_in_lieu_is_paid_with_hours() -> None:
    """Eight hours in lieu are a day of leave, unless the balance has days of that kind."""
    hours = Balance(agent_id="A1", toil_hours=20)
    days = Balance(agent_id="A1", toil_hours=20, leave_days={"toil": 1})
    for balance, left in ((hours, 2.5), (days, 1)):
        found = balance_account(leave(3, kind="toil"), LeaveType(), [], balance, MAY, Calendar())
        assert found is not None
        assert found.left == left
        assert found.objection("toil") is not None


def test_what_the_year_leaves() -> None:
    """Without a balance the year's allowance holds, the law's where that is more; other years do not count."""
    others = [leave(3, date(2026, 2, 2)), leave(9, date(2025, 5, 4))]
    found = year_account(leave(2), LeaveType(allowance_days=5), others, 10, YEAR)
    assert found is not None
    assert (found.left, found.taken, found.objection("annual")) == (2, 2, None)
    lawful = year_account(leave(2), LeaveType(allowance_days=5, statutory=True), others, 10, YEAR)
    assert lawful is not None
    assert (lawful.left, "law" in lawful.origin.en) == (7, True)
    assert year_account(leave(2), LeaveType(), others, 10, YEAR) is None
    assert year_account(leave(2), LeaveType(statutory=True), others, None, YEAR) is None
