"""The headings of day columns to dates: a day of the month, a month and day, or a whole date."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from wfm.files.cells import BadCell, clean, day_parser
from wfm.files.rosters import messages as m

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wfm.domain.text import Text

_DAY = re.compile(r"(?:(\d{1,2})[-/.月])?(\d{1,2})(?:\.0+)?[日号]?(?:[\s(（\[].*)?", re.DOTALL)
_MONTH = re.compile(r"(20\d\d)(?:-|年)(\d{1,2})月?(?=\s|$)")
_WEEKDAYS = ("一mon", "二tue", "三wed", "四thu", "五fri", "六sat", "日天sun")
_DATE = day_parser(day_first=False)


class Dates(NamedTuple):
    """The columns of days of the period by position, and what cannot be told: a position and what was expected."""

    places: Mapping[int, date]
    problem: tuple[int, Text] | None = None


def weekday_of(text: str) -> int | None:
    """Return the weekday that a cell says, Monday being 0; None when it says anything else.

    Examples
    --------
    >>> weekday_of("周五"), weekday_of("Fri"), weekday_of("日"), weekday_of("D8")
    (4, 4, 6, None)
    """
    word = re.sub("^(周|星期|礼拜)", "", clean(text)).casefold().rstrip(".")
    if not word:
        return None
    short = word if not word.isascii() else word[:3] if word.endswith("day") or len(word) == 3 else "?"
    return next((n for n, words in enumerate(_WEEKDAYS) if short in (*words[:-3], words[-3:])), None)


def dates_of(header: Sequence[str], weekdays: Mapping[int, int], hint: str, days: Sequence[date]) -> Dates:
    """Return which columns are days of the period; days of the month outside it are no columns of ours.

    A bare day of the month belongs to the month in the hint. Without one it is the only such day of the period, or of
    the only month of the period whose weekdays agree.

    Parameters
    ----------
    weekdays
        Weekday of a column where the sheet says it.
    hint
        Names of sheet and file: a month at the end of either, as in `matrix-2026-05`, counts.
    """
    numbers = {place: number for place, head in enumerate(header) if (number := _number(head)) is not None}
    whole = {place: day for place, head in enumerate(header) if (day := _whole(head, days)) is not None}
    if not numbers:
        return Dates(whole)
    named = {(int(year), int(month)) for year, month in _MONTH.findall(hint)}
    found = {} if named else _once(numbers, weekdays, days)
    months = [month for month in dict.fromkeys((d.year, d.month) for d in days) if not named or month in named]
    fitting = [_of_month(numbers, *month, weekdays) for month in months]
    fitting = [columns for columns in fitting if columns]
    if not found and len(fitting) != 1:
        period = m.THIS_MONTH.fill(first=days[0], last=days[-1])
        return Dates(whole, (next(iter(numbers)), m.ONE_MONTH if fitting else period))
    columns = found or fitting[0]
    return Dates({**whole, **{place: day for place, day in columns.items() if day in days}})


def _once(numbers: Mapping[int, int], weekdays: Mapping[int, int], days: Sequence[date]) -> dict[int, date]:
    """Return the columns whose day of the month comes once in the period; nothing when any comes twice or disagrees."""
    found: dict[int, date] = {}
    for place, number in numbers.items():
        meant = [d for d in days if d.day == number]
        fitting = [d for d in meant if weekdays.get(place, d.weekday()) == d.weekday()]
        if len(fitting) == 1:
            found[place] = fitting[0]
        elif meant:
            return {}
    return found


def _of_month(numbers: Mapping[int, int], year: int, month: int, weekdays: Mapping[int, int]) -> dict[int, date]:
    """Return the columns as days of a month; nothing when a weekday disagrees."""
    last = monthrange(year, month)[1]
    found = {place: date(year, month, number) for place, number in numbers.items() if 1 <= number <= last}
    return found if all(weekdays.get(place, d.weekday()) == d.weekday() for place, d in found.items()) else {}


def _number(head: str) -> int | None:
    """Return the bare day of the month that a heading says."""
    match = _DAY.fullmatch(clean(head))
    return int(match[2]) if match and not match[1] and 1 <= int(match[2]) <= 31 else None


def _whole(head: str, days: Sequence[date]) -> date | None:
    """Return the day of the period that a heading says with its month."""
    match = _DAY.fullmatch(clean(head))
    if match is None:
        try:
            day = _DATE(clean(head))
        except BadCell:
            return None
        return day if day in days else None
    meant = [d for d in days if match[1] and (d.month, d.day) == (int(match[1]), int(match[2]))]
    return meant[0] if len(meant) == 1 else None
