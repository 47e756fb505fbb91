"""Long tables, one agent-day a row: `roster.csv` and what a spreadsheet makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.files.cells import clean
from wfm.files.headers import bind, spellings
from wfm.files.rosters.cells import ROSTER
from wfm.files.rosters.shape import Reading, parsers

if TYPE_CHECKING:
    from wfm.files.rosters.document import Document
    from wfm.files.rosters.shape import Ground
    from wfm.files.tables import Table


def fits(document: Document, _: Ground) -> bool:
    """Return whether a table has the columns that a roster needs."""
    return _table(document) is not None


def read(document: Document, ground: Ground) -> Reading | None:
    """Return the table with its columns known by our names; None after a report when one is missing."""
    table = _table(document) or next(iter(document.tables.values()), None)
    sheet = None if table is None else bind(table, ROSTER, ground.findings)
    if sheet is None:
        return None
    day, moment = parsers(ground, workbook=document.workbook)
    return Reading(sheet, whole=True, day=day, moment=moment)


def _table(document: Document) -> Table | None:
    return next((table for table in document.tables.values() if _is_roster(table)), None)


def _is_roster(table: Table) -> bool:
    header = {clean(name).casefold() for name in table.header}
    return all(header & spellings(column) for column in ROSTER.needed)
