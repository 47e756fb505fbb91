"""Seconds of the forecaster: one queue, and a centre of many, each with three years of half-hours."""

from __future__ import annotations

import time
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from wfm.domain.calendar import build_calendar
from wfm.domain.intervals import Grid
from wfm.domain.plan import Inputs
from wfm.domain.settings import Settings
from wfm.forecast import look_ahead

if TYPE_CHECKING:
    from wfm.domain.intervals import OpeningHours

FIRST, LAST = date(2023, 4, 3), date(2026, 4, 26)
PERIOD = LAST + timedelta(days=1), LAST + timedelta(days=28)
DAY_CONTACTS = 2400.0
WEEK = np.array([1.2, 1.1, 1.0, 1.0, 1.0, 0.4, 0.3])
"""Volume by weekday, Monday first."""


def look_ahead_seconds(queues: int) -> dict[str, Any]:
    """Return the seconds of a whole forecast of so many made queues: four weeks, bounds, totals and repairs.

    One process. `wall` passes on the clock, `processor` is what the forecast itself takes.
    """
    inputs = made(queues)
    grid = _grid(inputs.settings, *PERIOD)
    calendar = build_calendar("CN", FIRST, PERIOD[1])
    wall, processor = time.perf_counter(), time.process_time()
    look_ahead(inputs, calendar, grid)
    return {
        "queues": queues,
        "rows": len(inputs.history),
        "wall": round(time.perf_counter() - wall, 2),
        "processor": round(time.process_time() - processor, 2),
    }


def made(queues: int) -> Inputs:
    """Return inputs of so many queues with Poisson contacts around a week and a noon peak, seeded."""
    names = [f"queue{n:03}" for n in range(queues)]
    target = {"service_level": 0.8}
    settings = Settings.model_validate(
        {
            "centre": {"name": "Centre", "timezone": "Asia/Shanghai", "country": "CN"},
            "period": {"first": PERIOD[0], "last": PERIOD[1]},
            "queues": {name: {"target": target, "aht_seconds": 200} for name in names},
            "contracts": {"full": {}},
            "shifts": [{"code": "D", "start": "09:00", "end": "18:00"}],
        }
    )
    starts = _grid(settings, FIRST, LAST).starts
    clock = np.asarray(starts.hour * 60 + starts.minute) / 1440
    rate = DAY_CONTACTS / 48 * (1 + 0.8 * np.sin(2 * np.pi * (clock - 0.25))) * WEEK[np.asarray(starts.day_of_week)]
    offered = np.random.default_rng(1).poisson(np.tile(rate, queues)).astype(float)
    index = pd.MultiIndex.from_product([names, starts], names=["queue", "interval_start"])
    history = pd.DataFrame({"offered": offered, "aht_seconds": np.nan, "spread": False}, index=index)
    return Inputs(settings=settings, history=history, agents=())


def _grid(settings: Settings, first: date, last: date) -> Grid:
    opening: OpeningHours = settings.intervals.opening
    return Grid(first, last, settings.intervals.minutes, settings.centre.zone, opening)
