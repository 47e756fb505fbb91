"""What stands in a roster file, whatever its shape: tables with positions, bodies of calls, or a calendar."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wfm.domain.errors import InputError
from wfm.files import messages
from wfm.files.encoding import decode
from wfm.files.rosters import messages as m
from wfm.files.rosters.workbook import MARK, sheets
from wfm.files.tables import read_table, separator_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from wfm.files.findings import Findings
    from wfm.files.tables import Table


@dataclass(frozen=True)
class Document:
    """One file.

    Attributes
    ----------
    file
        Its name as the user knows it.
    tables
        The table of a CSV file, or one per sheet of a workbook by its title; empty for other files.
    bodies
        JSON objects with the line on which each starts; empty for other files.
    calendar
        The text of an iCalendar file; empty for other files.
    """

    file: str
    tables: Mapping[str, Table]
    bodies: tuple[tuple[int, Mapping[str, Any]], ...] = ()
    calendar: str = ""
    workbook: bool = False


def load(path: Path, data: bytes, findings: Findings, options: Mapping[str, Any]) -> Document | None:
    """Return what stands in a file; None after a report when it is neither table, workbook, JSON nor calendar.

    Parameters
    ----------
    options
        Options of the export profile that wrote it: `encoding` and `delimiter` are used where the file does not say.
    """
    try:
        if data.startswith(MARK):
            return Document(path.name, sheets(path.name, data), workbook=True)
        return _from_text(path.name, decode(path.name, data, _encoding(data, options)), findings, options)
    except InputError as error:
        findings.add(error)
        return None


def _from_text(file: str, text: str, findings: Findings, options: Mapping[str, Any]) -> Document | None:
    if text.lstrip().startswith("BEGIN:VCALENDAR"):
        return Document(file, {}, calendar=text)
    if text.lstrip().startswith(("{", "[")):
        return Document(file, {}, bodies=tuple(_bodies(file, text)))
    table = read_table(file, text, findings, _separator(text, options))
    return None if table is None else Document(file, {"": table})


def _encoding(data: bytes, options: Mapping[str, Any]) -> str:
    """Return the encoding of the profile for bytes that are no UTF-8; else what the bytes say."""
    given = options.get("encoding", "auto")
    if given in ("auto", "utf-8", "utf-8-sig", "utf-16"):
        return "auto"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return str(given)
    return "auto"


def _separator(text: str, options: Mapping[str, Any]) -> str:
    """Return the separator of the header; that of the profile where the header shows none of the usual ones."""
    found, own = separator_of(text), str(options.get("delimiter", "|"))
    header = text.strip().splitlines()[0]
    return own if header.count(own) > header.count(found) else found


def _bodies(file: str, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield the objects of JSON Lines, of one JSON object, or of a list of objects."""
    try:
        whole = json.loads(text)
    except ValueError:
        yield from _lines(file, text)
        return
    for body in whole if isinstance(whole, list) else [whole]:
        yield 1, _object(file, 1, body)


def _lines(file: str, text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            body = json.loads(line)
        except ValueError as error:
            raise InputError(file, number, None, line, m.JSON_LINE, messages.CUT_OR_QUOTES) from error
        yield number, _object(file, number, body)


def _object(file: str, line: int, body: object) -> Mapping[str, Any]:
    if not isinstance(body, dict):
        raise InputError(file, line, None, body, m.JSON_OBJECT)
    return body
