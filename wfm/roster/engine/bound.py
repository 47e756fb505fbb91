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
from wfm.roster.engine.whole_starts import WholeStarts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from wfm.roster.engine.alone import Oracle
    from wfm.roster.engine.headcount import Cut
    from wfm.roster.engine.pricing import Answers, Pricer
    from wfm.roster.engine.problem import LineProgram, Problem

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]


SECONDS_PER_ENTRY = 7e-6
"""Deterministic seconds charged for the head-count relaxation, per entry of its matrix; questions asked meanwhile are
charged for their part of the time."""
SECONDS_PER_ENTRY_ALONE = 2.5e-5
"""The same where nothing else is done meanwhile."""
LEAST_GAIN = 0.001
"""By what share whole starts must raise the bound for cuts to be worth a second relaxation."""
LINES_SHARE, LONGEST_LINE = 0.1, 5.0
"""Share of the time that CP-SAT has for the lines of all agents at one price, and its own time for one at most."""
SAMPLES = 10
"""Samples that a climb splits many agents into."""
PASSES_PER_PROOF = 10
"""Passes over all agents between two proofs on the way."""
PARTS = 64
"""Parts of a tick in which prices are added up before they are rounded."""
PACE = 0.2
"""By how much prices of single rows of agents move at first on a climb, as a share of the highest."""


class Shape:
    """The head-count relaxation: what it says one more agent is worth.

    Agents with the same skills are one class: the variables of a class are its members' sums, the rows that all
    members have are added up.

    Parameters
    ----------
    apart
        Whether only agents who do not differ are a class: no row is forgotten and prices beyond limits are rounded to
        whole shifts, but there is more to solve.

    Attributes
    ----------
    classes
        Their number.
    relaxed
        The optimum.
    price
        Per unit of count, in whole ticks, shape (rows,); duties and servings have none.
    more
        What a start costs besides, by cuts and because prices per unit are rounded, in whole ticks, shape (options,).
    """

    def __init__(self, problem: Problem, *, apart: bool = False) -> None:
        self.problem, self.program = problem, Relaxation(problem, priced=apart)
        classes = _classes(problem, apart=apart)
        self.classes = len(classes)
        for members in classes:
            self.program.add_class(members)
        self._solve()
        self.work = SECONDS_PER_ENTRY * self.relaxed.entries
        """Deterministic seconds of solving it beside other questions."""

    def _solve(self) -> None:
        counts, self.relaxed = self.problem.counts, self.program.solve()
        self.price = np.rint(self.relaxed.price).astype(np.int64)
        self.price[counts.servings.rows :] = 0
        fine = counts.priced(np.rint(PARTS * self.relaxed.price).astype(np.int64)) / PARTS
        self.more = np.rint(fine + self.relaxed.more).astype(np.int64) - counts.priced(self.price)

    @property
    def work_alone(self) -> float:
        """Deterministic seconds of solving it while nothing else is asked."""
        return SECONDS_PER_ENTRY_ALONE * self.relaxed.entries

    @property
    def cost(self) -> float:
        """The least cost in ticks that it allows; infinite when it allows none."""
        return self.relaxed.cost + self.problem.constant

    def cut(self, cuts: Sequence[Cut]) -> float:
        """Solve it again with some cuts; returns deterministic seconds."""
        self.program.cuts += cuts
        self._solve()
        return self.work_alone


def _classes(problem: Problem, *, apart: bool) -> list[list[LineProgram]]:
    groups: dict[tuple[object, ...], list[LineProgram]] = {}
    for line in problem.lines:
        starts = line.high[problem.days : problem.days * (1 + problem.templates)].reshape(problem.days, -1)
        alike = (max(line.queues, key=len), len(line.low), starts.any(axis=0).tobytes())
        groups.setdefault(line.shape if apart else alike, []).append(line)
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
    left
        Deterministic seconds that proofs may be asked for: CP-SAT has a share of them to find the lines of all agents
        once, and what it has proven of them by then counts.
    """

    def __init__(
        self, problem: Problem, pricer: Pricer, oracles: Sequence[Oracle], seed: int, left: float = np.inf
    ) -> None:
        self.problem, self.pricer, self.oracles, self.seed = problem, pricer, oracles, seed
        self.limit = min(LONGEST_LINE, LINES_SHARE * left * THREADS / (2 * len(pricer.asked)))
        """The solver's own deterministic time for one line."""
        self.work = 0.0
        self.best: Bound | None = None
        self._known: int | None = None
        self.seconds_per_step = 1.0
        """Deterministic seconds of the last pass over all agents."""
        self.blind = [agent for agent in pricer.asked.tolist() if not pricer.follows(agent)]

    def prove(self, price: Ints) -> Bound:
        """Return the best bound so far after proving the one of these prices with exact lines."""
        return self._keep(self._judge(price, self._least(price)))

    def _least(self, price: Ints, more: Ints | None = None) -> Floats:
        """Return what each agent's best line costs at least, shape (agents,), with exact lines.

        `price` is per unit of count, `more` what a start costs besides, per option.
        """
        answers = self.pricer.best(price, more=more)
        self.work += answers.work
        self.seconds_per_step = answers.work
        least = answers.values.copy()
        options = self.problem.counts.priced(price, more)
        asked = [a for a in self.blind if not self._attained(a, answers, options)]
        for agent, found in zip(
            asked,
            self.pricer.pool.map(lambda a: self.oracles[a].best(options, self.seed, self.limit), asked),
            strict=True,
        ):
            least[self.pricer.first == agent] = np.maximum(least[agent], found.bound)
            self.work += found.work / THREADS
        return least

    def prove_more(self, price: Ints) -> float:
        """Prove the bound of some more prices; returns deterministic seconds."""
        before = self.work
        self.prove(price)
        return self.work - before

    def prove_whole(self, shape: Shape, left: float) -> float:
        """Prove the bound of the best prices again with whole starts; returns deterministic seconds.

        Where that gains much, better prices are to be had from cuts of the relaxation, when `left` seconds are enough.
        Where agents are matched with queues by the interval nothing is gained: there shifts add to all queues.
        """
        assert self.best is not None
        if len(self.problem.counts.duties):
            return 0.0
        starts, before = WholeStarts(self.problem, self.seed, self.pricer.pool), self.work
        self._prove_whole(starts, self.best.price, np.zeros_like(shape.more), self.best.least)
        assert self.ticks is not None
        enough = left > 2 * shape.work_alone
        if enough and self.ticks - self.best.ticks > LEAST_GAIN * self.ticks:
            cuts, work = starts.cuts(shape.relaxed, self.problem.counts.priced(shape.price))
            self.work += work / THREADS + shape.cut(cuts)
            self._prove_whole(starts, shape.price, shape.more, self._least(shape.price, shape.more))
        return self.work - before

    def _prove_whole(self, starts: WholeStarts, price: Ints, more: Ints, least: Floats) -> None:
        """Prove the bound of prices per unit of count, and of `more` per option, from what lines cost least at them."""
        apart = self.least_counts(price) + price * self.problem.counts.base
        free = starts.least(self.problem.counts.priced(price, more), more, apart)
        self.know(self.problem.round_up(free.ticks + int(least.sum())))
        self.work += free.work / THREADS

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
