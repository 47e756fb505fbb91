"""Day classes against the law, the State Council's notices, and other countries."""

from __future__ import annotations

import json
import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from wfm.domain.calendar import Calendar, DayClass, build_calendar
from wfm.domain.clock import dates

FEASTS = {
    2009: "01-26 04-04 05-28 10-03",
    2013: "02-10 04-04 06-12 09-19",
    2014: "01-31 04-05 06-02 09-08",
    2018: "02-16 04-05 06-18 09-24",
    2019: "02-05 04-05 06-07 09-13",
    2020: "01-25 04-04 06-25 10-01",
    2021: "02-12 04-04 06-14 09-21",
    2022: "02-01 04-05 06-03 09-10",
    2023: "01-22 04-05 06-22 09-29",
    2024: "02-10 04-04 06-10 09-17",
    2025: "01-29 04-04 05-31 10-06",
    2026: "02-17 04-05 06-19 09-25",
    2027: "02-06 04-05 06-09 09-15",
}
"""First day of the lunar year, Qingming, Dragon Boat and Mid-Autumn Festival by year."""
OFF = (DayClass.STATUTORY, DayClass.MAKEUP_OFF, DayClass.ADJUSTED_OFF, DayClass.WEEKEND)


def year_of(year: int) -> Calendar:
    """Return China's calendar of a year."""
    return build_calendar("CN", date(year, 1, 1), date(year, 12, 31))


def of_class(calendar: Calendar, *classes: DayClass) -> list[date]:
    """Return the dates of some classes."""
    return [d for d, day in calendar.days.items() if day.day_class in classes]


def by_law(year: int) -> set[date]:
    """Return the statutory holidays that the order in force names, from the solar and lunar dates alone."""
    spring, *feasts = (date.fromisoformat(f"{year}-{day}") for day in FEASTS[year].split())
    first = 0 if 2014 <= year <= 2024 else -1
    last = 1 if year <= 2013 else 2
    may = 2 if year >= 2025 else 1
    fixed = {date(year, 1, 1), *(date(year, 5, n + 1) for n in range(may)), *(date(year, 10, n) for n in (1, 2, 3))}
    return fixed | set(feasts) | {spring + timedelta(days=n) for n in range(first, last + 1)}


@pytest.mark.parametrize("year", FEASTS)
def test_statutory_days_are_those_of_the_order_in_force(year: int) -> None:
    """Orders 513, 644 and 795 name 11, 11 and 13 days; two on one date are one statutory day."""
    assert set(of_class(year_of(year), DayClass.STATUTORY)) == by_law(year)


@pytest.mark.parametrize("year", [y for y in FEASTS if y not in {2013, 2020, 2027}])
def test_days_off_balance(year: int) -> None:
    """A year has a make-up day off per statutory day on a weekend or on another, and an exchanged one per day worked.

    In 2020 the extension of Spring Festival undid an exchange, in 2013 one reached into the year before, and 2027 has
    no notice yet.
    """
    calendar = year_of(year)
    statutory = of_class(calendar, DayClass.STATUTORY)
    doubled = (13 if year >= 2025 else 11) - len(statutory)
    weekend = sum(d.weekday() >= 5 for d in statutory)
    assert len(of_class(calendar, DayClass.MAKEUP_OFF)) == weekend + doubled
    exchanged, worked = (of_class(calendar, c) for c in (DayClass.ADJUSTED_OFF, DayClass.WEEKEND_WORKDAY))
    assert sorted(calendar[d].swapped_with or d for d in worked) == exchanged


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-04-05", "statutory"),
        ("2026-04-06", "makeup_off"),
        ("2026-05-02", "statutory"),
        ("2026-05-04", "makeup_off"),
        ("2026-05-05", "adjusted_off"),
        ("2026-10-03", "statutory"),
        ("2026-10-05", "makeup_off"),
        ("2026-10-06", "adjusted_off"),
        ("2026-10-07", "adjusted_off"),
        ("2026-02-14", "weekend_workday"),
        ("2026-02-19", "statutory"),
        ("2024-02-09", "workday"),
        ("2024-02-12", "statutory"),
        ("2025-01-28", "statutory"),
        ("2025-10-04", "weekend"),
        ("2020-10-05", "makeup_off"),
        ("2020-10-06", "makeup_off"),
        ("2009-10-05", "makeup_off"),
        ("2015-09-03", "adjusted_off"),
        ("2026-03-08", "weekend"),
        ("2026-06-01", "workday"),
    ],
)
def test_traps(day: str, expected: str) -> None:
    """Triple pay is due on statutory days alone: not on the rest of a block, its substitutes, or part-day feasts."""
    when = date.fromisoformat(day)
    assert build_calendar("CN", when, when)[when].day_class == expected


