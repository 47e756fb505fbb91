"""Day total times day profile, with holidays."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from wfm.domain.clock import dates
from wfm.domain.text import Text
from wfm.forecast.base import Forecaster
from wfm.forecast.blend import blended_totals
from wfm.forecast.closed import never_served
from wfm.forecast.day_total import Speed
from wfm.forecast.history import on_grid
from wfm.forecast.profile import profiles
from wfm.forecast.special import day_table
from wfm.forecast.totals import known_totals

if TYPE_CHECKING:
    from wfm.domain.calendar import Calendar
    from wfm.domain.intervals import Grid
    from wfm.forecast.history import FloatArray, QueueHistory

YEARLY_FROM_DAYS = 400
"""Days of history from which the year's own shape can be told from growth."""


class DayProfile(Forecaster):
    """Contacts of a day by a regression on the kind of day and a moving level, spread over the day by its profile."""

    kind: ClassVar[str] = "day_profile"
    phrase: ClassVar[Text] = Text(
        en="day total by weekday, holiday and level, spread over the day by the weekday's profile",
        zh="按星期、节假日和近期水平预测全天话务量，再按该星期的时段分布拆分",
    )

    profile_half_life_days: float = Field(default=84.0, gt=0)
    """Half-life of a day's weight in the profile, in days."""
    fast_level_days: float = Field(default=4.0, gt=0)
    """Half-life of the quick level, in days."""
    slow_level_days: float = Field(default=30.0, gt=0)
    """Half-life of the steady level, in days."""

    def predict(self, history: QueueHistory, calendar: Calendar, grid: Grid) -> FloatArray:
        """Return expected contacts per interval of the grid; see the base class."""
        ahead = dates(grid.first, grid.last)
        days = (*history.dates, *ahead)
        table = day_table(days, calendar)
        past, future = table[: history.days], table[history.days :]
        totals = known_totals(history.counts, history.open, past)
        served = np.where(never_served(totals, past, past), np.nan, totals)
        fit = blended_totals(served, days, table, self._candidates(history.days))
        shape = profiles(history.counts, past, fit.trust, self.profile_half_life_days)
        shut = never_served(totals, past, future)
        return on_grid(np.where(shut, 0.0, fit.expected)[:, None] * shape.of(future), grid)

    def _candidates(self, days: int) -> tuple[Speed, ...]:
        recent = Speed(90.0, self.fast_level_days, self.slow_level_days)
        yearly = Speed(365.0, self.fast_level_days, self.slow_level_days, yearly=True)
        return (yearly, recent) if days >= YEARLY_FROM_DAYS else (recent,)
