"""What a file of any shape says, agent-day by agent-day, as a sheet with the columns of `roster.csv`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wfm.domain.errors import InputError
from wfm.domain.guard import guard
from wfm.files.cells import BadCell
from wfm.files.tables import Row, Sheet, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from wfm.domain.text import Text
    from wfm.files.findings import Findings

COLUMNS = ("agent_id", "business_date", "shift_code")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a file says something: the line, the user's column or key, and what stands there."""

    file: str
    line: int | None
    column: str | None
    text: str

    def problem(self, expected: Text, mend: Text | None = None) -> InputError:
        """Return a problem of this place."""
        return InputError(self.file, self.line, self.column, self.text or None, expected, mend)


@dataclass(frozen=True, slots=True)
class Told:
    """One agent-day as a file has it: a word for the shift or the day off."""

    spot: Spot
    agent_id: str
    day: date
    word: str = ""


@dataclass(frozen=True)
class ToldSheet(Sheet):
    """A sheet made of what was told; its problems are reported where the file says it."""

    told: Sequence[Told] = ()

    def __iter__(self) -> Iterator[Row]:
        return (_ToldRow(self, n, one.spot) for n, one in enumerate(self.told))


class _ToldRow(Row):
    def __init__(self, sheet: Sheet, position: int, spot: Spot) -> None:
        super().__init__(sheet, position)
        self._spot = spot

    def wrong(self, column: str, expected: Text, mend: Text | None = None) -> None:
        """Report a problem of the place that the row was made from, whatever our column."""
        self.ok = False
        self.sheet.findings.add(self._spot.problem(expected, mend))


def sheet_of(file: str, told: Sequence[Told], findings: Findings) -> ToldSheet:
    """Return what was told as a sheet with the columns of `roster.csv`."""
    rows = [(guard(one.agent_id), one.day.isoformat(), one.word) for one in told]
    lines = [one.spot.line or 0 for one in told]
    table = Table(file, COLUMNS, None, rows, lines)
    return ToldSheet(table, {name: n for n, name in enumerate(COLUMNS)}, findings, told)


class Resolver:
    """A parser that reports each unknown text once, at the first place where it stands."""

    def __init__(self, parse: Callable[[str], str], findings: Findings) -> None:
        self._parse, self._findings = parse, findings
        self._known: dict[str, str | None] = {}

    def __call__(self, spot: Spot) -> str | None:
        """Return what a text means; None when it is unknown."""
        text = spot.text
        if text not in self._known:
            try:
                self._known[text] = self._parse(text)
            except BadCell as bad:
                self._known[text] = None
                self._findings.add(spot.problem(bad.expected, bad.mend))
        return self._known[text]
