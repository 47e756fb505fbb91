"""The seed rules on worked examples, each figure counted by hand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from roster_brute import Judge
from roster_house import Token, agent, cell, plan, settings, worked

from wfm.domain.agents import Absence, Exemption, Pin
from wfm.domain.clock import dates
from wfm.domain.roster import Assignment, Roster, State
from wfm.roster import build_book, verify
from wfm.roster.rules.cover_floor import CoverFloor
from wfm.roster.rules.max_consecutive_days import MaxConsecutiveDays
from wfm.roster.rules.month_hours import MonthHours
from wfm.roster.rules.pinned import Pinned
from wfm.roster.rules.rest_between_shifts import RestBetweenShifts
from wfm.roster.rules.rest_days import RestDays

if TYPE_CHECKING:
    from wfm.domain.plan import Plan
    from wfm.roster import Rule

MAY = date(2026, 5, 1), date(2026, 5, 31)
MAY_HOLIDAYS = date(2026, 5, 1), date(2026, 5, 2)


def agrees(rule: Rule, made: Plan, roster: Roster) -> bool:
    """Return whether a rule is kept, after asking `check` and the solver, who must agree."""
    silent = not list(rule.check(roster, made))
    assert (Judge(made, [rule]).cost(roster) is not None) is silent
    return silent


@pytest.mark.parametrize(
    ("run", "exception", "kept"),
    [(5, False, True), (6, False, False), (6, True, True), (7, False, False), (7, True, True), (8, True, False)],
)
def test_runs(run: int, exception: bool, kept: bool) -> None:
    """A9: 5 days are kept, 6 only with an exception, 7 with one, 8 never."""
    house = settings(date(2026, 6, 1), date(2026, 6, 12))
    span = [
        Exemption(agent_id="A1", rule="max_consecutive_days", first_date=date(2026, 6, 2), last_date=date(2026, 6, 11))
    ]
    made = plan(house, [agent()], exemptions=tuple(span if exception else ()))
    line = [None, *["D"] * run, *[None] * (11 - run)]
    assert agrees(MaxConsecutiveDays(), made, worked(made, [line])) is kept


@pytest.mark.parametrize(("known", "kept"), [(3, False), (2, True)])
def test_a_run_across_the_month_end(known: int, kept: bool) -> None:
    """A9: 29 January to 3 February are six days in a row, seen through the tail; five from the 30th are kept."""
    house = settings(date(2026, 2, 1), date(2026, 2, 28))
    tail = [cell(agent(), date(2026, 1, 31) - timedelta(days=n), Token("D", "", None), house) for n in range(known)]
    made = plan(house, [agent()], previous=tuple(tail))
    roster = worked(made, [["D"] * 3 + [None] * 25])
    assert agrees(MaxConsecutiveDays(), made, roster) is kept
    if not kept:
        (found,) = verify(roster, made, build_book(settings(*MAY, rules={"max_consecutive_days": {}})))
        assert (found.first_date, found.last_date) == (date(2026, 1, 29), date(2026, 2, 3))


def desk(agents: int, **rules: Any) -> Plan:
    """Return a plan of one Monday and Tuesday with twelve-hour shifts that differ in their hour of lunch."""
    shifts = [
        {"code": "D1", "start": "08:00", "end": "20:00", "unpaid_breaks": [{"after_minutes": 240, "minutes": 60}]},
        {"code": "D2", "start": "08:00", "end": "20:00", "unpaid_breaks": [{"after_minutes": 300, "minutes": 60}]},
        {"code": "N", "start": "20:00", "end": "08:00+1"},
    ]
    house = settings(date(2026, 6, 1), date(2026, 6, 2), (), shifts=shifts, rules=rules)
    return plan(house, [agent(n) for n in range(1, agents + 1)])


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [(8, 8, True), (8, 0, False), (4, 4, False), (7, 1, False), (0, 9, False), (8, 9, True)],
)
def test_day_floor(first: int, second: int, kept: bool) -> None:
    """B3: eight on the queue from 08:00 to 20:00, so lunch at one time takes all who share it off the floor."""
    made = desk(first + second)
    roster = worked(made, [["D1", "D1"]] * first + [["D2", "D2"]] * second)
    assert agrees(CoverFloor(window="08:00-20:00", agents=8), made, roster) is kept


@pytest.mark.parametrize(("nights", "tail", "kept"), [(2, 2, True), (1, 2, False), (2, 1, False), (3, 3, True)])
def test_night_floor(nights: int, tail: int, kept: bool) -> None:
    """B4: two through the night; the first morning is covered by the shifts of the month before."""
    made = desk(3)
    night = made.templates["N"].on(date(2026, 5, 31), made.settings.centre.zone)
    before = [Assignment(a.agent_id, night.date, State.WORK, night, "calls") for a in made.agents[:tail]]
    made = plan(made.settings, made.agents, previous=tuple(before))
    roster = worked(made, [["N", "N"]] * nights + [[None, None]] * (3 - nights))
    assert agrees(CoverFloor(window="20:00-08:00", agents=2), made, roster) is kept


def test_a_floor_violation_says_how_many_are_missing() -> None:
    """B3: with seven at lunch time in place of eight, one agent is missing for two intervals of each day."""
    made = desk(8 + 7)
    roster = worked(made, [["D1", "D1"]] * 8 + [["D2", "D2"]] * 7)
    found = list(CoverFloor(window="08:00-20:00", agents=8).check(roster, made))
    assert [(v.first_date, v.amount) for v in found] == [(date(2026, 6, 1), 60), (date(2026, 6, 2), 60)]
    assert "自 12:00 起有 2 个时段低于下限：在线 7 人，至少需 8 人" in found[0].message.zh


@pytest.mark.parametrize(
    ("pin", "shift", "queue", "kept"),
    [
        (("D", None), "D", "calls", True),
        (("D", None), "E", "calls", False),
        (("D", None), None, "calls", False),
        (("D", "mail"), "D", "mail", True),
        (("D", "mail"), "D", "calls", False),
        ((None, None), None, "calls", True),
        ((None, None), "D", "calls", False),
        (("Z", None), "D", "calls", False),
        (("D", "chat"), "D", "calls", False),
    ],
)
def test_pins(pin: tuple[str | None, str | None], shift: str | None, queue: str, kept: bool) -> None:
    """A pin fixes the shift, the queue when it names one, or the day off; a pin that nobody can keep has no roster."""
    queues = {name: {"target": {"service_level": 0.8}} for name in ("calls", "mail")}
    house = settings(date(2026, 6, 1), date(2026, 6, 2), queues=queues)
    fixed = Pin(agent_id="A1", date=date(2026, 6, 2), shift_code=pin[0], queue=pin[1])
    made = plan(house, [agent(skills=("calls", "mail"))], pins=(fixed,))
    assert agrees(Pinned(), made, worked(made, [[None, shift]], queue)) is kept


def test_leave_is_a_state_of_its_own() -> None:
    """Approved leave covers every day of its range, holidays included; requested leave binds nothing."""
    leave = Absence(agent_id="A1", first_date=date(2026, 5, 1), last_date=date(2026, 5, 3), type="annual")
    asked = Absence(agent_id="A1", first_date=date(2026, 5, 5), last_date=date(2026, 5, 5), status="requested")
    made = plan(settings(*MAY), [agent()], MAY_HOLIDAYS, absences=(leave, asked))
    roster = worked(made, [[None] * 31])
    states = [c.state for c in roster][:6]
    assert states == [State.LEAVE] * 3 + [State.REST] * 3
    assert [c.leave_type for c in roster][:4] == ["annual"] * 3 + [None]
    assert not verify(roster, made, build_book(made.settings))


@pytest.mark.parametrize("state", [State.LEAVE, State.STATUTORY_OFF, State.NOT_EMPLOYED])
def test_a_wrong_state_is_spoken_of(state: State) -> None:
    """A day off that is written down as what it is not breaks the facts about the agent."""
    made = plan(settings(date(2026, 6, 1), date(2026, 6, 1)), [agent()])
    wrong = Roster.of([Assignment("A1", date(2026, 6, 1), state)])
    (found,) = verify(wrong, made, build_book(made.settings))
    assert found.rule == "availability"
    assert not verify(worked(made, [[None]]), made, build_book(made.settings))


def test_a_missing_day_is_spoken_of() -> None:
    """A roster without an assignment for a day breaks the facts about the agent."""
    made = plan(settings(date(2026, 6, 1), date(2026, 6, 2)), [agent()])
    half = Roster.of([c for c in worked(made, [[None, None]]) if c.date.day == 1])
    assert [(v.rule, v.first_date) for v in verify(half, made, build_book(made.settings))] == [
        ("availability", date(2026, 6, 2))
    ]


def may_line(rest: int, holidays_worked: bool) -> list[str | None]:
    """Return a line of May 2026 with `rest` rest days after the two holidays, else 8-hour days."""
    offs = {3, 9, 10, 16, 17, 23, 24, 30}
    chosen = sorted(offs)[:rest]
    first = set() if holidays_worked else {1, 2}
    return [None if n in first or n in chosen else "D" for n in range(1, 32)]


@pytest.mark.parametrize(
    ("rest", "holidays_worked", "hours", "kept"), [(7, False, 176, True), (7, True, 192, False), (5, False, 192, False)]
)
def test_statutory_days_off_are_on_top(rest: int, holidays_worked: bool, hours: int, kept: bool) -> None:
    """A6: 31 days, 7 rest days and both holidays off are 22 days of 8 h = 176 h; with the holidays worked 192 h."""
    made = plan(settings(*MAY), [agent()], MAY_HOLIDAYS)
    roster = worked(made, [may_line(rest, holidays_worked)])
    assert sum(c.shift.paid_minutes for c in roster if c.shift) == hours * 60
    band = MonthHours(hours=176, tolerance_hours=8)
    assert agrees(RestDays(), made, roster) is (rest == 7)
    assert agrees(band, made, roster) is kept


def test_a_holiday_off_is_no_rest_day() -> None:
    """A6: a holiday off does not count as one of the seven rest days."""
    made = plan(settings(*MAY), [agent()], MAY_HOLIDAYS)
    rule = RestDays()
    assert agrees(rule, made, worked(made, [may_line(7, False)]))
    plain = plan(settings(*MAY), [agent()])
    assert not agrees(rule, plain, worked(plain, [may_line(7, False)]))


@pytest.mark.parametrize(("hired", "rest"), [(1, 7), (3, 7), (16, 4), (18, 3), (30, 0)])
def test_joiners_rest_pro_rata(hired: int, rest: int) -> None:
    """A6: a joiner has round(7 x employed days / 31) rest days; hired on the 18th 14 days, 3.16, so 3."""
    person = agent(hire_date=date(2026, 5, hired))
    made = plan(settings(*MAY), [person])
    offs = {d for d in dates(*MAY) if d < date(2026, 5, hired)} | set(dates(date(2026, 5, hired), MAY[1])[:rest])
    line = [None if d in offs else "D" for d in dates(*MAY)]
    assert agrees(RestDays(), made, worked(made, [line]))
    more = [None if d in offs or d == MAY[1] else "D" for d in dates(*MAY)]
    assert not agrees(RestDays(), made, worked(made, [more]))


def test_rest_is_elapsed_time() -> None:
    """In the night in which the clock goes back, 22:00 to 08:00 are 11 hours, and 9 when it goes forward."""
    rule = RestBetweenShifts(hours=11)
    berlin = {"name": "House", "timezone": "Europe/Berlin"}
    for day, kept in ((date(2026, 10, 24), True), (date(2026, 3, 28), False), (date(2026, 6, 1), False)):
        made = plan(settings(day, day + timedelta(days=1), centre=berlin), [agent()])
        assert agrees(rule, made, worked(made, [["S", "E"]])) is kept
