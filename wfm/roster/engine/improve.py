"""Large neighbourhood search: windows of days and agents, drawn where the cost is, solved while the rest stands.

Two neighbourhoods of one roster are solved side by side in rounds and merged in a fixed order; a result counts only
when the re-evaluated objective is lower. Work is measured in the solver's deterministic seconds, so that the same input
gives the same roster on any load.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wfm.roster.engine.neighbourhood import Improved, Neighbourhood

if TYPE_CHECKING:
    import numpy.typing as npt

    from wfm.roster.engine.state import State

    Ints = npt.NDArray[np.int64]

SLOTS = 2
"""Neighbourhoods in one round."""
FIRST_CELLS, FEWEST_CELLS, MOST_CELLS = 90, 31, 900
"""Agent-days set free at once: at the start, and the limits between which the number adapts."""
WORK_PER_MODEL = 0.5
"""The solver's deterministic seconds for one neighbourhood."""
WINDOWS = ((1, 2), (3, 5), (6, 10), (11, 20), (31, 31))
"""Lengths of the windows in days, by kind; the last is the whole period."""


@dataclass(slots=True)
class Window:
    """One kind of neighbourhood and how many cells it can take."""

    days: tuple[int, int]
    cells: float = FIRST_CELLS
    tries: int = 0
    gains: float = 1.0

    def adapt(self, optimal: bool, gain: int) -> None:
        """Grow when the model was solved to the end, shrink when it was not; remember what it gains."""
        self.cells = min(MOST_CELLS, self.cells * 1.1) if optimal else max(FEWEST_CELLS, self.cells * 0.85)
        self.tries += 1
        self.gains = 0.8 * self.gains + 0.2 * (1.0 if gain > 0 else 0.05)


class Improver:
    """Improves a roster round by round.

    Parameters
    ----------
    state
        The roster to improve, in place; it never gets worse.
    seed
        Start of the random numbers.
    """

    def __init__(self, state: State, seed: int) -> None:
        self.state, self.seed = state, seed
        self.random = np.random.default_rng([seed, 7])
        self.windows = [Window(days) for days in WINDOWS]
        self.round = 0
        self.best = state.cost()

    def step(self, pool: ThreadPoolExecutor) -> float:
        """Run one round; returns the deterministic seconds it took."""
        self.round += 1
        chosen = [self._draw() for _ in range(SLOTS)]
        models = [Neighbourhood(self.state, free) for _, free in chosen]
        jobs = [
            pool.submit(model.solve, self.seed * 100003 + self.round * SLOTS + slot, WORK_PER_MODEL)
            for slot, model in enumerate(models)
        ]
        results = [job.result() for job in jobs]
        for (window, _), result in zip(chosen, results, strict=True):
            window.adapt(result.optimal, self._accept(result))
        return max(r.work for r in results)

    def _accept(self, result: Improved) -> int:
        before = {agent: self.state.lines[agent] for agent in result.lines}
        for agent, line in result.lines.items():
            self.state.put(agent, line)
        cost = self.state.cost()
        if cost > self.best:
            for agent, old in before.items():
                self.state.put(agent, old)
            return 0
        gain, self.best = self.best - cost, cost
        return gain

    def _draw(self) -> tuple[Window, Mapping[int, Sequence[int]]]:
        weights = np.array([w.gains for w in self.windows])
        window = self.windows[int(self.random.choice(len(self.windows), p=weights / weights.sum()))]
        problem = self.state.problem
        longest = min(window.days[1], problem.days)
        length = int(self.random.integers(min(window.days[0], longest), longest + 1))
        first = self._first_day(length)
        days = list(range(first, first + length))
        agents = max(1, min(len(problem.lines), round(window.cells / length)))
        return window, {int(a): days for a in sorted(self._agents(agents, days))}

    def _first_day(self, length: int) -> int:
        last = self.state.problem.days - length
        if self.random.random() < 0.5:
            return int(self.random.integers(0, last + 1))
        cost = self._cost_by_day()
        windows = np.convolve(cost, np.ones(length), "valid")
        return int(self.random.choice(last + 1, p=windows / windows.sum()))

    def _cost_by_day(self) -> npt.NDArray[np.float64]:
        """Return the excess of the counts by day, shape (days,): each row's cost on the days that can change it."""
        counts, problem = self.state.problem.counts, self.state.problem
        excess = counts.table[np.arange(len(self.state.count)), self.state.count] - counts.table.min(axis=1)
        day = (counts.option // problem.templates) % problem.days
        return np.bincount(day, weights=excess[counts.row], minlength=problem.days) + 1.0

    def _agents(self, number: int, days: Sequence[int]) -> Ints:
        """Return agents: all, any, or half of the time only those who serve the queue that costs most there."""
        lines = self.state.problem.lines
        pool = np.arange(len(lines))
        if number < len(pool) and self.random.random() < 0.5:
            queue = self._costly_queue(days)
            able = np.array([i for i, line in enumerate(lines) if any(queue in line.queues[d] for d in days)])
            pool = able if len(able) else pool
        return pool if number >= len(pool) else self.random.choice(pool, size=number, replace=False)

    def _costly_queue(self, days: Sequence[int]) -> int:
        counts, problem = self.state.problem.counts, self.state.problem
        excess = counts.table[np.arange(len(self.state.count)), self.state.count] - counts.table.min(axis=1)
        here = np.isin((counts.option // problem.templates) % problem.days, days)
        queue = counts.option[here] // (problem.templates * problem.days)
        weights = np.bincount(queue, weights=excess[counts.row[here]], minlength=problem.queues) + 1.0
        return int(self.random.choice(problem.queues, p=weights / weights.sum()))
