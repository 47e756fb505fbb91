"""Contacts per day from a history with gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from wfm.forecast.history import BoolArray, FloatArray
    from wfm.forecast.special import DayTable

ENOUGH = 0.5
"""Least share of a day's usual contacts in its known intervals; below it the day counts as unknown."""


def known_totals(counts: FloatArray, opened: BoolArray, table: DayTable) -> FloatArray:
    """Return contacts per day, gaps filled by the weekday's usual share of the day.

    NaN where too little is known, on closed days, and on weekdays on which nothing was ever offered.

    Parameters
    ----------
    counts
        Shape (days, intervals of a day); NaN where unknown.
    opened
        Whether each interval is open; same shape.
    """
    known = ~np.isnan(counts)
    filled = np.where(known, counts, 0.0)
    summed, seen = table.weekday.T @ filled, table.weekday.T @ known
    usual = table.weekday @ np.divide(summed, seen, out=np.zeros_like(summed), where=seen > 0)
    whole = usual.sum(axis=1)
    share = np.divide((usual * known).sum(axis=1), whole, out=known.mean(axis=1), where=whole > 0)
    return np.where(
        (share >= ENOUGH) & (whole > 0) & opened.any(axis=1), filled.sum(axis=1) / np.maximum(share, ENOUGH), np.nan
    )
