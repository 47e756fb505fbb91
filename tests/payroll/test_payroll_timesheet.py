"""Hours and nights of a month."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pay_house import plan, roster, wages

from wfm.domain.agents import Absence, Agent
from wfm.domain.clock import elapsed_minutes
from wfm.domain.shifts import Break, ShiftTemplate
from wfm.payroll import payroll, timesheet
from wfm.payroll.hours import paid_minutes_by_date

if TYPE_CHECKING:
    import pandas as pd

MAY = (date(2026, 5, 1), date(2026, 5, 31))
COLUMNS = (
    "agent_id period scheduled_h worked_h standard_h excess_h ot150_h ot200_h ot300_h toil_h small_nights big_nights "
    "leave_type leave_h basis toil_taken_h toil_left_h cycle_h scheduled_minutes worked_minutes"
)


def nights(table: pd.DataFrame) -> pd.DataFrame:
    """Return the lines of night allowances."""
    return table[table["element_code"].str.endswith("_night")]


def test_columns() -> None:
    """The timesheet has the columns of the neutral export and the basis of its hours."""
    known = plan(*MAY)
    assert list(timesheet(roster(known, {}), known).columns) == COLUMNS.split()


def test_hours_beyond_the_mean_month() -> None:
    """184 h of which 8 on a statutory holiday: 10.64 h beyond the 165.36 h of the mean month."""
    days = [date(2026, 5, 1), *(date(2026, 5, n) for n in range(3, 25))]
    known = plan(*MAY)
    row = timesheet(roster(known, dict.fromkeys(days, "D8")), known).iloc[0]
    assert (row["scheduled_h"], row["ot300_h"]) == (184, 8)
    assert (row["standard_h"], row["excess_h"]) == (Decimal("165.36"), Decimal("10.64"))
    assert row["basis"] == "scheduled"


def test_what_is_not_known_is_empty() -> None:
    """Without attendance, balance and comprehensive hours their columns are empty, never zero."""
    known = plan(*MAY)
    row = timesheet(roster(known, {}), known).iloc[0]
    assert row[["worked_h", "worked_minutes", "toil_left_h", "cycle_h", "leave_type"]].tolist() == [None] * 5
    assert row[["ot150_h", "ot200_h", "ot300_h", "toil_h", "toil_taken_h"]].tolist() == [0] * 5
    assert (row["scheduled_h"], row["excess_h"], row["leave_h"]) == (Decimal("0.00"),) * 3


def test_no_law_no_standard_hours() -> None:
    """Where no pay law is recorded, standard hours, excess and holiday hours are empty."""
    known = plan(*MAY, country="FR")
    row = timesheet(roster(known, {MAY[0]: "D8"}), known).iloc[0]
    assert row[["standard_h", "excess_h", "ot150_h", "ot200_h", "ot300_h"]].tolist() == [None] * 5
    assert (row["scheduled_h"], row["scheduled_minutes"]) == (8, 480)


def test_leave_days() -> None:
    """Three days of two types of leave are 24 h, the types in order of time; they lower the standard hours."""
    leave = (
        Absence(agent_id="007", first_date=date(2026, 5, 4), last_date=date(2026, 5, 5), type="annual"),
        Absence(agent_id="007", first_date=date(2026, 5, 8), last_date=date(2026, 5, 8), type="sick"),
        Absence(agent_id="007", first_date=date(2026, 5, 9), last_date=date(2026, 5, 9), status="rejected"),
    )
    known = plan(*MAY, absences=leave)
    row = timesheet(roster(known, {}), known).iloc[0]
    assert (row["leave_type"], row["leave_h"]) == ("annual;sick", 24)
    assert row["standard_h"] == Decimal("141.36")


def test_a_joiner_has_part_of_the_month() -> None:
    """An agent hired on 17 May has 15 of 31 days of standard hours; one who left in April has no row."""
    agents = [
        Agent(agent_id="new", contract="full", hire_date=date(2026, 5, 17)),
        Agent(agent_id="gone", contract="full", leave_date=date(2026, 4, 30)),
    ]
    known = plan(*MAY, *agents)
    table = timesheet(roster(known, {}), known)
    assert table["agent_id"].tolist() == ["new"]
    assert table.loc[0, "standard_h"] == Decimal("80.01")


def test_two_months_have_two_rows() -> None:
    """A period over two months has a row for each; the night over the seam belongs to the first."""
    known = plan(date(2026, 5, 1), date(2026, 6, 30))
    table = timesheet(roster(known, {date(2026, 5, 31): "N12"}), known)
    assert table["period"].tolist() == ["2026-05", "2026-06"]
    assert table["scheduled_h"].tolist() == [12, 0]


def test_nights_are_counted_and_paid_only_with_an_amount() -> None:
    """Two big nights and a small one: counted in the timesheet, and lines without amounts until amounts are given."""
    shifts = {date(2026, 5, 6): "N12", date(2026, 5, 7): "N12", date(2026, 5, 9): "L"}
    known = plan(*MAY)
    row = timesheet(roster(known, shifts), known).iloc[0]
    assert (row["small_nights"], row["big_nights"]) == (1, 2)
    lines = nights(payroll(roster(known, shifts), known, wages({})))
    assert lines["element_code"].tolist() == ["small_night", "big_night"]
    assert lines["quantity"].tolist() == [1, 2]
    assert lines["amount"].tolist() == [None, None]
    priced = plan(*MAY, pay={"nights": {"small_amount": 20, "big_amount": "35.5"}})
    paid = nights(payroll(roster(priced, shifts), priced, wages({})))
    assert paid["amount"].tolist() == [Decimal("20.00"), Decimal("71.00")]


@given(
    start=st.integers(0, 1439),
    minutes=st.integers(1, 1440),
    after=st.integers(0, 600),
    pause=st.integers(0, 90),
    day=st.dates(date(2026, 3, 20), date(2026, 11, 10)),
    zone=st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "Australia/Lord_Howe", "America/New_York"]),
)
def test_split_adds_up(start: int, minutes: int, after: int, pause: int, day: date, zone: str) -> None:
    """The minutes of the dates add up to the paid minutes, in any zone, clock changes included."""
    breaks = (Break(after_minutes=after, minutes=pause),) if pause and after + pause <= minutes else ()
    shift = ShiftTemplate(code="X", start=start, end=start + minutes, unpaid_breaks=breaks).on(day, ZoneInfo(zone))
    assume(shift.end > shift.start and all(after + pause <= elapsed_minutes(shift.start, shift.end) for _ in breaks))
    split = paid_minutes_by_date(shift, ZoneInfo(zone))
    assert sum(split.values()) == shift.paid_minutes
    assert set(split) <= {day, day + timedelta(days=1)}


@pytest.mark.parametrize("code", ["D8", "N12", "NM", "D11"])
def test_hours_of_the_timesheet_are_paid_hours(code: str) -> None:
    """Scheduled hours are the paid hours of the shifts."""
    known = plan(*MAY)
    found = roster(known, {date(2026, 5, 6): code})
    paid = sum(a.shift.paid_minutes for a in found if a.shift)
    assert timesheet(found, known)["scheduled_h"].tolist() == [Decimal(paid) / 60]
