"""Outages and spikes put into the history: what they cost a forecast, and what cleaning a clean history costs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from wfm.forecast.accuracy import wape
from wfm.forecast.backtest import origin_days
from wfm.forecast.history import by_wall_clock
from wfm.forecast.models.analyst_mean import AnalystMean
from wfm.forecast.models.day_profile import DayProfile
from wfm.forecast.special import day_table

if TYPE_CHECKING:
    from wfm.domain.calendar import Calendar
    from wfm.forecast import Forecaster, QueueHistory
    from wfm.forecast.history import FloatArray, IntArray

HORIZON_DAYS = 14
ORIGINS = 6
LATEST_DAYS = 40
"""Days before an origin on which something goes wrong."""
OUTAGES, OUTAGE_MINUTES = 4, 150
SPIKES, SPIKE_MINUTES, SPIKE_FACTOR = 2, 120, 3.0


def injected_loss(history: QueueHistory, calendar: Calendar, first_origin: int | None) -> dict[str, float]:
    """Return the WAPE of ordinary days 1 to 14, in percent, with and without disturbances and cleaning.

    Into the last 40 days before each of six origins go four outages of 2.5 hours and two spikes of three times the
    contacts for 2 hours, on different ordinary days, seeded by the origin; in a third history one day more has twice
    its contacts.

    Returns
    -------
    dict
        `recorded`, `injected` and `doubled`: history as it is, with outages and spikes, and with the doubled day as
        well; `_uncleaned` without repairs, `_analyst` the six-week mean. `loss` and `loss_doubled` are what the
        disturbances cost after cleaning, `cost` what cleaning the recorded history does, in points.
    """
    starts = origin_days(history.days, ORIGINS, HORIZON_DAYS, first_origin)
    known = [history.until(history.first + timedelta(days=start - 1)) for start in starts]
    injected, doubled = (
        [disturbed(one, calendar, seed, double=double) for seed, one in enumerate(known)] for double in (False, True)
    )
    models: dict[str, Forecaster] = {"": DayProfile(), "_uncleaned": DayProfile(clean=False), "_analyst": AnalystMean()}
    found = {
        f"{name}{model}": round(100 * _error(histories, history, calendar, forecaster), 2)
        for name, histories in (("recorded", known), ("injected", injected), ("doubled", doubled))
        for model, forecaster in models.items()
    }
    changes = {
        "loss": found["injected"] - found["recorded"],
        "loss_doubled": found["doubled"] - found["recorded"],
        "cost": found["recorded"] - found["recorded_uncleaned"],
    }
    return found | {name: round(value, 2) for name, value in changes.items()}


def disturbed(history: QueueHistory, calendar: Calendar, seed: int, *, double: bool) -> QueueHistory:
    """Return a history with outages, spikes and perhaps a doubled day among its latest ordinary days, by a seed."""
    draw, counts = np.random.default_rng(seed), history.counts.copy()
    days = draw.permutation(_ordinary(history, calendar))
    for day in days[:OUTAGES]:
        counts[day, _busy(counts[day], OUTAGE_MINUTES // history.minutes, draw)] = 0.0
    for day in days[OUTAGES : OUTAGES + SPIKES]:
        counts[day, _busy(counts[day], SPIKE_MINUTES // history.minutes, draw)] *= SPIKE_FACTOR
    if double:
        counts[days[OUTAGES + SPIKES :][:1]] *= 2.0
    return replace(history, counts=counts)


def _ordinary(history: QueueHistory, calendar: Calendar) -> IntArray:
    """Return the latest days that are ordinary, wholly known and not empty."""
    plain = day_table(history.dates, calendar).normal & (history.counts.sum(axis=1) > 0)
    return np.flatnonzero(plain & (np.arange(history.days) >= history.days - LATEST_DAYS)).astype(np.int64)


def _busy(row: FloatArray, length: int, draw: np.random.Generator) -> slice:
    """Return a stretch of a day that begins in an interval with at least the day's mean."""
    first = int(draw.choice(np.flatnonzero(row >= row.mean())))
    return slice(first, first + length)


def _error(histories: list[QueueHistory], whole: QueueHistory, calendar: Calendar, model: Forecaster) -> float:
    pairs = [_ahead(history, whole, calendar, model) for history in histories]
    actual, expected = (np.concatenate(rows) for rows in zip(*pairs, strict=True))
    return wape(actual, expected)


def _ahead(
    history: QueueHistory, whole: QueueHistory, calendar: Calendar, model: Forecaster
) -> tuple[FloatArray, FloatArray]:
    """Return contacts that came and were expected on the ordinary days after a history."""
    last = min(history.last + timedelta(days=HORIZON_DAYS), whole.last)
    grid = whole.grid(history.last + timedelta(days=1), last)
    expected = by_wall_clock(model.predict(history, calendar, grid), grid.starts, grid.minutes, grid.first, grid.last)
    ahead = slice(history.days, history.days + len(expected))
    judged = day_table(whole.dates[ahead], calendar).normal
    return whole.counts[ahead][judged], expected[judged]
