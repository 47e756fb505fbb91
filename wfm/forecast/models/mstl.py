"""Several seasons taken off one after the other (MSTL), the rest by exponential smoothing: needs statsforecast."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from wfm.domain.clock import dates
from wfm.domain.text import Text
from wfm.forecast.base import Forecaster
from wfm.forecast.history import on_grid
from wfm.forecast.models.analyst_mean import AnalystMean
from wfm.forecast.special import day_table
from wfm.forecast.weeks import enough, open_weekdays, recent_days

if TYPE_CHECKING:
    from wfm.domain.calendar import Calendar
    from wfm.domain.intervals import Grid
    from wfm.forecast.history import FloatArray, QueueHistory


LEAST_WEEKS = 4
"""Weeks of history that it needs."""


class Mstl(Forecaster):
    """The latest weeks as one long series with a daily and a weekly season; it knows no holidays.

    With less than four weeks of history, or contacts on less than half of the days, it is the six-week mean.
    """

    kind: ClassVar[str] = "mstl"
    phrase: ClassVar[Text] = Text(
        en="daily and weekly seasons by MSTL, trend by AutoETS (library statsforecast)",
        zh="用 MSTL 分解日、周季节性，趋势由 AutoETS 预测（需安装 statsforecast）",
    )
    library: ClassVar[str | None] = "statsforecast"

    weeks: int = Field(default=10, ge=4)
    """Latest weeks that are learnt from."""

    def predict(self, history: QueueHistory, calendar: Calendar, grid: Grid) -> FloatArray:
        """Return expected contacts per interval of the grid; see the base class."""
        future = day_table(dates(grid.first, grid.last), calendar)
        weekdays = open_weekdays(history)
        rows = np.zeros((len(future.holiday), history.counts.shape[1]))
        past = recent_days(history, weekdays, self.weeks)
        if not enough(past, LEAST_WEEKS * len(weekdays)):
            return AnalystMean().predict(history, calendar, grid)
        used = past.any(axis=0)
        days = np.isin([d.weekday() for d in dates(grid.first, grid.last)], weekdays)
        if used.any() and days.any():
            rows[np.ix_(days, used)] = self._expected(past[:, used], int(days.sum()), len(weekdays))
        return on_grid(rows, grid)

    def _expected(self, past: FloatArray, days: int, week: int) -> FloatArray:
        models = import_module("statsforecast.models")
        slots = past.shape[1]
        seasons = sorted({slots, slots * week} - {1}) or [week]
        model = models.MSTL(season_length=seasons, trend_forecaster=models.AutoETS(model="ZZN"))
        found = model.forecast(y=past.ravel(), h=days * slots)["mean"]
        rows: FloatArray = np.nan_to_num(np.asarray(found, dtype=np.float64)).reshape(days, slots)
        return rows
