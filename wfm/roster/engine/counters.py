"""Sums over the days of a line, in as few different values as they need."""

from __future__ import annotations

from dataclasses import dataclass
from math import gcd
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]
    Flags = npt.NDArray[np.bool_]


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
    """

    off: Ints
    work: Ints
    after_off: Ints
    low: int
    high: int
    cost: Ints
    rows: tuple[int, ...]

    @property
    def size(self) -> int:
        """Number of values that have to be told apart."""
        return self.high + 1

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
