"""Every export profile for a month of 1,000 agents: seconds, megabytes, files."""

from __future__ import annotations

import resource
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.origin import versions
from wfm.domain.agents import Agent
from wfm.domain.calendar import Calendar, Day, DayClass
from wfm.domain.clock import dates
from wfm.domain.plan import Plan
from wfm.domain.roster import Assignment, Roster, State
from wfm.domain.settings import Settings
from wfm.export import EXPORTS, Outgoing, roster_table, write_profile
from wfm.payroll import payroll, timesheet

SETTINGS = {
    "centre": {"name": "热线", "locale": "zh"},
    "period": {"first": date(2026, 5, 1), "last": date(2026, 5, 31)},
    "queues": {"phone": {"target": {"service_level": 0.8}}},
    "pay": {"nights": {"small_amount": 15, "big_amount": 30}},
    "contracts": {"full": {}},
    "shifts": [
        {"code": "D8", "start": "08:00", "end": "17:00", "unpaid_breaks": [{"after_minutes": 240, "minutes": 60}]},
        {"code": "N20", "start": "20:00", "end": "08:00+1"},
    ],
}
OPTIONS: dict[str, Any] = {"adp_paydata": {"leave_out": ["holiday", "overtime_150"]}}
"""Options beside those of the examples."""


def run(agents: int = 1000) -> dict[str, Any]:
    """Return what each profile takes with its example options: seconds of the clock and of the processor."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        outgoing = made(agents, folder)
        (folder / "dingtalk.csv").write_text(_sheet(outgoing.plan), "utf-8-sig")
        profiles = {kind: _measured(kind, outgoing, folder) for kind in EXPORTS}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "instance": f"{agents} agents, May 2026",
        "profiles": profiles,
        "peak_megabytes": round(peak),
        "versions": versions(),
    }


def made(count: int, folder: Path) -> Outgoing:
    """Return a month of so many agents who work five days of seven, every second week by night."""
    agents = tuple(
        Agent(agent_id=f"{n:06d}", name=f"座席 {n}", team=f"{n % 20} 组", contract="full") for n in range(count)
    )
    settings = Settings.model_validate(SETTINGS)
    span = dates(settings.period.first - timedelta(days=31), settings.period.last + timedelta(days=31))
    calendar = Calendar({day: Day(day, DayClass.WEEKEND if day.weekday() > 4 else DayClass.WORKDAY) for day in span})
    plan = Plan(settings, agents, calendar, pd.DataFrame())
    roster = Roster.of(_cell(plan, n, agent, day) for n, agent in enumerate(agents) for day in plan.days)
    wages = pd.DataFrame(
        {"base": Decimal(4000), "performance": Decimal(2000)},
        index=pd.Index([a.agent_id for a in agents], name="agent_id"),
    )
    table = roster_table(roster, plan, "20260501-0123456789")
    hours, pay = timesheet(roster, plan), payroll(roster, plan, wages)
    return replace(Outgoing(plan, roster, table, hours, pay), folder=folder)


def _cell(plan: Plan, number: int, agent: Agent, day: date) -> Assignment:
    if (number + day.day) % 7 > 4:
        return plan.off(agent, day)
    code = ("D8", "N20")[(number + day.day // 7) % 2]
    return Assignment(agent.agent_id, day, State.WORK, plan.shifts[code, day], "phone")


def _sheet(plan: Plan) -> str:
    rows = [["工号", "姓名", *(str(day.day) for day in plan.days)]]
    rows += [[agent.agent_id, agent.name, *[""] * len(plan.days)] for agent in plan.agents]
    return "\n".join(map(",".join, rows))


def _measured(kind: str, outgoing: Outgoing, folder: Path) -> dict[str, Any]:
    place = folder / kind
    place.mkdir()
    form = EXPORTS[kind].model_validate({**EXPORTS[kind].example, **OPTIONS.get(kind, {})})
    wall, own = time.perf_counter(), time.process_time()
    write_profile(form, outgoing, place)
    wall, own = time.perf_counter() - wall, time.process_time() - own
    sizes = [path.stat().st_size for path in place.iterdir()]
    return {
        "wall_seconds": round(wall, 2),
        "cpu_seconds": round(own, 2),
        "files": len(sizes),
        "megabytes": round(sum(sizes) / 1e6, 2),
    }
