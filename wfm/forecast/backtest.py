"""How well forecasters would have done: rolling origins that never see what comes after them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from wfm.forecast.accuracy import TAUS, bias, coverage, pinball, poisson_floor, wape
from wfm.forecast.history import by_wall_clock
from wfm.forecast.special import day_table
from wfm.forecast.spread import NEAR_DAYS, counts_bounds, counts_quantile, spread_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wfm.domain.calendar import Calendar
    from wfm.forecast.base import Forecaster
    from wfm.forecast.history import BoolArray, FloatArray, QueueHistory

LEARNING_DAYS = 14
"""Least history before an origin."""
FLOOR_DAYS = 200
"""Days whose mean per weekday and interval stands for the true rate of the Poisson floor."""
HORIZONS = {"1w": (1, 7), "4w": (22, 28)}
"""First and last day ahead."""
CALIBRATING = 4
"""Origins whose errors are known before the first prediction interval."""


@dataclass(frozen=True, slots=True)
class Scored:
    """Cells on which every model is judged; the first two axes are origins and days ahead.

    Attributes
    ----------
    actual
        Contacts, shape (origins, days ahead, intervals of a day); NaN where unknown.
    served
        Whether the day is open and known, shape (origins, days ahead).
    special
        Whether the day is a holiday or a bridge.
    """

    actual: FloatArray
    served: BoolArray
    special: BoolArray


def backtest_queue(
    history: QueueHistory,
    calendar: Calendar,
    models: Mapping[str, Forecaster],
    peers: Mapping[str, Forecaster],
    *,
    origins: int = 6,
    horizon_days: int = 28,
    first_origin: int | None = None,
) -> pd.DataFrame:
    """Return the errors of each model on one queue; rows and columns as `wfm.forecast.backtest`, without `queue`.

    Parameters
    ----------
    peers
        The forecasters that errors are compared with, by the column that holds the ratio.
    first_origin
        Days of history before the earliest origin; None takes half of the history.
    """
    starts = origin_days(history.days, origins, horizon_days, first_origin)
    scored = _scored(history, calendar, starts, horizon_days)
    base = {name: forecasts(model, history, calendar, starts, horizon_days) for name, model in peers.items()}
    floor = _floor(history, calendar)
    rows = []
    for name, model in models.items():
        expected = forecasts(model, history, calendar, starts, horizon_days)
        rows += [{"model": name, **row, "floor": floor} for row in _rows(scored, expected, base)]
    return pd.DataFrame(rows)


def origin_days(days: int, origins: int, horizon_days: int, first_origin: int | None = None) -> tuple[int, ...]:
    """Return how many days of history each origin knows: evenly spaced, moved by a day so that weekdays rotate.

    Examples
    --------
    >>> origin_days(100, 4, 28)
    (50, 57, 66, 71)
    """
    first = max(LEARNING_DAYS, min(days // 2, days - horizon_days) if first_origin is None else first_origin)
    last = max(first, days - horizon_days)
    even = np.linspace(first, last, max(1, min(origins, last - first + 1))).round().astype(int)
    return tuple(sorted({int(np.clip(day + n % 3 - 1, first, last)) for n, day in enumerate(even)}))


def _scored(history: QueueHistory, calendar: Calendar, starts: tuple[int, ...], horizon_days: int) -> Scored:
    table = day_table(history.dates, calendar)
    actual = np.full((len(starts), horizon_days, history.counts.shape[1]), np.nan)
    special = np.zeros((len(starts), horizon_days), dtype=bool)
    open_day = np.zeros_like(special)
    for n, start in enumerate(starts):
        ahead = slice(start, start + horizon_days)
        known = len(history.counts[ahead])
        actual[n, :known] = np.where(history.open[ahead], history.counts[ahead], np.nan)
        special[n, :known] = (table.holiday | table.bridge)[ahead]
        open_day[n, :known] = history.open[ahead].any(axis=1)
    return Scored(actual, open_day & ~np.isnan(actual).all(axis=2), special)


def forecasts(
    model: Forecaster, history: QueueHistory, calendar: Calendar, starts: tuple[int, ...], horizon_days: int
) -> FloatArray:
    """Return forecasts from each origin, made from nothing later; shape (origins, days ahead, intervals of a day)."""
    result = np.full((len(starts), horizon_days, history.counts.shape[1]), np.nan)
    for n, start in enumerate(starts):
        origin = history.first + timedelta(days=start)
        known = min(horizon_days, history.days - start)
        grid = history.grid(origin, origin + timedelta(days=known - 1))
        expected = model.expected(history.until(origin - timedelta(days=1)), calendar, grid)
        result[n, :known] = by_wall_clock(expected, grid.starts, grid.minutes, grid.first, grid.last)
    return result


def _rows(scored: Scored, expected: FloatArray, base: Mapping[str, FloatArray]) -> Iterator[dict[str, object]]:
    phi = _dispersions(scored, expected)
    for horizon, days in _horizons(scored):
        actual, forecast = scored.actual[days], expected[days]
        error = wape(actual, forecast)
        judged = days & ~np.isnan(phi).any(axis=2)
        came, foreseen, spread = scored.actual[judged], np.nan_to_num(expected[judged]), phi[judged]
        yield {
            "horizon": horizon,
            "wape": error,
            "bias": bias(actual, forecast),
            "daily_wape": wape(*_daily(actual, forecast)),
            "n": int(days.sum()),
            **{name: _ratio(error, wape(actual, other[days])) for name, other in base.items()},
            "coverage": coverage(came, *counts_bounds(foreseen, spread)),
            "pinball": pinball(came, np.array([counts_quantile(foreseen, spread, tau) for tau in TAUS])),
        }
    yield _special_row(scored, expected, base)


def _dispersions(scored: Scored, expected: FloatArray) -> FloatArray:
    """Return phi of every cell, learnt from the errors of earlier origins; NaN at the first origins.

    Shape (origins, days ahead, intervals of a day).
    """
    found = np.full(expected.shape, np.nan)
    ordinary = np.where((scored.served & ~scored.special)[:, :, None], scored.actual, np.nan)
    near = np.broadcast_to((np.arange(1, expected.shape[1] + 1) <= NEAR_DAYS)[None, :, None], expected.shape)
    for n in range(CALIBRATING, len(expected)):
        found[n] = spread_of(ordinary[:n], expected[:n], near[:n]).of(np.nan_to_num(expected[n]), near[n])
    return found


def _horizons(scored: Scored) -> Iterator[tuple[str, BoolArray]]:
    used = scored.served & ~scored.special
    yield "1d", used & (np.cumsum(scored.served, axis=1) == 1)
    days = np.arange(1, used.shape[1] + 1)
    for horizon, (first, last) in HORIZONS.items():
        yield horizon, used & (first <= days) & (days <= last)


def _special_row(scored: Scored, expected: FloatArray, base: Mapping[str, FloatArray]) -> dict[str, object]:
    """Return the errors on special days, as shares of an ordinary day's volume."""
    days, ordinary = scored.served & scored.special, scored.served & ~scored.special
    actual = scored.actual[days]
    usual = float(np.nansum(scored.actual[ordinary])) / max(1, int(ordinary.sum()))
    volume = usual * int(days.sum())
    actual_day, forecast_day = _daily(actual, expected[days])
    error = float(np.nansum(np.abs(actual - expected[days])))
    return {
        "horizon": "special",
        "wape": _ratio(error, volume),
        "bias": _ratio(float(np.sum(forecast_day - actual_day)), volume),
        "daily_wape": _ratio(float(np.sum(np.abs(forecast_day - actual_day))), volume),
        "n": int(days.sum()),
        **{name: _ratio(error, float(np.nansum(np.abs(actual - other[days])))) for name, other in base.items()},
        "coverage": float("nan"),
        "pinball": float("nan"),
    }


def _daily(actual: FloatArray, forecast: FloatArray) -> tuple[FloatArray, FloatArray]:
    known = ~np.isnan(actual)
    return np.where(known, actual, 0.0).sum(axis=-1), np.where(known, forecast, 0.0).sum(axis=-1)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0 else float("nan")


def _floor(history: QueueHistory, calendar: Calendar) -> float:
    table = day_table(history.dates[-FLOOR_DAYS:], calendar)
    recent = np.where(history.open, history.counts, np.nan)[-FLOOR_DAYS:]
    means = [_known_mean(recent[table.normal & (table.weekday[:, k] == 1)]) for k in range(7)]
    return poisson_floor(np.array(means))


def _known_mean(rows: FloatArray) -> FloatArray:
    known = ~np.isnan(rows)
    total, seen = np.where(known, rows, 0.0).sum(axis=0), known.sum(axis=0)
    mean: FloatArray = np.divide(total, seen, out=np.full(rows.shape[1], np.nan), where=seen > 0)
    return mean
