"""Day total times day profile, with holidays and the year's shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from wfm.domain.clock import dates
from wfm.domain.text import Text
from wfm.forecast.base import Forecaster, Outlook, Tried
from wfm.forecast.blend import YEARLY_FROM_DAYS, blended
from wfm.forecast.clean import cleaned
from wfm.forecast.closed import never_served
from wfm.forecast.history import on_grid
from wfm.forecast.hours import hours_of_now
from wfm.forecast.learning import Learning
from wfm.forecast.messages import NEW_HOURS, NO_TRIALS, NO_YEAR
from wfm.forecast.shares import day_shares
from wfm.forecast.special import day_table
from wfm.forecast.totals import known_totals

if TYPE_CHECKING:
    from wfm.domain.calendar import Calendar
    from wfm.domain.intervals import Grid
    from wfm.forecast.history import FloatArray, QueueHistory


class DayProfile(Forecaster):
    """Contacts of a day by regressions on the kind of day and a moving level, spread over the day by its profile.

    Outages and spikes are taken out of the history first. From 400 days of history on the year's own shape is learnt;
    how much of it is believed is tried on the latest weeks. Days on which nobody ever called are exactly 0.
    """

    kind: ClassVar[str] = "day_profile"
    phrase: ClassVar[Text] = Text(
        en="day total by weekday, holiday, season and level, spread over the day by the weekday's profile",
        zh="按星期、节假日、季节和近期水平预测全天话务量，再按该星期的时段分布拆分",
    )

    profile_half_life_days: float = Field(default=168.0, gt=0)
    """Half-life of a day's weight in the profile, in days."""
    clean: bool = True
    """Whether outages and spikes are taken out before learning."""

    def predict(self, history: QueueHistory, calendar: Calendar, grid: Grid) -> FloatArray:
        """Return expected contacts per interval of the grid; see the base class."""
        return self.outlook(history, calendar, grid).expected

    def outlook(self, history: QueueHistory, calendar: Calendar, grid: Grid) -> Outlook:
        """Return the forecast with its trials, the repairs of the history, and the reason of every fallback."""
        days = (*history.dates, *dates(grid.first, grid.last))
        table = day_table(days, calendar)
        past, future = table[: history.days], table[history.days :]
        counts, changed = hours_of_now(history.counts, past)
        counts, repairs = cleaned(counts, history.dates, past, history.open) if self.clean else (counts, ())
        totals = known_totals(counts, history.open, past)
        served = np.where(never_served(totals, past, past), np.nan, totals)
        learn = Learning(counts, served, days, table)
        blend = blended(learn)
        shares, tried_shares = day_shares(learn, blend.trust, blend.trials, self.profile_half_life_days)
        day = np.where(never_served(totals, past, future), 0.0, blend.expected)
        tried = tuple(
            Tried(trial.counts, blend.of(trial)[:, None] * spread)
            for trial, spread in zip(blend.trials, tried_shares, strict=True)
        )
        notes = _fallbacks(history.days, tried)
        if changed:
            notes += (NEW_HOURS.fill(count=changed),)
        return Outlook(on_grid(day[:, None] * shares, grid), tried, repairs, notes)


def _fallbacks(days: int, tried: tuple[Tried, ...]) -> tuple[Text, ...]:
    notes = () if days >= YEARLY_FROM_DAYS else (NO_YEAR.fill(days=days, least=YEARLY_FROM_DAYS),)
    return notes if tried else (*notes, NO_TRIALS.fill(days=days))
