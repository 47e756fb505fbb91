"""DingTalk 钉钉: the roster sheet that it exported, filled in to be imported again."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from pydantic import Field

from wfm.domain.errors import InputError, InputErrors
from wfm.domain.roster import State
from wfm.domain.text import Text
from wfm.export.base import Column, ExportFormat, Outgoing, Personal
from wfm.export.day_headers import day_columns
from wfm.export.ids import listed, unknown_shifts
from wfm.export.sheets import Sheet, cell_text, read_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.settings import Settings

A_FILE = Text(en="a file in the planning folder, exported from DingTalk", zh="排班文件夹中由钉钉导出的文件")
A_HEADER = Text(en="a header row with {id} or {name}", zh="含“{id}”或“{name}”的表头行")
AN_AGENT = Text(en="an agent of the roster (or name the row in keep_rows)", zh="排班中的人员（或将该行列入 keep_rows）")
ONE_OF_THEM = Text(en="an id: {agents} have this name", zh="工号：{agents} 同名")
ONE_ROW = Text(en="one row per agent; line {line} is the same", zh="每人一行；第 {line} 行为同一人")
A_ROW = Text(en="a row for every agent of the roster", zh="排班中每名人员各一行")
A_SHIFT_NAME = Text(
    en="a shift that the roster knows ({known}), or name it in other_names",
    zh="已知班次名称（{known}），或列入 other_names",
)


class DingtalkFill(ExportFormat):
    """The sheet exported from DingTalk, CSV or workbook, with the cells of the period filled in, under its own name.

    Rows are found by 工号, where that is empty by 姓名; columns by day (1, 01, 5/1, 5月1日, 2026-05-01). A cell becomes
    the name of the shift or 休息, which leave is too: DingTalk takes leave from its own approvals. Every other cell,
    days outside the period or the employment included, stays; a workbook loses pictures. A shift name, a person or a
    month that does not fit stops the export, since filling the wrong sheet is worse than none.

    Source: the way to do it, export, fill in, import, is described at https://www.zhiy.com.cn/news/jiaoc/2807.html
    """

    kind: ClassVar[str] = "dingtalk_fill"
    phrase: ClassVar[Text] = Text(
        en="DingTalk: fills in the roster sheet that it exported, to be imported again",
        zh="钉钉：填写其导出的排班表，供重新导入",
    )
    personal: ClassVar[tuple[Personal, ...]] = ("agent_id", "name")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("工号", Text(en="agent id, as it stood", zh="工号（原样保留）"), "the sheet, option id_column"),
        Column("姓名", Text(en="name, as it stood", zh="姓名（原样保留）"), "the sheet, option name_column"),
        Column(
            "1 … 31", Text(en="name of the shift, or the word for rest", zh="班次名称或休息"), "option names, state"
        ),
    )
    not_known: ClassVar[Text | None] = Text(
        en="The exact header of the sheet: it is not documented, so names and days are searched for in it.",
        zh="导出表的确切表头未见公开说明，因此按工号、姓名与日期在表中查找。",
    )
    example: ClassVar[Mapping[str, Any]] = {"template": "dingtalk.csv", "names": {"D8": "早班", "N20": "大夜班"}}

    template: str = Field(min_length=1)
    """Exported sheet, relative to the planning folder: `hr/sheet.xlsx`."""
    names: dict[str, str] = Field(default_factory=dict)
    """DingTalk's name of a shift, by our code; where absent the name in `[[shifts]]`, or the code."""
    rest: str = "休息"
    """Word for a day off."""
    other_names: tuple[str, ...] = ()
    """Further shift names that may stand in the sheet and are replaced."""
    keep_rows: tuple[str, ...] = ()
    """Ids or names of people in the sheet who are not rostered here; their rows stay."""
    id_column: str = "工号"
    """Header of the column of agent ids."""
    name_column: str = "姓名"
    """Header of the column of names."""

    def problems(self, settings: Settings) -> list[InputError]:
        """Return what is wrong with the options: a name for no shift."""
        return super().problems(settings) + unknown_shifts(self, "names", self.names, settings)

    def write(self, outgoing: Outgoing, folder: Path) -> Sequence[str]:
        """Write the filled sheet under its own name; return that."""
        path = None if outgoing.folder is None else outgoing.folder / self.template
        if path is None or not path.is_file():
            raise InputErrors([self.wrong("template", self.template, A_FILE)])
        try:
            sheet = read_sheet(path)
            _Filling(self, outgoing, path.name, sheet).fill()
        except InputError as error:
            raise InputErrors([error]) from error
        sheet.save(folder / path.name)
        return (path.name,)

    def words(self, plan: Plan) -> Mapping[str, str]:
        """Return what a cell says, by shift code."""
        return {code: self.names.get(code) or template.name or code for code, template in plan.templates.items()}


