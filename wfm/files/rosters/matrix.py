"""Agents by days: our matrix and workbook, punch clock sheets, filled DingTalk sheets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from wfm.domain.errors import InputError
from wfm.files.cells import BadCell, clean, normal
from wfm.files.headers import spellings
from wfm.files.rosters import messages as m
from wfm.files.rosters.day_heads import Dates, dates_of, weekday_of
from wfm.files.rosters.shape import Reading, Shape
from wfm.files.rosters.told import Resolver, Spot, Told, sheet_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wfm.files.rosters.document import Document
    from wfm.files.rosters.shape import Ground
    from wfm.files.tables import Table

SEARCHED = 12
"""Rows in which the header is looked for."""
_WHOLE = re.compile(r"(\d+)\.0+")
REST, LEAVE = "休息", "请假"
_LEAVE_NUMBER = "25"
"""What a punch clock shows for leave."""


class Grid(NamedTuple):
    """A table whose header was found: the columns of agents, names and days, and the rows below."""

    file: str
    title: str
    header: Sequence[str]
    line: int
    ids: int | None
    names: int | None
    rows: Sequence[tuple[int, Sequence[str]]]


def fits(document: Document, ground: Ground) -> bool:
    """Return whether a table has a column of agents and columns of days."""
    return any(True for _ in _grids(document, ground))


def _grids(document: Document, ground: Ground) -> Iterator[Grid]:
    for title, table in document.tables.items():
        grid = _grid(table, title, ground)
        if grid is not None:
            yield grid


def _grid(table: Table, title: str, ground: Ground) -> Grid | None:
    rows = list(zip([table.header_line or 1, *table.lines], [table.header, *table.rows], strict=True))
    for n, (line, row) in enumerate(rows[:SEARCHED]):
        heads = [_plain(cell) for cell in row]
        ids = _place(heads, "agent_id", ground.options.get("id_column"))
        names = _place(heads, "name", ground.options.get("name_column"))
        if (ids is not None or names is not None) and any(dates_of(row, {}, "", ground.plan.days)):
            return Grid(table.file, title, row, line, ids, names, rows[n + 1 :])
    return None


def _place(heads: Sequence[str], column: str, own: str | None) -> int | None:
    wanted = {_plain(own)} if own else spellings(column)
    return next((n for n, head in enumerate(heads) if head in wanted), None)


def _plain(head: str) -> str:
    return clean(head).casefold().replace(" ", "_")


class Style(NamedTuple):
    """How the cells of a matrix are written.

    Attributes
    ----------
    option
        Our option that maps shift codes to the words or numbers in the cells.
    words
        Other words in the cells, to ours.
    foreign
        Whether cells outside employment are somebody else's.
    """

    option: str = ""
    words: Mapping[str, str] = {}
    foreign: bool = False


def _read(document: Document, ground: Ground, style: Style) -> Reading | None:
    """Return the agent-days of the sheets of a document."""
    grids = list(_grids(document, ground))
    if not grids:
        ground.findings.add(InputError(document.file, None, None, None, m.A_MATRIX))
        return None
    told = [one for grid in grids for one in _Reader(grid, ground, style).told()]
    return Reading(sheet_of(document.file, told, ground.findings), words=ground.shifts(style.option))


def _read_plain(document: Document, ground: Ground) -> Reading | None:
    return _read(document, ground, Style())


def _read_punch_clock(document: Document, ground: Ground) -> Reading | None:
    return _read(document, ground, Style("numbers", {_LEAVE_NUMBER: LEAVE}))


def _read_dingtalk(document: Document, ground: Ground) -> Reading | None:
    rest = str(ground.options.get("rest", REST))
    return _read(document, ground, Style("names", {clean(rest): REST}, foreign=True))


def _fits_punch_clock(document: Document, ground: Ground) -> bool:
    """Return whether it is a matrix with the heading of a punch clock."""
    return any("所属部门" in map(clean, grid.header) for grid in _grids(document, ground))


def _fits_dingtalk(document: Document, ground: Ground) -> bool:
    """Return whether it is a matrix under the name of the sheet that the profile fills."""
    template = str(ground.options.get("template", ""))
    return document.file == template.rpartition("/")[2] and fits(document, ground)


SHEET = Shape(fits, _read_plain)
WORKBOOK = Shape(lambda document, ground: document.workbook and fits(document, ground), _read_plain)
PUNCH_CLOCK = Shape(_fits_punch_clock, _read_punch_clock)
DINGTALK_SHEET = Shape(_fits_dingtalk, _read_dingtalk)


class _Reader:
    """Reads one grid."""

    def __init__(self, grid: Grid, ground: Ground, style: Style) -> None:
        self.grid, self.ground, self.style = grid, ground, style
        self.kept = set(map(clean, ground.options.get("keep_rows", ())))
        self.agents = Resolver(ground.agents, ground.findings)
        self.named: dict[str, list[str]] = {}
        for agent in ground.plan.agents:
            self.named.setdefault(normal(agent.name), []).append(agent.agent_id)

    def told(self) -> Iterator[Told]:
        """Yield the agent-days of the period."""
        dates = self._dates()
        for line, row in self.grid.rows:
            agent_id = self._agent(line, row, [row[place] for place in dates.places])
            if agent_id is None:
                continue
            agent = self.ground.plan.by_id[agent_id]
            for place, day in dates.places.items():
                if agent.employed(day) or not self.style.foreign:
                    yield Told(self._spot(line, row, place), agent_id, day, self._word(row[place]))

    def _dates(self) -> Dates:
        """Return the columns of days of the period; report those that cannot be told or contradict the weekdays."""
        weekdays = next((found for _, row in self.grid.rows[:2] if (found := self._weekdays(row))), {})
        stem = self.grid.file.rpartition(".")[0]
        dates = dates_of(self.grid.header, weekdays, f"{self.grid.title} {stem}", self.ground.plan.days)
        if dates.problem is not None:
            place, expected = dates.problem
            spot = Spot(self.grid.file, self.grid.line, self.grid.header[place].strip(), "")
            self.ground.findings.add(spot.problem(expected))
        return dates

    def _weekdays(self, row: Sequence[str]) -> Mapping[int, int]:
        """Return the weekday of each column when the row holds nothing else."""
        if any(clean(row[place]) for place in (self.grid.ids, self.grid.names) if place is not None):
            return {}
        found = {n: weekday_of(cell) for n, cell in enumerate(row) if clean(cell)}
        return {n: weekday for n, weekday in found.items() if weekday is not None}

    def _agent(self, line: int, row: Sequence[str], cells: Sequence[str]) -> str | None:
        """Return the agent of a row, by id, else by name; None for a row of weekdays, of notes, or after a report."""
        written = "" if self.grid.ids is None else row[self.grid.ids]
        name = "" if self.grid.names is None else clean(row[self.grid.names])
        filled = [cell for cell in cells if clean(cell)]
        if {clean(written), name} & self.kept:
            return None
        if not clean(written) and (name or not all(weekday_of(cell) is not None for cell in filled)):
            return self._by_name(line, row, name) if filled else None
        if not clean(written) or not (filled or self._is_known(written)):
            return None
        return self.agents(self._spot(line, row, self.grid.ids))

    def _is_known(self, text: str) -> bool:
        try:
            self.ground.agents(text)
        except BadCell:
            return False
        return True

    def _by_name(self, line: int, row: Sequence[str], name: str) -> str | None:
        meant = self.named.get(name, []) if name else []
        if len(meant) != 1:
            spot = self._spot(line, row, self.grid.names if name else self.grid.ids)
            self.ground.findings.add(spot.problem(m.ONE_NAMED.fill(count=len(meant))))
            return None
        return meant[0]

    def _spot(self, line: int, row: Sequence[str], place: int | None) -> Spot:
        if place is None:
            return Spot(self.grid.file, line, None, "")
        return Spot(self.grid.file, line, self.grid.header[place].strip(), row[place])

    def _word(self, cell: str) -> str:
        """Return a cell in words of ours, a number without decimals."""
        whole = _WHOLE.fullmatch(clean(cell))
        word = whole[1] if whole else cell
        return self.style.words.get(clean(word), word)
