"""Small made worlds for the forecast tests; everything is seeded."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from wfm.domain.calendar import build_calendar
from wfm.domain.intervals import Grid
from wfm.domain.plan import Inputs
from wfm.domain.settings import Settings
from wfm.forecast import QueueHistory

if TYPE_CHECKING:
    from wfm.domain.calendar import Calendar

WEEK = np.array([1.2, 1.1, 1.0, 1.0, 1.0, 0.4, 0.3])
"""Volume by weekday, Monday first."""


def settings(*, zone: str = "Asia/Shanghai", country: str = "CN", **tables: Any) -> Settings:
    """Return settings of one queue `sales`, half-hours, May 2026, with tables replaced."""
    base: dict[str, Any] = {
        "centre": {"name": "Hotline", "timezone": zone, "country": country},
        "period": {"first": date(2026, 5, 1), "last": date(2026, 5, 31)},
        "queues": {"sales": {"target": {"service_level": 0.8}, "aht_seconds": 200}},
        "contracts": {"full": {}},
        "shifts": [{"code": "D", "start": "09:00", "end": "18:00"}],
    }
    return Settings.model_validate({**base, **tables})


def grid_of(known: Settings, first: date, last: date) -> Grid:
    """Return the grid of any dates."""
    return Grid(first, last, known.intervals.minutes, known.centre.zone, known.intervals.opening)


def expected(grid: Grid, day_contacts: float = 480.0) -> pd.Series[float]:
    """Return the true expectation per open interval: a weekday shape and a noon peak, holidays not known."""
    clock = np.asarray(grid.starts.hour * 60 + grid.starts.minute) / 1440
    shape = 1 + 0.8 * np.sin(2 * np.pi * (clock - 0.25))
    rate = day_contacts * grid.minutes / 1440 * shape * WEEK[np.asarray(grid.starts.day_of_week)]
    return pd.Series(rate, index=grid.starts)[grid.open]


def contacts(known: Settings, first: date, last: date, day_contacts: float = 480.0) -> pd.Series[float]:
    """Return Poisson contacts by zone-aware interval start, where open."""
    rate = expected(grid_of(known, first, last), day_contacts)
    return pd.Series(np.random.default_rng(1).poisson(rate).astype(float), index=rate.index)


def history(known: Settings, offered: pd.Series[float]) -> QueueHistory:
    """Return the history as forecasters see it."""
    return QueueHistory.of(offered, known.intervals.minutes, known.centre.zone, known.intervals.opening)


def calendar(known: Settings, first: date, last: date) -> Calendar:
    """Return the calendar of a span and 40 days more."""
    return build_calendar(known.centre.country, first, last + timedelta(days=40))


def inputs(known: Settings, offered: pd.Series[float], aht_seconds: float = np.nan, **tables: Any) -> Inputs:
    """Return inputs whose only queue is `sales`."""
    table = pd.DataFrame({"offered": offered, "aht_seconds": aht_seconds, "spread": False})
    table.index = pd.MultiIndex.from_product([["sales"], table.index], names=["queue", "interval_start"])
    return Inputs(settings=known, history=table, agents=(), **tables)
