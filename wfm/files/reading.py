"""Tables to inputs: one way for files and for DataFrames."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from wfm.domain.errors import InputError
from wfm.domain.plan import Inputs
from wfm.domain.settings import Period
from wfm.files import messages
from wfm.files.balances import balance_columns, read_balances
from wfm.files.calendar_file import CALENDAR, read_calendar
from wfm.files.cells import day_parser
from wfm.files.dates import EVENTS, read_events
from wfm.files.headers import bind
from wfm.files.history import history_columns, read_history
from wfm.files.leave import LEAVE, read_leave
from wfm.files.names import Known, Names
from wfm.files.pay import pay_columns, read_pay
from wfm.files.people import (
    AGENTS,
    EXCEPTIONS,
    PINS,
    REQUESTS,
    Reader,
    known_agents,
    read_agents,
    read_exceptions,
    read_pins,
    read_requests,
)
from wfm.files.quality import QUALITY, read_quality
from wfm.files.roster_file import published_days, read_previous, read_published
from wfm.files.rosters.cells import ROSTER
from wfm.files.settings_file import report
from wfm.files.worked import WORKED, read_worked

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from wfm.domain.agents import Agent
    from wfm.domain.roster import Assignment
    from wfm.domain.settings import Settings
    from wfm.files.headers import Columns
    from wfm.files.settings_file import PeopleCheck, Source
    from wfm.files.tables import Sheet, Table


NEEDED = ("history", "agents")
COLUMNS = {
    "agents": AGENTS,
    "requests": REQUESTS,
    "leave": LEAVE,
    "pins": PINS,
    "exceptions": EXCEPTIONS,
    "calendar": CALENDAR,
    "events": EVENTS,
    "previous_roster": ROSTER,
    "published_roster": ROSTER,
    "worked": WORKED,
    "quality": QUALITY,
}
OWN_COLUMNS: Mapping[str, Callable[[Table], Columns]] = {"balances": balance_columns, "pay": pay_columns}
"""Files whose columns follow from their header."""


@dataclass(frozen=True)
class Material:
    """Everything that was found before any cell was looked at.

    Attributes
    ----------
    settings
        The sound part of the settings; None when too little of them is.
    raw
        The data of the settings as given; None when they could not be read.
    tables
        By the name of the argument or file without its ending: `history`, `agents`, `requests`, …
    rule_kinds
        Kinds that `exceptions` may name; None lets every kind pass.
    people_checks
        What the rooms check in the settings once the staff list is read.
    previous, published
        Assignments given as objects.
    """

    source: Source
    settings: Settings | None
    raw: Mapping[str, Any] | None
    tables: Mapping[str, Table]
    rule_kinds: Collection[str] | None = None
    people_checks: Sequence[PeopleCheck] = ()
    previous: tuple[Assignment, ...] = ()
    published: tuple[Assignment, ...] = ()
    hashes: Mapping[str, str] = field(default_factory=dict)


def read_inputs(material: Material) -> Inputs:
    """Return the inputs.

    Raises
    ------
    InputErrors
        With every problem of the settings and of every table.
    """
    findings, settings, names = material.source.findings, material.settings, Names.of(material.raw)
    sheets = _sheets(material)
    reader = Reader(
        names,
        day_parser(settings is not None and settings.history.day_first),
        _period(material),
        rules=Known(material.rule_kinds, messages.A_RULE),
    )
    agents = read_agents(sheets["agents"], reader) if "agents" in sheets else ()
    _check_people(material, sheets, agents)
    known = known_agents(sheets.get("agents"), agents)
    reader = replace(reader, agents=known, people={a.agent_id: a for a in agents})
    parts = {part: read(sheets[name], reader) for name, (part, read) in _PEOPLE.items() if name in sheets}
    timed = _timed(sheets, material, reader)
    findings.raise_if_any()
    if settings is None:
        raise AssertionError("settings without a problem are whole")
    return Inputs(
        settings=settings, agents=agents, **parts, **timed, notes=tuple(findings.notes), hashes=material.hashes
    )


_PEOPLE: Mapping[str, tuple[str, Callable[[Sheet, Reader], Any]]] = {
    "requests": ("requests", read_requests),
    "leave": ("absences", read_leave),
    "pins": ("pins", read_pins),
    "exceptions": ("exemptions", read_exceptions),
    "balances": ("balances", read_balances),
    "pay": ("pay", read_pay),
    "quality": ("quality", read_quality),
}

_DATED: Mapping[str, tuple[str, Callable[[Sheet, Reader, Settings], Any]]] = {
    "calendar": ("calendar_overrides", read_calendar),
    "events": ("events", read_events),
    "worked": ("worked", read_worked),
}


def _check_people(material: Material, sheets: Mapping[str, Sheet], agents: Sequence[Agent]) -> None:
    """Report what the settings say about people who are not there; nothing where either has problems of its own."""
    findings, source, sheet = material.source.findings, material.source, sheets.get("agents")
    if material.settings is None or sheet is None or findings.about(source.file) or findings.about(sheet.file):
        return
    for check in material.people_checks:
        report(check(material.settings, agents), source)


def _period(material: Material) -> Period | None:
    """Return the dates to plan; None when the settings do not say them."""
    try:
        return Period.model_validate((material.raw or {}).get("period"))
    except ValidationError:
        return None


def _timed(sheets: Mapping[str, Sheet], material: Material, reader: Reader) -> dict[str, Any]:
    """Return what needs the centre's clock or country: history, calendar, events, rosters."""
    settings = material.settings
    if settings is None:
        return {}
    parts: dict[str, Any] = {"previous": tuple(a for a in material.previous if a.date < settings.period.first)}
    if len(parts["previous"]) < len(material.previous):
        left = len(material.previous) - len(parts["previous"])
        material.source.findings.note(messages.NOT_BEFORE_PERIOD, count=left)
    if "history" in sheets:
        parts["history"] = read_history(sheets["history"], settings, reader.names)
    parts |= {part: read(sheets[name], reader, settings) for name, (part, read) in _DATED.items() if name in sheets}
    if "previous_roster" in sheets:
        parts["previous"] = read_previous(sheets["previous_roster"], settings, reader.agents)
    if "published_roster" in sheets:
        parts["published"] = read_published(sheets["published_roster"], settings, reader.agents)
    elif material.published:
        findings = material.source.findings
        parts["published"] = published_days(material.published, settings, reader.agents, findings)
    return parts


def _sheets(material: Material) -> dict[str, Sheet]:
    """Return the tables whose columns were found; report the others."""
    findings, sheets = material.source.findings, {}
    for name, table in material.tables.items():
        columns, mapping = COLUMNS.get(name), None
        if name in OWN_COLUMNS:
            columns = OWN_COLUMNS[name](table)
        elif name == "history" and material.settings is not None:
            form = material.settings.history
            columns, mapping = history_columns(table, form, material.source), form.columns
        if name in NEEDED and not table.rows and not findings.about(table.file):
            findings.add(InputError(table.file, table.header_line, None, None, messages.HAS_ROWS))
        sheet = None if columns is None else bind(table, columns, findings, mapping)
        if sheet is not None:
            sheets[name] = sheet
    return sheets
