"""A proven lower bound: prices from the head-count relaxation, then every agent's best line at those prices.

For any prices per unit of count, the sum over all count rows of the cheapest cost less price, plus the sum over all
agents of the cheapest line plus its prices, is at most the objective of every roster. Lines are priced exactly, by
the rules as posted, so whole shifts and month hours count in the bound; only the quality of the prices is at stake.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wfm.roster.engine.headcount import Relaxation
from wfm.roster.engine.loose import MEMORY, SCALE_MEMORY
from wfm.roster.engine.pricing import THREADS
from wfm.roster.engine.whole_starts import least_of_starts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from wfm.roster.engine.alone import Oracle
    from wfm.roster.engine.headcount import Relaxed
    from wfm.roster.engine.pricing import Answers, Pricer
    from wfm.roster.engine.problem import LineProgram, Problem

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]


SECONDS_PER_ENTRY = 7e-6
"""Deterministic seconds charged for the head-count relaxation, per entry of its matrix; questions asked meanwhile are
charged for their part of the time."""
SAMPLES = 10
"""Samples that a climb splits many agents into."""
PASSES_PER_PROOF = 10
"""Passes over all agents between two proofs on the way."""
PACE = 0.2
"""By how much prices of single rows of agents move at first on a climb, as a share of the highest."""


def shape_prices(problem: Problem) -> tuple[Ints, float]:
    """Return a price per unit of count, shape (rows,), from the head-count relaxation; and deterministic seconds.

    Agents with the same skills are one class: the variables of a class are its members' sums, the rows that all
    members have are added up. The linear program's prices are what the relaxation says one more agent is worth.
    """
    relaxed = _relaxed(problem)
    relaxed.price[problem.counts.servings.rows :] = 0
    return np.rint(relaxed.price).astype(np.int64), SECONDS_PER_ENTRY * relaxed.entries


def relaxed_cost(problem: Problem) -> float:
    """Return the least cost in ticks that the head-count relaxation allows; infinite when it allows none."""
    constant = float(problem.counts.table[:, 0].sum()) + sum(line.constant for line in problem.lines)
    return _relaxed(problem).cost + constant


def _relaxed(problem: Problem) -> Relaxed:
    program = Relaxation(problem)
    for members in _classes(problem):
        program.add_class(members)
    return program.solve()


def _classes(problem: Problem) -> list[list[LineProgram]]:
    groups: dict[tuple[object, ...], list[LineProgram]] = {}
    for line in problem.lines:
        starts = line.high[problem.days : problem.days * (1 + problem.templates)].reshape(problem.days, -1)
        key = (max(line.queues, key=len), len(line.low), starts.any(axis=0).tobytes())
        groups.setdefault(key, []).append(line)
    return list(groups.values())


@dataclass(frozen=True, slots=True)
class Bound:
    """A proven lower bound and the prices that prove it.

    Attributes
    ----------
    ticks
        No roster costs less.
    price
        Per unit of count, shape (rows,).
    least
        What each agent's best line costs at those prices, in ticks, shape (agents,).
    """

    ticks: int
    price: Ints
    least: Floats


class Prover:
    """Proves lower bounds at prices, and looks for better prices.

    Parameters
    ----------
    problem
        Every agent must have a line of his own.
    pricer
        Its answers are bounds where a rule is unknown to it, and exact where none is.
    oracles
        Ask CP-SAT for the agents whose rules the pricer does not follow.
    """

    def __init__(self, problem: Problem, pricer: Pricer, oracles: Sequence[Oracle], seed: int) -> None:
        self.problem, self.pricer, self.oracles, self.seed = problem, pricer, oracles, seed
        self.work = 0.0
        self.best: Bound | None = None
        self._known: int | None = None
        self.seconds_per_step = 1.0
        """Deterministic seconds of the last pass over all agents."""
        self.blind = [agent for agent in pricer.asked.tolist() if not pricer.follows(agent)]

    def prove(self, price: Ints) -> Bound:
        """Return the best bound so far after proving the one of these prices with exact lines."""
        answers = self.pricer.best(price)
        self.work += answers.work
        self.seconds_per_step = answers.work
        least = answers.values.copy()
        options = self.problem.counts.priced(price)
        asked = [a for a in self.blind if not self._attained(a, answers, options)]
        for agent, found in zip(
            asked, self.pricer.pool.map(lambda a: self.oracles[a].best(options, self.seed), asked), strict=True
        ):
            least[self.pricer.first == agent] = np.maximum(least[agent], found.bound)
            self.work += found.work / THREADS
        return self._keep(self._judge(price, least))

    def prove_more(self, price: Ints) -> float:
        """Prove the bound of some more prices; returns deterministic seconds."""
        before = self.work
        self.prove(price)
        return self.work - before

    def prove_whole(self) -> float:
        """Prove the bound of the best prices again with whole starts; returns deterministic seconds.

        Where agents are matched with queues by the interval nothing is gained: there shifts add to all queues.
        """
        assert self.best is not None
        if len(self.problem.counts.duties):
            return 0.0
        price = self.best.price
        free = least_of_starts(self.problem, price, self.least_counts(price), self.seed, self.pricer.pool)
        self.know(self.problem.round_up(free.ticks + int(self.best.least.sum())))
        return free.work / THREADS

    @property
    def ticks(self) -> int | None:
        """The best proven bound in ticks."""
        known = [b for b in (self._known, None if self.best is None else self.best.ticks) if b is not None]
        return max(known, default=None)

    @property
    def sees_most(self) -> bool:
        """Whether the tables follow all rules of at least half of the agents, so that their lines are worth keeping."""
        return 2 * len(self.blind) <= len(self.pricer.asked)

    def know(self, ticks: int | None) -> None:
        """Take note of a bound that was proven elsewhere."""
        self._known = ticks if self._known is None else max(self._known, ticks or self._known)

    def _keep(self, bound: Bound) -> Bound:
        if self.best is None or bound.ticks > self.best.ticks:
            self.best = bound
        return self.best

    def _attained(self, agent: int, answers: Answers, options: Ints) -> bool:
        """Return whether the pricer's line keeps all rows at the cost it was said to have."""
        line, queues = answers.lines[agent], answers.queues[agent]
        chosen = self.pricer.complete(agent, line, queues)
        if chosen is None:
            return False
        p, days = self.problem, np.flatnonzero(line >= 0)
        paid = options[p.option(queues[days], days, line[days])].sum()
        return bool(chosen.cost + paid <= answers.values[agent])

    def _judge(self, price: Ints, least: Floats) -> Bound:
        """Return the bound that prices prove from every agent's least cost at them."""
        base = self.problem.counts.base
        ticks = int(self.least_counts(price).sum() + (price * base).sum() + int(least.sum()))
        return Bound(self.problem.round_up(ticks), price, least)

    def least_counts(self, price: Ints, above: Ints | None = None) -> Ints:
        """Return the least that each count costs beside its price, shape (rows,); no count is below `above`."""
        table = self.problem.counts.table
        rows = np.arange(len(table))
        at = self._wanted(price)[rows]
        if above is not None:
            at = np.maximum(at, above[rows])
        return np.asarray(table[rows, at] - price[rows] * at)

    def _wanted(self, price: Ints) -> Ints:
        """Return where each count costs least at prices, shape (rows,): what the agents cannot go below, or more.

        Costs are convex, so that is as many units as cost less than they are priced.
        """
        counts = self.problem.counts
        pays = counts.segments.slope < price[counts.segments.row]
        wanted = np.bincount(counts.segments.row, counts.segments.length * pays, minlength=len(price)).astype(np.int64)
        wanted[: counts.servings.rows] = np.maximum(wanted, counts.least)[: counts.servings.rows]
        return wanted

    def climb(self, passes: int, first: float, clock: Callable[[], bool], parts: int = 1) -> None:
        """Look for better prices for so many passes over all agents.

        At prices, every count wants to be where it costs least, and the agents' best lines add up to something else.
        Prices follow a running mean of the difference, each row at its own scale, in steps that shrink to nothing.

        Parameters
        ----------
        first
            Length of the first step, as a share of the mean price.
        clock
            Asked after each step whether to go on.
        parts
            Samples that the agents are split into; a step asks one of them, all in turn. Of many agents a sample says
            nearly as much as all, and many rough steps get farther than few exact ones.
        """
        assert self.best is not None
        price = self.best.price.astype(np.float64)
        length = first * float(np.abs(price).mean())
        mean, scale = np.zeros(len(price)), np.zeros(len(price))
        agents = np.random.default_rng([self.seed, 23]).permutation(len(self.problem.lines))
        for step in range(passes * parts):
            now = np.rint(price).astype(np.int64)
            sample = np.sort(agents[step % parts :: parts])
            left = 1 - step / (passes * parts)
            slope = self._slope(now, sample, PACE * left**2)
            mean = MEMORY * mean + (1 - MEMORY) * slope
            scale = SCALE_MEMORY * scale + (1 - SCALE_MEMORY) * slope**2
            size = np.sqrt(scale / (1 - SCALE_MEMORY ** (step + 1))) + 0.1
            price += length * left * mean / (1 - MEMORY ** (step + 1)) / size
            if not clock():
                break
            if parts > 1 and step % (parts * PASSES_PER_PROOF) == parts * PASSES_PER_PROOF - 1:
                self._prove_quickly(np.rint(price).astype(np.int64))
        self._prove_quickly(np.rint(price).astype(np.int64))

    def _slope(self, price: Ints, sample: Ints, pace: float) -> Floats:
        """Return what the agents' best lines add up to, told from a sample, less what is wanted at prices."""
        answers = self.pricer.best(price, sample, pace)
        self.work += answers.work
        if len(sample) == len(self.problem.lines):
            self._keep(self._judge(price, answers.values))
        base = self.problem.counts.base
        times = len(self.problem.lines) / len(sample)
        added = self.pricer.added(answers, price) - base
        return np.asarray(base + times * added - self._wanted(price), dtype=np.float64)

    def _prove_quickly(self, price: Ints) -> None:
        """Prove the bound of prices by the pricer alone."""
        answers = self.pricer.best(price)
        self.work += answers.work
        self._keep(self._judge(price, answers.values))
