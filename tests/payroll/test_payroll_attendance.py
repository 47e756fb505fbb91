"""Attendance in place of the roster."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from pay_house import attendance, plan, roster, wages

from wfm.domain.agents import Absence
from wfm.payroll import notes, payroll, timesheet
from wfm.payroll.attendance import Attendance

if TYPE_CHECKING:
    from wfm.domain.plan import Plan

MAY = (date(2026, 5, 1), date(2026, 5, 31))
WAGE = wages({"007": [Decimal(4000), Decimal(2000)]})
KNOWN = plan(*MAY)


def clock(day: int, hour: float) -> datetime:
    """Return an hour of the wall clock in Shanghai in May."""
    return datetime(2026, 5, day, tzinfo=KNOWN.settings.centre.zone) + timedelta(hours=hour)


def row(day: int, start: float, end: float, *unpaid: int) -> tuple[Any, ...]:
    """Return a span of attendance by hours of its date."""
    return (date(2026, 5, day), clock(day, start), clock(day, end), *unpaid)


def said(worked: Any, shifts: dict[date, str], known: Plan = KNOWN) -> list[str]:
    """Return the notes in English."""
    return [note.en for note in notes(roster(known, shifts), known, WAGE, worked)]


def test_without_attendance_everything_is_scheduled() -> None:
    """The basis of every row is `scheduled`, and worked hours are empty."""
    shifts = {date(2026, 5, 6): "D11"}
    for worked in (None, attendance()):
        assert payroll(roster(KNOWN, shifts), KNOWN, WAGE, worked)["basis"].tolist() == ["scheduled"]
        sheet = timesheet(roster(KNOWN, shifts), KNOWN, worked)
        assert sheet[["worked_h", "worked_minutes", "basis"]].to_numpy().tolist() == [[None, None, "scheduled"]]


def test_attendance_replaces_the_roster_up_to_its_last_date() -> None:
    """Days up to the last date of attendance are as worked, later ones as scheduled; the basis names the date."""
    shifts = {date(2026, 5, n): "D8" for n in (6, 7, 8, 20)}
    worked = attendance(row(6, 8, 19, 60), row(8, 8, 17, 60), row(9, 10, 13))
    sheet = timesheet(roster(KNOWN, shifts), KNOWN, worked).iloc[0]
    assert (sheet["scheduled_h"], sheet["worked_h"], sheet["ot150_h"]) == (32, 29, 2)
    assert (sheet["scheduled_minutes"], sheet["worked_minutes"]) == (1920, 1740)
    assert sheet["basis"] == "worked_until_2026-05-09"
    line = payroll(roster(KNOWN, shifts), KNOWN, WAGE, worked).iloc[0]
    assert (line["date"], line["quantity"], line["basis"]) == (date(2026, 5, 6), 2, "worked_until_2026-05-09")
    missed, outside, until = said(worked, shifts)
    assert "without a row in worked.csv, which count as not worked: 1 (007)" in missed
    assert "outside the roster: 1 (007)" in outside
    assert "ends on 2026-05-09" in until


def test_a_month_wholly_attended() -> None:
    """Attendance to the last day of the month has the basis `worked`; a month after it stays `scheduled`."""
    known = plan(date(2026, 5, 1), date(2026, 6, 30))
    sheet = timesheet(roster(known, {}), known, attendance(row(31, 8, 16)))
    assert sheet["basis"].tolist() == ["worked", "scheduled"]
    assert sheet["worked_h"].tolist() == [8, None]


def test_attendance_as_scheduled_pays_the_same() -> None:
    """A meal over midnight that was taken as rostered lies on both dates, as in the roster."""
    shifts = {date(2026, 5, 1): "NM", date(2026, 5, 2): "NM", date(2026, 5, 6): "D11"}
    cells = [a for a in roster(KNOWN, shifts) if a.shift]
    worked = attendance(*((a.date, a.shift.start, a.shift.end, 60) for a in cells if a.shift))
    paid, planned = (payroll(roster(KNOWN, shifts), KNOWN, WAGE, table) for table in (worked, None))
    assert paid["amount"].tolist() == planned["amount"].tolist()
    assert paid["quantity"].tolist() == planned["quantity"].tolist()


def test_several_spans_are_one_shift() -> None:
    """The time between two spans of a date is unpaid, and the night is counted once, by the last end."""
    worked = attendance(row(6, 18, 22.5), row(6, 24, 30))
    sheet = timesheet(roster(KNOWN, {}), KNOWN, worked).iloc[0]
    assert (sheet["worked_h"], sheet["small_nights"], sheet["big_nights"]) == (Decimal("10.50"), 0, 1)
    (cell,) = (a for a in roster(KNOWN, {date(2026, 5, 6): "D8"}) if a.works)
    shift = Attendance.of(worked).in_place_of(cell, KNOWN).shift
    assert shift is not None
    assert (shift.code, shift.unpaid) == ("D8", ((clock(6, 22.5), clock(6, 24)),))


def test_unpaid_minutes_without_a_place_lie_in_the_middle() -> None:
    """An hour that is not the rostered break lies in the middle of its span: 20:00 to 08:00 has it from 01:30."""
    worked = Attendance.of(attendance(row(6, 20, 32, 60)))
    (cell,) = (a for a in roster(KNOWN, {}) if a.date == date(2026, 5, 6))
    shift = worked.in_place_of(cell, KNOWN).shift
    assert shift is not None
    assert shift.unpaid == ((clock(7, 1.5), clock(7, 2.5)),)
    assert (shift.code, shift.paid_minutes) == ("20:00-08:00", 660)


def test_holidays_and_nights_by_attendance() -> None:
    """Who stayed away on the holiday is paid none, who came in is paid by his own hours."""
    shifts = {date(2026, 5, 1): "D8"}
    worked = attendance(row(2, 20, 26))
    table = payroll(roster(KNOWN, shifts), KNOWN, WAGE, worked)
    assert table[["element_code", "date", "quantity"]].to_numpy().tolist() == [
        ["holiday", date(2026, 5, 2), Decimal("4.00")],
        ["big_night", None, Decimal("1.00")],
    ]


def test_leave_on_which_somebody_worked() -> None:
    """A day of leave with attendance is a day of work: it is no leave in the timesheet."""
    leave = (Absence(agent_id="007", first_date=date(2026, 5, 6), last_date=date(2026, 5, 7)),)
    known = plan(*MAY, absences=leave)
    sheet = timesheet(roster(known, {}), known, attendance(row(6, 8, 12), row(31, 8, 9))).iloc[0]
    assert (sheet["worked_h"], sheet["leave_h"]) == (5, 8)


def test_a_break_that_nobody_wrote_down() -> None:
    """Without unpaid minutes all time is paid, and a note counts the days whose shift has an unpaid break."""
    worked = attendance(row(6, 8, 17), row(31, 8, 9))
    assert timesheet(roster(KNOWN, {}), KNOWN, worked).loc[0, "worked_h"] == 10
    assert any("without unpaid time" in note for note in said(worked, {date(2026, 5, 6): "D8"}))


@pytest.mark.parametrize(("hours", "paid"), [((20, 32), 13), ((23, 28), 6)])
def test_elapsed_time_over_a_clock_change(hours: tuple[int, int], paid: int) -> None:
    """Attendance over the end of summer time is paid by the time that passes, whatever the wall clock shows."""
    known = plan(date(2026, 10, 1), date(2026, 10, 31), timezone="Europe/Berlin")
    day, midnight = date(2026, 10, 24), datetime(2026, 10, 23, 22, tzinfo=UTC)
    start, end = midnight + timedelta(hours=hours[0]), midnight + timedelta(hours=hours[1] + 1)
    assert timesheet(roster(known, {}), known, attendance((day, start, end))).loc[0, "worked_h"] == paid


def test_a_break_over_a_clock_change() -> None:
    """Unpaid minutes lie in elapsed time: of ten hours over the end of summer time two of them leave eight."""
    known = plan(date(2026, 10, 1), date(2026, 10, 31), timezone="Europe/Berlin")
    start, end = (datetime(2026, 10, day, hour, tzinfo=known.settings.centre.zone) for day, hour in ((24, 22), (25, 7)))
    worked = attendance((date(2026, 10, 24), start, end, 120))
    sheet = timesheet(roster(known, {}), known, worked).iloc[0]
    assert (sheet["worked_h"], sheet["ot200_h"] + sheet["ot150_h"]) == (8, 8)
    assert payroll(roster(known, {}), known, WAGE, worked)["quantity"].tolist() == [1, 8]
