"""`timesheet.csv` and `payroll.csv` as tables, and what has to be said about them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

from wfm.domain.errors import InputErrors, SettingsError
from wfm.domain.roster import State
from wfm.law import pay_parameters
from wfm.law.nights import NightClass
from wfm.payroll import messages
from wfm.payroll.base import cents
from wfm.payroll.checks import check_pay, pay_elements, wages
from wfm.payroll.hours import hours, paid_minutes_by_date, statutory_minutes, work_months

if TYPE_CHECKING:
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster
    from wfm.domain.shifts import Shift
    from wfm.domain.text import Locale, Text
    from wfm.payroll.base import PayLine, WorkMonth

TIMESHEET_COLUMNS = (
    "agent_id",
    "period",
    "scheduled_h",
    "worked_h",
    "standard_h",
    "excess_h",
    "ot150_h",
    "ot200_h",
    "ot300_h",
    "toil_h",
    "small_nights",
    "big_nights",
    "leave_type",
    "leave_h",
    "basis",
)
PAYROLL_COLUMNS = (
    "agent_id",
    "period",
    "element_code",
    "quantity",
    "unit",
    "rate",
    "multiplier",
    "amount",
    "currency",
    "basis",
    "rule_id",
    "source",
    "date",
    "reason",
)
BASIS = "scheduled"
"""Hours are those of the roster, since no attendance was given."""
LEAVE_DAY_HOURS = 8
"""Hours that a day of leave counts for (company rule A4, our reading)."""


def timesheet(roster: Roster, plan: Plan) -> pd.DataFrame:
    """Return one row per agent and calendar month in which he is employed; hours have two places.

    `standard_h` is the law's mean month, in part for a part of a month; `excess_h` are the hours beyond it, those on
    statutory holidays left out because they are paid apart (`ot300_h`). What this version does not work out is empty,
    never zero: `worked_h`, `ot150_h`, `ot200_h`, `toil_h`; and `standard_h`, `excess_h`, `ot300_h` where no pay law is
    recorded. Source: 人社部发〔2025〕2号 for the mean month; a shift belongs to the month in which it starts.
    """
    return _table([_row(month) for month in work_months(roster, plan)], TIMESHEET_COLUMNS)


def payroll(roster: Roster, plan: Plan, pay: pd.DataFrame) -> pd.DataFrame:
    """Return one row per agent, element and date, each with its reason; amounts have two places.

    Parameters
    ----------
    pay
        Wages by `agent_id`; an empty table gives lines with quantities and no amounts.

    Raises
    ------
    InputErrors
        When a wage is missing, or `[pay]` cannot be used.
    """
    problems = check_pay(plan, pay)
    if problems:
        raise InputErrors(problems)
    elements = pay_elements(plan.settings)
    months = work_months(roster, plan, wages(plan, pay))
    lines = [line for month in months for element in elements for line in element.lines(month)]
    return _table([_flat(line, plan.settings.centre.locale) for line in lines], PAYROLL_COLUMNS)


def notes(roster: Roster, plan: Plan, pay: pd.DataFrame) -> tuple[Text, ...]:
    """Return what a reader of the timesheet and the payroll has to know: what is empty, and why."""
    found = [messages.NO_WAGES] if pay.empty else []
    try:
        pay_parameters(plan.settings.centre.country, plan.days[0])
    except SettingsError as error:
        found.append(messages.NO_LAW.fill(why=error.message))
    before = {a.agent_id: minutes for a in roster.tail.values() if (minutes := _into_the_period(a.shift, plan))}
    if before:
        total = cents(hours(sum(before.values())))
        found.append(messages.BEFORE_THE_PERIOD.fill(hours=total, agents=", ".join(before)))
    return tuple(found)


def _row(month: WorkMonth) -> dict[str, Any]:
    scheduled = sum(s.paid_minutes for s in month.shifts)
    leave = [a.leave_type or "" for a in month.assignments if a.state is State.LEAVE]
    return {
        "agent_id": month.agent.agent_id,
        "period": month.period,
        "scheduled_h": cents(hours(scheduled)),
        **_by_law(month, scheduled),
        "small_nights": len(month.nights(NightClass.SMALL)),
        "big_nights": len(month.nights(NightClass.BIG)),
        "leave_type": ";".join(dict.fromkeys(leave)) or None,
        "leave_h": cents(Decimal(LEAVE_DAY_HOURS * len(leave))),
        "basis": BASIS,
    }


def _by_law(month: WorkMonth, scheduled: int) -> dict[str, Decimal]:
    if month.law is None:
        return {}
    days = monthrange(month.first.year, month.first.month)[1]
    standard = cents(month.law["month_hours_mean"].value * len(month.assignments) / days)
    holiday = sum(statutory_minutes(s, month.plan) for s in month.shifts)
    excess = cents(hours(scheduled - holiday)) - standard
    return {"standard_h": standard, "excess_h": max(excess, cents(Decimal(0))), "ot300_h": cents(hours(holiday))}


def _into_the_period(shift: Shift | None, plan: Plan) -> int:
    if shift is None:
        return 0
    split = paid_minutes_by_date(shift, plan.settings.centre.zone)
    return sum(minutes for day, minutes in split.items() if day >= plan.days[0] and plan.calendar.is_statutory(day))


def _flat(line: PayLine, locale: Locale) -> dict[str, Any]:
    row = {f.name: getattr(line, f.name) for f in fields(line)}
    return {**row, "basis": BASIS, "source": line.source.in_(locale), "reason": line.reason.in_(locale)}


def _table(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> pd.DataFrame:
    """Return rows as a table of objects, so that nothing known stays None and amounts stay decimal."""
    return pd.DataFrame([[row.get(c) for c in columns] for row in rows], columns=list(columns), dtype=object)
