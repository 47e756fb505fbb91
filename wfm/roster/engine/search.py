"""The search in phases: each agent alone, a bound, a first roster, improvement, stop."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from wfm.domain.answer import Stopped, TracePoint, gap
from wfm.domain.roster import TICKS
from wfm.roster.engine.alone import Oracle
from wfm.roster.engine.anneal import Annealer
from wfm.roster.engine.bound import SAMPLES, Prover, Shape
from wfm.roster.engine.construct import as_state, from_published, insert_all
from wfm.roster.engine.identical import all_identical, head_count_bound
from wfm.roster.engine.pieces import roster_of
from wfm.roster.engine.pricing import SECONDS_PER_CALL, THREADS, Pricer
from wfm.roster.engine.problem import compile_problem
from wfm.roster.engine.ruin import Ruiner
from wfm.roster.engine.state import templates_of
from wfm.roster.engine.tools import WARM, Annealing, Columns, Dives, FreshDives, Pools, Tool, Windows, choose

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

    import numpy.typing as npt

    from wfm.domain.roster import Roster
    from wfm.domain.settings import Solve
    from wfm.roster.engine.bound import Bound
    from wfm.roster.engine.problem import Problem
    from wfm.roster.engine.state import Chosen, State
    from wfm.roster.model import Model

    Ints = npt.NDArray[np.int64]

FEW_AGENTS = 60
"""Up to so many agents a pool of lines is worth its work, and a bound climbs without samples; up to so many who differ
lines are generated for all of them."""
FORGOTTEN, APART_SHARE = 0.005, 0.3
"""By what share a bound with exact lines must be above the relaxation that gave its prices for one with a class for
every agent who differs, and the share of what is left of the budget that such a one may take."""
COLUMNS_SHARE = 0.5
"""Share of what is left of the budget that is offered to the first generation of lines, which takes half at most."""
HEADS_SHARE = 0.17
"""Share of the budget that goes to head counts of identical agents at most."""
CLIMB_SHARE, CLIMB_SHARE_OF_FEW = 0.1, 0.35
"""Share of what is left of the budget that goes to a better bound, and that with few agents."""
FEWEST_PASSES, FEWEST_PASSES_OF_FEW, MOST_PASSES = 12, 40, 1000
"""Passes over the agents in search of a better bound; with fewer it gains nothing."""
STEP, SAMPLE_STEP = 0.05, 0.015
"""Length of the first step, as a share of the mean price: that of a climb with all agents, and with samples of them."""
ANNEALING_SHARE = ((FEW_AGENTS, 0.5), (150, 0.8), (10**9, 0.95))
"""Share of what is left of the budget that annealing takes at first, by the largest number of agents."""
ANNEALING_SHARE_AFTER_DIVES = 0.2
"""That share where dives have come before."""
GLANCE_SHARE = 0.05
"""Share of what is left of the budget that annealing takes before the dives where most agents are alike."""
DIVING_SHARE = 0.35
"""Share of what is left of the budget that goes to the first dives."""
TURN_SHARE = 0.1
"""Share of what is left after that for each later turn of it."""
SECONDS_PER_CELL = 4e-6
"""Deterministic seconds charged for every start that an agent may have, for posting and compiling the problem."""
HASTE = 0.02
"""Little time: deterministic seconds for each agent. Annealing takes it all then."""
LEAST_ANNEALING = 0.6
"""Deterministic seconds of annealing that every search gets: the cheapest improvement there is."""
NOTED_GAIN = 0.002
"""A better roster of annealing enters the trace when it is better by this share."""


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
    def left(self) -> float:
        """Deterministic seconds of the budget that are not used yet."""
        return self.settings.budget_seconds - self.used

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


def search(
    model: Model,
    settings: Solve,
    stop: threading.Event,
    report: Callable[[TracePoint], None],
    started: float | None = None,
) -> Found:
    """Return the best roster that the budget allows, and its proof.

    Parameters
    ----------
    started
        Reading of the monotonic clock from which wall seconds are counted; now when None.
    """
    clock = Clock(settings, stop, report, started=time.monotonic() if started is None else started)
    problem = compile_problem(model)
    oracles = [Oracle(problem, agent) for agent in range(len(problem.lines))]
    clock.used = SECONDS_PER_CELL * len(oracles) * problem.days * problem.templates
    clock.note("alone", None, None)
    with ThreadPoolExecutor(THREADS) as pool:
        impossible = tuple(line.agent_id for line in problem.lines if not line.possible)
        if not impossible:
            shape, pricer = pool.submit(Shape, problem), Pricer(problem, pool)
            impossible = _impossible(problem, pricer, oracles)
        if impossible:
            return Found(None, None, impossible, "budget", clock.used, clock.wall, tuple(clock.trace))
        state, prover, why = _phases(problem, pricer, oracles, shape, clock)
    return Found(state, prover.ticks, (), why, clock.used, clock.wall, tuple(clock.trace))


def _impossible(problem: Problem, pricer: Pricer, oracles: Sequence[Oracle]) -> tuple[str, ...]:
    """Return the ids of agents without a line; equal agents are asked once, CP-SAT only where the quick way fails."""
    answers = pricer.best(np.zeros(len(problem.counts.base), dtype=np.int64))
    lines, queues = answers.lines, answers.queues
    doubtful = [a for a in pricer.asked.tolist() if pricer.complete(a, lines[a], queues[a]) is None]
    without = {
        agent
        for agent, possible in zip(doubtful, pricer.pool.map(lambda a: oracles[a].possible(), doubtful), strict=True)
        if not possible
    }
    return tuple(line.agent_id for a, line in enumerate(problem.lines) if int(pricer.first[a]) in without)


def _phases(
    problem: Problem, pricer: Pricer, oracles: Sequence[Oracle], solving: Future[Shape], clock: Clock
) -> tuple[State | None, Prover, Stopped]:
    """Return the best roster (None when the search was stopped before the first), the proofs, and why it ended."""
    clock.note("bound", None, None)
    prover = Prover(problem, pricer, oracles, clock.settings.seed, clock.left)
    shape = solving.result()
    bound = prover.prove(shape.price)
    clock.used += shape.work + prover.work
    clock.note("bound", None, bound.ticks)
    if not prover.sees_most:
        shape, bound = _apart(shape, bound, prover, clock)
    if all_identical(problem) and not clock.stop.is_set():
        ticks, work = head_count_bound(problem, clock.settings.seed, HEADS_SHARE * clock.settings.budget_seconds)
        clock.used += work
        prover.know(ticks)
        clock.note("bound", None, prover.ticks)
    if clock.stop.is_set():
        return None, prover, "interrupted"
    ruiner = Ruiner(pricer, bound, clock.settings.seed)
    clock.used += insert_all(ruiner, oracles, clock.settings.seed) + from_published(ruiner)
    clock.note("construct", ruiner.best, prover.ticks)
    columns = _columns(ruiner, prover, clock) if prover.sees_most and len(pricer.asked) <= FEW_AGENTS else None
    if columns is None or not columns.solved:
        _climb(prover, ruiner, clock)
    left, agents = clock.left, len(ruiner.lines)
    hasty = left < HASTE * agents
    annealer = Annealer(ruiner, clock.settings.seed, hasty=hasty, seen=prover.sees_most)
    dives = _dives(columns, annealer, prover, clock)
    left = clock.left
    share = next(share for most, share in ANNEALING_SHARE if agents <= most)
    dived = dives is not None and dives.gained
    share = 1.0 if hasty else ANNEALING_SHARE_AFTER_DIVES if dived else share
    length = max(LEAST_ANNEALING, share * left)
    why = _anneal(annealer, length, WARM if dived else 1.0, prover, clock)
    state = as_state(ruiner)
    if why is not None:
        return state, prover, why
    clock.used += prover.prove_whole(shape, clock.left)
    turn = TURN_SHARE * clock.left
    tools: list[Tool] = [tool for tool in (dives, columns) if tool is not None]
    tools += [Pools(ruiner, prover, clock.settings.seed)] if prover.sees_most and agents <= FEW_AGENTS else []
    tools += [Windows(state, pricer, clock.settings.seed), Annealing(annealer, turn)]
    return state, prover, _improve(state, tools, prover, clock)


def _apart(shape: Shape, bound: Bound, prover: Prover, clock: Clock) -> tuple[Shape, Bound]:
    """Return the relaxation with a class for every agent who differs, and its bound, where sums forget too much."""
    differing, before = len(prover.pricer.asked), prover.work
    forgot = bound.ticks - shape.cost > FORGOTTEN * abs(bound.ticks)
    few = differing <= FEW_AGENTS and shape.work_alone * differing / shape.classes < APART_SHARE * clock.left
    if not (forgot and few) or shape.classes == differing:
        return shape, bound
    shape = Shape(prover.problem, apart=True)
    bound = prover.prove(shape.price)
    clock.used += shape.work_alone + prover.work - before
    clock.note("bound", None, bound.ticks)
    return shape, bound


def _columns(ruiner: Ruiner, prover: Prover, clock: Clock) -> Columns | None:
    """Generate lines for all agents, whose prices are a bound; None where that is of no use."""
    if len(ruiner.problem.counts.duties) or clock.ending(ruiner.best, prover.ticks):
        return None
    assert prover.best is not None
    tool = Columns(prover, len(ruiner.lines), clock.settings.seed)
    try:
        clock.used += tool.begin(as_state(ruiner), COLUMNS_SHARE * clock.left)
    except MemoryError:
        clock.stop.set()
        return None
    ruiner.follow(prover.best)
    clock.note("columns", ruiner.best, prover.ticks)
    return tool


def _dives(columns: Columns | None, annealer: Annealer, prover: Prover, clock: Clock) -> Dives | None:
    """Dive with a share of what is left of the budget; None where lines were not generated to the end."""
    if columns is None or not columns.solved:
        return None
    ruiner, seed = annealer.ruiner, clock.settings.seed
    tool, left = Dives(columns.generator, seed), clock.left
    if 2 * len(ruiner.pricer.asked) <= len(ruiner.lines):
        tool = FreshDives(columns.generator, annealer, seed)
        _anneal(annealer, GLANCE_SHARE * left, 1.0, prover, clock)
    until = clock.used + DIVING_SHARE * clock.left
    state = as_state(ruiner)
    best = state.cost()
    while clock.used < until and not tool.over and clock.ending(best, prover.ticks) is None:
        try:
            clock.used += tool.once(state, until - clock.used)
        except MemoryError:
            clock.stop.set()
            return None
        if state.cost() < best:
            best = state.cost()
            clock.note("dive", best, prover.ticks)
    ruiner.take(state)
    return tool


def _climb(prover: Prover, ruiner: Ruiner, clock: Clock) -> None:
    """Look for a better bound with a share of what is left of the budget, when that is enough for it to pay."""
    assert prover.best is not None
    clock_before, work_before = clock.used, prover.work
    left = clock.left
    few = len(ruiner.lines) <= FEW_AGENTS
    share, parts = (CLIMB_SHARE_OF_FEW, 1) if few else (CLIMB_SHARE, SAMPLES)
    passes = min(MOST_PASSES, int(share * left / (prover.seconds_per_step + parts * SECONDS_PER_CALL)))
    enough = passes >= (FEWEST_PASSES_OF_FEW if few else FEWEST_PASSES)
    if not enough or clock.ending(ruiner.best, prover.ticks):
        return

    def go_on() -> bool:
        clock.used = clock_before + prover.work - work_before
        return clock.ending(ruiner.best, prover.ticks) is None

    prover.climb(passes, STEP if few else SAMPLE_STEP, go_on, parts)
    prover.prove(prover.best.price)
    clock.used = clock_before + prover.work - work_before
    ruiner.follow(prover.best)
    clock.note("bound", ruiner.best, prover.ticks)


def _anneal(annealer: Annealer, length: float, heat: float, prover: Prover, clock: Clock) -> Stopped | None:
    """Anneal for some deterministic seconds; returns why the search should end, None when it should go on.

    `heat` is where the way to cold (0) begins: hot (1) or less.
    """
    ruiner, start = annealer.ruiner, clock.used
    noted = ruiner.best
    why = clock.ending(ruiner.best, prover.ticks)
    while why in (None, "budget") and clock.used < start + length:
        clock.used += annealer.step(heat * (1 - (clock.used - start) / length))
        why = clock.ending(ruiner.best, prover.ticks)
        if ruiner.best < (1 - NOTED_GAIN) * noted:
            noted = ruiner.best
            clock.note("anneal", noted, prover.ticks)
    clock.note("anneal", ruiner.best, prover.ticks)
    return why


def _improve(state: State, tools: list[Tool], prover: Prover, clock: Clock) -> Stopped:
    """Improve a roster in place, one way after the other, until there is a reason to stop.

    A way that runs out of memory leaves the roster as good as it was, and is the last.
    """
    random = np.random.default_rng([clock.settings.seed, 17])
    best = state.cost()
    why = clock.ending(best, prover.ticks)
    while why is None:
        try:
            clock.used += choose([tool for tool in tools if tool.useful(state)], random).turn(state, clock.left)
        except MemoryError:
            clock.stop.set()
        if state.cost() < best:
            best = state.cost()
            clock.note("improve", best, prover.ticks)
        why = clock.ending(best, prover.ticks)
    clock.note("improve", best, prover.ticks)
    return why


def to_roster(state: State) -> Roster:
    """Return the assignments of a search state; days off get the state that the plan gives them."""
    return roster_of(state.problem, [_starts(state.problem, line) for line in state.lines])


def _starts(problem: Problem, line: Chosen | None) -> list[tuple[int, int] | None]:
    """Return template and queue per day, None on days off."""
    if line is None:
        return [None] * problem.days
    days = zip(templates_of(problem, line).tolist(), line.queues.tolist(), strict=True)
    return [None if template < 0 else (template, queue) for template, queue in days]
