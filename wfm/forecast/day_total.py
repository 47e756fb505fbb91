"""Day totals: a weighted log-linear regression on the kind of day, with a level that moves at two speeds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import scipy

from wfm.forecast.regressors import kinds_of_days, shape_of_year, weekdays_of_year

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfm.forecast.history import BoolArray, FloatArray
    from wfm.forecast.learning import Learning
    from wfm.forecast.regressors import Regressors

DAY_NOISE = 0.01
"""Variance of a day's rate around its expectation, as a share squared: ten percent."""
NOISE_CONTACTS = 5.0
"""Variance of a day's contacts per expected contact."""
LEVEL_BANDWIDTH_DAYS = 60.0
FAST_DAYS, SLOW_DAYS = 1.5, 30.0
"""Half-lives of the quick level, and of the steady level of a regression that remembers a year."""
LEAD_PRIOR_CONTACTS = 400.0
"""So many contacts at the steady level are added to those of the quick one: on a small queue its lead is chance."""
DECAY = 0.9
"""What remains of the quick level's lead per day ahead."""
LONG = 4.0
"""Growth is the way to the steady level from one of so many times its half-life."""
GROWTH_DAYS = 28.0
"""Days ahead after which it ends."""
WEEKDAY_DAYS = 35.0
"""Half-life of what the latest weeks add to a weekday."""
WEEKDAY_PRIOR_DAYS = 2.0
"""So many usual days are added to them."""
LARGEST_LEAD = 1.0
"""A day counts at most so much, on the log scale, in the lead of the latest weeks over the slow level."""
NEWTON_STEPS = 6
SETTLED = 1e-4
"""A Newton step smaller than this ends the search."""
ROUNDS = 3
BLOCK_ROWS = 64


@dataclass(frozen=True, slots=True)
class Speed:
    """How long a day total remembers, and how closely it follows the year."""

    half_life_days: float
    """Half-life of a day's weight in the regression."""
    yearly: int
    """Harmonics of the year; few of them are a trend that dies out where there is less than a year to learn from."""
    ridge: float
    """Penalty of the first harmonic; that of the n-th is n times as much."""
    level_days: float = SLOW_DAYS
    """Half-life of a day's weight in the steady level."""
    growth: float = 0.0
    """Part of the latest weeks' growth that goes on."""


@dataclass(frozen=True, slots=True)
class DayTotals:
    """Forecast day totals, and how much each past day can be trusted.

    Attributes
    ----------
    expected
        Expected contacts of each day ahead; shape (days ahead,).
    trust
        Weight in [0, 1] of each past day: low for outliers, 0 for gaps; shape (days,).
    """

    expected: FloatArray
    trust: FloatArray


def day_totals(learn: Learning, speeds: Sequence[Speed], *, yearly: bool = False) -> tuple[DayTotals, ...]:
    """Return day totals ahead of a history, one for each speed.

    Parameters
    ----------
    yearly
        Whether weekdays may differ by the season.

    Sources: quasi-likelihood for over-dispersed counts by ridge-penalised Newton steps on the log scale; two-speed
    exponential smoothing of the residual level; median absolute deviation weights against outliers.
    """
    known = ~np.isnan(learn.totals)
    mean = float(np.mean(learn.totals[known])) if known.any() else 0.0
    if mean <= 0:
        return (DayTotals(np.zeros(len(learn.ahead)), known.astype(float)),) * len(speeds)
    kinds = kinds_of_days(learn)
    if yearly:
        kinds = kinds.joined(weekdays_of_year(learn))
    return tuple(_day_totals(learn, mean, kinds, speed) for speed in speeds)


