"""A linear program over sums of agents: what the head-count relaxations of the bound and of the floors share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from wfm.roster.engine.tighten import tightened

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from wfm.roster.engine.problem import LineProgram, Problem
    from wfm.roster.engine.tighten import Known

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]
    Numbers = npt.NDArray[np.number[Any]]

Method = Literal["highs", "highs-ipm"]
Terms = tuple[tuple[int, int], ...]

LARGEST_COST = 1e5
"""Largest cost that is handed to the linear program; larger ones are scaled down."""
INFEASIBLE = 2
"""Status of scipy's `linprog` when no point satisfies the constraints."""


class HeadCounts(ABC):
    """Collects columns and rows.

    Attributes
    ----------
    low, high
        Bounds of the columns.
    row_low, row_high
        Bounds of the rows.
    entries
        Row, column and coefficient.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.low: list[float] = []
        self.high: list[float] = []
        self.row_low: list[float] = []
        self.row_high: list[float] = []
        self.entries: list[tuple[int, int, float]] = []

    @abstractmethod
    def count(self, option: int, column: int) -> None:
        """Let a column add to the counts of an option."""

    @abstractmethod
    def column(self, high: float) -> int:
        """Return a new column between 0 and `high` that costs nothing."""

    def row(self, terms: Sequence[tuple[int, float]], low: float, high: float) -> None:
        """Add a row."""
        self.entries += [(len(self.row_low), column, float(coef)) for column, coef in terms]
        self.row_low.append(low)
        self.row_high.append(high)

    def serve(self, queues: Sequence[Sequence[int]], first: int) -> None:
        """Let every start of a class, whose columns begin at `first`, count on one of the queues served that day."""
        for d, served in enumerate(queues):
            for k in range(self.problem.templates):
                cell = first + self.problem.cell(d, k)
                if self.high[cell] <= 0 or not served:
                    continue
                if len(served) == 1:
                    self.count(self.problem.option(served[0], d, k), cell)
                    continue
                columns = [self.column(self.high[cell]) for _ in served]
                self.row([(cell, 1.0), *((c, -1.0) for c in columns)], 0.0, 0.0)
                for queue, column in zip(served, columns, strict=True):
                    self.count(self.problem.option(queue, d, k), column)

    def least(self, cost: Floats, method: Method) -> Any:
        """Return scipy's answer to the least cost; see `least`."""
        row, column, coef = (np.array(part) for part in zip(*self.entries, strict=True))
        matrix = sparse.csr_array((coef, (row, column)), shape=(len(self.row_low), len(self.low)))
        rows = np.array(self.row_low), np.array(self.row_high)
        return least(cost, matrix, (np.array(self.low), np.array(self.high)), rows, method)


def least(
    cost: Floats,
    matrix: Any,
    columns: tuple[Numbers, Numbers],
    rows: tuple[Numbers, Numbers],
    method: Method,
) -> Any:
    """Return scipy's answer to the least cost within bounds of columns and rows; None when nothing satisfies them.

    The prices of the rows whose bounds are equal stand in `eqlin.marginals`, in the order of the rows.

    Raises
    ------
    RuntimeError
        When the solver fails.
    """
    low, high = rows
    equal, above, below = low == high, (low != high) & np.isfinite(low), (low != high) & np.isfinite(high)
    result = linprog(
        cost,
        A_ub=cast("Any", sparse.vstack([matrix[below], -matrix[above]])),
        b_ub=np.concatenate([high[below], -low[above]]),
        A_eq=matrix[equal],
        b_eq=low[equal],
        bounds=cast("Any", np.column_stack(columns)),
        method=method,
    )
    if result.status == INFEASIBLE:
        return None
    if result.status != 0:
        raise RuntimeError(f"the head-count relaxation failed: {result.message}")
    return result


