"""How a day's contacts are spread over the day: the weekday's profile and the factors, mixed as the trials say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wfm.forecast.factors import factor_shares
from wfm.forecast.profile import latest_change, profiles, shares_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfm.forecast.blend import Trial
    from wfm.forecast.history import FloatArray
    from wfm.forecast.learning import Learning

HALF_LIFE_DAYS = 28.0
"""Half-life of the weight of a trial."""
LEAST_VARIANCE = 0.5
"""Contacts: least variance of an interval in the mix."""


def day_shares(
    learn: Learning, trust: FloatArray, trials: Sequence[Trial], half_life_days: float
) -> tuple[FloatArray, tuple[FloatArray, ...]]:
    """Return the shares of each day ahead, and those of each trial; shape (days ahead, intervals of a day).

    Ordinary days mix the weekday's profile with the factors, by the weight of least squares over the trials, drawn to
    one half; special days have the profile.

    Parameters
    ----------
    trust
        Weight of each known day.
    half_life_days
        Half-life of a day's weight in the profile.
    """
    pairs = [_pair(t.learn, t.totals.trust, half_life_days) for t in trials]
    part = _profile_part(trials, pairs)
    mixed = tuple(_mixed(t.learn, *pair, part) for t, pair in zip(trials, pairs, strict=True))
    return _mixed(learn, *_pair(learn, trust, half_life_days), part), mixed


def _pair(learn: Learning, trust: FloatArray, half_life_days: float) -> tuple[FloatArray, FloatArray]:
    """Return the profile and the factors of each day ahead; where nobody ever called both are exactly 0."""
    found = profiles(learn.counts, learn.past, trust, half_life_days)
    profile = found.of(learn.future)
    latest = shares_of(profile * latest_change(learn.counts, learn.past, trust, found))
    profile = np.where(learn.future.normal[:, None], latest, profile)
    return profile, shares_of(np.where(profile > 0, factor_shares(learn), 0.0))


def _mixed(learn: Learning, profile: FloatArray, factors: FloatArray, part: float) -> FloatArray:
    both = learn.future.normal & (factors.sum(axis=1) > 0) & (profile.sum(axis=1) > 0)
    mixed: FloatArray = np.where(both[:, None], part * profile + (1 - part) * factors, profile)
    return mixed


def _profile_part(trials: Sequence[Trial], pairs: Sequence[tuple[FloatArray, FloatArray]]) -> float:
    """Return the profile's part in [0, 1] that brings the mix closest to the trials' days, given their totals."""
    along = across = 0.0
    for trial, (profile, factors) in zip(trials, pairs, strict=True):
        actual, total = trial.counts, np.nansum(trial.counts, axis=1)[:, None]
        apart = (profile - factors) * total
        weight = 0.5 ** (trial.back / HALF_LIFE_DAYS) / np.maximum((profile + factors) / 2 * total, LEAST_VARIANCE)
        along += float(np.nansum(weight * (actual - factors * total) * apart))
        across += float(np.sum(weight * apart**2 * ~np.isnan(actual)))
    return float(np.clip((along / across + 0.5) / 2, 0.0, 1.0)) if across > 0 else 0.5
