"""Money per agent: `pay.csv`, kept apart for privacy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from wfm.files import messages
from wfm.files.cells import amount, clean, is_number, signed
from wfm.files.headers import Columns, spellings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from wfm.files.people import Reader
    from wfm.files.tables import Sheet, Table

_OURS: Mapping[str, Callable[[str], Decimal]] = {
    "base": amount,
    "performance": amount,
    "hourly": amount,
    "calls": amount,
    "bonus": amount,
    "penalty": signed,
}


def pay_columns(table: Table) -> Columns:
    """Return the columns of this pay file: ours, and every other one under its own name."""
    taken = set().union(*(spellings(column) for column in ("agent_id", *_OURS)))
    return Columns(
        ("agent_id",), (*_OURS, *(n.strip() for n in table.header if n.strip() and clean(n).casefold() not in taken))
    )


def read_pay(sheet: Sheet, reader: Reader) -> pd.DataFrame:
    """Return figures as `Decimal` (None where empty), indexed by `agent_id`.

    A column has figures when it is ours or when at least one of its cells is a number; other columns are ignored. A
    penalty and columns that are not ours may be negative; what a pay element then makes of them, it says itself.
    `attrs["lines"]` has the line of each agent, so that what is refused later is found in the file.
    """
    columns = [c for c in sheet.places if c in _OURS or (c != "agent_id" and _has_numbers(sheet, c))]
    lines: dict[str, int] = {}
    index, rows = [], []
    for row in sheet:
        agent_id = row.need("agent_id", reader.agents)
        if agent_id is not None and lines.setdefault(agent_id, row.line) != row.line:
            row.wrong("agent_id", messages.ONE_PAY_ROW.fill(line=lines[agent_id]))
        amounts = [row.maybe(column, _unless_nan(_OURS.get(column, signed)), None) for column in columns]
        if row.ok:
            index.append(agent_id)
            rows.append(amounts)
    table = pd.DataFrame(rows, columns=columns, index=pd.Index(index, name="agent_id", dtype=object), dtype=object)
    table.attrs["lines"] = lines
    return table


def _unless_nan(parse: Callable[[str], Decimal]) -> Callable[[str], Decimal | None]:
    return lambda text: None if clean(text).lower() == "nan" else parse(text)


def _has_numbers(sheet: Sheet, column: str) -> bool:
    return any(is_number(row.text(column)) for row in sheet)
