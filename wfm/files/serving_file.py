"""Who serves which queue when, for shifts in which agents change queues: `serving.csv` beside a roster."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from wfm.domain.roster import Served
from wfm.files import messages
from wfm.files.cells import day_parser, instant_of, moment_parser
from wfm.files.findings import Findings
from wfm.files.headers import Columns, bind
from wfm.files.names import Known
from wfm.files.rosters.cells import in_period
from wfm.files.tables import load_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date, datetime
    from pathlib import Path

    from wfm.domain.plan import Plan
    from wfm.domain.roster import Assignment, Roster
    from wfm.files.tables import Row, Sheet

    Cell = tuple[str, date]

SERVING = "serving.csv"
COLUMNS = Columns(("agent_id", "business_date", "start_local", "end_local", "queue"))


def with_spans(
    cells: Iterable[Assignment], folder: Path, plan: Plan, standing: Roster | None = None
) -> tuple[Assignment, ...]:
    """Return the assignments with the spans that `serving.csv` in a folder gives them; as they are without the file.

    Parameters
    ----------
    standing
        The roster that stands. Where a shift or its queue was changed since, spans that stood there before are gone:
        the whole shift is served on one queue.

    Raises
    ------
    InputErrors
        With every problem of the file.
    """
    if not (folder / SERVING).exists():
        return tuple(cells)
    findings = Findings()
    table = load_table(folder / SERVING, findings)
    sheet = None if table is None else bind(table, COLUMNS, findings)
    spans = {} if sheet is None else _spans(sheet, plan)
    findings.raise_if_any()
    given = (replace(cell, serving=spans.get((cell.agent_id, cell.date), ())) for cell in cells)
    return tuple(_without_old(cell, standing) for cell in given)


def _without_old(cell: Assignment, standing: Roster | None) -> Assignment:
    stood = None if standing is None else standing.assignments.get((cell.agent_id, cell.date))
    if stood is None or stood.serving != cell.serving or (stood.shift, stood.queue) == (cell.shift, cell.queue):
        return cell
    return replace(cell, serving=())


def _spans(sheet: Sheet, plan: Plan) -> Mapping[Cell, tuple[Served, ...]]:
    agents, queues = Known(plan.by_id, messages.AN_AGENT), Known(plan.settings.queues, messages.A_QUEUE)
    day_first, zone = plan.settings.history.day_first, plan.settings.centre.zone
    day_of, moment = day_parser(day_first), moment_parser(day_first)
    found: defaultdict[Cell, list[Served]] = defaultdict(list)
    for row in sheet:
        agent_id, day = row.need("agent_id", agents), row.need("business_date", day_of)
        span = _span(row, lambda text: instant_of(moment(text), zone), queues)
        if agent_id is not None and day is not None and in_period(row, day, plan) and span is not None:
            found[agent_id, day].append(span)
    return {cell: tuple(spans) for cell, spans in found.items()}


def _span(row: Row, instant: Callable[[str], datetime], queues: Known) -> Served | None:
    start, end, queue = row.need("start_local", instant), row.need("end_local", instant), row.need("queue", queues)
    if start is None or end is None or queue is None:
        return None
    if end <= start:
        row.wrong("end_local", messages.END_AFTER_START.fill(start=row.text("start_local").strip()))
        return None
    return Served(start, end, queue)
