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

from wfm.roster.engine.pool import SOLVED, Pool, master, others

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
SECONDS_PER_PROGRAM, SECONDS_PER_ENTRY, SECONDS_PER_PRICED = 0.003, 4.5e-6, 4e-4
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


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The solved program of the lines known.

    Attributes
    ----------
    value
        In ticks.
    price
        Per unit of count, shape (rows,).
    work
        Deterministic seconds.
    """

    program: Master
    value: float
    price: Floats
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
        """Return lines for some agents.

        Parameters
        ----------
        allowance
            Deterministic seconds after which no further round of pricing begins.
        """
        assert self.prover.best is not None
        problem, fixed, present = state.problem, others(state, agents), _present(state, agents)
        for agent, line in zip(agents.tolist(), present, strict=True):
            self._remember(agent, line)
        now = problem.counts.cost(state.count) + sum(line.cost for line in present)
        best, best_price = -np.inf, self.prover.best.price.astype(np.float64)
        relaxed = self._relax(agents, fixed, now)
        work, fresh, solved = relaxed.work, 1, False
        while fresh and not solved and work < allowance:
            for price in (TRUST * best_price + (1 - TRUST) * relaxed.price, relaxed.price):
                bound, fresh, spent = self._price(agents, np.rint(price).astype(np.int64), fixed)
                work += spent
                if bound > best:
                    best, best_price = bound, np.rint(price)
                if fresh:
                    break
            relaxed = self._relax(agents, fixed, now)
            work += relaxed.work
            solved = min(relaxed.value, now) - best <= CLOSE * problem.unit
        pool = _useful(relaxed, agents, now - relaxed.value)
        return Generated(pool, best_price.astype(np.int64), now - best, solved, work)

    def _remember(self, agent: int, line: Chosen) -> bool:
        """Keep a line; returns whether it is new."""
        known, key = self.known[agent], line.values.tobytes() + line.queues.tobytes()
        if key in known:
            return False
        while len(known) >= MOST_LINES:
            del known[next(iter(known))]
        known[key] = line
        return True

    def _relax(self, agents: Ints, fixed: Ints, now: float) -> Relaxed:
        """Solve the linear program of the lines known; one that fails is worth what there is now, at proven prices."""
        assert self.prover.best is not None
        problem = self.pricer.problem
        pool = Pool(agents, [list(self.known[agent].values()) for agent in agents.tolist()], whole=False)
        program = master(problem, pool, fixed)
        found = linprog(
            program.cost,
            A_eq=cast("Any", program.matrix),
            b_eq=program.right,
            bounds=cast("Any", np.stack([np.zeros(len(program.upper)), program.upper], axis=1)),
        )
        work = SECONDS_PER_PROGRAM + SECONDS_PER_ENTRY * program.matrix.nnz
        if found.fun is None or found.status != SOLVED:
            return Relaxed(program, now, self.prover.best.price.astype(np.float64), work)
        price = np.zeros(len(fixed))
        price[program.touched] = -found.eqlin.marginals[: len(program.touched)] * problem.unit
        reached = fixed.copy()
        reached[program.touched] = 0
        return Relaxed(program, found.fun * problem.unit + problem.counts.cost(reached), price, work)

    def _price(self, agents: Ints, price: Ints, fixed: Ints) -> tuple[float, int, float]:
        """Return the bound of prices in ticks, how many lines are new, and the work."""
        answers = self.pricer.best(price, agents)
        fresh = 0
        for n, agent in enumerate(agents.tolist()):
            line = self.pricer.complete(agent, answers.lines[n], answers.queues[n])
            fresh += line is not None and self._remember(agent, line)
        free = self.prover.least_counts(price, fixed).sum() + (price * fixed).sum()
        return float(free + answers.values.sum()), fresh, answers.work + SECONDS_PER_PRICED * len(agents)


def _useful(relaxed: Relaxed, agents: Ints, gain: float) -> Pool:
    """Return the lines whose reduced cost is within a gain, the best of them when there are many."""
    lines, owner = relaxed.program.lines, relaxed.program.owner
    paid = np.array([line.cost + (relaxed.price * line.added).sum() for line in lines])
    least = np.full(len(agents), np.inf)
    np.minimum.at(least, owner, paid)
    above = paid - least[owner]
    order = np.argsort(above, kind="stable")[:MOST_CHOICES]
    kept: list[list[Chosen]] = [[] for _ in agents]
    for n in order[above[order] <= gain + 1e-6].tolist():
        kept[int(owner[n])].append(lines[n])
    return Pool(agents, kept, whole=False)


def _present(state: State, agents: Ints) -> list[Chosen]:
    lines = [state.lines[agent] for agent in agents.tolist()]
    return [line for line in lines if line is not None]
