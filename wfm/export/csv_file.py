"""How a table becomes a CSV file: encoding, delimiter, decimal mark, date form, quotes, the formula guard."""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, ClassVar, Literal

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict

from wfm.domain.errors import InputError
from wfm.export.messages import CHOOSE_UTF8, HOLDS_TEXT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

Encoding = Literal["utf-8-sig", "utf-8", "utf-16", "gb18030", "gbk", "big5", "shift_jis", "cp1252", "ascii"]
DateForm = Literal["YYYY-MM-DD", "YYYY/MM/DD", "YYYYMMDD", "DD/MM/YYYY", "MM/DD/YYYY", "DD.MM.YYYY", "YYYY年MM月DD日"]

_CENT = Decimal("0.01")
_TRIGGER = re.compile("'*[=+\\-@\t\r＝＋－＠]")
_GUARDED = re.compile("''*[=+\\-@\t\r＝＋－＠]")


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

    Raises
    ------
    InputError
        With the first cell that the encoding cannot hold; nothing is written then.
    """
    cells = _Cells(options)
    rows = [[cells.text(name) for name in table.columns]]
    rows += ([cells.text(cell) for cell in row] for row in zip(*(table[name] for name in table.columns), strict=True))
    file = io.StringIO(newline="")
    form = csv.writer(
        file,
        delimiter=options.delimiter,
        lineterminator=options.line_end,
        quoting=csv.QUOTE_ALL if options.quote_all else csv.QUOTE_MINIMAL,
    )
    form.writerows(rows)
    try:
        data = file.getvalue().encode(options.encoding)
    except UnicodeEncodeError as error:
        raise _unwritable(path.name, rows, options.encoding) from error
    path.write_bytes(data)


def guard(text: str) -> str:
    """Return text that no spreadsheet takes for a formula: `'` before one that starts like a formula.

    Examples
    --------
    >>> guard("=1+1"), guard("Ann"), unguard(guard("=1+1"))
    ("'=1+1", 'Ann', '=1+1')
    """
    return "'" + text if _TRIGGER.match(text) else text


def unguard(text: str) -> str:
    """Return the text that was guarded; the inverse of `guard`."""
    return text[1:] if _GUARDED.match(text) else text


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
        self.guarded, self.mark, self.day = options.guard, options.decimal, pattern(options.date_format)

    def text(self, cell: object) -> str:
        """Return the text of a cell; empty when nothing is known."""
        if isinstance(cell, str):
            return guard(cell) if self.guarded else cell
        if cell is None or cell is pd.NA or cell is pd.NaT:
            return ""
        if isinstance(cell, bool | np.bool_):
            return "true" if cell else "false"
        if isinstance(cell, date):
            return self._time(cell)
        return _number(cell).replace(".", self.mark)

    def _time(self, cell: date) -> str:
        day = cell.strftime(self.day)
        if not isinstance(cell, datetime):
            return day
        time = cell.isoformat(timespec="seconds" if cell.second else "minutes").partition("T")[2]
        return f"{day}T{time}" if self.day == "%Y-%m-%d" else f"{day} {time}"


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
