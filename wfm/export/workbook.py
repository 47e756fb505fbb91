"""A workbook of many rows: openpyxl makes looks, panes and pages, the rows are written as text: ten times as fast."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from wfm.domain.errors import InputError
from wfm.domain.guard import guard
from wfm.export.messages import HOLDS_TEXT
from wfm.export.sheets import save_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from wfm.export.looks import Look

_LINE = Side(style="thin", color="D9DEE5")
_BORDER = Border(_LINE, _LINE, _LINE, _LINE)
_ROWS = re.compile(rb"<sheetData>.*</sheetData>", re.DOTALL)
_SIZE = re.compile(rb'<dimension ref="[^"]*"')
ROW_HEIGHT = 18
"""Of a line, in points."""
PAPERS = {"A4": 9, "A3": 8}
"""Numbers of paper sizes."""


class Book:
    """A workbook whose sheets are filled from the top."""

    def __init__(self, font: str, paper: str) -> None:
        self._book, self._font, self._paper = Workbook(), font, PAPERS[paper]
        self._book.remove(self._book.active)
        self._sheets: list[Sheet] = []
        self._styles: dict[Look, int] = {}

    def sheet(self, title: str, widths: Sequence[float], *, frozen: str, page_title: str) -> Sheet:
        """Return a new sheet; its print is landscape, as wide as the page, with a title on every page.

        Parameters
        ----------
        widths
            Of the columns, in characters.
        frozen
            First cell that scrolls; rows above it are printed on every page.
        """
        sheet = self._book.create_sheet(title)
        for number, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.freeze_panes = frozen
        sheet.sheet_view.showGridLines = False
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        setup, margins = sheet.page_setup, sheet.page_margins
        setup.orientation, setup.paperSize, setup.fitToWidth, setup.fitToHeight = "landscape", self._paper, 1, 0
        margins.left = margins.right = 0.3
        sheet.print_options.horizontalCentered = True
        sheet.print_title_rows = f"1:{int(re.sub('[A-Z]', '', frozen)) - 1}"
        sheet.oddHeader.center.text = "&B" + page_title.replace("&", "&&")
        sheet.oddFooter.center.text = "&P / &N"
        self._sheets.append(Sheet(self, sheet, len(widths)))
        return self._sheets[-1]

    def style(self, sheet: Any, look: Look) -> int:
        """Return the number of a look in the workbook."""
        if look not in self._styles:
            cell = sheet.cell(1, len(self._styles) + 1)  # one each: openpyxl keeps the style of a cell, not a copy
            cell.font = Font(name=self._font, size=10, bold=look.bold, color=look.ink)
            cell.alignment = Alignment(
                look.across, "center", indent=0 if look.across == "center" else 1, wrap_text=look.wrapped
            )
            cell.border, cell.number_format, cell.quotePrefix = _BORDER, look.form, look.quoted
            cell.fill = PatternFill("solid", fgColor=look.fill) if look.fill else PatternFill()
            self._styles[look] = cell.style_id
        return self._styles[look]

    def save(self, path: Path, moment: datetime) -> None:
        """Write the workbook; equal contents give equal bytes, since every time in the file is `moment`."""
        self._book.properties.creator, self._book.properties.created = "wfm", moment
        parts = {f"xl/worksheets/sheet{number}.xml": sheet.filled for number, sheet in enumerate(self._sheets, 1)}
        save_workbook(self._book, path, moment, parts)


class Sheet:
    """One sheet; its cells have borders, and no text in it is a formula."""

    def __init__(self, book: Book, sheet: Any, columns: int) -> None:
        self._book, self._sheet = book, sheet
        self._letters = [get_column_letter(n) for n in range(1, columns + 1)]
        self._rows: list[str] = []

    def row(self, cells: Iterable[tuple[object, Look]], *, lines: int = 1) -> None:
        """Write the next row: values with their looks, so many lines high; None is an empty cell."""
        number = len(self._rows) + 1
        row = "".join(self._cell(f"{letter}{number}", *cell) for letter, cell in zip(self._letters, cells, strict=True))
        self._rows.append(f'<row r="{number}" ht="{ROW_HEIGHT * lines}" customHeight="1">{row}</row>')

    def filter(self) -> None:
        """Put filter buttons on the first row, once the table is whole."""
        self._sheet.auto_filter.ref = self._size

    def filled(self, data: bytes) -> bytes:
        """Return the sheet's part of the archive with its rows."""
        rows = "".join(["<sheetData>", *self._rows, "</sheetData>"]).encode()
        return _ROWS.sub(lambda _: rows, _SIZE.sub(f'<dimension ref="{self._size}"'.encode(), data, count=1), count=1)

    @property
    def _size(self) -> str:
        return f"A1:{self._letters[-1]}{len(self._rows)}"

    def _cell(self, place: str, value: object, look: Look) -> str:
        if isinstance(value, str) and value:
            style = self._book.style(self._sheet, look if guard(value) == value else replace(look, quoted=True))
            return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{_text(value)}</t></is></c>'
        style = self._book.style(self._sheet, look)
        if value is None or value == "":
            return f'<c r="{place}" s="{style}"/>'
        return f'<c r="{place}" s="{style}"><v>{to_excel(value) if isinstance(value, date) else value}</v></c>'


def _text(value: str) -> str:
    if ILLEGAL_CHARACTERS_RE.search(value):
        raise InputError("xlsx", None, None, value, HOLDS_TEXT.fill(encoding="xlsx"))
    return escape(value, {"\r": "&#13;"})
