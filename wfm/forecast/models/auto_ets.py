"""Exponential smoothing chosen by information criterion: needs statsforecast."""

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
from wfm.forecast.weeks import enough, open_weekdays, recent_days

if TYPE_CHECKING:
    from wfm.domain.calendar import Calendar
    from wfm.domain.intervals import Grid
    from wfm.forecast.history import FloatArray, QueueHistory


LEAST_WEEKS = 4
"""Weeks of history that it needs."""


class AutoEts(Forecaster):
    """Day totals by exponential smoothing with a weekly season, spread by the six-week mean; it knows no holidays.

    With less than four weeks of history, or contacts on less than half of the days, it is the six-week mean.
    """

    kind: ClassVar[str] = "auto_ets"
    phrase: ClassVar[Text] = Text(
        en="day totals by AutoETS with a weekly season, spread by the six-week mean (library statsforecast)",
        zh="用带周季节性的 AutoETS 预测全天话务量，再按六周均值拆分（需安装 statsforecast）",
    )
    library: ClassVar[str | None] = "statsforecast"

    weeks: int = Field(default=26, ge=4)
    """Latest weeks that are learnt from."""

    def predict(self, history: QueueHistory, calendar: Calendar, grid: Grid) -> FloatArray:
        """Return expected contacts per interval of the grid; see the base class."""
        ahead = dates(grid.first, grid.last)
        weekdays = open_weekdays(history)
        days = np.isin([d.weekday() for d in ahead], weekdays)
        totals = np.zeros(len(ahead))
        rows = recent_days(history, weekdays, self.weeks)
        if not enough(rows, LEAST_WEEKS * len(weekdays)):
            return AnalystMean().predict(history, calendar, grid)
        past = rows.sum(axis=1)
        if past.any() and days.any():
            models = import_module("statsforecast.models")
            found = models.AutoETS(season_length=len(weekdays)).forecast(y=past, h=int(days.sum()))["mean"]
            totals[days] = np.maximum(np.nan_to_num(np.asarray(found, dtype=np.float64)), 0.0)
        shape = AnalystMean().weekday_rows(history, calendar, grid)
        whole = shape.sum(axis=1)
        shares = np.divide(shape, whole[:, None], out=np.zeros_like(shape), where=whole[:, None] > 0)
        return on_grid(totals[:, None] * shares, grid)
