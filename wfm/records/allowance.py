"""How many days of a kind of leave an agent has left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from wfm.domain.calendar import DayClass
from wfm.domain.clock import dates
from wfm.records import leave_messages as messages
from wfm.records.leave import Objection

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wfm.domain.agents import Absence, Balance
    from wfm.domain.calendar import Calendar
    from wfm.domain.leave import LeaveType
    from wfm.domain.text import Text

LIEU = ("toil", "调休")
"""Kinds of leave that hours in lieu pay for, where `balances.csv` has no days of them."""
LIEU_DAY_HOURS = 8
"""Hours in lieu that a day of leave costs (company rule A4: a leave day counts 8 h)."""


@dataclass(frozen=True, slots=True)
class Account:
    """What an agent has left of one kind of leave."""

    left: float
    """Days before the leave in question; below 0 when overdrawn."""
    taken: float
    """Days that the leave takes."""
    origin: Text
    """Where the allowance comes from."""

    def objection(self, kind: str) -> Objection | None:
        """Return what stands against the leave; None when there is enough."""
        if self.taken <= self.left:
            return None
        figures = {"taken": f"{self.taken:g}", "left": f"{self.left:g}", "origin": self.origin}
        return Objection("leave_allowance", messages.ALLOWANCE.fill(kind=kind, **figures))


def balance_account(
    absence: Absence,
    kind: LeaveType,
    others: Iterable[Absence],
    balance: Balance | None,
    first: date,
    calendar: Calendar,
) -> Account | None:
    """Return what is left by `balances.csv`; None when it does not say.

    Parameters
    ----------
    others
        Approved leave of the agent beside it; days before `first` are in the balance already.
    first
        The date on which the balance holds: the first day of the period.
    calendar
        Covers every day of the leave and, from `first` on, of the others.
    """
    left = _left(balance, absence.type)
    if left is None:
        return None
    used = sum(days_taken(a, kind, calendar, first, date.max) for a in others if a.type == absence.type)
    return Account(left - used, days_taken(absence, kind, calendar), messages.FROM_BALANCE)


def year_account(
    absence: Absence, kind: LeaveType, others: Iterable[Absence], law_days: float | None, calendar: Calendar
) -> Account | None:
    """Return what is left of the allowance of the calendar year in which a leave begins; None when there is no limit.

    Parameters
    ----------
    others
        Approved leave of the agent beside it.
    law_days
        Days a year that the law gives at least; None when it gives none, or nobody knows.
    calendar
        Covers that year.
    """
    known = [(days, origin) for days, origin in _allowances(kind, law_days) if days is not None]
    if not known:
        return None
    days, origin = max(known, key=lambda pair: pair[0])
    year = date(absence.first_date.year, 1, 1), date(absence.first_date.year, 12, 31)
    used = sum(days_taken(a, kind, calendar, *year) for a in others if a.type == absence.type)
    return Account(days - used, days_taken(absence, kind, calendar, *year), origin.fill(days=f"{days:g}"))


def _allowances(kind: LeaveType, law_days: float | None) -> tuple[tuple[float | None, Text], ...]:
    return (kind.allowance_days, messages.FROM_SETTINGS), (law_days if kind.statutory else None, messages.FROM_LAW)


def _left(balance: Balance | None, kind: str) -> float | None:
    if balance is None or kind in balance.leave_days or kind not in LIEU:
        return None if balance is None else balance.leave_days.get(kind)
    return balance.toil_hours / LIEU_DAY_HOURS


def days_taken(
    absence: Absence, kind: LeaveType, calendar: Calendar, first: date = date.min, last: date = date.max
) -> int:
    """Return the days of a leave between two dates that are taken from an allowance."""
    days = dates(max(first, absence.first_date), min(last, absence.last_date))
    if kind.counts == "calendar":
        return len(days)
    return sum(calendar[day].day_class in (DayClass.WORKDAY, DayClass.WEEKEND_WORKDAY) for day in days)
