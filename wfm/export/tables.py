"""The output tables: columns and order of `roster.csv`, `violations.csv`, `cover.csv` and the others."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Literal

import pandas as pd

from wfm.domain.roster import TICKS, State
from wfm.law.nights import night_class

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
SERVING_COLUMNS = ("agent_id", "business_date", "start_local", "end_local", "queue")
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
    "abandonment",
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
    times = {shift: _times(shift, plan) if shift else {} for shift in {cell.shift for cell in roster}}
    rows = [
        {
            **_cell(roster.assignments[agent.agent_id, day], agent, plan, times),
            "status": status,
            "roster_version": version,
        }
        for agent in plan.agents
        for day in plan.days
    ]
    return _table(rows, ROSTER_COLUMNS)


def serving_table(roster: Roster, plan: Plan) -> pd.DataFrame:
    """Return one row per span on a queue of every shift in which the agent changes queues, breaks left out."""
    zone = plan.settings.centre.zone
    rows = [
        (agent.agent_id, day, span.start.astimezone(zone), span.end.astimezone(zone), span.queue)
        for agent in plan.agents
        for day in plan.days
        for span in roster.assignments[agent.agent_id, day].serving
    ]
    return _table([dict(zip(SERVING_COLUMNS, row, strict=True)) for row in rows], SERVING_COLUMNS)


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


def control_totals(roster: pd.DataFrame, timesheet: pd.DataFrame, payroll: pd.DataFrame) -> dict[str, Any]:
    """Return rows, days, minutes, hours and amounts of the three tables by name, so that a reader can reconcile them.

    Counts and minutes are whole numbers; hours and amounts are text with two places, each the sum of the column as
    written. Two places name a whole minute exactly, so minutes agree between the tables where the sums of rounded hours
    may differ by some hundredths. A figure that no row has is left out, never zero. `payroll_without_amount` counts the
    payroll lines that have none; there is one amount per currency, and all of it once more by element.
    """
    return {
        "roster_rows": len(roster),
        "roster_work_days": int((roster["state"] == State.WORK.value).sum()),
        "roster_paid_hours": _sum(roster["paid_hours"]),
        "roster_paid_minutes": _minutes(roster["paid_hours"]),
        "timesheet_rows": len(timesheet),
        **_timesheet_totals(timesheet),
        "payroll_rows": len(payroll),
        "payroll_without_amount": int(payroll["amount"].isna().sum()),
        **{f"payroll_amount_{currency}": total for currency, total in _sums(payroll, "amount", "currency").items()},
        "payroll_by_element": {
            str(code): {
                "rows": len(lines),
                "without_amount": int(lines["amount"].isna().sum()),
                "quantity": _sums(lines, "quantity", "unit"),
                "amount": _sums(lines, "amount", "currency"),
            }
            for code, lines in payroll.groupby("element_code", sort=True)
        },
    }


def _timesheet_totals(timesheet: pd.DataFrame) -> dict[str, Any]:
    known = timesheet.dropna(axis="columns", how="all")
    names = [str(name) for name in known]
    return {
        **{f"timesheet_{name}": _sum(known[name]) for name in names if name.endswith("_h")},
        **{f"timesheet_{name}": int(known[name].sum()) for name in names if name.endswith(("_minutes", "_nights"))},
    }


def _cell(
    assignment: Assignment, agent: Agent, plan: Plan, times: Mapping[Shift | None, Mapping[str, Any]]
) -> dict[str, Any]:
    return {
        "agent_id": agent.agent_id,
        "name": agent.name,
        "team": agent.team,
        "business_date": assignment.date,
        "day_class": plan.calendar[assignment.date].day_class.value,
        "state": assignment.state.value,
        "queue": assignment.queue,
        "tz": plan.settings.centre.timezone,
        **times[assignment.shift],
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


def _sums(table: pd.DataFrame, column: str, by: str) -> dict[str, str]:
    """Return the sums of a column by the values of another; a value without any figure is left out."""
    known = table[table[column].notna()]
    return {str(key): _sum(part[column]) for key, part in known.groupby(by, sort=True)}


def _minutes(hours: pd.Series[Any]) -> int:
    """Return the whole minutes that hours of two places stand for, summed: a hundredth of an hour is 0.6 min."""
    return sum(int((60 * value).to_integral_value(ROUND_HALF_UP)) for value in hours.dropna())
