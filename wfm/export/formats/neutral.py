"""The neutral files: roster, timesheet and payroll as tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wfm.domain.text import Text
from wfm.export.base import PERSONAL, Column, ExportFormat, Outgoing, Personal
from wfm.export.columns import documented
from wfm.export.csv_file import CsvOptions, write_csv

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Neutral(CsvOptions, ExportFormat):
    """Roster, timesheet and payroll, one CSV file each, in the columns every other format is made from.

    The timesheet is written where hours may leave, the payroll where pay may.

    Source: our own columns; UTF-8 with a byte order mark and a formula guard, since people open them in a spreadsheet.
    """

    kind: ClassVar[str] = "neutral"
    phrase: ClassVar[Text] = Text(
        en="roster, timesheet and payroll as three CSV files", zh="排班表、工时表、薪资明细三个 CSV 文件"
    )
    personal: ClassVar[tuple[Personal, ...]] = PERSONAL
    columns: ClassVar[tuple[Column, ...]] = documented()

    def write(self, outgoing: Outgoing, folder: Path) -> Sequence[str]:
        """Write `roster.csv`, `timesheet.csv` and `payroll.csv`; return their names."""
        tables = {"roster.csv": outgoing.roster_table}
        if "hours" in self.allowed:
            tables["timesheet.csv"] = outgoing.timesheet
        if "pay" in self.allowed:
            tables["payroll.csv"] = outgoing.payroll
        for name, table in tables.items():
            write_csv(table, folder / name, self)
        return tuple(tables)
