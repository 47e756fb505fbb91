"""The calendar: day classes by law, names, sources and the user's overrides."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from wfm.domain.calendar import Calendar, DayClass, build_calendar
from wfm.domain.errors import SettingsError

CLASSES = {
    2024: {
        DayClass.STATUTORY: "01-01 02-10 02-11 02-12 04-04 05-01 06-10 09-17 10-01 10-02 10-03",
        DayClass.MAKEUP_OFF: "02-13 02-14",
        DayClass.ADJUSTED_OFF: "02-15 02-16 04-05 05-02 05-03 09-16 10-04 10-07",
        DayClass.WEEKEND_WORKDAY: "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
    },
    2025: {
        DayClass.STATUTORY: "01-01 01-28 01-29 01-30 01-31 04-04 05-01 05-02 05-31 10-01 10-02 10-03 10-06",
        DayClass.MAKEUP_OFF: "06-02",
        DayClass.ADJUSTED_OFF: "02-03 02-04 05-05 10-07 10-08",
        DayClass.WEEKEND_WORKDAY: "01-26 02-08 04-27 09-28 10-11",
    },
    2026: {
        DayClass.STATUTORY: "01-01 02-16 02-17 02-18 02-19 04-05 05-01 05-02 06-19 09-25 10-01 10-02 10-03",
        DayClass.MAKEUP_OFF: "04-06 05-04 10-05",
        DayClass.ADJUSTED_OFF: "01-02 02-20 02-23 05-05 10-06 10-07",
        DayClass.WEEKEND_WORKDAY: "01-04 02-14 02-28 05-09 09-20 10-10",
    },
}


def china(first: date, last: date) -> Calendar:
    """Return the Chinese calendar of a span."""
    return build_calendar("CN", first, last)


@pytest.mark.parametrize("year", CLASSES)
def test_china_has_the_day_classes_of_the_notice(year: int) -> None:
    """Every special day of 2024 to 2026 has the class that the law and the year's notice give it."""
    calendar = china(date(year, 1, 1), date(year, 12, 31))
    for day_class, expected in CLASSES[year].items():
        found = [f"{d:%m-%d}" for d, day in calendar.days.items() if day.day_class is day_class]
        assert " ".join(found) == expected
    assert not any(day.provisional for day in calendar.days.values())


@pytest.mark.parametrize(
    ("day", "statutory"),
    [
        (date(2026, 4, 5), True),
        (date(2026, 4, 6), False),
        (date(2026, 5, 2), True),
        (date(2026, 5, 4), False),
        (date(2026, 5, 5), False),
        (date(2026, 10, 3), True),
        (date(2026, 10, 5), False),
        (date(2025, 1, 28), True),
        (date(2024, 2, 9), False),
        (date(2010, 2, 13), True),
        (date(2010, 2, 16), False),
        (date(2014, 1, 30), False),
        (date(2014, 2, 2), True),
    ],
)
def test_triple_pay_days_follow_the_law_in_force(day: date, *, statutory: bool) -> None:
    """The eve of Spring Festival is statutory up to 2013 and from 2025, the third day from 2014."""
    assert china(day, day).is_statutory(day) is statutory


@pytest.mark.parametrize("day", [date(2015, 9, 3), date(2020, 1, 31), date(2020, 2, 1), date(2020, 2, 2)])
def test_one_off_holidays_are_adjusted_days_off(day: date) -> None:
    """A day off by a single decision is no statutory holiday."""
    assert china(day, day)[day].day_class is DayClass.ADJUSTED_OFF


def test_an_exchange_links_both_of_its_days() -> None:
    """A make-up workday stands for the weekday that is off in exchange for it."""
    calendar = china(date(2026, 2, 1), date(2026, 2, 28))
    worked, off = date(2026, 2, 28), date(2026, 2, 23)
    assert calendar[worked].swapped_with == off
    assert calendar[off].swapped_with == worked
    assert calendar.weekday_of(worked) == off.weekday()
    assert calendar.weekday_of(off) == off.weekday()
    assert calendar[off].name == "春节"


def test_an_exchange_may_cross_the_year() -> None:
    """The last Saturday of 2011 was worked for a day of 2012, by the notice for 2012."""
    day = china(date(2011, 12, 31), date(2011, 12, 31))[date(2011, 12, 31)]
    assert (day.day_class, day.swapped_with) == (DayClass.WEEKEND_WORKDAY, date(2012, 1, 3))
    assert "2012" in day.source


