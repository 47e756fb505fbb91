"""Convex costs on counts of agents: what ties the agents of a roster together, as arrays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import gcd
from typing import TYPE_CHECKING

import numpy as np

from wfm.domain.roster import TICKS
from wfm.roster.model import HARD, NO_CEILING, Count, Tie

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from wfm.roster.engine.problem import LineProgram
    from wfm.roster.model import Model

    Ints = npt.NDArray[np.int64]
    Cell = tuple[int, int]
    """A day and a template."""

BEYOND = TICKS * 10**6
"""Ticks per unit of count that no number of agents can reach; fills the table of costs up to equal length."""
MISSING = 1000
"""Weight, while searching, of an agent missing from a hard floor or above a hard ceiling."""


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
    ceiling
        Count above which a hard ceiling is broken, shape (rows,); `NO_CEILING` where there is none.
    least
        Count that the agents cannot go below, shape (rows,): the base, less where some of them count against it.
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
    ceiling: Ints
    least: Ints
    most: Ints

    def cost(self, count: Ints) -> int:
        """Return the cost of counts, shape (rows,), in ticks."""
        return int(self.table[np.arange(len(count)), count].sum())

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
class Crews:
    """Agents told apart by the counts that count only some of them.

    An agent of crew c who serves queue q takes the options of place `c x queues + q`; without such counts all are of
    one crew and places are queues.

    Attributes
    ----------
    of
        Crew of each line.
    signs
        By crew, which of the groups its agents belong to.
    """

    groups: tuple[frozenset[str], ...]
    of: tuple[int, ...]
    signs: tuple[tuple[bool, ...], ...]
    queues: int

    def places(self, group: frozenset[str] | None, queues: Sequence[int]) -> list[int]:
        """Return the places that count for a group, None for everybody, on some queues."""
        at = None if group is None else self.groups.index(group)
        crews = [c for c, sign in enumerate(self.signs) if at is None or sign[at]]
        return [c * self.queues + q for c in crews for q in queues]

    def placed(self, lines: Sequence[LineProgram]) -> tuple[LineProgram, ...]:
        """Return the lines with places for queues."""
        if len(self.signs) <= 1:
            return tuple(lines)
        return tuple(
            replace(line, queues=tuple(tuple(crew * self.queues + q for q in day) for day in line.queues))
            for line, crew in zip(lines, self.of, strict=True)
        )


def crews(lines: Sequence[LineProgram], wanted: Sequence[Count | Tie], queues: int) -> Crews:
    """Return who has to be told apart for some counts."""
    groups = tuple(dict.fromkeys(group for count in wanted for group in count.groups))
    signs = [tuple(line.agent_id in group for group in groups) for line in lines]
    distinct = tuple(dict.fromkeys(signs)) or ((),)
    return Crews(groups, tuple(distinct.index(sign) for sign in signs), distinct, queues)


def compile_counts(model: Model, lines: Sequence[LineProgram], wanted: Sequence[Count | Tie], told: Crews) -> Counts:
    """Return the arrays of some counts over lines whose queues are places (see `Crews`)."""
    minutes = _minutes_per_interval(model)
    packer = _Packer(model, told)
    for count in wanted:
        if isinstance(count, Tie):
            packer.tie(count)
        else:
            packer.count(count, lines, minutes)
    return packer.packed()


class _Packer:
    """Collects rows."""

    def __init__(self, model: Model, told: Crews) -> None:
        self.model, self.told = model, told
        self.days, self.templates = len(model.days), len(model.codes)
        self.tables: list[Ints] = []
        self.bases: list[int] = []
        self.floors: list[int] = []
        self.ceilings: list[int] = []
        self.least: list[int] = []
        self.entries: list[tuple[int, int, int]] = []
        self.missing = MISSING * max(model.scales.values(), default=1)

    def count(self, count: Count, lines: Sequence[LineProgram], minutes: list[dict[Cell, int]]) -> None:
        """Add the rows of a count: one for all intervals with the same shifts."""
        places = self.told.places(count.agents, count.queues)
        served = sum(1 for line in lines if any(set(q) & set(places) for q in line.queues))
        for starts, intervals, base in _alike(self.model, count, minutes):
            unit = gcd(base, *(m for _, m in starts)) or 1
            per_agent = max((m for _, m in starts), default=0) * len({cell[0] for cell, _ in starts})
            most = (base + per_agent * served) // unit
            length = self.model.plan.settings.intervals.minutes
            self._row(
                _costs(count, intervals, unit, most, length, self.missing),
                base // unit,
                floor=_floor(count, intervals, unit, length),
                ceiling=_ceiling(count, intervals, unit, length),
            )
            self._take(places, {cell: m // unit for cell, m in starts})

    def tie(self, tie: Tie) -> None:
        """Add a row for every start: 1 without either agent, 2 when only the follower takes it."""
        cost = self.missing * TICKS if tie.weight == HARD else tie.weight * TICKS
        for day in tie.days:
            for template in range(self.templates):
                self._row(np.array([0, 0, cost], dtype=np.int64), 1, ceiling=1 if tie.weight == HARD else None, least=0)
                for agent, amount in ((tie.follower, 1), (tie.leader, -1)):
                    self._take(self.told.places(agent, range(self.told.queues)), {(day, template): amount})

    def _row(
        self, cost: Ints, base: int, *, floor: int = 0, ceiling: int | None = None, least: int | None = None
    ) -> None:
        self.tables.append(cost)
        self.bases.append(base)
        self.floors.append(floor)
        self.ceilings.append(NO_CEILING if ceiling is None else ceiling)
        self.least.append(base if least is None else least)

    def _take(self, places: Sequence[int], cells: dict[Cell, int]) -> None:
        row, options = len(self.tables) - 1, self.days * self.templates
        for (day, template), amount in cells.items():
            self.entries += [(p * options + day * self.templates + template, row, amount) for p in places]

    def packed(self) -> Counts:
        """Return the arrays."""
        width = max((len(t) for t in self.tables), default=1)
        beyond = max([BEYOND, *(int(t[-1] - t[-2]) for t in self.tables if len(t) > 1)])
        table = np.zeros((len(self.tables), width), dtype=np.int64)
        for r, costs in enumerate(self.tables):
            table[r, : len(costs)] = costs
            table[r, len(costs) :] = costs[-1] + beyond * np.arange(1, width - len(costs) + 1)
        entries = np.array(sorted(self.entries), dtype=np.int64).reshape(-1, 3)
        options = len(self.told.signs) * self.told.queues * self.days * self.templates
        return Counts(
            table=table,
            base=np.array(self.bases, dtype=np.int64),
            option=entries[:, 0].copy(),
            row=entries[:, 1].copy(),
            amount=entries[:, 2].copy(),
            start=np.searchsorted(entries[:, 0], np.arange(options + 1)).astype(np.int64),
            floor=np.array(self.floors, dtype=np.int64),
            ceiling=np.array(self.ceilings, dtype=np.int64),
            least=np.array(self.least, dtype=np.int64),
            most=np.array([len(t) - 1 for t in self.tables], dtype=np.int64),
        )


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
        if count.binds(at):
            groups.setdefault((base[at], *sorted(cells.items())), []).append(at)
    for intervals in groups.values():
        yield sorted(minutes[intervals[0]].items()), intervals, base[intervals[0]]


def _tail_minutes(model: Model, count: Count) -> list[int]:
    grid = model.plan.grid
    found = [0] * grid.size
    names = {model.queue_names[q] for q in count.queues}
    for assignment in model.tail.tail.values():
        counted = count.agents is None or assignment.agent_id in count.agents
        if counted and assignment.shift is not None and assignment.queue in names:
            for start, end in assignment.shift.on_queue():
                share = grid.share(start, end)
                for n, part in enumerate(share.part):
                    found[share.first + n] += round(float(part) * grid.minutes)
    return found


def _costs(count: Count, intervals: list[int], unit: int, most: int, length: int, missing: int) -> Ints:
    agents = np.arange(most + 1, dtype=np.int64) * (unit * TICKS // length)
    need = count.required[intervals][:, None] * (TICKS // 100)
    under, over = (missing if weight == HARD else weight for weight in (count.under, count.over))
    cost = under * np.maximum(need - agents, 0) + over * np.maximum(agents - need, 0)
    return np.asarray(cost.sum(axis=0), dtype=np.int64)


def _floor(count: Count, intervals: list[int], unit: int, length: int) -> int:
    if count.under != HARD:
        return 0
    return -(-int(count.required[intervals].max()) * length // (100 * unit))


def _ceiling(count: Count, intervals: list[int], unit: int, length: int) -> int | None:
    if count.over != HARD:
        return None
    return int(count.required[intervals].min()) * length // (100 * unit)
