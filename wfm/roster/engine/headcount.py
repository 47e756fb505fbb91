"""A linear program over sums of agents: what the head-count relaxations of the bound and of the floors share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from wfm.roster.engine.problem import Problem

    Floats = npt.NDArray[np.float64]

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

    def least(self, cost: Floats, method: Literal["highs", "highs-ipm"]) -> Any:
        """Return scipy's answer to the least cost; None when nothing satisfies the rows.

        The prices of the rows whose bounds are equal stand in `eqlin.marginals`, in the order of the rows.

        Raises
        ------
        RuntimeError
            When the solver fails.
        """
        row, column, coef = (np.array(part) for part in zip(*self.entries, strict=True))
        matrix = sparse.csr_array((coef, (row, column)), shape=(len(self.row_low), len(self.low)))
        low, high = np.array(self.row_low), np.array(self.row_high)
        equal, above, below = low == high, (low != high) & np.isfinite(low), (low != high) & np.isfinite(high)
        result = linprog(
            cost,
            A_ub=cast("Any", sparse.vstack([matrix[below], -matrix[above]])),
            b_ub=np.concatenate([high[below], -low[above]]),
            A_eq=cast("Any", matrix[equal]),
            b_eq=low[equal],
            bounds=cast("Any", np.column_stack([self.low, self.high])),
            method=method,
        )
        if result.status == INFEASIBLE:
            return None
        if result.status != 0:
            raise RuntimeError(f"the head-count relaxation failed: {result.message}")
        return result
