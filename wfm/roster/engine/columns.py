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
    """The best lines of some agents at prices, None for what breaks a row; what they cost at least, in ticks; work."""

    lines: list[Chosen | None]
    least: float
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
        program, now = self.program(state, agents)
        problem, fixed = state.problem, program.fixed
        floor = fixed + problem.counts.least - problem.counts.base
        best, best_price = -np.inf, self.prover.best.price.astype(np.float64)
        relaxed, work, fresh, solved = program.solve(), 0.0, 1, False
        while relaxed is not None and fresh and not solved and work + program.work < allowance:
            for price in (TRUST * best_price + (1 - TRUST) * relaxed.price, relaxed.price):
                whole = np.rint(price).astype(np.int64)
                asked = self.ask(agents, whole)
                work += asked.work
                bound = asked.least + float(self.prover.least_counts(whole, floor).sum() + (whole * fixed).sum())
                if bound > best:
                    best, best_price = bound, whole.astype(np.float64)
                fresh = self.join(program, agents, asked.lines)
                if fresh:
                    break
            relaxed = program.solve()
            solved = relaxed is not None and min(relaxed.value, now) - best <= CLOSE * problem.unit
        if relaxed is None:
            pool = Pool(agents, [[line] for line in _present(state, agents)], whole=False)
        else:
            pool = _useful(program, relaxed.price, agents, now - relaxed.value)
        return Generated(pool, best_price.astype(np.int64), now - best, solved, work + program.work)

    def program(self, state: State, agents: Ints) -> tuple[Restricted, int]:
        """Return the program of the lines known of some agents, the others keeping theirs; and what it is worth now."""
        present = _present(state, agents)
        program = Restricted(self.pricer.problem, agents, others(state, agents))
        for agent in agents.tolist():
            for line in self.known[agent].values():
                program.add(agent, line)
        self.join(program, agents, present)
        return program, self.pricer.problem.counts.cost(state.count) + sum(line.cost for line in present)

    def join(self, program: Restricted, agents: Ints, lines: Sequence[Chosen | None]) -> int:
        """Keep a line of each agent who has one, and let it join a program; returns how many are new there."""
        fresh = 0
        for agent, line in zip(agents.tolist(), lines, strict=True):
            if line is not None:
                self._remember(agent, line)
                fresh += program.add(agent, line)
        return fresh

    def _remember(self, agent: int, line: Chosen) -> None:
        known, key = self.known[agent], key_of(line)
        if key not in known:
            while len(known) >= MOST_LINES:
                del known[next(iter(known))]
            known[key] = line

    def ask(self, agents: Ints, price: Ints) -> Asked:
        """Return the best lines of some agents at prices."""
        answers = self.pricer.best(price, agents)
        lines = [
            self.pricer.complete(agent, answers.lines[n], answers.queues[n]) for n, agent in enumerate(agents.tolist())
        ]
        return Asked(lines, float(answers.values.sum()), answers.work + SECONDS_PER_PRICED * len(agents))


def _useful(program: Restricted, price: Floats, agents: Ints, gain: float) -> Pool:
    """Return the lines whose reduced cost is within a gain, the best when there are many, and each agent's best."""
    above, place = program.above(price), {agent: n for n, agent in enumerate(agents.tolist())}
    order = np.argsort(above, kind="stable")
    near = order[:MOST_CHOICES][above[order[:MOST_CHOICES]] <= gain + 1e-6].tolist()
    best = order[np.unique(np.array(program.owner)[order], return_index=True)[1]].tolist()
    kept: list[list[Chosen]] = [[] for _ in agents]
    for n in dict.fromkeys([*near, *best]):
        kept[place[program.owner[n]]].append(program.lines[n])
    return Pool(agents, kept, whole=False)


def _present(state: State, agents: Ints) -> list[Chosen]:
    lines = [state.lines[agent] for agent in agents.tolist()]
    return [line for line in lines if line is not None]
