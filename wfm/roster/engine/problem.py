"""The model as arrays: one small integer program per agent, and convex costs on counts that tie the agents together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import gcd
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from wfm.domain.roster import TICKS
from wfm.roster.model import HARD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from wfm.roster.model import Count, Line, Model, Row

    Ints = npt.NDArray[np.int64]
    Index = TypeVar("Index", int, npt.NDArray[np.signedinteger[Any]])

BEYOND = TICKS * 10**6
"""Ticks per unit of count that no number of agents can reach; fills the table of costs up to equal length."""
MISSING = 1000
"""Weight, while searching, of an agent missing from a hard floor."""


@dataclass(frozen=True)
class LineProgram:
    """One agent's variables, rows and costs; single-variable rows have become bounds.

    Attributes
    ----------
    low, high
        Bounds per variable, shape (variables,).
    cost
        Ticks per unit, shape (variables,).
    rows
        The remaining rows.
    queues
        Per day, the queues that may be served.
    templates
        Number of shift templates.
    """

    agent_id: str
    low: Ints
    high: Ints
    cost: Ints
    constant: int
    rows: tuple[Row, ...]
    queues: tuple[tuple[int, ...], ...]
    templates: int

    @cached_property
    def rows_of(self) -> tuple[tuple[int, ...], ...]:
        """For each variable, the indices of the rows that it is in."""
        found: list[list[int]] = [[] for _ in self.low]
        for at, row in enumerate(self.rows):
            for var, _ in row.terms:
                found[var].append(at)
        return tuple(map(tuple, found))

    @cached_property
    def helper_rows(self) -> dict[int, tuple[int, ...]]:
        """For each helper variable, the indices of the rows that it is in."""
        cells = len(self.queues) + self.templates * len(self.queues)
        found: dict[int, list[int]] = {v: [] for v in range(cells, len(self.low))}
        for at, row in enumerate(self.rows):
            for var, _ in reversed(row.terms):
                if var < cells:
                    break
                found[var].append(at)
        return {v: tuple(rows) for v, rows in found.items()}

    @cached_property
    def shape(self) -> tuple[object, ...]:
        """What two agents must share to be identical for the search."""
        rows = tuple((r.terms, r.low, r.high) for r in self.rows)
        return (self.low.tobytes(), self.high.tobytes(), self.cost.tobytes(), self.constant, rows, self.queues)

    @property
    def possible(self) -> bool:
        """Whether no bound already contradicts another."""
        return bool((self.low <= self.high).all())


def compile_line(line: Line, dropped: frozenset[str] = frozenset()) -> LineProgram:
    """Return the agent's program without the rows of the dropped rules."""
    low, high = np.zeros(len(line.high), dtype=np.int64), np.array(line.high, dtype=np.int64)
    rows = []
    for row in line.rows:
        if row.owner in dropped:
            continue
        if len(row.terms) <= 1:
            _bound(row, low, high)
        elif row.high == 0 and all(coef > 0 for _, coef in row.terms):
            high[[var for var, _ in row.terms]] = 0
        else:
            rows.append(row)
    return LineProgram(
        agent_id=line.agent.agent_id,
        low=low,
        high=high,
        cost=np.array(line.cost, dtype=np.int64),
        constant=line.constant,
        rows=tuple(rows),
        queues=tuple(tuple(q) for q in line.queues),
        templates=line.templates,
    )


