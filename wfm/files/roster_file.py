"""A roster file back to assignments: ours, also after somebody edited it; and the roster of the month before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.domain.clock import elapsed_minutes
from wfm.domain.roster import Assignment, State
from wfm.domain.shifts import Shift
from wfm.files import messages
from wfm.files.cells import amount, choice, clean, day_parser, instant_of, moment_parser
from wfm.files.findings import Findings
from wfm.files.headers import Columns, bind
from wfm.files.names import Known, enumerated
from wfm.files.people import is_day_off
from wfm.files.tables import load_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from wfm.domain.plan import Plan
    from wfm.domain.settings import Settings
    from wfm.domain.text import Text
    from wfm.files.tables import Row, Sheet

ROSTER = Columns(
    ("agent_id", "business_date", "shift_code"), ("state", "queue", "start_local", "end_local", "paid_hours")
)

_STATES = choice(
    {
        **{state.value: state for state in State},
        "上班": State.WORK,
        "休息": State.REST,
        "法定休": State.STATUTORY_OFF,
        "法定节假日休": State.STATUTORY_OFF,
        "请假": State.LEAVE,
        "休假": State.LEAVE,
        "不在职": State.NOT_EMPLOYED,
    }
)


def read_roster(path: Path, plan: Plan) -> tuple[Assignment, ...]:
    """Return the assignments of a roster file: one for every agent and day of the plan, in its order.

    The shift code decides what is worked; times, where given, must be those of the shift. Where the state is empty, it
    follows from the code, the plan's leave and the calendar. The type of leave is that of the plan.

    Raises
    ------
    InputErrors
        With every problem: unknown agent, shift or queue, a date outside the period, a cell given twice or missing.
    """
    findings = Findings()
    table = load_table(path, findings)
    sheet = None if table is None else bind(table, ROSTER, findings)
    cells: dict[tuple[str, date], Assignment] = {}
    if sheet is not None:
        cells = _Cells(sheet, plan).read()
    findings.raise_if_any()
    return tuple(cells[agent.agent_id, day] for agent in plan.agents for day in plan.days)


class _Cells:
    """The cells of a roster file of the plan's own period."""

    def __init__(self, sheet: Sheet, plan: Plan) -> None:
        self.sheet, self.plan = sheet, plan
        self.agents = Known(plan.by_id, messages.AN_AGENT)
        self.shifts = Known(plan.templates, messages.A_SHIFT)
        self.queues = Known(plan.settings.queues, messages.A_QUEUE)
        self.day = day_parser(plan.settings.history.day_first)
        self.moment = moment_parser(plan.settings.history.day_first)

    def read(self) -> dict[tuple[str, date], Assignment]:
        """Return the assignments by cell; report what is wrong, and missing cells."""
        lines: dict[tuple[str, date], int] = {}
        cells: dict[tuple[str, date], Assignment] = {}
        for row in self.sheet:
            agent_id, day = row.need("agent_id", self.agents), row.need("business_date", self.day)
            if agent_id is None or day is None or not self._inside(row, day):
                continue
            line = lines.setdefault((agent_id, day), row.line)
            if line != row.line:
                row.wrong("business_date", messages.ONE_CELL.fill(line=line, day=day))
            elif (assignment := self._assignment(row, agent_id, day)) is not None:
                cells[agent_id, day] = assignment
        for agent in self.plan.agents:
            missing = [str(d) for d in self.plan.days if (agent.agent_id, d) not in lines]
            if missing:
                expected = messages.EVERY_CELL.fill(agent=agent.agent_id, days=enumerated(missing))
                self.sheet.wrong(None, "business_date", None, expected)
        return cells

    def _inside(self, row: Row, day: date) -> bool:
        first, last = self.plan.days[0], self.plan.days[-1]
        if first <= day <= last:
            return True
        row.wrong("business_date", messages.IN_PERIOD.fill(first=first, last=last))
        return False

    def _assignment(self, row: Row, agent_id: str, day: date) -> Assignment | None:
        state = row.maybe("state", _STATES, None) or self._state(row, agent_id, day)
        if state is not State.WORK:
            return _free(row, agent_id, day, state, self.plan.leave_type(agent_id, day))
        code = row.maybe("shift_code", self.shifts, None) if not is_day_off(row.text("shift_code")) else None
        if code is None and row.ok:
            row.wrong("shift_code", messages.SHIFT_OF_WORK)
        queue = self._queue(row, agent_id)
        if code is None or not row.ok:
            return None
        shift = self.plan.shifts[code, day]
        self._check_time(row, "start_local", shift.start, messages.START, code)
        self._check_time(row, "end_local", shift.end, messages.END, code)
        return Assignment(agent_id, day, State.WORK, shift, queue) if row.ok else None

    def _state(self, row: Row, agent_id: str, day: date) -> State:
        if not is_day_off(row.text("shift_code")):
            return State.WORK
        if not self.plan.by_id[agent_id].employed(day):
            return State.NOT_EMPLOYED
        if self.plan.leave_type(agent_id, day) is not None:
            return State.LEAVE
        return State.STATUTORY_OFF if self.plan.calendar.is_statutory(day) else State.REST

    def _queue(self, row: Row, agent_id: str) -> str | None:
        served = self.plan.queues_of(self.plan.by_id[agent_id])
        queue = row.maybe("queue", self.queues, served[0] if len(served) == 1 else None)
        if queue is None and row.ok:
            row.wrong("queue", messages.QUEUE_SERVED.fill(names=", ".join(served)))
        return queue

    def _check_time(self, row: Row, column: str, at: datetime, side: Text, code: str) -> None:
        zone = self.plan.settings.centre.zone
        moment = row.maybe(column, self.moment, None)
        if moment is not None and instant_of(moment, zone) != at:
            time = at.astimezone(zone).isoformat(timespec="minutes")
            row.wrong(column, messages.SHIFT_TIMES.fill(time=time, side=side, code=code), messages.CHANGE_CODE)


def _free(row: Row, agent_id: str, day: date, state: State, leave_type: str | None) -> Assignment | None:
    for column in ("shift_code", "queue"):
        if not is_day_off(row.text(column)):
            row.wrong(column, messages.STATE_FITS.fill(state=state.value))
    kind = leave_type if state is State.LEAVE else None
    return Assignment(agent_id, day, state, leave_type=kind) if row.ok else None


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
    state = row.maybe("state", _STATES, None) or (State.WORK if worked else State.REST)
    if state is not State.WORK:
        return _free(row, agent_id, day, state, None)
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
