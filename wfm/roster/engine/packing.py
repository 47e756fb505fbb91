"""Counts of a model packed into arrays: one row for all intervals in which the same shifts count in the same way."""

from __future__ import annotations

from math import gcd
from typing import TYPE_CHECKING

import numpy as np

from wfm.domain.roster import TICKS
from wfm.roster.engine.counts import Counts
from wfm.roster.engine.servings import Offers
from wfm.roster.model import HARD, NO_CEILING, Count, Tie

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from wfm.roster.engine.crews import Crews
    from wfm.roster.engine.problem import LineProgram
    from wfm.roster.model import Model

    Ints = npt.NDArray[np.int64]
    Cell = tuple[int, int]
    """A day and a template."""

BEYOND = TICKS * 10**6
"""Ticks per unit of count that no number of agents can reach; fills the table of costs up to equal length."""
MISSING = 1000
"""Weight, while searching, of an agent missing from a hard floor or above a hard ceiling."""


def compile_counts(model: Model, lines: Sequence[LineProgram], wanted: Sequence[Count | Tie], told: Crews) -> Counts:
    """Return the arrays of some counts over lines whose queues are places (see `Crews`)."""
    minutes = _minutes_per_interval(model)
    packer = _Packer(model, told)
    apart = _told_apart(model, wanted) if told.choosing else [0] * len(minutes)
    for count in wanted:
        if isinstance(count, Tie):
            packer.tie(count)
        else:
            packer.count(count, lines, minutes, apart)
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
        self.offers = Offers(told, (self.days, self.templates), model.plan.grid.size)
        self.missing = MISSING * max(model.scales.values(), default=1)

    def count(
        self, count: Count, lines: Sequence[LineProgram], minutes: list[dict[Cell, int]], apart: Sequence[object]
    ) -> None:
        """Add the rows of a count: one for all intervals with the same shifts that are not told apart."""
        places = self.told.places(count.agents, count.queues)
        served = sum(1 for line in lines if any(set(q) & set(places) for q in line.queues))
        for starts, intervals, base in _alike(self.model, count, minutes, apart):
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
            if not self.told.parts(count.queues):
                self._take(places, {cell: m // unit for cell, m in starts})
                continue
            for place in places:
                self.offers.add(place, count.queues, intervals, dict(starts), len(self.tables) - 1, unit)

    def tie(self, tie: Tie) -> None:
        """Add a row for every start: 1 without either agent, 2 when only the follower takes it."""
        cost = self.missing * TICKS if tie.weight == HARD else tie.weight * TICKS
        everywhere = range(len(self.model.queue_names))
        for day in tie.days:
            for template in range(self.templates):
                self._row(np.array([0, 0, cost], dtype=np.int64), 1, ceiling=1 if tie.weight == HARD else None, least=0)
                for agent, amount in ((tie.follower, 1), (tie.leader, -1)):
                    self._take(self.told.places(agent, everywhere), {(day, template): amount})

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
        rows = len(self.tables)
        servings, offered = self.offers.packed(rows, len(self.model.queue_names))
        free = len(servings.slot) + len(servings.duty)
        width = max((len(t) for t in self.tables), default=1)
        beyond = max([BEYOND, *(int(t[-1] - t[-2]) for t in self.tables if len(t) > 1)])
        table = np.zeros((rows, width), dtype=np.int64)
        for r, costs in enumerate(self.tables):
            table[r, : len(costs)] = costs
            table[r, len(costs) :] = costs[-1] + beyond * np.arange(1, width - len(costs) + 1)
        entries = np.array(sorted([*self.entries, *offered]), dtype=np.int64).reshape(-1, 3)
        options = np.arange(servings.options + len(servings.duty) + 1)
        none = [0] * free
        return Counts(
            table=table,
            base=np.array(self.bases + none, dtype=np.int64),
            option=entries[:, 0].copy(),
            row=entries[:, 1].copy(),
            amount=entries[:, 2].copy(),
            start=np.searchsorted(entries[:, 0], options).astype(np.int64),
            floor=np.array(self.floors + none, dtype=np.int64),
            ceiling=np.array([*self.ceilings, *[NO_CEILING] * free], dtype=np.int64),
            least=np.array(self.least + none, dtype=np.int64),
            most=np.array([*(len(t) - 1 for t in self.tables), *none], dtype=np.int64),
            servings=servings,
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
    model: Model, count: Count, minutes: list[dict[Cell, int]], apart: Sequence[object]
) -> Iterator[tuple[list[tuple[Cell, int]], list[int], int]]:
    """Yield groups of intervals with the same shifts that are not told apart.

    Each is (cells with minutes, intervals, minutes from the tail).
    """
    base = _tail_minutes(model, count)
    groups: dict[tuple[object, ...], list[int]] = {}
    for at, cells in enumerate(minutes):
        if count.binds(at):
            groups.setdefault((apart[at], base[at], *sorted(cells.items())), []).append(at)
    for intervals in groups.values():
        yield sorted(minutes[intervals[0]].items()), intervals, base[intervals[0]]


def _told_apart(model: Model, wanted: Sequence[Count | Tie]) -> list[tuple[object, ...]]:
    """Return for each interval what all counts need and have in it: where that differs, so may what agents serve."""
    counts = [count for count in wanted if isinstance(count, Count)]
    needs = [count.required.tolist() for count in counts]
    return list(zip(*needs, *(_tail_minutes(model, count) for count in counts), strict=True))


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
