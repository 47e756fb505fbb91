"""Large neighbourhood search: some days of some agents set free and solved exactly while the rest stands.

Some neighbourhoods of one roster are solved side by side in rounds and merged in a fixed order; a result counts only
when the re-evaluated objective is lower. Which kind of window is drawn follows what each kind has gained for its
work. Work is measured in deterministic seconds, so that the same input gives the same roster on any load.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from wfm.domain.roster import TICKS
from wfm.roster.engine.neighbourhood import Improved, Neighbourhood
from wfm.roster.engine.pricing import THREADS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy.typing as npt

    from wfm.roster.engine.pricing import Pricer
    from wfm.roster.engine.state import State

    Ints = npt.NDArray[np.int64]

SLOTS = 4
"""Neighbourhoods in one round; while some are solved the next are built."""
FIRST_CELLS, FEWEST_CELLS, MOST_CELLS = 120, 40, 900
"""Agent-days set free at once: at the start, and the limits between which the number adapts."""
WORK_PER_MODEL = 0.6
"""The solver's own deterministic time for one neighbourhood."""
HOPE = 0.05
"""Chance of a kind that has gained nothing, against the best kind."""
EAGER, HOPED = 3, 2.0 * TICKS
"""So many kinds are tried at once; the others start with this rate in ticks per deterministic second."""
DRAWS = 12
"""Windows drawn before one is taken as it comes."""
MEMORY = 0.7
"""How much of a kind's record is kept when a new result comes in."""


@dataclass(slots=True)
class Kind:
    """A kind of window: so many days, neighbouring or drawn one by one."""

    days: int
    together: bool
    cells: float = FIRST_CELLS
    rate: float = np.inf
    """Ticks gained per deterministic second, smoothed; infinite before the first try."""
    settled: dict[tuple[tuple[int, ...], bytes], int] = field(default_factory=dict)
    """Windows that were solved to the end without a gain, with the state of their days at that time."""

    def learn(self, result: Improved, gain: int) -> None:
        """Grow when the model was solved to the end, shrink when it was not; remember what it gains."""
        wider, narrower = min(MOST_CELLS, self.cells * 1.08), max(FEWEST_CELLS, self.cells * 0.85)
        self.cells = wider if result.optimal else narrower
        rate = gain / result.work
        self.rate = rate if np.isinf(self.rate) else MEMORY * self.rate + (1 - MEMORY) * rate


@dataclass(frozen=True, slots=True)
class Window:
    """One neighbourhood to be tried."""

    kind: Kind
    days: tuple[int, ...]
    agents: Ints

    @property
    def free(self) -> Mapping[int, Sequence[int]]:
        """Free days by agent."""
        return {int(a): self.days for a in self.agents}

    @property
    def key(self) -> tuple[tuple[int, ...], bytes]:
        """What tells it from other windows."""
        return self.days, self.agents.tobytes()


