"""Forecast benchmark: errors of the models on any series of contacts, by a fixed protocol."""

from __future__ import annotations

import time
from datetime import timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from wfm.domain.calendar import build_calendar
from wfm.domain.intervals import OpeningHours
from wfm.forecast import FORECASTERS, QueueHistory
from wfm.forecast.backtest import backtest_queue
from wfm.forecast.models.seasonal_naive import SeasonalNaive

if TYPE_CHECKING:
    from pathlib import Path

HORIZON_DAYS = 28


def run(
    series: Path,
    *,
    models: tuple[str, ...] = ("seasonal_naive", "day_profile"),
    country: str = "CN",
    timezone: str = "UTC",
    minutes: int = 30,
    origins: int = 12,
    first_origin: int | None = None,
) -> dict[str, Any]:
    """Return the errors of each model per horizon, with seconds per forecast and versions.

    A day without rows is unknown; an interval without a row on a day that has rows counts as 0. Contacts are summed to
    `minutes`. A weekday without a row is closed. relMAE compares with the plain weekly naive (no
    calendar) on the same cells.

    Parameters
    ----------
    series
        CSV with `interval_start` (wall clock of `timezone`) and `offered`.
    first_origin
        Days of history before the earliest origin; None takes half of the series.
    """
    history = read_series(series, minutes, ZoneInfo(timezone))
    calendar = build_calendar(country, history.first, history.last + timedelta(days=HORIZON_DAYS))
    chosen = {kind: FORECASTERS[kind]() for kind in models}
    errors = backtest_queue(
        history, calendar, chosen, SeasonalNaive(skip_special=False), origins=origins, first_origin=first_origin
    )
    grid = history.grid(history.last + timedelta(days=1), history.last + timedelta(days=HORIZON_DAYS))
    seconds = {}
    for kind, model in chosen.items():
        begin = time.perf_counter()
        model.predict(history, calendar, grid)
        seconds[kind] = round(time.perf_counter() - begin, 4)
    return {
        "instance": series.name,
        "days": history.days,
        "errors": {kind: _by_horizon(rows) for kind, rows in errors.groupby("model", sort=False)},
        "poisson_floor": _number(errors["floor"].iloc[0]),
        "seconds": seconds,
        "versions": {name: version(name) for name in ("wfm", "numpy", "pandas", "holidays")},
    }


def read_series(series: Path, minutes: int, zone: ZoneInfo) -> QueueHistory:
    """Return a CSV of contacts as a history; weekdays without a row are closed."""
    table = pd.read_csv(series, parse_dates=["interval_start"])
    starts = pd.DatetimeIndex(table["interval_start"]).floor(f"{minutes}min")
    offered = table["offered"].astype(float).groupby(starts).sum()
    days = starts.normalize().unique()
    length = pd.Timedelta(minutes=minutes)
    steps = [day + n * length for day in days for n in range(24 * 60 // minutes)]
    filled = offered.reindex(pd.DatetimeIndex(steps), fill_value=0.0)
    span = ((0, 24 * 60),)
    opening = OpeningHours(tuple(span if weekday in set(days.day_of_week) else () for weekday in range(7)))
    shown = pd.DatetimeIndex(filled.index).tz_localize(zone, ambiguous="NaT", nonexistent="NaT")
    return QueueHistory.of(filled.set_axis(shown)[shown.notna()], minutes, zone, opening)


def _by_horizon(rows: pd.DataFrame) -> dict[str, dict[str, float | None]]:
    kept = rows.set_index("horizon")[["wape", "bias", "daily_wape", "relmae", "n"]]
    return {str(name): {str(k): _number(value) for k, value in row.items()} for name, row in kept.iterrows()}


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 4)
