"""How much the same weeks of earlier years rose or fell: the year's shape without a formula for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wfm.forecast.day_total import level_age

if TYPE_CHECKING:
    from wfm.forecast.history import BoolArray, FloatArray
    from wfm.forecast.learning import Learning

YEAR_DAYS = 364
"""Whole weeks, so that weekdays meet."""
WIDTH_DAYS = 15.0
"""Standard deviation of the window in which days are averaged."""
LEAST_WEIGHT = 3.0
"""Known days a window needs."""
PRIOR_YEARS = 0.5
"""So many years without any change are added to those seen."""
LARGEST = 1.5
"""Largest change on the log scale."""


def change_of_earlier_years(learn: Learning) -> FloatArray:
    """Return the log of the change from now to each day ahead, as it was in earlier years; shape (days ahead,).

    Now is when the level that is carried forward stands for. The mean over the years, shrunk to no change; 0 where no
    year is known.
    """
    used = learn.past.normal & ~np.isnan(learn.totals)
    residual = _without_weekday(learn, used)
    change, years = np.zeros(len(learn.ahead)), np.zeros(len(learn.ahead))
    last = learn.known - 1
    age = level_age(learn.ahead)
    for back in range(YEAR_DAYS, learn.known, YEAR_DAYS):
        then, known = _smooth(residual, used, last - back + learn.ahead)
        start, start_known = _smooth(residual, used, last - back - age)
        both = known & start_known
        change += np.where(both, then - start, 0.0)
        years += both
    return np.clip(change / (years + PRIOR_YEARS), -LARGEST, LARGEST)


def _without_weekday(learn: Learning, used: BoolArray) -> FloatArray:
    """Return the log of each day's contacts less the mean of its weekday; 0 on days not used."""
    logs = np.where(used, np.log(np.maximum(learn.totals, 0.3), where=used, out=np.zeros(learn.known)), 0.0)
    shares = learn.past.weekday * used[:, None]
    seen = shares.sum(axis=0)
    weekday = np.divide(shares.T @ logs, seen, out=np.zeros(7), where=seen > 0)
    rest: FloatArray = np.where(used, logs - learn.past.weekday @ weekday, 0.0)
    return rest


def _smooth(residual: FloatArray, used: BoolArray, centres: FloatArray) -> tuple[FloatArray, BoolArray]:
    """Return the mean around each day, and whether enough days of the window are known."""
    apart = (np.arange(len(residual))[None, :] - centres[:, None]) / WIDTH_DAYS
    weight = used * np.exp(-0.5 * apart**2)
    total = weight.sum(axis=1)
    inside = (centres >= WIDTH_DAYS * 2) & (total >= LEAST_WEIGHT)
    return weight @ residual / np.maximum(total, 1e-9), inside
