"""A queue's past as a matrix of days and wall-clock intervals."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from forecast_house import contacts, grid_of, history, settings

from wfm.forecast.history import by_wall_clock, on_grid, open_by_weekday

BERLIN = settings(zone="Europe/Berlin", country="DE")


def test_the_hour_skipped_in_spring_is_unknown() -> None:
    """02:00 to 03:00 of the spring change is a gap, not a zero."""
    past = history(BERLIN, contacts(BERLIN, date(2026, 3, 28), date(2026, 3, 30)))
    assert np.isnan(past.counts[1, 4:6]).all()
    assert not np.isnan(np.delete(past.counts[1], [4, 5])).any()


def test_the_hour_repeated_in_autumn_counts_as_its_mean() -> None:
    """Two passes of 02:00 with 6 and 2 contacts are learnt as 4."""
    zone = BERLIN.centre.zone
    starts = pd.date_range("2026-10-25 00:00", periods=50, freq="30min", tz=zone)
    offered = pd.Series(1.0, index=starts)
    offered.iloc[4], offered.iloc[6] = 6.0, 2.0
    past = history(BERLIN, offered)
    assert past.counts.shape == (1, 48)
    assert past.counts[0, 4] == 4.0
    assert past.counts.sum() == 51.0


def test_closed_intervals_are_zero_whatever_is_recorded() -> None:
    """Contacts outside the opening hours are not learnt."""
    known = settings(intervals={"minutes": 30, "open": "08:00-20:00"})
    starts = pd.date_range("2026-03-02", periods=48, freq="30min", tz=known.centre.zone)
    past = history(known, pd.Series(3.0, index=starts))
    assert past.counts[0, :16].sum() == 0
    assert past.counts[0, 40:].sum() == 0
    assert past.counts.sum() == 72.0


def test_a_missing_day_is_a_gap() -> None:
    """A date without rows is unknown in every open interval."""
    offered = contacts(BERLIN, date(2026, 2, 2), date(2026, 2, 4))
    past = history(BERLIN, offered[pd.DatetimeIndex(offered.index).day != 3])
    assert past.days == 3
    assert np.isnan(past.counts[1]).all()
    assert past.until(date(2026, 2, 2)).dates == (date(2026, 2, 2),)


def test_opening_past_midnight_opens_the_next_morning() -> None:
    """A span of Friday 20:00 to 02:00 opens Saturday until 02:00, and one of Sunday opens Monday."""
    known = settings(intervals={"open": {"fri": "20:00-02:00+1", "sun": "22:00-01:00+1"}})
    week = open_by_weekday(known.intervals.opening, 60)
    assert np.flatnonzero(week[4]).tolist() == [20, 21, 22, 23]
    assert np.flatnonzero(week[5]).tolist() == [0, 1]
    assert np.flatnonzero(week[0]).tolist() == [0]
    assert week.sum() == 9


def test_grid_and_wall_clock_are_inverse_across_clock_changes() -> None:
    """Values put on a grid and read back by wall clock are the same, but for the skipped hour."""
    grid = grid_of(BERLIN, date(2026, 3, 27), date(2026, 3, 31))
    matrix = np.arange(5 * 48, dtype=float).reshape(5, 48)
    back = by_wall_clock(on_grid(matrix, grid), grid.starts, 30, grid.first, grid.last)
    skipped = np.isnan(back)
    assert np.argwhere(skipped).tolist() == [[2, 4], [2, 5]]
    assert (back[~skipped] == matrix[~skipped]).all()
