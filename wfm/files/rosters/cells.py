"""The cells of a roster of the plan's own period: what every shape of roster file ends in."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from wfm.domain.roster import Assignment, State
from wfm.files import messages
from wfm.files.cells import choice, clean, day_parser, instant_of, moment_parser
from wfm.files.headers import Columns
from wfm.files.names import Known, enumerated
from wfm.files.people import is_day_off
from wfm.files.rosters import messages as m
from wfm.files.rosters.words import AgentIds, ShiftWords, is_leave_word, is_off_word

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence
    from datetime import date, datetime

    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster
    from wfm.domain.text import Text
    from wfm.files.cells import Moment
    from wfm.files.tables import Row, Sheet

    Cell = tuple[str, date]

ROSTER = Columns(
    ("agent_id", "business_date", "shift_code"), ("state", "queue", "start_local", "end_local", "paid_hours")
)
STATES = choice(
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


class RosterCells:
    """Reads the rows of a sheet with the columns of `ROSTER` into assignments.

    Parameters
    ----------
    standing
        The roster that stands: it says which queue an agent serves where the sheet does not. None where there is none;
        a queue that is left open is a problem then.
    words
        What else names shifts, to the codes that each word can mean; it goes before codes and names.
    agents
        Parser of agent ids, where it was used before; None makes one.
    day, moment
        Parsers of dates and of times; None takes those of the settings.
    """

    def __init__(
        self,
        sheet: Sheet,
        plan: Plan,
        standing: Roster | None = None,
        words: Mapping[str, Sequence[str]] | None = None,
        *,
        agents: AgentIds | None = None,
        day: Callable[[str], date] | None = None,
        moment: Callable[[str], Moment] | None = None,
    ) -> None:
        self.sheet, self.plan, self.standing = sheet, plan, standing
        self.agents = cache(agents or AgentIds(plan.by_id))
        self.shifts = ShiftWords(plan.settings.shifts, words or {})
        self.queues = Known(plan.settings.queues, messages.A_QUEUE)
        self.day = day or day_parser(plan.settings.history.day_first)
        parse, zone = moment or moment_parser(plan.settings.history.day_first), plan.settings.centre.zone
        self.instant = cache(lambda text: instant_of(parse(text), zone))
        self.chosen: list[str] = []

    def read(self) -> dict[Cell, Assignment | None]:
        """Return what each row says by cell, None where it is wrong; every problem is reported."""
        rows: dict[Cell, Row] = {}
        cells: dict[Cell, Assignment | None] = {}
        for row in self.sheet:
            agent_id, day = row.need("agent_id", self.agents), row.need("business_date", self.day)
            if agent_id is None or day is None or not in_period(row, day, self.plan):
                continue
            first = rows.setdefault((agent_id, day), row)
            if first is not row:
                row.wrong("business_date", messages.ONE_CELL.fill(line=first.line, day=day))
            else:
                cells[agent_id, day] = self._assignment(row, agent_id, day)
        if self.chosen:
            self.sheet.findings.note(
                m.QUEUE_CHOSEN, file=self.sheet.file, count=len(self.chosen), cells=enumerated(self.chosen)
            )
        return cells

    def refuse_missing(self, cells: Container[Cell]) -> None:
        """Report the agent-days that are not in the file."""
        for agent in self.plan.agents:
            missing = [str(d) for d in self.plan.days if (agent.agent_id, d) not in cells]
            if missing:
                expected = messages.EVERY_CELL.fill(agent=agent.agent_id, days=enumerated(missing))
                self.sheet.wrong(None, "business_date", None, expected)

    def _assignment(self, row: Row, agent_id: str, day: date) -> Assignment | None:
        stood = None if self.standing is None else self.standing.assignments.get((agent_id, day))
        given = row.maybe("state", STATES, None)
        if given is None or (stood is not None and self._only_code_changed(row, given, stood)):
            given = self._state(row, agent_id, day)
        if given is not State.WORK:
            left = stood is not None and stood.queue == clean(row.text("queue"))
            return free(row, agent_id, day, given, self.plan.leave_type(agent_id, day), left=left)
        code = self._code(row, agent_id, day)
        if code is None and row.ok:
            row.wrong("shift_code", messages.SHIFT_OF_WORK)
        queue = self._queue(row, agent_id, day) if row.ok else None
        if code is None or not row.ok:
            return None
        shift = self.plan.shifts[code, day]
        before = stood.shift if stood is not None else None
        self._check_time(row, "start_local", (shift.start, before.start if before else None), messages.START, code)
        self._check_time(row, "end_local", (shift.end, before.end if before else None), messages.END, code)
        same = stood is not None and (stood.shift, stood.queue) == (shift, queue)
        spans = stood.serving if stood is not None and same else ()
        return Assignment(agent_id, day, State.WORK, shift, queue, serving=spans) if row.ok else None

    def _only_code_changed(self, row: Row, given: State, stood: Assignment) -> bool:
        """Return whether the state is what stood there while the shift code says something else: edits stop there."""
        code = row.text("shift_code")
        if given is not stood.state or not code.strip():
            return False
        return is_off_word(code) if stood.works else code in self.shifts

    def _state(self, row: Row, agent_id: str, day: date) -> State:
        """Return the state that a cell for the shift code means: a shift, a day off as the records say, or leave."""
        text = row.text("shift_code")
        if text in self.shifts:
            return State.WORK
        if is_off_word(text):
            return self.plan.off_state(self.plan.by_id[agent_id], day)
        if not is_leave_word(text, self.plan.settings.leave.types):
            return State.WORK
        if self.plan.leave_type(agent_id, day) is None:
            row.wrong("shift_code", m.LEAVE_ON_RECORD, m.RECORD_LEAVE)
        return State.LEAVE

    def _code(self, row: Row, agent_id: str, day: date) -> str | None:
        """Return the code of the shift that a row names; None where it names none.

        Of several shifts that go by the word, it is the one that stands on that day.
        """
        if is_day_off(row.text("shift_code")):
            return None
        codes = row.maybe("shift_code", self.shifts, ())
        stood = None if self.standing is None else self.standing.assignments.get((agent_id, day))
        if len(codes) > 1 and stood is not None and stood.shift is not None and stood.shift.code in codes:
            return stood.shift.code
        if len(codes) > 1:
            row.wrong("shift_code", m.ONE_SHIFT.fill(names=enumerated(codes)))
        return next(iter(codes), None)

    def _queue(self, row: Row, agent_id: str, day: date) -> str | None:
        served = self.plan.queues_of(self.plan.by_id[agent_id])
        queue = row.maybe("queue", self.queues, served[0] if len(served) == 1 else None)
        if queue is None and row.ok and served:
            queue = self._standing_queue(agent_id, day, served)
        if queue is None and row.ok:
            row.wrong("queue", messages.QUEUE_SERVED.fill(names=", ".join(served)))
        return queue

    def _standing_queue(self, agent_id: str, day: date, served: Sequence[str]) -> str | None:
        """Return the queue of the day in the roster that stands, else the agent's commonest there, else his first."""
        if self.standing is None:
            return None
        stood = self.standing.assignments.get((agent_id, day))
        if stood is not None and stood.queue in served:
            return stood.queue
        usual = Counter(cell.queue for cell in self.standing if cell.agent_id == agent_id)
        queue = max(served, key=lambda name: usual[name])
        self.chosen.append(f"{agent_id} {day} {queue}")
        return queue

    def _check_time(
        self, row: Row, column: str, either: tuple[datetime, datetime | None], side: Text, code: str
    ) -> None:
        """Report a time that is neither the shift's nor the one that stood there before the code was changed."""
        instant = row.maybe(column, self.instant, None)
        if instant is not None and instant not in either:
            time = either[0].astimezone(self.plan.settings.centre.zone).isoformat(timespec="minutes")
            row.wrong(column, messages.SHIFT_TIMES.fill(time=time, side=side, code=code), messages.CHANGE_CODE)


