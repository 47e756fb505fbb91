"""The neutral files: roster, timesheet and payroll as tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wfm.domain.text import Text
from wfm.export.base import PEOPLE, ExportFormat, Outgoing, write_csv

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Neutral(ExportFormat):
    """Roster, timesheet and payroll, one CSV file each, in the columns every other format is made from.

    Source: our own columns; UTF-8 with a byte order mark and a formula guard, since people open them in a spreadsheet.
    """

    kind: ClassVar[str] = "neutral"
    phrase: ClassVar[Text] = Text(
        en="roster, timesheet and payroll as three CSV files", zh="排班表、工时表、薪资明细三个 CSV 文件"
    )

    personal: ClassVar[tuple[str, ...]] = ("agent_id", "name", "team", "leave_type", "hours", "pay")

    def write(self, outgoing: Outgoing, folder: Path) -> Sequence[str]:
        """Write `roster.csv`, `timesheet.csv` and `payroll.csv`; return their names."""
        tables = {
            "roster.csv": outgoing.roster_table,
            "timesheet.csv": outgoing.timesheet,
            "payroll.csv": outgoing.payroll,
        }
        for name, table in tables.items():
            write_csv(table, folder / name, PEOPLE)
        return tuple(tables)