def _bound(row: Row, low: Ints, high: Ints) -> None:
    """Turn a row over one variable, or none, into bounds."""
    if not row.terms:
        if (row.low or 0) > 0 or (row.high is not None and row.high < 0):
            low[0], high[0] = 1, 0
        return
    ((var, coef),) = row.terms
    lo, hi = (row.low, row.high) if coef > 0 else (row.high, row.low)
    if lo is not None:
        low[var] = max(low[var], -(-lo // coef) if coef > 0 else -(lo // -coef))
    if hi is not None:
        high[var] = min(high[var], hi // coef if coef > 0 else (-hi) // -coef)


@dataclass(frozen=True)
class Counts:
    """Convex costs on counts; a row is a set of intervals that the same shifts cover in the same way.

    Attributes
    ----------
    table
        Cost in ticks of row r at count v, shape (rows, most + 1); convex in v.
    base
        Count that the tail of the previous roster already gives, shape (rows,).
    option, row, amount
        Parallel arrays: option `(queue x days + day) x templates + template` adds `amount` to the count of `row`.
    start
        `option` is sorted; entries of option o are `start[o]` to `start[o + 1]`.
    floor
        Count below which a hard floor is broken, shape (rows,); 0 where there is none.
    most
        Count that the agents cannot pass, shape (rows,); the costs beyond it only fill the table.
    """

    table: Ints
    base: Ints
    option: Ints
    row: Ints
    amount: Ints
    start: Ints
    floor: Ints
    most: Ints

    def cost(self, count: Ints) -> int:
        """Return the cost of counts, shape (rows,), in ticks."""
        return int(self.table[np.arange(len(count)), count].sum())

    def missing(self, count: Ints) -> int:
        """Return by how much the hard floors are missed."""
        return int(np.maximum(self.floor - count, 0).sum())

    def marginal(self, count: Ints) -> Ints:
        """Return what one more agent on each option would change the cost by, shape (options,)."""
        now = count[self.row]
        return self._sum(self.table[self.row, now + self.amount] - self.table[self.row, now])

    def priced(self, price: Ints) -> Ints:
        """Return the price of each option from prices per unit of count, shape (rows,)."""
        return self._sum(price[self.row] * self.amount)

    def _sum(self, delta: Ints) -> Ints:
        total = np.zeros(len(self.start) - 1, dtype=np.int64)
        np.add.at(total, self.option, delta)
        return total

    def of(self, option: int) -> tuple[Ints, Ints]:
        """Return rows and amounts of one option."""
        span = slice(self.start[option], self.start[option + 1])
        return self.row[span], self.amount[span]


def bends(cost: Ints) -> tuple[int, list[tuple[int, int]]]:
    """Return the first slope of a convex cost by count, and every count after which it is steeper, with by how much."""
    slope = np.diff(cost)
    return int(slope[0]), [(n + 1, int(slope[n + 1] - slope[n])) for n in np.flatnonzero(np.diff(slope)).tolist()]


@dataclass(frozen=True)
class Problem:
    """All lines and the counts between them."""

    model: Model
    lines: tuple[LineProgram, ...]
    counts: Counts
    days: int
    templates: int
    queues: int

    def option(self, queue: Index, day: Index, template: Index) -> Index:
        """Return the index of an option, or of many."""
        at: Index = (queue * self.days + day) * self.templates + template
        return at

    def options(self, price: Ints) -> npt.NDArray[np.float64]:
        """Return the price of every option, shape (queues, days, templates), from prices per unit of count."""
        table = self.counts.priced(price).reshape(self.queues, self.days, self.templates)
        return np.asarray(table, dtype=np.float64)

    def cell(self, day: int, template: int) -> int:
        """Return the index of the variable that starts a template on a day."""
        return self.days + day * self.templates + template

    @cached_property
    def unit(self) -> int:
        """Greatest common divisor of all costs: objectives are whole multiples of it above `constant`."""
        found = 0
        for line in self.lines:
            found = gcd(found, int(np.gcd.reduce(line.cost)))
        steps = np.diff(self.counts.table, axis=1)
        bends = steps[:, 1:][steps[:, 1:] != steps[:, :-1]]
        return gcd(found, int(np.gcd.reduce(steps[:, :1], axis=None)), int(np.gcd.reduce(bends))) or 1

    @cached_property
    def constant(self) -> int:
        """Ticks that no roster can change."""
        return sum(line.constant for line in self.lines) + int(self.counts.table[:, 0].sum())

    def round_up(self, bound: float) -> int:
        """Return the smallest objective a roster can have that is not below a bound in ticks."""
        return self.constant - ((self.constant - int(np.ceil(bound - 1e-6))) // self.unit) * self.unit


def compile_problem(
    model: Model, lines: Sequence[LineProgram] | None = None, counts: Sequence[Count] | None = None
) -> Problem:
    """Return the arrays of a model, or of some of its lines and counts."""
    programs = tuple(lines) if lines is not None else tuple(compile_line(line) for line in model.lines.values())
    return Problem(
        model=model,
        lines=programs,
        counts=_compile_counts(model, programs, model.counts if counts is None else counts),
        days=len(model.days),
        templates=len(model.codes),
        queues=len(model.queue_names),
    )


def _compile_counts(model: Model, lines: tuple[LineProgram, ...], wanted: Sequence[Count]) -> Counts:
    minutes = _minutes_per_interval(model)
    days, templates = len(model.days), len(model.codes)
    tables, bases, floors, entries = [], [], [], []
    for count in wanted:
        served = sum(1 for line in lines if any(set(q) & set(count.queues) for q in line.queues))
        for starts, intervals, base in _alike(model, count, minutes):
            unit = gcd(base, *(m for _, m in starts)) or 1
            per_agent = max((m for _, m in starts), default=0) * len({cell[0] for cell, _ in starts})
            most = (base + per_agent * served) // unit
            tables.append(_costs(count, intervals, unit, most, model))
            bases.append(base // unit)
            floors.append(_floor(count, intervals, unit, model.plan.settings.intervals.minutes))
            row = len(tables) - 1
            entries += [((q * days + d) * templates + k, row, m // unit) for (d, k), m in starts for q in count.queues]
    return _pack(tables, bases, floors, entries, len(model.queue_names) * days * templates)


def _minutes_per_interval(model: Model) -> list[dict[tuple[int, int], int]]:
    """Return, per interval, the minutes that each (day, template) is on the queue in it."""
    grid = model.plan.grid
    found: list[dict[tuple[int, int], int]] = [{} for _ in range(grid.size)]
    for d, day in enumerate(model.days):
        for k, code in enumerate(model.codes):
            for start, end in model.plan.shifts[code, day].on_queue():
                share = grid.share(start, end)
                for n, part in enumerate(share.part):
                    at = found[share.first + n]
                    at[d, k] = at.get((d, k), 0) + round(float(part) * grid.minutes)
    return found


def _alike(
    model: Model, count: Count, minutes: list[dict[tuple[int, int], int]]
) -> Iterator[tuple[list[tuple[tuple[int, int], int]], list[int], int]]:
    """Yield groups of intervals with the same shifts: (cells with minutes, intervals, minutes from the tail)."""
    base = _tail_minutes(model, count)
    groups: dict[tuple[object, ...], list[int]] = {}
    for at, cells in enumerate(minutes):
        if count.under != HARD or count.required[at] > 0:
            groups.setdefault((base[at], *sorted(cells.items())), []).append(at)
    for intervals in groups.values():
        yield sorted(minutes[intervals[0]].items()), intervals, base[intervals[0]]


def _tail_minutes(model: Model, count: Count) -> list[int]:
    grid = model.plan.grid
    found = [0] * grid.size
    names = {model.queue_names[q] for q in count.queues}
    for assignment in model.tail.tail.values():
        if assignment.shift is not None and assignment.queue in names:
            for start, end in assignment.shift.on_queue():
                share = grid.share(start, end)
                for n, part in enumerate(share.part):
                    found[share.first + n] += round(float(part) * grid.minutes)
    return found


def _costs(count: Count, intervals: list[int], unit: int, most: int, model: Model) -> Ints:
    length = model.plan.settings.intervals.minutes
    missing = MISSING * max(model.scales.values(), default=1)
    agents = np.arange(most + 1, dtype=np.int64) * (unit * TICKS // length)
    need = count.required[intervals][:, None] * (TICKS // 100)
    under = missing if count.under == HARD else count.under
    cost = under * np.maximum(need - agents, 0) + count.over * np.maximum(agents - need, 0)
    return np.asarray(cost.sum(axis=0), dtype=np.int64)


def _floor(count: Count, intervals: list[int], unit: int, length: int) -> int:
    if count.under != HARD:
        return 0
    return -(-int(count.required[intervals].max()) * length // (100 * unit))


def _pack(
    tables: list[Ints], bases: list[int], floors: list[int], entries: list[tuple[int, int, int]], options: int
) -> Counts:
    width = max((len(t) for t in tables), default=1)
    beyond = max([BEYOND, *(int(t[-1] - t[-2]) for t in tables if len(t) > 1)])
    table = np.zeros((len(tables), width), dtype=np.int64)
    for r, costs in enumerate(tables):
        table[r, : len(costs)] = costs
        table[r, len(costs) :] = costs[-1] + beyond * np.arange(1, width - len(costs) + 1)
    packed = np.array(sorted(entries), dtype=np.int64).reshape(-1, 3)
    start = np.searchsorted(packed[:, 0], np.arange(options + 1))
    return Counts(
        table=table,
        base=np.array(bases, dtype=np.int64),
        option=packed[:, 0].copy(),
        row=packed[:, 1].copy(),
        amount=packed[:, 2].copy(),
        start=start.astype(np.int64),
        floor=np.array(floors, dtype=np.int64),
        most=np.array([len(t) - 1 for t in tables], dtype=np.int64),
    )
