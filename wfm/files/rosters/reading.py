"""A roster file of any shape, or a folder of one export, back to a whole roster."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wfm.domain.errors import InputError, InputErrors, SettingsError
from wfm.domain.roster import Roster, State
from wfm.files.findings import Findings
from wfm.files.names import enumerated
from wfm.files.rosters import bodies, events, ics, long, mapped, matrix
from wfm.files.rosters import messages as m
from wfm.files.rosters.cells import RosterCells, in_order
from wfm.files.rosters.document import load
from wfm.files.rosters.shape import Ground, Shape
from wfm.files.rosters.words import AgentIds
from wfm.files.serving_file import with_spans

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from wfm.domain.plan import Plan
    from wfm.domain.roster import Assignment
    from wfm.domain.text import Text
    from wfm.files.rosters.document import Document
    from wfm.files.rosters.shape import Reading

    Cell = tuple[str, date]

SHAPES: Mapping[str, Shape] = {
    **{kind: bodies.shape(kind) for kind in bodies.CALLS},
    "ukg_shift": Shape(events.shifts_fit, events.read_shifts),
    "workday_events": Shape(events.events_fit, events.read_events),
    "ics": Shape(ics.fits, ics.read),
    "mapping": Shape(mapped.fits, mapped.read),
    "neutral": Shape(long.fits, long.read),
    "punchclock_matrix": matrix.PUNCH_CLOCK,
    "dingtalk_fill": matrix.DINGTALK_SHEET,
    "xlsx": matrix.WORKBOOK,
    "matrix": matrix.SHEET,
}
"""Readers by export profile, in the order in which they are tried."""
ENDINGS = (".csv", ".txt", ".tsv", ".xlsx", ".json", ".jsonl", ".ics")
"""Of the files of a folder that are looked at; a file that is named is read whatever its ending."""


@dataclass(frozen=True)
class ReadBack:
    """What a roster file says.

    Attributes
    ----------
    profile
        The export profile whose shape it has.
    sha256
        Of the bytes that were read.
    notes
        What was mended, chosen or left as it stands.
    """

    roster: Roster
    profile: str
    sha256: str
    notes: tuple[Text, ...]


def read_back(path: Path, plan: Plan, standing: Roster | None = None, profile: str | None = None) -> ReadBack:
    """Return the roster in a file, or in the files of a folder, of any shape that we write.

    Every cell is checked as those of `roster.csv` are. Where a file says no queue, an agent keeps that of the roster
    that stands; where he did not work, he gets the queue that he has most often there, the first of his skills at a
    tie. Agent-days that a matrix, a body or a calendar leaves out stay as they stand; a long table has to have them
    all. Where nothing stands, nothing may be left open.

    Parameters
    ----------
    standing
        The roster that stands; None when there is none.
    profile
        The export profile that wrote the file; None tells it from the content.

    Raises
    ------
    InputErrors
        With every problem of every file.
    SettingsError
        When no shape goes by the name of the profile.
    """
    if profile is not None and profile not in SHAPES:
        raise SettingsError(m.UNKNOWN_PROFILE.fill(profile=profile, known=", ".join(SHAPES)))
    findings = Findings()
    ground = Ground(plan, standing or Roster({}), findings, AgentIds(plan.by_id), profile or "")
    hashed = hashlib.sha256()
    documents = []
    for file in _files(path, findings):
        data = file.read_bytes()
        hashed.update(data)
        document = load(file, data, findings, ground.options)
        documents += [] if document is None else [document]
    findings.raise_if_any()
    ground = replace(ground, kind=profile or _kind(documents, ground, path.name))
    cells = _cells(documents, ground, path.name)
    _note_mended(path.name, ground)
    findings.raise_if_any()
    found = in_order({**ground.standing.assignments, **cells}, plan)
    found = with_spans(found, path.parent, plan, standing) if path.is_file() else found
    return ReadBack(
        Roster.of(found, ground.standing.tail.values()), ground.kind, hashed.hexdigest(), tuple(findings.notes)
    )


def _files(path: Path, findings: Findings) -> Sequence[Path]:
    """Return the file, or the files of a folder that can be a roster, without the locks of a spreadsheet."""
    inside = path.iterdir() if path.is_dir() else ()
    kinds = (p for p in inside if p.is_file() and p.suffix.lower() in ENDINGS)
    files = sorted(p for p in kinds if not p.name.startswith((".", "~$")))
    files = files if path.is_dir() else [path]
    missing = [file for file in files if not file.is_file()] or ([path] if not files else [])
    for file in missing:
        findings.add(InputError(str(file), None, None, None, m.FILE_THERE))
    return [] if missing else files


def _kind(documents: Sequence[Document], ground: Ground, name: str) -> str:
    """Return the profile whose shape the first document has that has any; raises `InputErrors` when none has."""
    for document in documents:
        for kind, shape in SHAPES.items():
            if shape.fits(document, replace(ground, kind=kind)):
                return kind
    raise InputErrors([InputError(name, None, None, None, m.A_ROSTER_FILE.fill(known=", ".join(SHAPES)))])


def _cells(documents: Sequence[Document], ground: Ground, name: str) -> Mapping[Cell, Assignment]:
    """Return what the documents of one shape say; others beside them, such as pay, are passed over."""
    shape = SHAPES[ground.kind]
    found: dict[Cell, Assignment | None] = {}
    reader, whole = None, not ground.standing
    for document in [d for d in documents if shape.fits(d, ground)] or documents[:1]:
        reading = shape.read(document, ground)
        if reading is None:
            continue
        reader = _reader(reading, ground)
        cells = reader.read()
        _refuse_twice(document.file, cells, found, ground.findings)
        found |= cells
        whole = whole or reading.whole
    if whole and reader is not None:
        reader.refuse_missing(found)
    if not whole:
        _note_untold(name, found, ground)
    return {cell: said for cell, said in found.items() if said is not None}


def _reader(reading: Reading, ground: Ground) -> RosterCells:
    return RosterCells(
        reading.sheet,
        ground.plan,
        ground.standing or None,
        reading.words,
        agents=ground.agents,
        day=reading.day,
        moment=reading.moment,
    )


def _refuse_twice(file: str, cells: Mapping[Cell, object], before: Mapping[Cell, object], findings: Findings) -> None:
    twice = next((cell for cell in cells if cell in before), None)
    if twice is not None:
        expected = m.ONE_FILE.fill(cell=f"{twice[0]} {twice[1]}")
        findings.add(InputError(file, None, None, None, expected))


def _note_untold(file: str, cells: Mapping[Cell, object], ground: Ground) -> None:
    """Note whose agent-days inside employment no file tells."""
    left = [c for c in ground.standing if (c.agent_id, c.date) not in cells and c.state is not State.NOT_EMPLOYED]
    if left:
        agents = dict.fromkeys(cell.agent_id for cell in left)
        names = enumerated(agents)
        ground.findings.note(m.UNTOLD, file=file, count=len(left), agents=len(agents), names=names)


def _note_mended(file: str, ground: Ground) -> None:
    mended = ground.agents.mended
    if mended:
        names = enumerated(f"{found} = {name}" for found, name in mended.items())
        ground.findings.note(m.WITHOUT_ZEROS, file=file, count=len(mended), names=names)
