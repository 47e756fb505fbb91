"""The forecast benchmark: series of any shape, disturbances, and what the trees may look at."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from benchmarks.forecast import calendar_of, run
from benchmarks.forecast_injected import LATEST_DAYS, disturbed
from benchmarks.forecast_speed import look_ahead_seconds
from wfm.domain.intervals import OpeningHours
from wfm.forecast import QueueHistory

if TYPE_CHECKING:
    from pathlib import Path

FIRST = date(2025, 3, 3)


def series(days: int, minutes: int, weekdays: tuple[int, ...]) -> pd.DataFrame:
    """Return made contacts between 8 and 20 o'clock of some weekdays."""
    starts = pd.date_range(pd.Timestamp(FIRST), periods=days * 24 * 60 // minutes, freq=f"{minutes}min")
    starts = starts[np.isin(starts.day_of_week, weekdays) & (starts.hour >= 8) & (starts.hour < 20)]
    offered = np.random.default_rng(1).poisson(20 + 10 * np.sin(np.asarray(starts.hour)), len(starts))
    return pd.DataFrame({"interval_start": starts, "offered": offered})


@pytest.mark.parametrize(
    ("days", "minutes", "weekdays"),
    [
        (100, 30, (0, 1, 2, 3, 4)),
        (95, 15, (0, 1, 2, 3, 4, 5, 6)),
        (95, 60, (0, 1, 2, 3, 4, 5, 6)),
        (40, 30, (0, 1, 2, 3, 4, 5)),
    ],
)
def test_any_series_gives_valid_json(days: int, minutes: int, weekdays: tuple[int, ...], tmp_path: Path) -> None:
    """Weekdays only, quarters of an hour, hours and forty days of history are judged on what there is, without NaN."""
    file = tmp_path / "series.csv"
    series(days, minutes, weekdays).to_csv(file, index=False)
    models = "seasonal_naive,analyst_mean,day_profile"
    found = run(file, country="US", interval=f"{min(minutes, 30)}min", models=models, origins=5)
    assert found["interval_minutes"] == minutes
    errors = json.loads(json.dumps(found, allow_nan=False))["errors"]
    assert set(errors) == set(models.split(","))
    for figures in errors.values():
        assert 0.1 < figures["1w"]["wape"] < 0.4
        assert figures["1w"]["relmae"] > 0


def test_disturbances_hit_seven_of_the_latest_days() -> None:
    """Four outages, two spikes and a doubled day, each on another day, the same for the same seed."""
    offered = series(120, 30, (0, 1, 2, 3, 4, 5, 6)).set_index("interval_start")["offered"].astype(float)
    offered.index = pd.DatetimeIndex(offered.index).tz_localize("UTC")
    whole = offered.reindex(pd.date_range(offered.index[0].normalize(), periods=120 * 48, freq="30min"), fill_value=0.0)
    history = QueueHistory.of(whole, 30, ZoneInfo("UTC"), OpeningHours.always())
    calendar = calendar_of("US", FIRST, FIRST + timedelta(days=140))
    found = disturbed(history, calendar, 3, double=True)
    factor = found.counts.sum(axis=1) / history.counts.sum(axis=1)
    assert (factor[:-LATEST_DAYS] == 1).all()
    assert ((factor < 1).sum(), (factor > 1).sum(), (factor == 2).sum()) == (4, 3, 1)
    assert (disturbed(history, calendar, 3, double=True).counts == found.counts).all()
    assert (disturbed(history, calendar, 3, double=False).counts != found.counts).any(axis=1).sum() == 1
    assert (disturbed(history, calendar, 4, double=True).counts != found.counts).any()


def test_seconds_are_those_of_a_whole_forecast() -> None:
    """A made queue has three years of half-hours, and its forecast takes some time."""
    found = look_ahead_seconds(1)
    assert found["rows"] == 1120 * 48
    assert found["processor"] > 0
