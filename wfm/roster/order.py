"""The order of `[goals] order`, made exact inside one weighted sum.

The costs of each level are multiplied by a factor so large that the smallest difference in them outweighs the largest
total that all later levels can reach. The best roster by the weighted sum is then the best by the first level, among
those the best by the second, and so on, and one bound proves it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from math import gcd
from typing import TYPE_CHECKING

from wfm.domain.errors import SettingsError
from wfm.domain.roster import TICKS
from wfm.domain.text import Text
from wfm.roster.model import Model, Tie

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wfm.domain.plan import Plan
    from wfm.domain.shifts import Shift
    from wfm.roster.book import RuleBook
    from wfm.roster.model import Count, Line, Row

LARGEST = 2**50
"""Largest total in ticks: whole numbers of this size are still exact where the search works in floating point."""


@dataclass(frozen=True, slots=True)
class Level:
    """Goals and soft rules that are weighed against each other."""

    kinds: tuple[str, ...]
    step: int
    """Ticks that divide the difference between the costs of any two rosters."""
    ceiling: int
    """Ticks that no roster exceeds."""


def scales(plan: Plan, book: RuleBook) -> Mapping[str, int]:
    """Return by kind what the costs of goals and soft rules are multiplied by; empty without an order.

    Raises
    ------
    SettingsError
        When the largest total would be above `LARGEST` ticks.
    """
    goals = plan.settings.goals
    levels = [_measured(plan, book, kinds) for kinds in _split(goals.order, book.priced)]
    found, total = factors(levels, goals.order_step)
    if total > LARGEST:
        steps = (10**n for n in range(12) if factors(levels, 10**n)[1] <= LARGEST)
        said = ", ".join(f"{kind} x {found[kind]:,}" for kind in goals.order if kind in found)
        raise SettingsError(_TOO_LARGE.fill(factors=said, total=total, largest=LARGEST, step=next(steps, "-")))
    return found


def factors(levels: Sequence[Level], least: int) -> tuple[dict[str, int], int]:
    """Return the factor of every kind, and the largest total in ticks.

    Parameters
    ----------
    levels
        The most important first.
    least
        Difference in units of weight from which on nothing later may outweigh it; 0 is every difference.
    """
    found: dict[str, int] = {}
    total = 0
    for level in reversed(levels):
        factor = total // max(level.step, least * TICKS) + 1 if level.ceiling else 1
        found |= dict.fromkeys(level.kinds, factor)
        total += factor * level.ceiling
    return found, total


def _split(order: Sequence[str], priced: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the kinds level by level, those that nobody named last; no level without an order."""
    named = [(kind,) for kind in order if kind in priced]
    return [*named, tuple(kind for kind in priced if kind not in order)] if named else []


def _measured(plan: Plan, book: RuleBook, kinds: tuple[str, ...]) -> Level:
    model = Model(plan)
    book.only(kinds).post(model)
    return Level(kinds, smallest_step(model), ceiling(model))


def ceiling(model: Model) -> int:
    """Return a total in ticks that no roster exceeds, by what is charged in a model."""
    longest = [max((sum(_on_queue(model, s)) for s in shifts), default=0) for shifts in _shifts_by_day(model)]
    counts = sum(_count_ceiling(model, count, longest) for count in model.counts if not count.hard)
    return counts + sum(_line_ceiling(model, line) for line in model.lines.values())


def smallest_step(model: Model) -> int:
    """Return a number of ticks that divides the difference between the costs of any two rosters; at least 1."""
    found = gcd(*chain.from_iterable(line.cost for line in model.lines.values()))
    shifts = chain(*_shifts_by_day(model), (cell.shift for cell in model.tail.tail.values() if cell.shift is not None))
    agent = gcd(*chain.from_iterable(_on_queue(model, shift) for shift in shifts)) * TICKS // model.plan.grid.minutes
    for count in model.counts:
        if isinstance(count, Tie):
            found = gcd(found, 0 if count.hard else count.weight * TICKS)
        elif not count.hard:
            between = (count.under + count.over) * TICKS // 100
            needs = (between * need for need in set(count.required.tolist()))
            found = gcd(found, count.under * agent, count.over * agent, *needs)
    return found or 1


