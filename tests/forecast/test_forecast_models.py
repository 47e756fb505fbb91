"""What every forecaster keeps, and what each of the two does."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from forecast_house import calendar, contacts, expected, grid_of, history, settings
from hypothesis import HealthCheck, assume, given
from hypothesis import settings as settled
from hypothesis import strategies as st

from wfm.forecast import FORECASTERS
from wfm.forecast.accuracy import wape
from wfm.forecast.models.day_profile import DayProfile
from wfm.forecast.models.seasonal_naive import SeasonalNaive

if TYPE_CHECKING:
    from wfm.domain.settings import Settings
    from wfm.forecast.history import FloatArray

CN = settings()
FIRST = date(2026, 3, 2)
"""A Monday without holidays in the weeks around it."""


PLAIN = [kind for kind, model in FORECASTERS.items() if model.library is None]
"""Our own models; those of other libraries keep the contract, but need not know holidays or gaps."""


def predict(kind: str, known: Settings, offered: pd.Series[float], days: int = 28) -> FloatArray:
    """Return a model's forecast of the days after the history."""
    if not FORECASTERS[kind].available():
        pytest.skip(f"{FORECASTERS[kind].library} is not installed")
    past = history(known, offered)
    ahead = grid_of(known, past.last + timedelta(days=1), past.last + timedelta(days=days))
    return FORECASTERS[kind]().predict(past, calendar(known, past.first, past.last), ahead)


def assert_sound(found: FloatArray, known: Settings, offered: pd.Series[float], days: int = 28) -> None:
    """Assert what the contract promises of any forecast."""
    last = history(known, offered).last
    ahead = grid_of(known, last + timedelta(days=1), last + timedelta(days=days))
    assert found.shape == (ahead.size,)
    assert np.isfinite(found).all()
    assert (found >= 0).all()
    assert (found[~ahead.open] == 0).all()


@pytest.mark.parametrize("kind", FORECASTERS)
@pytest.mark.parametrize("weeks", [2, 5, 30, 70])
def test_forecasts_are_sound_at_any_length_of_history(kind: str, weeks: int) -> None:
    """From two weeks of history on, a forecast is finite, not negative, 0 where closed, and near the volume."""
    known = settings(intervals={"minutes": 30, "open": {d: "08:00-22:00" for d in ("mon", "tue", "wed", "sat")}})
    offered = contacts(known, FIRST - timedelta(days=7 * (weeks - 2)), FIRST + timedelta(days=13))
    found = predict(kind, known, offered, days=14)
    assert_sound(found, known, offered, days=14)
    assert found.sum() == pytest.approx(offered.iloc[-4 * 2 * 28 :].sum(), rel=0.25)


@pytest.mark.parametrize("kind", FORECASTERS)
def test_an_empty_queue_is_forecast_empty(kind: str) -> None:
    """A queue with zeros only has no contacts ahead."""
    offered = contacts(CN, FIRST, FIRST + timedelta(days=13)) * 0
    assert (predict(kind, CN, offered) == 0).all()


@pytest.mark.parametrize("kind", FORECASTERS)
def test_one_day_with_contacts_is_enough(kind: str) -> None:
    """A queue with one call in five weeks gets a small, sound forecast."""
    offered = contacts(CN, FIRST, FIRST + timedelta(days=34)) * 0
    offered.iloc[1000] = 1.0
    found = predict(kind, CN, offered)
    assert_sound(found, CN, offered)
    assert found.sum() < 10


@pytest.mark.parametrize("kind", FORECASTERS)
def test_one_open_interval_a_day(kind: str) -> None:
    """A queue that opens for half an hour gets all its contacts there."""
    known = settings(intervals={"minutes": 30, "open": "12:00-12:30"})
    offered = contacts(known, FIRST, FIRST + timedelta(days=55), day_contacts=4800)
    found = predict(kind, known, offered)
    assert_sound(found, known, offered)
    assert np.count_nonzero(found) == 28


@pytest.mark.parametrize("kind", FORECASTERS)
@pytest.mark.parametrize("last", [date(2026, 3, 27), date(2026, 10, 23)])
def test_clock_changes_keep_the_wall_clock(kind: str, last: date) -> None:
    """On the day of a clock change each interval has the contacts of its wall-clock time."""
    known = settings(zone="Europe/Berlin", country="DE")
    rate = expected(grid_of(known, last - timedelta(days=69), last), 4800)
    found = predict(kind, known, rate, days=3)
    ahead = grid_of(known, last + timedelta(days=1), last + timedelta(days=3))
    assert found.shape == (ahead.size,)
    assert wape(np.asarray(expected(ahead, 4800), dtype=np.float64), found) < 0.03


