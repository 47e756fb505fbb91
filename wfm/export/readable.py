"""Neutral tables for people: words in place of the codes of elements, units, leave and basis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from wfm.domain.text import Text
from wfm.domain.words import basis_text, leave_text, unit_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfm.export.base import Outgoing


def readable(table: pd.DataFrame, outgoing: Outgoing) -> pd.DataFrame:
    """Return a timesheet or a payroll whose codes are words in the language of the centre; empty cells stay empty."""
    locale = outgoing.plan.settings.centre.locale

    def leave(types: str) -> Text:
        kinds = [leave_text(kind) for kind in types.split(";")]
        return Text(en="; ".join(k.en for k in kinds), zh="、".join(k.zh for k in kinds))

    def element(code: str) -> Text:
        return outgoing.names.get(code, Text(en=code, zh=code))

    said: dict[str, Callable[[str], Text]] = {
        "element_code": element,
        "unit": unit_text,
        "basis": basis_text,
        "leave_type": leave,
    }
    found = table.copy()
    for name, text in said.items():
        if name in found:
            words = [text(code).in_(locale) if code else None for code in table[name]]
            found[name] = pd.Series(words, index=table.index, dtype=object)
    return found
