"""Agents, and what is known about their days: requests, pins, exceptions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeVar

from wfm.domain.agents import Agent, Exemption, Pin, Request
from wfm.files import messages
from wfm.files.cells import choice, clean, count, label, yes
from wfm.files.headers import Columns
from wfm.files.names import Known, Names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from wfm.domain.settings import Period
    from wfm.domain.text import Text
    from wfm.files.tables import Row, Sheet

OnDay = TypeVar("OnDay", Pin, Request)
AGENTS = Columns(
    ("agent_id", "contract"),
    ("name", "team", "skills", "hire_date", "leave_date", "no_night", "no_overtime", "mentor", "tags"),
)
REQUESTS = Columns(("agent_id", "date", "kind"), ("shift_code", "weight"))
PINS = Columns(("agent_id", "date", "shift_code"), ("queue",))
EXCEPTIONS = Columns(("agent_id", "rule", "first_date", "last_date"), ("reason",))

_MARKS = re.compile(r"[;；、|,，]")
_KINDS = choice({"off": "off", "休": "off", "休息": "off", "on": "on", "班": "on", "上班": "on"})
_DAY_OFF = {"", "-", "休", "休息", "off"}


@dataclass(frozen=True)
class Reader:
    """What is needed to read a file about people.

    Attributes
    ----------
    day
        Parser of dates.
    agents
        Known agents; every id passes while they are not known.
    people
        Agents by id, those with a problem left out.
    period
        The dates to plan; None when `plan.toml` does not say.
    """

    names: Names
    day: Callable[[str], date]
    period: Period | None = None
    agents: Known = field(default_factory=lambda: Known(None, messages.AN_AGENT))
    rules: Known = field(default_factory=lambda: Known(None, messages.A_RULE))
    people: Mapping[str, Agent] = field(default_factory=dict)

    def inside(self, day: date) -> bool:
        """Return whether a date lies in the period."""
        return self.overlaps(day, day)

    def overlaps(self, first: date, last: date) -> bool:
        """Return whether any date of a range lies in the period."""
        return self.period is None or (self.period.first <= last and first <= self.period.last)


def read_agents(sheet: Sheet, reader: Reader) -> tuple[Agent, ...]:
    """Return the agents in the order of the file; rows with a problem are left out."""
    rows: dict[str, Row] = {}
    agents: dict[str, Agent] = {}
    reader = replace(reader, agents=known_agents(sheet, ()))
    for row in sheet:
        agent = _agent(row, reader)
        agent_id = clean(row.text("agent_id"))
        if agent_id and rows.setdefault(agent_id, row) is not row:
            row.wrong("agent_id", messages.NEW_AGENT_ID.fill(line=rows[agent_id].line))
        elif agent is not None:
            agents[agent_id] = agent
    for circle in _circles({a.agent_id: a.mentor for a in agents.values() if a.mentor is not None}):
        rows[circle[0]].wrong("mentor", messages.NO_CIRCLE.fill(circle=" -> ".join([*circle, circle[0]])))
    return tuple(agents.values())


def _circles(mentors: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield each circle of agents in which everybody is the mentor of the one before."""
    seen: set[str] = set()
    for start in mentors:
        path: list[str] = []
        at: str | None = start
        while at is not None and at not in seen:
            seen.add(at)
            path.append(at)
            at = mentors.get(at)
        if at in path:
            yield path[path.index(at) :]


def _agent(row: Row, reader: Reader) -> Agent | None:
    contract = row.maybe("contract", reader.names.contracts, "")
    if not clean(row.text("contract")):
        row.wrong("contract", messages.HAS_CONTRACT.fill(names=reader.names.contracts.listed()))
    mentor = row.maybe("mentor", reader.agents, None)
    if mentor is not None and mentor == clean(row.text("agent_id")):
        row.wrong("mentor", messages.NOT_ONESELF)
    hired, leaves = row.maybe("hire_date", reader.day, None), row.maybe("leave_date", reader.day, None)
    if hired is not None and leaves is not None and leaves < hired:
        row.wrong("leave_date", messages.LEAVES_AFTER_HIRE.fill(hired=hired))
    values = {
        "agent_id": row.need("agent_id", clean),
        "name": label(row.text("name")),
        "team": row.maybe("team", clean, ""),
        "contract": contract,
        "skills": row.maybe("skills", lambda text: _listed(text, reader.names.skills), ()),
        "hire_date": hired,
        "leave_date": leaves,
        "no_night": row.maybe("no_night", yes, False),
        "no_overtime": row.maybe("no_overtime", yes, False),
        "mentor": mentor,
        "tags": row.maybe("tags", lambda text: _listed(text, clean), ()),
    }
    return Agent.model_validate(values) if row.ok else None