def _shifts_by_day(model: Model) -> list[list[Shift]]:
    return [[model.plan.shifts[code, day] for code in model.codes] for day in model.days]


def _on_queue(model: Model, shift: Shift) -> list[int]:
    """Return the minutes that a shift is on the queue in each interval of the grid that it touches."""
    grid = model.plan.grid
    spans = (grid.share(start, end).part for start, end in shift.on_queue())
    return [round(float(part) * grid.minutes) for parts in spans for part in parts]


def _count_ceiling(model: Model, count: Count | Tie, longest: Sequence[int]) -> int:
    """Return the cost of nobody there plus that of everybody who can be, each day on its longest shift."""
    if isinstance(count, Tie):
        return count.weight * TICKS * len(count.days)
    names = {model.queue_names[q] for q in count.queues}
    minutes = sum(
        longest[day]
        for line in model.lines.values()
        for day, queues in enumerate(line.queues)
        if not names.isdisjoint(model.queue_names[q] for q in queues)
    )
    before = (cell for cell in model.tail.tail.values() if cell.queue in names)
    minutes += sum(sum(_on_queue(model, cell.shift)) for cell in before if cell.shift is not None)
    need = int(count.required.sum()) * TICKS // 100
    return count.under * need + count.over * minutes * TICKS // model.plan.grid.minutes


def _line_ceiling(model: Model, line: Line) -> int:
    """Return the dearest cell of every day plus the dearest that the rows can force each helper to be."""
    day_of = _days_of_cells(model)
    dearest = dict.fromkeys(day_of, -(2**62))
    for day, cost in zip(day_of, line.cost, strict=False):
        dearest[day] = max(dearest[day], cost)
    forced = dict.fromkeys(range(len(day_of), len(line.high)), 0)
    for row in line.rows:
        for var, coef in row.terms:
            if var in forced and line.cost[var] > 0:
                forced[var] = max(forced[var], _force(row, var, coef, line.high, day_of))
    helpers = sum(max(0, line.cost[var]) * min(line.high[var], most) for var, most in forced.items())
    return line.constant + sum(dearest.values()) + helpers


def _days_of_cells(model: Model) -> list[int]:
    """Return the day of every variable that is a cell, in the order of the variables; each day has one cell at 1."""
    days = range(len(model.days))
    return [*days, *(day for day in days for _ in model.codes)]


def _force(row: Row, var: int, coef: int, high: Sequence[int], day_of: Sequence[int]) -> int:
    """Return the least value of a helper that satisfies a row whatever the others are; 0 where it does not help."""
    bound, sign = (row.high, 1) if coef < 0 else (row.low, -1)
    if bound is None:
        return 0
    worst: dict[int, int] = {}
    for other, factor in row.terms:
        if other >= len(day_of):
            worst[-other] = max(0, sign * factor) * high[other] if other != var else 0
        else:
            worst[day_of[other]] = max(worst.get(day_of[other], 0), sign * factor)
    return max(0, -((sign * bound - sum(worst.values())) // abs(coef)))


_TOO_LARGE = Text(
    en="[goals] order cannot be kept to the last digit here: it takes the factors {factors}, and the largest total"
    " would be {total:.1e} ticks, above {largest:.1e}. Write order_step = {step}, so that only differences of that many"
    " units of weight are put in order, name fewer kinds, or set weights that matter little to 0",
    zh="[goals] order 在此无法逐位精确执行：所需系数为 {factors}，总代价最大可达 {total:.1e} 个计量单位，"
    "超过 {largest:.1e}。可写 order_step = {step}（仅对不小于该权重单位的差异排序）、减少 order 中的名称，"
    "或将次要权重设为 0",
)
