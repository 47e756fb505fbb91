"""Any CSV file that can be said as columns of ours under names of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from wfm.domain.errors import InputErrors
from wfm.domain.text import Text
from wfm.export import messages as m
from wfm.export.base import PERSONAL, Column, ExportFormat, Outgoing, Personal
from wfm.export.csv_file import write_csv
from wfm.export.mapped import MappedFile  # noqa: TC001 - pydantic evaluates the field

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from wfm.domain.errors import InputError
    from wfm.domain.settings import Settings
    from wfm.export.mapped import Problem


class ColumnMapping(ExportFormat):
    """Any CSV file whose rows are rows of `roster.csv`, `timesheet.csv` or `payroll.csv`, its columns renamed.

    Each `[[export.mapping.files]]` is one file: `file` (its name; `{first}`, `{last}` and `{version}` are filled in),
    `table`, `columns`, `where`, and the options of CSV (`encoding`, `delimiter`, `decimal`, `date_format`, `guard`,
    `quote_all`), whose defaults are for machines. `where` keeps rows: `where = { state = ["work"] }`.

    A column is the name of one of ours (`"工号" = "agent_id"`; every table also has `name` and `team`), or a table:
    `from` is our column; `values` replaces what stands in it (`""` is an empty cell), and what it does not name is an
    error unless there is a `default`; `form` writes a date or a time with `YYYY MM DD HH mm ss`; `value`, alone, is
    the same text in every row.

    Source: the file that i人事 imports (工号, 姓名, 日期, 班次编码) is of this kind.
    """

    kind: ClassVar[str] = "mapping"
    phrase: ClassVar[Text] = Text(
        en="any CSV file of renamed columns, described in plan.toml", zh="按 plan.toml 中的列映射输出任意 CSV 文件"
    )
    personal: ClassVar[tuple[Personal, ...]] = PERSONAL
    columns: ClassVar[tuple[Column, ...]] = (
        Column("columns", m.AS_MAPPED, "roster, timesheet or payroll, a constant"),
    )
    not_known: ClassVar[Text | None] = Text(
        en="the column names of Beisen, Kingdee s-HR and Yonyou, which are not public: take them from the template of "
        "your system",
        zh="北森、金蝶 s-HR、用友的列名均未公开：请以系统提供的模板为准",
    )
    example: ClassVar[Mapping[str, Any]] = {
        "files": [
            {
                "file": "排班_{first}_{last}.csv",
                "encoding": "gb18030",
                "where": {"state": ["work"]},
                "columns": {
                    "工号": "agent_id",
                    "日期": {"from": "business_date", "form": "YYYY/MM/DD"},
                    "班次": {"from": "shift_code", "values": {"D8": "早班", "N20": "大夜"}},
                    "上班": {"from": "start_local", "form": "HH:mm"},
                    "来源": {"value": "wfm"},
                },
            }
        ]
    }

    files: tuple[MappedFile, ...] = Field(min_length=1)
    """The files to write."""

    def problems(self, settings: Settings) -> list[InputError]:
        """Return unknown columns, places and forms, shifts without a value, and file names given twice."""
        names = [file.file for file in self.files]
        twice = [self.wrong(f"files[{n + 1}].file", f, m.ONE_NAME) for n, f in enumerate(names) if f in names[:n]]
        found = [self._wrong(n, problem) for n, file in enumerate(self.files) for problem in file.problems(settings)]
        return [*super().problems(settings), *twice, *found]

    def write(self, outgoing: Outgoing, folder: Path) -> Sequence[str]:
        """Write the files; return their names.

        Raises
        ------
        InputErrors
            With every value that a column with `values` meets and does not name.
        """
        drawn = [file.rows(outgoing) for file in self.files]
        problems = [self._wrong(n, problem) for n, (_, found) in enumerate(drawn) for problem in found]
        if problems:
            raise InputErrors(problems)
        names = [file.name(outgoing) for file in self.files]
        for name, file, (table, _) in zip(names, self.files, drawn, strict=True):
            write_csv(table, folder / name, file)
        return tuple(names)

    def _wrong(self, number: int, problem: Problem) -> InputError:
        key, value, expected = problem
        return self.wrong(f"files[{number + 1}].{key}", value, expected)
