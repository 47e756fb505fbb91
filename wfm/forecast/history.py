"""One queue's past as a matrix of days and intervals, keyed by the wall clock of the centre."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from wfm.domain.clock import DAY_MINUTES, dates
from wfm.domain.intervals import Grid, OpeningHours

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class QueueHistory:
    """Contacts of one queue on every date from `first`, by interval of the local day.

    Attributes
    ----------
    counts
        Shape (days, intervals of a day); NaN where nothing is known: a gap, or an hour skipped by a clock change. Two
        passes of an hour repeated in autumn count as their mean. 0 where closed.
    minutes
        Length of one interval.
    """

    first: date
    counts: FloatArray
    minutes: int
    zone: ZoneInfo
    opening: OpeningHours = OpeningHours.always()

    @classmethod
    def of(cls, offered: pd.Series[float], minutes: int, zone: ZoneInfo, opening: OpeningHours) -> QueueHistory:
        """Return the history of contacts by zone-aware interval start; the series holds at least one number."""
        known = offered.dropna()
        starts = pd.DatetimeIndex(known.index).tz_convert(zone)
        first, last = starts.min().date(), starts.max().date()
        counts = by_wall_clock(np.asarray(known, dtype=np.float64), starts, minutes, first, last)
        history = cls(first, counts, minutes, zone, opening)
        counts[~history.open] = 0.0
        return history

    @property
    def days(self) -> int:
        """Number of dates, gaps included."""
        return len(self.counts)

    @property
    def last(self) -> date:
        """The last date."""
        return self.first + timedelta(days=self.days - 1)

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """Every date from the first to the last."""
        return dates(self.first, self.last)

    @cached_property
    def open(self) -> BoolArray:
        """Whether each interval is open; shape (days, intervals of a day)."""
        return open_by_weekday(self.opening, self.minutes)[[d.weekday() for d in self.dates]]

    def until(self, last: date) -> QueueHistory:
        """Return the history up to and including a date."""
        return replace(self, counts=self.counts[: max(0, (last - self.first).days + 1)])

    def grid(self, first: date, last: date) -> Grid:
        """Return the grid of other dates with the same intervals, zone and opening hours."""
        return Grid(first, last, self.minutes, self.zone, self.opening)


def open_by_weekday(opening: OpeningHours, minutes: int) -> BoolArray:
    """Return whether each interval of the seven weekdays (Monday first) is open, spans past midnight included.

    An interval that is open for a part of its length is open. Shape (7, intervals of a day).
    """
    slots = DAY_MINUTES // minutes
    week = np.zeros(14 * slots, dtype=bool)
    for weekday, spans in enumerate(opening.spans * 2):
        for begin, end in spans:
            week[weekday * slots + begin // minutes : weekday * slots - (-end // minutes)] = True
    return (week[: 7 * slots] | week[7 * slots :]).reshape(7, slots)


def by_wall_clock(values: FloatArray, starts: pd.DatetimeIndex, minutes: int, first: date, last: date) -> FloatArray:
    """Return values by interval start as values by date and interval of the local day.

    Two passes of an hour repeated in autumn are averaged; NaN where there is no value. Shape (dates from `first` to
    `last`, intervals of a day).
    """
    row, column = _cells(starts, minutes, first)
    shape = (last - first).days + 1, DAY_MINUTES // minutes
    total, seen = np.zeros(shape), np.zeros(shape)
    np.add.at(total, (row, column), values)
    np.add.at(seen, (row, column), 1.0)
    mean: FloatArray = np.divide(total, seen, out=np.full(shape, np.nan), where=seen > 0)
    return mean


def on_grid(matrix: FloatArray, grid: Grid) -> FloatArray:
    """Return values by day and wall-clock interval as values by interval of the grid, 0 where closed.

    Parameters
    ----------
    matrix
        Shape (dates of the grid, intervals of a day).
    """
    cells = _cells(grid.starts, grid.minutes, grid.first)
    return np.where(grid.open, np.maximum(matrix[cells], 0.0), 0.0)


def _cells(starts: pd.DatetimeIndex, minutes: int, first: date) -> tuple[IntArray, IntArray]:
    """Return the day (0 is `first`) and the interval of the local day of each instant."""
    local = starts.tz_localize(None)
    day = np.asarray((local.normalize() - pd.Timestamp(first)).days, dtype=np.int64)
    return day, np.asarray((local.hour * 60 + local.minute) // minutes, dtype=np.int64)