def _day_totals(learn: Learning, mean: float, kinds: Regressors, speed: Speed) -> DayTotals:
    known = ~np.isnan(learn.totals)
    columns = kinds.joined(shape_of_year(learn.days, speed.yearly, speed.ridge))
    design = columns.x
    past = _Past(
        x=design[: learn.known],
        ridge=columns.ridge,
        y=np.where(known, learn.totals, mean) / mean,
        weight=known * _half(learn.age, speed.half_life_days),
        regular=learn.past.regular & known,
        holiday=learn.past.holiday,
        mean=mean,
    )
    fit = _regress(past)
    weekday = _weekday_correction(past, fit, learn.past.weekday, past.regular * _half(learn.age, WEEKDAY_DAYS))
    correction = np.where(learn.future.normal, learn.future.weekday @ weekday, 0.0)
    level = _level_ahead(past, fit, learn, speed)
    kind = _times(design[learn.known :], fit.slope)
    return DayTotals(mean * np.exp(kind + level + correction), fit.trust * known)


@dataclass(frozen=True, slots=True)
class _Fit:
    slope: FloatArray
    level: FloatArray
    """Slow level of the log of actual over regression, per past day."""
    noise: FloatArray
    """That log less its slow level."""
    trust: FloatArray


@dataclass(frozen=True, slots=True)
class _Past:
    """What the regression learns from; one row per past day."""

    x: FloatArray
    ridge: FloatArray
    """Penalty of each column of `x`."""
    y: FloatArray
    """Contacts as a share of the mean day."""
    weight: FloatArray
    regular: BoolArray
    holiday: BoolArray
    mean: float
    """Contacts of the mean day."""


def _regress(past: _Past) -> _Fit:
    slope: FloatArray = np.zeros(past.x.shape[1])
    noise = level = np.zeros(len(past.y))
    trust: FloatArray = np.ones(len(past.y))
    for _ in range(ROUNDS):
        slope = _newton(past, trust, level, slope)
        residual = np.log(np.maximum(past.y, 0.3 / past.mean)) - _times(past.x, slope)
        level = _slow_level(np.clip(residual, -3.0, 3.0), past.regular * trust)
        noise = residual - level
        trust = _trust(noise, past)
    return _Fit(slope, level, noise, trust)


def _newton(past: _Past, trust: FloatArray, level: FloatArray, slope: FloatArray) -> FloatArray:
    """Return the slope that fits y = exp(x slope + level) by penalised, weighted quasi-likelihood."""
    for _ in range(NEWTON_STEPS):
        eta = _times(past.x, slope)
        mu = np.exp(np.clip(eta + level, -30.0, 30.0))
        z = eta + np.clip((past.y - mu) / mu, -2.0, 2.0)
        reliable = DAY_NOISE * mu / (NOISE_CONTACTS / past.mean + DAY_NOISE * mu)
        weight = past.weight * trust * reliable
        before = slope
        slope = _solved(_crossed(past.x, weight) + np.diag(past.ridge), _times(past.x.T, weight * z))
        if np.abs(slope - before).max() < SETTLED:
            break
    return slope


def _solved(normal: FloatArray, right: FloatArray) -> FloatArray:
    """Return the solution of normal equations, by their Cholesky factor: a general solver is spread over threads."""
    slope: FloatArray = scipy.linalg.cho_solve((np.linalg.cholesky(normal), True), right, check_finite=False)
    return slope


def _times(x: FloatArray, slope: FloatArray) -> FloatArray:
    """Return x slope, in one thread."""
    product: FloatArray = np.einsum("ij,j->i", x, slope)
    return product


def _crossed(x: FloatArray, weight: FloatArray) -> FloatArray:
    """Return x' diag(weight) x, summed over blocks of rows.

    One product of this size would be spread over threads, which takes longer than the product on a busy machine.
    """
    total: FloatArray = np.zeros((x.shape[1], x.shape[1]))
    for first in range(0, len(x), BLOCK_ROWS):
        rows = x[first : first + BLOCK_ROWS]
        total += (rows * weight[first : first + BLOCK_ROWS, None]).T @ rows
    return total


