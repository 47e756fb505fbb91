"""Totals of the pay lines and of the timesheet, exact in `Decimal`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class PayTotal:
    """Pay lines that have the same key."""

    key: tuple[str, ...]
    lines: int
    agents: int
    quantity: Decimal
    amount: Decimal | None
    """Sum of the amounts that are known; None when none is."""
    missing: int
    """Lines without an amount."""


def known(values: pd.Series) -> list[Decimal]:
    """Return the figures of a column that are there, as `Decimal`."""
    return [Decimal(str(value)) for value in values if not pd.isna(value) and value != ""]


def totals(payroll: pd.DataFrame, keys: Sequence[str]) -> tuple[PayTotal, ...]:
    """Return the totals per distinct value of the key columns, sorted by them."""
    return tuple(
        _total(tuple(str(part) for part in key), lines)
        for key, lines in payroll.groupby(list(keys), sort=True, dropna=False)
    )


def _total(key: tuple[str, ...], lines: pd.DataFrame) -> PayTotal:
    amounts = known(lines["amount"])
    return PayTotal(
        key=key,
        lines=len(lines),
        agents=int(lines["agent_id"].nunique()),
        quantity=sum(known(lines["quantity"]), Decimal(0)),
        amount=sum(amounts, Decimal(0)) if amounts else None,
        missing=len(lines) - len(amounts),
    )


def column_totals(timesheet: pd.DataFrame, columns: Sequence[str]) -> dict[str, Decimal]:
    """Return the sum of each column of the timesheet that holds a figure; the others are left out."""
    figures = {name: known(timesheet[name]) for name in columns if name in timesheet}
    return {name: sum(values, Decimal(0)) for name, values in figures.items() if values}
