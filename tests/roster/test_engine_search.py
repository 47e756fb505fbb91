"""The search as a whole and its phases: it only ever improves, repeats itself, and stops when it is told to."""

from __future__ import annotations

import threading
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from engine_plans import FIRST, Bench, bench, plan_of

from benchmarks.cases.made import made
from wfm.domain.agents import Absence, Pin
from wfm.domain.answer import Infeasible, OutOfTime, Solved
from wfm.domain.roster import TICKS
from wfm.domain.settings import Solve
from wfm.roster import build_book, score, solve, verify
from wfm.roster.engine.bound import Shape
from wfm.roster.engine.construct import as_state, insert_all
from wfm.roster.engine.improve import Improver
from wfm.roster.engine.ruin import Ruiner
from wfm.roster.engine.search import search, to_roster
from wfm.roster.engine.tools import Columns, Dives, Tool, Windows
from wfm.roster.solve import post

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from wfm.domain.answer import Answer, TracePoint
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster
    from wfm.roster.book import RuleBook


@pytest.fixture(scope="module")
def small() -> Iterator[Bench]:
    """Give the parts around the small plan."""
    with bench(plan_of()) as parts:
        yield parts


def audited(plan: Plan, book: RuleBook, answer: Answer) -> Solved:
    """Return an answer after its audit: no hard violation, the bound below, the objective as counted."""
    assert isinstance(answer, Solved)
    assert not [v for v in verify(answer.roster, plan, book) if v.severity == "hard"]
    assert answer.bound <= answer.objective
    assert answer.objective == pytest.approx(sum(score(answer.roster, plan, book).values()))
    return answer


def cells(roster: Roster) -> list[tuple[object, ...]]:
    """Return a roster in a form that compares."""
    return [(c.agent_id, c.date, c.state, c.shift and c.shift.code, c.queue) for c in roster]


def mixed(**solve: Any) -> tuple[Plan, RuleBook]:
    """Return a mixed centre of 14 agents."""
    case = made("mixed-14-1").with_solve(Solve.model_validate({"budget": "2s", "target_gap": 0, **solve}))
    return case.plan, case.book


def house(agents: int = 8, **solve: Any) -> tuple[Plan, RuleBook]:
    """Return the small plan and its book."""
    plan = plan_of(agents, **solve)
    return plan, build_book(plan.settings)


@pytest.mark.parametrize("instance", [house(), house(seed=2, target_gap=0), house(10), mixed()])
def test_the_trace_only_goes_one_way(instance: tuple[Plan, RuleBook]) -> None:
    """Time goes on, the objective never rises and the bound never falls; the last point is the answer."""
    answer = audited(*instance, solve(*instance))
    trace = answer.trace
    assert [p.phase for p in trace[:2]] == ["alone", "bound"]
    assert all(a.seconds <= b.seconds for a, b in pairwise(trace))
    objectives = [p.objective for p in trace if p.objective is not None]
    bounds = [p.bound for p in trace if p.bound is not None]
    assert objectives == sorted(objectives, reverse=True)
    assert bounds == sorted(bounds)
    assert (objectives[-1], bounds[-1]) == (answer.objective, answer.bound)


@pytest.mark.parametrize("make", [house, mixed])
def test_the_same_seed_gives_the_same_roster(make: Callable[..., tuple[Plan, RuleBook]]) -> None:
    """Two searches with one seed and budget agree in every cell, the trace and the proof; another seed differs."""
    plan, book = make(seed=4, target_gap=0)
    one, two = (audited(plan, book, solve(plan, book)) for _ in range(2))
    assert cells(one.roster) == cells(two.roster)
    assert one.trace == two.trace
    other = make(seed=5, target_gap=0)
    assert cells(audited(*other, solve(*other)).roster) != cells(one.roster)


def test_a_longer_search_is_not_worse() -> None:
    """Any budget ends with a roster that passes the audit, and sixteen times the budget with one about as good.

    Cooling takes the whole budget, so another budget is another path: 0.5 % is the luck that is allowed.
    """
    short, long = (audited(*instance, solve(*instance)) for instance in (mixed(budget="0.25s"), mixed(budget="4s")))
    assert long.objective <= 1.005 * short.objective
    assert long.bound >= short.bound


def test_a_stop_leaves_the_roster_so_far() -> None:
    """Stopped from outside at the first roster, the search ends with one that passes the audit, and says so."""
    plan, book = mixed(budget="600s")
    stop = threading.Event()

    def watch(point: TracePoint) -> None:
        if point.objective is not None:
            stop.set()

    answer = audited(plan, book, solve(plan, book, progress=watch, stop=stop))
    assert answer.stopped == "interrupted"
    assert answer.wall_seconds < 20


