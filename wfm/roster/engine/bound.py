"""A proven lower bound: prices from the head-count relaxation, then every agent's best line at those prices.

For any prices per unit of count, the sum over all count rows of the cheapest cost less price, plus the sum over all
agents of the cheapest line plus its prices, is at most the objective of every roster. Lines are priced exactly, by
the rules as posted, so whole shifts and month hours count in the bound; only the quality of the prices is at stake.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from wfm.roster.engine.pricing import THREADS
from wfm.roster.engine.tighten import Known, tightened

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from wfm.roster.engine.alone import Oracle
    from wfm.roster.engine.pricing import Answers, Pricer
    from wfm.roster.engine.problem import Counts, LineProgram, Problem

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]


INFEASIBLE = 2
"""Status of scipy's `linprog` when no point satisfies the constraints."""
LARGEST_COST = 1e5
"""Largest cost that is handed to the linear program; larger ones are scaled down."""
SECONDS_PER_ENTRY = 1e-5
"""Deterministic seconds charged for the head-count relaxation, per entry of its matrix."""
MEMORY, SCALE_MEMORY = 0.9, 0.99
"""How much of the running means is kept at each step."""


@dataclass(frozen=True, slots=True)
class Segments:
    """Convex costs as segments: row `row` costs `slope` per unit over `length` units."""

    row: Ints
    length: Ints
    slope: Ints


def shape_prices(problem: Problem) -> tuple[Ints, float]:
    """Return a price per unit of count, shape (rows,), from the head-count relaxation; and deterministic seconds.

    Agents with the same skills are one class: the variables of a class are its members' sums, the rows that all
    members have are added up. The linear program's prices are what the relaxation says one more agent is worth.
    """
    program = _relaxation(problem)
    return program.solve()[0], SECONDS_PER_ENTRY * len(program.entries)


def relaxed_cost(problem: Problem) -> float:
    """Return the least cost in ticks that the head-count relaxation allows; infinite when it allows none."""
    _, cost = _relaxation(problem).solve()
    return cost + float(problem.counts.table[:, 0].sum()) + sum(line.constant for line in problem.lines)


def _relaxation(problem: Problem) -> _Relaxation:
    program = _Relaxation(problem.counts)
    for members in _classes(problem):
        program.add_class(problem, members)
    return program


def _classes(problem: Problem) -> list[list[LineProgram]]:
    groups: dict[tuple[object, ...], list[LineProgram]] = {}
    for line in problem.lines:
        starts = line.high[problem.days : problem.days * (1 + problem.templates)].reshape(problem.days, -1)
        key = (max(line.queues, key=len), len(line.low), starts.any(axis=0).tobytes())
        groups.setdefault(key, []).append(line)
    return list(groups.values())


class _Relaxation:
    """Collects columns and rows of the head-count linear program."""

    def __init__(self, counts: Counts) -> None:
        self.counts = counts
        self.known: Known = {}
        self.segments = segments(counts)
        self.cost: list[float] = list(self.segments.slope)
        self.high: list[float] = list(self.segments.length)
        self.entries: list[tuple[int, int, float]] = [(int(r), j, -1.0) for j, r in enumerate(self.segments.row)]
        self.low_row: list[float] = [float(-b) for b in counts.base]
        self.high_row: list[float] = list(self.low_row)

    def add_class(self, problem: Problem, members: Sequence[LineProgram]) -> None:
        first = len(self.cost)
        costs, highs = np.array([m.cost for m in members]), np.array([m.high for m in members])
        self.cost += costs.max(axis=0).tolist()
        self.high += highs.sum(axis=0).tolist()
        shared: Counter[tuple[str, tuple[tuple[int, int], ...]]] = Counter()
        bounds: dict[object, list[float]] = {}
        for member in members:
            mine: dict[tuple[str, tuple[tuple[int, int], ...]], list[float]] = {}
            for row in tightened(member, problem.days, problem.templates, self.known):
                both = mine.setdefault((row.owner, row.terms), [-np.inf, np.inf])
                both[0] = max(both[0], -np.inf if row.low is None else row.low)
                both[1] = min(both[1], np.inf if row.high is None else row.high)
            shared.update(mine.keys())
            for key, (low, high) in mine.items():
                total = bounds.setdefault(key, [0.0, 0.0])
                total[0] += low
                total[1] += high
        for (owner, terms), seen in shared.items():
            if seen == len(members):
                self._row([(first + v, c) for v, c in terms], *bounds[owner, terms])
        for v in np.flatnonzero(costs.min(axis=0) < costs.max(axis=0)).tolist():
            self._prefer(first + v, costs[:, v], highs[:, v])
        self._serve(problem, max(members[0].queues, key=len), first)

    def _prefer(self, column: int, costs: Ints, highs: Ints) -> None:
        """Let the members for whom a variable costs less take it first."""
        cheaper = []
        for cost in np.unique(costs)[:-1].tolist():
            most = int(highs[costs == cost].sum())
            if most > 0:
                cheaper.append(self._column(most, cost - self.cost[column]))
        if cheaper:
            self._row([(column, 1.0), *((c, -1.0) for c in cheaper)], 0.0, np.inf)

    def _serve(self, problem: Problem, queues: Sequence[int], first: int) -> None:
        """Give every cell its options, one for each queue, and their counts."""
        for d in range(problem.days):
            for k in range(problem.templates):
                cell = first + problem.cell(d, k)
                if self.high[cell] <= 0:
                    continue
                if len(queues) == 1:
                    self._count(problem.option(queues[0], d, k), cell)
                else:
                    served = [self._column(self.high[cell]) for _ in queues]
                    self._row([(cell, 1.0), *((s, -1.0) for s in served)], 0.0, 0.0)
                    for queue, column in zip(queues, served, strict=True):
                        self._count(problem.option(queue, d, k), column)

    def _count(self, option: int, column: int) -> None:
        rows, amounts = self.counts.of(option)
        self.entries += [(int(r), column, float(a)) for r, a in zip(rows, amounts, strict=True)]

    def _column(self, high: float, cost: float = 0.0) -> int:
        self.cost.append(cost)
        self.high.append(high)
        return len(self.cost) - 1

    def _row(self, terms: Sequence[tuple[int, float]], low: float, high: float) -> None:
        at = len(self.low_row)
        self.low_row.append(low)
        self.high_row.append(high)
        self.entries += [(at, column, coef) for column, coef in terms]

    def solve(self) -> tuple[Ints, float]:
        """Return a price per unit of count and the optimum; an infinite optimum when nothing is allowed."""
        row, column, coef = (np.array(part) for part in zip(*self.entries, strict=True))
        matrix = sparse.csr_array((coef, (row, column)), shape=(len(self.low_row), len(self.cost)))
        low, high = np.array(self.low_row), np.array(self.high_row)
        equal, above, below = low == high, (low != high) & np.isfinite(low), (low != high) & np.isfinite(high)
        cost = np.array(self.cost, dtype=float)
        scale = max(1.0, float(np.abs(cost).max()) / LARGEST_COST)
        result = linprog(
            cost / scale,
            A_ub=cast("Any", sparse.vstack([matrix[below], -matrix[above]])),
            b_ub=np.concatenate([high[below], -low[above]]),
            A_eq=cast("Any", matrix[equal]),
            b_eq=low[equal],
            bounds=cast("Any", np.column_stack([np.zeros(len(self.high)), self.high])),
            method="highs-ipm",
        )
        if result.status == INFEASIBLE:
            return np.zeros(len(self.counts.base), dtype=np.int64), np.inf
        if result.status != 0:
            raise RuntimeError(f"the head-count relaxation failed: {result.message}")
        prices = np.rint(-scale * result.eqlin.marginals[: len(self.counts.base)]).astype(np.int64)
        return prices, scale * float(cast("float", result.fun))


