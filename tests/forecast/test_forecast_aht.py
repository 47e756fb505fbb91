"""Handle time per weekday and block of hours."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from forecast_house import grid_of, settings

from wfm.forecast.aht import aht_on_grid, aht_profile, aht_trials

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


def test_freak_days_hardly_move_it() -> None:
    """A day with handle times ten times too long, and one of a single minute, leave every block within 3 percent."""
    rows = table(20.0)
    before = aht_profile(rows, LAST)
    day = pd.DatetimeIndex(rows.index).date
    rows.loc[day == date(2026, 4, 22), "aht_seconds"] = 2500.0
    rows.loc[day == date(2026, 4, 23), "aht_seconds"] = 60.0
    after = aht_profile(rows, LAST)
    assert before is not None
    assert after is not None
    assert np.abs(after / before - 1).max() < 0.03


def test_single_calls_of_any_length_keep_their_mean() -> None:
    """One contact an interval with exponential handle times of 200 s is forecast within 8 percent of 200 s."""
    rows = table(1.0)
    rows["aht_seconds"] = np.random.default_rng(4).exponential(200.0, len(rows))
    profile = aht_profile(rows, LAST)
    assert profile is not None
    assert profile.mean() == pytest.approx(200.0, rel=0.08)


def test_handled_contacts_weigh_where_they_are_known() -> None:
    """A handle time of three handled contacts of a hundred offered counts three times, not a hundred."""
    rows = table(0.0)
    rows["handled"] = np.nan
    rows.iloc[30, :] = [100.0, 100.0, 3.0]
    rows.iloc[31, :] = [1.0, 300.0, np.nan]
    profile = aht_profile(rows, LAST)
    assert profile is not None
    assert np.allclose(profile, 150.0)


def test_trials_never_see_what_came_later() -> None:
    """Past days are compared with the handle time known before them: a rise yesterday is a surprise of yesterday."""
    rows = table(500.0)
    rows.loc[pd.DatetimeIndex(rows.index).date == LAST, "aht_seconds"] *= 1.5
    tried = list(aht_trials(rows, date(2026, 4, 27), 30))
    assert [len(trial.actual) for trial in tried] == [7, 14, 28, 42]
    week = tried[0].actual / tried[0].expected
    assert week[-1] == pytest.approx(np.full(48, 1.5), rel=0.01)
    assert week[:-1] == pytest.approx(np.ones((6, 48)), rel=0.01)


def test_without_any_handle_time_there_is_no_profile() -> None:
    """A history without contacts has no handle time."""
    assert aht_profile(table(0.0), LAST) is None


def test_the_grid_gets_the_block_of_its_wall_clock() -> None:
    """Each interval has the value of its weekday and block of two hours."""
    profile = np.arange(84, dtype=float).reshape(7, 12)
    found = aht_on_grid(profile, grid_of(CN, date(2026, 5, 5), date(2026, 5, 5)))
    assert found[[0, 3, 4, 47]].tolist() == pytest.approx([12, 12, 13, 23])
