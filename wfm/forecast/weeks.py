"""The latest weeks without gaps, for models that need a regular series."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from wfm.forecast.history import FloatArray, IntArray, QueueHistory


def open_weekdays(history: QueueHistory) -> IntArray:
    """Return the weekdays (Monday 0) that are open and have a contact on record."""
    served = history.open.any(axis=1) & (np.nansum(history.counts, axis=1) > 0)
    return np.unique([d.weekday() for d, on in zip(history.dates, served, strict=True) if on]).astype(np.int64)


def recent_days(history: QueueHistory, weekdays: IntArray, weeks: int) -> FloatArray:
    """Return contacts of the latest weeks, open weekdays only; gaps hold the last known count of the weekday, or 0.

    Shape (days, intervals of a day).
    """
    weekday = np.array([d.weekday() for d in history.dates])
    rows = np.zeros_like(history.counts)
    for one in weekdays:
        latest = np.zeros(history.counts.shape[1])
        for day in np.flatnonzero(weekday == one):
            latest = np.where(np.isnan(history.counts[day]), latest, history.counts[day])
            rows[day] = latest
    kept: FloatArray = rows[np.isin(weekday, weekdays)][-weeks * max(1, len(weekdays)) :]
    return kept


def enough(past: FloatArray, least_days: int) -> bool:
    """Return whether a regular series can be fitted: so many days, and contacts on at least half of them."""
    return len(past) >= least_days and 2 * int((past.sum(axis=1) > 0).sum()) >= len(past)