def _trust(noise: FloatArray, past: _Past) -> FloatArray:
    """Return the weight of each day: 1 within 2.5 robust standard deviations, less beyond; 1 on holidays."""
    spread = 1.48 * float(np.median(np.abs(noise[past.regular]))) if past.regular.any() else 1.0
    return np.where(past.holiday, 1.0, 1.0 / np.maximum(1.0, np.abs(noise) / (2.5 * max(spread, 1e-3))))


def _slow_level(residual: FloatArray, weight: FloatArray) -> FloatArray:
    above = scipy.ndimage.gaussian_filter1d(residual * weight, LEVEL_BANDWIDTH_DAYS, mode="constant")
    below = scipy.ndimage.gaussian_filter1d(weight.astype(float), LEVEL_BANDWIDTH_DAYS, mode="constant")
    return np.divide(above, below, out=np.zeros_like(above), where=below > 1e-9)


def _weekday_correction(past: _Past, fit: _Fit, weekday: FloatArray, weight: FloatArray) -> FloatArray:
    """Return the log of what each weekday had of late beyond the others, and all of them beyond the slow level.

    The former by ratios of sums, as for the level: days without contacts have no log. `WEEKDAY_PRIOR_DAYS` usual days
    are added.
    """
    usual, trusted = np.exp(_times(past.x, fit.slope) + fit.level), weight * fit.trust
    due = usual * np.exp(_level(past.y, usual, trusted))
    shares = weekday * trusted[:, None]
    days, came, given = shares.sum(axis=0), shares.T @ past.y, shares.T @ due
    prior = WEEKDAY_PRIOR_DAYS * np.divide(given, days, out=np.ones(7), where=days > 0)
    lead = float(np.clip(fit.noise, -LARGEST_LEAD, LARGEST_LEAD) @ trusted) / (trusted.sum() + 7 * WEEKDAY_PRIOR_DAYS)
    correction: FloatArray = np.log((came + prior) / (given + prior)) + lead
    return correction


def _half(age: FloatArray, days: float) -> FloatArray:
    return np.exp2(-age / days)


def _level_ahead(past: _Past, fit: _Fit, learn: Learning, speed: Speed) -> FloatArray:
    """Return the log of the level on each day ahead: the quick one, fading into the steady one and its growth."""
    kind = np.exp(_times(past.x, fit.slope))
    weight = past.regular * fit.trust
    steady, long = speed.level_days, LONG * speed.level_days
    level, earlier = (_level(past.y, kind, weight * _half(learn.age, days)) for days in (steady, long))
    usual, prior = kind * np.exp(level), LEAD_PRIOR_CONTACTS / past.mean
    lead = _level(past.y, usual, weight * _half(learn.age, FAST_DAYS), prior)
    a_day = speed.growth * (level - earlier) / (_mean_age(long) - _mean_age(steady))
    grown = a_day * (_mean_age(steady) + np.minimum(learn.ahead, GROWTH_DAYS))
    return level + grown + (lead - grown) * DECAY**learn.ahead


def _level(y: FloatArray, kind: FloatArray, weight: FloatArray, prior: float = 0.0) -> float:
    """Return the log of contacts over what the kinds of day would give, both with a prior added.

    A ratio of sums has no bias on small queues.
    """
    usual = float(kind @ weight) + prior
    return float(np.log(max((float(y @ weight) + prior) / usual, 1e-9))) if usual > 0 else 0.0


def level_age(ahead: FloatArray) -> FloatArray:
    """Return how many days before the origin the level stands for that holds so many days ahead.

    Examples
    --------
    >>> level_age(np.array([1.0, 28.0])).round().tolist()
    [6.0, 41.0]
    """
    quick, steady = _mean_age(FAST_DAYS), _mean_age(SLOW_DAYS)
    age: FloatArray = steady + (quick - steady) * DECAY**ahead
    return age


def _mean_age(half_life_days: float) -> float:
    return half_life_days / float(np.log(2))
