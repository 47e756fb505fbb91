"""Handle time per weekday and block of hours."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from forecast_house import grid_of, settings

from wfm.forecast.aht import aht_on_grid, aht_profile

CN = settings()
FIRST, LAST = date(2026, 3, 2), date(2026, 4, 26)


def table(offered: float) -> pd.DataFrame:
    """Return eight weeks of history whose handle time is 300 s at night and 200 s by day."""
    starts = grid_of(CN, FIRST, LAST).starts
    seconds = np.where(np.asarray(starts.hour) < 6, 300.0, 200.0)
    return pd.DataFrame({"offered": offered, "aht_seconds": seconds}, index=starts)


def test_a_busy_queue_keeps_its_blocks() -> None:
    """With many contacts a block's handle time is its own."""
    profile = aht_profile(table(500.0), LAST)
    assert profile is not None
    assert np.allclose(profile[:, :3], 300, atol=1)
    assert np.allclose(profile[:, 3:], 200, atol=1)


def test_a_quiet_queue_is_drawn_to_its_mean() -> None:
    """With few contacts a block is near the queue's mean of 225 s, nights still above days."""
    profile = aht_profile(table(0.01), LAST)
    assert profile is not None
    assert np.allclose(profile, 225, atol=2)
    assert (profile[:, 0] > profile[:, 6]).all()


def test_the_mean_is_weighted_by_contacts() -> None:
    """An interval without contacts or without a handle time says nothing."""
    rows = table(0.0)
    rows.iloc[30, 0], rows.iloc[31, 0] = 3.0, 1.0
    rows.iloc[30, 1], rows.iloc[31, 1] = 100.0, 300.0
    rows.iloc[32, 0], rows.iloc[32, 1] = 50.0, np.nan
    profile = aht_profile(rows, LAST)
    assert profile is not None
    assert np.allclose(profile, 150.0)


def test_recent_days_count_more() -> None:
    """A handle time that rose for the last two weeks is forecast nearer to the new value than an even mean."""
    rows = table(500.0)
    rows["aht_seconds"] = np.where(
        pd.DatetimeIndex(rows.index) >= pd.Timestamp("2026-04-13", tz="Asia/Shanghai"), 300, 200
    )
    profile = aht_profile(rows, LAST)
    assert profile is not None
    assert (profile > 233).all()


def test_without_any_handle_time_there_is_no_profile() -> None:
    """A history without contacts has no handle time."""
    assert aht_profile(table(0.0), LAST) is None


def test_the_grid_gets_the_block_of_its_wall_clock() -> None:
    """Each interval has the value of its weekday and block of two hours."""
    profile = np.arange(84, dtype=float).reshape(7, 12)
    found = aht_on_grid(profile, grid_of(CN, date(2026, 5, 5), date(2026, 5, 5)))
    assert found[[0, 3, 4, 47]].tolist() == pytest.approx([12, 12, 13, 23])
