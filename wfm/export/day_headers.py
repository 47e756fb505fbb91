"""Which column of a sheet is which day: headers such as 1, 01, 5/1, 5月1日 or 2026-05-01."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from wfm.domain.errors import InputError
from wfm.domain.text import Text
from wfm.export.ids import listed
from wfm.export.sheets import cell_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

DAYS_ONCE = Text(en="one column for each day; {column} is the same day", zh="每日一列；“{column}”列为同一天")
ONE_MONTH = Text(
    en="a date with its month, since the period has several days of this number",
    zh="带月份的日期：本期内有多个同号日期",
)
EVERY_DAY = Text(
    en="a column for every day from {first} to {last}; missing: {missing}",
    zh="{first} 至 {last} 每日一列；缺少：{missing}",
)
THIS_MONTH = Text(en="the sheet of {first} to {last}", zh="{first} 至 {last} 的排班表")
THIS_WEEKDAY = Text(
    en="the weekday of {day}: is it the sheet of another month?", zh="{day} 的星期：是否为其他月份的表？"
)

_WEEKDAY = r"(?:星期|周|礼拜)?([一二三四五六日天])"
_DAY = re.compile(rf"(?:(?:(\d{{4}})[-/.年])?(\d{{1,2}})[-/.月])?(\d{{1,2}})[日号]?\s*(?:\(?{_WEEKDAY}\)?)?")
_MONTH = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})(?:月|(?![-/.\d月]))(?!\s*\d)")
_ONLY_WEEKDAY = re.compile(_WEEKDAY)
_WEEK = "一二三四五六日"


def day_columns(file: str, rows: Sequence[Sequence[object]], header: int, days: Sequence[date]) -> Mapping[date, int]:
    """Return the column of each date of the period.

    Parameters
    ----------
    rows
        The sheet; `header` is the place of its header row. Rows above it may name the month, the row below it may hold
        weekdays: both have to agree with the period.

    Raises
    ------
    InputErrors, InputError
        When a day has no column or two, when a header fits two days, when the sheet is of another month.
    """
    _refuse_other_month(file, rows[:header], days)
    columns: dict[date, int] = {}
    for column, value in enumerate(rows[header]):
        name = cell_text(value)
        fitting = [day for day in days if _fits(name, day)]
        if len(fitting) > 1:
            raise InputError(file, header + 1, name, name, ONE_MONTH)
        for day in fitting:
            if day in columns:
                other = cell_text(rows[header][columns[day]])
                raise InputError(file, header + 1, name, name, DAYS_ONCE.fill(column=other))
            columns[day] = column
    missing = [str(day) for day in days if day not in columns]
    if missing:
        expected = EVERY_DAY.fill(first=days[0], last=days[-1], missing=listed(missing))
        raise InputError(file, header + 1, None, None, expected)
    _refuse_other_weekdays(file, rows, header, columns)
    return columns


def _fits(name: str, day: date) -> bool:
    """Return whether a header names a day; what it leaves out (year, month) may be anything.

    Examples
    --------
    >>> from datetime import date
    >>> [_fits(name, date(2026, 5, 1)) for name in ("1", "01", "5/1", "5月1日(五)", "2026-05-01", "2026-04-01", "ID 1")]
    [True, True, True, True, True, False, False]
    """
    found = _DAY.fullmatch(name)
    if not found:
        return False
    parts = zip(found.groups()[:3], (day.year, day.month, day.day), strict=True)
    return all(text is None or int(text) == part for text, part in parts)


def _refuse_other_month(file: str, title: Sequence[Sequence[object]], days: Sequence[date]) -> None:
    named = [(row, text, (int(m[1]), int(m[2]))) for row, text in _texts(title) for m in _MONTH.finditer(text)]
    months = {(day.year, day.month) for day in days}
    if named and not any(month in months for _, _, month in named):
        row, text, _ = named[0]
        raise InputError(file, row + 1, None, text, THIS_MONTH.fill(first=days[0], last=days[-1]))


def _texts(rows: Sequence[Sequence[object]]) -> Iterator[tuple[int, str]]:
    return ((n, text) for n, row in enumerate(rows) for text in map(cell_text, row) if text)


def _refuse_other_weekdays(
    file: str, rows: Sequence[Sequence[object]], header: int, columns: Mapping[date, int]
) -> None:
    below = rows[header + 1] if header + 1 < len(rows) else ()
    for day, column in columns.items():
        text = cell_text(below[column]) if column < len(below) else ""
        found = _ONLY_WEEKDAY.fullmatch(text)
        if found and _WEEK[day.weekday()] != found[1].replace("天", "日"):
            name = cell_text(rows[header][column])
            raise InputError(file, header + 2, name, text, THIS_WEEKDAY.fill(day=day))
