"""A finished roster of people with hostile names, and what every export format writes of it."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from zipfile import ZipFile

import openpyxl
import pandas as pd

from wfm.domain.agents import Absence, Agent
from wfm.domain.calendar import Calendar, Day, DayClass
from wfm.domain.clock import dates
from wfm.domain.guard import unguard
from wfm.domain.plan import Plan
from wfm.domain.roster import Assignment, Roster, State
from wfm.domain.settings import Settings
from wfm.export import EXPORTS, Outgoing, roster_table, write_profile
from wfm.export.columns import PAYROLL, TIMESHEET
from wfm.export.sidecar import TOTALS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from wfm.export import ExportFormat

FIRST, LAST = date(2026, 5, 1), date(2026, 5, 5)
ZERO, LONG, PLAIN = "007", "310101199001011234", "A-3"
NAMES = {ZERO: 'Zhao, "Q"\nsecond line 😀', LONG: "＝全角公式", PLAIN: "=1+1"}
TEAM, LEAVE_TYPE, HOURS, PAY = "客服一组", "annual", Decimal("123.45"), Decimal("98765.43")
SETTINGS = {
    "centre": {"name": "热线", "locale": "zh"},
    "period": {"first": FIRST, "last": LAST},
    "queues": {"phone": {"target": {"service_level": 0.8}}},
    "contracts": {"full": {}},
    "shifts": [
        {"code": "D8", "start": "08:00", "end": "17:00", "unpaid_breaks": [{"after_minutes": 240, "minutes": 60}]},
        {"code": "N20", "name": "大夜", "start": "20:00", "end": "08:00+1"},
    ],
}
WORKED = {(ZERO, 1): "D8", (ZERO, 3): "N20", (LONG, 1): "N20", (PLAIN, 1): "D8", (PLAIN, 2): "D8"}
WORKED_BEFORE = {(ZERO, 1): "N20", (ZERO, 4): "D8", (LONG, 1): "N20", (PLAIN, 1): "D8"}
"""Shifts by agent and day of May: one is another one since, one is gone, two are new."""


def plan(**tables: object) -> Plan:
    """Return a plan of three people around Labour Day; `tables` replaces tables of the settings."""
    agents = (
        Agent(agent_id=ZERO, name=NAMES[ZERO], team=TEAM, contract="full"),
        Agent(
            agent_id=LONG, name=NAMES[LONG], team=TEAM, contract="full", no_night=True, mentor=ZERO, tags=("senior",)
        ),
        Agent(agent_id=PLAIN, name=NAMES[PLAIN], team=TEAM, contract="full", leave_date=date(2026, 5, 4)),
    )
    leave = Absence(agent_id=LONG, first_date=date(2026, 5, 3), last_date=date(2026, 5, 4), type=LEAVE_TYPE)
    kinds = {1: DayClass.STATUTORY, 2: DayClass.STATUTORY, 3: DayClass.ADJUSTED_OFF}
    span = dates(FIRST - timedelta(days=31), LAST + timedelta(days=31))
    days = {d: Day(d, kinds.get(d.day, DayClass.WORKDAY) if d.month == 5 else DayClass.WORKDAY) for d in span}
    settings = Settings.model_validate({**SETTINGS, **tables})
    return Plan(settings, agents, Calendar(days), pd.DataFrame(), (leave,))


def roster(known: Plan, worked: Mapping[tuple[str, int], str]) -> Roster:
    """Return a roster with the given shifts, and days off elsewhere."""
    cells = {(a.agent_id, d): known.off(a, d) for a in known.agents for d in known.days}
    for (agent_id, number), code in worked.items():
        day = date(2026, 5, number)
        cells[agent_id, day] = Assignment(agent_id, day, State.WORK, known.shifts[code, day], "phone")
    return Roster.of(cells.values())


def outgoing(folder: Path, **tables: object) -> Outgoing:
    """Return everything that a format may write; files that options name are put into the planning folder."""
    known = plan(**tables)
    found = roster(known, WORKED)
    put_template(folder, known)
    hours: dict[str, object] = {
        "scheduled_h": HOURS,
        "ot300_h": Decimal("8"),
        "leave_h": Decimal("0"),
        "scheduled_minutes": 7407,
    }
    counts = {"small_nights": 0, "big_nights": 1, "basis": "scheduled", "period": "2026-05"}
    timesheet = [{"agent_id": a.agent_id, **hours, **counts} for a in known.agents]
    timesheet[1] |= {"leave_type": LEAVE_TYPE}
    return Outgoing(
        known,
        found,
        roster_table(found, known, "20260501-0123456789"),
        _table(timesheet, TIMESHEET),
        _table([_line(a.agent_id) for a in known.agents], PAYROLL),
        before=roster(known, WORKED_BEFORE),
        folder=folder,
    )


def _table(rows: Sequence[Mapping[str, object]], columns: Iterable[str]) -> pd.DataFrame:
    return pd.DataFrame([[row.get(c) for c in columns] for row in rows], columns=list(columns), dtype=object)


def _line(agent_id: str) -> dict[str, object]:
    return {
        "agent_id": agent_id,
        "period": "2026-05",
        "element_code": "big_night",
        "quantity": Decimal("1"),
        "unit": "shift",
        "rate": PAY,
        "multiplier": Decimal("1"),
        "amount": PAY,
        "currency": "CNY",
        "basis": "scheduled",
        "rule_id": "A5",
        "source": "A5",
        "date": FIRST,
        "reason": "大夜班一次",
    }


def put_template(folder: Path, known: Plan) -> None:
    """Write the sheet that the profile `dingtalk_fill` fills, as DingTalk exports it."""
    with (folder / "dingtalk.csv").open("w", encoding="utf-8-sig", newline="") as file:
        form = csv.writer(file)
        form.writerow(["工号", "姓名", *(d.day for d in known.days)])
        form.writerows([a.agent_id, a.name, *("休息" for _ in known.days)] for a in known.agents)


def form_of(kind: str, **options: object) -> ExportFormat:
    """Return a format with its example options."""
    return EXPORTS[kind].model_validate({**EXPORTS[kind].example, **options})


def write(kind: str, folder: Path, **options: object) -> dict[str, bytes]:
    """Return the files that a format writes, `totals.json` among them, by name."""
    place = folder / kind
    place.mkdir()
    write_profile(form_of(kind, **options), outgoing(folder), place)
    return {
        path.relative_to(place).as_posix(): path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()
    }


def said(name: str, data: bytes) -> str:
    """Return the text in a file; a workbook is unpacked."""
    if not name.endswith(".xlsx"):
        return text_of(data)
    with ZipFile(io.BytesIO(data)) as parts:
        return "\n".join(parts.read(part).decode("utf-8") for part in parts.namelist())


def text_of(data: bytes) -> str:
    """Return the text of bytes in one of the encodings that formats write."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def cells(name: str, data: bytes) -> Iterator[object]:
    """Yield the cells of a CSV file or a workbook, guards taken off; nothing of other files."""
    if name.endswith(".csv"):
        yield from (unguard(cell) for row in csv.reader(io.StringIO(text_of(data), newline="")) for cell in row)
    if name.endswith(".xlsx"):
        book = openpyxl.load_workbook(io.BytesIO(data))
        yield from (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


def golden(name: str, data: bytes) -> tuple[str, bytes]:
    """Return the name and the bytes under which a file is kept: a workbook as its cells, sheet by sheet.

    Hashes in the sidecar are left out, since that of a workbook depends on the library that packs it.
    """
    if name == TOTALS:
        return name, re.sub(rb'"[0-9a-f]{64}"', b'"sha256"', data)
    if not name.endswith(".xlsx"):
        return name, data
    lines = []
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        lines.append(f"# {sheet.title} {sheet.dimensions} frozen at {sheet.freeze_panes}")
        lines += [repr(row) for row in sheet.iter_rows(values_only=True)]
    return f"{name}.txt", ("\n".join(lines) + "\n").encode()
