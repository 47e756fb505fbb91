"""The special-day table: what makes a date unlike other dates of its weekday."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from wfm.domain.calendar import DayClass
from wfm.forecast.festival import places

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wfm.domain.calendar import Calendar
    from wfm.forecast.festival import Place
    from wfm.forecast.history import BoolArray, FloatArray

HolidayKey = tuple[str, str]
"""Name and day class: the first day of a festival is unlike a weekday off by exchange after it."""
WORKDAYS = slice(0, 5)
"""Monday to Friday."""
SINCE = ((2, 3), (4, 5), (6, 7))
"""Days since a holiday, beyond the day after it, on which what it put off may still come."""
PLACES_IN_MONTH = (0, 1, 2, -1, -2, -3)
"""The first three workdays of a month and its last three, by their place among all of them."""


@dataclass(frozen=True, slots=True)
class DayTable:
    """What is special on each of a run of dates.

    Attributes
    ----------
    weekday
        Shape (days, 7), each row sums to 1: the weekday the date works like. A make-up workday is the weekday it
        replaces, or Monday to Friday in equal parts when that is not known.
    holiday, eve, after, bridge, christmas
        Shape (days,). A weekday off by exchange is a holiday, and so is a weekend between two holidays; a bridge is a
        working day between a holiday and another day off; christmas is 24 December to 1 January.
    since
        Shape (days, 3): whether a holiday was so many days ago, by `SINCE`; nothing on holidays themselves.
    in_month
        Shape (days, 6): whether the date is that workday of its month, by `PLACES_IN_MONTH`.
    keys
        Name and class of the holiday: one, two where holidays meet, none on other days.
    place
        Where the date lies beside a festival that moves from year to year; None away from all of them.
    """

    weekday: FloatArray
    holiday: BoolArray
    eve: BoolArray
    after: BoolArray
    bridge: BoolArray
    christmas: BoolArray
    since: BoolArray
    in_month: BoolArray
    keys: tuple[tuple[HolidayKey, ...], ...]
    place: tuple[Place | None, ...]

    def __getitem__(self, days: slice) -> DayTable:
        return DayTable(
            self.weekday[days],
            self.holiday[days],
            self.eve[days],
            self.after[days],
            self.bridge[days],
            self.christmas[days],
            self.since[days],
            self.in_month[days],
            self.keys[days],
            self.place[days],
        )

    @property
    def normal(self) -> BoolArray:
        """Whether the date tells about ordinary days."""
        return self.regular & ~self.festival

    @property
    def regular(self) -> BoolArray:
        """Whether the date tells about the level: days beside a moving festival do, once its effect is taken off."""
        return ~(self.holiday | self.bridge | self.christmas)

    @property
    def festival(self) -> BoolArray:
        """Whether the date lies in a moving festival or within a week of it."""
        return np.array([place is not None for place in self.place], dtype=bool)


def day_table(days: Sequence[date], calendar: Calendar) -> DayTable:
    """Return the special-day table of some dates.

    Raises
    ------
    KeyError
        When the calendar does not know one of the dates.
    """
    holiday, off = cache(_holiday(calendar)), cache(_off(calendar))
    one, month = timedelta(days=1), cache(_workdays(off))

    def flag(test: Callable[[date], bool]) -> BoolArray:
        return np.array([test(d) for d in days], dtype=bool)

    return DayTable(
        weekday=np.array([_weekday(d, calendar) for d in days]).reshape(-1, 7),
        holiday=flag(holiday),
        eve=flag(lambda d: holiday(d + one) and not holiday(d)),
        after=flag(lambda d: holiday(d - one) and not holiday(d)),
        bridge=flag(
            lambda d: not off(d) and ((holiday(d - one) and off(d + one)) or (off(d - one) and holiday(d + one)))
        ),
        christmas=flag(lambda d: (d.month, d.day) == (1, 1) or (d.month == 12 and d.day >= 24)),
        since=np.array([_since(d, holiday) for d in days]).reshape(-1, len(SINCE)),
        in_month=np.array([_in_month(d, month(d.year, d.month)) for d in days]).reshape(-1, len(PLACES_IN_MONTH)),
        keys=tuple(_keys(d, calendar) if holiday(d) else () for d in days),
        place=places(days, calendar, holiday),
    )


def weekend_like(totals: FloatArray, table: DayTable) -> BoolArray:
    """Return which weekdays have a median day below 60 % of the busiest weekday's; shape (7,).

    Parameters
    ----------
    totals
        Contacts per day of the table; NaN where unknown.
    """
    used = table.normal & ~np.isnan(totals)
    median = np.array([_median(totals[used & (table.weekday[:, k] == 1)]) for k in range(7)])
    low: BoolArray = median < 0.6 * median.max()
    return low


def _median(values: FloatArray) -> float:
    return float(np.median(values)) if len(values) else 0.0


def _weekday(day: date, calendar: Calendar) -> FloatArray:
    row = np.zeros(7)
    weekday = calendar.weekday_of(day)
    row[WORKDAYS if weekday is None else weekday] = 0.2 if weekday is None else 1.0
    return row


def _holiday(calendar: Calendar) -> Callable[[date], bool]:
    def holiday(day: date) -> bool:
        if day not in calendar.days:
            return False
        return calendar.is_holiday(day) or _enclosing(day, calendar) is not None

    return holiday


def _off(calendar: Calendar) -> Callable[[date], bool]:
    return lambda day: calendar.works_like_weekend(day) if day in calendar.days else day.weekday() >= 5


def _since(day: date, holiday: Callable[[date], bool]) -> list[bool]:
    """Return for each of `SINCE` whether a holiday was so many days ago; nothing when the day is one itself."""
    return [not holiday(day) and any(holiday(day - timedelta(days=ago)) for ago in pair) for pair in SINCE]


def _in_month(day: date, workdays: Sequence[date]) -> list[bool]:
    """Return for each of `PLACES_IN_MONTH` whether the day is that one of the workdays; there may be few."""
    return [day in workdays[place : place + 1 or None] for place in PLACES_IN_MONTH]


def _workdays(off: Callable[[date], bool]) -> Callable[[int, int], tuple[date, ...]]:
    """Return what gives the workdays of a year and month."""

    def workdays(year: int, month: int) -> tuple[date, ...]:
        every = (date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1))
        return tuple(d for d in every if not off(d))

    return workdays


def _enclosing(day: date, calendar: Calendar) -> date | None:
    """Return the holiday right before a weekend that has holidays on both sides."""
    edges = []
    for step in (timedelta(days=-1), timedelta(days=1)):
        edge = day
        while edge in calendar.days and calendar[edge].day_class is DayClass.WEEKEND:
            edge += step
        if edge not in calendar.days or edge == day or not calendar.is_holiday(edge):
            return None
        edges.append(edge)
    return edges[0]


def _keys(day: date, calendar: Calendar) -> tuple[HolidayKey, ...]:
    named = day if calendar.is_holiday(day) else _enclosing(day, calendar) or day
    return tuple((name, calendar[day].day_class.value) for name in calendar[named].name.split("; "))