@dataclass(frozen=True, slots=True)
class Cut:
    """A lower limit of what some counts cost together, less what starts are paid for adding to them.

    Attributes
    ----------
    rows
        The counts; no start that adds to one of them adds to others.
    price
        Of starts, per option, shape (options,).
    least
        In ticks.
    """

    rows: Ints
    price: Ints
    least: int


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The optimum of a relaxation.

    Attributes
    ----------
    price
        Per unit of count, shape (rows,); 0 when nothing is allowed.
    more
        What starts are paid by cuts besides, per option, shape (options,).
    cost
        In ticks; infinite when nothing is allowed.
    starts
        How many there are, in parts, per option, shape (options,).
    paid
        What each count that may cost something costs, in ticks, shape (rows,).
    entries
        Entries of the matrix.
    """

    price: Floats
    more: Floats
    cost: float
    starts: Floats
    paid: Floats
    entries: int


class Relaxation:
    """The head-count linear program of all costs.

    The first columns are the segments of the costs of counts, then come the sums of each class. The first rows are the
    counts: where a count differs from the one before it in fewer shifts than it has, the difference of the two is
    posted, which says the same with a fraction of the entries. Segments that the agents cannot reach are left out.

    Parameters
    ----------
    priced
        Whether prices of hours beyond a limit are made ones of whole shifts; sums of agents hide that.
    """

    def __init__(self, problem: Problem, *, priced: bool) -> None:
        self.problem, self.priced = problem, priced
        self.known: Known = {}
        counts, parts = problem.counts, problem.counts.segments
        reached = parts.first < counts.most[parts.row]
        row = self.segment_row = parts.row[reached]
        shape = len(counts.base), len(counts.start)
        cover = sparse.csr_array((counts.amount, (counts.row, counts.option)), shape=shape)
        share = sparse.csr_array((-np.ones(len(row)), (row, np.arange(len(row)))), shape=(len(counts.base), len(row)))
        self.steps = _steps(cover)
        self.cover = sparse.csc_array(self.steps @ cover)
        """The counts of each option, and a last column of an option that counts nowhere."""
        self.counts: list[Any] = [self.steps @ share]
        self.rows: list[Any] = [sparse.csr_array((0, len(row)))]
        self.cost = [parts.slope[reached]]
        self.high = [parts.length[reached]]
        self.row_low: list[Numbers] = [-(self.steps @ counts.base)]
        self.row_high = list(self.row_low)
        self.option = [np.full(len(row), counts.servings.options)]
        """The option that each column starts, or one that there is not."""
        self.cuts: list[Cut] = []
        self._serve()

    def _serve(self) -> None:
        """Add the servings, each taken off its duty."""
        number = len(self.problem.counts.servings.duty)
        if number:
            self.counts.append(self.steps @ self.problem.counts.served)
            self.rows.append(sparse.csr_array((0, number)))
            self.cost.append(np.zeros(number, dtype=np.int64))
            self.high.append(np.full(number, len(self.problem.lines), dtype=np.int64))
            self.option.append(np.full(number, self.problem.counts.servings.options))

    def add_class(self, members: Sequence[LineProgram]) -> None:
        """Add the sums of agents with the same skills, and the rows that all of them have."""
        common = self._common(members)
        terms = [(at, v, c) for at, row in enumerate(common) for v, c in row]
        row, variable, coef = np.array(terms, dtype=np.int64).reshape(-1, 3).T
        matrix = sparse.csc_array((coef, (row, variable)), shape=(len(common), len(members[0].low)))
        sums = class_sums(members)
        of, option = self._columns(sums, np.array(max(members[0].queues, key=len), dtype=np.int64))
        split = np.bincount(of) > 1
        bound = np.flatnonzero(split & sums.exceeded(len(members)))
        part = sparse.csr_array((np.ones(len(of)), (of, np.arange(len(of)))))
        self.counts.append(self.cover[:, option])
        self.rows.append(sparse.vstack([matrix[:, sums.variable[of]], part[bound]]))
        self.cost.append(sums.cost[of])
        self.high.append(sums.high[of])
        self.option.append(np.minimum(option, self.problem.counts.servings.options))
        limits = np.array(list(common.values()), dtype=np.float64).reshape(-1, 2)
        self.row_low += [limits[:, 0], np.full(len(bound), -np.inf)]
        self.row_high += [limits[:, 1], sums.high[bound]]

    def _common(self, members: Sequence[LineProgram]) -> dict[Terms, tuple[float, float]]:
        """Return the rows that all members have by their terms, with the sums of their bounds."""
        alike: dict[tuple[int, ...], list[LineProgram]] = {}
        for member in members:
            alike.setdefault(tuple(map(id, member.rows)), []).append(member)
        found, *others = (self._strongest(same[0], len(same)) for same in alike.values())
        for mine in others:
            found = {t: (low + mine[t][0], high + mine[t][1]) for t, (low, high) in found.items() if t in mine}
        return found

    def _strongest(self, program: LineProgram, times: int) -> dict[Terms, tuple[float, float]]:
        """Return the rows of agents who have the same, added up: by their terms, of equal terms the narrowest."""
        found: dict[Terms, tuple[float, float]] = {}
        for row in tightened(program, self.problem.days, self.problem.templates, self.known, priced=self.priced):
            low, high = found.get(row.terms, (-np.inf, np.inf))
            found[row.terms] = (
                low if row.low is None else max(low, times * row.low),
                high if row.high is None else min(high, times * row.high),
            )
        return found

    def _columns(self, sums: Sums, queues: Ints) -> tuple[Ints, Ints]:
        """Return the columns of a class, one per sum and queue on which it may count: their sums and options."""
        days, starts = self.problem.days, self.problem.days * self.problem.templates
        counted = (sums.variable >= days) & (sums.variable < days + starts) & (len(queues) > 0)
        times = np.where(counted, len(queues), 1)
        of = np.repeat(np.arange(len(times)), times)
        queue = np.append(queues, 0)[np.arange(len(of)) - np.repeat(np.cumsum(times) - times, times)]
        return of, np.where(counted[of], queue * starts + sums.variable[of] - days, len(self.problem.counts.start) - 1)

    def solve(self) -> Relaxed:
        """Return the optimum."""
        cost = np.concatenate(self.cost).astype(np.float64)
        scale = max(1.0, float(np.abs(cost).max()) / LARGEST_COST)
        counts, options = self.problem.counts, self.problem.counts.servings.options
        matrix = sparse.csr_array(
            sparse.vstack([sparse.hstack(self.counts), sparse.block_diag(self.rows), *map(self._row_of, self.cuts)])
        )
        high, option = np.concatenate(self.high), np.concatenate(self.option)
        limits = np.array([cut.least - int(counts.table[cut.rows, 0].sum()) for cut in self.cuts], dtype=np.float64)
        low = np.concatenate([*self.row_low, limits])
        rows = low, np.concatenate([*self.row_high, np.full(len(limits), np.inf)])
        result = least(cost / scale, matrix, (np.zeros(len(high)), high), rows, "highs-ipm")
        number = len(counts.base)
        if result is None:
            nothing = np.zeros(number), np.zeros(options)
            return Relaxed(*nothing, np.inf, nothing[1], nothing[0], matrix.nnz)
        price = self.steps.T @ (-scale * result.eqlin.marginals[:number])
        weight = -scale * result.ineqlin.marginals[len(result.ineqlin.marginals) - len(limits) :]
        more = sum((w * cut.price for w, cut in zip(weight, self.cuts, strict=True)), np.zeros(options))
        starts, paid = np.zeros(options + 1), counts.table[:, 0].astype(np.float64)
        np.add.at(starts, option, result.x)
        np.add.at(paid, self.segment_row, self.cost[0] * result.x[: len(self.segment_row)])
        return Relaxed(price, more, scale * float(result.fun), starts[:options], paid, matrix.nnz)

    def _row_of(self, cut: Cut) -> sparse.csr_array:
        """Return the row of a cut: what the segments of its counts cost, less the price of its starts."""
        mine = np.isin(self.segment_row, cut.rows)
        option = np.concatenate(self.option[1:])
        row = np.concatenate([np.where(mine, self.cost[0], 0), -np.append(cut.price, 0)[option]])
        return sparse.csr_array(row[None, :].astype(np.float64))


def _steps(cover: sparse.csr_array) -> sparse.csr_array:
    """Return the matrix that subtracts from a row the one before it, where the difference has fewer entries."""
    number = cover.shape[0]
    change = sparse.csr_array(cover[1:] - cover[:-1])
    change.eliminate_zeros()
    at = 1 + np.flatnonzero(np.diff(change.indptr) < np.diff(cover.indptr)[1:])
    before = sparse.csr_array((-np.ones(len(at)), (at, at - 1)), shape=(number, number))
    return sparse.csr_array(sparse.eye_array(number) + before)


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums of one variable over the members of a class for whom it costs the same, by variable, then cost.

    Attributes
    ----------
    variable
        Whose sum it is.
    cost
        Ticks per unit.
    high
        Sum of the members' bounds; sums that are always 0 are left out.
    """

    variable: Ints
    cost: Ints
    high: Ints

    def exceeded(self, members: int) -> npt.NDArray[np.bool_]:
        """Return which sums of starts could be beyond their bounds if only the agents of a day were bounded.

        That never pays for the dearest sum of a variable that all members may take.
        """
        dearest = np.append(self.variable[1:] != self.variable[:-1], True)
        return np.asarray(~dearest | (np.bincount(self.variable, self.high)[self.variable] < members))


def class_sums(members: Sequence[LineProgram]) -> Sums:
    """Return the sums of agents with equally many variables."""
    cost, high = np.array([m.cost for m in members]).T, np.array([m.high for m in members]).T
    order = cost.argsort(axis=1, kind="stable")
    cost, high = np.take_along_axis(cost, order, axis=1), np.take_along_axis(high, order, axis=1)
    new = np.ones(cost.shape, dtype=bool)
    new[:, 1:] = cost[:, 1:] != cost[:, :-1]
    first = np.flatnonzero(new)
    total = np.add.reduceat(high.ravel(), first)
    used = total > 0
    return Sums((first // len(members))[used], cost.ravel()[first][used], total[used])
