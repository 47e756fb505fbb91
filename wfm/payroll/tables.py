"""`timesheet.csv` and `payroll.csv` as tables, and what has to be said about them."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

from wfm.domain.errors import InputErrors
from wfm.domain.roster import State
from wfm.law.nights import NightClass
from wfm.payroll.base import cents
from wfm.payroll.checks import check_pay, pay_elements, wages
from wfm.payroll.cycles import beyond, bounds, counted_hours, standard_hours
from wfm.payroll.hours import hours
from wfm.payroll.months import work_months
from wfm.payroll.toil import LEAVE_DAY_HOURS, brought_toil, toil_earned, toil_left, toil_taken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster
    from wfm.domain.text import Locale
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
    "toil_taken_h",
    "toil_left_h",
    "cycle_h",
    "scheduled_minutes",
    "worked_minutes",
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


def timesheet(roster: Roster, plan: Plan, worked: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return one row per agent and calendar month in which he is employed; hours have two places.

    A shift belongs with all its hours to the month in which it starts.

    - `scheduled_h`: paid hours of the roster; `worked_h`: those that pay goes by, attendance where it is known and the
      roster elsewhere, empty where no attendance of the month was given. Both in whole minutes at the end of the row.
    - `standard_h`: standard hours of the month, less leave; see `wfm.payroll.cycles.standard_hours`.
    - `excess_h`: under standard hours what the month has beyond them, hours on statutory holidays left out; under
      comprehensive hours what the cycles that end in the month have beyond theirs.
    - `ot150_h`, `ot200_h`, `ot300_h`: hours to pay at 150, 200 and 300 %; `toil_h` those that become time off instead
      (`settle = "toil"`), `toil_taken_h` the leave of type `toil`, `toil_left_h` what is left after the month.
    - `cycle_h`: hours of the cycle that holds the last day, up to it: where it goes on, the next `cycle_hours`.

    What nobody knows is empty, never zero: overtime where no cycle of the month is known, all about the law where none
    of this kind is recorded, the ledger without a balance. Hours are rounded once, those of several cycles each.

    Parameters
    ----------
    worked
        Attendance (`Inputs.worked`): up to its last date it stands in place of the roster.
    """
    return timesheet_of(work_months(roster, plan, worked=worked))


def timesheet_of(months: Iterable[WorkMonth]) -> pd.DataFrame:
    """Return the timesheet of months in order; see `timesheet`."""
    left: dict[str, Decimal | None] = {}
    rows = []
    for month in months:
        agent_id = month.agent.agent_id
        before = left[agent_id] if agent_id in left else brought_toil(month)
        left[agent_id] = toil_left(month, before)
        rows.append(_row(month, left[agent_id]))
    return _table(rows, TIMESHEET_COLUMNS)


def payroll(
    roster: Roster,
    plan: Plan,
    pay: pd.DataFrame,
    worked: pd.DataFrame | None = None,
    quality: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return one row per agent, element and date, each with its reason; amounts have two places.

    Parameters
    ----------
    pay
        Wages by `agent_id`; an empty table gives lines with quantities and no amounts.
    worked
        Attendance (`Inputs.worked`): up to its last date it stands in place of the roster.
    quality
        Contacts checked (`Inputs.quality`).

    Raises
    ------
    InputErrors
        When a wage is missing, or `[pay]` cannot be used.
    """
    return payroll_of(pay_lines(paid_months(roster, plan, pay, worked, quality), plan), plan)


def paid_months(
    roster: Roster, plan: Plan, pay: pd.DataFrame, worked: pd.DataFrame | None, quality: pd.DataFrame | None
) -> Iterator[WorkMonth]:
    """Return the months that a roster is paid in, with their wages; parameters and problems are those of `payroll`."""
    problems = check_pay(plan, pay)
    if problems:
        raise InputErrors(problems)
    return work_months(roster, plan, wages(plan, pay), worked=worked, quality=quality)


def pay_lines(months: Iterable[WorkMonth], plan: Plan) -> Iterator[tuple[WorkMonth, PayLine]]:
    """Yield every line that a month earns, with the month, in the order of `payroll.csv`."""
    elements = pay_elements(plan.settings)
    return ((month, line) for month in months for element in elements for line in element.booked(month))


def payroll_of(lines: Iterable[tuple[WorkMonth, PayLine]], plan: Plan) -> pd.DataFrame:
    """Return the payroll of lines, each with its month; see `payroll`."""
    locale = plan.settings.centre.locale
    return _table([_flat(line, month, locale) for month, line in lines], PAYROLL_COLUMNS)


def _row(month: WorkMonth, left: Decimal | None) -> dict[str, Any]:
    scheduled = sum(a.shift.paid_minutes for a in month.assignments if a.shift is not None)
    paid = sum(s.paid_minutes for s in month.shifts) if month.basis != "scheduled" else None
    leave = [a.leave_type or "" for a in month.days if a.state is State.LEAVE]
    return {
        "agent_id": month.agent.agent_id,
        "period": month.period,
        "scheduled_h": cents(hours(scheduled)),
        "worked_h": None if paid is None else cents(hours(paid)),
        **_by_law(month),
        "small_nights": len(month.nights(NightClass.SMALL)),
        "big_nights": len(month.nights(NightClass.BIG)),
        "leave_type": ";".join(dict.fromkeys(leave)) or None,
        "leave_h": cents(LEAVE_DAY_HOURS * len(leave) * month.share),
        "basis": month.basis,
        "toil_taken_h": cents(toil_taken(month)),
        "toil_left_h": _cents(left),
        "scheduled_minutes": scheduled,
        "worked_minutes": paid,
    }


def _by_law(month: WorkMonth) -> dict[str, Decimal | None]:
    if month.law is None or month.extra is None:
        return {}
    rules, extra = month.plan.settings.hours, month.extra
    first, last = month.assignments[0].date, month.assignments[-1].date
    standard = standard_hours(month, month.law, "month", first, last)
    comprehensive, toil = rules.in_force == "comprehensive", rules.settle == "toil"
    excess = extra.beyond if comprehensive else beyond(counted_hours(month, first, last), standard)
    begin = max(bounds(rules.cycle, last)[0], month.agent.hire_date or date.min)
    to_pay = Decimal(0) if toil and extra.beyond is not None else extra.beyond
    return {
        "standard_h": _cents(standard),
        "excess_h": _cents(excess),
        "ot150_h": _cents(to_pay),
        "ot200_h": cents(Decimal(0) if toil else extra.on_rest_days),
        "ot300_h": cents(hours(sum(extra.statutory.values()))),
        "toil_h": _cents(toil_earned(month)),
        "cycle_h": _cents(counted_hours(month, begin, last)) if comprehensive else None,
    }


def _cents(value: Decimal | None) -> Decimal | None:
    return None if value is None else cents(value)


def _flat(line: PayLine, month: WorkMonth, locale: Locale) -> dict[str, Any]:
    row = {f.name: getattr(line, f.name) for f in fields(line)}
    return {**row, "basis": month.basis, "source": line.source.in_(locale), "reason": line.reason.in_(locale)}


def _table(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> pd.DataFrame:
    """Return rows as a table of objects, so that nothing known stays None and amounts stay decimal."""
    return pd.DataFrame([[row.get(c) for c in columns] for row in rows], columns=list(columns), dtype=object)
