"""The roster sheet of common punch clocks (考勤机排班信息表)."""

from __future__ import annotations

from calendar import monthrange
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import pandas as pd
from pydantic import Field

from wfm.domain.clock import dates
from wfm.domain.roster import State
from wfm.domain.text import Text
from wfm.export.base import Column, ExportFormat, Outgoing, Personal
from wfm.export.cells import by_month
from wfm.export.csv_file import CsvOptions, Encoding, write_csv
from wfm.export.ids import shift_problems

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from wfm.domain.errors import InputError
    from wfm.domain.roster import Assignment
    from wfm.domain.settings import Settings

HEAD = ("工号", "姓名", "所属部门")
WEEKDAYS = "一二三四五六日"
LEAVE = 25
TAKEN = Text(
    en="a shift number of its own: 25 means leave and 26 a business trip",
    zh="其他班次号：25 表示请假，26 表示出差",
)


class Punchclock(ExportFormat, CsvOptions):
    """工号, 姓名, 所属部门, 1 … 31, a row of weekdays under the header; a cell is the clock's shift number.

    One file per calendar month, with every day of the month; days outside the period or the employment are empty, like
    days off. Leave is 25; we know no business trips (26). The file has the encoding of old Chinese devices and no
    formula guard, since the device matches the text of names.

    Source: https://pastebin.com/KVyEcRA3, the export of one device.
    """

    kind: ClassVar[str] = "punchclock_matrix"
    phrase: ClassVar[Text] = Text(
        en="punch clocks: one sheet per month, agents by days, cells are shift numbers",
        zh="考勤机：每月一张排班信息表（人员 × 日期），单元格为班次号",
    )
    personal: ClassVar[tuple[Personal, ...]] = ("agent_id", "name", "team")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("工号", Text(en="agent id", zh="工号"), "agent_id"),
        Column("姓名", Text(en="name", zh="姓名"), "name"),
        Column("所属部门", Text(en="team", zh="部门"), "team"),
        Column(
            "1 … 31",
            Text(
                en="shift number, 25 on leave, empty when off; weekdays in the first row",
                zh="班次号；25 为请假，空白为休息；首行为星期",
            ),
            "option numbers, state",
        ),
    )
    not_known: ClassVar[Text | None] = Text(
        en="Whether other devices use the same header and numbers: it was seen on one. Whether yours wants a workbook.",
        zh="其他型号是否使用相同表头与编号（仅见过一种设备的导出文件）；您的设备是否要求 Excel 工作簿。",
    )
    example: ClassVar[Mapping[str, Any]] = {"numbers": {"D8": 1, "N20": 2}}

    encoding: Encoding = "gb18030"
    """As old Chinese devices read it; `utf-8-sig` for newer ones."""
    guard: bool = False
    """Whether text that a spreadsheet would take for a formula gets a leading `'`."""
    numbers: dict[str, Annotated[int, Field(ge=1)]]
    """The clock's number of every shift, by our code."""

    def problems(self, settings: Settings) -> list[InputError]:
        """Return what is wrong with the options: a shift without a number, a number that means something else."""
        found = super().problems(settings) + shift_problems(self, "numbers", self.numbers, settings)
        return found + [self.wrong(f"numbers.{code}", n, TAKEN) for code, n in self.numbers.items() if n in (25, 26)]

    def write(self, outgoing: Outgoing, folder: Path) -> Sequence[str]:
        """Write `punchclock-YYYY-MM.csv` for each month of the period; return the names."""
        names = []
        for first in by_month(outgoing.plan.days):
            names.append(f"punchclock-{first:%Y-%m}.csv")
            write_csv(self._sheet(outgoing, first), folder / names[-1], self)
        return names

    def _sheet(self, outgoing: Outgoing, first: date) -> pd.DataFrame:
        days = dates(first, first.replace(day=monthrange(first.year, first.month)[1]))
        cells = outgoing.roster.assignments
        weekdays: list[object] = ["", "", "", *(WEEKDAYS[d.weekday()] for d in days)]
        rows = [
            [a.agent_id, a.name, a.team, *(self._number(cells.get((a.agent_id, d))) for d in days)]
            for a in outgoing.plan.agents
        ]
        return pd.DataFrame([weekdays, *rows], columns=[*HEAD, *(str(d.day) for d in days)], dtype=object)

    def _number(self, cell: Assignment | None) -> int | None:
        if cell is None:
            return None
        if cell.shift is not None:
            return self.numbers[cell.shift.code]
        return LEAVE if cell.state is State.LEAVE else None
