"""Attendance: `worked.csv`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import pandas as pd

from wfm.domain.clock import elapsed_minutes, instant, parse_clock
from wfm.files import messages
from wfm.files.cells import BadCell, clean, count, instant_of, moment_parser
from wfm.files.headers import Columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from wfm.domain.settings import Settings
    from wfm.files.people import Reader
    from wfm.files.tables import Row, Sheet

WORKED = Columns(("agent_id", "date", "start_local", "end_local"), ("unpaid_minutes",))
LONGEST = 1440
"""Minutes from the first start to the last end of a date."""
_SPREADSHEET = re.compile(r"(\d{1,2}):([0-5]\d)(?::00)?(?:\s*([AP])M)?", re.IGNORECASE)


@dataclass(frozen=True)
class _Span:
    row: Row
    agent_id: str
    date: date
    start: datetime
    end: datetime
    unpaid: int


def read_worked(sheet: Sheet, reader: Reader, settings: Settings) -> pd.DataFrame:
    """Return `agent_id, date, start, end, unpaid_minutes`, one row per span of work, by agent and time.

    `date` is the business date: the one on which the first span starts. A time is one of that date (`08:30`, `24:00`,
    `08:00+1` on the next day, `8:30:00` or `08:30:00 AM` as spreadsheets save it) or has a date of its own, with or
    without an offset. Spans of an agent do not overlap, those of a date lie within 24 hours, and unpaid minutes (0
    where the cell is empty) leave something to pay.
    """
    spans = [span for row in sheet if (span := _span(row, reader, settings)) is not None]
    spans.sort(key=lambda s: (s.agent_id, s.start, s.end))
    for _, own in groupby(spans, key=lambda s: s.agent_id):
        _check_order(own)
    for (_, day), own in groupby(sorted(spans, key=lambda s: (s.agent_id, s.date)), key=lambda s: (s.agent_id, s.date)):
        _check_date(day, list(own), settings)
    zone = settings.centre.zone
    rows = [(s.agent_id, s.date, s.start.astimezone(zone), s.end.astimezone(zone), s.unpaid) for s in spans]
    return pd.DataFrame(rows, columns=["agent_id", "date", "start", "end", "unpaid_minutes"], dtype=object)


def _span(row: Row, reader: Reader, settings: Settings) -> _Span | None:
    agent_id, day = row.need("agent_id", reader.agents), row.need("date", reader.day)
    unpaid = row.maybe("unpaid_minutes", count, 0)
    if day is None:
        return None
    _check_employed(row, reader, agent_id, day)
    start, end = (row.need(column, _time_on(day, settings)) for column in ("start_local", "end_local"))
    if start is None or end is None:
        return None
    if end <= start:
        row.wrong("end_local", messages.END_AFTER_START.fill(start=row.text("start_local").strip()), messages.PLUS_ONE)
    elif unpaid >= elapsed_minutes(start, end):
        row.wrong("unpaid_minutes", messages.LESS_THAN_SPAN.fill(minutes=elapsed_minutes(start, end)))
    return _Span(row, agent_id, day, start, end, unpaid) if row.ok and agent_id is not None else None


def _check_employed(row: Row, reader: Reader, agent_id: str | None, day: date) -> None:
    agent = reader.people.get(agent_id or "")
    if not reader.inside(day) and reader.period is not None:
        row.wrong("date", messages.IN_PERIOD.fill(first=reader.period.first, last=reader.period.last))
    elif agent is not None and not agent.employed(day):
        row.wrong("date", messages.EMPLOYED_THEN.fill(agent=agent.agent_id))


def _time_on(day: date, settings: Settings) -> Callable[[str], datetime]:
    """Return a parser of times of a business date."""
    zone, moment = settings.centre.zone, moment_parser(settings.history.day_first)

    def parse(text: str) -> datetime:
        try:
            return instant(day, parse_clock(_plain(clean(text))), zone)
        except ValueError:
            pass
        try:
            found = moment(text)
        except BadCell as bad:
            raise BadCell(messages.A_TIME_WORKED, bad.mend) from bad
        if not found.timed or found.wall.second or found.wall.microsecond:
            raise BadCell(messages.A_TIME_WORKED)
        return instant_of(found, zone)

    return parse


def _plain(text: str) -> str:
    """Return a time of day as a spreadsheet saves it without whole seconds and halves of the day; others as they are.

    >>> _plain("07:30:00 AM"), _plain("11:00 pm"), _plain("08:00+1")
    ('7:30', '23:00', '08:00+1')
    """
    found = _SPREADSHEET.fullmatch(text)
    if found is None:
        return text
    hour, half = int(found[1]), found[3]
    if half is None:
        return f"{hour}:{found[2]}"
    if not 1 <= hour <= 12:
        return text
    return f"{hour % 12 + (12 if half in 'Pp' else 0)}:{found[2]}"


def _check_order(spans: Iterable[_Span]) -> None:
    """Report every span of one agent that begins before the one before it has ended."""
    for before, span in pairwise(spans):
        if span.start < before.end:
            expected = messages.NO_OVERLAP.fill(line=before.row.line, end=before.row.text("end_local").strip())
            span.row.wrong("start_local", expected)


def _check_date(day: date, spans: list[_Span], settings: Settings) -> None:
    """Report a business date whose first span starts on another one, or whose spans take more than 24 hours."""
    first, last = spans[0], max(spans, key=lambda s: s.end)
    if first.start.astimezone(settings.centre.zone).date() != day:
        first.row.wrong("start_local", messages.STARTS_ON.fill(day=day))
    elif last.end - first.start > timedelta(minutes=LONGEST):
        last.row.wrong("end_local", messages.WITHIN_A_DAY.fill(start=first.row.text("start_local").strip()))
