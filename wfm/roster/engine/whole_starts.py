"""What counts cost at least when the starts behind them are whole numbers.

At prices per unit of count, each count by itself would choose where it costs least. But counts that the same shifts add
to cannot choose apart, nor may half a shift be started: of a small queue hardly any choice of the counts is one of
whole shifts. Counts that share no start with others are a block of their own; a block is a small integer program.

A block also says which fractional starts cost less than any mixture of whole ones: a cut of the head-count relaxation,
whose prices are better for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from ortools.linear_solver import pywraplp
from ortools.sat.python import cp_model
from scipy import sparse

from wfm.roster.engine.alone import FEASIBLE, solver
from wfm.roster.engine.counts import bends
from wfm.roster.engine.headcount import Cut

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

    import numpy.typing as npt

    from wfm.roster.engine.counts import Counts
    from wfm.roster.engine.headcount import Relaxed
    from wfm.roster.engine.problem import Problem

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]

WORK_PER_BLOCK = 0.5
"""The solver's own deterministic time for one block; its bound holds where that is too little."""
SECONDS_PER_ENTRY, SECONDS_PER_BLOCK = 3e-5, 3e-3
"""Deterministic seconds of building and presolving a block, per start that adds to a count of it, and besides."""
FRACTION = 1e-6
"""From here on a number of starts is a fraction."""
REACH = 0.15
"""What starts that no mixture of whole ones explains cost, as a share of the highest price of the block. The smaller,
the nearer are the prices of a cut to those of the relaxation."""
MOST_WHOLE = 60
"""Whole starts that are mixed at most."""


@dataclass(frozen=True, slots=True)
class Least:
    """What counts cost beside their prices at least, in ticks, and deterministic seconds spent."""

    ticks: int
    work: float


@dataclass(frozen=True, slots=True)
class Whole:
    """The whole starts of a block that cost least beside their prices.

    Attributes
    ----------
    starts
        Shape (options,); None when the solver found none.
    least
        No starts cost less beside their prices, in ticks.
    work
        Deterministic seconds.
    """

    starts: Ints | None
    least: int
    work: float


class WholeStarts:
    """All blocks of a problem in which no agent chooses his queue by the interval.

    Parameters
    ----------
    problem
        A start is taken by no more agents than may take it.
    seed
        Start of the solver's random numbers.
    pool
        Solves blocks side by side.
    """

    def __init__(self, problem: Problem, seed: int, pool: Executor) -> None:
        self.seed, self.pool = seed, pool
        self.able = _able(problem)
        self.blocks = list(_blocks(problem.counts, self.able))
        self.alone = np.ones(len(problem.counts.base), dtype=bool)
        """The counts that no start adds to."""
        for block in self.blocks:
            self.alone[block.rows] = False

    def least(self, price: Ints, more: Ints, apart: Ints) -> Least:
        """Return the least cost of all counts, less the price of what whole starts add to them.

        Parameters
        ----------
        price
            Per option, shape (options,).
        more
            The part of it that is not made of prices per unit of count, shape (options,).
        apart
            What each count costs at least when it chooses by itself, beside what starts add to it at the price per
            unit, shape (rows,).
        """
        found = list(self.pool.map(lambda block: block.least(price, self.seed), self.blocks))
        ticks = int(apart[self.alone].sum())
        for block, whole in zip(self.blocks, found, strict=True):
            beyond = (self.able * np.maximum(more, 0))[block.options].sum()
            ticks += max(whole.least, int(apart[block.rows].sum() - beyond))
        return Least(ticks, sum(whole.work for whole in found))

    def cuts(self, relaxed: Relaxed, price: Ints) -> tuple[list[Cut], float]:
        """Return what blocks say against the fractional starts of a relaxation, and deterministic seconds.

        Parameters
        ----------
        price
            Of the relaxation, per option, shape (options,).
        """
        starts = relaxed.starts
        broken = [b for b in self.blocks if (np.abs(starts[b.options] - np.rint(starts[b.options])) > FRACTION).any()]
        found = self.pool.map(lambda b: b.cuts(starts[b.options], price[b.options], self.seed), broken)
        cuts: list[Cut] = []
        work = 0.0
        for block, (pairs, spent) in zip(broken, found, strict=True):
            work += spent
            for paid, least in pairs:
                if relaxed.paid[block.rows].sum() - paid @ starts[block.options] < least - 1:
                    everywhere = np.zeros(len(price), dtype=np.int64)
                    everywhere[block.options] = paid
                    cuts.append(Cut(block.rows, everywhere, least))
        return cuts, work


def _blocks(counts: Counts, able: Ints) -> Iterator[Block]:
    """Yield the counts that some start adds to, in parts that share no start."""
    used = np.flatnonzero(able[counts.option] > 0)
    used = used[np.argsort(counts.row[used], kind="stable")]
    nodes = len(counts.base) + len(able)
    ends = counts.row[used], len(counts.base) + counts.option[used]
    links = sparse.coo_array((np.ones(len(used)), ends), shape=(nodes, nodes))
    _, part = sparse.csgraph.connected_components(links, directed=False)
    mine = part[counts.row[used]]
    for number in np.unique(mine):
        yield Block(counts, used[mine == number], able)


