"""How a table becomes a CSV file: encoding, delimiter, decimal mark, date form, quotes, the formula guard."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict

from wfm.domain.errors import InputError
from wfm.domain.guard import guard
from wfm.export.messages import CHOOSE_UTF8, HOLDS_TEXT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

Encoding = Literal["utf-8-sig", "utf-8", "utf-16", "gb18030", "gbk", "big5", "shift_jis", "cp1252", "ascii"]
DateForm = Literal["YYYY-MM-DD", "YYYY/MM/DD", "YYYYMMDD", "DD/MM/YYYY", "MM/DD/YYYY", "DD.MM.YYYY", "YYYY年MM月DD日"]

ISO_DAY = "%Y-%m-%d"
_CENT = Decimal("0.01")


class CsvOptions(BaseModel):
    """How a CSV file is written (RFC 4180 unless told otherwise); a format that writes CSV inherits these options.

    The defaults are for people, who open the file in a spreadsheet.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    line_end: ClassVar[str] = "\r\n"

    encoding: Encoding = "utf-8-sig"
    """`utf-8-sig` has the byte order mark without which Excel shows Chinese as garbage; `gb18030` is for old Excel."""
    delimiter: Literal[",", ";", "\t", "|"] = ","
    """Between two fields."""
    decimal: Literal[".", ","] = "."
    """Decimal mark of hours, rates and amounts."""
    date_format: DateForm = "YYYY-MM-DD"
    """How a date is written, also in front of a time."""
    guard: bool = True
    """Whether text that a spreadsheet would take for a formula gets a leading `'`. It changes the value, so it is off
    for machines. Source: OWASP, CSV injection."""
    quote_all: bool = False
    """Whether every field stands in quotes; else only those that need them."""


class MachineCsv(CsvOptions):
    """The same options, their defaults for files that another system imports: no byte order mark, no guard."""

    encoding: Encoding = "utf-8"
    guard: bool = False


PEOPLE = CsvOptions()
"""For files that people open in a spreadsheet."""
MACHINE = MachineCsv()
"""For files that another system imports."""


def write_csv(table: pd.DataFrame, path: Path, options: CsvOptions = PEOPLE) -> None:
    """Write the columns of a table, in their order, as a CSV file; the index is not written.

    Amounts and hours have two places, instants are ISO 8601 but for the date form, nothing known is an empty field.
    A field with a semicolon or a tab stands in quotes too: LibreOffice takes both for separators unless told otherwise.

    Raises
    ------
    InputError
        With the first cell that the encoding cannot hold; nothing is written then.
    """
    cells = _Cells(options)
    rows = list(zip(*([cells.text(name), *cells.column(table[name])] for name in table.columns), strict=True))
    field = cache(cells.field)
    lines = (options.delimiter.join(map(field, row)) or '""' for row in rows)
    try:
        data = "".join(line + options.line_end for line in lines).encode(options.encoding)
    except UnicodeEncodeError as error:
        raise _unwritable(path.name, rows, options.encoding) from error
    path.write_bytes(data)


def pattern(form: DateForm) -> str:
    """Return a date form as `strftime` takes it.

    Examples
    --------
    >>> pattern("DD.MM.YYYY")
    '%d.%m.%Y'
    """
    return form.replace("YYYY", "%Y").replace("MM", "%m").replace("DD", "%d")


def _unwritable(file: str, rows: Sequence[Sequence[str]], encoding: str) -> InputError:
    for number, row in enumerate(rows, 1):
        for name, text in zip(rows[0], row, strict=True):
            try:
                text.encode(encoding)
            except UnicodeEncodeError:
                return InputError(file, number, name, text, HOLDS_TEXT.fill(encoding=encoding), CHOOSE_UTF8)
    raise AssertionError("every cell can be written, but not the file")


class _Cells:
    """The text of a cell by the options of a file."""

    def __init__(self, options: CsvOptions) -> None:
        self.word: Callable[[str], str] = cache(guard) if options.guard else str
        self.mark, self.day = options.decimal, pattern(options.date_format)
        self.plain = re.compile("(?!)" if options.quote_all else f'[^"\r\n;\t{options.delimiter}]*')

    def column(self, values: Iterable[object]) -> list[str]:
        """Return the texts of a column; an object that stands there again and again is put into text once."""
        cells = list(values)
        texts = {id(cell): self.text(cell) for cell in {id(cell): cell for cell in cells}.values()}
        return [texts[id(cell)] for cell in cells]

    def text(self, cell: object) -> str:
        """Return the text of a cell; empty when nothing is known."""
        if isinstance(cell, str):
            return self.word(cell)
        if cell is None or cell is pd.NA or cell is pd.NaT:
            return ""
        if isinstance(cell, bool | np.bool_):
            return "true" if cell else "false"
        if isinstance(cell, date):
            return self._time(cell)
        return _number(cell).replace(".", self.mark)

    def field(self, text: str) -> str:
        """Return a text as it stands between two delimiters: in quotes, unless it is plain."""
        return text if self.plain.fullmatch(text) else '"' + text.replace('"', '""') + '"'

    def _time(self, cell: date) -> str:
        iso = cell.isoformat(timespec=_precision(cell)) if isinstance(cell, datetime) else cell.isoformat()
        if self.day == ISO_DAY:
            return iso
        return f"{cell.strftime(self.day)} {iso.partition('T')[2]}".rstrip()


def _precision(cell: datetime) -> str:
    return "seconds" if cell.second else "minutes"


def _number(cell: object) -> str:
    if isinstance(cell, Decimal):
        return str(cell.quantize(_CENT, ROUND_HALF_UP))
    if isinstance(cell, float | np.floating):
        return "" if np.isnan(cell) else _decimals(float(cell))
    if isinstance(cell, int | np.integer):
        return str(int(cell))
    raise TypeError(f"no CSV text for {type(cell).__name__}")


def _decimals(value: float) -> str:
    text = f"{value:.6f}"
    short = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if short == "-0" else short
