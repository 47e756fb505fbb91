"""A small centre for the payroll tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd

from wfm.domain.agents import Absence, Agent, Balance
from wfm.domain.calendar import Calendar, Day, DayClass
from wfm.domain.clock import dates
from wfm.domain.plan import Plan
from wfm.domain.roster import Assignment, Roster, State
from wfm.domain.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HOLIDAYS = {
    date(2026, 5, 1): "劳动节",
    date(2026, 5, 2): "劳动节",
    date(2026, 10, 1): "国庆节",
    date(2026, 10, 2): "国庆节",
    date(2026, 10, 3): "国庆节",
}
MEAL = [{"after_minutes": 240, "minutes": 60}]
SHIFTS = [
    {"code": "D8", "start": "08:00", "end": "17:00", "unpaid_breaks": MEAL},
    {"code": "L", "start": "14:00", "end": "22:30"},
    {"code": "N12", "start": "20:00", "end": "08:00+1"},
    {"code": "N9", "start": "22:00", "end": "07:00+1"},
    {"code": "D11", "start": "08:00", "end": "20:00", "unpaid_breaks": MEAL},
    {"code": "NM", "start": "20:00", "end": "08:00+1", "unpaid_breaks": [{"after_minutes": 210, "minutes": 60}]},
]


def plan(
    first: date,
    last: date,
    *agents: Agent,
    pay: Mapping[str, Any] | None = None,
    holidays: Mapping[date, str] = HOLIDAYS,
    absences: tuple[Absence, ...] = (),
    balances: tuple[Balance, ...] = (),
    tables: Mapping[str, Any] | None = None,
    **centre: Any,
) -> Plan:
    """Return a plan of a phone centre in Shanghai; `tables` adds to `plan.toml`, `centre` to its `[centre]`."""
    settings = Settings.model_validate(
        {
            "centre": {"name": "Hotline", "locale": "en", **centre},
            "period": {"first": first, "last": last},
            "queues": {"phone": {"target": {"service_level": 0.8}}},
            "contracts": {"full": {}, "half": {"hours_share": 0.5}},
            "shifts": SHIFTS,
            "pay": dict(pay or {}),
            **(tables or {}),
        }
    )
    span = dates(first - timedelta(days=31), last + timedelta(days=31))
    days = {d: Day(d, DayClass.STATUTORY, holidays[d], "law") if d in holidays else _ordinary(d) for d in span}
    people = agents or (Agent(agent_id="007", contract="full"),)
    return Plan(settings, people, Calendar(days), pd.DataFrame(), absences, balances=balances)


def roster(known: Plan, shifts: Mapping[date, str], agent_id: str | None = None) -> Roster:
    """Return a roster in which one agent works the given shifts; days before the period are its tail."""
    worker = agent_id or known.agents[0].agent_id
    zone = known.settings.centre.zone
    cells = {(a.agent_id, d): known.off(a, d) for a in known.agents for d in known.days}
    worked = [
        Assignment(worker, d, State.WORK, known.templates[code].on(d, zone), "phone") for d, code in shifts.items()
    ]
    return Roster.of(
        [*cells.values(), *(a for a in worked if a.date >= known.days[0])],
        [a for a in worked if a.date < known.days[0]],
    )


def attendance(*rows: tuple[Any, ...]) -> pd.DataFrame:
    """Return `Inputs.worked` of agent 007 from rows of date, start, end and, if any, unpaid minutes."""
    whole = [("007", *row, *([0] if len(row) == 3 else [])) for row in rows]
    return pd.DataFrame(whole, columns=["agent_id", "date", "start", "end", "unpaid_minutes"], dtype=object)


def wages(rows: Mapping[str, Sequence[Any]], columns: Sequence[str] = ("base", "performance")) -> pd.DataFrame:
    """Return a wage table by agent id."""
    table = pd.DataFrame(list(rows.values()), index=list(rows), columns=list(columns), dtype=object)
    return table.rename_axis("agent_id")


def _ordinary(day: date) -> Day:
    return Day(day, DayClass.WEEKEND if day.weekday() >= 5 else DayClass.WORKDAY)
