"""Delimited text to rows with positions, and rows to cells by meaning."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from wfm.domain.errors import InputError
from wfm.files import messages
from wfm.files.cells import BadCell, clean
from wfm.files.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from wfm.domain.text import Text
    from wfm.files.findings import Findings

T = TypeVar("T")
D = TypeVar("D")
SEPARATORS = (",", ";", "\t", "，", "；")


@dataclass(frozen=True)
class Table:
    """A file's cells as they stand, with the line on which each row starts."""

    file: str
    header: tuple[str, ...]
    header_line: int | None
    """None when the table is no file."""
    rows: Sequence[Sequence[str]]
    lines: Sequence[int]


def read_table(file: str, text: str, findings: Findings, separator: str = "auto") -> Table | None:
    """Return the rows of delimited text; None after a report when there is no header.

    Blank rows are skipped. A row that lacks fields, has more than the header, or ends inside quotes is a problem.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text, separator), strict=True)
    records = list(_records(reader, file, findings))
    if not records and not findings.about(file):
        findings.add(InputError(file, None, None, None, messages.NOT_EMPTY))
    if not records:
        return None
    (top, header), body = records[0], records[1:]
    width = len(header)
    whole = [record for record in body if len(record[1]) == width or _trimmed(file, *record, width, findings)]
    rows = [row if len(row) == width else row[:width] for _, row in whole]
    return Table(file, tuple(header), top, rows, [line for line, _ in whole])


def load_table(
    path: Path,
    findings: Findings,
    hashes: dict[str, str] | None = None,
    encoding: str = "auto",
    separator: str = "auto",
) -> Table | None:
    """Return the rows of a file, its SHA-256 put into `hashes`; None after a report when it is no table."""
    if not path.is_file():
        findings.add(InputError(path.name, None, None, None, messages.FILE_THERE))
        return None
    data = path.read_bytes()
    if hashes is not None:
        hashes[path.name] = hashlib.sha256(data).hexdigest()
    try:
        return read_table(path.name, decode(path.name, data, encoding), findings, separator)
    except InputError as error:
        findings.add(error)
        return None


def _records(reader: Iterator[list[str]], file: str, findings: Findings) -> Iterator[tuple[int, list[str]]]:
    line = 1
    try:
        for row in reader:
            if any(map(str.strip, row)):
                yield line, row
            line = reader.line_num + 1  # type: ignore[attr-defined]
    except csv.Error as error:
        cut = any(sign in str(error) for sign in ("unexpected end", "field larger"))
        expected = messages.CLOSED_QUOTE if cut else messages.TIDY_QUOTES
        findings.add(InputError(file, line, None, None, expected, messages.CUT_OR_QUOTES))


def _trimmed(file: str, line: int, row: list[str], width: int, findings: Findings) -> bool:
    if len(row) > width and not any(cell.strip() for cell in row[width:]):
        return True
    expected = messages.WHOLE_ROW.fill(count=width, found=len(row))
    findings.add(InputError(file, line, None, None, expected, messages.CUT_OR_QUOTES))
    return False


def known_separator(text: str) -> bool:
    """Return whether `"auto"` or one character that can stand between fields."""
    return text == "auto" or (len(text) == 1 and text not in '"\r\n')


def separator_of(text: str, separator: str = "auto") -> str:
    """Return the one character between fields; `"auto"` takes the commonest of the header."""
    if separator != "auto":
        return separator
    header = text.strip().splitlines()[0]
    unquoted = re.sub(r'"[^"]*"', "", header)
    return max(SEPARATORS, key=unquoted.count)


@dataclass(frozen=True)
class Sheet:
    """A table whose columns are known by our names.

    Attributes
    ----------
    places
        Our column name to the position in the file.
    """

    table: Table
    places: Mapping[str, int]
    findings: Findings

    @property
    def file(self) -> str:
        """Name of the file as the user knows it."""
        return self.table.file

    def __contains__(self, column: str) -> bool:
        return column in self.places

    def __iter__(self) -> Iterator[Row]:
        return (Row(self, n) for n in range(len(self.table.rows)))

    def title(self, column: str) -> str:
        """Return the user's own name of a column of ours."""
        return self.table.header[self.places[column]].strip() if column in self.places else column

    def parsed(self, column: str, parse: Callable[[str], T]) -> list[T | None]:
        """Return a whole column, each distinct text parsed once; a bad cell is a problem of its line and gives None."""
        place, good, bad = self.places[column], dict[str, T](), dict[str, BadCell]()
        texts = [row[place] for row in self.table.rows]
        for text in dict.fromkeys(texts):
            try:
                good[text] = parse(text)
            except BadCell as found:
                bad[text] = found
        for line, text in zip(self.table.lines, texts, strict=True) if bad else ():
            if text in bad:
                self.wrong(line, column, text, bad[text].expected, bad[text].mend)
        return [good.get(text) for text in texts]

    def wrong(self, line: int | None, column: str, value: object, expected: Text, mend: Text | None = None) -> None:
        """Report a problem of one cell."""
        shown = None if value == "" else value
        self.findings.add(InputError(self.file, line, self.title(column), shown, expected, mend))

    def wrong_at(self, position: int, column: str, expected: Text, mend: Text | None = None) -> None:
        """Report a problem of the cell of a row by its position in the table."""
        self.wrong(self.table.lines[position], column, self.table.rows[position][self.places[column]], expected, mend)


class Row:
    """One row of a sheet; reading a cell reports what is wrong with it."""

    def __init__(self, sheet: Sheet, position: int) -> None:
        self.sheet, self.line, self.ok = sheet, sheet.table.lines[position], True
        self._places, self._cells = sheet.places, sheet.table.rows[position]

    def text(self, column: str) -> str:
        """Return the cell as it stands; empty when the file has no such column."""
        place = self._places.get(column)
        return "" if place is None else self._cells[place]

    def need(self, column: str, parse: Callable[[str], T]) -> T | None:
        """Return the parsed cell; None after a report when it is empty or wrong."""
        if not clean(self.text(column)):
            self.wrong(column, messages.FILLED)
            return None
        return self.maybe(column, parse, None)

    def maybe(self, column: str, parse: Callable[[str], T], default: D) -> T | D:
        """Return the parsed cell, `default` when it is empty; `default` after a report when it is wrong."""
        text = self.text(column)
        if not clean(text):
            return default
        try:
            return parse(text)
        except BadCell as bad:
            self.wrong(column, bad.expected, bad.mend)
            return default

    def wrong(self, column: str, expected: Text, mend: Text | None = None) -> None:
        """Report a problem of one cell of this row."""
        self.ok = False
        self.sheet.wrong(self.line, column, self.text(column), expected, mend)
