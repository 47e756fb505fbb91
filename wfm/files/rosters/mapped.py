"""Files of the profile `mapping`: the columns that `[[export.mapping.files]]` renamed, under our names again."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from wfm.domain.errors import InputError
from wfm.files.cells import BadCell, clean
from wfm.files.rosters import messages as m
from wfm.files.rosters.shape import Reading, parsers
from wfm.files.tables import Sheet

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from wfm.files.rosters.document import Document
    from wfm.files.rosters.shape import Ground
    from wfm.files.tables import Table

NEEDED = ("agent_id", "business_date", "shift_code")
READ = (*NEEDED, "state", "queue")
"""Columns of ours that are read; others, such as times, follow from them."""
_TOKENS = {"YYYY": "%Y", "MM": "%m", "DD": "%d"}


def fits(document: Document, ground: Ground) -> bool:
    """Return whether a table has the columns of a file of the profile, and those that a roster needs are among them."""
    return _found(document, ground) is not None


def read(document: Document, ground: Ground) -> Reading | None:
    """Return the table with its columns under our names and its words as ours.

    With a filter on the state that keeps work, a day that is not in the file is a day off of everybody who is in it.
    """
    found = _found(document, ground)
    if found is None:
        expected = m.A_MAPPED_FILE.fill(columns=", ".join(NEEDED))
        ground.findings.add(InputError(document.file, None, None, None, expected))
        return None
    spec, table = found
    columns, where = _columns(spec), spec.get("where", {})
    header = [clean(name) for name in table.header]
    places = {ours: header.index(clean(name)) for ours, (name, _) in columns.items()}
    day = _day_parser(columns["business_date"][1], spec, ground, workbook=document.workbook)
    table = replace(table, rows=[_plain(row, places, columns) for row in table.rows])
    if set(where) == {"state"} and "work" in where["state"]:
        table = _with_days_off(table, places, day, ground.plan.days)
    sheet = Sheet(table, places, ground.findings)
    codes = [template.code for template in ground.plan.settings.shifts]
    return Reading(sheet, whole=not where, words=_words(columns["shift_code"][1], codes), day=day)


def _found(document: Document, ground: Ground) -> tuple[Mapping[str, Any], Table] | None:
    """Return what the profile says about a table of the document; None when no table has the columns of any file."""
    for spec in ground.options.get("files", ()):
        columns = _columns(spec)
        wanted = {clean(name) for name, _ in columns.values()}
        for table in document.tables.values():
            if columns.keys() >= set(NEEDED) and wanted <= set(map(clean, table.header)):
                return spec, table
    return None


def _columns(spec: Mapping[str, Any]) -> dict[str, tuple[str, Mapping[str, Any]]]:
    """Return the name and the options of the columns that are read, by ours."""
    if spec.get("table", "roster") != "roster":
        return {}
    named = (
        (name, {"from": column} if isinstance(column, str) else column) for name, column in spec["columns"].items()
    )
    return {column["from"]: (name, column) for name, column in named if column.get("from") in READ}


def _plain(
    row: Sequence[str], places: Mapping[str, int], columns: Mapping[str, tuple[str, Mapping[str, Any]]]
) -> Sequence[str]:
    """Return a row whose words for states, queues and days off are ours; a word for several states is left empty."""
    cells = list(row)
    for ours, place in places.items():
        values = columns[ours][1].get("values", {})
        meant = [key for key, word in values.items() if clean(word) == clean(cells[place])]
        if ours in ("state", "queue") and meant:
            cells[place] = meant[0] if len(meant) == 1 else ""
        elif ours == "shift_code" and meant == [""]:
            cells[place] = ""
    return cells


def _words(column: Mapping[str, Any], codes: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """Return the codes that each word for a shift can mean."""
    values, words = column.get("values", {}), dict[str, list[str]]()
    for code, word in values.items():
        if code:
            words.setdefault(clean(word), []).append(code)
    if column.get("default") is not None:
        words.setdefault(clean(column["default"]), []).extend(code for code in codes if code not in values)
    return words


def _day_parser(
    column: Mapping[str, Any], spec: Mapping[str, Any], ground: Ground, *, workbook: bool
) -> Callable[[str], date]:
    """Return a parser of the dates of the period as the file was written, and of any other form of a date."""
    form = re.sub("|".join(_TOKENS), lambda token: _TOKENS[token[0]], column.get("form") or "")
    written: dict[str, list[date]] = {}
    for day in ground.plan.days:
        written.setdefault(day.strftime(form), []).append(day)
    general, _ = parsers(ground, workbook=workbook, form=str(spec.get("date_format", "")))

    def parse(text: str) -> date:
        meant = written.get(clean(text), []) if form else []
        return meant[0] if len(meant) == 1 else general(text)

    return parse


def _with_days_off(table: Table, places: Mapping[str, int], day: Callable[[str], date], days: Sequence[date]) -> Table:
    """Return the table with a row for every day that it does not tell of the agents in it."""
    told: dict[str, set[date]] = {}
    for row in table.rows:
        with suppress(BadCell):
            told.setdefault(row[places["agent_id"]], set()).add(day(row[places["business_date"]]))
    off = []
    for agent_id, known in told.items():
        for free in (d for d in days if d not in known):
            row = [""] * len(table.header)
            row[places["agent_id"]], row[places["business_date"]] = agent_id, free.isoformat()
            off.append(row)
    return replace(table, rows=[*table.rows, *off], lines=[*table.lines, *[0] * len(off)])
