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

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import ThreadPoolExecutor

    import numpy.typing as npt

    from wfm.roster.engine.alone import Oracle, Priced
    from wfm.roster.engine.problem import Counts, LineProgram, Problem

    Ints = npt.NDArray[np.int64]


INFEASIBLE = 2
"""Status of scipy's `linprog` when no point satisfies the constraints."""
SECONDS_PER_ENTRY = 0.001
"""Deterministic seconds charged for the head-count relaxation, per row of one class."""


@dataclass(frozen=True, slots=True)
class Segments:
    """Convex costs as segments: row `row` costs `slope` per unit over `length` units."""

    row: Ints
    length: Ints
    slope: Ints


def shape_prices(problem: Problem) -> Ints:
    """Return a price per unit of count, shape (rows,), from the head-count relaxation.

    Agents with the same skills are one class: the variables of a class are its members' sums, the rows that all
    members have are added up. The linear program's prices are what the relaxation says one more agent is worth.
    """
    return _relax(problem)[0]


def relaxed_cost(problem: Problem) -> float:
    """Return the least cost in ticks that the head-count relaxation allows; infinite when it allows none."""
    return _relax(problem)[1]


def _relax(problem: Problem) -> tuple[Ints, float]:
    program = _Relaxation(problem.counts)
    for members in _classes(problem):
        program.add_class(problem, members)
    price, cost = program.solve()
    return price, cost + float(problem.counts.table[:, 0].sum()) + sum(line.constant for line in problem.lines)


def _classes(problem: Problem) -> list[list[LineProgram]]:
    groups: dict[tuple[object, ...], list[LineProgram]] = {}
    for line in problem.lines:
        groups.setdefault((max(line.queues, key=len), len(line.low)), []).append(line)
    return list(groups.values())


class _Relaxation:
    """Collects columns and rows of the head-count linear program."""

    def __init__(self, counts: Counts) -> None:
        self.counts = counts
        self.segments = segments(counts)
        self.cost: list[float] = list(self.segments.slope)
        self.high: list[float] = list(self.segments.length)
        self.entries: list[tuple[int, int, float]] = [(int(r), j, -1.0) for j, r in enumerate(self.segments.row)]
        self.low_row: list[float] = [float(-b) for b in counts.base]
        self.high_row: list[float] = list(self.low_row)

    def add_class(self, problem: Problem, members: Sequence[LineProgram]) -> None:
        first = len(self.cost)
        self.cost += np.min([m.cost for m in members], axis=0).tolist()
        self.high += np.sum([m.high for m in members], axis=0).tolist()
        shared = Counter(key for m in members for key in dict.fromkeys((r.owner, r.terms) for r in m.rows))
        bounds: dict[object, list[float]] = {}
        for member in members:
            for key, row in {(r.owner, r.terms): r for r in member.rows}.items():
                total = bounds.setdefault(key, [0.0, 0.0])
                total[0] += -np.inf if row.low is None else row.low
                total[1] += np.inf if row.high is None else row.high
        for (owner, terms), seen in shared.items():
            if seen == len(members):
                self._row([(first + v, c) for v, c in terms], *bounds[owner, terms])
        self._serve(problem, max(members[0].queues, key=len), first)

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

    def _column(self, high: float) -> int:
        self.cost.append(0.0)
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
        result = linprog(
            np.array(self.cost, dtype=float),
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
        prices = np.rint(-result.eqlin.marginals[: len(self.counts.base)]).astype(np.int64)
        return prices, float(cast("float", result.fun))


def segments(counts: Counts) -> Segments:
    """Return the convex cost rows above count 0 as segments of equal slope, with the base count included."""
    steps = np.diff(counts.table, axis=1)
    found = []
    for r, slopes in enumerate(steps):
        starts = np.concatenate([[0], np.flatnonzero(np.diff(slopes)) + 1, [len(slopes)]])
        found += [(r, b - a, int(slopes[a])) for a, b in zip(starts, starts[1:], strict=False)]
    table = np.array(found, dtype=np.int64).reshape(-1, 3)
    return Segments(table[:, 0], table[:, 1], table[:, 2])


def lagrange(problem: Problem, price: Ints, lines: Sequence[Priced]) -> int:
    """Return the bound that prices prove, in ticks, from the answers of all agents at those prices."""
    counts = problem.counts
    possible = np.arange(counts.table.shape[1], dtype=np.int64)
    free = (counts.table - price[:, None] * possible)[:, :]
    reachable = possible >= counts.base[:, None]
    cheapest = np.where(reachable, free, np.iinfo(np.int64).max).min(axis=1).sum()
    return int(cheapest + (price * counts.base).sum() + sum(p.bound for p in lines))


@dataclass(frozen=True, slots=True)
class Bound:
    """A proven lower bound and the prices that prove it.

    Attributes
    ----------
    ticks
        No roster costs less.
    price
        Per unit of count, shape (rows,).
    oracles
        One for every agent, in order.
    seconds
        Deterministic seconds that the proof took.
    """

    ticks: int
    price: Ints
    oracles: Sequence[Oracle]
    seconds: float


def prove(problem: Problem, oracles: Sequence[Oracle], seed: int, pool: ThreadPoolExecutor) -> Bound:
    """Return the bound of the head-count prices; every agent must have a line of his own."""
    price = shape_prices(problem)
    options = problem.counts.priced(price)
    first: dict[object, int] = {}
    for agent, line in enumerate(problem.lines):
        first.setdefault(line.shape, agent)
    answers = dict(zip(first, pool.map(lambda agent: oracles[agent].best(options, seed), first.values()), strict=True))
    ticks = problem.round_up(lagrange(problem, price, [answers[line.shape] for line in problem.lines]))
    spent = (
        SECONDS_PER_ENTRY * len(problem.lines[0].rows) * len(_classes(problem))
        + sum(a.work for a in answers.values()) / 2
    )
    return Bound(ticks, price, oracles, spent)
