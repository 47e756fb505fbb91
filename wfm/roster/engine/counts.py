"""Convex costs on counts of agents: what ties the agents of a roster together, as arrays."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from wfm.roster.engine.covers import Covers
from wfm.roster.engine.rematch import lay_all, seek

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from wfm.roster.engine.covers import Servings

    Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Segments:
    """Convex costs as segments: row `row` costs `slope` per unit over `length` units after the first `first`."""

    row: Ints
    first: Ints
    length: Ints
    slope: Ints


@dataclass(frozen=True)
class Counts:
    """Convex costs on counts; a row is a set of intervals that the same shifts cover in the same way.

    Attributes
    ----------
    table
        Cost in ticks of row r at count v, shape (rows, most + 1); convex in v. Duties and servings, which are the last
        rows of all other arrays, cost nothing and are not in it.
    base
        Count that the tail of the previous roster already gives, shape (rows,).
    option, row, amount
        Parallel arrays: option `(queue x days + day) x templates + template` adds `amount` to the count of `row`;
        beyond the options of agents come the servings, each like an option.
    start
        `option` is sorted; entries of option o are `start[o]` to `start[o + 1]`.
    floor
        Count below which a hard floor is broken, shape (rows,); 0 where there is none.
    ceiling
        Count above which a hard ceiling is broken, shape (rows,); `NO_CEILING` where there is none.
    least
        Count that the agents cannot go below, shape (rows,): the base, less where some of them count against it.
    most
        Count that the agents cannot pass, shape (rows,); the costs beyond it only fill the table.
    servings
        Where agents choose their queue by the interval: an option that leaves a choice adds to duties. Duties and
        servings have no price.
    """

    table: Ints
    base: Ints
    option: Ints
    row: Ints
    amount: Ints
    start: Ints
    floor: Ints
    ceiling: Ints
    least: Ints
    most: Ints
    servings: Servings

    @cached_property
    def covers(self) -> Covers:
        """The arrays that the inner loops need."""
        return Covers(self.table, self.row, self.amount, self.start, self.servings)

    @cached_property
    def entries(self) -> int:
        """Number of entries of agents' options; those of servings come after them."""
        return int(self.start[self.servings.options])

    @cached_property
    def served(self) -> sparse.csr_array:
        """What each serving adds to the rows, and takes off its duty, shape (rows, servings)."""
        s = self.servings
        each = np.arange(len(s.duty))
        row = np.concatenate([self.row[self.entries :], self.duties[s.duty]])
        serving = np.concatenate([self.option[self.entries :] - s.options, each])
        amount = np.concatenate([self.amount[self.entries :], np.full(len(each), -1)])
        return sparse.csr_array((amount, (row, serving)), shape=(len(self.base), len(each)))

    @cached_property
    def duties(self) -> Ints:
        """The rows of duties, shape (duties,)."""
        return self.servings.rows + np.arange(len(self.servings.slot))

    @cached_property
    def segments(self) -> Segments:
        """The costs above count 0 as segments of equal slope, with the base count included."""
        slope = np.diff(self.table, axis=1)
        bend = np.ones(slope.shape, dtype=bool)
        bend[:, 1:] = slope[:, 1:] != slope[:, :-1]
        row, first = np.nonzero(bend)
        after = np.full(len(row), slope.shape[1])
        after[:-1][row[1:] == row[:-1]] = first[1:][row[1:] == row[:-1]]
        return Segments(row, first, after - first, slope[row, first])

    def cost(self, count: Ints) -> int:
        """Return the cost of counts, shape (rows,), in ticks."""
        rows = np.arange(self.servings.rows)
        return int(self.table[rows, count[rows]].sum())

    def marginal(self, count: Ints) -> Ints:
        """Return what one more agent on each option would change the cost by, shape (options,)."""
        worth = np.zeros(len(count), dtype=np.int64)
        path = np.empty((3, self.servings.at.shape[1]), dtype=np.int64)
        for duty, row in enumerate(self.duties.tolist()):
            worth[row], _ = seek(self.covers, count, duty, 1, path)
        change, plain = worth[self.row], self.row < self.servings.rows
        row, amount = self.row[plain], self.amount[plain]
        change[plain] = self.table[row, count[row] + amount] - self.table[row, count[row]]
        return self._sum(change)[: self.servings.options]

    def priced(self, price: Ints, more: Ints | None = None) -> Ints:
        """Return the price of each option from prices per unit of count, shape (rows,), and `more` per option."""
        whole = price.copy()
        whole[self.duties] = self._of_servings(price)[self.cheapest(price)]
        found = self._sum(whole[self.row] * self.amount)[: self.servings.options]
        return found if more is None else found + more

    def cheapest(self, price: Ints) -> Ints:
        """Return the serving of each duty that is cheapest at prices per unit of count, shape (duties,)."""
        each, s = self._of_servings(price), self.servings
        order = np.lexsort((each, s.duty))
        return np.asarray(order[s.first[:-1]], dtype=np.int64)

    def total(self, heads: Ints, price: Ints) -> Ints:
        """Return the counts that so many agents on each option add up to, each duty on its cheapest serving at prices.

        `heads` has shape (options,); nobody is left on the rows of duties.
        """
        mine = slice(self.entries)
        found = np.bincount(self.row[mine], heads[self.option[mine]] * self.amount[mine], minlength=len(self.base))
        if len(self.duties):
            on_duty = np.zeros(len(self.servings.duty))
            on_duty[self.cheapest(price)] = found[self.duties]
            found += self.served @ on_duty
        return self.base + found.astype(np.int64)

    def add(self, count: Ints, added: Ints, sign: int) -> None:
        """Add (sign 1) or take away (-1) what a line adds to rows and duties, and match agents and queues anew."""
        lay_all(self.covers, count, added, sign)

    def without_servings(self, count: Ints) -> Ints:
        """Return counts as if all agents on duties still had to be given a queue."""
        found = count.copy()
        last = len(count) - len(self.servings.duty)
        found[: self.servings.rows] -= (self.served @ count[last:])[: self.servings.rows]
        found[last:] = 0
        return found

    def felt(self, excess: Ints) -> Ints:
        """Return what each row costs, with duties for all that their servings count in."""
        found = np.append(excess, np.zeros(len(self.base) - len(excess), dtype=np.int64))
        entries = slice(self.entries, None)
        duty = self.servings.duty[self.option[entries] - self.servings.options]
        np.add.at(found, self.duties[duty], excess[self.row[entries]])
        return found

    def _of_servings(self, price: Ints) -> Ints:
        return self._sum(price[self.row] * self.amount)[self.servings.options :]

    def _sum(self, delta: Ints) -> Ints:
        total = np.zeros(len(self.start) - 1, dtype=np.int64)
        np.add.at(total, self.option, delta)
        return total

    def reached(self, option: int) -> Iterator[tuple[int, int]]:
        """Yield the rows that one agent on an option can count in, and how much, on whichever queue."""
        s = self.servings
        for row, amount in zip(*map(np.ndarray.tolist, self.of(option)), strict=True):
            if row < s.rows:
                yield row, amount
                continue
            for serving in range(*s.first[row - s.rows : row - s.rows + 2].tolist()):
                yield from zip(*map(np.ndarray.tolist, self.of(s.options + serving)), strict=True)

    def of(self, option: int) -> tuple[Ints, Ints]:
        """Return rows and amounts of one option."""
        span = slice(self.start[option], self.start[option + 1])
        return self.row[span], self.amount[span]


def bends(cost: Ints) -> tuple[int, list[tuple[int, int]]]:
    """Return the first slope of a convex cost by count, and every count after which it is steeper, with by how much."""
    slope = np.diff(cost)
    return int(slope[0]), [(n + 1, int(slope[n + 1] - slope[n])) for n in np.flatnonzero(np.diff(slope)).tolist()]
