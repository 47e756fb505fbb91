"""The output tables and the formats made from them."""

from __future__ import annotations

import csv
import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from export_house import plan, roster

from wfm.domain.roster import TICKS, Violation
from wfm.domain.text import Text
from wfm.export import (
    EXPORTS,
    Outgoing,
    check_settings,
    control_totals,
    cover_table,
    forecast_table,
    requirement_table,
    roster_table,
    violations_table,
)

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = (
    "agent_id name team business_date day_class state shift_code queue start_local end_local tz end_day_offset "
    "paid_hours night_class status roster_version"
)
SHIFTS = {("007", date(2026, 5, 2)): "D", ("001", date(2026, 5, 1)): "N", ("001", date(2026, 5, 4)): "D"}


def outgoing(known_from: date = date(2026, 5, 1), known_to: date = date(2026, 5, 4)) -> Outgoing:
    """Return a small finished roster with a timesheet and a payroll by hand."""
    known = plan(known_from, known_to)
    found = roster(known, SHIFTS)
    timesheet = pd.DataFrame(
        {
            "agent_id": ["007", "001"],
            "scheduled_h": [Decimal("8.00"), Decimal("20.00")],
            "ot300_h": [Decimal("8.00"), None],
            "leave_h": [Decimal("0.00"), Decimal("8.00")],
            "small_nights": [0, 0],
            "big_nights": [0, 1],
            "scheduled_minutes": [480, 1200],
        },
        dtype=object,
    )
    payroll = pd.DataFrame(
        {
            "agent_id": ["007", "001"],
            "amount": [Decimal("827.59"), None],
            "currency": ["CNY", "CNY"],
            "element_code": ["holiday", "big_night"],
            "quantity": [Decimal("8.00"), Decimal("1.00")],
            "unit": ["h", "shift"],
        },
        dtype=object,
    )
    return Outgoing(known, found, roster_table(found, known, "v1"), timesheet, payroll)


def test_roster_columns_and_order() -> None:
    """`roster.csv` has the agreed columns, agents in the order of the plan, then dates."""
    table = outgoing().roster_table
    assert list(table.columns) == COLUMNS.split()
    assert table["agent_id"].tolist() == ["007"] * 4 + ["001"] * 4
    assert table["business_date"].tolist() == [date(2026, 5, n) for n in (1, 2, 3, 4)] * 2


def test_roster_states() -> None:
    """Every agent and day has one state: not employed, work, rest, leave or statutory day off."""
    states = outgoing().roster_table["state"].tolist()
    assert states[:4] == ["not_employed", "work", "rest", "rest"]
    assert states[4:] == ["work", "statutory_off", "leave", "work"]


def test_a_night_shift_in_the_roster() -> None:
    """A night shift has local times with their offset, one midnight in between, its class and its paid hours."""
    row = outgoing().roster_table.iloc[4]
    assert row["start_local"].isoformat() == "2026-05-01T20:00:00+08:00"
    assert row["end_local"].isoformat() == "2026-05-02T08:00:00+08:00"
    assert (row["end_day_offset"], row["paid_hours"], row["night_class"]) == (1, Decimal("12.00"), "big")
    assert (row["day_class"], row["queue"], row["tz"]) == ("statutory", "phone", "Asia/Shanghai")
    assert (row["status"], row["roster_version"]) == ("published", "v1")


def test_a_day_off_has_no_times() -> None:
    """A day off has neither shift nor times nor hours."""
    row = outgoing().roster_table.iloc[2]
    empty = ["shift_code", "queue", "start_local", "end_local", "end_day_offset", "paid_hours", "night_class"]
    assert row[empty].tolist() == [None] * len(empty)


def test_strict_nights() -> None:
    """With `[nights] mode = "strict"` a shift that ends at 08:00 is no night."""
    known = plan(nights={"mode": "strict"})
    assert roster_table(roster(known, SHIFTS), known, "v1", "draft").loc[4, "night_class"] == "none"


def test_a_missing_cell_is_an_error() -> None:
    """A roster that lacks an agent-day is refused."""
    known = plan()
    found = roster(plan(date(2026, 5, 1), date(2026, 5, 3)), {})
    with pytest.raises(KeyError):
        roster_table(found, known, "v1")


def test_hours_over_a_clock_change() -> None:
    """A twelve-hour night over the end of summer time has 13 paid hours and two offsets."""
    known = plan(date(2026, 10, 24), date(2026, 10, 24), centre={"name": "x", "timezone": "Europe/Berlin"})
    row = roster_table(roster(known, {("001", date(2026, 10, 24)): "N"}), known, "v1").iloc[1]
    assert row["paid_hours"] == Decimal("13.00")
    assert [row["start_local"].isoformat()[-6:], row["end_local"].isoformat()[-6:]] == ["+02:00", "+01:00"]


