"""Ruin and recreate: small groups of agents lose their lines and get new ones, at what the others leave to do.

All groups of a round are answered at once by the dynamic program; a result counts only after its exact cost is
known. Worse rosters are accepted now and then, less and less, and the best one is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wfm.roster.engine.complete import Completer
from wfm.roster.engine.lines import FAR, Lines, read_grammar

if TYPE_CHECKING:
    import numpy.typing as npt

    from wfm.roster.engine.problem import Problem
    from wfm.roster.engine.state import Chosen, State

    Ints = npt.NDArray[np.int64]

GROUP_SIZES = (1, 2, 3)
NOISE = 0.1
"""Relative noise on the prices of a day, when more than one agent is taken out."""
HOT, COLD = 0.003, 0.0002
"""Temperature at the start and the end, as a share of the objective."""
SECONDS_PER_LINE = 0.0015
"""Deterministic seconds charged for one proposed line."""


class Pricer:
    """Turns counts into prices of cells: what each agent's start of a template would change the objective by."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.cells = problem.days * (1 + problem.templates)
        self.cost = np.array([line.cost[: self.cells] for line in problem.lines])
        self.soft = [self._soft_rows(agent) for agent in range(len(problem.lines))]
        self.pressure = [np.zeros(len(rows)) for rows, _ in self.soft]
        allowed = np.zeros((len(problem.lines), problem.queues, problem.days), dtype=bool)
        for a, line in enumerate(problem.lines):
            for d, queues in enumerate(line.queues):
                allowed[a, list(queues), d] = True
        self.barred = np.where(allowed, 0, FAR)

    def _soft_rows(self, agent: int) -> tuple[Ints, Ints]:
        """Return the cells of every row with a paid helper, shape (rows, cells), and the helper's index."""
        line = self.problem.lines[agent]
        found = [
            (v, row)
            for v in range(self.cells, len(line.low))
            if line.cost[v] > 0
            for row in (line.rows[at] for at in line.rows_of[v])
        ]
        table = np.zeros((len(found), self.cells), dtype=np.int64)
        for at, (helper, row) in enumerate(found):
            sign = -np.sign(dict(row.terms)[helper])
            for v, c in row.terms:
                if v < self.cells:
                    table[at, v] = sign * c
        return table, np.array([v for v, _ in found], dtype=np.int64)

    def prices(self, agents: Ints, marginal: Ints) -> tuple[Ints, Ints, Ints]:
        """Return costs of starting templates and of days off, and the best queue of each start.

        Parameters
        ----------
        marginal
            Price of every option per question, shape (questions, options).
        """
        p, who = self.problem, agents
        table = marginal.reshape(len(who), p.queues, p.days, p.templates) + self.barred[who][:, :, :, None]
        queue = table.argmin(axis=1)
        own = self.cost[who] + np.array([np.rint(self.pressure[a] @ self.soft[a][0]) for a in who]).astype(np.int64)
        work = table.min(axis=1) + own[:, p.days :].reshape(len(who), p.days, p.templates)
        return work, own[:, : p.days], queue

    def learn(self, agent: int, line: Chosen) -> None:
        """Raise the price of soft rows that a line breaks, lower that of rows it keeps."""
        _, helpers = self.soft[agent]
        cost = self.problem.lines[agent].cost[helpers]
        broken = line.values[helpers] > 0
        step = np.where(broken, 0.3, -0.15) * cost
        self.pressure[agent] = np.clip(self.pressure[agent] + step, 0, cost)


class Ruiner:
    """Improves a roster round by round.

    Parameters
    ----------
    state
        Changed in place; `best` keeps the best lines seen.
    seed
        Start of the random numbers.
    """

    def __init__(self, state: State, seed: int) -> None:
        self.state = state
        self.random = np.random.default_rng([seed, 11])
        self.lines = Lines(read_grammar(state.problem))
        self.pricer = Pricer(state.problem)
        self.completers = [Completer(state.problem, line) for line in state.problem.lines]
        self.cost = state.cost()
        self.best, self.best_cost = list(state.lines), self.cost

    def step(self, warmth: float) -> float:
        """Give every agent one chance, in random groups; returns the deterministic seconds it took.

        `warmth` goes from 1 to 0 over the search.
        """
        temperature = self.cost * HOT * (COLD / HOT) ** (1 - warmth)
        size = min(int(self.random.choice(GROUP_SIZES)), len(self.state.lines))
        order = self.random.permutation(len(self.state.lines))
        groups = [order[at : at + size] for at in range(0, len(order) - size + 1, size)]
        for group, lines in zip(groups, self._recreate(np.array(groups), size), strict=True):
            if lines is not None:
                self._decide([int(a) for a in group], lines, temperature)
        return SECONDS_PER_LINE * len(groups) * size

    def _recreate(self, groups: Ints, size: int) -> list[list[Chosen] | None]:
        """Return new lines for each group, or None where an agent has none."""
        counts = np.repeat(self.state.count[None], len(groups), axis=0)
        for at, group in enumerate(groups):
            for agent in group:
                counts[at] -= self.state.lines[agent].added
        found: list[list[Chosen] | None] = [[] for _ in groups]
        for place in range(size):
            agents = groups[:, place]
            work, off, queue = self.pricer.prices(agents, self._marginal(counts, noisy=size > 1))
            lines, cost = self.lines.best(agents, work, off)
            for at, agent in enumerate(agents):
                chosen = self._complete(int(agent), lines[at], queue[at]) if cost[at] < FAR else None
                mine = found[at]
                if chosen is None or mine is None:
                    found[at] = None
                    continue
                mine.append(chosen)
                counts[at] += chosen.added
        return found

    def settle(self) -> None:
        """Put the best roster seen back into the state."""
        for agent, line in enumerate(self.best):
            self.state.put(agent, line)

    def _complete(self, agent: int, line: Ints, queue: Ints) -> Chosen | None:
        days = np.arange(len(line))
        chosen = self.completers[agent].complete(line, queue[days, np.maximum(line, 0)])
        if chosen is not None:
            self.pricer.learn(agent, chosen)
        return chosen

    def _marginal(self, counts: Ints, *, noisy: bool) -> Ints:
        table = self.state.problem.counts.marginals(counts)
        if not noisy:
            return table
        p = self.state.problem
        noise = 1 + NOISE * self.random.standard_normal((len(counts), 1, p.days, 1))
        shaped = table.reshape(len(counts), p.queues, p.days, p.templates) * noise
        return np.rint(shaped).astype(np.int64).reshape(len(counts), -1)

    def _decide(self, group: list[int], lines: list[Chosen], temperature: float) -> None:
        before = [self.state.lines[a] for a in group]
        for agent, line in zip(group, lines, strict=True):
            self.state.put(agent, line)
        cost = self.state.cost()
        if cost > self.cost and self.random.random() >= np.exp((self.cost - cost) / temperature):
            for agent, old in zip(group, before, strict=True):
                self.state.put(agent, old)
            return
        self.cost = cost
        if cost < self.best_cost:
            self.best, self.best_cost = list(self.state.lines), cost