@pytest.mark.parametrize(("year", "days"), [(2024, 251), (2025, 248), (2026, 248)])
def test_work_days_of_a_year(year: int, days: int) -> None:
    """2025 and 2026 have the 248 work days of notice 人社部发〔2025〕2号; 2024 had 251."""
    assert len(of_class(year_of(year), DayClass.WORKDAY, DayClass.WEEKEND_WORKDAY)) == days


def test_work_days_of_a_month() -> None:
    """The months of 2026 have 21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21 and 23 work days."""
    worked = of_class(year_of(2026), DayClass.WORKDAY, DayClass.WEEKEND_WORKDAY)
    counts = [sum(d.month == month for d in worked) for month in range(1, 13)]
    assert counts == [21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23]


def test_every_date_since_2018_is_off_or_worked_as_the_notices_say() -> None:
    """On each of the 3,287 dates the calendar agrees with the notices: what they name, and plain weeks elsewhere."""
    folder = Path(os.environ.get("WFM_SHARED_DATA", Path(__file__).parents[2] / "../shared/data")) / "holiday_cn"
    if not folder.is_dir():
        pytest.skip("shared data not present")
    rows = [r for f in sorted(folder.glob("20*.json")) for r in json.loads(f.read_text(encoding="utf-8"))["days"]]
    named = {date.fromisoformat(row["date"]): row["isOffDay"] for row in rows}
    span = date(2018, 1, 1), date(2026, 12, 31)
    calendar = build_calendar("CN", *span)
    for day in dates(*span):
        assert (calendar[day].day_class in OFF) is named.get(day, day.weekday() >= 5), calendar[day]
        assert not calendar[day].provisional
    ordinary = (DayClass.WORKDAY, DayClass.WEEKEND)
    assert all(d in named for d, day in calendar.days.items() if day.day_class not in ordinary)


def test_a_year_without_notice_has_no_exchanges() -> None:
    """Of 2027 the law's days are known and the days in place of weekend ones; all of it is provisional."""
    calendar = year_of(2027)
    assert all(day.provisional for day in calendar.days.values())
    assert of_class(calendar, DayClass.ADJUSTED_OFF, DayClass.WEEKEND_WORKDAY) == []


@pytest.mark.parametrize(
    ("country", "subdivision", "day", "expected"),
    [
        ("JP", None, "2026-05-05", "statutory"),
        ("JP", None, "2026-05-06", "statutory"),
        ("JP", None, "2026-09-22", "statutory"),
        ("US", "CA", "2026-03-31", "statutory"),
        ("US", "NY", "2026-03-31", "workday"),
        ("US", "CA", "2026-07-03", "makeup_off"),
        ("US", "CA", "2026-07-04", "statutory"),
        ("AU", "VIC", "2026-11-03", "statutory"),
        ("AU", "NSW", "2026-11-03", "workday"),
        ("AU", "VIC", "2026-04-25", "statutory"),
        ("AU", "VIC", "2026-12-28", "makeup_off"),
        ("HK", None, "2026-04-06", "statutory"),
        ("HK", None, "2026-04-07", "makeup_off"),
        ("HK", None, "2012-10-02", "makeup_off"),
        ("TW", None, "2025-01-27", "adjusted_off"),
        ("TW", None, "2025-02-08", "weekend_workday"),
        ("TW", None, "2026-02-20", "makeup_off"),
        ("TW", None, "2021-04-05", "makeup_off"),
        ("DE", None, "2026-06-04", "workday"),
        ("DE", "BY", "2026-06-04", "statutory"),
        ("GB", "ENG", "2026-01-02", "workday"),
        ("GB", "SCT", "2026-01-02", "statutory"),
        ("GB", "SCT", "2025-12-01", "makeup_off"),
        ("FR", None, "2026-05-08", "statutory"),
        ("SG", None, "2026-08-10", "makeup_off"),
        ("KR", None, "2026-05-25", "makeup_off"),
    ],
)
def test_other_countries_through_the_same_door(country: str, subdivision: str | None, day: str, expected: str) -> None:
    """Elsewhere public holidays are statutory, in Japan by law the days in their place too, substitutes make-up days.

    Days of one state or part of a country are those of that part alone.
    """
    when = date.fromisoformat(day)
    found = build_calendar(country, when, when, subdivision=subdivision, locale="en")[when]
    assert found.day_class == expected
    assert found.source.startswith("holidays ") == (expected not in ("workday", "weekend"))
