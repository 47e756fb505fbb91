"""The rest of a day from its morning: a learnt, shrunk day factor, never the plain ratio of actual to forecast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np

Numbers = TypeVar("Numbers", float, "FloatArray")

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

    def rest(self, actual: float, expected: float) -> float:
        """Return what the rest of the day is multiplied by, given contacts so far and those expected so far.

        Source: gamma prior on the day's factor, so that few contacts move it little; then a regression through 0.
        """
        return 1 + self.carry * (_factor(actual, expected, self.variance) - 1)


def day_factor(actual: FloatArray, expected: FloatArray, rest: FloatArray, rest_expected: FloatArray) -> DayFactor:
    """Return the day factor that past days teach; one value per day, in contacts.

    Parameters
    ----------
    actual, expected
        Up to the time of day.
    rest, rest_expected
        From it to the end of the day.
    """
    known = (expected > LEAST_SHARE * (expected + rest_expected)) & (rest_expected > 0)
    a, f, b, g = (values[known] for values in (actual, expected, rest, rest_expected))
    days = len(a)
    if days < LEAST_DAYS:
        return DayFactor(ASSUMED_VARIANCE, ASSUMED_CARRY, days)
    variance = max(LEAST_VARIANCE, float(np.sum((a - f) ** 2 - f) / np.sum(f**2)))
    moved = _factor(a, f, variance) - 1
    across = float(np.sum(g * moved**2))
    along = float(np.sum((b - g) * moved))
    return DayFactor(variance, float(np.clip(along / across, 0.0, LARGEST_CARRY)) if across > 0 else 0.0, days)


def factor_from_trials(tried: Sequence[Tried], so_far: BoolArray) -> DayFactor:
    """Return the day factor learnt from the trials of a forecast, each past day by its latest trial.

    Parameters
    ----------
    so_far
        Whether each interval of the local day is over; shape (intervals of a day,).
    """
    rows = _latest(tried)
    if not rows:
        return DayFactor(ASSUMED_VARIANCE, ASSUMED_CARRY, 0)
    actual, expected = (np.array(values) for values in zip(*rows, strict=True))
    whole = ~np.isnan(actual).any(axis=1)
    actual, expected = actual[whole], expected[whole]
    parts = ((values[:, side].sum(axis=1)) for side in (so_far, ~so_far) for values in (actual, expected))
    return day_factor(*parts)


def _latest(tried: Sequence[Tried]) -> list[tuple[FloatArray, FloatArray]]:
    """Return actual and expected contacts of each past day, from the trial made closest before it."""
    rows: dict[int, tuple[FloatArray, FloatArray]] = {}
    for trial in sorted(tried, key=lambda t: -len(t.actual)):
        for n, (actual, expected) in enumerate(zip(trial.actual, trial.expected, strict=True)):
            rows[len(trial.actual) - n] = (actual, expected)
    return list(rows.values())


def _factor(actual: Numbers, expected: Numbers, variance: float) -> Numbers:
    prior = 1 / variance
    return (prior + actual) / (prior + expected)
