"""Rules about people together go through the whole search: floors and ceilings of some agents, mentors."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from roster_house import agent, plan, requirement
from roster_house import settings as make_settings

from wfm.domain.answer import Infeasible, Solved
from wfm.roster import build_book, solve, verify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan

FIRST = date(2026, 6, 1)


def centre(rules: dict[str, Any], agents: Sequence[Agent], need: float = 2.0, days: int = 7) -> Plan:
    """Return a centre that wants some agents at all times, and as little as possible else."""
    house = make_settings(
        FIRST,
        FIRST + timedelta(days=days - 1),
        "EDS",
        rules=rules,
        goals={"fairness": 0},
        solve={"budget": "2s", "target_gap": 0.0},
    )
    size = house.grid.size
    return plan(house, agents, requirement=requirement(house, [need] * size))


def solved(made: Plan) -> Solved:
    """Return the roster, which no rule rejects."""
    answer = solve(made, build_book(made.settings))
    assert isinstance(answer, Solved)
    assert not [v for v in verify(answer.roster, made, build_book(made.settings)) if v.severity == "hard"]
    assert answer.bound <= answer.objective + 1e-9
    return answer


def test_a_senior_is_always_there() -> None:
    """A floor for a tag keeps one of those agents on the queue; without it the same centre leaves gaps."""
    crew = [agent(n, tags=("senior",) if n <= 2 else ()) for n in range(1, 6)]
    floor = {"agents": 1, "window": "09:00-12:00", "only": {"tags": ["senior"]}}
    rules = {"cover_floor": floor, "rest_days": {"days": 2, "per": "week"}}
    answer = solved(centre(rules, crew))
    seniors = {(c.date) for c in answer.roster if c.works and c.agent_id in ("A1", "A2")}
    assert len(seniors) == 7
    free = {"cover_floor": {**floor, "agents": 3}, "rest_days": {"days": 2, "per": "week"}}
    assert isinstance(solve(centre(free, crew), build_book(centre(free, crew).settings)), Infeasible)


def test_two_who_are_kept_apart_never_meet() -> None:
    """A ceiling of one for two names keeps them off the same intervals though both are needed."""
    rules = {"cover_ceiling": {"agents": 1, "only": {"agents": ["A1", "A2"]}}}
    made = centre(rules, [agent(n) for n in range(1, 4)], need=3.0)
    answer = solved(made)
    spans = [c.shift for c in answer.roster if c.shift is not None and c.agent_id in ("A1", "A2")]
    assert all(
        a is b or a.end <= b.start or b.end <= a.start or _apart(a.on_queue(), b.on_queue())
        for a in spans
        for b in spans
    )
    assert answer.objective > solved(centre({}, made.agents, need=3.0)).objective


def _apart(one: Any, other: Any) -> bool:
    return all(a[1] <= b[0] or b[1] <= a[0] for a in one for b in other)


def test_a_trainee_works_where_his_mentor_does() -> None:
    """Beside the mentor on every mentored day, free on the days on which the mentor is on leave."""
    crew = [agent(1), agent(2, mentor="A1", hire_date=FIRST - timedelta(days=4)), agent(3)]
    made = centre({"mentor_shift": {"mentored_days": 30}, "rest_days": {"days": 2, "per": "week"}}, crew)
    answer = solved(made)
    codes = {
        a: [c.shift.code if c.shift else "-" for c in answer.roster.line(a, FIRST, made.days[-1]) if c]
        for a in ("A1", "A2")
    }
    assert all(mine in ("-", theirs) for mine, theirs in zip(codes["A2"], codes["A1"], strict=True))
    assert set(codes["A2"]) != {"-"}
    without = replace(made, agents=(crew[0], agent(2), crew[2]))
    assert answer.objective >= solved(without).objective


def test_more_seats_than_agents_change_nothing() -> None:
    """A ceiling that nobody can reach leaves the optimum as it is."""
    crew = [agent(n) for n in range(1, 4)]
    seats = {"cover_ceiling": {"agents": 3}}
    assert solved(centre(seats, crew)).objective == solved(centre({}, crew)).objective
