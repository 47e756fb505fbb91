"""What an analyst's sheet does: the mean of the latest weeks, holidays by a ratio."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from wfm.domain.clock import dates
from wfm.domain.text import Text
from wfm.forecast.base import Forecaster
from wfm.forecast.history import on_grid
from wfm.forecast.special import day_table

if TYPE_CHECKING:
    from wfm.domain.calendar import Calendar
    from wfm.domain.intervals import Grid
    from wfm.forecast.history import BoolArray, FloatArray, QueueHistory
    from wfm.forecast.special import DayTable


class AnalystMean(Forecaster):
    """Each interval as the mean of the last ordinary days of the same weekday.

    A holiday is that mean times the ratio that all past holidays had to the mean of their weekdays.
    """

    kind: ClassVar[str] = "analyst_mean"
    phrase: ClassVar[Text] = Text(
        en="mean of the last ordinary weeks per weekday and interval, holidays by a ratio",
        zh="按星期和时段取最近几个普通周的平均值，节假日按比例折算",
    )

    weeks: int = Field(default=6, ge=1)
    """Ordinary days of each weekday that are averaged."""

    def predict(self, history: QueueHistory, calendar: Calendar, grid: Grid) -> FloatArray:
        """Return expected contacts per interval of the grid; see the base class."""
        rows = self.weekday_rows(history, calendar, grid)
        future = day_table(dates(grid.first, grid.last), calendar)
        rows[future.holiday] *= _holiday_ratio(history.counts, day_table(history.dates, calendar))
        return on_grid(rows, grid)

    def weekday_rows(self, history: QueueHistory, calendar: Calendar, grid: Grid) -> FloatArray:
        """Return the mean of each date's weekday, holidays like any day; shape (dates, intervals of a day)."""
        past, future = day_table(history.dates, calendar), day_table(dates(grid.first, grid.last), calendar)
        ordinary = [past.normal & (past.weekday[:, k] == 1) for k in range(7)]
        weekday = np.array([_latest_mean(history.counts, days, self.weeks) for days in ordinary])
        rows: FloatArray = future.weekday @ weekday
        return rows


def _latest_mean(counts: FloatArray, wanted: BoolArray, most: int) -> FloatArray:
    """Return per interval the mean over the last wanted days of which anything is known; 0 where there is none."""
    known = wanted & ~np.isnan(counts).all(axis=1)
    return _mean(counts[np.flatnonzero(known)[-most:]])


def _holiday_ratio(counts: FloatArray, past: DayTable) -> float:
    """Return the volume of past holidays over that of ordinary days of their weekdays; 1 when there was none."""
    weekday = np.array([_mean(counts[past.normal & (past.weekday[:, k] == 1)]) for k in range(7)])
    seen = ~np.isnan(counts) & past.holiday[:, None]
    usual = float((past.weekday @ weekday)[seen].sum())
    return float(counts[seen].sum()) / usual if usual > 0 else 1.0


def _mean(rows: FloatArray) -> FloatArray:
    known = ~np.isnan(rows)
    total, seen = np.where(known, rows, 0.0).sum(axis=0), known.sum(axis=0)
    mean: FloatArray = np.divide(total, seen, out=np.zeros(rows.shape[1]), where=seen > 0)
    return mean