def test_a_year_without_notice_is_provisional() -> None:
    """Far years have the statutory list of the law but every day is marked provisional."""
    calendar = china(date(2040, 1, 1), date(2040, 12, 31))
    assert all(day.provisional for day in calendar.days.values())
    assert DayClass.WEEKEND_WORKDAY not in {day.day_class for day in calendar.days.values()}
    assert calendar.is_statutory(date(2040, 5, 2))
    assert "2040" in calendar[date(2040, 5, 2)].source


def test_every_special_day_names_its_source() -> None:
    """A holiday says by which order and which notice it is one."""
    calendar = china(date(2025, 1, 1), date(2025, 12, 31))
    special = [d for d in calendar.days.values() if d.day_class not in (DayClass.WORKDAY, DayClass.WEEKEND)]
    assert all(day.source for day in special)
    assert "795" in calendar[date(2025, 5, 2)].source
    assert "2025" in calendar[date(2025, 6, 2)].source
    english = build_calendar("CN", date(2024, 5, 1), date(2024, 5, 1), locale="en")
    assert english[date(2024, 5, 1)].source == "State Council Order 644 (2013)"
    assert english[date(2024, 5, 1)].name == "Labor Day"


def test_names_do_not_say_observed() -> None:
    """A substitute day has the name of its holiday, so that years can be compared."""
    calendar = build_calendar("US", date(2021, 7, 4), date(2021, 7, 5), locale="en")
    assert [(d.day_class.value, d.name) for d in calendar.days.values()] == [
        ("statutory", "Independence Day"),
        ("makeup_off", "Independence Day"),
    ]


def test_weekends_are_those_of_the_country() -> None:
    """In Israel Friday and Saturday are the weekend; a moved Independence Day is the holiday itself."""
    calendar = build_calendar("IL", date(2022, 5, 5), date(2022, 5, 8), locale="en")
    assert [d.day_class.value for d in calendar.days.values()] == ["statutory", "weekend", "weekend", "workday"]


def test_user_rows_win_with_their_source() -> None:
    """An override replaces the class, the last row of a date wins, and dates outside the span are left out."""
    rows = pd.DataFrame(
        {
            "date": ["2027-05-05", date(2027, 5, 8), pd.Timestamp("2027-05-08"), "2030-01-01"],
            "class": ["adjusted_off", "workday", "WEEKEND_WORKDAY", "workday"],
            "name": ["劳动节", None, None, None],
            "source": ["通知 2027", "", None, None],
        }
    )
    calendar = build_calendar("CN", date(2027, 5, 1), date(2027, 5, 31), overrides=rows)
    day = calendar[date(2027, 5, 5)]
    assert (day.day_class, day.name, day.source, day.provisional) == (
        DayClass.ADJUSTED_OFF,
        "劳动节",
        "通知 2027",
        False,
    )
    assert calendar[date(2027, 5, 8)].day_class is DayClass.WEEKEND_WORKDAY
    assert calendar[date(2027, 5, 8)].source == "用户日历"
    assert calendar.weekday_of(date(2027, 5, 8)) is None
    assert date(2030, 1, 1) not in calendar.days


@pytest.mark.parametrize(("country", "subdivision"), [("XX", None), ("US", "nowhere")])
def test_an_unknown_place_is_refused(country: str, subdivision: str | None) -> None:
    """A country or subdivision without a holiday list is an error, never a calendar without holidays."""
    with pytest.raises(SettingsError, match=country):
        build_calendar(country, date(2026, 1, 1), date(2026, 1, 2), subdivision=subdivision)


def test_an_unknown_class_is_refused() -> None:
    """An override with a class that does not exist is an error that lists the classes."""
    rows = pd.DataFrame({"date": ["2026-01-01"], "class": ["holiday"]})
    with pytest.raises(SettingsError, match="weekend_workday"):
        build_calendar("CN", date(2026, 1, 1), date(2026, 1, 2), overrides=rows)


def test_a_span_without_days_is_empty() -> None:
    """No days in, no days out."""
    assert build_calendar("CN", date(2026, 1, 2), date(2026, 1, 1)).days == {}


def test_days_off_match_the_notices_since_2018() -> None:
    """Every day that a State Council notice names is off, or worked, as the notice says."""
    folder = Path(os.environ.get("WFM_SHARED_DATA", Path(__file__).parents[2] / "../shared/data")) / "holiday_cn"
    if not folder.is_dir():
        pytest.skip("shared data not present")
    calendar = china(date(2018, 1, 1), date(2026, 12, 31))
    for file in sorted(folder.glob("20*.json")):
        for row in json.loads(file.read_text(encoding="utf-8"))["days"]:
            assert calendar.works_like_weekend(date.fromisoformat(row["date"])) is row["isOffDay"], row
