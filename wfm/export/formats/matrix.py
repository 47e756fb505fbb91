"""The month as a matrix: one row per agent, one column per day."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from wfm.domain.roster import State
from wfm.domain.text import Text
from wfm.export import messages
from wfm.export.base import Column, ExportFormat, Outgoing, Personal
from wfm.export.csv_file import CsvOptions, write_csv

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from wfm.domain.roster import Assignment
    from wfm.domain.text import Locale

HEAD = {"agent_id": messages.AGENT_ID, "name": messages.NAME, "team": messages.TEAM}
"""Columns before the days."""
OFF = {
    State.REST: messages.REST,
    State.STATUTORY_OFF: messages.STATUTORY_OFF,
    State.LEAVE: messages.LEAVE,
}
"""What a day off says; a day outside employment says nothing."""


class Matrix(CsvOptions, ExportFormat):
    """Agents by days: 工号, 姓名, 部门, 1 … 31, with a row of weekdays under the header; a cell is a shift code.

    One file per calendar month. A day off says 休 (rest), 法定 (statutory day off) or 请假 (leave), in English `off`,
    `holiday` and `leave`; a day outside employment is empty.

    Source: the sheet that common punch clocks export and import; the words for days off are ours.
    """

    kind: ClassVar[str] = "matrix"
    phrase: ClassVar[Text] = Text(
        en="one CSV sheet per month, agents by days, for people", zh="每月一张 CSV 排班矩阵（人员 × 日期），供人查看"
    )
    personal: ClassVar[tuple[Personal, ...]] = ("agent_id", "name", "team")
    columns: ClassVar[tuple[Column, ...]] = (
        *(Column(text.zh, text, f"agents.csv: {name}") for name, text in HEAD.items()),
        Column("1 … 31", messages.DAY_CELL, "the roster"),
    )
    not_known: ClassVar[Text | None] = Text(
        en="which words a given HR system takes for rest and leave; where it wants others, use `mapping` or its own "
        "profile",
        zh="各人事系统用何字样表示休息与请假并不统一；如要求不同，请改用 mapping 或该系统的专用格式",
    )

    def write(self, outgoing: Outgoing, folder: Path) -> Sequence[str]:
        """Write `matrix-YYYY-MM.csv` for each month of the period; return the names."""
        files = {f"matrix-{month}.csv": days for month, days in months(outgoing).items()}
        for name, days in files.items():
            write_csv(matrix(outgoing, days), folder / name, self)
        return tuple(files)


def months(outgoing: Outgoing) -> Mapping[str, Sequence[date]]:
    """Return the days of the period by calendar month, `YYYY-MM`."""
    found: dict[str, list[date]] = {}
    for day in outgoing.plan.days:
        found.setdefault(f"{day:%Y-%m}", []).append(day)
    return found


def matrix(outgoing: Outgoing, days: Sequence[date]) -> pd.DataFrame:
    """Return agents by the given days of one month; the first row holds the weekdays."""
    plan, locale = outgoing.plan, outgoing.plan.settings.centre.locale
    head = [text.in_(locale) for text in HEAD.values()]
    weekdays = ["", "", "", *(messages.WEEKDAYS[d.weekday()].in_(locale) for d in days)]
    rows = [
        [a.agent_id, a.name, a.team, *(cell_text(outgoing.roster.assignments[a.agent_id, d], locale) for d in days)]
        for a in plan.agents
    ]
    return pd.DataFrame([weekdays, *rows], columns=[*head, *(str(d.day) for d in days)], dtype=object)


def cell_text(assignment: Assignment, locale: Locale) -> str:
    """Return what a cell of the matrix says: the code of the shift, or a word for the day off."""
    if assignment.shift is not None:
        return assignment.shift.code
    return OFF[assignment.state].in_(locale) if assignment.state in OFF else ""
