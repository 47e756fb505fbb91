"""The head-count relaxation: by how much the floors are missed at least, however the agents are told apart.

Agents with the same program are one class; the variables of a class are its members' sums, and their rows are added up.
Before that every row is tightened to whole numbers (184 hours are at most 16 shifts of 11 hours), since the sum forgets
that shifts are whole.
"""

from __future__ import annotations

from collections import Counter
from math import gcd
from typing import TYPE_CHECKING

import numpy as np

from wfm.roster.engine.headcount import HeadCounts
from wfm.roster.model import NO_CEILING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from wfm.roster.engine.problem import LineProgram, Problem
    from wfm.roster.model import Row

    Terms = tuple[tuple[int, int], ...]
    Tight = tuple[Terms, float, float]
    Member = tuple[LineProgram, int]
    """A program and the number of agents who have it."""


def least_missing(problem: Problem, more: int = 0, *, coarse: bool = False) -> float:
    """Return the least total by which hard floors are missed in the relaxation, in units of count.

    Infinite when an agent has no line even in the relaxation. Above 0 there is no roster.

    Parameters
    ----------
    more
        Agents like the last one who are added.
    coarse
        True to take agents who serve the same queues as one class, with only the rows that all of them have: quick,
        but rows of single agents are forgotten.
    """
    if not all(line.possible for line in problem.lines):
        return np.inf
    program = _Program(problem)
    for members in classes(problem.lines, more, coarse=coarse):
        program.add(members)
    return program.solve()


def classes(lines: Sequence[LineProgram], more: int = 0, *, coarse: bool = False) -> list[list[Member]]:
    """Return the classes of agents; of a class of equal agents one program stands for all of them."""
    number = Counter(line.shape for line in lines)
    number[lines[-1].shape] += more
    members = [(line, number[shape]) for shape, line in {line.shape: line for line in lines}.items()]
    if not coarse:
        return [[member] for member in members]
    alike: dict[object, list[Member]] = {}
    for line, times in members:
        alike.setdefault((line.queues, len(line.low)), []).append((line, times))
    return list(alike.values())


class _Program(HeadCounts):
    """The head-count linear program of floors and ceilings; the first columns are what is missing from each floor."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        counts = problem.counts
        need = counts.floor - counts.base
        floors = np.flatnonzero(need > 0).tolist()
        ceilings = np.flatnonzero(counts.ceiling < NO_CEILING).tolist()
        self.floors = len(floors)
        self.limited = {row: n for n, row in enumerate([*floors, *ceilings])}
        self.low = [0.0] * len(floors)
        self.high = [np.inf] * len(floors)
        self.row_low = [*need[floors].astype(float), *(-np.inf for _ in ceilings)]
        self.row_high = [*(np.inf for _ in floors), *(counts.ceiling - counts.base)[ceilings].astype(float)]
        self.entries = [(n, n, 1.0) for n in range(len(floors))]
        self._serve_by_interval()

    def _serve_by_interval(self) -> None:
        """Let no more agents serve than are on duty: a row for every duty, a column for every serving."""
        counts = self.problem.counts
        for duty in counts.duties.tolist() if self.limited else ():
            self.limited[duty] = len(self.row_low)
            self.row([], 0.0, np.inf)
        for serving, duty in enumerate(counts.servings.duty.tolist() if self.limited else ()):
            column = self.column(np.inf)
            self.count(counts.servings.options + serving, column)
            self.entries.append((self.limited[int(counts.duties[duty])], column, -1.0))

    def add(self, members: Sequence[Member]) -> None:
        """Add a class: sums of its members' variables, bounds and common rows."""
        first = len(self.low)
        self.low += np.sum([times * m.low for m, times in members], axis=0).tolist()
        self.high += np.sum([times * m.high for m, times in members], axis=0).tolist()
        seen: Counter[Terms] = Counter()
        bounds: dict[Terms, list[float]] = {}
        for member, times in members:
            rows = _strongest(tight for row in member.rows for tight in _tightened(row))
            seen.update(rows.keys())
            for terms, (low, high) in rows.items():
                total = bounds.setdefault(terms, [0.0, 0.0])
                total[0] += times * low
                total[1] += times * high
        for terms, (low, high) in bounds.items():
            if seen[terms] == len(members):
                self.row([(first + v, c) for v, c in terms], low, high)
        self.serve(members[0][0].queues, first)

    def count(self, option: int, column: int) -> None:
        """Let a column add to the floors and ceilings of an option."""
        for row, amount in zip(*map(np.ndarray.tolist, self.problem.counts.of(option)), strict=True):
            if row in self.limited:
                self.entries.append((self.limited[row], column, float(amount)))

    def column(self, high: float) -> int:
        """Return a new column between 0 and `high`."""
        self.low.append(0.0)
        self.high.append(high)
        return len(self.low) - 1

    def solve(self) -> float:
        if not self.limited:
            return 0.0
        missing = np.arange(len(self.low)) < self.floors
        result = self.least(missing.astype(np.float64), "highs")
        return np.inf if result is None else float(result.fun)


def _strongest(rows: Iterable[Tight]) -> dict[Terms, tuple[float, float]]:
    """Return rows by their terms, of equal terms the narrowest bounds."""
    found: dict[Terms, tuple[float, float]] = {}
    for terms, low, high in rows:
        before = found.get(terms, (-np.inf, np.inf))
        found[terms] = max(before[0], low), min(before[1], high)
    return found


def _tightened(row: Row) -> Iterator[Tight]:
    """Yield a row over whole numbers divided by what its coefficients share, and the number of its terms it allows."""
    coefs = [c for _, c in row.terms]
    unit = gcd(*coefs)
    low = -np.inf if row.low is None else -(-row.low // unit)
    high = np.inf if row.high is None else row.high // unit
    yield tuple((v, c // unit) for v, c in row.terms), low, high
    if min(coefs) > 0 and len(set(coefs)) > 1:
        fewest = -np.inf if row.low is None else -(-row.low // max(coefs))
        most = np.inf if row.high is None else row.high // min(coefs)
        yield tuple((v, 1) for v, _ in row.terms), fewest, most
