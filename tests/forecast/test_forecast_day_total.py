"""The level of day totals: how quickly it follows, and how growth goes on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from forecast_house import calendar, expected, grid_of, history, settings

from wfm.forecast.blend import QUICK
from wfm.forecast.day_total import Speed, day_totals
from wfm.forecast.learning import Learning
from wfm.forecast.special import day_table
from wfm.forecast.yearly import change_of_earlier_years

if TYPE_CHECKING:
    from wfm.forecast.history import FloatArray

CN = settings()
LAST = date(2026, 4, 26)
FLAT = Speed(365.0, yearly=1, ridge=1e6)
"""A regression without a shape of the year: only its level moves."""


def learning(days: int, rate: FloatArray, day_contacts: float = 4800.0, ahead: int = 28) -> Learning:
    """Return so many days of exact contacts, each day's times its rate."""
    first = LAST - timedelta(days=days - 1)
    offered = expected(grid_of(CN, first, LAST), day_contacts)
    place = [(day - first).days for day in pd.DatetimeIndex(offered.index).date]
    past = history(CN, offered * rate[place])
    dates = (*past.dates, *(LAST + timedelta(days=n) for n in range(1, ahead + 1)))
    return Learning(past.counts, past.counts.sum(axis=1), dates, day_table(dates, calendar(CN, first, dates[-1])))


def ratio(learn: Learning, speed: Speed) -> FloatArray:
    """Return day totals ahead over those that the weekday has on a day of rate 1, ordinary days only."""
    known = grid_of(CN, learn.days[learn.known], learn.days[-1])
    usual = expected(known, 4800.0).groupby(known.starts.date).sum().to_numpy()
    found: FloatArray = (day_totals(learn, (speed,))[0].expected / usual)[learn.future.normal]
    return found


def test_growth_goes_on_in_part() -> None:
    """Where contacts grow by 1 % a day the quick regression is nearer to the fourth week than one without growth."""
    rate = 1.01 ** np.arange(-199.0, 1.0)
    due = float(1.01**25)
    level, grown = (ratio(learning(200, rate), one)[-4:].mean() for one in (FLAT, QUICK))
    assert level < grown < due


def test_growth_ends_after_four_weeks() -> None:
    """Three months ahead the level is that of the second month: half of 1 % a day would be a sixth more."""
    rate = 1.01 ** np.arange(-199.0, 1.0)
    speed = Speed(365.0, yearly=1, ridge=1e6, level_days=15.0, growth=0.5)
    far = ratio(learning(200, rate, ahead=91), speed)
    assert far[-28:].mean() == pytest.approx(far[-56:-28].mean(), rel=0.03)


def test_the_lead_of_a_small_queue_is_mostly_chance() -> None:
    """Two days 15 % above their level move tomorrow by a good part on a large queue, by little on a small one."""
    before = np.random.default_rng(1).lognormal(0.0, 0.1, 200)
    after = np.append(before[:-2], 1.15 * before[-2:])
    large, small = (
        (ratio(learning(200, after, size), FLAT) / ratio(learning(200, before, size), FLAT))[0] - 1
        for size in (4800.0, 100.0)
    )
    assert 0.04 < large < 0.15
    assert 0.0 < small < 0.6 * large


def test_the_change_of_earlier_years_starts_where_the_level_stands() -> None:
    """A rise three weeks ago, as every year, is still due to the steady level of later days, hardly to tomorrow's."""
    day = np.arange(899, -1, -1) % 364
    change = change_of_earlier_years(learning(900, np.where((day <= 20) | (day >= 300), 1.5, 1.0)))
    assert change[-1] > 0.5 * np.log(1.5)
    assert change[0] < 0.5 * change[-1]


def test_days_without_contacts_count_as_they_are() -> None:
    """Where half of the days, by chance, are empty, six forecasts are in the mean near one half of a full day."""
    rates = [np.random.default_rng(seed).integers(0, 2, 400).astype(float) for seed in range(3, 9)]
    assert 0.35 < np.mean([ratio(learning(400, rate), FLAT).mean() for rate in rates]) < 0.7


def test_a_weekday_may_have_a_season_of_its_own() -> None:
    """Saturdays that double every summer are forecast to do so again where weekdays may differ by the season."""
    first = LAST - timedelta(days=1049)
    days = [first + timedelta(days=n) for n in range(1050)]
    summer = np.array([np.cos(2 * np.pi * (day.timetuple().tm_yday - 190) / 365) for day in days])
    saturdays = np.array([day.weekday() == 5 for day in days])
    learn = learning(1050, 1 + saturdays * (1 + summer) / 2, ahead=70)
    saturday = learn.table.weekday[learn.known :, 5] == 1
    plain, seasonal = (
        day_totals(learn, (FLAT,), yearly=yearly)[0].expected[saturday].mean() for yearly in (False, True)
    )
    assert seasonal > 1.05 * plain
