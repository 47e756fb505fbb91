"""A small centre for the export tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd

from wfm.domain.agents import Absence, Agent
from wfm.domain.calendar import Calendar, Day, DayClass
from wfm.domain.clock import dates
from wfm.domain.plan import Plan
from wfm.domain.roster import Assignment, Roster, State
from wfm.domain.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

SHIFTS = [
    {"code": "D", "start": "08:00", "end": "17:00", "unpaid_breaks": [{"after_minutes": 240, "minutes": 60}]},
    {"code": "N", "start": "20:00", "end": "08:00+1"},
]
AGENTS = (
    Agent(agent_id="007", name='Zhao "=1+1", 😀', team="客服一组", contract="full", hire_date=date(2026, 5, 2)),
    Agent(agent_id="001", name="=cmd|1", team="B", contract="full"),
)
ABSENCES = (Absence(agent_id="001", first_date=date(2026, 5, 3), last_date=date(2026, 5, 3)),)


def plan(first: date = date(2026, 5, 1), last: date = date(2026, 5, 4), **tables: Any) -> Plan:
    """Return a plan of two agents around Labour Day; `tables` overrides tables of the settings."""
    settings = Settings.model_validate(
        {
            "centre": {"name": "Hotline", "locale": "zh"},
            "period": {"first": first, "last": last},
            "queues": {"phone": {"target": {"service_level": 0.8}}},
            "contracts": {"full": {}},
            "shifts": SHIFTS,
            **tables,
        }
    )
    statutory = (date(2026, 5, 1), date(2026, 5, 2))
    span = dates(first - timedelta(days=31), last + timedelta(days=31))
    days = {d: Day(d, DayClass.STATUTORY if d in statutory else DayClass.WORKDAY) for d in span}
    return Plan(settings, AGENTS, Calendar(days), pd.DataFrame(), ABSENCES)


def roster(known: Plan, shifts: Mapping[tuple[str, date], str]) -> Roster:
    """Return a roster with the given shifts on the queue `phone`, and days off elsewhere."""
    cells = {(a.agent_id, d): known.off(a, d) for a in known.agents for d in known.days}
    for (agent_id, day), code in shifts.items():
        cells[agent_id, day] = Assignment(agent_id, day, State.WORK, known.shifts[code, day], "phone")
    return Roster.of(reversed(cells.values()))
