"""The special-day table."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from wfm.domain.calendar import build_calendar
from wfm.domain.clock import dates
from wfm.forecast.special import DayTable, day_table, weekend_like


def table(country: str, first: date, last: date) -> DayTable:
    """Return the table of a span in a country."""
    return day_table(dates(first, last), build_calendar(country, date(first.year, 1, 1), date(last.year, 12, 31)))


def test_a_makeup_workday_is_the_weekday_it_replaces() -> None:
    """Saturday 28 February 2026 is worked for Monday 23 February, which is a holiday."""
    found = table("CN", date(2026, 2, 23), date(2026, 2, 28))
    assert found.weekday[5].tolist() == [1, 0, 0, 0, 0, 0, 0]
    assert found.holiday.tolist() == [True, False, False, False, False, False]
    assert found.keys[0] == (("春节", "adjusted_off"),)


def test_a_makeup_workday_without_its_pair_is_a_mean_workday() -> None:
    """A make-up workday from the user's own list stands for Monday to Friday in equal parts."""
    rows = pd.DataFrame({"date": ["2027-05-08"], "class": ["weekend_workday"], "name": [""], "source": ["notice"]})
    calendar = build_calendar("CN", date(2027, 5, 1), date(2027, 5, 31), overrides=rows)
    found = day_table((date(2027, 5, 8),), calendar)
    assert np.allclose(found.weekday[0], [0.2, 0.2, 0.2, 0.2, 0.2, 0, 0])


def test_a_weekend_between_holidays_is_a_holiday() -> None:
    """Saturday and Sunday inside the Spring Festival of 2026 have its name; the weekend after it does not."""
    found = table("CN", date(2026, 2, 20), date(2026, 3, 1))
    assert found.holiday.tolist() == [True, True, True, True] + [False] * 6
    assert found.keys[1] == (("春节", "weekend"),)


def test_eve_after_and_bridge() -> None:
    """In France Friday after Ascension is a bridge, and the days around a Wednesday holiday are eve and day after."""
    ascension = table("FR", date(2013, 5, 8), date(2013, 5, 13))
    assert ascension.bridge.tolist() == [False, False, True, False, False, False]
    labour = table("FR", date(2013, 4, 30), date(2013, 5, 2))
    assert (labour.eve.tolist(), labour.after.tolist()) == ([True, False, False], [False, False, True])
    assert not labour.bridge.any()


def test_two_holidays_on_one_day_keep_both_names() -> None:
    """1 October 2020 was both National Day and Mid-Autumn."""
    found = table("CN", date(2020, 10, 1), date(2020, 10, 1))
    assert {name for name, _ in found.keys[0]} == {"国庆节", "中秋节"}


def test_quiet_weekdays_are_found_in_the_data() -> None:
    """A weekday whose median is below 60 % of the busiest one works like a weekend, wherever the country rests."""
    found = table("IL", date(2023, 2, 1), date(2023, 3, 1))
    busy = np.array([100.0, 90, 80, 70, 30, 10, 110])
    assert weekend_like(found.weekday @ busy, found).tolist() == [False] * 4 + [True, True, False]


def test_days_since_a_holiday_are_counted_up_to_a_week() -> None:
    """After Labour Day 2013, a Wednesday, Friday is two days since, Tuesday six, and the next holiday nothing."""
    found = table("FR", date(2013, 4, 30), date(2013, 5, 8))
    assert found.since.argmax(axis=1)[3:8].tolist() == [0, 0, 1, 1, 2]
    assert found.since.any(axis=1).tolist() == [False, False, False, True, True, True, True, True, False]


def test_first_and_last_workdays_of_a_month() -> None:
    """In May 2013 in France the 2nd, 3rd and 6th are the first workdays, and the 31st, 30th and 29th the last."""
    found = table("FR", date(2013, 5, 1), date(2013, 5, 31))
    assert [int(column.argmax()) + 1 for column in found.in_month.T] == [2, 3, 6, 31, 30, 29]
    assert (found.in_month.sum(axis=0) == 1).all()


def test_a_month_may_have_hardly_any_workday() -> None:
    """Where a company is off from 2 June to 30 June, the 1st is the first workday and the last."""
    off = [f"2026-06-{day:02d}" for day in range(2, 31)]
    rows = pd.DataFrame({"date": off, "class": "statutory", "name": "shut", "source": "company"})
    found = day_table((date(2026, 6, 1),), build_calendar("FR", date(2026, 6, 1), date(2026, 6, 30), overrides=rows))
    assert found.in_month[0].tolist() == [True, False, False, True, False, False]
