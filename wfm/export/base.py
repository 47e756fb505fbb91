"""What every export shares: how a table becomes a CSV file, and the contract of a format."""

from __future__ import annotations

import csv
import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict

from wfm.domain.errors import SettingsError
from wfm.domain.registry import Registry
from wfm.domain.text import Text
from wfm.export.messages import DELIMITER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster

_TRIGGER = re.compile("'*[=+\\-@\t\r＝＋－＠]")
_GUARDED = re.compile("''*[=+\\-@\t\r＝＋－＠]")


@dataclass(frozen=True, slots=True)
class CsvProfile:
    """How a CSV file is written (RFC 4180 unless told otherwise).

    Attributes
    ----------
    encoding
        Python codec; `utf-8-sig` writes the byte order mark without which Excel shows Chinese as garbage.
    guard
        Whether text that a spreadsheet would take for a formula gets a leading `'`. It changes the value, so it is off
        for machines. Source: OWASP, CSV injection.
    """

    encoding: str = "utf-8-sig"
    delimiter: str = ","
    line_end: str = "\r\n"
    guard: bool = True

    def __post_init__(self) -> None:
        if len(self.delimiter) != 1:
            raise SettingsError(DELIMITER.fill(found=self.delimiter))


PEOPLE = CsvProfile()
"""For files that people open in a spreadsheet."""
MACHINE = CsvProfile(encoding="utf-8", guard=False)
"""For files that another system imports."""


def write_csv(table: pd.DataFrame, path: Path, profile: CsvProfile = PEOPLE) -> None:
    """Write the columns of a table, in their order, as a CSV file; the index is not written.

    Amounts and hours have two places, dates and instants are ISO 8601, nothing known is an empty field.
    """
    with path.open("w", encoding=profile.encoding, newline="") as file:
        writer = csv.writer(file, delimiter=profile.delimiter, lineterminator=profile.line_end)
        writer.writerow([_text(name, profile.guard) for name in table.columns])
        for row in zip(*(table[name] for name in table.columns), strict=True):
            writer.writerow([_text(cell, profile.guard) for cell in row])


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


def _text(cell: object, guarded: bool) -> str:
    if isinstance(cell, str):
        return guard(cell) if guarded else cell
    if cell is None or cell is pd.NA or cell is pd.NaT:
        return ""
    if isinstance(cell, bool | np.bool_):
        return "true" if cell else "false"
    if isinstance(cell, datetime | date):
        return _time(cell)
    return _number(cell)


def _time(cell: date) -> str:
    if not isinstance(cell, datetime):
        return cell.isoformat()
    return cell.isoformat(timespec="seconds" if cell.second else "minutes")


def _number(cell: object) -> str:
    if isinstance(cell, Decimal):
        return str(cell.quantize(Decimal("0.01"), ROUND_HALF_UP))
    if isinstance(cell, float | np.floating):
        return "" if np.isnan(cell) else _decimals(float(cell))
    if isinstance(cell, int | np.integer):
        return str(int(cell))
    raise TypeError(f"no CSV text for {type(cell).__name__}")


def _decimals(value: float) -> str:
    text = f"{value:.6f}"
    short = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if short == "-0" else short


PERSONAL = ("agent_id", "name", "team", "leave_type", "hours", "pay")
"""Kinds of personal data that a file can hold."""


@dataclass(frozen=True)
class Outgoing:
    """A finished roster with what belongs to it: what a format may write.

    Attributes
    ----------
    roster_table
        As made by `wfm.export.roster_table`.
    timesheet, payroll
        As made by payroll.
    """

    plan: Plan
    roster: Roster
    roster_table: pd.DataFrame
    timesheet: pd.DataFrame
    payroll: pd.DataFrame


class ExportFormat(BaseModel, ABC):
    """Base of every export: a subclass in `wfm/export/formats/<kind>.py` is one target system.

    Its fields are its options in `[export.<kind>]`; its docstring, its page in `docs/exports.md`, names the source of
    the columns and what is not known about the target system.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ClassVar[str]
    """Name in `[export] profiles`."""
    phrase: ClassVar[Text]
    """What it writes and for whom, in one line."""
    personal: ClassVar[tuple[str, ...]]
    """Personal data that its files hold, of `PERSONAL`; anything else about a person never leaves with it."""

    @abstractmethod
    def write(self, outgoing: Outgoing, folder: Path) -> Sequence[str]:
        """Write the files of this format into an existing folder; return their names."""


EXPORTS: Registry[ExportFormat] = Registry(ExportFormat, "wfm.export.formats", "wfm.exports")  # type: ignore[type-abstract]
"""Every export format by kind."""
