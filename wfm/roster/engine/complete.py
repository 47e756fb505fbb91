"""From the cells of one line to all its variables and its exact cost, or the news that it breaks a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from wfm.roster.engine.state import choose

if TYPE_CHECKING:
    import numpy.typing as npt

    from wfm.roster.engine.problem import LineProgram, Problem
    from wfm.roster.engine.state import Chosen

    Ints = npt.NDArray[np.int64]


class Completer:
    """Fills in the helper variables of an agent's lines.

    A helper that costs nothing is set as high as its rows allow, in the order in which the rules made them; a helper
    that costs something, as low. Every row is then checked, so a line that comes back is a line of the program.

    Parameters
    ----------
    problem
        The problem.
    program
        The agent's program.
    """

    def __init__(self, problem: Problem, program: LineProgram) -> None:
        self.problem, self.program = problem, program
        self.days, self.templates = problem.days, problem.templates
        self.cells = problem.days * (1 + problem.templates)
        self._low = np.array([-np.inf if r.low is None else r.low for r in program.rows])
        self._high = np.array([np.inf if r.high is None else r.high for r in program.rows])
        entries = [(at, v, c) for at, row in enumerate(program.rows) for v, c in row.terms]
        row, column, coef = (np.array(part, dtype=np.int64) for part in zip(*entries, strict=True))
        self._matrix = sparse.csr_array((coef, (row, column)), shape=(len(program.rows), len(program.low)))
        helpers = range(self.cells, len(program.low))
        self._free = [(v, self._limits(v, 1)) for v in helpers if program.cost[v] <= 0]
        self._paid = [(v, self._limits(v, -1)) for v in helpers if program.cost[v] > 0]

    def _limits(self, helper: int, sign: int) -> list[tuple[list[tuple[int, int]], int, int]]:
        """Return the rows that keep a helper down (sign 1) or up (-1) as (other terms, coefficient, bound)."""
        found = []
        for at in self.program.rows_of[helper]:
            row = self.program.rows[at]
            coef = dict(row.terms)[helper]
            bound = row.high if coef * sign > 0 else row.low
            if bound is not None:
                found.append(([(v, c) for v, c in row.terms if v != helper], coef, bound))
        return found

    def complete(self, line: Ints, queues: Ints) -> Chosen | None:
        """Return the line with templates per day (-1 when off) and queues per day; None when it breaks a row."""
        values = np.zeros(len(self.program.low), dtype=np.int64)
        worked = np.flatnonzero(line >= 0)
        values[: self.days] = line < 0
        values[self.days + worked * self.templates + line[worked]] = 1
        known = values.tolist()
        for v, limits in self._free:
            room = [(bound - sum(c * known[u] for u, c in others)) // coef for others, coef, bound in limits]
            known[v] = max(0, min([int(self.program.high[v]), *room]))
        for v, limits in self._paid:
            need = [-((sum(c * known[u] for u, c in others) - bound) // coef) for others, coef, bound in limits]
            known[v] = max([0, *need])
        values = np.array(known, dtype=np.int64)
        activity = self._matrix @ values
        if (activity < self._low).any() or (activity > self._high).any() or self._outside(values):
            return None
        return choose(self.problem, self.program, values, queues)

    def _outside(self, values: Ints) -> bool:
        return bool((values < self.program.low).any() or (values > self.program.high).any())
