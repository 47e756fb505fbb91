"""An Excel workbook to tables of text, each cell as a CSV file would have it."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from wfm.domain.errors import InputError
from wfm.files import messages
from wfm.files.rosters import messages as m
from wfm.files.tables import Table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MARK = b"PK\x03\x04"
"""How a workbook starts."""
EXACT = 10**15
"""A number from here on has lost digits in a spreadsheet."""


def sheets(file: str, data: bytes) -> Mapping[str, Table]:
    """Return the sheets of a workbook by title, hidden ones too; rows without any content are left out.

    Raises
    ------
    InputError
        When it is no workbook that can be read.
    """
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, ParseError) as error:
        raise InputError(file, None, None, None, m.A_WORKBOOK, messages.SAVE_AS_CSV) from error
    tables = {sheet.title: _table(file, list(sheet.iter_rows(values_only=True))) for sheet in book.worksheets}
    return {title: table for title, table in tables.items() if table is not None}


def _table(file: str, rows: Sequence[Sequence[Any]]) -> Table | None:
    texts = [(line, [text_of(value) for value in row]) for line, row in enumerate(rows, 1)]
    filled = [(line, row) for line, row in texts if any(cell.strip() for cell in row)]
    if not filled:
        return None
    (top, header), body = filled[0], filled[1:]
    return Table(file, tuple(header), top, [row for _, row in body], [line for line, _ in body])


def text_of(value: object) -> str:
    """Return a cell as text: dates in ISO 8601, whole numbers without decimals, nothing as nothing.

    Examples
    --------
    >>> text_of(7.0), text_of(datetime(2026, 5, 1)), text_of(True), text_of(None), text_of(1.23456789012346e17)
    ('7', '2026-05-01', 'TRUE', '', '1.23456789012346e+17')
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes") if value.time() != time() else value.date().isoformat()
    if isinstance(value, time):
        return value.isoformat("minutes")
    return "" if value is None else str(value)


def _number(value: float) -> str:
    if abs(value) >= EXACT:
        return repr(float(value))
    return str(int(value)) if value == int(value) else str(value)
