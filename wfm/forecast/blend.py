"""Day totals with and without the year's shape, weighted by how well each did on the latest weeks.

Yearly terms see a growing queue as a season and run away with it; on a steady queue they are the better half.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wfm.forecast.day_total import DayTotals, day_totals

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from wfm.forecast.day_total import Speed
    from wfm.forecast.history import FloatArray
    from wfm.forecast.special import DayTable

ORIGINS_BACK = (7, 14, 28, 42, 56)
"""Days before the end of the history from which each candidate is tried."""
HALF_LIFE_DAYS = 28.0
"""Half-life of the weight of an origin's error."""
POWER = 8.0
"""A candidate weighs 1 / error ** POWER."""
PREFERENCE = 0.9
"""Factor on the first candidate's error."""
NEAR_DAYS = 7
"""Up to this many days ahead, and beyond it, the weights differ."""


def blended_totals(totals: FloatArray, days: Sequence[date], table: DayTable, candidates: Sequence[Speed]) -> DayTotals:
    """Return day totals ahead of a history, blended from all candidates; arguments as `day_totals`.

    Special days are those of the first candidate, which has learnt from most holidays.
    """
    fits = [day_totals(totals, days, table, speed) for speed in candidates]
    if len(fits) == 1:
        return fits[0]
    past = len(totals)
    near, far = (_weights(errors) for errors in _errors(totals, days[:past], table[:past], candidates))
    is_near = np.array([(d - days[past - 1]).days <= NEAR_DAYS for d in days[past:]])
    expected = np.array([fit.expected for fit in fits])
    blend = np.where(is_near, near @ expected, far @ expected)
    return DayTotals(np.where(table.normal[past:], blend, expected[0]), fits[0].trust)


def _errors(
    totals: FloatArray, days: Sequence[date], table: DayTable, candidates: Sequence[Speed]
) -> tuple[FloatArray, FloatArray]:
    """Return weighted absolute errors per candidate, near and far; shape (candidates,) each."""
    near, far = np.zeros(len(candidates)), np.zeros(len(candidates))
    for back in ORIGINS_BACK:
        start = len(totals) - back
        actual = totals[start:]
        known = table.normal[start:] & ~np.isnan(actual)
        for n, speed in enumerate(candidates):
            missed = np.abs(day_totals(totals[:start], days, table, speed).expected - actual)
            missed = np.where(known, missed, 0.0) * 0.5 ** (back / HALF_LIFE_DAYS)
            near[n] += missed[:NEAR_DAYS].sum()
            far[n] += missed[NEAR_DAYS:].sum()
    return near, far


def _weights(errors: FloatArray) -> FloatArray:
    scaled = errors / max(float(errors.max()), 1e-12)
    scaled[0] *= PREFERENCE
    weight = np.maximum(scaled, 1e-3) ** -POWER
    share: FloatArray = weight / weight.sum()
    return share
