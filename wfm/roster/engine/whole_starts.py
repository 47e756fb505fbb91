"""What counts cost at least at prices when the starts behind them are whole numbers.

At prices per unit of count, each count by itself would choose where it costs least. But counts that the same shifts add
to cannot choose apart, nor may half a shift be started: of a small queue hardly any choice of the counts is one of
whole shifts. Counts that share no start with others are a block of their own; a block is a small integer program.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model
from scipy import sparse

from wfm.roster.engine.alone import FEASIBLE, solver
from wfm.roster.engine.counts import bends

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Executor

    import numpy.typing as npt

    from wfm.roster.engine.counts import Counts
    from wfm.roster.engine.problem import Problem

    Ints = npt.NDArray[np.int64]

WORK_PER_BLOCK = 0.5
"""The solver's own deterministic time for one block; its bound holds where that is too little."""
SECONDS_PER_ENTRY, SECONDS_PER_BLOCK = 3e-5, 3e-3
"""Deterministic seconds of building and presolving a block, per start that adds to a count of it, and besides."""


@dataclass(frozen=True, slots=True)
class Least:
    """What counts cost beside their prices at least, in ticks, and deterministic seconds spent."""

    ticks: int
    work: float


def least_of_starts(problem: Problem, price: Ints, apart: Ints, seed: int, pool: Executor) -> Least:
    """Return the least cost of all counts, less the price of what whole starts add to them.

    A start is taken by no more agents than may take it.

    Parameters
    ----------
    price
        Per unit of count, shape (rows,).
    apart
        What each count costs beside its price at least when it chooses by itself, shape (rows,).
    """
    counts, options = problem.counts, problem.counts.priced(price)
    blocks = list(_blocks(problem))
    found = list(pool.map(lambda block: block.least(options, seed), blocks))
    own = apart + price * counts.base
    alone = np.ones(len(own), dtype=bool)
    for block in blocks:
        alone[block.rows] = False
    ticks = [max(part.ticks, int(own[block.rows].sum())) for block, part in zip(blocks, found, strict=True)]
    return Least(sum(ticks) + int(own[alone].sum()), sum(part.work for part in found))


def _blocks(problem: Problem) -> Iterator[Block]:
    """Yield the counts that some start adds to, in parts that share no start."""
    counts, able = problem.counts, _able(problem)
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

    def least(self, price: Ints, seed: int) -> Least:
        """Return the least cost less the prices of options, shape (options,); the solver's bound when it gives up."""
        cost = [*(self.cost - price[self.options]).tolist(), *self.beyond_cost]
        self.model.minimize(cp_model.LinearExpr.weighted_sum([*self.starts, *self.beyond], cost))
        run = solver(seed, WORK_PER_BLOCK)
        solved = run.solve(self.model) in FEASIBLE
        work = 2 * run.response_proto.deterministic_time + SECONDS_PER_BLOCK + SECONDS_PER_ENTRY * self.size
        bound = int(np.ceil(run.best_objective_bound - 1e-6)) if solved else np.iinfo(np.int64).min // 4
        return Least(self.constant + bound, work)


def _able(problem: Problem) -> Ints:
    """Return how many agents may take each option, shape (options,)."""
    able = np.zeros((problem.queues, problem.days, problem.templates), dtype=np.int64)
    for line in problem.lines:
        may = line.high[problem.days : problem.days * (1 + problem.templates)].reshape(problem.days, -1) > 0
        for d, queues in enumerate(line.queues):
            able[list(queues), d] += may[d]
    return able.ravel()