@pytest.mark.parametrize(("way", "step"), [(Windows, "run"), (Columns, "begin"), (Dives, "once")])
def test_too_little_memory_leaves_the_roster_so_far(
    way: type[Tool], step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A way to improve that runs out of memory ends the search with the best roster, which passes the audit."""

    def starved(*_: object) -> float:
        raise MemoryError

    monkeypatch.setattr(way, step, starved)
    monkeypatch.setattr(Columns, "solved", property(lambda _: True, lambda *_: None), raising=False)
    plan, book = mixed(budget="20s")
    answer = audited(plan, book, solve(plan, book))
    assert answer.stopped == "interrupted"


def test_a_stop_before_the_first_roster_is_out_of_time() -> None:
    """Stopped before it began, the search has no roster and says that it was interrupted."""
    plan, book = mixed()
    stop = threading.Event()
    stop.set()
    answer = solve(plan, book, stop=stop)
    assert isinstance(answer, OutOfTime)
    assert answer.interrupted


def test_a_wall_limit_cuts_the_search_short() -> None:
    """A wall limit of next to nothing still ends with a roster that passes the audit."""
    plan, book = mixed(budget="600s", wall_limit="0.01s")
    answer = audited(plan, book, solve(plan, book))
    assert answer.stopped == "wall_limit"
    assert answer.wall_seconds < 20


def test_agents_without_a_line_are_reported() -> None:
    """An agent pinned to work on a day of leave, or on six days in a row, stops the search and is named."""
    plan, book = house()
    leave = Absence(agent_id="A1", first_date=plan.days[2], last_date=plan.days[2])
    pins = (
        Pin(agent_id="A1", date=plan.days[2], shift_code="D"),
        *(Pin(agent_id="A5", date=day, shift_code="D") for day in plan.days[:6]),
    )
    pinned = replace(plan, absences=(leave,), pins=pins)
    found = search(post(pinned, book), pinned.settings.solve, threading.Event(), lambda point: None)
    assert found.state is None
    assert found.impossible in (("A1",), ("A1", "A5"))
    only_runs = replace(plan, pins=pins[1:])
    found = search(post(only_runs, book), only_runs.settings.solve, threading.Event(), lambda point: None)
    assert found.impossible == ("A5",)
    answer = solve(only_runs, book)
    assert isinstance(answer, Infeasible)
    assert "A5" in answer.agents


def test_nobody_needed_costs_nothing_and_ends_at_once() -> None:
    """Without any need there is nothing to search for once every agent has a line that costs nothing."""
    plan, _ = house()
    none = plan.requirement.assign(required_rostered=0.0)
    calm = replace(plan, requirement=none, requests=())
    settings = calm.settings.model_copy(update={"goals": calm.settings.goals.model_copy(update={"over": 0})})
    calm = replace(calm, settings=settings)
    book = build_book(settings)
    answer = audited(calm, book, solve(calm, book))
    assert answer.bound >= 0


def test_ruin_and_recreate_survives_an_objective_of_nothing(small: Bench) -> None:
    """A round on a roster that costs nothing, with a bound still below, divides by nothing."""
    ruiner = _started(small)
    ruiner.total = ruiner.best = 0
    ruiner.step(0.5)
    ruiner.step(0.0)


def test_an_agent_with_a_line_gets_one_at_any_limit(small: Bench) -> None:
    """A limit too short for the solver to find a line still ends with a line and a bound below it."""
    free = np.zeros(len(small.problem.counts.start) - 1, dtype=np.int64)
    answer = small.oracles[1].best(free, limit=0.0)
    assert answer.line is not None
    assert answer.bound <= answer.value


def _started(parts: Bench) -> Ruiner:
    """Return ruin and recreate at the first roster."""
    ruiner = Ruiner(parts.pricer, parts.prover().prove(Shape(parts.problem).price), 1)
    insert_all(ruiner, parts.oracles, 1)
    return ruiner


def test_windows_and_ruins_never_make_a_roster_worse(small: Bench) -> None:
    """The best roster is never worse after a round, and counts and costs agree with the lines and the audit."""
    ruiner = _started(small)
    before = as_state(ruiner).cost()
    assert before == ruiner.best == ruiner.total
    for step in range(20):
        ruiner.step(1 - step / 20)
        assert ruiner.best <= before
        assert ruiner.best <= ruiner.total
        assert ruiner.total == small.problem.counts.cost(ruiner.count) + ruiner.cost.sum()
        before = ruiner.best
    state = as_state(ruiner)
    assert state.cost() == ruiner.best
    improver = Improver(state, small.pricer, 1)
    for _ in range(4):
        before = improver.best
        improver.step()
        assert improver.best <= before
    counted = small.problem.counts.base + sum(line.added for line in state.lines if line is not None)
    assert (counted == state.count).all()
    plan, roster = small.problem.model.plan, to_roster(state)
    book = build_book(plan.settings)
    assert not [v for v in verify(roster, plan, book) if v.severity == "hard"]
    assert round(sum(score(roster, plan, book).values()) * TICKS) == state.cost()


def test_ruin_and_recreate_can_begin_with_any_roster(small: Bench) -> None:
    """The lines of a state are taken over as they are: same cost, same counts, same lines again."""
    first = _started(small)
    state = as_state(first)
    second = Ruiner(small.pricer, small.prover().prove(Shape(small.problem).price), 9)
    second.take(state)
    assert second.best == state.cost()
    assert (second.count == state.count).all()
    assert all(
        (a.values == b.values).all()
        for a, b in zip(as_state(second).lines, state.lines, strict=True)
        if a is not None and b is not None
    )


def test_identical_agents_reach_the_head_count_bound() -> None:
    """Agents without differences are proven best by their head counts, and the audit is silent."""
    plan = plan_of(agents=10, uniform=True, target_gap=0, budget="20s")
    book = build_book(plan.settings)
    answer = audited(plan, book, solve(plan, book))
    assert answer.stopped == "optimal"
    assert answer.objective == answer.bound


def test_one_agent_and_one_day() -> None:
    """The smallest plans are solved to the optimum."""
    for agents, days in ((1, 7), (3, 1), (1, 1)):
        plan = plan_of(agents, uniform=True, days=days, target_gap=0, budget="2s")
        book = build_book(plan.settings)
        answer = solve(plan, book)
        assert plan.days[0] == FIRST
        if isinstance(answer, Solved):
            audited(plan, book, answer)