@pytest.mark.parametrize("kind", PLAIN)
def test_missing_weeks_are_not_zeros(kind: str) -> None:
    """Two missing weeks and a missing day change the forecast by little."""
    offered = contacts(CN, FIRST - timedelta(days=70), FIRST + timedelta(days=27))
    day = np.array([d.isoformat() for d in pd.DatetimeIndex(offered.index).date])
    gone = ((day >= "2026-03-05") & (day < "2026-03-19")) | (day == "2026-03-27")
    whole, holed = predict(kind, CN, offered), predict(kind, CN, offered[~gone])
    assert holed.sum() == pytest.approx(whole.sum(), rel=0.06)


@pytest.mark.parametrize("kind", PLAIN)
def test_a_makeup_workday_is_forecast_as_a_workday(kind: str) -> None:
    """Saturday 9 May 2026 is worked for Tuesday 5 May: its volume is that of a Tuesday."""
    offered = contacts(CN, date(2026, 1, 1), date(2026, 4, 26))
    found = predict(kind, CN, offered).reshape(28, 48).sum(axis=1)
    saturday, tuesday, other_saturday = found[12], found[15], found[19]
    assert saturday == pytest.approx(tuesday, rel=0.02)
    assert saturday > 2 * other_saturday


@pytest.mark.parametrize("kind", [kind for kind in PLAIN if kind != "analyst_mean"])
def test_holidays_without_contacts_stay_empty(kind: str) -> None:
    """A queue that had no contacts on any past holiday has none on the next; a Sunday between is as before."""
    rate = expected(grid_of(CN, date(2026, 1, 1), date(2026, 4, 26)), 4800)
    closed = calendar(CN, date(2026, 1, 1), date(2026, 4, 26))
    rate[[closed.is_holiday(d) for d in pd.DatetimeIndex(rate.index).date]] = 0.0
    found = predict(kind, CN, rate).reshape(28, 48).sum(axis=1)
    labour_days = [4, 5, 7, 8]
    assert (found[labour_days] == 0).all()
    assert found[6] > 500
    assert found[11] == pytest.approx(4800, rel=0.1)


def test_a_steady_queue_is_forecast_exactly() -> None:
    """Without noise the day profile finds the expectation within one percent."""
    rate = expected(grid_of(CN, FIRST, FIRST + timedelta(days=83)), 4800)
    rate = rate[pd.DatetimeIndex(rate.index) < pd.Timestamp("2026-04-03", tz=CN.centre.zone)]
    found = predict("day_profile", CN, rate, days=1)
    truth = expected(grid_of(CN, date(2026, 4, 3), date(2026, 4, 3)), 4800)
    assert wape(np.asarray(truth, dtype=np.float64), found) < 0.02


def test_the_day_profile_learns_holidays_with_a_profile_of_their_own() -> None:
    """Holidays that bring half the contacts, all in the morning, are forecast so."""
    known = settings(zone="Europe/Paris", country="FR")
    rate = expected(grid_of(known, date(2024, 1, 1), date(2026, 4, 30)), 4800)
    days = calendar(known, date(2024, 1, 1), date(2026, 4, 30))
    starts = pd.DatetimeIndex(rate.index)
    holiday = np.array([days.is_holiday(d) for d in starts.date])
    rate[holiday] = np.where(np.asarray(starts.hour)[holiday] < 12, 100.0, 0.0)
    found = predict("day_profile", known, rate, days=8).reshape(8, 48)
    assert days.is_holiday(date(2026, 5, 1))
    assert found[0].sum() == pytest.approx(2400, rel=0.15)
    assert found[0, 24:].sum() < 0.1 * found[0].sum()
    assert found[4].sum() == pytest.approx(5280, rel=0.05)


def test_the_day_profile_follows_a_new_level() -> None:
    """Eight days after volume rose by 30 % the next week is forecast 8 to 30 % higher: a step is believed slowly."""
    offered = contacts(CN, FIRST - timedelta(days=200), FIRST + timedelta(days=20), 4800)
    offered[pd.DatetimeIndex(offered.index) >= pd.Timestamp(FIRST + timedelta(days=13), tz=CN.centre.zone)] *= 1.3
    week = predict("day_profile", CN, offered, days=7).sum() / 4800
    assert 6.0 * 1.08 < week < 6.0 * 1.3


def test_outliers_do_not_move_the_day_profile() -> None:
    """A single day of threefold volume changes the next week by less than five percent."""
    offered = contacts(CN, FIRST - timedelta(days=100), FIRST + timedelta(days=20), 4800)
    day = pd.DatetimeIndex(offered.index).tz_localize(None).normalize()
    spoilt = offered.where(day != "2026-03-18", offered * 3)
    before, after = predict("day_profile", CN, offered, 7).sum(), predict("day_profile", CN, spoilt, 7).sum()
    assert after == pytest.approx(before, rel=0.05)


