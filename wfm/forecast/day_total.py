"""Day totals: a weighted log-linear regression on the kind of day, with a level that moves at two speeds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import scipy

from wfm.forecast.special import DayTable, weekend_like

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from wfm.forecast.history import BoolArray, FloatArray

YEAR_DAYS = 365.25
DAY_NOISE = 0.01
"""Variance of a day's rate around its expectation, as a share squared: ten percent."""
NOISE_CONTACTS = 5.0
"""Variance of a day's contacts per expected contact."""
LEVEL_BANDWIDTH_DAYS = 60.0
WEEKDAY_DAYS = 35.0
"""Half-life of what the latest weeks add to a weekday."""
NEWTON_STEPS = 6
SETTLED = 1e-6
"""A Newton step smaller than this ends the search."""
ROUNDS = 3
BLOCK_ROWS = 64
FESTIVAL_RIDGE = 0.5
"""Penalty of what a moving festival does to the days before, in or after it."""


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast a day total follows the latest days."""

    half_life_days: float
    """Half-life of a day's weight in the regression."""
    fast_days: float = 4.0
    """Half-life of the quick level."""
    slow_days: float = 30.0
    """Half-life of the steady level."""
    decay: float = 0.95
    """What remains of the quick level's lead per day ahead."""
    yearly: int = 0
    """Harmonics of the year's own shape; 0 learns none."""
    ridge: float = 2.0
    """Penalty of the first harmonic; that of the n-th is n times as much."""


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


def day_totals(totals: FloatArray, days: Sequence[date], table: DayTable, speed: Speed) -> DayTotals:
    """Return day totals ahead of a history.

    Sources: quasi-likelihood for over-dispersed counts by ridge-penalised Newton steps on the log scale; two-speed
    exponential smoothing of the residual level; median absolute deviation weights against outliers.

    Parameters
    ----------
    totals
        Contacts per past day; NaN where unknown.
    days
        The past days, then the days ahead, in order.
    table
        Special-day table of `days`.
    """
    past = len(totals)
    known = ~np.isnan(totals)
    mean = float(np.mean(totals[known])) if known.any() else 0.0
    if mean <= 0:
        return DayTotals(np.zeros(len(days) - past), known.astype(float))
    design, ridge = _design(totals, days, table, speed)
    age = np.arange(past - 1, -1, -1, dtype=float)
    learnt = _Past(
        x=design[:past],
        ridge=ridge,
        y=np.where(known, totals, mean) / mean,
        weight=known * _half(age, speed.half_life_days),
        regular=table.regular[:past] & known,
        holiday=table.holiday[:past],
        mean=mean,
    )
    fit = _regress(learnt)
    ahead = np.array([(d - days[past - 1]).days for d in days[past:]], dtype=float)
    weekday = _weekday_correction(fit, table.weekday[:past], learnt.regular * _half(age, WEEKDAY_DAYS))
    correction = np.where(table.normal[past:], table.weekday[past:] @ weekday, 0.0)
    level = _level_ahead(learnt, fit, speed, age, ahead)
    return DayTotals(mean * np.exp(_times(design[past:], fit.slope) + level + correction), fit.trust * known)


@dataclass(frozen=True, slots=True)
class _Fit:
    slope: FloatArray
    noise: FloatArray
    """Log of actual over regression, less its slow level, per past day."""
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
    return _Fit(slope, noise, trust)


def _newton(past: _Past, trust: FloatArray, level: FloatArray, slope: FloatArray) -> FloatArray:
    """Return the slope that fits y = exp(x slope + level) by penalised, weighted quasi-likelihood."""
    for _ in range(NEWTON_STEPS):
        eta = _times(past.x, slope)
        mu = np.exp(np.clip(eta + level, -30.0, 30.0))
        z = eta + np.clip((past.y - mu) / mu, -2.0, 2.0)
        reliable = DAY_NOISE * mu / (NOISE_CONTACTS / past.mean + DAY_NOISE * mu)
        xw = past.x * (past.weight * trust * reliable)[:, None]
        before = slope
        slope = np.asarray(np.linalg.solve(_crossed(xw, past.x) + np.diag(past.ridge), (xw * z[:, None]).sum(axis=0)))
        if np.abs(slope - before).max() < SETTLED:
            break
    return slope


def _times(x: FloatArray, slope: FloatArray) -> FloatArray:
    product: FloatArray = (x * slope).sum(axis=1)
    return product


