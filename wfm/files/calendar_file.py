"""The user's own dates: `calendar.csv`, held against the law."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from wfm.domain.calendar import Calendar, DayClass, build_calendar, statutory_law
from wfm.domain.text import LOCALES, Text
from wfm.files import messages
from wfm.files.cells import choice, label
from wfm.files.headers import Columns

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from wfm.domain.settings import Centre, Settings
    from wfm.domain.text import Locale
    from wfm.files.people import Reader
    from wfm.files.tables import Sheet

CALENDAR = Columns(("date", "class", "source"), ("name",))

_CLASSES = choice(
    {
        **{c.value: c.value for c in DayClass},
        "法定休假日": "statutory",
        "法定节假日": "statutory",
        "补假": "makeup_off",
        "调休": "adjusted_off",
        "周末": "weekend",
        "调休上班": "weekend_workday",
        "补班": "weekend_workday",
        "工作日": "workday",
    }
)


def read_calendar(sheet: Sheet, reader: Reader, settings: Settings) -> pd.DataFrame:
    """Return `date, class, name, source` of the user's own calendar, sorted by date.

    A row that takes a statutory holiday away, or adds one, contradicts the law. Without a source it is a problem that
    says what the law has; with one it wins, and a note says so.
    """
    lines: dict[date, int] = {}
    entries = []
    for row in sheet:
        day, kind = row.need("date", reader.day), row.need("class", _CLASSES)
        if day is not None and lines.setdefault(day, row.line) != row.line:
            row.wrong("date", messages.ONE_DAY.fill(line=lines[day]))
        entries.append((row, day, kind))
    law, rows = _law(settings.centre, lines), []
    for row, day, kind in entries:
        lawful = None if day is None or kind is None else _contradicted(day, kind, settings.centre, law)
        source = label(row.text("source"))
        if lawful is not None and not source:
            row.wrong("source", messages.A_SOURCE_AGAINST_LAW.fill(lawful=lawful), messages.NAME_THE_SOURCE)
        elif row.need("source", label) and lawful is not None:
            sheet.findings.note(messages.AGAINST_LAW, file=sheet.file, day=day, kind=kind, source=source, lawful=lawful)
        if row.ok:
            rows.append((day, kind, label(row.text("name")), source))
    frame = pd.DataFrame(rows, columns=["date", "class", "name", "source"], dtype=object)
    return frame.sort_values("date", ignore_index=True)


def _law(centre: Centre, days: Collection[date]) -> Mapping[Locale, Calendar]:
    """Return the calendar of the country without the user's dates, with the names of its days in both languages."""
    if not days:
        return {}
    span = min(days), max(days)
    return {
        locale: build_calendar(centre.country, *span, subdivision=centre.subdivision, locale=locale)
        for locale in LOCALES
    }


def _contradicted(day: date, kind: str, centre: Centre, law: Mapping[Locale, Calendar]) -> Text | None:
    """Return what the law says about a date where the user says otherwise about its being statutory; None if not."""
    statutory = law["en"].is_statutory(day)
    if statutory is (kind == DayClass.STATUTORY):
        return None
    name = Text(en=law["en"][day].name, zh=law["zh"][day].name)
    sentence = messages.A_STATUTORY_DAY if statutory else messages.NO_STATUTORY_DAY
    return sentence.fill(day=day, name=name, law=statutory_law(centre.country, day))
