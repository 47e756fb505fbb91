"""Cycles of comprehensive hours, their standard hours, and what was worked in them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Literal

from wfm.domain.clock import dates
from wfm.domain.roster import State
from wfm.payroll.hours import hours, statutory_minutes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wfm.domain.roster import Assignment
    from wfm.law import Parameter
    from wfm.payroll.base import WorkMonth

Unit = Literal["week", "month", "quarter", "year"]
STANDARD = {
    "week": "week_hours",
    "month": "month_hours_mean",
    "quarter": "quarter_hours_mean",
    "year": "year_hours_mean",
}
"""Name of the law's figure for the standard hours of a cycle."""
MONTHS = {"week": Decimal(12) / 52, "month": Decimal(1), "quarter": Decimal(3), "year": Decimal(12)}
"""Months in a cycle."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """One agent's cycle of hours, or the part of it in which he is employed."""

    first: date
    last: date
    hours: Decimal | None
    """Paid hours that count, not rounded; None when those before the period are not known."""
    standard: Decimal | None
    """Standard hours, not rounded; None when the calendar does not reach back to its first day."""
    months: Decimal
    """Its length in months."""

    @property
    def excess(self) -> Decimal | None:
        """Hours beyond the standard hours; None when nobody knows."""
        return beyond(self.hours, self.standard)


def beyond(worked: Decimal | None, standard: Decimal | None) -> Decimal | None:
    """Return the hours beyond the standard hours, 0 where there are none; None when either is not known."""
    return None if worked is None or standard is None else max(worked - standard, Decimal(0))


@cache
def bounds(unit: Unit, day: date) -> tuple[date, date]:
    """Return the first and the last day of the calendar week (from Monday), month, quarter or year of a date.

    Examples
    --------
    >>> bounds("quarter", date(2026, 5, 17))
    (datetime.date(2026, 4, 1), datetime.date(2026, 6, 30))
    """
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    size = {"month": 1, "quarter": 3, "year": 12}[unit]
    begin = (day.month - 1) // size * size + 1
    end = begin + size - 1
    return date(day.year, begin, 1), date(day.year, end, monthrange(day.year, end)[1])


def cycles_of(month: WorkMonth, law: Mapping[str, Parameter]) -> tuple[Cycle, ...]:
    """Return the cycles that end in the month: at their last day, or at the agent's last day of employment."""
    unit, found = month.plan.settings.hours.cycle, []
    for first, last in dict.fromkeys(bounds(unit, a.date) for a in month.assignments):
        begin, end = _employed(month, first, last)
        if end <= month.assignments[-1].date:
            share = Decimal((end - begin).days + 1) / ((last - first).days + 1)
            standard, worked = standard_hours(month, law, unit, begin, end), counted_hours(month, begin, end)
            found.append(Cycle(begin, end, worked, standard, MONTHS[unit] * share))
    return tuple(found)


def _employed(month: WorkMonth, first: date, last: date) -> tuple[date, date]:
    return max(first, month.agent.hire_date or first), min(last, month.agent.leave_date or last)


def standard_hours(
    month: WorkMonth, law: Mapping[str, Parameter], unit: Unit, first: date, last: date
) -> Decimal | None:
    """Return the standard hours of a cycle, or of the part of it from `first` to `last`; not rounded.

    `basis = "mean"`: the law's figure for a week, month, quarter or year, in part by calendar days. `basis =
    "calendar"`: 8 h for each work day of the calendar; None where it does not reach back. Both times the contract's
    share of full time, and less 8 h times that share for each work day of the calendar on approved leave, so that leave
    is not worked before or after.

    Source: 人社部发〔2025〕2号; that leave lowers the standard hours is our reading, since the notice is silent.
    """
    day, days = law["day_hours"].value, dates(first, last)
    if month.plan.settings.hours.basis == "mean":
        begin, end = bounds(unit, last)
        full = law[STANDARD[unit]].value * len(days) / ((end - begin).days + 1)
    elif first in month.plan.calendar.days:
        full = day * sum(not month.plan.calendar.works_like_weekend(d) for d in days)
    else:
        return None
    return max((full - day * leave_days(month, first, last)) * month.share, Decimal(0))


def leave_days(month: WorkMonth, first: date, last: date) -> int:
    """Return the work days of the calendar on approved leave; before the period by `leave.csv` and the tail.

    A week of leave takes five days off a week that has five: its weekend, or a holiday within it, takes nothing.
    """
    off = {a.date for a in month.known if a.state is State.LEAVE and first <= a.date <= last}
    agent, before = month.agent.agent_id, min(last, month.plan.days[0] - timedelta(days=1))
    off.update(day for day in dates(first, before) if month.plan.leave_type(agent, day) is not None)
    calendar = month.plan.calendar
    return sum(day not in calendar.days or not calendar.works_like_weekend(day) for day in off)


def counted_hours(month: WorkMonth, first: date, last: date) -> Decimal | None:
    """Return the paid hours from `first` to `last` that count to a cycle, not rounded; None when nobody knows.

    A shift counts for the date on which it starts. Hours on statutory holidays do not count when
    `exclude_holiday_hours` says so. What lies before the period is `cycle_hours` of `balances.csv`, as it stands; where
    that is not given, the previous roster if it has every day.
    """
    start = month.plan.days[0]
    inside = sum(_minutes(month, a) for a in month.known if max(first, start) <= a.date <= last)
    before = _before(month, first) if first < start else Decimal(0)
    return None if before is None else before + hours(inside)


def _before(month: WorkMonth, first: date) -> Decimal | None:
    """Return the hours of a cycle before the period."""
    balance = month.plan.balance(month.agent)
    if balance is not None and "cycle_hours" in balance.model_fields_set:
        return Decimal(str(balance.cycle_hours))
    span = dates(first, month.plan.days[0] - timedelta(days=1))
    past = {a.date: a for a in month.known if a.date in span}
    if len(past) < len(span) or not set(span) <= month.plan.calendar.days.keys():
        return None
    return hours(sum(_minutes(month, a) for a in past.values()))


def _minutes(month: WorkMonth, cell: Assignment) -> int:
    if cell.shift is None:
        return 0
    aside = month.plan.settings.hours.exclude_holiday_hours
    holiday = statutory_minutes(cell.shift, month.plan) if aside else 0
    return cell.shift.paid_minutes - holiday