def segments(counts: Counts) -> Segments:
    """Return the convex cost rows above count 0 as segments of equal slope, with the base count included."""
    steps = np.diff(counts.table, axis=1)
    found = []
    for r, slopes in enumerate(steps):
        starts = np.concatenate([[0], np.flatnonzero(np.diff(slopes)) + 1, [len(slopes)]])
        found += [(r, b - a, int(slopes[a])) for a, b in zip(starts, starts[1:], strict=False) if b > a]
    table = np.array(found, dtype=np.int64).reshape(-1, 3)
    return Segments(table[:, 0], table[:, 1], table[:, 2])


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
        return self._keep(Bound(self.problem.round_up(self._lagrange(price, least)), price, least))

    @property
    def ticks(self) -> int | None:
        """The best proven bound in ticks."""
        known = [b for b in (self._known, None if self.best is None else self.best.ticks) if b is not None]
        return max(known, default=None)

    @property
    def sees_most(self) -> bool:
        """Whether the pricer follows all rules of at least half of the agents, so that its prices mean something."""
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
        paid = options[(queues[days] * p.days + days) * p.templates + line[days]].sum()
        return bool(chosen.cost + paid <= answers.values[agent])

    def _lagrange(self, price: Ints, least: Floats) -> int:
        """Return the bound that prices prove, in ticks, from every agent's least cost at those prices."""
        counts = self.problem.counts
        possible = np.arange(counts.table.shape[1], dtype=np.int64)
        reachable = possible >= counts.base[:, None]
        free = np.where(reachable, counts.table - price[:, None] * possible, np.iinfo(np.int64).max)
        return int(free.min(axis=1).sum() + (price * counts.base).sum() + int(least.sum()))

    def climb(self, steps: int, first: float, clock: Callable[[], bool]) -> None:
        """Look for better prices in so many steps: along the difference between what is wanted and what is offered.

        At prices, every count wants to be where it costs least, and the agents' best lines add up to something else.
        Prices follow a running mean of the difference, each row at its own scale, in steps that shrink to nothing.

        Parameters
        ----------
        first
            Length of the first step, as a share of the mean price.
        clock
            Asked after each step whether to go on.
        """
        assert self.best is not None
        counts = self.problem.counts
        possible = np.arange(counts.table.shape[1], dtype=np.int64)
        price = self.best.price.astype(np.float64)
        length = first * float(np.abs(price).mean())
        mean, scale = np.zeros(len(price)), np.zeros(len(price))
        for step in range(steps):
            now = np.rint(price).astype(np.int64)
            answers = self.pricer.best(now)
            self.work += answers.work
            free = counts.table - now[:, None] * possible
            free[possible < counts.base[:, None]] = np.iinfo(np.int64).max
            wanted = free.argmin(axis=1)
            ticks = int(free.min(axis=1).sum() + (now * counts.base).sum() + int(answers.values.sum()))
            self._keep(Bound(self.problem.round_up(ticks), now, answers.values))
            slope = (self.pricer.added(answers) - wanted).astype(np.float64)
            mean = MEMORY * mean + (1 - MEMORY) * slope
            scale = SCALE_MEMORY * scale + (1 - SCALE_MEMORY) * slope**2
            size = np.sqrt(scale / (1 - SCALE_MEMORY ** (step + 1))) + 0.1
            price += length * (1 - step / steps) * mean / (1 - MEMORY ** (step + 1)) / size
            if not clock():
                return
