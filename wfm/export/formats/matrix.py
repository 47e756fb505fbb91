"""The month as a matrix: one row per agent, one column per day."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import pandas as pd

from wfm.domain.clock import dates
from wfm.domain.roster import State
from wfm.domain.text import Text
from wfm.export import messages
from wfm.export.base import PEOPLE, ExportFormat, Outgoing, write_csv

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from wfm.domain.roster import Assignment
    from wfm.domain.text import Locale

_OFF = {
    State.REST: messages.REST,
    State.STATUTORY_OFF: messages.STATUTORY_OFF,
    State.LEAVE: messages.LEAVE,
}


class Matrix(ExportFormat):
    """Agents by days: 工号, 姓名, 部门, 1 … 31, with a row of weekdays under the header; a cell is a shift code.

    One file per calendar month. Source: the sheet that common punch clocks export and import; the cells for days off
    are ours.
    """

    kind: ClassVar[str] = "matrix"
    phrase: ClassVar[Text] = Text(
        en="one CSV sheet per month, agents by days, as punch clocks read it",
        zh="每月一张 CSV 排班矩阵（人员 × 日期），适用于考勤机",
    )

    personal: ClassVar[tuple[str, ...]] = ("agent_id", "name", "team")

    def write(self, outgoing: Outgoing, folder: Path) -> Sequence[str]:
        """Write `matrix-YYYY-MM.csv` for each month of the period; return the names."""
        months: dict[str, list[date]] = {}
        for day in outgoing.plan.days:
            months.setdefault(f"matrix-{day:%Y-%m}.csv", []).append(day)
        for name, days in months.items():
            write_csv(matrix(outgoing, dates(days[0], days[-1])), folder / name, PEOPLE)
        return tuple(months)


def matrix(outgoing: Outgoing, days: Sequence[date]) -> pd.DataFrame:
    """Return agents by the given days of one month; the first row holds the weekdays."""
    plan, locale = outgoing.plan, outgoing.plan.settings.centre.locale
    head = [t.in_(locale) for t in (messages.AGENT_ID, messages.NAME, messages.TEAM)]
    weekdays = ["", "", "", *(messages.WEEKDAYS[d.weekday()].in_(locale) for d in days)]
    rows = [
        [a.agent_id, a.name, a.team, *(_cell(outgoing.roster.assignments[a.agent_id, d], locale) for d in days)]
        for a in plan.agents
    ]
    return pd.DataFrame([weekdays, *rows], columns=[*head, *(str(d.day) for d in days)], dtype=object)


def _cell(assignment: Assignment, locale: Locale) -> str:
    if assignment.shift is not None:
        return assignment.shift.code
    return "" if assignment.state is State.NOT_EMPLOYED else _OFF[assignment.state].in_(locale)
