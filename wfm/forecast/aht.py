"""Handle time per weekday and block of hours, from means that odd days hardly move."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from wfm.domain.clock import DAY_MINUTES, dates
from wfm.forecast.base import ORIGINS_BACK, Tried
from wfm.forecast.history import by_wall_clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.domain.intervals import Grid
    from wfm.forecast.history import FloatArray, IntArray

HALF_LIFE_DAYS = 28.0
"""Half-life of a day's weight."""
PRIOR_CONTACTS = 100.0
"""Contacts of its own a block needs to count as much as its weekday, and a weekday as much as its queue."""
BLOCK_HOURS = 2
BLOCKS = 24 // BLOCK_HOURS
DAY_VARIANCE = 0.01
"""Variance of a block's mean around its expectation beyond chance, as a share squared: ten percent."""
OUTLIER = 3.0
"""Standard deviations of the log at which a block's mean is held; twice as far from what is usual it is left out."""
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Handled contacts of one block of hours on one day each; arrays of one length."""

    weekday: IntArray
    block: IntArray
    age: FloatArray
    """Days."""
    contacts: FloatArray
    seconds: FloatArray
    """Mean handle time."""


def aht_profile(history: pd.DataFrame, last: date) -> FloatArray | None:
    """Return mean handle time in seconds per weekday (Monday first) and block of two hours; None when none is known.

    Means are weighted by contacts and recency; blocks are drawn to their weekday and weekdays to the queue. A block of
    a day that is far from the others counts only up to a bound, and not at all when it is twice as far; few contacts
    may lie farther, since handle times vary about as much as their mean.

    Parameters
    ----------
    history
        Of one queue, indexed by zone-aware interval start; columns `offered` and `aht_seconds` (NaN where unknown),
        and `handled` where known.
    last
        The day from which age is counted.
    """
    known = _blocks(history, last)
    if not len(known.contacts):
        return None
    weight = known.contacts * np.exp2(-known.age / HALF_LIFE_DAYS)
    usual = np.array([_median(known.seconds[known.block == k], weight[known.block == k]) for k in range(BLOCKS)])
    profile = np.tile(usual, (7, 1))
    chance = np.sqrt(1 / known.contacts + DAY_VARIANCE)
    for _ in range(ROUNDS):
        expected = profile[known.weekday, known.block]
        away = np.log(known.seconds / expected) / chance
        limit = OUTLIER * max(1.0, 1.48 * _median(np.abs(away), weight))
        held = expected * np.exp(np.clip(away, -limit, limit) * chance)
        profile = _profile(known, held, weight * (np.abs(away) < 2 * limit))
    return profile


def aht_on_grid(profile: FloatArray, grid: Grid) -> FloatArray:
    """Return handle time in seconds per interval of the grid, from a profile by weekday and block."""
    local = grid.starts.tz_localize(None)
    seconds: FloatArray = profile[np.asarray(local.day_of_week), np.asarray(local.hour) // BLOCK_HOURS]
    return seconds


def aht_trials(history: pd.DataFrame, today: date, minutes: int) -> Iterator[Tried]:
    """Yield how the handle time of past days would have been forecast from some days before today.

    Both sides are contacts per day and interval: `expected` those handled, `actual` as many as would have taken the
    same time at the forecast handle time. 0 where nothing is known.

    Parameters
    ----------
    history
        As `aht_profile`; only what lies before today is looked at.
    """
    local = pd.DatetimeIndex(history.index).tz_localize(None).normalize()
    contacts, seconds = handled(history)
    for back in ORIGINS_BACK:
        origin = today - timedelta(days=back)
        profile = aht_profile(history[local < pd.Timestamp(origin)], origin)
        rows = np.asarray((local >= pd.Timestamp(origin)) & (local < pd.Timestamp(today)))
        if profile is None or not rows.any():
            continue
        starts, yesterday = pd.DatetimeIndex(history.index[rows]), today - timedelta(days=1)
        count, length = (
            by_wall_clock(np.nan_to_num(values[rows]), starts, minutes, origin, yesterday)
            for values in (contacts, seconds)
        )
        planned = _by_interval(profile, dates(origin, yesterday), minutes)
        known = (count > 0) & (length > 0)
        came = np.where(known, count, 0.0)
        yield Tried(np.where(known, came * length / planned, 0.0), came)


def _by_interval(profile: FloatArray, days: tuple[date, ...], minutes: int) -> FloatArray:
    block = np.arange(DAY_MINUTES // minutes) * minutes // (60 * BLOCK_HOURS)
    return profile[[d.weekday() for d in days]][:, block]


def handled(history: pd.DataFrame) -> tuple[FloatArray, FloatArray]:
    """Return contacts behind each handle time, those offered where the handled ones are unknown, and the seconds."""
    offered = history["offered"]
    contacts = history["handled"].fillna(offered) if "handled" in history else offered
    return contacts.to_numpy(dtype=np.float64), history["aht_seconds"].to_numpy(dtype=np.float64)


def _blocks(history: pd.DataFrame, last: date) -> _Blocks:
    contacts, seconds = handled(history)
    used = (contacts > 0) & (seconds > 0)
    local = pd.DatetimeIndex(history.index[used]).tz_localize(None)
    age = np.asarray((pd.Timestamp(last) - local.normalize()).days, dtype=np.int64)
    key, place = np.unique(age * BLOCKS + np.asarray(local.hour) // BLOCK_HOURS, return_inverse=True)
    total = np.asarray(np.bincount(place, contacts[used], len(key)), dtype=np.float64)
    mean: FloatArray = np.bincount(place, contacts[used] * seconds[used], len(key)) / total
    day = key // BLOCKS
    return _Blocks((last.weekday() - day) % 7, key % BLOCKS, day.astype(np.float64), total, mean)


def _profile(known: _Blocks, seconds: FloatArray, weight: FloatArray) -> FloatArray:
    """Return mean seconds per weekday and block, each drawn to what stands above it."""
    contacts, summed = np.zeros((7, BLOCKS)), np.zeros((7, BLOCKS))
    np.add.at(contacts, (known.weekday, known.block), weight)
    np.add.at(summed, (known.weekday, known.block), weight * seconds)
    queue = summed.sum() / contacts.sum()
    weekday = _drawn(summed.sum(axis=1), contacts.sum(axis=1), queue)
    return _drawn(summed, contacts, weekday[:, None])


def _drawn(seconds: FloatArray, contacts: FloatArray, towards: FloatArray) -> FloatArray:
    """Return means in seconds, each drawn towards another by the prior."""
    return (seconds + PRIOR_CONTACTS * towards) / (contacts + PRIOR_CONTACTS)


def _median(values: FloatArray, weight: FloatArray) -> float:
    """Return the value that half of the weight does not exceed; 1 without any."""
    if not len(values):
        return 1.0
    order = np.argsort(values)
    half = np.searchsorted(np.cumsum(weight[order]), weight.sum() / 2)
    return float(values[order][min(int(half), len(values) - 1)])
