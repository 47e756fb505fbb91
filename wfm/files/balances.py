"""What agents bring along from before the period: `balances.csv`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.domain.agents import Balance
from wfm.files import messages
from wfm.files.cells import BadCell, amount, clean, count, signed
from wfm.files.headers import Columns, spellings

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfm.files.people import Reader
    from wfm.files.tables import Row, Sheet, Table

LEFT = "leave_"
"""What the name of a column with days of leave begins with; in Chinese `剩余`."""
_PREFIXES = (LEFT, "剩余")
_FIGURES: dict[str, Callable[[str], float]] = {
    "cycle_hours": lambda text: float(amount(text)),
    "overtime_hours": lambda text: float(amount(text)),
    "toil_hours": lambda text: float(signed(text)),
    "nights": count,
}


def balance_columns(table: Table) -> Columns:
    """Return the columns of this file: ours, and one per kind of leave."""
    taken = set().union(*(spellings(column) for column in ("agent_id", *_FIGURES)))
    left = (name.strip() for name in table.header if _kind(name) and clean(name).casefold() not in taken)
    return Columns(("agent_id",), (*_FIGURES, *dict.fromkeys(left)))


def _kind(column: str) -> str:
    """Return the kind of leave that a column is about; empty when it is about something else."""
    name = clean(column)
    prefix = next((p for p in _PREFIXES if name.casefold().startswith(p)), name)
    return name[len(prefix) :].strip()


def read_balances(sheet: Sheet, reader: Reader) -> tuple[Balance, ...]:
    """Return one balance per agent in the order of the file.

    A figure whose column is there must be filled; an empty cell for days of leave means that they are not known.
    """
    kinds = _kinds(sheet, reader)
    lines: dict[str, int] = {}
    found = []
    for row in sheet:
        balance = _balance(row, reader, kinds)
        if balance is None:
            continue
        line = lines.setdefault(balance.agent_id, row.line)
        if line != row.line:
            row.wrong("agent_id", messages.ONE_BALANCE.fill(line=line))
        else:
            found.append(balance)
    return tuple(found)


def _kinds(sheet: Sheet, reader: Reader) -> dict[str, str]:
    """Return the kind of leave of each column; a kind that the settings do not name is a problem of the header."""
    kinds = {}
    for column in sheet.places:
        if column == "agent_id" or column in _FIGURES:
            continue
        try:
            kinds[column] = reader.names.leave_types(_kind(column))
        except BadCell as bad:
            sheet.wrong(sheet.table.header_line, column, _kind(column), bad.expected, bad.mend)
    return kinds


def _balance(row: Row, reader: Reader, kinds: dict[str, str]) -> Balance | None:
    figures = {name: row.need(name, parse) for name, parse in _FIGURES.items() if name in row.sheet}
    days = {kind: row.maybe(column, signed, None) for column, kind in kinds.items()}
    agent_id = row.need("agent_id", reader.agents)
    if not row.ok:
        return None
    left = {kind: float(n) for kind, n in days.items() if n is not None}
    return Balance.model_validate({"agent_id": agent_id, **figures, "leave_days": left})
