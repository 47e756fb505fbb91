"""`swaps.csv` beside the plan: read with the position of every problem, replaced in one step."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

import pandas as pd

from wfm.export import write_csv
from wfm.files.cells import choice, clean, day_parser, instant_of, label, moment_parser
from wfm.files.findings import Findings
from wfm.files.headers import Columns, bind
from wfm.files.tables import load_table
from wfm.records import swap_messages as m
from wfm.records.swaps import Register, Status, Swap, SwapRefused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from wfm.domain.settings import Settings
    from wfm.files.tables import Row, Sheet

NAME = "swaps.csv"
COLUMNS = tuple(Swap.model_fields)
NEEDED = ("swap_id", "status", "proposer", "proposer_date", "partner", "partner_date", "proposed_at")
OTHERS = tuple(name for name in COLUMNS if name not in NEEDED)
DECISION = {"approved": ("approver", "decided_at", "roster_version"), "rejected": ("approver", "decided_at", "reason")}
"""What a decided swap has to say."""


@dataclass(frozen=True)
class SwapFile:
    """The register as it was read, so that nobody's change in the meantime is lost."""

    path: Path
    data: bytes | None
    """None when there was no file."""
    register: Register

    def refuse_moved(self) -> None:
        """Raise `SwapRefused` when the file is no longer the one that was read."""
        if _data(self.path) != self.data:
            raise SwapRefused([m.MOVED.fill(file=NAME)])

    def refuse_locked(self) -> None:
        """Raise `SwapRefused` when the file cannot be written, for instance because a spreadsheet holds it open."""
        try:
            if self.data is not None:
                self.path.open("rb+").close()
        except OSError as error:
            raise SwapRefused([m.LOCKED.fill(file=NAME, reason=error.strerror)]) from error

    def save(self, register: Register) -> None:
        """Replace the file by a register; raises `SwapRefused` when it was changed in the meantime or is locked."""
        self.refuse_moved()
        self.refuse_locked()
        self.replace(register)

    def replace(self, register: Register) -> None:
        """Replace the file by a register in one step."""
        new = self.path.with_name(f"{NAME}.tmp")
        write_csv(_table(register), new)
        with new.open("rb+") as file:
            os.fsync(file.fileno())
        new.replace(self.path)


def read_swaps(folder: Path, settings: Settings, facts: Mapping[str, Any] | None) -> SwapFile:
    """Return the register of a folder, empty when there is none, as the published roster bears it out.

    Parameters
    ----------
    facts
        The manifest of the published roster; None when there is none.

    Raises
    ------
    InputErrors
        With every problem of the file.
    """
    path = folder / NAME
    data = _data(path)
    findings = Findings()
    table = None if data is None else load_table(path, findings)
    sheet = None if table is None else bind(table, Columns(NEEDED, OTHERS), findings)
    register = Register() if sheet is None else _Rows(sheet, settings).register()
    findings.raise_if_any()
    if facts is None:
        return SwapFile(path, data, register)
    first, last = (date.fromisoformat(day) for day in facts["period"])
    return SwapFile(path, data, register.confirmed(made_swaps(facts), first, last))


def made_swaps(facts: Mapping[str, Any]) -> list[Swap]:
    """Return the swaps that a published roster holds, from its manifest."""
    return [Swap.model_validate(swap) for swap in facts.get("swaps", ())]


def _data(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _table(register: Register) -> pd.DataFrame:
    """Return one row per swap: our columns, then those that the user added."""
    own = list(dict.fromkeys(name for notes in register.notes.values() for name in notes))
    rows = [
        [*dict(swap).values(), *(register.notes.get(swap.swap_id, {}).get(name) for name in own)]
        for swap in register.swaps.values()
    ]
    return pd.DataFrame(rows, columns=[*COLUMNS, *own], dtype=object)


class _Rows:
    """The rows of `swaps.csv`."""

    def __init__(self, sheet: Sheet, settings: Settings) -> None:
        self.sheet = sheet
        moment, zone = moment_parser(settings.history.day_first), settings.centre.zone

        def at(text: str) -> datetime:
            return instant_of(moment(text), zone).astimezone(zone)

        words = {word: status for status in get_args(Status) for word in (status, m.STATUS[status].zh)}
        day = day_parser(settings.history.day_first)
        self.parsers: dict[str, Callable[[str], Any]] = {
            **dict.fromkeys(COLUMNS, _free),
            **dict.fromkeys(("swap_id", "proposer", "partner"), clean),
            **dict.fromkeys(("proposer_date", "partner_date"), day),
            **dict.fromkeys(("proposed_at", "agreed_at", "decided_at"), at),
            "status": choice(words),
        }

    def register(self) -> Register:
        """Return the swaps; every problem is reported."""
        own = {n: name for n, name in enumerate(self.sheet.table.header) if n not in self.sheet.places.values()}
        lines: dict[str, int] = {}
        swaps: dict[str, Swap] = {}
        notes: dict[str, dict[str, str]] = {}
        for row, cells in zip(self.sheet, self.sheet.table.rows, strict=True):
            swap = self._swap(row)
            if swap is None:
                continue
            line = lines.setdefault(swap.swap_id, row.line)
            if line != row.line:
                row.wrong("swap_id", m.OWN_ID.fill(line=line))
            swaps[swap.swap_id] = swap
            notes[swap.swap_id] = {name: label(cells[n]) for n, name in own.items()}
        return Register(swaps, notes)

    def _swap(self, row: Row) -> Swap | None:
        found: dict[str, Any] = {}
        for name, parse in self.parsers.items():
            if name in NEEDED:
                found[name] = row.need(name, parse)
            else:
                found[name] = row.maybe(name, parse, Swap.model_fields[name].default)
        for name in DECISION.get(found["status"], ()):
            if not clean(row.text(name)):
                row.wrong(name, m.DECISION.fill(status=m.STATUS[found["status"]]))
        return Swap(**found) if row.ok else None


def _free(text: str) -> str:
    return label(text).strip()
