"""Hours that Chinese law pays extra for: on statutory holidays and rest days, beyond the day, beyond the cycle."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from wfm.domain.roster import State
from wfm.payroll.cycles import Cycle, cycles_of
from wfm.payroll.hours import cents, hours, paid_minutes_by_date

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from decimal import Decimal

    from wfm.domain.roster import Assignment
    from wfm.domain.shifts import Shift
    from wfm.law import Parameter
    from wfm.payroll.base import WorkMonth

WEEK_DAYS = 5
"""Days of work in a week of 40 h; the others are its rest days."""


@dataclass(frozen=True, slots=True)
class Extra:
    """Paid minutes of a month, each in one place at most, and the cycles that end in it.

    Attributes
    ----------
    statutory
        Minutes on statutory holidays, by local date: 300 %.
    rest
        Standard hours: minutes on rest days by date, statutory holidays apart: 200 % or time off in lieu.
    daily
        Standard hours: other minutes beyond the 8 h of a shift, by the date on which it starts: 150 %.
    cycles
        Comprehensive hours: the cycles that end in the month, with what lies beyond their standard hours: 150 %.
    """

    statutory: Mapping[date, int]
    rest: Mapping[date, int]
    daily: Mapping[date, int]
    cycles: tuple[Cycle, ...] = ()

    @property
    def beyond(self) -> Decimal | None:
        """Hours paid at 150 %: those of each known cycle at two places, as on its line; None when none is known."""
        known = [cents(cycle.excess) for cycle in self.cycles if cycle.excess is not None]
        return None if self.cycles and not known else sum(known, hours(sum(self.daily.values())))

    @property
    def complete(self) -> bool:
        """Whether the hours of every cycle are known."""
        return all(cycle.excess is not None for cycle in self.cycles)

    @property
    def on_rest_days(self) -> Decimal:
        """Hours on rest days, not rounded."""
        return hours(sum(self.rest.values()))


def reckon(month: WorkMonth, law: Mapping[str, Parameter]) -> Extra:
    """Return the hours of a month that the law pays extra for.

    Hours on a statutory holiday, by local date, are only that. Under standard hours the others of a shift are rest-day
    hours when they lie on a rest day, else overtime beyond 8 h of the shift, which belongs with all its hours to the
    date on which it starts. `rest_day = "calendar"`: rest days are the local dates that are weekend, make-up or
    adjusted days off. `rest_day = "roster"`: they are days of the agent's own week, see `rest_dates`. Under
    comprehensive hours work on a rest day is normal work, and what counts is the cycle.

    Source: 劳动法 articles 36, 41, 44; 工资支付暂行规定 article 13; 劳部发〔1994〕503号 article 5.
    """
    calendar, standard_day = month.plan.calendar, int(law["day_hours"].value * 60)
    statutory: dict[date, int] = {}
    rest: dict[date, int] = {}
    daily: dict[date, int] = {}
    comprehensive = month.plan.settings.hours.in_force == "comprehensive"
    rests_on = _never if comprehensive else _rest_of(month)
    for shift in month.shifts:
        ordinary = 0
        for day, minutes in paid_minutes_by_date(shift, month.plan.settings.centre.zone).items():
            if calendar.is_statutory(day):
                statutory[day] = statutory.get(day, 0) + minutes
            elif (free := rests_on(shift, day)) is not None:
                rest[free] = rest.get(free, 0) + minutes
            else:
                ordinary += minutes
        if not comprehensive and ordinary > standard_day:
            daily[shift.date] = ordinary - standard_day
    return Extra(statutory, rest, daily, cycles_of(month, law) if comprehensive else ())


def _never(_shift: Shift, _day: date) -> None:
    return None


def _rest_of(month: WorkMonth) -> Callable[[Shift, date], date | None]:
    """Return what gives the rest day that a shift's hours on a date belong to; None when they belong to none."""
    if month.plan.settings.hours.rest_day == "calendar":
        free = month.plan.calendar.works_like_weekend
        return lambda _, day: day if free(day) else None
    dates = rest_dates(month)
    return lambda shift, _: shift.date if shift.date in dates else None


def rest_dates(month: WorkMonth) -> frozenset[date]:
    """Return the business dates of the agent's known weeks on which he worked although they were rest days.

    That is a day which the roster has as rest and attendance as work; and, of the other days worked in a week from
    Monday to Sunday, those beyond five, the last ones. Statutory holidays are apart: they are neither of the two. Days
    of a week of which nothing is known count as not worked.
    """
    weeks: dict[date, list[tuple[Assignment, Assignment]]] = {}
    for done, planned in zip(month.known, month.scheduled, strict=True):
        if done.works and not _statutory(month, done.date):
            monday = done.date - timedelta(days=done.date.weekday())
            weeks.setdefault(monday, []).append((done, planned))
    found: set[date] = set()
    for days in weeks.values():
        called_in = [done.date for done, planned in days if planned.state is State.REST]
        others = [done.date for done, planned in days if planned.state is not State.REST]
        found.update(called_in, others[WEEK_DAYS:])
    return frozenset(found)


def _statutory(month: WorkMonth, day: date) -> bool:
    known = month.plan.calendar.days
    return day in known and month.plan.calendar.is_statutory(day)