def _crossed(left: FloatArray, right: FloatArray) -> FloatArray:
    """Return left' right, summed over blocks of rows.

    One product of this size would be spread over threads, which takes longer than the product on a busy machine.
    """
    total: FloatArray = np.zeros((left.shape[1], right.shape[1]))
    for first in range(0, len(left), BLOCK_ROWS):
        rows = slice(first, first + BLOCK_ROWS)
        total += left[rows].T @ right[rows]
    return total


def _trust(noise: FloatArray, past: _Past) -> FloatArray:
    """Return the weight of each day: 1 within 2.5 robust standard deviations, less beyond; 1 on holidays."""
    spread = 1.48 * float(np.median(np.abs(noise[past.regular]))) if past.regular.any() else 1.0
    return np.where(past.holiday, 1.0, 1.0 / np.maximum(1.0, np.abs(noise) / (2.5 * max(spread, 1e-3))))


def _slow_level(residual: FloatArray, weight: FloatArray) -> FloatArray:
    above = scipy.ndimage.gaussian_filter1d(residual * weight, LEVEL_BANDWIDTH_DAYS, mode="constant")
    below = scipy.ndimage.gaussian_filter1d(weight.astype(float), LEVEL_BANDWIDTH_DAYS, mode="constant")
    return np.divide(above, below, out=np.zeros_like(above), where=below > 1e-9)


def _weekday_correction(fit: _Fit, weekday: FloatArray, weight: FloatArray) -> FloatArray:
    shares = weekday * (weight * fit.trust)[:, None]
    correction: FloatArray = (shares.T @ fit.noise) / (shares.sum(axis=0) + 2.0)
    return correction


def _design(totals: FloatArray, days: Sequence[date], table: DayTable, speed: Speed) -> tuple[FloatArray, FloatArray]:
    """Return the regressors of all days, shape (days, columns), and the ridge of each column."""
    past = len(totals)
    weekend = weekend_like(totals, table[:past])
    on_workday = 1.0 - table.weekday @ weekend.astype(float)
    columns: list[tuple[FloatArray, float]] = [(table.weekday[:, k], 1e-4) for k in range(7)]
    columns += [
        (table.holiday * on_workday, 0.3),
        (table.holiday * (1.0 - on_workday), 1.0),
        (table.eve * on_workday, 2.0),
        (table.after * on_workday, 1.0),
        (table.bridge * on_workday, 0.5),
        (table.christmas.astype(np.float64), 1.0),
    ]
    seen = sorted({key for keys in table.keys[:past] for key in keys})
    columns += [(on_workday * [key in keys for keys in table.keys], 3.0) for key in seen]
    columns += list(_around_festivals(table, past))
    columns += list(_harmonics(np.array([d.day / 30.44 for d in days]), 2, 10.0, 10.0))
    columns += list(_harmonics(np.array([d.toordinal() / YEAR_DAYS for d in days]), speed.yearly, 0.0, speed.ridge))
    return np.column_stack([c for c, _ in columns]), np.array([r for _, r in columns])


def _around_festivals(table: DayTable, past: int) -> Iterator[tuple[FloatArray, float]]:
    """Yield what a moving festival does to the days before, in and after it: a level, a slope and a bend each."""
    seen = {place[:2] for place in table.place[:past] if place is not None}
    away = np.array([(place[2] - 4.0) / 3.0 if place is not None else 0.0 for place in table.place])
    for stretch in sorted(seen):
        there = np.array([place is not None and place[:2] == stretch for place in table.place])
        for power in range(3):
            yield there * away**power, FESTIVAL_RIDGE


def _harmonics(cycles: FloatArray, orders: int, base: float, step: float) -> Iterator[tuple[FloatArray, float]]:
    for order in range(1, orders + 1):
        ridge = base if base else step * order
        yield np.sin(2 * np.pi * order * cycles), ridge
        yield np.cos(2 * np.pi * order * cycles), ridge


def _half(age: FloatArray, days: float) -> FloatArray:
    return np.exp2(-age / days)


def _level_ahead(past: _Past, fit: _Fit, speed: Speed, age: FloatArray, ahead: FloatArray) -> FloatArray:
    """Return the log of the level on each day ahead: the quick one, fading into the steady one."""
    kind = np.exp(_times(past.x, fit.slope))
    weight = past.regular * fit.trust
    quick, steady = (_level(past.y, kind, weight * _half(age, days)) for days in (speed.fast_days, speed.slow_days))
    return steady + (quick - steady) * speed.decay**ahead


def _level(y: FloatArray, kind: FloatArray, weight: FloatArray) -> float:
    """Return the log of contacts over what the kinds of day would give; a ratio of sums has no bias on small queues."""
    usual = float(kind @ weight)
    return float(np.log(max(float(y @ weight) / usual, 1e-9))) if usual > 0 else 0.0