@pytest.mark.parametrize(("locale", "message"), [("en", "too much"), ("zh", "过多")])
def test_violations(locale: str, message: str) -> None:
    """A soft violation has its weight in units of the objective, a hard one none; the message is in one language."""
    text = Text(en="too much", zh="过多")
    day = date(2026, 5, 1)
    found = [
        Violation("month_hours", "soft", text, "007", day, day, 3, 3 * TICKS // 2),
        Violation("rest_days", "hard", text),
    ]
    table = violations_table(found, "zh" if locale == "zh" else "en")
    assert table.columns.tolist() == ["rule", "severity", "agent_id", "first_date", "last_date", "weight", "message"]
    assert table["weight"].tolist() == [Decimal("1.50"), None]
    assert table["message"].tolist() == [message, message]
    assert table["agent_id"].tolist() == ["007", None]


def test_interval_tables() -> None:
    """The tables per interval keep their rows and have the agreed columns."""
    starts = pd.date_range("2026-05-01", periods=2, freq="30min", tz="Asia/Shanghai")
    index = pd.MultiIndex.from_product([["phone"], starts], names=["queue", "interval_start"])
    names = (
        "binding abandonment occupancy asa_seconds service_level required_gross required_rostered required_net load "
        "aht_seconds offered"
    )
    frame = pd.DataFrame(dict.fromkeys([*names.split(), "surplus", "shortfall", "cover", "required"], 1.5), index)
    assert forecast_table(frame).columns.tolist() == ["queue", "interval_start", "offered", "aht_seconds"]
    assert cover_table(frame).columns.tolist()[2:] == ["required", "cover", "shortfall", "surplus"]
    table = requirement_table(frame)
    assert table.columns.tolist()[2:] == list(reversed(names.split()))
    assert table["interval_start"].tolist() == starts.tolist()


def test_control_totals() -> None:
    """Rows, days, minutes, hours and amounts of the three tables, ready for JSON; what no row has is left out."""
    out = outgoing()
    totals = control_totals(out.roster_table, out.timesheet, out.payroll)
    assert json.loads(json.dumps(totals)) == {
        "roster_rows": 8,
        "roster_work_days": 3,
        "roster_paid_hours": "28.00",
        "roster_paid_minutes": 1680,
        "timesheet_rows": 2,
        "timesheet_scheduled_h": "28.00",
        "timesheet_ot300_h": "8.00",
        "timesheet_leave_h": "8.00",
        "timesheet_scheduled_minutes": 1680,
        "timesheet_small_nights": 0,
        "timesheet_big_nights": 1,
        "payroll_rows": 2,
        "payroll_without_amount": 1,
        "payroll_amount_CNY": "827.59",
        "payroll_by_element": {
            "big_night": {"rows": 1, "without_amount": 1, "quantity": {"shift": "1.00"}, "amount": {}},
            "holiday": {"rows": 1, "without_amount": 0, "quantity": {"h": "8.00"}, "amount": {"CNY": "827.59"}},
        },
    }


def test_control_totals_of_an_empty_payroll() -> None:
    """A month without pay lines has zero rows and no amount."""
    out = outgoing()
    totals = control_totals(out.roster_table, out.timesheet, out.payroll.iloc[:0])
    assert totals["payroll_rows"] == totals["payroll_without_amount"] == 0
    assert "payroll_amount_CNY" not in totals
    assert totals["payroll_by_element"] == {}


def read(path: Path) -> list[list[str]]:
    """Return the fields of a file for people."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_neutral_files(tmp_path: Path) -> None:
    """The neutral format writes roster, timesheet and payroll, names guarded, ids with their zeros."""
    names = EXPORTS["neutral"]().write(outgoing(), tmp_path)
    assert names == ("roster.csv", "timesheet.csv", "payroll.csv")
    rows = read(tmp_path / "roster.csv")
    assert rows[1][:2] == ["007", 'Zhao "=1+1", 😀']
    assert rows[5][:2] == ["001", "'=cmd|1"]
    assert rows[5][8:13] == ["2026-05-01T20:00+08:00", "2026-05-02T08:00+08:00", "Asia/Shanghai", "1", "12.00"]
    assert read(tmp_path / "payroll.csv")[2][:3] == ["001", "", "CNY"]


def test_matrix(tmp_path: Path) -> None:
    """The matrix has a column per day, a row of weekdays, and shift codes or words for days off."""
    assert EXPORTS["matrix"]().write(outgoing(), tmp_path) == ("matrix-2026-05.csv",)
    assert read(tmp_path / "matrix-2026-05.csv") == [
        ["工号", "姓名", "部门", "1", "2", "3", "4"],
        ["", "", "", "五", "六", "日", "一"],
        ["007", 'Zhao "=1+1", 😀', "客服一组", "", "D", "休", "休"],
        ["001", "'=cmd|1", "B", "N", "法定", "请假", "D"],
    ]


def test_matrix_has_a_file_per_month(tmp_path: Path) -> None:
    """A period over a month's end gives one sheet per month."""
    names = EXPORTS["matrix"]().write(outgoing(date(2026, 4, 30), date(2026, 5, 4)), tmp_path)
    assert names == ("matrix-2026-04.csv", "matrix-2026-05.csv")
    assert read(tmp_path / names[0])[0][3:] == ["30"]


def test_unknown_profile() -> None:
    """An unknown export profile is one problem that lists the known ones; known ones are none."""
    (problem,) = check_settings(plan(export={"profiles": ["neutral", "sap"]}).settings)
    assert (problem.file, problem.column, problem.value) == ("plan.toml", "export.profiles", "sap")
    assert "matrix, neutral" in problem.message.en
    assert "matrix, neutral" in problem.message.zh
    assert check_settings(plan().settings) == []
