"""A sheet that another system exported, to be filled in and handed back: CSV or a workbook, the rest as it stood."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
import warnings
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from wfm.domain.errors import InputError
from wfm.domain.guard import unguard
from wfm.domain.text import Text
from wfm.export.messages import HOLDS_TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

A_SHEET = Text(
    en="a CSV file (UTF-8 or GB18030) or an .xlsx workbook", zh="CSV 文件（UTF-8 或 GB18030）或 .xlsx 工作簿"
)
NOT_MERGED = Text(en="a cell of its own, not merged with others", zh="未与其他单元格合并的单元格")
SAVE_AS = Text(en="save it again as .xlsx or CSV", zh="请另存为 .xlsx 或 CSV")
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first time that a ZIP archive can hold."""
_WORKBOOK, _OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class Sheet(Protocol):
    """A sheet in memory; rows and columns are counted from 0."""

    @property
    def rows(self) -> Sequence[Sequence[object]]:
        """The cells as they stand: text, in a workbook also numbers and dates, None where empty."""

    def put(self, row: int, column: int, text: str) -> None:
        """Put text into a cell."""

    def save(self, path: Path) -> None:
        """Write the sheet in the form in which it came."""


def read_sheet(path: Path) -> Sheet:
    """Return the sheet of a file: by its content, whatever its ending.

    Raises
    ------
    InputError
        When it is neither text nor a workbook.
    """
    data = path.read_bytes()
    if data.startswith(_OLD_WORKBOOK):
        raise InputError(path.name, None, None, None, A_SHEET, SAVE_AS)
    return (_WorkbookSheet if data.startswith(_WORKBOOK) else _CsvSheet)(path.name, data)


def cell_text(value: object) -> str:
    """Return the text of a cell as it is compared: trimmed, full-width forms made plain, a formula guard taken off.

    Examples
    --------
    >>> cell_text(" ００７ "), cell_text(7.0), cell_text(None)
    ('007', '7', '')
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date() if value.time() == value.min.time() else value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = value.isoformat() if isinstance(value, date) else str(value)
    return unicodedata.normalize("NFKC", unguard(text)).strip()


class _CsvSheet:
    """A CSV file; it is saved in its own encoding, with its own delimiter and line ends."""

    def __init__(self, file: str, data: bytes) -> None:
        self._encoding = _encoding(file, data)
        text = data.decode(self._encoding)
        self._delimiter = max(",;\t", key=text.count)
        self._line_end = "\r\n" if "\r\n" in text else "\n"
        try:
            self.rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=self._delimiter))
        except csv.Error as error:
            raise InputError(file, None, None, None, A_SHEET, SAVE_AS) from error

    def put(self, row: int, column: int, text: str) -> None:
        cells = self.rows[row]
        cells += [""] * (column + 1 - len(cells))
        cells[column] = text

    def save(self, path: Path) -> None:
        with path.open("w", encoding=self._encoding, newline="") as file:
            csv.writer(file, delimiter=self._delimiter, lineterminator=self._line_end).writerows(self.rows)


def _encoding(file: str, data: bytes) -> str:
    if data.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    for name in ("utf-8", "gb18030"):
        try:
            data.decode(name)
        except UnicodeDecodeError:
            continue
        return name
    raise InputError(file, None, None, None, A_SHEET, SAVE_AS)


class _WorkbookSheet:
    """The sheet of a workbook that was open when it was saved; formats, widths and other sheets stay."""

    def __init__(self, file: str, data: bytes) -> None:
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import IllegalCharacterError

        self._file, self._refusal = file, IllegalCharacterError
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            try:
                self._workbook: Any = load_workbook(io.BytesIO(data))
            except (BadZipFile, KeyError, ValueError, OSError) as error:
                raise InputError(file, None, None, None, A_SHEET, SAVE_AS) from error
        self._sheet = self._workbook.active
        self.rows = list(self._sheet.values)

    def put(self, row: int, column: int, text: str) -> None:
        cell = self._sheet.cell(row + 1, column + 1)
        if cell.coordinate in self._sheet.merged_cells:
            raise InputError(self._file, row + 1, cell.coordinate, None, NOT_MERGED)
        try:
            cell.value, cell.data_type = text, "s"
        except self._refusal as error:
            expected = HOLDS_TEXT.fill(encoding="xlsx")
            raise InputError(self._file, row + 1, cell.coordinate, text, expected) from error

    def save(self, path: Path) -> None:
        known = self._workbook.properties
        save_workbook(self._workbook, path, known.modified or known.created)


def save_workbook(
    workbook: Any, path: Path, moment: datetime, parts: Mapping[str, Callable[[bytes], bytes]] | None = None
) -> None:
    """Write a workbook; equal contents give equal bytes, since every time in the file is `moment` or none.

    Parameters
    ----------
    parts
        What to make of parts of the archive, by name.
    """
    raw = io.BytesIO()
    workbook.save(raw)
    stamp = rf"\g<1>{moment:%Y-%m-%dT%H:%M:%SZ}".encode()
    with ZipFile(raw) as old, ZipFile(path, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", stamp, data)
            if parts and entry.filename in parts:
                data = parts[entry.filename](data)
            new.writestr(ZipInfo(entry.filename, _EARLIEST), data, ZIP_DEFLATED)
