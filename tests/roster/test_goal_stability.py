"""Change against a roster that was already published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from roster_brute import Judge
from roster_house import agent, plan, requirement, settings, worked

from wfm.domain.agents import Absence
from wfm.domain.answer import Solved
from wfm.domain.roster import TICKS, Assignment, Roster, State
from wfm.roster import build_book, solve
from wfm.roster.goals.stability import Stability

if TYPE_CHECKING:
    from wfm.domain.plan import Plan

MONDAY = date(2026, 6, 1)
QUEUES = {name: {"target": {"service_level": 0.8}} for name in ("calls", "mail")}


def made(*line: str | None, **facts: Any) -> Plan:
    """Return a plan of one agent for as many days, whose published roster is the line."""
    house = settings(MONDAY, MONDAY + timedelta(days=len(line) - 1), queues=QUEUES)
    people = [agent(skills=("calls", "mail"))]
    known = worked(plan(house, people), [line])
    return plan(house, people, **{"published": tuple(known), **facts})


def changes(here: Plan, roster: Roster) -> int:
    """Return the number of changed days, after asking both sides of the goal."""
    goal = Stability(here.settings)
    assert Judge(here, goals=[goal]).cost(roster) == goal.score(roster, here)
    return goal.score(roster, here) // (TICKS * here.settings.goals.stability)


@pytest.mark.parametrize(
    ("line", "count"),
    [
        (("E", "B", None), 0),
        (("E", None, None), 1),
        (("E", "B", "E"), 1),
        (("D", "B", None), 1),
        ((None, "E", "B"), 3),
    ],
)
def test_changed_days_count(line: tuple[str | None, ...], count: int) -> None:
    """Each day on which the shift is another, or there is one on one side only, counts once."""
    here = made("E", "B", None)
    assert changes(here, worked(here, [line])) == count


def test_another_queue_is_no_change() -> None:
    """The same shift on another queue leaves the agent's day as it was."""
    here = made("E", "B")
    assert changes(here, worked(here, [["E", "B"]], "mail")) == 0


def test_other_hours_of_the_same_code_are_a_change() -> None:
    """A shift whose template now starts elsewhere is a change, although its code is the same."""
    here = made("E", None)
    moved = settings(MONDAY, MONDAY + timedelta(days=1), (), shifts=[{"code": "E", "start": "07:00", "end": "15:00"}])
    later = replace(here, settings=moved)
    assert changes(later, worked(later, [["E", None]])) == 1


def test_leave_in_place_of_rest_is_no_change() -> None:
    """A rest day that became leave stays a day off; a shift that became leave is a change."""
    leave = Absence(agent_id="A1", first_date=MONDAY, last_date=MONDAY + timedelta(days=1))
    here = made(None, "E", absences=(leave,))
    assert changes(here, worked(here, [[None, None]])) == 1


def test_unknown_agents_and_days_do_not_count() -> None:
    """Days outside the period, days that the published roster lacks and agents who have gone cost nothing."""
    shift = made("E").shifts["E", MONDAY]
    gone = Assignment("A9", MONDAY, State.WORK, shift, "calls")
    before = Assignment("A1", MONDAY - timedelta(days=1), State.WORK, shift, "calls")
    here = made("E", "E", published=(gone, before))
    assert changes(here, worked(here, [["B", None]])) == 0


def week(**facts: Any) -> Plan:
    """Return a week of five agents of whom two are needed by day."""
    house = settings(
        MONDAY,
        MONDAY + timedelta(days=6),
        "ED",
        intervals={"minutes": 60},
        rules={"max_consecutive_days": {}, "rest_between_shifts": {}},
        solve={"budget": "1.5s", "target_gap": 0},
    )
    need = [2.0 if 9 <= start.hour < 16 else 0.0 for start in house.grid.starts]
    return plan(house, [agent(n) for n in range(1, 6)], requirement=requirement(house, need), **facts)


def found(here: Plan) -> Solved:
    """Return the answer of the search, which must be a roster."""
    answer = solve(here, build_book(here.settings))
    assert isinstance(answer, Solved)
    return answer


def test_replanning_changes_little() -> None:
    """An unchanged plan keeps its roster to the day; one agent who falls ill changes his days and few others."""
    first = found(week())
    again = found(week(published=tuple(first.roster)))
    assert again.shares["stability"] == 0
    assert [c.shift for c in again.roster] == [c.shift for c in first.roster]
    ill = next(c.agent_id for c in first.roster if c.works)
    leave = Absence(agent_id=ill, first_date=MONDAY, last_date=MONDAY + timedelta(days=2), type="sick")
    lost = sum(first.roster.works(ill, MONDAY + timedelta(days=n)) for n in range(3))
    healed = found(week(published=tuple(first.roster), absences=(leave,)))
    changed = [c for c in healed.roster if c.shift != first.roster.assignments[c.agent_id, c.date].shift]
    assert lost <= len(changed) <= 2 * lost
    assert healed.shares["stability"] == len(changed) * week().settings.goals.stability
