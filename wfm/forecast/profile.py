"""Day profiles: which share of a day's contacts comes in which interval, per weekday and for holidays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import scipy

from wfm.domain.clock import DAY_MINUTES

if TYPE_CHECKING:
    from wfm.forecast.history import BoolArray, FloatArray
    from wfm.forecast.special import DayTable

PRIOR_CONTACTS = 3000.0
"""How many contacts of its own a weekday needs to count as much as the weekdays like it."""
HOLIDAY_PRIOR_CONTACTS = 200.0
HOLIDAY_HALF_LIFE_DAYS = 365.0
ALIKE = 0.08
"""Weekdays are alike when less than this share of the day would have to move."""
LATEST_DAYS = 10.0
"""Half-life of a day's weight in how far an interval ran ahead of its profile of late."""
LATEST_MINUTES = 45.0
"""Standard deviation of the window over the intervals that are looked at together."""
LATEST_PRIOR_CONTACTS = 2000.0
"""Contacts in that window that are added as the profile gives them: on a small queue the latest days are chance."""


@dataclass(frozen=True, slots=True)
class Profiles:
    """Shares of the day's contacts; every row sums to 1, or is all 0 where nothing was ever offered.

    Attributes
    ----------
    weekday
        Shape (7, intervals of a day).
    holiday
        Shape (intervals of a day,).
    """

    weekday: FloatArray
    holiday: FloatArray

    def of(self, table: DayTable) -> FloatArray:
        """Return the profile of every day of a table; shape (days, intervals of a day)."""
        ordinary = shares_of(table.weekday @ self.weekday)
        return np.where(table.holiday[:, None] & (ordinary.sum(axis=1) > 0)[:, None], self.holiday, ordinary)


def profiles(counts: FloatArray, table: DayTable, trust: FloatArray, half_life_days: float) -> Profiles:
    """Return the profiles of a history.

    Parameters
    ----------
    counts
        Contacts, shape (days, intervals of a day); NaN where unknown.
    trust
        Weight of each day, shape (days,).
    half_life_days
        Half-life of a day's weight.
    """
    age = np.arange(len(counts) - 1, -1, -1, dtype=float)
    weekdays = table.weekday * (trust * table.normal * np.exp2(-age / half_life_days))[:, None]
    own = _weighted_counts(counts, weekdays)
    alike = _alike(own)
    pooled = shares_of(alike @ own)
    weekday = shares_of(own + PRIOR_CONTACTS * pooled)
    holiday = _weighted_counts(counts, (trust * table.holiday * np.exp2(-age / HOLIDAY_HALF_LIFE_DAYS))[:, None])[0]
    return Profiles(weekday, shares_of(holiday + HOLIDAY_PRIOR_CONTACTS * _nearest(holiday, weekday, own)))


def latest_change(counts: FloatArray, table: DayTable, trust: FloatArray, profile: Profiles) -> FloatArray:
    """Return what each interval had of late over what the profiles give for the same days; shape (intervals of a day,).

    Parameters
    ----------
    counts, trust
        As for `profiles`.
    """
    age = np.arange(len(counts) - 1, -1, -1, dtype=float)
    known = ~np.isnan(counts)
    came = np.where(known, counts, 0.0)
    due = came.sum(axis=1)[:, None] * shares_of(np.where(known, profile.of(table), 0.0))
    weight = trust * table.normal * np.exp2(-age / LATEST_DAYS)
    window = max(LATEST_MINUTES * counts.shape[1] / DAY_MINUTES, 1e-3)
    prior = LATEST_PRIOR_CONTACTS / max(1.0, window * np.sqrt(2 * np.pi))
    seen, usual = (scipy.ndimage.gaussian_filter1d(weight @ rows, window, mode="nearest") for rows in (came, due))
    change: FloatArray = (seen + prior) / (usual + prior)
    return change


def _weighted_counts(counts: FloatArray, weight: FloatArray) -> FloatArray:
    """Return contacts per group and interval as if nothing were missing; shape (groups, intervals).

    A mean over the days on which the interval is known, times the weight of all days.
    """
    known = ~np.isnan(counts)
    summed = weight.T @ np.where(known, counts, 0.0)
    seen = weight.T @ known
    whole: FloatArray = weight.sum(axis=0)[:, None] * np.divide(summed, seen, out=np.zeros_like(summed), where=seen > 0)
    return whole


def shares_of(rows: FloatArray) -> FloatArray:
    """Return rows over their sums; all 0 where there is nothing."""
    total = rows.sum(axis=-1, keepdims=True)
    shares: FloatArray = np.divide(rows, total, out=np.zeros_like(rows), where=total > 0)
    return shares


def _alike(own: FloatArray) -> BoolArray:
    """Return which weekdays have profiles so close that they may learn from each other; shape (7, 7)."""
    shares = shares_of(own)
    moved = np.abs(shares[:, None, :] - shares[None, :, :]).sum(axis=2) / 2
    alike: BoolArray = moved < ALIKE
    return alike


def _nearest(holiday: FloatArray, weekday: FloatArray, own: FloatArray) -> FloatArray:
    """Return the weekday profile that is closest to the holidays', or all contacts' when there was no holiday."""
    if holiday.sum() <= 0:
        return shares_of(own.sum(axis=0))
    moved = np.abs(weekday - shares_of(holiday)).sum(axis=1)
    moved[weekday.sum(axis=1) == 0] = np.inf
    nearest: FloatArray = weekday[int(np.argmin(moved))]
    return nearest
