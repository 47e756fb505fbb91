"""The month as a workbook: the matrix in colours, its legend, hours and pay."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING, ClassVar, Literal
from unicodedata import east_asian_width

from wfm.domain.calendar import DayClass
from wfm.domain.clock import format_clock
from wfm.domain.roster import State
from wfm.domain.text import Text
from wfm.export import messages as m
from wfm.export.base import PERSONAL, Column, ExportFormat, Outgoing, Personal
from wfm.export.columns import TABLES, documented
from wfm.export.formats.matrix import HEAD, OFF, cell_text, months
from wfm.export.looks import (
    COUNT,
    DAY,
    DAYS_OFF,
    FONTS,
    HEADING,
    ID,
    LONG_TEXT,
    MOMENT,
    NUMBER,
    RED_HEADING,
    TIME,
    WORD,
    shift_looks,
)
from wfm.export.readable import readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Assignment
    from wfm.domain.shifts import ShiftTemplate
    from wfm.domain.text import Locale
    from wfm.export.looks import Look
    from wfm.export.workbook import Book

RED_DAYS = (DayClass.STATUTORY, DayClass.WEEKEND)
"""Days whose column has a red heading."""
WIDEST = 60
"""Of a column, in characters."""
LINE = WIDEST - 5
"""Characters that fit into a line of the widest column."""


class Xlsx(ExportFormat):
    """A workbook for people: a sheet per month with agents by days in colours, a legend, hours, pay.

    Ids are text, so that leading zeros and eighteen digits stay; no text is a formula, whatever it starts with; numbers
    are numbers with two places and dates are dates. Panes are frozen, prints are landscape and as wide as the page.
    Headings, pay elements, units and types of leave are in the language of the centre. The sheet of hours is written
    where hours may leave, that of pay where pay may.

    Source: ours; Office Open XML by openpyxl, tested in LibreOffice.
    """

    kind: ClassVar[str] = "xlsx"
    phrase: ClassVar[Text] = Text(
        en="one Excel workbook: the month in colours, hours and pay", zh="一个 Excel 工作簿：彩色月排班表、工时与薪资"
    )
    personal: ClassVar[tuple[Personal, ...]] = PERSONAL
    columns: ClassVar[tuple[Column, ...]] = (
        *(Column(f"{m.ROSTER_SHEET.zh}: {text.zh}", text, f"agents.csv: {name}") for name, text in HEAD.items()),
        Column(f"{m.ROSTER_SHEET.zh}: 1 … 31", m.DAY_CELL, "the roster"),
        *(Column(f"{m.ROSTER_SHEET.zh}: {text.zh}", text, "the roster") for text in m.SUMS),
        *documented(("timesheet", "payroll"), ""),
    )
    not_known: ClassVar[Text | None] = Text(
        en="how Excel and WPS show it: the file is standard, but it was only looked at in LibreOffice",
        zh="文件符合标准格式，但仅在 LibreOffice 中实际查看过，Excel 与 WPS 中的显示效果未经验证",
    )

    paper: Literal["A4", "A3"] = "A4"
    """Size of the printed page."""

    def write(self, outgoing: Outgoing, folder: Path) -> Sequence[str]:
        """Write `roster.xlsx`; return its name."""
        from wfm.export.workbook import Book

        plan, locale = outgoing.plan, outgoing.plan.settings.centre.locale
        book = Book(FONTS[locale], self.paper)
        looks = shift_looks(plan)
        for month, days in months(outgoing).items():
            self._month(book, outgoing, month, days, looks)
        _legend(book, plan, looks)
        if "hours" in self.allowed:
            _table(book, m.TIMESHEET_SHEET.in_(locale), "timesheet", readable(outgoing.timesheet, outgoing), plan)
        if "pay" in self.allowed:
            _table(book, m.PAYROLL_SHEET.in_(locale), "payroll", readable(outgoing.payroll, outgoing), plan)
        book.save(folder / "roster.xlsx", datetime.combine(plan.days[0], datetime.min.time()))
        return ("roster.xlsx",)

    def _month(
        self, book: Book, outgoing: Outgoing, month: str, days: Sequence[date], looks: Mapping[str, Look]
    ) -> None:
        plan, locale = outgoing.plan, outgoing.plan.settings.centre.locale
        sums = m.SUMS if "hours" in self.allowed else m.SUMS[:-1]
        title = f"{m.ROSTER_SHEET.in_(locale)} {month}"
        widest = max(map(_letters, [*looks, *(text.in_(locale) for text in OFF.values())]))
        widths = [*_widths_of_people(plan.agents, locale), *[max(5.5, widest + 1)] * len(days), *[8] * len(sums)]
        page_title = f"{plan.settings.centre.name} {title} ({outgoing.version})"
        sheet = book.sheet(title, widths, frozen="D3", page_title=page_title)
        red = {d: RED_HEADING if plan.calendar[d].day_class in RED_DAYS else HEADING for d in days}
        sheet.row(
            [
                *((text.in_(locale), HEADING) for text in HEAD.values()),
                *((d.day, red[d]) for d in days),
                *((text.in_(locale), HEADING) for text in sums),
            ]
        )
        weekdays = ((m.WEEKDAYS[d.weekday()].in_(locale), red[d]) for d in days)
        sheet.row([*[(None, HEADING)] * len(HEAD), *weekdays, *[(None, HEADING)] * len(sums)])
        for agent in plan.agents:
            cells = [outgoing.roster.assignments[agent.agent_id, d] for d in days]
            named = ((agent.agent_id, ID), (agent.name, WORD), (agent.team, WORD))
            drawn = ((cell_text(c, locale), looks[c.shift.code] if c.shift else DAYS_OFF[c.state]) for c in cells)
            sheet.row([*named, *drawn, *_sums(cells)[: len(sums)]])


def _sums(cells: Sequence[Assignment]) -> tuple[tuple[object, Look], ...]:
    """Return days of work, days off and paid hours."""
    shifts = [c.shift for c in cells if c.shift is not None]
    off = sum(c.state in (State.REST, State.STATUTORY_OFF) for c in cells)
    hours = Decimal(sum(s.paid_minutes for s in shifts)) / 60
    return (len(shifts), COUNT), (off, COUNT), (round(hours, 2), NUMBER)


def _legend(book: Book, plan: Plan, looks: Mapping[str, Look]) -> None:
    locale = plan.settings.centre.locale
    title = m.LEGEND_SHEET.in_(locale)
    sheet = book.sheet(title, [10, 24, 10, 10, 10], frozen="A2", page_title=f"{plan.settings.centre.name} {title}")
    sheet.row((text.in_(locale), HEADING) for text in m.LEGEND)
    for shift in plan.settings.shifts:
        sheet.row(_legend_of(shift, looks[shift.code]))
    for state, text in OFF.items():
        sheet.row([(text.in_(locale), DAYS_OFF[state]), (m.STATES[state].in_(locale), WORD), *[(None, WORD)] * 3])


def _legend_of(shift: ShiftTemplate, look: Look) -> Iterable[tuple[object, Look]]:
    minutes = shift.end - shift.start - sum(b.minutes for b in shift.unpaid_breaks)
    return (
        (shift.code, look),
        (shift.name or shift.code, WORD),
        (format_clock(shift.start), TIME),
        (format_clock(shift.end), TIME),
        (round(Decimal(minutes) / 60, 2), NUMBER),
    )


def _table(book: Book, title: str, kind: str, table: pd.DataFrame, plan: Plan) -> None:
    """Write a neutral table with the name behind the agent id."""
    locale, centre = plan.settings.centre.locale, plan.settings.centre.name
    names = {a.agent_id: a.name for a in plan.agents}
    texts = TABLES[kind]
    columns = [c for c in table.columns if c != "agent_id"]
    heads = [HEAD["agent_id"], HEAD["name"], *(texts.get(c, Text(en=c, zh=c)) for c in columns)]
    headings = [head.in_(locale) for head in heads]
    rows = [
        (agent_id, names[agent_id], *rest)
        for agent_id, *rest in table.reindex(columns=["agent_id", *columns]).itertuples(False)
    ]
    widths = [_width([*head.split(), *(row[n] for row in rows)]) for n, head in enumerate(headings)]
    sheet = book.sheet(title, widths, frozen="C2", page_title=f"{centre} {title}")
    sheet.row(((head, HEADING) for head in headings), lines=min(3, max(len(head.split()) for head in headings)))
    for row in rows:
        sheet.row((_dressed(cell) for cell in row), lines=max(_lines(cell) for cell in row))
    sheet.filter()


def _dressed(cell: object) -> tuple[object, Look]:
    match cell:
        case None:
            return None, WORD
        case str():
            return cell, ID if _lines(cell) == 1 else LONG_TEXT
        case Decimal():
            return round(cell, 2), NUMBER
        case datetime():
            return cell.replace(tzinfo=None), MOMENT
        case date():
            return cell, DAY
        case int():
            return cell, COUNT
        case _:
            raise TypeError(f"no cell for {type(cell).__name__}")


def _lines(cell: object) -> int:
    """Return how many lines a cell needs in a column of the largest width."""
    if not isinstance(cell, str) or 2 * len(cell) <= LINE:
        return 1
    return max(1, ceil(_letters(cell) / LINE))


def _widths_of_people(agents: Sequence[Agent], locale: Locale) -> list[float]:
    columns = ([a.agent_id for a in agents], [a.name for a in agents], [a.team for a in agents])
    return [_width([head.in_(locale), *column]) for head, column in zip(HEAD.values(), columns, strict=True)]


def _width(cells: Iterable[object]) -> float:
    """Return the width of a column in characters."""
    lines = {line for cell in set(cells) if cell is not None for line in str(cell).splitlines()}
    return min(max(max(map(_letters, lines), default=0) + 3, 8), WIDEST)


def _letters(text: str) -> int:
    """Return how many letters wide a text is; a Chinese character is two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
