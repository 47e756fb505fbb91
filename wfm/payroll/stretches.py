"""Working time in stretches that can be cut, at times of day or after so many minutes; and the weeks of a month."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from wfm.domain.calendar import DayClass
from wfm.domain.clock import dates, elapsed_minutes, instant
from wfm.domain.shifts import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from wfm.domain.calendar import Calendar
    from wfm.domain.shifts import Shift, Weekday
    from wfm.payroll.base import WorkMonth


@dataclass(frozen=True, slots=True)
class Stretch:
    """Paid time of one shift without interruption, on one local date."""

    shift: Shift
    start: datetime
    """In UTC."""
    end: datetime
    local: datetime
    """The start on the wall clock of the centre."""
    minutes: int
    """Elapsed minutes."""

    @property
    def date(self) -> date:
        """The local date on which it lies."""
        return self.local.date()

    @property
    def clock(self) -> int:
        """Minutes after midnight, on the wall clock, at which it starts."""
        return self.local.hour * 60 + self.local.minute


@lru_cache(maxsize=65536)
def stretches(shift: Shift, zone: ZoneInfo, clocks: tuple[int, ...] = ()) -> tuple[Stretch, ...]:
    """Return the paid time of a shift in order, cut at local midnight and at `clocks` (minutes after midnight).

    An hour that the clock skips is not there, one that it repeats is there twice.
    """
    days = dates(shift.start.astimezone(zone).date(), shift.end.astimezone(zone).date())
    cuts = sorted({instant(day, clock, zone) for day in days for clock in (0, *clocks)})
    found = []
    for start, end in shift.paid_spans():
        inside = (start.astimezone(UTC), *(c for c in cuts if start < c < end), end.astimezone(UTC))
        found += [Stretch(shift, a, b, a.astimezone(zone), elapsed_minutes(a, b)) for a, b in pairwise(inside)]
    return tuple(found)


def split(found: Iterable[Stretch], minutes: int) -> tuple[list[Stretch], list[Stretch]]:
    """Return the first `minutes` of some stretches in the order given, and what is beyond."""
    within, beyond, left = [], [], minutes
    for stretch in found:
        if stretch.minutes <= left:
            within.append(stretch)
        elif left <= 0:
            beyond.append(stretch)
        else:
            at = stretch.start + timedelta(minutes=left)
            within.append(replace(stretch, end=at, minutes=left))
            local = at.astimezone(stretch.local.tzinfo)
            beyond.append(replace(stretch, start=at, local=local, minutes=stretch.minutes - left))
        left -= stretch.minutes
    return within, beyond


def on_holiday(day: date, calendar: Calendar) -> bool:
    """Return whether a date is a holiday where the day in place of one counts as one: not so in China."""
    return calendar[day].day_class in (DayClass.STATUTORY, DayClass.MAKEUP_OFF)


@dataclass(frozen=True, slots=True)
class Week:
    """One week of an agent's employment."""

    first: date
    last: date
    """The date on which it ends; the last of employment where that comes before."""
    shifts: tuple[Shift, ...]
    """The shifts that start from `first` to `last`, in order."""
    unknown: tuple[date, ...]
    """Its days of employment of which nothing is known."""


def weeks(month: WorkMonth, begins: Weekday, at: int = 0) -> Iterator[Week]:
    """Yield the weeks that end on a day of the month, those that began before it included.

    Parameters
    ----------
    begins
        Weekday on which a week begins.
    at
        Minutes after midnight at which it begins; above 0 the last of its eight dates is the one on which it ends.
    """
    length = 7 if at else 6
    ends = (WEEKDAYS.index(begins) + length) % 7
    cells = {a.date: a.shift for a in month.known}
    for day in (a.date for a in month.assignments):
        if day.weekday() != ends and day != month.agent.leave_date:
            continue
        first = day - timedelta(days=length if day.weekday() == ends else (day.weekday() - WEEKDAYS.index(begins)) % 7)
        days = [d for d in dates(first, day) if month.agent.employed(d)]
        shifts = tuple(s for d in days if (s := cells.get(d)) is not None)
        yield Week(first, day, shifts, tuple(d for d in days if d not in cells))


def worked_in_week(month: WorkMonth, begins: Weekday) -> dict[date, int]:
    """Return, for every date on which a shift starts, which worked day of its week it is: 1 for the first."""
    order: dict[date, int] = {}
    count, week = 0, None
    for cell in month.known:
        first = cell.date - timedelta(days=(cell.date.weekday() - WEEKDAYS.index(begins)) % 7)
        count = count if first == week else 0
        week = first
        if cell.shift is not None:
            count += 1
            order[cell.date] = count
    return order
