"""Single cells: dates, times, numbers, words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wfm.domain.guard import guard
from wfm.files.cells import BadCell, amount, clean, count, day_parser, instant_of, label, moment_parser, seconds, yes

DATES = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-01",
        "2026/5/1",
        "2026/05/01",
        "2026.5.1",
        "2026年5月1日",
        "２０２６年５月１日",
        " 2026-05-01 00:00:00 ",
        "2026-05-01T00:00",
    ],
)
def test_date_forms(text: str) -> None:
    """Every usual way to write a date with the year first is read, whatever comes first elsewhere."""
    assert day_parser(False)(text) == day_parser(True)(text) == date(2026, 5, 1)


def test_day_or_month_first_is_what_the_setting_says() -> None:
    """The setting decides 03/04/2026; with points the day always comes first."""
    assert day_parser(True)("03/04/2026") == date(2026, 4, 3)
    assert day_parser(False)("03/04/2026") == date(2026, 3, 4)
    assert day_parser(False)("03.04.2026") == date(2026, 4, 3)


def test_wrong_order_says_how_to_mend() -> None:
    """A thirteenth month hints at the setting."""
    with pytest.raises(BadCell) as caught:
        day_parser(False)("13/04/2026")
    assert caught.value.mend is not None
    assert "day_first" in caught.value.mend.en


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30",
        "2026-13-01",
        "2026-00-10",
        "20260501",
        "46143",
        "May 1",
        "2026-05-01x",
        "2026-05-01 08:00",
        "1-5-26",
    ],
)
def test_no_dates(text: str) -> None:
    """Dates that do not exist, serial numbers, words, times and two-digit years are no dates."""
    with pytest.raises(BadCell):
        day_parser(True)(text)


@settings(deadline=None)
@given(DATES)
def test_every_date_comes_back(day: date) -> None:
    """A date written in any form reads back as itself."""
    for text in (day.isoformat(), f"{day.year}/{day.month}/{day.day}", f"{day.year}年{day.month}月{day.day}日"):
        assert day_parser(False)(text) == day
    assert day_parser(True)(f"{day.day}/{day.month}/{day.year}") == day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-05-01 08:30", datetime(2026, 5, 1, 8, 30)),  # noqa: DTZ001
        ("2026-05-01T08:30:15.250", datetime(2026, 5, 1, 8, 30, 15, 250000)),  # noqa: DTZ001
        ("2026/5/1 8:30", datetime(2026, 5, 1, 8, 30)),  # noqa: DTZ001
        ("2026年5月1日8:30", datetime(2026, 5, 1, 8, 30)),  # noqa: DTZ001
        ("2026-05-01 24:00", datetime(2026, 5, 2)),  # noqa: DTZ001
        ("2026-12-31 24:00:00", datetime(2027, 1, 1)),  # noqa: DTZ001
        ("2026-05-01", datetime(2026, 5, 1)),  # noqa: DTZ001
        ("２０２６-０５-０１ ０８：３０", datetime(2026, 5, 1, 8, 30)),  # noqa: DTZ001
    ],
)
def test_moments(text: str, expected: datetime) -> None:
    """A date with a time is read to the microsecond; 24:00 is the next midnight."""
    assert moment_parser(False)(text).wall == expected


@pytest.mark.parametrize(
    ("text", "hour"), [("2026-05-01 08:30Z", 8), ("2026-05-01T08:30+08:00", 0), ("2026-05-01 08:30 -0330", 12)]
)
def test_offset_wins_over_the_zone(text: str, hour: int) -> None:
    """A time with an offset is an instant of its own; one without is that of the centre's clock."""
    moment = moment_parser(False)(text)
    assert instant_of(moment, ZoneInfo("Asia/Tokyo")).hour == hour
    assert instant_of(moment_parser(False)("2026-05-01 08:30"), ZoneInfo("Asia/Shanghai")) == datetime(
        2026, 5, 1, 0, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    "text",
    [
        "08:30",
        "2026-05-01 32:00",
        "2026-05-01 24:01",
        "2026-05-01 08:60",
        "2026-05-01 8",
        "2026-05-018:30",
        "2026-05-01 08:30+99:00",
    ],
)
def test_no_moments(text: str) -> None:
    """A time alone, an hour beyond 24:00 and broken times are no moments."""
    with pytest.raises(BadCell):
        moment_parser(False)(text)


@pytest.mark.parametrize(
    ("text", "number"), [("3", 3), ("3.0", 3), ("1,775", 1775), ("１２", 12), (" 7 ", 7), ("0", 0)]
)
def test_counts(text: str, number: int) -> None:
    """Whole numbers are read in every usual form."""
    assert count(text) == number


@pytest.mark.parametrize("text", ["-1", "3.5", "3,5", "1,77", "x", "", "nan", "inf", "²", "0x1", "1_000", "三"])
def test_no_counts(text: str) -> None:
    """Negative, fractional and other texts are no whole numbers."""
    with pytest.raises(BadCell):
        count(text)


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=10**9))
def test_thousands_come_back(number: int) -> None:
    """A number with thousands separators reads back as itself."""
    assert count(f"{number:,}") == number


def test_amounts_are_exact() -> None:
    """Money keeps every digit and its two places."""
    assert str(amount("1,234.50")) == "1234.50"
    assert seconds("215.5") == 215.5
    assert seconds("") != seconds("")


def test_yes_and_no() -> None:
    """Both languages and digits say yes or no; empty is no."""
    assert all(yes(text) for text in ("1", "true", "YES", "是"))
    assert not any(yes(text) for text in ("0", "False", "no", "否", ""))


@settings(deadline=None)
@given(st.text() | st.text("'=-＝＠\tA", max_size=4))
def test_guard_is_undone(text: str) -> None:
    """The guard before formula text is taken away, and nothing else is."""
    assert label(guard(text)) == text


@settings(deadline=None)
@given(st.text())
def test_clean_is_stable(text: str) -> None:
    """Cleaning a clean text changes nothing, unless it uncovers another guard."""
    once = clean(text)
    if not once.startswith("'"):
        assert clean(once) == once
