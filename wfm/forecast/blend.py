"""Day totals of several regressions, weighted by how well each did on the latest weeks.

Yearly terms see a growing queue as a season and run away with it; on a steady queue they are the better half. So a
steady group with the year's shape stands beside one quick regression that remembers a few weeks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wfm.forecast.base import LEAST_DAYS, ORIGINS_BACK
from wfm.forecast.day_total import Speed, day_totals
from wfm.forecast.spread import NEAR_DAYS
from wfm.forecast.yearly import YEAR_DAYS, change_of_earlier_years

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfm.forecast.history import BoolArray, FloatArray
    from wfm.forecast.learning import Learning

YEARLY_FROM_DAYS = 400
"""Days of history from which the year's own shape can be told from growth."""
HALF_LIFE_DAYS = 28.0
"""Half-life of the weight of a trial's error."""
POWER = 8.0
"""A group weighs 1 / error ** POWER."""
PREFERENCE = 0.5
"""Factor on the steady group's error: eight weeks cannot tell much about a year."""
GROWN = 2.0
"""A queue this many times as large as a year ago, or as small, has no year to prefer."""
ALL_YEARS = 2000.0
"""Half-life in days under which all years count alike."""

SMOOTH = Speed(ALL_YEARS, yearly=6, ridge=2.0)
CLOSE = Speed(365.0, yearly=20, ridge=3.0)
WAVE = Speed(365.0, yearly=2, ridge=5.0)
QUICK = Speed(45.0, yearly=2, ridge=5.0, level_days=15.0, growth=0.25)


@dataclass(frozen=True, slots=True)
class Totals:
    """Expected contacts of the days ahead.

    Attributes
    ----------
    steady, quick
        Of the group that remembers a year, and of the regression that remembers weeks; shape (days ahead,).
    special
        What holds on special days.
    trust
        Weight in [0, 1] of each known day.
    """

    steady: FloatArray
    quick: FloatArray
    special: FloatArray
    trust: FloatArray


@dataclass(frozen=True, slots=True)
class Trial:
    """What would have been forecast some days before the end of the history: the learning of then, and its totals."""

    learn: Learning
    totals: Totals
    counts: FloatArray
    """Contacts per day and interval; NaN where unknown, and on special days."""
    actual: FloatArray
    """Contacts per day; NaN likewise."""
    back: int


@dataclass(frozen=True, slots=True)
class Blend:
    """Day totals ahead, and the trials that set the weights.

    Attributes
    ----------
    steady_share
        Weight of the steady group up to a week ahead, and beyond.
    """

    expected: FloatArray
    trust: FloatArray
    steady_share: tuple[float, float]
    trials: tuple[Trial, ...]

    def of(self, trial: Trial) -> FloatArray:
        """Return the blended totals of a trial, with the weights of today."""
        return _mixed(trial.learn, trial.totals, self.steady_share)


def blended(learn: Learning) -> Blend:
    """Return day totals ahead; where the history is short of a year's shape the steady group is one regression."""
    yearly = learn.known >= YEARLY_FROM_DAYS
    trials = tuple(_trial(learn, back, yearly=yearly) for back in ORIGINS_BACK if learn.known - back >= LEAST_DAYS)
    preference = 1.0 if _grown(learn) else PREFERENCE
    near, far = (_steady_share(trials, preference, near=side) for side in (True, False))
    totals = _totals(learn, yearly=yearly)
    return Blend(_mixed(learn, totals, (near, far)), totals.trust, (near, far), trials)


def _totals(learn: Learning, *, yearly: bool) -> Totals:
    speeds = (SMOOTH, CLOSE, WAVE) if yearly else (WAVE,)
    *found, weeks = day_totals(learn, (*speeds, QUICK), yearly=yearly)
    quick = weeks.expected
    like_earlier_years = [quick * np.exp(change_of_earlier_years(learn))] if yearly else []
    steady = np.mean([one.expected for one in found] + like_earlier_years, axis=0)
    return Totals(steady, quick, found[0].expected, found[0].trust)


def _mixed(learn: Learning, totals: Totals, share: tuple[float, float]) -> FloatArray:
    steady = np.where(learn.ahead <= NEAR_DAYS, *share)
    mixed: FloatArray = np.where(
        learn.future.normal, steady * totals.steady + (1 - steady) * totals.quick, totals.special
    )
    return mixed


def _trial(learn: Learning, back: int, *, yearly: bool) -> Trial:
    earlier = learn.before(back)
    normal = earlier.future.normal
    counts = np.where(normal[:, None], learn.counts[-back:], np.nan)
    return Trial(earlier, _totals(earlier, yearly=yearly), counts, np.where(normal, learn.totals[-back:], np.nan), back)


def _grown(learn: Learning) -> bool:
    """Return whether the latest weeks are `GROWN` times those of a year ago, or those of a year ago the latest."""
    weeks = int(HALF_LIFE_DAYS)
    latest, earlier = learn.totals[-weeks:], learn.totals[-weeks - YEAR_DAYS : -YEAR_DAYS]
    both = len(earlier) == weeks and not (np.isnan(latest).all() or np.isnan(earlier).all())
    if not both:
        return False
    now, then = float(np.nanmean(latest)), float(np.nanmean(earlier))
    return max(now, then) > GROWN * min(now, then)


def _steady_share(trials: Sequence[Trial], preference: float, *, near: bool) -> float:
    """Return the weight of the steady group; the larger part of it where nothing can be tried."""
    steady = sum(_missed(trial, trial.totals.steady, near=near) for trial in trials) * preference
    quick = sum(_missed(trial, trial.totals.quick, near=near) for trial in trials)
    worst = max(steady, quick)
    if worst <= 0:
        return 1.0
    first, second = (float(max(error / worst, 1e-3) ** -POWER) for error in (steady, quick))
    return first / (first + second)


def _missed(trial: Trial, expected: FloatArray, *, near: bool) -> float:
    days: BoolArray = (trial.learn.ahead <= NEAR_DAYS) == near
    age: float = trial.back / HALF_LIFE_DAYS
    return float(np.nansum(np.abs(expected - trial.actual)[days]) * 0.5**age)
