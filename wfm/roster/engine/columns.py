"""Column generation: lines for some agents, found at the prices of the linear program over the lines so far.

The others keep their lines. Every agent's best line at the present prices joins until none is better than what is
there; then the program's value is a bound for these agents, and a line whose reduced cost is above what could still be
gained is of no use.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wfm.roster.engine.pool import Pool, others
from wfm.roster.engine.restricted import Restricted, key_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from wfm.roster.engine.bound import Prover
    from wfm.roster.engine.state import Chosen, State

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]

AROUND, NOISE = 12, 0.03
"""Questions at prices near by, where agents are alike: so many at most for each owner, with so much noise."""
BLUR = 0.5
"""Ticks that floating point may be off by."""
TRUST = 0.6
"""Share of the best prices so far in the prices that are asked."""
CLOSE = 0.5
"""Units between the program and the bound at which it is solved."""
MOST_LINES, MOST_CHOICES = 400, 300
"""Lines that are remembered of each agent, older ones make room; and lines of all agents to choose from."""
SECONDS_PER_PRICED = 4e-4
"""Deterministic seconds charged for a line that was priced, besides finding it."""


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
class Asked:
    """The best lines of some owners at prices, None for what breaks a row.

    Attributes
    ----------
    least
        What the agents cost at least, all together, in ticks.
    """

    owners: Ints
    lines: list[Chosen | None]
    least: float
    work: float


class Generator:
    """Generates columns, and remembers them for the first of all agents who are alike, their owner.

    Parameters
    ----------
    prover
        Its prices are where the first generation starts.
    """

    def __init__(self, prover: Prover) -> None:
        self.prover, self.pricer = prover, prover.pricer
        self.owners = self.pricer.first
        self.alike = np.bincount(self.owners, minlength=len(self.owners))
        self.known: list[dict[bytes, Chosen]] = [{} for _ in self.owners]
        self.random = np.random.default_rng([prover.seed, 37])

    def generate(self, state: State, agents: Ints, allowance: float) -> Generated:
        """Return lines for some agents.

        Parameters
        ----------
        allowance
            Deterministic seconds after which no further round of pricing begins.
        """
        assert self.prover.best is not None
        program, now = self.program(state, agents)
        problem, fixed = state.problem, program.fixed
        floor = fixed + problem.counts.least - problem.counts.base
        best, best_price = -np.inf, self.prover.best.price.astype(np.float64)
        work = self.around(program, agents, best_price)
        relaxed, fresh, solved = program.solve(), 1, False
        while relaxed is not None and fresh and not solved and work + program.work < allowance:
            for price in (TRUST * best_price + (1 - TRUST) * relaxed.price, relaxed.price):
                whole = np.rint(price).astype(np.int64)
                asked = self.ask(agents, whole)
                work += asked.work
                bound = asked.least + float(self.prover.least_counts(whole, floor).sum() + (whole * fixed).sum())
                if bound > best:
                    best, best_price = bound, whole.astype(np.float64)
                fresh = self.join(program, asked)
                if fresh:
                    break
            work += self.around(program, agents, price)
            relaxed = program.solve()
            solved = relaxed is not None and min(relaxed.value, now) - best <= CLOSE * problem.unit
        if relaxed is None:
            pool = Pool(agents, [[line] for line in _present(state, agents)], whole=False)
        else:
            pool = _useful(program, relaxed.price, agents, self.owners[agents], now - relaxed.value)
        return Generated(pool, best_price.astype(np.int64), now - best, solved, work + program.work)

    def program(self, state: State, agents: Ints, *, gaining: bool = True) -> tuple[Restricted, int]:
        """Return the program of the lines of some agents, the others keeping theirs; and what it is worth now.

        For a gain, those of the lines known are in it that a better roster may have: which are not farther above the
        best at proven prices than the state is above their bound.
        """
        best, owners, present = self.prover.best, self.owners[agents], _present(state, agents)
        assert best is not None
        gap = state.cost() - best.ticks if gaining else np.inf
        program = Restricted(self.pricer.problem, owners, others(state, agents))
        for owner in program.open:
            for line in self.known[owner].values():
                if line.cost + float(best.price @ line.added) - best.least[owner] <= gap + BLUR:
                    program.add(owner, line)
        self._join(program, owners, present)
        return program, self.pricer.problem.counts.cost(state.count) + sum(line.cost for line in present)

    def join(self, program: Restricted, asked: Asked) -> int:
        """Keep the lines that were found, and let them join a program; returns how many are new there."""
        return self._join(program, asked.owners, asked.lines)

    def _join(self, program: Restricted, owners: Ints, lines: Sequence[Chosen | None]) -> int:
        fresh = 0
        for owner, line in zip(owners.tolist(), lines, strict=True):
            if line is not None:
                self._remember(owner, line)
                fresh += program.add(owner, line)
        return fresh

    def _remember(self, owner: int, line: Chosen) -> None:
        known, key = self.known[owner], key_of(line)
        if key not in known:
            while len(known) >= MOST_LINES * self.alike[owner]:
                del known[next(iter(known))]
            known[key] = line

    def ask(self, agents: Ints, price: Ints) -> Asked:
        """Return the best lines of the owners of some agents at prices."""
        owners, number = np.unique(self.owners[agents], return_counts=True)
        answers = self.pricer.best(price, owners)
        lines = [
            self.pricer.complete(owner, answers.lines[n], answers.queues[n]) for n, owner in enumerate(owners.tolist())
        ]
        work = answers.work + SECONDS_PER_PRICED * len(owners)
        return Asked(owners, lines, float((answers.values * number).sum()), work)

    def around(self, program: Restricted, agents: Ints, price: Floats) -> float:
        """Let lines join a program that are the best at prices near by; returns deterministic seconds.

        Agents who differ give as many lines at the same prices as there are agents, those who are alike only one.
        """
        work = 0.0
        for _ in range(min(AROUND, len(agents) // len(program.open) - 1)):
            near = price * (1 + NOISE * self.random.standard_normal(len(price)))
            asked = self.ask(agents, np.rint(near).astype(np.int64))
            self.join(program, asked)
            work += asked.work
        return work


def _useful(program: Restricted, price: Floats, agents: Ints, owners: Ints, gain: float) -> Pool:
    """Return the lines whose reduced cost is within a gain, the best when there are many, and each owner's best."""
    above, owner = program.above(price), np.array(program.owner)
    order = np.argsort(above, kind="stable")
    number = np.cumsum(np.array([program.open[n] for n in program.owner])[order])
    near = order[(number <= MOST_CHOICES) & (above[order] <= gain + 1e-6)].tolist()
    best = order[np.unique(owner[order], return_index=True)[1]].tolist()
    kept: dict[int, list[Chosen]] = {n: [] for n in program.open}
    for n in dict.fromkeys([*near, *best]):
        kept[program.owner[n]].append(program.lines[n])
    return Pool(agents, [kept[n] for n in owners.tolist()], whole=False)


def _present(state: State, agents: Ints) -> list[Chosen]:
    lines = [state.lines[agent] for agent in agents.tolist()]
    return [line for line in lines if line is not None]
