"""Column generation: lines for some agents, found at the prices of the linear program over the lines so far.

The others keep their lines. Every agent's best line at the present prices joins until none is better than what is
there; then the program's value is a bound for these agents, and a line whose reduced cost is above what could still be
gained is of no use.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from scipy.optimize import linprog

from wfm.roster.engine.pool import Pool, master, others

if TYPE_CHECKING:
    import numpy.typing as npt

    from wfm.roster.engine.bound import Prover
    from wfm.roster.engine.pool import Master
    from wfm.roster.engine.state import Chosen, State

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]

TRUST = 0.6
"""Share of the best prices so far in the prices that are asked."""
CLOSE = 0.5
"""Units between the program and the bound at which it is solved."""
MOST_LINES, MOST_CHOICES = 400, 300
"""Lines that are remembered of each agent, older ones make room; and lines of all agents to choose from."""
SECONDS_PER_PROGRAM, SECONDS_PER_ENTRY, SECONDS_PER_PRICED = 0.012, 1e-5, 4e-4
"""Deterministic seconds charged for a linear program and for each entry of it, and for a line that was priced."""


@dataclass(frozen=True, slots=True)
class Generated:
    """Lines worth choosing from, the prices that prove the least cost, and the work it took.

    Attributes
    ----------
    gain
        Ticks that lines of these agents can gain at most.
    solved
        Whether no other line is worth choosing.
    """

    pool: Pool
    price: Ints
    gain: float
    solved: bool
    work: float


class Generator:
    """Generates columns, and remembers them.

    Parameters
    ----------
    prover
        Its prices are where the first generation starts.
    """

    def __init__(self, prover: Prover) -> None:
        self.prover, self.pricer = prover, prover.pricer
        self.known: list[dict[bytes, Chosen]] = [{} for _ in self.pricer.problem.lines]

    def generate(self, state: State, agents: Ints, allowance: float) -> Generated:
        """Return lines for some agents; every agent's present line is among them.

        Parameters
        ----------
        allowance
            Deterministic seconds after which no further round of pricing begins.
        """
        assert self.prover.best is not None
        problem, fixed = self.pricer.problem, others(state, agents)
        for agent, line in zip(agents.tolist(), _present(state, agents), strict=True):
            self._remember(agent, line)
        now = problem.counts.cost(state.count) + sum(line.cost for line in _present(state, agents))
        best, best_price, work, solved = -np.inf, self.prover.best.price.astype(np.float64), 0.0, False
        while work < allowance:
            program, value, price, spent = self._relax(state, agents, fixed)
            asked = np.rint(TRUST * best_price + (1 - TRUST) * price).astype(np.int64)
            bound, fresh, more = self._price(agents, asked, fixed)
            if bound > best:
                best, best_price = bound, asked.astype(np.float64)
            if not fresh:
                asked = np.rint(price).astype(np.int64)
                bound, fresh, again = self._price(agents, asked, fixed)
                more += again
                if bound > best:
                    best, best_price = bound, asked.astype(np.float64)
            work += spent + more
            solved = best >= now - problem.unit * CLOSE or value - best <= CLOSE * problem.unit
            if solved or not fresh:
                break
        program, value, price, spent = self._relax(state, agents, fixed)
        pool = self._useful(program, agents, price, now - value)
        return Generated(pool, np.rint(best_price).astype(np.int64), now - best, solved, work + spent)

    def _remember(self, agent: int, line: Chosen) -> bool:
        """Keep a line; returns whether it is new."""
        known, key = self.known[agent], line.values.tobytes() + line.queues.tobytes()
        if key in known:
            return False
        while len(known) >= MOST_LINES:
            del known[next(iter(known))]
        known[key] = line
        return True

    def _relax(self, state: State, agents: Ints, fixed: Ints) -> tuple[Master, float, Floats, float]:
        """Return the program of the lines known, its value in ticks, a price per unit of count, and the work."""
        pool = Pool(agents, [list(self.known[agent].values()) for agent in agents.tolist()], whole=False)
        program, counts = master(self.pricer, state, pool), self.pricer.problem.counts
        unit = self.pricer.problem.unit
        found = linprog(
            program.cost,
            A_eq=cast("Any", program.matrix),
            b_eq=program.right,
            bounds=cast("Any", np.stack([np.zeros(len(program.upper)), program.upper], axis=1)),
        )
        price = np.zeros(len(counts.base))
        price[program.touched] = -found.eqlin.marginals[: len(program.touched)] * unit
        work = SECONDS_PER_PROGRAM + SECONDS_PER_ENTRY * program.matrix.nnz
        reached = fixed.copy()
        reached[program.touched] = 0
        return program, float(found.fun or 0.0) * unit + counts.cost(reached), price, work

    def _price(self, agents: Ints, price: Ints, fixed: Ints) -> tuple[float, int, float]:
        """Return the bound of prices in ticks, how many lines are new, and the work."""
        answers = self.pricer.best(price, agents)
        fresh = 0
        for n, agent in enumerate(agents.tolist()):
            line = self.pricer.complete(agent, answers.lines[n], answers.queues[n])
            fresh += line is not None and self._remember(agent, line)
        free = self.prover.least_counts(price, fixed).sum() + (price * fixed).sum()
        return float(free + answers.values.sum()), fresh, answers.work + SECONDS_PER_PRICED * len(agents)

    def _useful(self, program: Master, agents: Ints, price: Floats, gain: float) -> Pool:
        """Return the lines whose reduced cost is within a gain, the best of them when there are many."""
        paid = np.array([line.cost + (price * line.added).sum() for line in program.lines])
        least = np.full(len(agents), np.inf)
        np.minimum.at(least, program.owner, paid)
        above = paid - least[program.owner]
        order = np.argsort(above, kind="stable")[:MOST_CHOICES]
        kept: list[list[Chosen]] = [[] for _ in agents]
        for n in order[above[order] <= gain + 1e-6].tolist():
            kept[int(program.owner[n])].append(program.lines[n])
        return Pool(agents, kept, whole=False)


def _present(state: State, agents: Ints) -> list[Chosen]:
    lines = [state.lines[agent] for agent in agents.tolist()]
    return [line for line in lines if line is not None]
