"""A small roster with hostile people for the tests of formats, and how a body's keys are named in the docs."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd

from wfm.domain.agents import Absence, Agent
from wfm.domain.calendar import Calendar, Day, DayClass
from wfm.domain.clock import dates
from wfm.domain.plan import Plan
from wfm.domain.roster import Assignment, Roster, State
from wfm.domain.settings import Settings
from wfm.export import EXPORTS, Outgoing, roster_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from wfm.export import ExportFormat

ZERO, LONG = "007", "310101199001011234"
NAMES = {ZERO: 'Zhao, "=1+1"\r\n😀', LONG: "=cmd|1"}
FIRST, LAST = date(2026, 4, 30), date(2026, 5, 3)
WORK = {
    (ZERO, date(2026, 5, 1)): "N20",
    (ZERO, date(2026, 5, 3)): "D8",
    (LONG, date(2026, 4, 30)): "D8",
}
SHIFTS = [
    {"code": "D8", "start": "08:00", "end": "17:00", "unpaid_breaks": [{"after_minutes": 240, "minutes": 60}]},
    {"code": "N20", "start": "20:00", "end": "08:00+1", "name": "大夜, 班"},
]


def plan(first: date = FIRST, last: date = LAST, agents: Sequence[Agent] | None = None, zone: str = "") -> Plan:
    """Return a plan: `007` hired on 1 May, the long id on annual leave on 2 and 3 May."""
    settings = Settings.model_validate(
        {
            "centre": {"name": "Hotline", "timezone": zone or "Asia/Shanghai"},
            "period": {"first": first, "last": last},
            "queues": {"phone": {"target": {"service_level": 0.8}}},
            "contracts": {"full": {}},
            "shifts": SHIFTS,
        }
    )
    people = agents or (
        Agent(agent_id=ZERO, name=NAMES[ZERO], team="一组", contract="full", hire_date=date(2026, 5, 1)),
        Agent(agent_id=LONG, name=NAMES[LONG], team="一组", contract="full"),
    )
    leave = Absence(agent_id=LONG, first_date=date(2026, 5, 2), last_date=date(2026, 5, 6))
    absences = (leave,) if agents is None else ()
    span = dates(first - timedelta(days=31), last + timedelta(days=31))
    calendar = Calendar({day: Day(day, DayClass.WORKDAY) for day in span})
    return Plan(settings, tuple(people), calendar, pd.DataFrame(), absences)


def roster(known: Plan, work: Mapping[tuple[str, date], str]) -> Roster:
    """Return a roster with the given shifts, and days off elsewhere."""
    cells = {(a.agent_id, d): known.off(a, d) for a in known.agents for d in known.days}
    for (agent_id, day), code in work.items():
        cells[agent_id, day] = Assignment(agent_id, day, State.WORK, known.shifts[code, day], "phone")
    return Roster.of(cells.values())


def outgoing(known: Plan | None = None, work: Mapping[tuple[str, date], str] | None = None, **parts: Any) -> Outgoing:
    """Return a finished roster; `parts` are `timesheet`, `payroll`, `before`, `folder`."""
    known = known or plan()
    found = roster(known, WORK if work is None else work)
    empty = pd.DataFrame()
    tables = {"timesheet": empty, "payroll": empty, **parts}
    return Outgoing(plan=known, roster=found, roster_table=roster_table(found, known, "v1"), **tables)


def form(kind: str, **options: Any) -> ExportFormat:
    """Return a format with its example options, some of them replaced."""
    return EXPORTS[kind].model_validate({**EXPORTS[kind].example, **options})


def written(made: ExportFormat, out: Outgoing, folder: Path) -> dict[str, str]:
    """Return the text of every file that a format writes into a folder, which holds nothing else."""
    names = made.write(out.only(made.allowed), folder)
    assert sorted(names) == sorted(path.name for path in folder.iterdir())
    return {name: (folder / name).read_bytes().decode() for name in names}


def bodies(text: str) -> list[Any]:
    """Return the bodies of a JSON Lines file."""
    return [json.loads(line) for line in text.splitlines()]


def records(text: str) -> list[dict[str, str]]:
    """Return the rows of a CSV text by column."""
    return list(csv.DictReader(text.splitlines(keepends=True)))


def keys(value: Any, path: str = "") -> Iterator[str]:
    """Yield the keys of a body as `Column.name` writes them: `schedules[].userid`."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from keys(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner, f"{path}[]")
    else:
        yield path


def large(agents: int) -> Outgoing:
    """Return a month of many agents who work five days of seven."""
    people = tuple(Agent(agent_id=f"{n:06d}", name=f"员工{n}", team="一组", contract="full") for n in range(agents))
    known = plan(date(2026, 5, 1), date(2026, 5, 31), people)
    work = {
        (agent.agent_id, day): ("D8", "N20")[n % 2]
        for n, agent in enumerate(people)
        for day in known.days
        if (day.day + n) % 7 < 5
    }
    return outgoing(known, work)