def test_the_naive_repeats_the_last_known_day() -> None:
    """Each interval is as on the last ordinary day of its weekday; a holiday as the last of its name and class."""
    offered = contacts(CN, date(2025, 4, 28), date(2026, 4, 26))
    rows = history(CN, offered).counts
    found = predict("seasonal_naive", CN, offered).reshape(28, 48)
    assert (found[0] == rows[-7]).all()
    assert (found[9] == rows[-5]).all()
    assert (found[4] == rows[4]).all()
    assert (found[8] == rows[7]).all()


def test_the_plain_naive_knows_no_calendar() -> None:
    """Without special days 1 May 2026 is as the Friday before."""
    offered = contacts(CN, date(2026, 3, 2), date(2026, 4, 26))
    past = history(CN, offered)
    ahead = grid_of(CN, date(2026, 5, 1), date(2026, 5, 1))
    found = SeasonalNaive(skip_special=False).predict(past, calendar(CN, past.first, past.last), ahead)
    assert (found == past.counts[-3]).all()


def test_growth_is_not_taken_for_a_season() -> None:
    """A queue that doubled within the last year, on a history of 20 months, is forecast within 15 percent."""
    first, last = date(2024, 9, 2), date(2026, 4, 26)
    rate = expected(grid_of(CN, first, last + timedelta(days=28)), 4800)
    days = np.array([(d - first).days for d in pd.DatetimeIndex(rate.index).date])
    rate *= 2.0 ** np.clip((days - 235) / 365, 0, None)
    past, ahead = rate[days < 602], rate[days >= 602]
    weekday = np.array([d.day in range(10, 25) for d in pd.DatetimeIndex(ahead.index).date])
    found = predict("day_profile", CN, past)
    assert found[weekday].sum() == pytest.approx(ahead[weekday].sum(), rel=0.15)


@pytest.mark.parametrize("kind", FORECASTERS)
def test_a_weekday_without_any_record_is_closed(kind: str) -> None:
    """Where the opening hours say nothing but no Sunday was ever recorded, Sundays are forecast 0."""
    offered = contacts(CN, FIRST, FIRST + timedelta(days=27))
    sunday = pd.DatetimeIndex(offered.index).day_of_week == 6
    found = predict(kind, CN, offered[~sunday], days=8)
    days = grid_of(CN, FIRST + timedelta(days=27), FIRST + timedelta(days=34)).starts
    assert (found[np.asarray(days.day_of_week) == 6] == 0).all()
    assert (found.reshape(8, 48).sum(axis=1) > 0).sum() == 6


@settled(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    country=st.sampled_from([("CN", "Asia/Shanghai"), ("DE", "Europe/Berlin"), ("US", "America/New_York")]),
    last=st.dates(date(2024, 6, 1), date(2026, 6, 30)),
    weeks=st.integers(2, 75),
    gone=st.lists(st.tuples(st.integers(0, 500), st.integers(1, 30)), max_size=4),
    level=st.sampled_from([0.5, 40.0, 4800.0]),
)
def test_any_calendar_and_gaps_give_a_sound_outlook(
    country: tuple[str, str], last: date, weeks: int, gone: list[tuple[int, int]], level: float
) -> None:
    """Whatever days are missing, wherever the clock changes: finite, not negative, 0 where closed, trials alike."""
    known = settings(
        zone=country[1],
        country=country[0],
        intervals={"minutes": 60, "open": {d: "07:00-23:00" for d in ("mon", "tue", "wed", "thu", "fri", "sun")}},
    )
    offered = contacts(known, last - timedelta(days=7 * weeks - 1), last, level)
    day = np.array([(last - d).days for d in pd.DatetimeIndex(offered.index).date])
    for first, length in gone:
        offered = offered.where((day < first) | (day >= first + length))
    assume(offered.notna().any())
    assume(history(known, offered).days >= 14)
    past = history(known, offered)
    ahead = grid_of(known, past.last + timedelta(days=1), past.last + timedelta(days=28))
    found = DayProfile().outlook(past, calendar(known, past.first, past.last), ahead)
    assert_sound(found.expected, known, offered)
    assert all(np.isfinite(trial.expected).all() and (trial.expected >= 0).all() for trial in found.tried)


def test_intervals_without_a_call_stay_empty() -> None:
    """A queue that is open all day but had no contact at night in fifteen weeks is forecast exactly 0 there."""
    offered = contacts(CN, FIRST - timedelta(days=77), FIRST + timedelta(days=27), 480)
    offered[pd.DatetimeIndex(offered.index).hour < 6] = 0.0
    found = predict("day_profile", CN, offered).reshape(28, 48)
    ordinary = [day for day in range(28) if day not in (9, 32, 33, 34)]
    assert (found[ordinary, :12] == 0).all()
    assert (found[ordinary, 16:40] > 0).all()