def _listed(text: str, parse: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(parse(part) for part in _MARKS.split(clean(text)) if part.strip()))


def read_requests(sheet: Sheet, reader: Reader) -> tuple[Request, ...]:
    """Return the wishes for days of the period; the others are counted in one note."""
    return _one_a_day(sheet, reader, _request, messages.ONE_REQUEST, messages.OUTSIDE_REQUESTS)


def _one_a_day(
    sheet: Sheet, reader: Reader, parse: Callable[[Row, Reader], OnDay | None], twice: Text, outside: Text
) -> tuple[OnDay, ...]:
    """Return what the rows say about days of the period: one row per agent and day, the rest counted in a note."""
    lines: dict[tuple[str, date], int] = {}
    found: list[OnDay] = []
    for row in sheet:
        thing = parse(row, reader)
        if thing is None:
            continue
        line = lines.setdefault((thing.agent_id, thing.date), row.line)
        if line != row.line:
            row.wrong("date", twice.fill(line=line))
        else:
            found.append(thing)
    inside = tuple(thing for thing in found if reader.inside(thing.date))
    if len(inside) < len(found):
        sheet.findings.note(outside, count=len(found) - len(inside))
    return inside


def _request(row: Row, reader: Reader) -> Request | None:
    values = {
        "agent_id": row.need("agent_id", reader.agents),
        "date": row.need("date", reader.day),
        "kind": row.need("kind", _KINDS),
        "shift_code": row.maybe("shift_code", reader.names.shifts, None),
        "weight": row.maybe("weight", lambda text: count(text, 1), 1),
    }
    if values["kind"] == "off" and values["shift_code"] is not None:
        row.wrong("shift_code", messages.OFF_WITHOUT_SHIFT)
    return Request.model_validate(values) if row.ok else None


def date_range(row: Row, reader: Reader) -> tuple[date | None, date | None]:
    """Return the first and the last date of a row, None where there is a problem."""
    first, last = row.need("first_date", reader.day), row.need("last_date", reader.day)
    if first is not None and last is not None and last < first:
        row.wrong("last_date", messages.LAST_AFTER_FIRST.fill(first=first))
    return first, last


def read_pins(sheet: Sheet, reader: Reader) -> tuple[Pin, ...]:
    """Return the fixed assignments of the period; the others are counted in one note."""
    return _one_a_day(sheet, reader, _pin, messages.ONE_PIN, messages.OUTSIDE_PINS)


def _pin(row: Row, reader: Reader) -> Pin | None:
    off = is_day_off(row.text("shift_code"))
    values = {
        "agent_id": row.need("agent_id", reader.agents),
        "date": row.need("date", reader.day),
        "shift_code": None if off else row.need("shift_code", reader.names.shifts),
        "queue": row.maybe("queue", reader.names.queues, None),
    }
    if off and values["queue"] is not None:
        row.wrong("queue", messages.OFF_WITHOUT_QUEUE)
    return Pin.model_validate(values) if row.ok else None


def is_day_off(text: str) -> bool:
    """Return whether a cell for a shift code means that no shift is worked."""
    return clean(text).lower() in _DAY_OFF


def read_exceptions(sheet: Sheet, reader: Reader) -> tuple[Exemption, ...]:
    """Return the recorded exceptions from rules."""
    exemptions = []
    for row in sheet:
        first, last = date_range(row, reader)
        values = {
            "agent_id": row.need("agent_id", reader.agents),
            "rule": row.need("rule", reader.rules),
            "first_date": first,
            "last_date": last,
            "reason": label(row.text("reason")),
        }
        if row.ok:
            exemptions.append(Exemption.model_validate(values))
    return tuple(exemptions)


def known_agents(sheet: Sheet | None, agents: tuple[Agent, ...]) -> Known:
    """Return the agents that other files may name: those of the file, its faulty rows included; any without a row."""
    if sheet is None or not sheet.table.rows:
        return Known(None, messages.AN_AGENT)
    written = (clean(row.text("agent_id")) for row in sheet)
    return Known(dict.fromkeys([*(a.agent_id for a in agents), *(w for w in written if w)]), messages.AN_AGENT)
