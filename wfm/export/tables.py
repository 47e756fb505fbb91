"""The output tables: columns and order of `roster.csv`, `violations.csv`, `cover.csv` and the others."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from wfm.domain.roster import TICKS, State
from wfm.law.nights import night_class

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Assignment, Roster, Violation
    from wfm.domain.shifts import Shift
    from wfm.domain.text import Locale

ROSTER_COLUMNS = (
    "agent_id",
    "name",
    "team",
    "business_date",
    "day_class",
    "state",
    "shift_code",
    "queue",
    "start_local",
    "end_local",
    "tz",
    "end_day_offset",
    "paid_hours",
    "night_class",
    "status",
    "roster_version",
)
VIOLATION_COLUMNS = ("rule", "severity", "agent_id", "first_date", "last_date", "weight", "message")
COVER_COLUMNS = ("queue", "interval_start", "required", "cover", "shortfall", "surplus")
FORECAST_COLUMNS = ("queue", "interval_start", "offered", "aht_seconds")
REQUIREMENT_COLUMNS = (
    *FORECAST_COLUMNS,
    "load",
    "required_net",
    "required_rostered",
    "required_gross",
    "service_level",
    "asa_seconds",
    "occupancy",
    "binding",
)
_CENT = Decimal("0.01")


def roster_table(
    roster: Roster, plan: Plan, version: str, status: Literal["published", "draft"] = "published"
) -> pd.DataFrame:
    """Return one row per agent and day of the period: agents in the order of the plan, then by date.

    A shift belongs to the local date on which it starts; its start and end are local times with their offset, and
    `end_day_offset` counts midnights between them. Paid hours have two places.

    Raises
    ------
    KeyError
        When the roster lacks a cell of the period.
    """
    rows = [
        {
            **_cell(roster.assignments[agent.agent_id, day], agent, plan),
            "status": status,
            "roster_version": version,
        }
        for agent in plan.agents
        for day in plan.days
    ]
    return _table(rows, ROSTER_COLUMNS)


def violations_table(violations: Iterable[Violation], locale: Locale) -> pd.DataFrame:
    """Return one row per broken rule; `weight` is what a soft rule adds to the objective, empty for a hard one."""
    rows = [
        {
            "rule": v.rule,
            "severity": v.severity,
            "agent_id": v.agent_id,
            "first_date": v.first_date,
            "last_date": v.last_date,
            "weight": _hundredths(Decimal(v.cost) / TICKS) if v.severity == "soft" else None,
            "message": v.message.in_(locale),
        }
        for v in violations
    ]
    return _table(rows, VIOLATION_COLUMNS)


def cover_table(cover: pd.DataFrame) -> pd.DataFrame:
    """Return cover against requirement, one row per queue and interval, in agents."""
    return _flat(cover, COVER_COLUMNS)


def forecast_table(forecast: pd.DataFrame) -> pd.DataFrame:
    """Return the forecast, one row per queue and interval: contacts, handle time in seconds, bounds where known."""
    bounds = tuple(name for name in ("low", "high") if name in forecast)
    return _flat(forecast, (*FORECAST_COLUMNS, *bounds))


def requirement_table(requirement: pd.DataFrame) -> pd.DataFrame:
    """Return the requirement, one row per queue and interval, in agents."""
    return _flat(requirement, REQUIREMENT_COLUMNS)


def control_totals(roster: pd.DataFrame, timesheet: pd.DataFrame, payroll: pd.DataFrame) -> dict[str, int | str]:
    """Return rows, days, hours and amounts of the three tables by name, so that a reader can reconcile them.

    Counts are whole numbers, hours and amounts text with two places; there is one amount per currency, and
    `payroll_without_amount` counts the payroll lines that have none.
    """
    amounts = {f"payroll_amount_{c}": _sum(part["amount"]) for c, part in payroll.groupby("currency", sort=True)}
    return {
        "roster_rows": len(roster),
        "roster_work_days": int((roster["state"] == State.WORK.value).sum()),
        "roster_paid_hours": _sum(roster["paid_hours"]),
        "timesheet_rows": len(timesheet),
        "timesheet_scheduled_h": _sum(timesheet["scheduled_h"]),
        "timesheet_ot300_h": _sum(timesheet["ot300_h"]),
        "timesheet_leave_h": _sum(timesheet["leave_h"]),
        "timesheet_small_nights": int(timesheet["small_nights"].sum()),
        "timesheet_big_nights": int(timesheet["big_nights"].sum()),
        "payroll_rows": len(payroll),
        "payroll_without_amount": int(payroll["amount"].isna().sum()),
        **amounts,
    }


def _cell(assignment: Assignment, agent: Agent, plan: Plan) -> dict[str, Any]:
    return {
        "agent_id": agent.agent_id,
        "name": agent.name,
        "team": agent.team,
        "business_date": assignment.date,
        "day_class": plan.calendar[assignment.date].day_class.value,
        "state": assignment.state.value,
        "queue": assignment.queue,
        "tz": plan.settings.centre.timezone,
        **(_times(assignment.shift, plan) if assignment.shift else {}),
    }


def _times(shift: Shift, plan: Plan) -> dict[str, Any]:
    zone = plan.settings.centre.zone
    end = shift.end.astimezone(zone)
    return {
        "shift_code": shift.code,
        "start_local": shift.start.astimezone(zone),
        "end_local": end,
        "end_day_offset": (end.date() - shift.date).days,
        "paid_hours": _hundredths(Decimal(shift.paid_minutes) / 60),
        "night_class": night_class(shift, zone, plan.settings.nights.mode).value,
    }


def _table(rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> pd.DataFrame:
    """Return rows as a table of objects, so that nothing known stays None and whole numbers stay whole."""
    return pd.DataFrame([[row.get(c) for c in columns] for row in rows], columns=list(columns), dtype=object)


def _flat(table: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    return table.reset_index()[list(columns)]


def _hundredths(value: Decimal) -> Decimal:
    return value.quantize(_CENT, ROUND_HALF_UP)


def _sum(values: pd.Series[Any]) -> str:
    return str(_hundredths(sum(values.dropna(), Decimal(0))))
