"""Contacts checked: `quality.csv`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from wfm.files import messages
from wfm.files.cells import count
from wfm.files.headers import Columns

if TYPE_CHECKING:
    from datetime import date

    from wfm.files.people import Reader
    from wfm.files.tables import Sheet

QUALITY = Columns(("agent_id", "date", "checked", "failed"))


def read_quality(sheet: Sheet, reader: Reader) -> pd.DataFrame:
    """Return `agent_id`, `date`, `checked` and `failed`, one row per agent and date of the period, as in the file."""
    lines: dict[tuple[str | None, date | None], int] = {}
    rows, outside = [], 0
    for row in sheet:
        agent_id, day = row.need("agent_id", reader.agents), row.need("date", reader.day)
        checked, failed = row.need("checked", count), row.need("failed", count)
        if checked is not None and failed is not None and failed > checked:
            row.wrong("failed", messages.FAILED_OF_CHECKED.fill(checked=checked))
        if agent_id is not None and day is not None and lines.setdefault((agent_id, day), row.line) != row.line:
            row.wrong("date", messages.ONE_CHECK.fill(line=lines[agent_id, day]))
        if not row.ok:
            continue
        if day is not None and reader.inside(day):
            rows.append((agent_id, day, checked, failed))
        else:
            outside += 1
    if outside:
        sheet.findings.note(messages.OUTSIDE_CHECKS, count=outside)
    return pd.DataFrame(rows, columns=list(QUALITY.needed), dtype=object)
