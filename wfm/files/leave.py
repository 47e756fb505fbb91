"""Leave: `leave.csv` read, and a decision written into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.domain.agents import Absence
from wfm.domain.errors import InputError, InputErrors
from wfm.files import messages
from wfm.files.cells import choice, clean, label
from wfm.files.findings import Findings
from wfm.files.headers import Columns, bind
from wfm.files.people import date_range
from wfm.files.rewrite import rewrite
from wfm.files.tables import load_table

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Literal

    from wfm.files.people import Reader
    from wfm.files.tables import Row, Sheet

    Decision = Literal["approved", "rejected"]

LEAVE = Columns(("agent_id", "first_date", "last_date"), ("type", "status", "approver"))
_WORDS = {
    "approved": "approved",
    "已批准": "approved",
    "批准": "approved",
    "requested": "requested",
    "待审批": "requested",
    "rejected": "rejected",
    "已驳回": "rejected",
    "驳回": "rejected",
}
_WORDS = {
    "approved": "approved",
    "已批准": "approved",
    "批准": "approved",
    "requested": "requested",
    "待审批": "requested",
    "rejected": "rejected",
    "已驳回": "rejected",
    "驳回": "rejected",
}
_STATUSES = choice(_WORDS)


def read_leave(sheet: Sheet, reader: Reader) -> tuple[Absence, ...]:
    """Return absences of every status, in the order of the file.

    Approved leave of one agent must not overlap, and no leave may lie wholly outside the employment. A request for
    days that are taken already, and leave that reaches beyond the employment, are noted: they bind nothing.
    """
    found: list[tuple[Absence, Row]] = []
    for row in sheet:
        absence = _absence(row, reader)
        if absence is not None:
            found.append((absence, row))
            if absence.status != "rejected":
                _look_at_employment(absence, row, reader)
    _look_for_overlaps(found)
    waiting = sum(a.status == "requested" and reader.overlaps(a.first_date, a.last_date) for a, _ in found)
    if waiting:
        sheet.findings.note(messages.UNDECIDED_LEAVE, count=waiting)
    return tuple(absence for absence, _ in found)


def _absence(row: Row, reader: Reader) -> Absence | None:
    first, last = date_range(row, reader)
    kind = row.maybe("type", reader.names.leave_types, "annual")
    if kind not in reader.names.leave_types and not clean(row.text("type")):
        row.wrong("type", messages.FILLED)
    values = {
        "agent_id": row.need("agent_id", reader.agents),
        "first_date": first,
        "last_date": last,
        "type": kind,
        "status": row.maybe("status", _STATUSES, "approved"),
        "approver": label(row.text("approver")),
    }
    return Absence.model_validate(values) if row.ok else None


def _look_at_employment(absence: Absence, row: Row, reader: Reader) -> None:
    agent = reader.people.get(absence.agent_id)
    if agent is None:
        return
    early = agent.hire_date is not None and absence.first_date < agent.hire_date
    late = agent.leave_date is not None and agent.leave_date < absence.last_date
    span = {"first": agent.hire_date or messages.OPEN_END, "last": agent.leave_date or messages.OPEN_END}
    if agent.hire_date is not None and absence.last_date < agent.hire_date:
        row.wrong("last_date", messages.LEAVE_WHILE_EMPLOYED.fill(**span))
    elif agent.leave_date is not None and agent.leave_date < absence.first_date:
        row.wrong("first_date", messages.LEAVE_WHILE_EMPLOYED.fill(**span))
    elif early or late:
        row.sheet.findings.note(messages.LEAVE_CUT, line=row.line, agent=agent.agent_id, **span)


def _look_for_overlaps(found: list[tuple[Absence, Row]]) -> None:
    """Report approved leave that overlaps, and note requests for days of other leave."""
    earlier: dict[str, list[tuple[Absence, Row]]] = {}
    for absence, row in sorted(found, key=lambda pair: pair[0].status != "approved"):
        if absence.status == "rejected":
            continue
        others = earlier.setdefault(absence.agent_id, [])
        clash = next((pair for pair in others if _overlap(absence, pair[0])), None)
        if clash is not None:
            _tell_overlap(absence, row, *clash)
        others.append((absence, row))


def _tell_overlap(absence: Absence, row: Row, other: Absence, other_row: Row) -> None:
    span = {"first": other.first_date, "last": other.last_date}
    if absence.status == "approved":
        row.wrong("first_date", messages.LEAVE_APART.fill(line=other_row.line, **span))
    else:
        row.sheet.findings.note(
            messages.LEAVE_ASKED_TWICE, line=row.line, agent=absence.agent_id, other=other_row.line, **span
        )


def _overlap(one: Absence, other: Absence) -> bool:
    return one.first_date <= other.last_date and other.first_date <= one.last_date


def leave_lines(path: Path) -> tuple[int, ...]:
    """Return on which line of a sound `leave.csv` each absence stands, in the order in which they are read."""
    return tuple(_sheet(path).table.lines)


def write_decision(path: Path, line: int, decision: Decision, by: str, sha256: str) -> None:
    """Write status and approver into one row of `leave.csv`; every other byte stays.

    The status is written in the language in which it stood there.

    Raises
    ------
    InputErrors
        When the file has no column for the approver.
    ManifestError
        When the file has changed since it was read, or cannot be written back byte for byte.
    """
    sheet = _sheet(path)
    missing = [c for c in ("status", "approver") if c not in sheet]
    if missing:
        header = sheet.table.header_line
        expected = [messages.COLUMN_TO_WRITE.fill(column=c) for c in missing]
        raise InputErrors(InputError(path.name, header, c, None, e) for c, e in zip(missing, expected, strict=True))
    row = sheet.table.rows[sheet.table.lines.index(line)]
    chinese = not clean(row[sheet.places["status"]]).isascii()
    word = next(word for word, meaning in _WORDS.items() if meaning == decision and word.isascii() is not chinese)
    rewrite(path, line, {sheet.places["status"]: word, sheet.places["approver"]: by}, sha256)


def _sheet(path: Path) -> Sheet:
    """Return the file with its columns; raises `InputErrors` when it cannot be read."""
    findings = Findings()
    table = load_table(path, findings)
    sheet = None if table is None else bind(table, LEAVE, findings)
    findings.raise_if_any()
    if sheet is None:
        raise AssertionError("a file without a problem has its columns")
    return sheet