def in_period(row: Row, day: date, plan: Plan) -> bool:
    """Return whether a business date is one of the period; a report where it is not."""
    first, last = plan.days[0], plan.days[-1]
    if first <= day <= last:
        return True
    row.wrong("business_date", messages.IN_PERIOD.fill(first=first, last=last))
    return False


def in_order(cells: Mapping[Cell, Assignment | None], plan: Plan) -> tuple[Assignment, ...]:
    """Return the assignments of every agent and day that is there, in the order of the plan."""
    found = (cells.get((agent.agent_id, day)) for agent in plan.agents for day in plan.days)
    return tuple(cell for cell in found if cell is not None)


def free(
    row: Row, agent_id: str, day: date, state: State, leave_type: str | None, *, left: bool = False
) -> Assignment | None:
    """Return a day without a shift; None after a report when the row names a shift or a queue all the same.

    Parameters
    ----------
    left
        Whether the queue is only what stood there before.
    """
    named = [] if left or is_day_off(row.text("queue")) else ["queue"]
    if clean(row.text("state")) and not is_day_off(row.text("shift_code")):
        named.append("shift_code")
    for column in named:
        row.wrong(column, messages.STATE_FITS.fill(state=state.value))
    kind = leave_type if state is State.LEAVE else None
    return Assignment(agent_id, day, state, leave_type=kind) if row.ok else None
