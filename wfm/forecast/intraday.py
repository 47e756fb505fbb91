"""The rest of a day from its morning: learnt, shrunk and fading, never the plain ratio of actual to forecast."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
"""Rates that differ from their forecast by ten percent."""
ASSUMED_CARRY, ASSUMED_ERROR = 0.8, 0.3
"""The carry-over before any past day is looked at, and its standard error."""
LARGEST_CARRY = 1.5
LEAST_SHARE = 0.02
LEAST_MORNING = 5.0
"""Share of the day, and contacts, that must have been expected by now for a past day to teach anything."""
LASTING = (0.1, 0.9)
"""Part of a surprise's variance that holds all day; the rest passes. The first holds unless past days are much better
explained by the other."""
MUCH_BETTER = 1.15
"""So many times as much must be explained."""
PASSING_DAY = 0.15
"""Time in which half of the passing part is gone, in days."""
OUTLIER = 1.75
"""Robust standard deviations up to which an interval of a past day counts."""
NOTHING = 1e-6
"""Contacts; intervals with less expected say nothing."""
LITTLE = 0.5
"""Contacts; the chance in an interval is measured, and weighed, from here on."""


@dataclass(frozen=True, slots=True)
class DayFactor:
    """How far rates of a day differ from their forecast, and how much of a morning's surprise its rest keeps.

    Attributes
    ----------
    variance
        Of an interval's rate around its forecast, as a share squared.
    carry
        Part of the surprise so predicted that the rest of the day keeps.
    days
        Past days it was learnt from.
    lasting
        Part of the variance that holds all day.
    """

    variance: float
    carry: float
    days: int
    lasting: float = LASTING[0]

    def rest(self, actual: FloatArray, expected: FloatArray, over: BoolArray) -> FloatArray:
        """Return what each interval is multiplied by, given what came in those that are over; 1 on these.

        Parameters
        ----------
        actual, expected
            Contacts per interval of the day; 0 where unknown.
        over
            Whether each interval is over; arrays of one shape.
        """
        moved = 1 + self.carry * self.foreseen((actual - expected)[None], expected[None], over)[0]
        return np.where(over, 1.0, np.maximum(moved, 0.0))

    def foreseen(self, surprise: FloatArray, expected: FloatArray, over: BoolArray) -> FloatArray:
        """Return by which share of its forecast each interval will differ were all kept, one row per day.

        Source: best linear prediction of correlated random effects from counts, each the likelier to be chance the
        fewer were expected (kriging with Poisson noise); the last hours count most, the next ones move most.
        """
        shared = self.variance * _alike(len(over), self.lasting)
        found = np.zeros_like(expected)
        for n, (came, planned) in enumerate(zip(surprise, expected, strict=True)):
            seen = over & (planned > NOTHING)
            if seen.any():
                noisy = shared[np.ix_(seen, seen)] + np.diag(1 / planned[seen])
                found[n] = shared[:, seen] @ np.linalg.solve(noisy, came[seen] / planned[seen])
        return found


def day_factor(actual: FloatArray, expected: FloatArray, over: BoolArray) -> DayFactor:
    """Return the day factor that past days teach.

    The carry-over is a regression of what came later on what the morning foretold, through 0, mixed with the assumed
    one by their standard errors. Outlying intervals count up to a bound.

    Parameters
    ----------
    actual, expected
        Contacts per past day and interval of the day.
    over
        Whether each interval lies in the morning; shape (intervals of a day,).
    """
    morning, later = expected[:, over].sum(axis=1), expected[:, ~over].sum(axis=1)
    known = (later > 0) & (morning > np.maximum(LEAST_SHARE * (morning + later), LEAST_MORNING))
    days = int(known.sum())
    if days < LEAST_DAYS:
        return DayFactor(ASSUMED_VARIANCE, ASSUMED_CARRY, days)
    planned = expected[known]
    surprise = _bounded(actual[known] - planned, planned)
    usual, lasting = (_learnt(surprise, planned, over, part) for part in LASTING)
    return (lasting if lasting[0] > MUCH_BETTER * usual[0] else usual)[1]


def _learnt(surprise: FloatArray, expected: FloatArray, over: BoolArray, lasting: float) -> tuple[float, DayFactor]:
    """Return what a day factor explains of the rest of past days, and the factor."""
    plain = DayFactor(_variance(surprise, expected, lasting), 1.0, len(expected), lasting)
    moved = (plain.foreseen(surprise, expected, over) * expected)[:, ~over]
    carry, explained = _carry(moved, surprise[:, ~over], expected[:, ~over])
    return explained, replace(plain, carry=carry)


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


def _alike(intervals: int, lasting: float) -> FloatArray:
    """Return the correlation of the rates of two intervals of a day; shape (intervals, intervals)."""
    place = np.arange(intervals) / intervals
    apart = np.abs(place[:, None] - place[None, :])
    return lasting + (1 - lasting) * np.exp2(-apart / PASSING_DAY)


def _variance(surprise: FloatArray, expected: FloatArray, lasting: float) -> float:
    """Return the variance of rates by which the surprises of different intervals of a day go together."""
    others = 1 - np.eye(expected.shape[1])
    together = float(np.sum((surprise @ others) * surprise))
    share = float(np.sum((expected @ (others * _alike(expected.shape[1], lasting))) * expected))
    return max(LEAST_VARIANCE, together / share) if share > 0 else LEAST_VARIANCE


def _bounded(surprise: FloatArray, expected: FloatArray) -> FloatArray:
    """Return surprises within some robust standard deviations of 0; chance alone is the least of these."""
    chance = np.sqrt(np.maximum(expected, NOTHING))
    some = expected > LITTLE
    spread = 1.48 * float(np.median(np.abs(surprise / chance)[some])) if some.any() else 1.0
    limit = OUTLIER * max(1.0, spread) * chance
    return np.clip(surprise, -limit, limit)


def _carry(moved: FloatArray, missed: FloatArray, expected: FloatArray) -> tuple[float, float]:
    """Return the slope of what later intervals missed on what the morning would move, and how much it explains.

    It is mixed with the assumed one. Intervals count by their chance; the error is that of days, whose intervals go
    together.
    """
    weight = 1 / np.maximum(expected, LITTLE)
    across, along = float(np.sum(weight * moved**2)), float(np.sum(weight * moved * missed))
    if across <= 0:
        return 0.0, 0.0
    by_day = np.sum(weight * moved * (missed - along / across * moved), axis=1)
    trust = ASSUMED_ERROR**2 / (ASSUMED_ERROR**2 + float(np.sum(by_day**2)) / across**2)
    carry = float(np.clip(trust * along / across + (1 - trust) * ASSUMED_CARRY, 0.0, LARGEST_CARRY))
    return carry, carry * (2 * along - carry * across)


def _latest(tried: Sequence[Tried]) -> list[tuple[FloatArray, FloatArray]]:
    """Return actual and expected contacts of each past day, from the trial made closest before it."""
    rows: dict[int, tuple[FloatArray, FloatArray]] = {}
    for trial in sorted(tried, key=lambda t: -len(t.actual)):
        for n, (actual, expected) in enumerate(zip(trial.actual, trial.expected, strict=True)):
            rows[len(trial.actual) - n] = (actual, expected)
    return list(rows.values())