class Improver:
    """Improves a roster round by round.

    Parameters
    ----------
    state
        The roster to improve, in place; it never gets worse.
    pricer
        Settles what a solver that was stopped early left higher than it need be.
    seed
        Start of the random numbers.
    """

    def __init__(self, state: State, pricer: Pricer, seed: int) -> None:
        self.state, self.pricer, self.seed = state, pricer, seed
        self.random = np.random.default_rng([seed, 7])
        days = state.problem.days
        kinds = [(2, True), (2, False), (3, False), (3, True), (4, True), (7, True), (14, True), (days, True)]
        fitting = [(n, together) for n, together in dict.fromkeys(kinds) if n <= days] or [(days, True)]
        self.kinds = [Kind(n, together) for n, together in fitting]
        for kind in self.kinds[EAGER:]:
            kind.rate = HOPED
        self.changed = np.zeros(days, dtype=np.int64)
        self.round = 0
        self.best = state.cost()

    def step(self) -> float:
        """Run one round; returns the deterministic seconds it took."""
        self.round += 1
        kind = self._kind()
        windows: list[Window] = []
        jobs = []
        for slot in range(SLOTS):
            windows.append(self._draw(kind, {d for w in windows for d in w.days}))
            model = Neighbourhood(self.state, windows[-1].free)
            seed = self.seed * 100003 + self.round * SLOTS + slot
            jobs.append(self.pricer.pool.submit(model.solve, seed, WORK_PER_MODEL))
        results = [job.result() for job in jobs]
        for window, result in zip(windows, results, strict=True):
            gain = self._accept(result, window.days)
            window.kind.learn(result, gain)
            if result.optimal and not gain:
                window.kind.settled[window.key] = int(self.changed[list(window.days)].max())
        return sum(r.work for r in results) / THREADS

    def _accept(self, result: Improved, days: tuple[int, ...]) -> int:
        before = {agent: self.state.lines[agent] for agent in result.lines}
        for agent, line in result.lines.items():
            self.state.put(agent, self.pricer.settled(agent, line))
        cost = self.state.cost()
        if cost >= self.best:
            for agent, old in before.items():
                self.state.put(agent, old)
            return 0
        gain, self.best = self.best - cost, cost
        self.changed[list(days)] = self.round
        return gain

    def _draw(self, kind: Kind, taken: set[int]) -> Window:
        """Return a window that shares no day with those taken and is not known to be settled, if the draws find one."""
        for attempt in range(DRAWS):
            days = self._days(kind)
            window = Window(kind, days, self._agents(max(1, round(kind.cells / kind.days)), days))
            apart = taken.isdisjoint(days) or attempt >= DRAWS // 2
            if apart and kind.settled.get(window.key, -1) < self.changed[list(days)].max():
                return window
        return window

    def _kind(self) -> Kind:
        untried = [k for k in self.kinds if np.isinf(k.rate)]
        if untried:
            return untried[0]
        rates = np.array([k.rate for k in self.kinds])
        weights = rates + HOPE * max(float(rates.max()), 1.0)
        return self.kinds[int(self.random.choice(len(self.kinds), p=weights / weights.sum()))]

    def _days(self, kind: Kind) -> tuple[int, ...]:
        """Return neighbouring days drawn by their cost, or single days, half of them drawn by their cost."""
        cost = self._cost_by_day()
        total = self.state.problem.days
        if kind.together:
            windows = np.convolve(cost, np.ones(kind.days), "valid")
            first = int(self.random.choice(total - kind.days + 1, p=windows / windows.sum()))
            return tuple(range(first, first + kind.days))
        first = int(self.random.choice(total, p=cost / cost.sum()))
        others = np.setdiff1d(np.arange(total), [first])
        return tuple(sorted([first, *self.random.choice(others, kind.days - 1, replace=False).tolist()]))

    def _excess(self) -> npt.NDArray[np.int64]:
        """Return what each count costs above the least it can, those that a duty may serve with it; shape (rows,)."""
        counts = self.state.problem.counts
        rows = np.arange(len(counts.table))
        now = counts.table[rows, self.state.count[rows]]
        return counts.felt(now - counts.table.min(axis=1))

    def _cost_by_day(self) -> npt.NDArray[np.float64]:
        counts, problem = self.state.problem.counts, self.state.problem
        day = (counts.option[: counts.entries] // problem.templates) % problem.days
        cost = np.bincount(day, weights=self._excess()[counts.row[: counts.entries]], minlength=problem.days)
        return np.asarray(cost + cost.mean() / 2 + 1.0, dtype=np.float64)

    def _agents(self, number: int, days: Sequence[int]) -> Ints:
        """Return agents in order: all, any, or half of the time only those who serve the queue that costs most."""
        lines = self.state.problem.lines
        pool = np.arange(len(lines))
        if number < len(pool) and self.random.random() < 0.5:
            queue = self._costly_queue(days)
            able = np.array([i for i, line in enumerate(lines) if any(queue in line.queues[d] for d in days)])
            pool = able if len(able) else pool
        return pool if number >= len(pool) else np.sort(self.random.choice(pool, size=number, replace=False))

    def _costly_queue(self, days: Sequence[int]) -> int:
        counts, problem = self.state.problem.counts, self.state.problem
        here = np.flatnonzero(np.isin((counts.option[: counts.entries] // problem.templates) % problem.days, days))
        queue = counts.option[here] // (problem.templates * problem.days)
        weights = np.bincount(queue, weights=self._excess()[counts.row[here]], minlength=problem.queues) + 1.0
        return int(self.random.choice(problem.queues, p=weights / weights.sum()))
