"""A small centre whose roster comes back in files of every shape."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from wfm.domain.agents import Absence, Agent
from wfm.domain.calendar import Calendar, Day, DayClass
from wfm.domain.clock import dates
from wfm.domain.errors import InputErrors
from wfm.domain.plan import Plan
from wfm.domain.roster import Assignment, Roster, State
from wfm.domain.settings import Settings
from wfm.files import read_back

if TYPE_CHECKING:
    from pathlib import Path

    from wfm.files import ReadBack

LONG = "310101199001011234"
LINES = {"001": "D8 N20 - D8 L", "002": "- D8 D8 - D8", LONG: "N20 - - D8 ."}
"""1 to 5 May: a shift, `-` off, `L` leave, `.` not employed. The 1st is a statutory holiday."""
QUEUES = {"001": ("sales", "service"), "002": ("service",), LONG: ("sales", "service")}
MATRIX = f"""\
工号,姓名,部门,1,2,3,4,5
,,,五,六,日,一,二
001,Ann,A,D8,N20,休,D8,请假
002,Bob,A,法定,D8,D8,休,D8
{LONG},"=Cy",A,N20,休,休,D8,
"""
SHIFTS = [
    {"code": "D8", "name": "早班", "start": "08:00", "end": "17:00"},
    {"code": "D9", "name": "中班", "start": "08:00", "end": "17:00"},
    {"code": "N20", "name": "大夜", "start": "20:00", "end": "08:00+1"},
]


def plan(first: date = date(2026, 5, 1), last: date = date(2026, 5, 5), **export: Any) -> Plan:
    """Return the plan; `export` are tables of options by profile."""
    settings = Settings.model_validate(
        {
            "centre": {"name": "热线"},
            "period": {"first": first, "last": last},
            "queues": {q: {"target": {"service_level": 0.8}} for q in ("sales", "service")},
            "contracts": {"full": {}},
            "shifts": SHIFTS,
            "export": export,
        }
    )
    names = {"001": "Ann", "002": "Bob", LONG: "=Cy"}
    agents = tuple(
        Agent(agent_id=a, name=names[a], team="A", contract="full", skills=skills) for a, skills in QUEUES.items()
    )
    agents = (*agents[:2], agents[2].model_copy(update={"leave_date": date(2026, 5, 4)}))
    span = dates(first - timedelta(days=31), last + timedelta(days=31))
    calendar = Calendar({d: Day(d, DayClass.STATUTORY if d == date(2026, 5, 1) else DayClass.WORKDAY) for d in span})
    leave = (Absence(agent_id="001", first_date=date(2026, 5, 5), last_date=date(2026, 5, 5), type="年假"),)
    return Plan(settings, agents, calendar, pd.DataFrame(), leave)


def roster(known: Plan, lines: dict[str, str] | None = None) -> Roster:
    """Return the roster of the lines; 001 and the last serve `service` on the 4th, `sales` on other days."""
    cells = []
    for agent_id, line in (lines or LINES).items():
        for day, token in zip(known.days, line.split(), strict=False):
            queue = "service" if day.day == 4 or agent_id == "002" else "sales"
            shift = known.shifts.get((token, day))
            work = Assignment(agent_id, day, State.WORK, shift, queue)
            cells.append(known.off(known.by_id[agent_id], day) if shift is None else work)
    return Roster.of(cells)


def back(folder: Path, content: str | bytes, name: str = "roster.csv", **more: Any) -> ReadBack:
    """Return what a file says; `known` is the plan, `standing` the roster that stands, `profile` the profile."""
    known = more.pop("known", None) or plan()
    standing = more.pop("standing", None) or roster(known)
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return read_back(path, known, standing, more.pop("profile", None))


def faults(folder: Path, content: str | bytes, name: str = "roster.csv", **more: Any) -> list[tuple[Any, ...]]:
    """Return line, column and value of every problem of a file."""
    return [(e.row, e.column, e.value) for e in problems(folder, content, name, **more).errors]


def problems(folder: Path, content: str | bytes, name: str = "roster.csv", **more: Any) -> InputErrors:
    """Return the problems of a file."""
    with pytest.raises(InputErrors) as caught:
        back(folder, content, name, **more)
    return caught.value


def line(found: ReadBack, agent_id: str) -> str:
    """Return the days of an agent as tokens."""
    signs = {State.REST: "-", State.STATUTORY_OFF: "-", State.LEAVE: "L", State.NOT_EMPLOYED: "."}
    cells = (cell for cell in found.roster if cell.agent_id == agent_id)
    return " ".join(cell.shift.code if cell.shift else signs[cell.state] for cell in cells)
