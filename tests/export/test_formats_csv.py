"""CSV for punch clocks, Workday and SuccessFactors."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from formats_house import LONG, NAMES, ZERO, form, outgoing, plan, records, written

from wfm.domain.agents import Absence
from wfm.domain.errors import InputErrors
from wfm.export import EXPORTS

if TYPE_CHECKING:
    from pathlib import Path


def test_punch_clock_sheets(tmp_path: Path) -> None:
    """One sheet per month with all its days: shift numbers, 25 on leave, empty when off or outside the period."""
    names = form("punchclock_matrix").write(outgoing(), tmp_path)
    assert list(names) == ["punchclock-2026-04.csv", "punchclock-2026-05.csv"]
    april, may = (
        list(csv.reader(io.StringIO((tmp_path / n).read_bytes().decode("gb18030"), newline=""))) for n in names
    )
    assert april[0] == ["工号", "姓名", "所属部门", *map(str, range(1, 31))]
    assert may[0][3:] == [str(n) for n in range(1, 32)]
    assert may[1][:10] == ["", "", "", *"五六日一二三四"]
    assert may[2] == [ZERO, NAMES[ZERO], "一组", "2", "", "1", *[""] * 28]
    assert may[3] == [LONG, NAMES[LONG], "一组", "", "25", "25", *[""] * 28]
    assert april[3][-1] == "1"
    assert april[2][3:] == [""] * 30


def test_punch_clock_numbers(tmp_path: Path) -> None:
    """The numbers for leave and trips cannot be those of a shift, and every shift has one."""
    found = form("punchclock_matrix", numbers={"D8": 25, "N20": 26}).problems(plan().settings)
    assert [e.column for e in found] == [f"export.punchclock_matrix.numbers.{code}" for code in ("D8", "N20")]
    assert [e.value for e in found] == ["25", "26"]
    (missing,) = form("punchclock_matrix", numbers={"D8": 1}).problems(plan().settings)
    assert "N20" in missing.message.zh


def test_punch_clock_options(tmp_path: Path) -> None:
    """Encoding and delimiter of the sheet are options."""
    made = form("punchclock_matrix", encoding="utf-8-sig", delimiter="\t")
    name = made.write(outgoing(), tmp_path)[0]
    assert (tmp_path / name).read_bytes().startswith("\ufeff工号\t姓名".encode())


def test_workday_events(tmp_path: Path) -> None:
    """A shift with an unpaid meal is in, meal, in, out; ids are stable and times have their offset."""
    (text,) = written(form("workday_events"), outgoing(), tmp_path).values()
    rows = records(text)
    assert list(rows[0]) == [c.name for c in EXPORTS["workday_events"].columns]
    assert [tuple(r.values()) for r in rows[:2]] == [
        (f"{ZERO}-2026-05-01-1", ZERO, "2026-05-01T20:00:00+08:00", "In", "Asia/Shanghai"),
        (f"{ZERO}-2026-05-01-2", ZERO, "2026-05-02T08:00:00+08:00", "Out", "Asia/Shanghai"),
    ]
    day = [(r["Clock_Event_Type"], r["Time_Clock_Event_Date_Time"][11:16]) for r in rows[2:6]]
    assert day == [("In", "08:00"), ("Meal", "12:00"), ("In", "13:00"), ("Out", "17:00")]
    assert len({r["Time_Clock_Event_ID"] for r in rows}) == len(rows) == 10


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 28), 11), (date(2026, 10, 24), 13), (date(2026, 6, 1), 12)])
def test_workday_over_a_clock_change(tmp_path: Path, day: date, hours: int) -> None:
    """The time between in and out of a night over a clock change is what really passes."""
    out = outgoing(plan(day, day, zone="Europe/Berlin"), {(LONG, day): "N20"})
    rows = records(*written(form("workday_events"), out, tmp_path).values())
    begin, end = (datetime.fromisoformat(r["Time_Clock_Event_Date_Time"]) for r in rows)
    assert (end - begin).total_seconds() == hours * 3600


def test_employee_time(tmp_path: Path) -> None:
    """An approved leave is one row with its own dates, also beyond the period, under a stable code."""
    (text,) = written(form("sf_employeetime"), outgoing(), tmp_path).values()
    (row,) = records(text)
    assert list(row) == [c.name for c in EXPORTS["sf_employeetime"].columns]
    assert list(row.values()) == [
        f"{LONG}-2026-05-02-annual",
        LONG,
        "TT_ANNUAL",
        "2026-05-02",
        "2026-05-06",
        "APPROVED",
    ]


def test_employee_time_leaves_out(tmp_path: Path) -> None:
    """Leave not approved, outside the period or the employment, and kinds in `leave_out` are not sent."""
    known = plan()
    day, before = date(2026, 5, 1), date(2026, 4, 1)
    absences = (
        Absence(agent_id=LONG, first_date=day, last_date=day, status="requested"),
        Absence(agent_id=LONG, first_date=before, last_date=before),
        Absence(agent_id=ZERO, first_date=before, last_date=date(2026, 4, 30), type="sick"),
        Absence(agent_id=ZERO, first_date=day, last_date=day, type="training"),
    )
    out = outgoing(replace(known, absences=absences), {})
    (text,) = written(form("sf_employeetime"), out, tmp_path).values()
    assert records(text) == []


def test_employee_time_without_a_type(tmp_path: Path) -> None:
    """A kind of leave without a time type stops the export and is named."""
    with pytest.raises(InputErrors, match="missing: annual") as failed:
        form("sf_employeetime", time_types={"sick": "S"}).write(outgoing(), tmp_path)
    assert failed.value.errors[0].column == "export.sf_employeetime.time_types"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["workday_events", "sf_employeetime"])
def test_files_for_machines(tmp_path: Path, kind: str) -> None:
    """Machine files have no byte order mark and CR LF, and dates follow their option."""
    (text,) = written(form(kind, date_format="DD.MM.YYYY"), outgoing(), tmp_path).values()
    assert not text.startswith("\ufeff")
    assert text.count("\r\n") == text.count("\n")
    assert ("02.05.2026" in text) == (kind == "sf_employeetime")
