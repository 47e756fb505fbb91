"""Shifts by their times back to agent-days: Workday clock events and UKG shifts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wfm.domain.errors import InputError
from wfm.files.cells import BadCell, instant_of, moment_parser
from wfm.files.headers import Columns, bind
from wfm.files.rosters import messages as m
from wfm.files.rosters.shape import parsers
from wfm.files.rosters.timed import TimedShifts
from wfm.files.rosters.told import Resolver, Spot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from wfm.files.rosters.document import Document
    from wfm.files.rosters.shape import Ground, Reading
    from wfm.files.tables import Row, Table

    Event = tuple[datetime, str, Row]

EVENTS = Columns(("employee_id", "time_clock_event_date_time", "clock_event_type"))


def events_fit(document: Document, _: Ground) -> bool:
    """Return whether a table has the columns of clock events."""
    return any(map(_has_events, document.tables.values()))


def read_events(document: Document, ground: Ground) -> Reading | None:
    """Return the shifts from the first `In` to the `Out` of each person."""
    table = next((t for t in document.tables.values() if _has_events(t)), next(iter(document.tables.values()), None))
    sheet = None if table is None else bind(table, EVENTS, ground.findings)
    if sheet is None:
        return None
    agents = Resolver(ground.users("employee_ids"), ground.findings)
    _, moment = parsers(ground, workbook=document.workbook)
    events: dict[str, list[Event]] = {}
    for row in sheet:
        agent_id = agents(Spot(document.file, row.line, sheet.title("employee_id"), row.text("employee_id")))
        at, kind = row.need("time_clock_event_date_time", moment), row.text("clock_event_type").strip().lower()
        if agent_id is not None and at is not None:
            events.setdefault(agent_id, []).append((instant_of(at, ground.plan.settings.centre.zone), kind, row))
    shifts = TimedShifts(document.file, ground)
    for agent_id, mine in events.items():
        for start, end, row in _spans(mine):
            column = "time_clock_event_date_time"
            shifts.add(Spot(document.file, row.line, sheet.title(column), row.text(column)), agent_id, (start, end))
    return shifts.reading()


def _has_events(table: Table) -> bool:
    return set(EVENTS.needed) <= {name.strip().lower() for name in table.header}


def _spans(events: Sequence[Event]) -> Iterator[tuple[datetime, datetime, Row]]:
    """Yield start, end and first row of each shift; report events that make none."""
    begun: tuple[datetime, Row] | None = None
    for at, kind, row in sorted(events, key=lambda event: (event[0], event[1] == "in")):
        if begun is None and kind != "in":
            row.wrong("clock_event_type", m.AN_IN_FIRST)
            continue
        begun = begun or (at, row)
        if kind == "out":
            yield begun[0], at, begun[1]
            begun = None
    if begun is not None:
        begun[1].wrong("clock_event_type", m.AN_OUT_LAST)


def shifts_fit(document: Document, _: Ground) -> bool:
    """Return whether every body is a shift with an employee and its times."""
    return bool(document.bodies) and all("employee" in b and "startDateTime" in b for _, b in document.bodies)


def read_shifts(document: Document, ground: Ground) -> Reading | None:
    """Return the shifts of the bodies, by their times; the label says which where several have the same."""
    agents = Resolver(ground.users("person_numbers"), ground.findings)
    moment = moment_parser(day_first=False)
    zone = ground.plan.settings.centre.zone
    shifts = TimedShifts(document.file, ground)
    for line, body in document.bodies:
        try:
            person, start, end = _shift(body)
            times = instant_of(moment(start), zone), instant_of(moment(end), zone)
        except (KeyError, TypeError, BadCell):
            ground.findings.add(InputError(document.file, line, None, dict(body), m.A_SHIFT_BODY))
            continue
        agent_id = agents(Spot(document.file, line, "employee.qualifier", person))
        if agent_id is not None:
            label = str(body.get("label") or "")
            shifts.add(Spot(document.file, line, "startDateTime", start), agent_id, times, label)
    return shifts.reading()


def _shift(body: Mapping[str, Any]) -> tuple[str, str, str]:
    return str(body["employee"]["qualifier"]), str(body["startDateTime"]), str(body["endDateTime"])
