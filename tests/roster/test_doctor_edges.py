"""Sizes and inputs that nobody expects: a roster, or the doctor's answer, within a small budget."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from roster_house import MONDAY, agent, plan, requirement, settings

from wfm.domain.agents import Absence, Pin
from wfm.domain.answer import Infeasible, OutOfTime, Solved
from wfm.roster import build_book, solve, verify

if TYPE_CHECKING:
    from wfm.domain.answer import Answer
    from wfm.domain.plan import Plan

IUNI = {"preset": "iuni"}
NOON = "09:00-11:00"


def house(agents: int, days: int, codes: str = "EDB", need: float = 1.0, **facts: Any) -> Plan:
    """Return a plan with the same need around the clock and a second of search."""
    rules = facts.pop("rules", IUNI)
    made = settings(
        MONDAY,
        MONDAY + timedelta(days=days - 1),
        codes,
        rules=rules,
        solve={"budget": "1s"},
        intervals={"minutes": 60},
    )
    needed = requirement(made, [need] * made.grid.size)
    return plan(made, [agent(n) for n in range(1, agents + 1)], requirement=needed, **facts)


def answered(made: Plan) -> Answer:
    """Return the answer to a plan; a roster breaks no hard rule, a draft has every cell and says what it breaks."""
    book = build_book(made.settings)
    answer = solve(made, book)
    if isinstance(answer, Solved):
        assert not [v for v in verify(answer.roster, made, book) if v.severity == "hard"]
    else:
        assert isinstance(answer, Infeasible)
        assert answer.draft is not None
        assert len(answer.draft) == len(made.agents) * len(made.days)
        hard = [v for v in verify(answer.draft, made, book) if v.severity == "hard"]
        assert tuple(hard) == answer.violations
        assert hard
    return answer


@pytest.mark.parametrize(
    "made",
    [
        house(5, 14, need=10_000.0, rules={**IUNI, "rest_days": {"days": 7}}),
        house(5, 14, need=0.0),
        house(1, 30),
        house(4, 1),
        house(1, 1, rules={"preset": "cn-standard"}),
        house(2, 366, codes="ED", rules={"max_consecutive_days": {}, "rest_between_shifts": {}}),
        house(2, 7, absences=tuple(Absence(agent_id=a, first_date=MONDAY, last_date=MONDAY) for a in ("A1", "A2"))),
    ],
    ids=["need of 10,000", "zero need", "one agent", "one day", "one of each", "366 days", "everybody on leave"],
)
def test_a_roster(made: Plan) -> None:
    """Unusual sizes have a roster."""
    assert isinstance(answered(made), Solved)


def test_a_floor_of_ten_thousand() -> None:
    """Five agents cannot be ten thousand, whatever the rules: the floor alone is the conflict."""
    answer = answered(house(5, 14, rules={"max_consecutive_days": {}, "cover_floor": {"agents": 10_000}}))
    assert isinstance(answer, Infeasible)
    assert answer.rules == ("cover_floor",)
    assert "whatever the other rules" in answer.conflict[0].en


def test_a_year_of_floors() -> None:
    """Four agents who must all be there on every day of a year cannot keep the rule of five days."""
    rules = {"max_consecutive_days": {}, "rest_between_shifts": {}, "cover_floor": {"agents": 4, "window": NOON}}
    answer = answered(house(4, 366, codes="ED", rules=rules))
    assert isinstance(answer, Infeasible)
    assert set(answer.rules) == {"max_consecutive_days", "cover_floor"}


@pytest.mark.parametrize(
    ("rules", "named"),
    [
        ({"shift_hours": {"max_hours": 8}}, "shift_hours"),
        ({"rest_between_shifts": {"hours": 48}}, "rest_between_shifts"),
    ],
    ids=["longer than a shift may be", "longer than the rest allows"],
)
def test_a_shift_that_is_too_long(rules: dict[str, Any], named: str) -> None:
    """A floor that only a long shift could meet conflicts with the rule that the shift is too long for."""
    made = house(2, 7, codes="X", rules={**rules, "cover_floor": {"agents": 1, "window": NOON}})
    answer = answered(made)
    assert isinstance(answer, Infeasible)
    assert set(answer.rules) == {named, "cover_floor"}


def test_fixed_shifts_that_break_rules() -> None:
    """Fixed shifts that leave too little rest are named two by two."""
    pins = tuple(Pin(agent_id="A1", date=MONDAY + timedelta(days=n), shift_code="DB"[n % 2]) for n in range(4))
    answer = answered(house(3, 14, rules={"rest_between_shifts": {}}, pins=pins))
    assert isinstance(answer, Infeasible)
    assert (answer.agents, set(answer.rules)) == (("A1",), {"pinned", "rest_between_shifts"})
    assert {cause.first_date for cause in answer.causes if cause.rule == "pinned"} == {
        MONDAY + timedelta(days=1),
        MONDAY + timedelta(days=2),
    }


def test_leave_that_makes_the_hours_impossible() -> None:
    """Twenty days of leave that are not credited leave too few days for the hours of the month."""
    leave = Absence(agent_id="A2", first_date=MONDAY, last_date=MONDAY + timedelta(days=19))
    answer = answered(house(3, 30, rules={"month_hours": {"leave_credit_hours": 0}}, absences=(leave,)))
    assert isinstance(answer, Infeasible)
    assert (answer.agents, set(answer.rules)) == (("A2",), {"availability", "month_hours"})
    assert "from 2026-06-01 to 2026-06-20" in answer.conflict[0].en


def test_a_floor_at_an_hour_without_shifts() -> None:
    """A floor at night where there is no night shift is impossible whatever the rules."""
    answer = answered(house(3, 7, codes="E", rules={"cover_floor": {"agents": 1}}))
    assert isinstance(answer, Infeasible)
    assert answer.rules == ("cover_floor",)


def test_more_agents_than_seats() -> None:
    """A floor above a ceiling is one conflict of these two, on every day, however many agents there are."""
    seats = {"cover_floor": {"agents": 8, "window": NOON}, "cover_ceiling": {"agents": 3, "window": NOON}}
    answer = answered(house(60, 14, rules={**IUNI, **seats}))
    assert isinstance(answer, Infeasible)
    assert len(answer.conflict) == 1
    assert set(answer.rules) == {"cover_floor", "cover_ceiling"}
    assert answer.ways_out


def test_nobody_has_the_skill() -> None:
    """A floor on a queue that nobody can serve names the skill."""
    made = house(2, 3, rules={"cover_floor": {"agents": 1, "window": NOON}})
    made = replace(made, agents=tuple(a.model_copy(update={"skills": ()}) for a in made.agents))
    answer = answered(made)
    assert isinstance(answer, Infeasible)
    assert set(answer.rules) == {"eligibility", "cover_floor"}
    assert "0 of 2 agents have the skill calls" in answer.conflict[0].en


def test_many_agents_with_one_conflict_share_its_sentence() -> None:
    """Rules that nobody can keep are told once, with how many agents are meant."""
    rules = {"rest_days": {"days": 20, "mode": "at_least"}, "month_hours": {"hours": 176, "tolerance_hours": 4}}
    answer = answered(house(60, 30, codes="D", rules=rules))
    assert isinstance(answer, Infeasible)
    assert len(answer.agents) == 60
    assert len(answer.conflict) == 1
    assert set(answer.rules) == {"rest_days", "month_hours"}


def test_stopped_before_it_began() -> None:
    """A search that is stopped before it starts explains nothing."""
    stop = threading.Event()
    stop.set()
    made = house(3, 7, rules={"cover_floor": {"agents": 4, "window": NOON}})
    answer = solve(made, build_book(made.settings), stop=stop)
    assert isinstance(answer, OutOfTime)
    assert answer.interrupted
