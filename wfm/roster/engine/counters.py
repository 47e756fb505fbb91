"""Sums over the days of a line, in as few different values as they need."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import gcd
from typing import TYPE_CHECKING

import numpy as np

from wfm.roster.engine.kernel import FAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]
    Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Counter:
    """A sum over the days of a line, never negative, with limits and a cost.

    Attributes
    ----------
    off, work
        What a day off and the start of a template add, shapes (days,) and (days, templates).
    after_off
        What the start of any template adds on top when the day before is off, shape (days,).
    low, high
        Limits that must hold.
    cost
        Ticks at each value from 0 to the largest that can be reached.
    rows
        Indices of the program's rows that the counter stands for.
    caps
        Largest value after each day, shape (days,); None where only `high` holds, at the end.
    """

    off: Ints
    work: Ints
    after_off: Ints
    low: int
    high: int
    cost: Ints
    rows: tuple[int, ...]
    caps: Ints | None = None

    @property
    def size(self) -> int:
        """Number of values that have to be told apart."""
        return self.high + 1

    @property
    def day(self) -> int | None:
        """The only day that can add something, whatever the day before was; None where there are more."""
        days = np.flatnonzero((self.off > 0) | (self.work > 0).any(axis=1))
        return int(days[0]) if len(days) == 1 and not self.after_off.any() and self.caps is None else None

    @property
    def whole_cost(self) -> Floats:
        """Ticks at each value, `FAR` where a limit that must hold is broken."""
        value = np.arange(len(self.cost))
        return np.where((value < self.low) | (value > self.high), FAR, self.cost)

    @property
    def hard(self) -> bool:
        """Whether a limit must hold."""
        return self.low > 0 or self.high < len(self.cost) - 1


@dataclass(frozen=True)
class Side:
    """Limits of a sum; `cost` in ticks for every unit beyond, 0 when they must hold."""

    low: int | None
    high: int | None
    cost: int


def counter_of(
    off: Ints,
    work: Ints,
    closed: Flags,
    always_on: Flags,
    sides: Sequence[Side],
    rows: tuple[int, ...],
) -> Counter | None:
    """Return the counter with additions from 0 up in its largest unit, forwards or backwards, whichever is smaller."""
    far = np.iinfo(np.int64).max // 4
    open_work = np.where(closed, far, work)
    least = np.minimum(np.where(always_on, far, off), open_work.min(axis=1))
    most = np.maximum(np.where(always_on, -far, off), np.where(closed, -far, work).max(axis=1))
    unit = 0
    for d in range(len(off)):
        steps = [int(off[d] - least[d])] * (not always_on[d]) + (work[d] - least[d])[~closed[d]].tolist()
        unit = gcd(unit, *steps)
    unit = unit or 1
    base, reach = int(least.sum()), int((most - least).sum()) // unit
    hard = [s for s in sides if s.cost == 0]
    low = max([0, *(-(-(s.low - base) // unit) for s in hard if s.low is not None)])
    high = min([reach, *((s.high - base) // unit for s in hard if s.high is not None)])
    if low > high:
        return None
    value = base + unit * np.arange(reach + 1)
    cost = np.zeros(reach + 1, dtype=np.int64)
    for side in sides:
        if side.cost and side.low is not None:
            cost += side.cost * np.maximum(side.low - value, 0)
        if side.cost and side.high is not None:
            cost += side.cost * np.maximum(value - side.high, 0)
    none = np.zeros(len(off), dtype=np.int64)
    if reach - low < high:
        down_off, down_work = (most - off) // unit, (most[:, None] - work) // unit
        return Counter(
            np.where(always_on, 0, down_off),
            np.where(closed, 0, down_work),
            none,
            reach - high,
            reach - low,
            cost[::-1].copy(),
            rows,
        )
    up_off, up_work = (off - least) // unit, (work - least[:, None]) // unit
    return Counter(np.where(always_on, 0, up_off), np.where(closed, 0, up_work), none, low, high, cost, rows)


def nested(counters: Sequence[Counter]) -> list[Counter]:
    """Return the counters without those that another one counts on its way: they become caps on its days.

    A sum over the first days of another sum, with nothing but an upper limit, is the value of the other after these
    days. Means over weeks that began before the period, and hours from month to month, are such sums.
    """
    found: list[Counter] = []
    for counter in sorted(counters, key=_length, reverse=True):
        at = next((n for n, longer in enumerate(found) if _begins(counter, longer)), None)
        if at is None:
            found.append(counter)
        else:
            found[at] = _capped(found[at], counter)
    return sorted(found, key=lambda c: c.rows[0])


def _capped(counter: Counter, beginning: Counter) -> Counter:
    """Return a counter that is kept to the limit of a beginning of it on the days of that."""
    caps = np.full(len(counter.off), counter.high) if counter.caps is None else counter.caps.copy()
    first = slice(_length(beginning))
    caps[first] = np.minimum(caps[first], beginning.high)
    return replace(counter, caps=caps, rows=(*counter.rows, *beginning.rows))


def _length(counter: Counter) -> int:
    """Return the number of days up to the last that can add something."""
    adds = (counter.off > 0) | (counter.work > 0).any(axis=1) | (counter.after_off > 0)
    return int(np.flatnonzero(adds).max(initial=-1)) + 1


def _begins(counter: Counter, longer: Counter) -> bool:
    """Return whether a counter with nothing but an upper limit is the beginning of another one."""
    if counter.low > 0 or counter.cost.any() or counter.caps is not None or longer.after_off.any():
        return False
    first = slice(_length(counter))
    same = (counter.off[first] == longer.off[first]).all() and (counter.work[first] == longer.work[first]).all()
    return bool(same and not counter.after_off.any())