class Block:
    """Counts that starts tie together, as an integer program.

    Parameters
    ----------
    entries
        Which entries of the counts are its own, by row.
    able
        Agents who may take each start, shape (options,).
    """

    def __init__(self, counts: Counts, entries: Ints, able: Ints) -> None:
        self.size = len(entries)
        self.options, start = np.unique(counts.option[entries], return_inverse=True)
        self.rows, first = np.unique(counts.row[entries], return_index=True)
        self.model = cp_model.CpModel()
        self.starts = [self.model.new_int_var(0, most, "") for most in able[self.options].tolist()]
        self.cost = np.zeros(len(self.starts), dtype=np.int64)
        self.beyond: list[cp_model.IntVar] = []
        self.beyond_cost: list[int] = []
        self.constant = 0
        amounts = counts.amount[entries]
        for row, mine in zip(self.rows.tolist(), np.split(np.arange(self.size), first[1:]), strict=True):
            self._charge(counts, row, start[mine], amounts[mine])

    def _charge(self, counts: Counts, row: int, start: Ints, amount: Ints) -> None:
        """Post the convex cost of a count: what every start adds to it at first, and helpers for what is beyond."""
        base, most = int(counts.base[row]), int(counts.most[row])
        slope, bent = bends(counts.table[row])
        self.cost[start] += slope * amount
        self.constant += int(counts.table[row, 0]) + slope * base
        starts, amounts = [self.starts[n] for n in start.tolist()], amount.tolist()
        for value, bend in bent:
            if value < most:
                helper = self.model.new_int_var(0, most - value, "")
                count = cp_model.LinearExpr.weighted_sum([*starts, helper], [*amounts, -1])
                self.model.add(count <= value - base)
                self.beyond.append(helper)
                self.beyond_cost.append(bend)

    def least(self, price: Ints, seed: int) -> Whole:
        """Return the best whole starts at prices of options, shape (options of the problem,)."""
        return self._solve(price[self.options], seed)

    def _solve(self, price: Ints, seed: int) -> Whole:
        """Return the best whole starts at prices of its own options; the solver's bound when it gives up."""
        cost = [*(self.cost - price).tolist(), *self.beyond_cost]
        self.model.minimize(cp_model.LinearExpr.weighted_sum([*self.starts, *self.beyond], cost))
        run = solver(seed, WORK_PER_BLOCK)
        solved = run.solve(self.model) in FEASIBLE
        work = 2 * run.response_proto.deterministic_time + SECONDS_PER_BLOCK + SECONDS_PER_ENTRY * self.size
        if not solved:
            return Whole(None, np.iinfo(np.int64).min // 4, work)
        starts = np.array([run.value(start) for start in self.starts], dtype=np.int64)
        return Whole(starts, self.constant + int(np.ceil(run.best_objective_bound - 1e-6)), work)

    def cuts(self, starts: Floats, price: Ints, seed: int) -> tuple[list[tuple[Ints, int]], float]:
        """Return prices of its own options with the least at them, and deterministic seconds.

        The first are the given prices, the last those at which the starts, shape (own options,), are seen best to be
        cheaper than any mixture of whole ones.
        """
        mixture = _Mixture(starts, REACH * float(np.abs(price).max()))
        first = whole = self._solve(price, seed)
        asked, work = price, whole.work
        for _ in range(MOST_WHOLE):
            if whole.starts is None:
                break
            mixture.add(whole.starts, float(whole.least + asked @ whole.starts))
            asked, value = mixture.solve()
            whole = self._solve(asked, seed)
            work += whole.work
            if whole.least >= value - 1:
                break
        return [(price, first.least), (asked, whole.least)], work


class _Mixture:
    """The cheapest mixture of whole starts that explains fractional ones.

    Parameters
    ----------
    starts
        What is to be explained, shape (options,).
    reach
        What each start costs that is not explained, in ticks.
    """

    def __init__(self, starts: Floats, reach: float) -> None:
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._aim = self._solver.Objective()
        self._starts = [self._solver.Constraint(n, n) for n in starts.tolist()]
        self._all = self._solver.Constraint(1.0, 1.0)
        for row in self._starts:
            for sign in (1.0, -1.0):
                part = self._solver.NumVar(0.0, self._solver.infinity(), "")
                row.SetCoefficient(part, sign)
                self._aim.SetCoefficient(part, reach)

    def add(self, starts: Ints, cost: float) -> None:
        """Let whole starts, shape (options,), be part of it."""
        part = self._solver.NumVar(0.0, self._solver.infinity(), "")
        self._aim.SetCoefficient(part, cost)
        self._all.SetCoefficient(part, 1.0)
        for row, number in zip(self._starts, starts.tolist(), strict=True):
            row.SetCoefficient(part, float(number))

    def solve(self) -> tuple[Ints, float]:
        """Return prices of options at which no known whole starts cost less than the value that comes with them.

        Raises
        ------
        RuntimeError
            When the solver fails.
        """
        if self._solver.Solve() != pywraplp.Solver.OPTIMAL:
            raise RuntimeError("the mixture of whole starts failed")
        price = np.array([row.dual_value() for row in self._starts])
        return np.rint(price).astype(np.int64), self._all.dual_value()


def _able(problem: Problem) -> Ints:
    """Return how many agents may take each option, shape (options,)."""
    able = np.zeros((problem.queues, problem.days, problem.templates), dtype=np.int64)
    for line in problem.lines:
        may = line.high[problem.days : problem.days * (1 + problem.templates)].reshape(problem.days, -1) > 0
        for d, queues in enumerate(line.queues):
            able[list(queues), d] += may[d]
    return able.ravel()
