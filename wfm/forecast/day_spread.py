"""Totals of days and weeks with a spread of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from wfm.forecast.spread import ASSUMED, NEAR_DAYS, counts_bounds, dispersion

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wfm.domain.intervals import Grid
    from wfm.forecast.base import Tried
    from wfm.forecast.history import FloatArray

WEEK = 7
LEAST_TOTALS = 4
"""Totals that a dispersion of its own needs."""


def day_totals_table(queue: str, offered: FloatArray, tried: Sequence[Tried], grid: Grid) -> pd.DataFrame:
    """Return `queue, unit, first, last, offered, low, high` of every day and of every week from Monday.

    The spread of days and of weeks is each measured on the trials' own days and weeks: errors of one day's intervals
    go together, and so do those of one week's days.
    """
    local = grid.starts.tz_localize(None).normalize()
    days = pd.Series(offered, index=local).groupby(level=0).sum()
    week = pd.DatetimeIndex(days.index).to_period("W-SUN")
    weeks = days.groupby(week).sum()
    spans = pd.Series(pd.DatetimeIndex(days.index), index=week).groupby(level=0).agg(["min", "max"])
    parts = [
        _rows(queue, "day", pd.DatetimeIndex(days.index), pd.DatetimeIndex(days.index), days, tried, 1, grid),
        _rows(queue, "week", pd.DatetimeIndex(spans["min"]), pd.DatetimeIndex(spans["max"]), weeks, tried, WEEK, grid),
    ]
    return pd.concat(parts, ignore_index=True)


def _rows(
    queue: str,
    unit: str,
    first: pd.DatetimeIndex,
    last: pd.DatetimeIndex,
    sums: pd.Series[float],
    tried: Sequence[Tried],
    length: int,
    grid: Grid,
) -> pd.DataFrame:
    expected = np.asarray(sums, dtype=np.float64)
    near, far = (_phi(tried, length, near=side) for side in (True, False))
    phi = np.where(np.asarray((last - pd.Timestamp(grid.first)).days) < NEAR_DAYS, near, far)
    low, high = counts_bounds(expected, phi)
    columns = {"queue": queue, "unit": unit, "first": first.date, "last": last.date, "offered": expected}
    return pd.DataFrame({**columns, "low": low, "high": high})


def day_dispersion(tried: Sequence[Tried], *, near: bool) -> float:
    """Return phi of day totals, up to a week ahead or beyond."""
    return _phi(tried, 1, near=near)


def _phi(tried: Sequence[Tried], length: int, *, near: bool) -> float:
    pairs = [pair for trial in tried for pair in _sums(trial, length, near=near)]
    if len(pairs) < LEAST_TOTALS:
        return float(ASSUMED.phi[0, 0]) if not tried or length == 1 else _phi(tried, 1, near=near)
    actual, expected = np.array(pairs).T
    return dispersion(actual, expected)


def _sums(trial: Tried, length: int, *, near: bool) -> Iterator[tuple[float, float]]:
    """Yield actual and expected contacts of whole known stretches of days."""
    known = ~np.isnan(trial.actual)
    actual = np.where(known, trial.actual, 0.0).sum(axis=1)
    expected = np.where(known, trial.expected, 0.0).sum(axis=1)
    for first in range(0 if near else NEAR_DAYS, NEAR_DAYS if near else len(actual) - length + 1, length):
        days = slice(first, first + length)
        if 2 * known[days].any(axis=1).sum() >= length and expected[days].sum() > 0:
            yield float(actual[days].sum()), float(expected[days].sum())
