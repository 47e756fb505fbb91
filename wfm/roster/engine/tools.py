"""The ways to improve a roster, and which of them has its turn: what each has gained for its work decides."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

import numpy as np

from wfm.roster.engine.columns import Generator
from wfm.roster.engine.construct import as_state
from wfm.roster.engine.dive import Diver
from wfm.roster.engine.improve import Improver
from wfm.roster.engine.pool import SECONDS_PER_AGENT, collect, pick
from wfm.roster.engine.state import State

if TYPE_CHECKING:
    import numpy.typing as npt

    from wfm.roster.engine.anneal import Annealer
    from wfm.roster.engine.bound import Prover
    from wfm.roster.engine.pricing import Pricer
    from wfm.roster.engine.ruin import Ruiner
    from wfm.roster.engine.state import Chosen

    Ints = npt.NDArray[np.int64]

HOPE = 0.05
"""Chance of a way that has gained nothing, against the best way."""
MEMORY = 0.6
"""How much of a way's record is kept when a new result comes in."""


class Tool(ABC):
    """One way to improve a roster."""

    rate: float = np.inf
    """What it gained per deterministic second; infinite before its first turn."""

    def useful(self, state: State) -> bool:
        """Return whether it can gain anything now."""
        return True

    @abstractmethod
    def run(self, state: State, left: float) -> float:
        """Improve the state in place, never making it worse; returns deterministic seconds, about `left` at most."""

    def turn(self, state: State, left: float) -> float:
        """Run once and keep the record; returns deterministic seconds."""
        before = state.cost()
        work = self.run(state, left)
        rate = (before - state.cost()) / max(work, 1e-9)
        self.rate = rate if np.isinf(self.rate) else MEMORY * self.rate + (1 - MEMORY) * rate
        return work


class Windows(Tool):
    """CP-SAT on some days of some agents."""

    def __init__(self, state: State, pricer: Pricer, seed: int) -> None:
        self.improver = Improver(state, pricer, seed)

    def run(self, state: State, left: float) -> float:
        """Run rounds of windows until some work is done."""
        self.improver.best = state.cost()
        work = 0.0
        while work < min(WINDOWS_WORK, left):
            work += self.improver.step()
        return work


class Annealing(Tool):
    """Annealing from the best roster, warmed up a little."""

    def __init__(self, annealer: Annealer, length: float) -> None:
        self.annealer, self.ruiner, self.length = annealer, annealer.ruiner, length

    def run(self, state: State, left: float) -> float:
        """Cool down once."""
        self.ruiner.take(state)
        work, length = 0.0, min(self.length, left)
        while work < length:
            work += self.annealer.step(WARM * (1 - work / length))
        if self.ruiner.best < state.cost():
            for agent, line in enumerate(as_state(self.ruiner).lines):
                state.put(agent, line)
        return work


class FromPrices(Tool):
    """A choice among lines that are near the best at proven prices."""

    prover: Prover

    def useful(self, state: State) -> bool:
        """Return whether a roster is so near its bound that such lines are worth choosing from."""
        return state.cost() <= (1 + NEAR) * (self.prover.ticks or 0)


