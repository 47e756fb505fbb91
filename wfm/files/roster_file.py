"""A roster file back to assignments: ours, also after somebody edited it; and the roster of the month before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.domain.clock import elapsed_minutes
from wfm.domain.roster import Assignment, State
from wfm.domain.shifts import Shift
from wfm.files import messages
from wfm.files.cells import amount, clean, day_parser, instant_of, moment_parser
from wfm.files.findings import Findings
from wfm.files.headers import bind
from wfm.files.people import is_day_off
from wfm.files.rosters.cells import ROSTER, STATES, RosterCells, free, in_order
from wfm.files.serving_file import with_spans
from wfm.files.tables import load_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from wfm.domain.plan import Plan
    from wfm.domain.settings import Settings
    from wfm.files.names import Known
    from wfm.files.tables import Row, Sheet


def read_roster(path: Path, plan: Plan) -> tuple[Assignment, ...]:
    """Return the assignments of a roster file: one for every agent and day of the plan, in its order.

    The shift code decides what is worked; times, where given, must be those of the shift. Where the state is empty, it
    follows from the code, the plan's leave and the calendar. The type of leave is that of the plan. `serving.csv`
    beside the file says who changes queues within a shift.

    Raises
    ------
    InputErrors
        With every problem: unknown agent, shift or queue, a date outside the period, a cell given twice or missing.
    """
    findings = Findings()
    table = load_table(path, findings)
    sheet = None if table is None else bind(table, ROSTER, findings)
    cells: dict[tuple[str, date], Assignment | None] = {}
    if sheet is not None:
        reader = RosterCells(sheet, plan)
        cells = reader.read()
        reader.refuse_missing(cells)
    findings.raise_if_any()
    return with_spans(in_order(cells, plan), path.parent, plan)


def read_version(path: Path, settings: Settings) -> tuple[Assignment, ...]:
    """Return the assignments of the period in the roster file of an earlier version.

    Its shift templates and agents may be gone: it is read as the previous roster is.

    Raises
    ------
    InputErrors
        With every problem of the file; one that has no day of the period is a problem too.
    """
    findings = Findings()
    table = load_table(path, findings)
    sheet = None if table is None else bind(table, ROSTER, findings)
    first, last = settings.period.first, settings.period.last
    found = () if sheet is None else _known_days(sheet, settings, lambda day: first <= day <= last)[0]
    if sheet is not None and not found and not findings.about(path.name):
        sheet.wrong(None, "business_date", None, messages.IN_PERIOD.fill(first=first, last=last))
    findings.raise_if_any()
    return found


def read_previous(sheet: Sheet, settings: Settings, agents: Known) -> tuple[Assignment, ...]:
    """Return the assignments before the period from the roster of the month before.

    Its shift templates may be gone: a shift runs from `start_local` to `end_local` where they are given (local time of
    the centre without an offset), else from the template. Rows not before the period are counted in a note; so are
    agents who are no longer there, whose last shifts still count as cover.
    """
    found, others = _known_days(sheet, settings, lambda day: day < settings.period.first)
    if others:
        sheet.findings.note(messages.NOT_BEFORE_PERIOD, count=others)
    former = {a.agent_id for a in found if a.agent_id not in agents}
    if former:
        sheet.findings.note(messages.FORMER_AGENTS, count=len(former))
    return found


def read_published(sheet: Sheet, settings: Settings, agents: Known) -> tuple[Assignment, ...]:
    """Return the assignments of the period from a roster that was already published for it.

    Read as the previous roster is; rows outside the period are not looked at.
    """
    period = settings.period
    found, others = _known_days(sheet, settings, lambda day: period.first <= day <= period.last)
    return published_days(found, settings, agents, sheet.findings, others)


def published_days(
    cells: Sequence[Assignment], settings: Settings, agents: Known, findings: Findings, aside: int = 0
) -> tuple[Assignment, ...]:
    """Return the published days of known agents in the period, after notes on those and on the others.

    Parameters
    ----------
    aside
        Days that were left aside before.
    """
    period = settings.period
    kept = tuple(c for c in cells if period.first <= c.date <= period.last and c.agent_id in agents)
    if aside + len(cells) > len(kept):
        findings.note(messages.NOT_PUBLISHED_HERE, count=aside + len(cells) - len(kept))
    findings.note(messages.PUBLISHED_DAYS, count=len(kept), weight=settings.goals.stability)
    return kept


def _known_days(sheet: Sheet, settings: Settings, inside: Callable[[date], bool]) -> tuple[tuple[Assignment, ...], int]:
    """Return the assignments of the dates that are wanted, and the number of rows of other dates."""
    lines: dict[tuple[str, date], int] = {}
    found, others = [], 0
    day_of = day_parser(settings.history.day_first)
    for row in sheet:
        agent_id, day = row.need("agent_id", clean), row.need("business_date", day_of)
        if agent_id is None or day is None:
            continue
        if not inside(day):
            others += 1
            continue
        line = lines.setdefault((agent_id, day), row.line)
        if line != row.line:
            row.wrong("business_date", messages.ONE_CELL.fill(line=line, day=day))
        elif (assignment := _past(row, agent_id, day, settings)) is not None:
            found.append(assignment)
    return tuple(found), others


def _past(row: Row, agent_id: str, day: date, settings: Settings) -> Assignment | None:
    worked = not is_day_off(row.text("shift_code"))
    state = row.maybe("state", STATES, None) or (State.WORK if worked else State.REST)
    if state is not State.WORK:
        return free(row, agent_id, day, state, None)
    code = row.need("shift_code", clean)
    if not worked:
        row.wrong("shift_code", messages.SHIFT_OF_WORK)
    shift = None if code is None or not row.ok else _past_shift(row, code, day, settings)
    return Assignment(agent_id, day, State.WORK, shift, clean(row.text("queue")) or None) if shift is not None else None


def _past_shift(row: Row, code: str, day: date, settings: Settings) -> Shift | None:
    zone, parse = settings.centre.zone, moment_parser(settings.history.day_first)
    template = next((t for t in settings.shifts if clean(t.code) == code), None)
    begins, ends = row.maybe("start_local", parse, None), row.maybe("end_local", parse, None)
    if begins is None or ends is None:
        if template is None and row.ok:
            row.wrong("shift_code", messages.SHIFT_RUNS_FROM.fill(code=code))
        return template.on(day, zone) if template is not None and row.ok else None
    start, end = instant_of(begins, zone), instant_of(ends, zone)
    if end <= start:
        row.wrong("end_local", messages.END_AFTER_START.fill(start=row.text("start_local").strip()))
        return None
    if template is not None and (usual := template.on(day, zone)).start == start and usual.end == end:
        return usual
    hours = row.maybe("paid_hours", amount, None)
    minutes = elapsed_minutes(start, end) if hours is None else round(hours * 60)
    return Shift(code, day, start, end, minutes) if row.ok else None