class _Filling:
    """One sheet while it is filled: every problem is found before the first cell changes."""

    def __init__(self, form: DingtalkFill, outgoing: Outgoing, file: str, sheet: Sheet) -> None:
        self.form, self.outgoing, self.file, self.sheet = form, outgoing, file, sheet
        self.words = form.words(outgoing.plan)
        self.header = self._header()
        self.problems: list[InputError] = []

    def fill(self) -> None:
        """Put the words into the cells of the period; raise `InputError` or `InputErrors` when something is wrong."""
        columns = day_columns(self.file, self.sheet.rows, self.header, self.outgoing.plan.days)
        known = {cell_text(name) for name in ("", self.form.rest, *self.words.values(), *self.form.other_names)}
        expected = A_SHIFT_NAME.fill(known=listed(sorted(known - {""})))
        changes = []
        for row, agent in self._agents().items():
            for column, word in self._line(agent, columns):
                changes.append((row, column, word))
                if self._text(row, column) not in known:
                    self._wrong(row, column, self._text(row, column), expected)
        if self.problems:
            raise InputErrors(self.problems)
        for change in changes:
            self.sheet.put(*change)

    def _header(self) -> int:
        """Return the row in which the columns of ids or names have their headers."""
        wanted = {self.form.id_column, self.form.name_column}
        for number, row in enumerate(self.sheet.rows):
            if wanted & set(map(cell_text, row)):
                return number
        raise InputError(self.file, None, None, None, A_HEADER.fill(id=self.form.id_column, name=self.form.name_column))

    def _line(self, agent: Agent, columns: Mapping[date, int]) -> Iterator[tuple[int, str]]:
        """Yield column and word of an agent's days inside employment."""
        for day, column in columns.items():
            cell = self.outgoing.roster.assignments[agent.agent_id, day]
            if cell.state is not State.NOT_EMPLOYED:
                yield column, self.words[cell.shift.code] if cell.shift else self.form.rest

    def _agents(self) -> Mapping[int, Agent]:
        """Return the agents by row; report rows of nobody, and agents without a row."""
        plan = self.outgoing.plan
        header = [cell_text(value) for value in self.sheet.rows[self.header]]
        places: Mapping[Literal["agent_id", "name"], str] = {
            "agent_id": self.form.id_column,
            "name": self.form.name_column,
        }
        keys = [_Key(plan.agents, part, header.index(name)) for part, name in places.items() if name in header]
        found: dict[str, int] = {}
        for row in range(self.header + 1, len(self.sheet.rows)):
            agent = self._agent(row, keys)
            if agent is not None and found.setdefault(agent.agent_id, row) != row:
                line = found[agent.agent_id] + 1
                self._wrong(row, keys[0].column, agent.agent_id, ONE_ROW.fill(line=line))
        for agent in plan.agents:
            if agent.agent_id not in found and plan.employed_days(agent):
                self.problems.append(InputError(self.file, None, self.form.id_column, agent.agent_id, A_ROW))
        return {row: plan.by_id[agent_id] for agent_id, row in found.items()}

    def _agent(self, row: int, keys: Sequence[_Key]) -> Agent | None:
        """Return who a row is, by the first column that says something; None when it is nobody, or not to be filled."""
        given = [(key, text) for key in keys if (text := self._text(row, key.column))]
        if not given or {text for _, text in given} & {cell_text(kept) for kept in self.form.keep_rows}:
            return None
        key, text = given[0]
        fitting = key.agents.get(text, [])
        if len(fitting) == 1:
            return fitting[0]
        expected = ONE_OF_THEM.fill(agents=listed(a.agent_id for a in fitting)) if fitting else AN_AGENT
        self._wrong(row, key.column, text, expected)
        return None

    def _text(self, row: int, column: int) -> str:
        cells = self.sheet.rows[row]
        return cell_text(cells[column]) if column < len(cells) else ""

    def _wrong(self, row: int, column: int, value: str, expected: Text) -> None:
        self.problems.append(InputError(self.file, row + 1, self._text(self.header, column), value, expected))


class _Key:
    """A column that tells who a row is."""

    def __init__(self, agents: Sequence[Agent], part: Literal["agent_id", "name"], column: int) -> None:
        self.column = column
        self.agents: dict[str, list[Agent]] = defaultdict(list)
        """Agents by the text of this column; several may have one name."""
        for agent in agents:
            self.agents[cell_text(getattr(agent, part))].append(agent)
