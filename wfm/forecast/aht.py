"""Handle time per weekday and block of hours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from datetime import date

    from wfm.domain.intervals import Grid
    from wfm.forecast.history import FloatArray

HALF_LIFE_DAYS = 28.0
"""Half-life of a day's weight."""
PRIOR_CONTACTS = 100.0
"""Contacts of its own a block needs to count as much as its weekday, and a weekday as much as its queue."""
BLOCK_HOURS = 2
BLOCKS = 24 // BLOCK_HOURS


def aht_profile(history: pd.DataFrame, last: date) -> FloatArray | None:
    """Return mean handle time in seconds per weekday (Monday first) and block of two hours; None when none is known.

    Means are weighted by contacts and recency; blocks are drawn to their weekday and weekdays to the queue.

    Parameters
    ----------
    history
        Of one queue, indexed by zone-aware interval start; columns `offered` and `aht_seconds` (NaN where unknown).
    last
        The day from which age is counted.
    """
    known = history[(history["offered"] > 0) & history["aht_seconds"].notna()]
    if known.empty:
        return None
    local = pd.DatetimeIndex(known.index).tz_localize(None)
    age = np.asarray((pd.Timestamp(last) - local.normalize()).days, dtype=float)
    weight = known["offered"].to_numpy(dtype=float) * np.exp2(-age / HALF_LIFE_DAYS)
    contacts, seconds = np.zeros((7, BLOCKS)), np.zeros((7, BLOCKS))
    cells = np.asarray(local.day_of_week), np.asarray(local.hour) // BLOCK_HOURS
    np.add.at(contacts, cells, weight)
    np.add.at(seconds, cells, weight * known["aht_seconds"].to_numpy(dtype=float))
    queue = seconds.sum() / contacts.sum()
    weekday = _drawn(seconds.sum(axis=1), contacts.sum(axis=1), queue)
    return _drawn(seconds, contacts, weekday[:, None])


def aht_on_grid(profile: FloatArray, grid: Grid) -> FloatArray:
    """Return handle time in seconds per interval of the grid, from a profile by weekday and block."""
    local = grid.starts.tz_localize(None)
    seconds: FloatArray = profile[np.asarray(local.day_of_week), np.asarray(local.hour) // BLOCK_HOURS]
    return seconds


def _drawn(seconds: FloatArray, contacts: FloatArray, towards: FloatArray) -> FloatArray:
    """Return means in seconds, each drawn towards another by the prior."""
    return (seconds + PRIOR_CONTACTS * towards) / (contacts + PRIOR_CONTACTS)
