"""The last day of the same kind, repeated."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np

from wfm.domain.clock import dates
from wfm.domain.text import Text
from wfm.forecast.base import Forecaster
from wfm.forecast.history import on_grid
from wfm.forecast.special import day_table

if TYPE_CHECKING:
    from wfm.domain.calendar import Calendar
    from wfm.domain.intervals import Grid
    from wfm.forecast.history import BoolArray, FloatArray, QueueHistory
    from wfm.forecast.special import DayTable, HolidayKey

SUNDAY = 6


class SeasonalNaive(Forecaster):
    """Each interval as on the last ordinary day of the same weekday for which the interval is known.

    A make-up workday is taken as the weekday it replaces. A holiday is as the last one of its name and class, else of
    its class, else as the last holiday, else as the last Sunday.
    """

    kind: ClassVar[str] = "seasonal_naive"
    phrase: ClassVar[Text] = Text(
        en="the last ordinary day of the same weekday, repeated",
        zh="重复最近一个相同星期的普通日",
    )

    skip_special: bool = True
    """Whether holidays, bridge days and 24 December to 1 January are left out; False is the plain weekly naive."""

    def predict(self, history: QueueHistory, calendar: Calendar, grid: Grid) -> FloatArray:
        """Return expected contacts per interval of the grid; see the base class."""
        past, future = day_table(history.dates, calendar), day_table(dates(grid.first, grid.last), calendar)
        wanted = past.normal | (not self.skip_special)
        weekday = np.array([_latest(history.counts, wanted & (past.weekday[:, k] == 1)) for k in range(7)])
        rows = future.weekday @ np.nan_to_num(weekday)
        for day in np.flatnonzero(future.holiday & self.skip_special):
            rows[day] = np.nan_to_num(_holiday(history.counts, past, future.keys[day], weekday[SUNDAY]))
        return on_grid(rows, grid)


def _latest(counts: FloatArray, wanted: BoolArray) -> FloatArray:
    """Return per interval the last known count among the wanted days; NaN where there is none."""
    latest = np.full(counts.shape[1], np.nan)
    for row in counts[wanted]:
        latest = np.where(np.isnan(row), latest, row)
    return latest


def _holiday(counts: FloatArray, past: DayTable, keys: tuple[HolidayKey, ...], sunday: FloatArray) -> FloatArray:
    classes = {day_class for _, day_class in keys}
    same = [bool(set(keys) & set(seen)) for seen in past.keys]
    alike = [any(day_class in classes for _, day_class in seen) for seen in past.keys]
    row = _latest(counts, np.array(same, dtype=bool))
    for fallback in (_latest(counts, np.array(alike, dtype=bool)), _latest(counts, past.holiday), sunday):
        row = np.where(np.isnan(row), fallback, row)
    return row
