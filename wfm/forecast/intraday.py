"""The rest of a day from its morning: a learnt, shrunk day factor, never the plain ratio of actual to forecast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfm.forecast.base import Tried
    from wfm.forecast.history import BoolArray, FloatArray

LEAST_VARIANCE = 1e-4
LEAST_DAYS = 20
"""Past days from which variance and carry-over are learnt; below it they are assumed."""
ASSUMED_VARIANCE = 0.01
"""Days that differ from their forecast by ten percent."""
ASSUMED_CARRY = 0.5
LARGEST_CARRY = 1.2
LEAST_SHARE = 0.02
"""Share of the day that must have been expected by now for a past day to teach anything."""
RECENCY_DAY = 1 / 6
"""Half-life of a morning interval's weight, in days: the last hours tell most."""
OUTLIER = 3.0
"""Robust standard deviations beyond which a past day counts no more."""
CAUTION = 2.0
"""Squared standard errors that a carry-over loses: a slope that is mostly chance would make the day worse."""


@dataclass(frozen=True, slots=True)
class DayFactor:
    """How much of a morning's surprise is true of the whole day, and how much of that lasts.

    Attributes
    ----------
    variance
        Of the day's factor around 1.
    carry
        Part of the factor's surprise that the rest of the day keeps.
    days
        Past days it was learnt from.
    """

    variance: float
    carry: float
    days: int

    def rest(self, actual: FloatArray, expected: FloatArray, over: BoolArray) -> float:
        """Return what the rest of the day is multiplied by, given what came in the intervals that are over.

        Parameters
        ----------
        actual, expected
            Contacts per interval of the day; 0 where unknown.
        over
            Whether each interval is over; arrays of one shape.
        """
        morning = _Mornings.of(actual[None], expected[None], over)
        return 1 + self.carry * float(morning.moved(self.variance)[0])


@dataclass(frozen=True, slots=True)
class _Mornings:
    """What came by a time of day; one value per day.

    Attributes
    ----------
    surprise
        Contacts above those expected, weighted.
    expected
        Expected contacts, weighted.
    chance
        Variance of the surprise by chance alone.
    """

    surprise: FloatArray
    expected: FloatArray
    chance: FloatArray

    @classmethod
    def of(cls, actual: FloatArray, expected: FloatArray, over: BoolArray) -> _Mornings:
        weight = _recency(over)
        return cls((actual - expected) @ weight, expected @ weight, expected @ weight**2)

    def moved(self, variance: float) -> FloatArray:
        """Return how far each day's factor is from 1 as far as chance does not explain it.

        Source: best linear prediction of a random effect with this variance from counts, the likelier to be chance
        the fewer were expected.
        """
        whole = variance * self.expected**2 + self.chance
        found: FloatArray = np.divide(
            variance * self.expected * self.surprise, whole, out=np.zeros_like(whole), where=whole > 0
        )
        return found


def day_factor(actual: FloatArray, expected: FloatArray, over: BoolArray) -> DayFactor:
    """Return the day factor that past days teach.

    The carry-over is a regression of the rest of the day on the morning through 0, shrunk by its own standard error:
    where mornings say nothing about afternoons nothing is carried over. Outlying days count up to a bound.

    Parameters
    ----------
    actual, expected
        Contacts per past day and interval of the day.
    over
        Whether each interval lies in the morning; shape (intervals of a day,).
    """
    rest, rest_expected = actual[:, ~over].sum(axis=1), expected[:, ~over].sum(axis=1)
    known = (rest_expected > 0) & (expected[:, over].sum(axis=1) > LEAST_SHARE * expected.sum(axis=1))
    days = int(known.sum())
    if days < LEAST_DAYS:
        return DayFactor(ASSUMED_VARIANCE, ASSUMED_CARRY, days)
    morning = _Mornings.of(actual[known], expected[known], over)
    noise = np.sqrt(morning.chance)
    morning = _Mornings(_bounded(morning.surprise / noise) * noise, morning.expected, morning.chance)
    excess = float(np.sum(morning.surprise**2 - morning.chance)) / float(np.sum(morning.expected**2))
    variance = max(LEAST_VARIANCE, excess)
    later = rest_expected[known]
    missed = _bounded((rest[known] - later) / later) * later
    return DayFactor(variance, _carry(later * morning.moved(variance), missed), days)


def factor_from_trials(tried: Sequence[Tried], over: BoolArray) -> DayFactor:
    """Return the day factor learnt from the trials of a forecast, each past day by its latest trial.

    Parameters
    ----------
    over
        Whether each interval of the local day is over; shape (intervals of a day,).
    """
    rows = _latest(tried)
    if not rows:
        return DayFactor(ASSUMED_VARIANCE, ASSUMED_CARRY, 0)
    actual, expected = (np.array(values) for values in zip(*rows, strict=True))
    whole = ~np.isnan(actual).any(axis=1)
    return day_factor(actual[whole], expected[whole], over)


def _recency(over: BoolArray) -> FloatArray:
    """Return the weight of each interval of a day: 1 for the last that is over, 0 for those ahead."""
    place = np.arange(len(over))
    before = (place[over].max() if over.any() else 0) - place
    return np.where(over, np.exp2(-before / (RECENCY_DAY * len(over))), 0.0)


def _bounded(values: FloatArray) -> FloatArray:
    """Return values within three robust standard deviations of 0."""
    limit = OUTLIER * 1.48 * float(np.median(np.abs(values)))
    return np.clip(values, -limit, limit)


def _carry(moved: FloatArray, missed: FloatArray) -> float:
    """Return the slope of what the rest of the day missed on what the morning would move, shrunk by its error."""
    across = float(np.sum(moved**2))
    if across <= 0:
        return 0.0
    slope = float(np.sum(moved * missed)) / across
    error = float(np.sum((moved * (missed - slope * moved)) ** 2)) / across**2
    kept = slope * max(0.0, 1 - CAUTION * error / slope**2) if slope > 0 else 0.0
    return min(kept, LARGEST_CARRY)


def _latest(tried: Sequence[Tried]) -> list[tuple[FloatArray, FloatArray]]:
    """Return actual and expected contacts of each past day, from the trial made closest before it."""
    rows: dict[int, tuple[FloatArray, FloatArray]] = {}
    for trial in sorted(tried, key=lambda t: -len(t.actual)):
        for n, (actual, expected) in enumerate(zip(trial.actual, trial.expected, strict=True)):
            rows[len(trial.actual) - n] = (actual, expected)
    return list(rows.values())