class Columns(FromPrices):
    """The best roster from lines generated for some agents, after they were generated for all.

    `solved` says whether no better bound is to be had from prices.
    """

    def __init__(self, prover: Prover, agents: int, seed: int) -> None:
        self.generator, self.prover, self.pricer = Generator(prover), prover, prover.pricer
        self.random = np.random.default_rng([seed, 29])
        self.number, self.solved = float(agents), False

    def begin(self, state: State, left: float) -> float:
        """Generate for all agents; returns deterministic seconds. Too many lines to pick from: dives settle them."""
        return self._once(state, left)

    def run(self, state: State, left: float) -> float:
        """Generate and pick until some work is done."""
        work = 0.0
        while work < min(COLUMNS_WORK, left):
            work += self._once(state, left - work)
        return work

    def _once(self, state: State, left: float) -> float:
        """Generate and pick for drawn agents: more of them next time when it was easy, fewer when it was too much."""
        agents = np.sort(self.random.permutation(len(state.lines))[: round(self.number)])
        whole = len(agents) == len(state.lines)
        made = self.generator.generate(state, agents, min(left / 2, ALL_WORK if whole else SOME_WORK))
        work = made.work + (self.prover.prove_more(made.price) if whole else 0.0)
        self.solved = self.solved or (whole and made.solved)
        if made.gain < self.pricer.problem.unit or whole:
            self._next(WIDER, len(state.lines))
            return work
        picked = pick(state, made.pool, max(1, min(NODES // 3, int(left * NODES_PER_SECOND))))
        take(state, agents, picked.lines)
        self._next(WIDER if picked.proven else NARROWER, len(state.lines))
        return work + picked.work

    def _next(self, times: float, agents: int) -> None:
        """Let so many times as many agents take part next time; after the first time never all of them."""
        self.number = min(max(self.number * times, FEWEST_AGENTS), max(1.0, SHARE_OF_ALL * agents))


class Dives(Tool):
    """Agents settled one after the other on generated lines.

    `over` says that nothing is to be gained any more, `gained` that something was.
    """

    def __init__(self, generator: Generator, seed: int) -> None:
        self.diver, self.begun, self.over, self.gained = Diver(generator, seed), False, False, False

    def useful(self, state: State) -> bool:
        """Return whether the last dive with all agents did not end at once."""
        return not self.over

    def run(self, state: State, left: float) -> float:
        """Dive until some work is done."""
        work = 0.0
        while work < min(DIVES_WORK, left) and not self.over:
            work += self.once(state, left - work)
        return work

    def once(self, state: State, left: float) -> float:
        """Dive once: the first time with all agents, then with some."""
        agents = self.diver.draw(len(state.lines)) if self.begun else np.arange(len(state.lines))
        before, self.begun = state.cost(), True
        dived = self.diver.dive(state, agents, min(left, LONGEST_DIVE))
        take(state, agents, dived.lines)
        self.over = self.over or (dived.vain and len(agents) == len(state.lines))
        self.gained = self.gained or state.cost() < before
        return dived.work


class FreshDives(Dives):
    """A new roster from a dive with all agents, whatever stands, annealed from warm for as long as the dive took.

    Where most agents are alike a roster is a hair above its bound because of what all of them have of nights and hours
    together; a dive finds that right and is inexact by the day, which annealing mends.
    """

    def __init__(self, generator: Generator, annealer: Annealer, seed: int) -> None:
        super().__init__(generator, seed)
        self.annealer, self.known = annealer, generator.known

    def useful(self, state: State) -> bool:
        """Return that another dive may do better."""
        return True

    def run(self, state: State, left: float) -> float:
        """Dive and anneal once."""
        return self.once(state, left)

    def once(self, state: State, left: float) -> float:
        """Dive and anneal once; `over` says that there was too little time for a dive."""
        before, everybody = state.cost(), np.arange(len(state.lines))
        self.diver.generator.known = [dict(lines) for lines in self.known]
        dived = self.diver.dive(state, everybody, min(left, LONGEST_DIVE), gaining=False)
        self.over = dived.lines is None
        if dived.lines is None:
            return dived.work
        fresh = State(state.problem)
        for agent, line in enumerate(dived.lines):
            fresh.put(agent, line)
        work = dived.work + Annealing(self.annealer, dived.work).run(fresh, left - dived.work)
        take(state, everybody, [line for line in fresh.lines if line is not None])
        self.gained = self.gained or state.cost() < before
        return work


class Pools(FromPrices):
    """The best roster from the lines near the best ones at proven prices, for all agents or some."""

    def __init__(self, ruiner: Ruiner, prover: Prover, seed: int) -> None:
        self.pricer, self.prover = ruiner.pricer, prover
        self.random = np.random.default_rng([seed, 13])
        self.number, self.most = min(len(ruiner.lines), MOST_AGENTS), FIRST_LINES
        self.reach = FIRST_REACH

    def run(self, state: State, left: float) -> float:
        """Pick once; the pool grows when nothing is gained, and has fewer agents next time when it was too much."""
        assert self.prover.best is not None
        before = state.cost()
        everybody = self.number == len(state.lines)
        agents = np.sort(self.random.permutation(len(state.lines))[: self.number])
        gap = before - self.prover.best.ticks
        slack = min(1.0, self.reach / self.number) * gap
        pool = collect(self.pricer, self.prover.best, state, agents, slack, self.most)
        picked = pick(state, pool, max(1, min(NODES, int(left * NODES_PER_SECOND))))
        take(state, agents, picked.lines)
        if picked.proven and pool.whole and everybody and slack == gap:
            self.prover.know(state.cost())
        if picked.proven and state.cost() == before:
            self.most, self.reach = min(MOST_LINES, 2 * self.most), 2 * self.reach
        elif not picked.proven:
            self.number = max(FEWEST_AGENTS, int(self.number * 0.7))
        return SECONDS_PER_AGENT * len(agents) + picked.work


def take(state: State, agents: Ints, found: list[Chosen] | None) -> None:
    """Give agents the lines that were found, if any, unless the roster is the worse for it."""
    if found is None:
        return
    before, old = state.cost(), [state.lines[agent] for agent in agents.tolist()]
    for lines in (found, old):
        for agent, line in zip(agents.tolist(), lines, strict=True):
            state.put(agent, line)
        if state.cost() <= before:
            return


COLUMNS_WORK = 2.0
"""Deterministic seconds of one turn of columns."""
DIVES_WORK, LONGEST_DIVE = 2.0, 15.0
"""Deterministic seconds of one turn of dives, and those of one dive at most."""
ALL_WORK, SOME_WORK = 2.0, 0.6
"""Deterministic seconds of pricing for all agents, and for some."""
WIDER, NARROWER, SHARE_OF_ALL = 1.1, 0.8, 0.5
"""By how much the number of agents grows and shrinks, and how much of all it is at most after the first time."""
WINDOWS_WORK = 2.0
"""Deterministic seconds of one turn of windows."""
NEAR = 0.03
"""Up to so far above the bound lines that are near the best at its prices are worth choosing from."""
WARM = 0.6
"""Where annealing starts again on the way from hot (1) to cold (0)."""
FIRST_REACH = 8.0
"""How far a line may be above its best at first: so many times an agent's share of the gap."""
MOST_AGENTS, FEWEST_AGENTS, FIRST_LINES, MOST_LINES = 40, 6, 60, 2000
"""Agents in a pool at first and at least; lines of each at first and at most."""
NODES, NODES_PER_SECOND = 60, 5
"""Limit of the search tree, and that for each deterministic second that is left."""


def choose(tools: list[Tool], random: np.random.Generator) -> Tool:
    """Return the way whose turn it is: one that was not tried yet, else likelier the more it gains for its work."""
    for tool in tools:
        if np.isinf(tool.rate):
            return tool
    rates = np.array([tool.rate for tool in tools])
    weights = rates + HOPE * max(float(rates.max()), 1.0)
    return tools[int(random.choice(len(tools), p=weights / weights.sum()))]
