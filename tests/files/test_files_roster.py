"""Rosters read back, and the roster of the month before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from files_folder import AGENTS, PLAN, problems, read

from wfm.domain.agents import Absence
from wfm.domain.calendar import Calendar, Day, DayClass
from wfm.domain.errors import InputErrors
from wfm.domain.plan import Plan
from wfm.domain.roster import State
from wfm.files import read_roster

if TYPE_CHECKING:
    from pathlib import Path

    from wfm.domain.roster import Assignment

SHORT = PLAN.replace("2026-05-31", "2026-05-03")
HOLIDAY = date(2026, 5, 1)
HEADER = "agent_id,name,business_date,state,shift_code,queue,start_local,end_local,paid_hours"
ROWS = [
    "001,Ann,2026-05-01,work,N20,sales,2026-05-01T20:00+08:00,2026-05-02T08:00+08:00,12.00",
    "001,Ann,2026-05-02,rest,,,,,",
    "001,Ann,2026-05-03,leave,,,,,",
    "002,Bob,2026-05-01,statutory_off,,,,,",
    "002,Bob,2026-05-02,work,D8,service,,,",
    "002,Bob,2026-05-03,not_employed,,,,,",
]


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Return a plan of two agents and three days, the first of them a holiday."""
    inputs = read(tmp_path, plan=SHORT, agents=AGENTS.replace("2024-03-01,", "2024-03-01,2026-05-02"))
    days = [date(2026, 4, 1) + timedelta(days=n) for n in range(60)]
    kinds = {d: DayClass.STATUTORY if d == HOLIDAY else DayClass.WORKDAY for d in days}
    leave = Absence(agent_id="001", first_date=date(2026, 5, 3), last_date=date(2026, 5, 3), type="sick")
    return Plan(
        settings=inputs.settings,
        agents=inputs.agents,
        calendar=Calendar({d: Day(d, kind) for d, kind in kinds.items()}),
        requirement=pd.DataFrame(),
        absences=(leave,),
    )


def roster(
    tmp_path: Path, plan: Plan, rows: list[str], header: str = HEADER, encoding: str = "utf-8-sig"
) -> tuple[Assignment, ...]:
    """Return the assignments of a roster file with these rows."""
    path = tmp_path / "roster.csv"
    path.write_bytes("\r\n".join([header, *rows, ""]).encode(encoding))
    return read_roster(path, plan)


def faults(tmp_path: Path, plan: Plan, rows: list[str]) -> list[tuple[int | None, str | None, str | None]]:
    """Return line, column and value of every problem of a roster file with these rows."""
    with pytest.raises(InputErrors) as caught:
        roster(tmp_path, plan, rows)
    return [(e.row, e.column, e.value) for e in caught.value.errors]


def test_roster_of_ours(tmp_path: Path, plan: Plan) -> None:
    """A roster file gives one assignment for every agent and day, in the plan's order."""
    found = roster(tmp_path, plan, ROWS[::-1])
    assert [(a.agent_id, a.date.day) for a in found] == [
        ("001", 1),
        ("001", 2),
        ("001", 3),
        ("002", 1),
        ("002", 2),
        ("002", 3),
    ]
    assert [a.state for a in found] == [
        State.WORK,
        State.REST,
        State.LEAVE,
        State.STATUTORY_OFF,
        State.WORK,
        State.NOT_EMPLOYED,
    ]
    assert found[0].shift == plan.shifts["N20", HOLIDAY]
    assert (found[0].queue, found[2].leave_type) == ("sales", "sick")


def test_roster_that_a_spreadsheet_saved(tmp_path: Path, plan: Plan) -> None:
    """GB18030, semicolons, dates with slashes, local times and a column more change nothing."""
    rows = [
        r.replace("2026-05-0", "2026/5/").replace("T20:00+08:00", " 20:00").replace("T08:00+08:00", " 8:00")
        for r in ROWS
    ]
    edited = [(r + ",甲").replace(",", ";") for r in rows]
    header = (HEADER + ",备注").replace(",", ";")
    assert roster(tmp_path, plan, edited, header, "gb18030") == roster(tmp_path, plan, ROWS)


