"""The update at eleven o'clock: how much nearer the rest of the day is forecast once its morning is known."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from wfm.forecast.accuracy import wape
from wfm.forecast.history import by_wall_clock
from wfm.forecast.intraday import factor_from_trials
from wfm.forecast.models.day_profile import DayProfile
from wfm.forecast.special import day_table

if TYPE_CHECKING:
    from wfm.domain.calendar import Calendar
    from wfm.forecast import QueueHistory
    from wfm.forecast.history import FloatArray

DAYS_AHEAD = 4
"""Days forecast from each origin; the morning of each of them updates it."""
ORIGINS = 28
LEAST_DAYS = 90
"""Days of history before the earliest origin."""
AT_HOUR = 11


def update_gain(history: QueueHistory, calendar: Calendar) -> dict[str, float | None]:
    """Return the error of the rest of ordinary days as forecast before and after the morning, over the latest origins.

    Returns
    -------
    dict
        `days` judged; `wape_before` and `wape_after` of the intervals from 11:00 on; `gain`, the part of the error
        that the update takes away, below 0 where it harms; `most`, what knowing the total of the rest would take away;
        `gain_of_total`, the gain on these totals. None where no day could be judged.
    """
    first = max(LEAST_DAYS, history.days - ORIGINS * DAYS_AHEAD)
    found = [one for start in range(first, history.days, DAYS_AHEAD) for one in _from(history, calendar, start)]
    nothing = np.full((1, 1), np.nan)
    actual, before, after = (np.array(rows) for rows in zip(*found, strict=True)) if found else (nothing,) * 3
    rest, planned, updated = (rows.sum(axis=1) for rows in (actual, before, after))
    known = before * np.divide(rest, planned, out=np.zeros_like(rest), where=planned > 0)[:, None]
    error = wape(actual, before)
    figures = {
        "wape_before": error,
        "wape_after": wape(actual, after),
        "gain": _taken(wape(actual, after), error),
        "most": _taken(wape(actual, known), error),
        "gain_of_total": _taken(wape(rest, updated), wape(rest, planned)),
    }
    return {"days": len(found), **{k: None if np.isnan(value) else round(value, 4) for k, value in figures.items()}}


def _taken(after: float, before: float) -> float:
    return 1 - after / before if before > 0 else float("nan")


def _from(history: QueueHistory, calendar: Calendar, start: int) -> list[tuple[FloatArray, FloatArray, FloatArray]]:
    """Return actual contacts, forecast and update of the afternoons after one origin, holidays left out."""
    origin = history.first + timedelta(days=start)
    days = min(DAYS_AHEAD, history.days - start)
    grid = history.grid(origin, origin + timedelta(days=days - 1))
    outlook = DayProfile().outlook(history.until(origin - timedelta(days=1)), calendar, grid)
    rows = by_wall_clock(outlook.expected, grid.starts, grid.minutes, grid.first, grid.last)
    over = np.arange(rows.shape[1]) * history.minutes < AT_HOUR * 60
    factor = factor_from_trials(outlook.tried, over)
    actual = history.counts[start : start + days]
    judged = day_table(history.dates[start : start + days], calendar).normal
    judged &= ~np.isnan(actual).any(axis=1) & (rows.sum(axis=1) > 0)
    return [
        (came[~over], planned[~over], (planned * factor.rest(came * over, planned * over, over))[~over])
        for came, planned in zip(actual[judged], rows[judged], strict=True)
    ]
