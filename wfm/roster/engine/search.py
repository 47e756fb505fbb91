"""The search in phases: each agent alone, a bound, a first roster, improvement, stop."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from wfm.domain.answer import Stopped, TracePoint, gap
from wfm.domain.roster import TICKS, Assignment, Roster
from wfm.domain.roster import State as DayState
from wfm.roster.engine.alone import Oracle
from wfm.roster.engine.bound import Bound, prove
from wfm.roster.engine.construct import insert_all
from wfm.roster.engine.identical import all_identical, name_shape
from wfm.roster.engine.improve import THREADS, Improver
from wfm.roster.engine.problem import compile_problem
from wfm.roster.engine.ruin import Ruiner

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from wfm.domain.settings import Solve
    from wfm.roster.engine.problem import Problem
    from wfm.roster.engine.state import State
    from wfm.roster.model import Model

RUIN_SHARE = 0.15
"""Share of what is left of the budget that ruin and recreate takes before the windows."""
LEAST_RUIN = 1.5
"""Deterministic seconds of ruin and recreate that every search gets: the cheapest improvement there is."""
NOTED_GAIN = 0.002
"""A better roster of ruin and recreate enters the trace when it is better by this share."""


@dataclass(frozen=True)
class Found:
    """What a search ends with.

    Attributes
    ----------
    state
        The best roster; None when the search was stopped before the first.
    bound
        Proven lower bound in ticks; None when there was no time for one.
    impossible
        Ids of agents who have no line of their own; the search does not start then.
    """

    state: State | None
    bound: int | None
    impossible: tuple[str, ...]
    stopped: Stopped
    seconds: float
    wall_seconds: float
    trace: tuple[TracePoint, ...]


@dataclass
class Clock:
    """Deterministic seconds used, the reasons to stop, and the trace.

    Parameters
    ----------
    settings
        Budget, gap and wall limit.
    stop
        Set from outside to end the search early.
    report
        Called with every trace point.
    """

    settings: Solve
    stop: threading.Event
    report: Callable[[TracePoint], None]
    used: float = 0.0
    started: float = field(default_factory=time.monotonic)
    trace: list[TracePoint] = field(default_factory=list)

    def note(self, phase: str, objective: int | None, bound: int | None) -> None:
        """Record where the search stands."""

        def units(ticks: int | None) -> float | None:
            return None if ticks is None else ticks / TICKS

        point = TracePoint(round(self.used, 3), phase, units(objective), units(bound))
        self.trace.append(point)
        self.report(point)

    @property
    def wall(self) -> float:
        """Wall seconds since the start."""
        return time.monotonic() - self.started

    def ending(self, objective: int | None, bound: int | None) -> Stopped | None:
        """Return why the search should end now; None when it should go on."""
        if objective is not None and bound is not None:
            if objective <= bound:
                return "optimal"
            if gap(objective / TICKS, bound / TICKS) <= self.settings.target_gap:
                return "target"
        if self.stop.is_set():
            return "interrupted"
        if self.settings.wall_limit_seconds is not None and self.wall >= self.settings.wall_limit_seconds:
            return "wall_limit"
        return "budget" if self.used >= self.settings.budget_seconds else None


def search(model: Model, settings: Solve, stop: threading.Event, report: Callable[[TracePoint], None]) -> Found:
    """Return the best roster that the budget allows, and its proof."""
    clock = Clock(settings, stop, report)
    problem = compile_problem(model)
    oracles = [Oracle(problem, agent) for agent in range(len(problem.lines))]
    clock.note("alone", None, None)
    with ThreadPoolExecutor(THREADS) as pool:
        impossible = _impossible(problem, oracles, pool)
        if impossible:
            return Found(None, None, impossible, "budget", clock.used, clock.wall, tuple(clock.trace))
        state, bound = _first(problem, oracles, clock, pool)
        why = _improve(state, bound, clock, pool) if state is not None else "interrupted"
    return Found(state, bound.ticks, (), why, clock.used, clock.wall, tuple(clock.trace))


def _impossible(problem: Problem, oracles: list[Oracle], pool: ThreadPoolExecutor) -> tuple[str, ...]:
    """Return the ids of agents without a line; equal agents are asked once."""
    shapes = [line.shape for line in problem.lines]
    first = {shape: agent for agent, shape in reversed(list(enumerate(shapes)))}
    possible = dict(zip(first, pool.map(lambda agent: oracles[agent].possible(), first.values()), strict=True))
    return tuple(line.agent_id for line, shape in zip(problem.lines, shapes, strict=True) if not possible[shape])


def _first(
    problem: Problem, oracles: list[Oracle], clock: Clock, pool: ThreadPoolExecutor
) -> tuple[State | None, Bound]:
    """Return the first roster, None when the search was stopped before it, and the bound."""
    clock.note("bound", None, None)
    bound = prove(problem, oracles, clock.settings.seed, pool)
    clock.used += bound.seconds
    clock.note("bound", None, bound.ticks)
    if all_identical(problem) and not clock.stop.is_set():
        named = name_shape(problem, clock.settings.seed, clock.settings.budget_seconds)
        clock.used += named.seconds
        bound = replace(bound, ticks=max(bound.ticks, named.ticks or bound.ticks))
        if named.state is not None:
            clock.note("name", named.state.cost(), bound.ticks)
            return named.state, bound
    if clock.stop.is_set():
        return None, bound
    state, spent = insert_all(problem, oracles, bound.price, clock.settings.seed)
    clock.used += spent
    clock.note("construct", state.cost(), bound.ticks)
    return state, bound


def _improve(state: State, bound: Bound, clock: Clock, pool: ThreadPoolExecutor) -> Stopped:
    """Improve a roster in place until there is a reason to stop."""
    why = _ruin(state, bound, clock)
    improver = Improver(state, clock.settings.seed)
    while why is None:
        before = improver.best
        clock.used += improver.step(pool)
        if improver.best < before:
            clock.note("improve", improver.best, bound.ticks)
        why = clock.ending(improver.best, bound.ticks)
    clock.note("improve", improver.best, bound.ticks)
    return why


def _ruin(state: State, bound: Bound, clock: Clock) -> Stopped | None:
    """Ruin and recreate for a share of the budget, or a little more than it when the bound has used it up.

    Returns why the search should end, None when it should go on.
    """
    start = clock.used
    length = max(LEAST_RUIN, RUIN_SHARE * (clock.settings.budget_seconds - start))
    ruiner = Ruiner(state, clock.settings.seed)
    why = clock.ending(ruiner.best_cost, bound.ticks)
    noted_cost = ruiner.best_cost
    while why in (None, "budget") and clock.used < start + length:
        clock.used += ruiner.step(1 - (clock.used - start) / length)
        why = clock.ending(ruiner.best_cost, bound.ticks)
        if ruiner.best_cost < (1 - NOTED_GAIN) * noted_cost:
            noted_cost = ruiner.best_cost
            clock.note("construct", noted_cost, bound.ticks)
    ruiner.settle()
    return why


def to_roster(state: State) -> Roster:
    """Return the assignments of a search state; days off get the state that the plan gives them."""
    problem, model = state.problem, state.problem.model
    cells = []
    for line, chosen in zip(problem.lines, state.lines, strict=True):
        agent = model.plan.by_id[line.agent_id]
        for d, day in enumerate(model.days):
            if chosen is None or chosen.values[d]:
                cells.append(model.plan.off(agent, day))
                continue
            span = chosen.values[problem.cell(d, 0) : problem.cell(d, 0) + problem.templates]
            shift = model.plan.shifts[model.codes[int(span.argmax())], day]
            queue = model.queue_names[int(chosen.queues[d])]
            cells.append(Assignment(agent.agent_id, day, DayState.WORK, shift, queue))
    return Roster.of(cells, model.plan.previous)