def test_state_follows_from_the_code(tmp_path: Path, plan: Plan) -> None:
    """Without a state the shift code, the leave, the calendar and the dates of employment say it."""
    rows = [
        "001,2026/5/1,N20,sales",
        "001,2026/5/2,休,",
        "001,2026/5/3,,",
        "002,2026/5/1,-,",
        "002,2026/5/2,D8,",
        "002,2026/5/3,,",
    ]
    assert roster(tmp_path, plan, rows, "工号,日期,班次,队列") == roster(tmp_path, plan, ROWS)


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ("001,Ann,2026-05-01,work,X1,sales,,,", "shift_code", "X1"),
        ("009,Cy,2026-05-01,work,D8,sales,,,", "agent_id", "009"),
        ("001,Ann,2026-05-01,work,D8,shop,,,", "queue", "shop"),
        ("001,Ann,2026-05-01,work,D8,,,,", "queue", None),
        ("001,Ann,2026-05-01,work,,sales,,,", "shift_code", None),
        ("001,Ann,2026-05-01,rest,D8,,,,", "shift_code", "D8"),
        ("001,Ann,2026-05-01,away,,,,,", "state", "away"),
        ("001,Ann,2026-06-01,rest,,,,,", "business_date", "2026-06-01"),
        ("001,Ann,2026-05-01,work,D8,sales,2026-05-01 09:00,,", "start_local", "2026-05-01 09:00"),
        ("001,Ann,2026-05-01,work,D8,sales,,2026-05-01 18:00,", "end_local", "2026-05-01 18:00"),
    ],
)
def test_problem_of_a_roster_row(tmp_path: Path, plan: Plan, row: str, column: str, value: str | None) -> None:
    """Each wrong cell of a roster is reported at its line and column."""
    found = faults(tmp_path, plan, [row, *ROWS[1:]])
    assert (2, column, value) in found
    assert all(line in (2, None) for line, *_ in found)


def test_cells_given_twice_or_never(tmp_path: Path, plan: Plan) -> None:
    """A cell given twice is reported at its second line, missing cells once per agent."""
    found = faults(tmp_path, plan, [*ROWS[:2], ROWS[1], *ROWS[3:5]])
    assert found == [(None, "business_date", None)] * 2 + [(4, "business_date", "2026-05-02")]


def test_missing_roster(tmp_path: Path, plan: Plan) -> None:
    """A roster file that is not there is a problem, not a traceback."""
    with pytest.raises(InputErrors, match="this file"):
        read_roster(tmp_path / "none.csv", plan)


def test_roster_of_the_month_before(tmp_path: Path) -> None:
    """Shifts of the month before run as they were, known codes with their breaks, unknown ones by their times."""
    rows = [
        "001,Ann,2026-04-29,work,D8,sales,2026-04-29T08:00+08:00,2026-04-29T17:00+08:00,8.00",
        "001,Ann,2026-04-30,work,OLD,gone,2026-04-30 21:00,2026-05-01 07:00,9.50",
        "002,Bob,2026-04-30,rest,,,,,",
        "077,Cy,2026-04-30,work,N20,sales,,,",
        "001,Ann,2026-05-01,rest,,,,,",
    ]
    inputs = read(tmp_path, previous_roster="\n".join([HEADER, *rows]))
    first, old, rest, former = inputs.previous
    assert first.shift == inputs.settings.shifts[0].on(date(2026, 4, 29), inputs.settings.centre.zone)
    assert old.shift is not None
    assert (old.shift.start, old.shift.end) == (
        datetime(2026, 4, 30, 13, tzinfo=UTC),
        datetime(2026, 4, 30, 23, tzinfo=UTC),
    )
    assert (old.shift.paid_minutes, old.queue) == (570, "gone")
    assert rest.state is State.REST
    assert former.shift is not None
    assert [n.en[:40] for n in inputs.notes] == [
        "1 row(s) of the previous roster do not l",
        "1 agent(s) of the previous roster are no",
    ]


def test_problems_of_the_month_before(tmp_path: Path) -> None:
    """A shift without times and template, times backwards, and a cell given twice are problems."""
    rows = [
        "001,Ann,2026-04-29,work,OLD,sales,,,",
        "001,Ann,2026-04-30,work,OLD,sales,2026-04-30 21:00,2026-04-30 07:00,",
        "002,Bob,2026-04-30,rest,,,,,",
        "002,Bob,2026-04-30,rest,,,,,",
    ]
    assert problems(tmp_path, previous_roster="\n".join([HEADER, *rows])) == [
        ("previous_roster.csv", 2, "shift_code", "OLD"),
        ("previous_roster.csv", 3, "end_local", "2026-04-30 07:00"),
        ("previous_roster.csv", 5, "business_date", "2026-04-30"),
    ]


def test_leave_without_a_record_has_no_type(tmp_path: Path, plan: Plan) -> None:
    """Leave that the plan does not know keeps its state; its type is unknown."""
    found = roster(tmp_path, replace(plan, absences=()), ROWS)
    assert (found[2].state, found[2].leave_type) == (State.LEAVE, None)
