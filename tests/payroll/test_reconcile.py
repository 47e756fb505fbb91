"""Roster, timesheet, payroll and their totals say the same hours and the same money."""

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pay_facts import ZONES, Facts, Pattern, random_facts, spans_of
from pay_plans import plan_of, roster_of, wages_of, worked_of

from wfm.export import control_totals, roster_table, write_csv
from wfm.payroll import payroll, timesheet

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from datetime import date
    from pathlib import Path

    import pandas as pd

ROSTERS = int(os.environ.get("WFM_ROSTERS", "120"))
"""Rosters to generate, over all zones; `WFM_ROSTERS=1000` is the long run."""
HOURS = {
    "ot150_h": ("overtime_150",),
    "ot200_h": ("rest_day_200",),
    "ot300_h": ("holiday",),
    "toil_h": ("overtime_150_toil", "rest_day_200_toil"),
}
"""Element codes by column of the timesheet."""
SYSTEMS: tuple[Mapping[str, Any], ...] = (
    {},
    {"rest_day": "calendar", "settle": "toil"},
    {"regime": "comprehensive", "approval": "No. 1", "exclude_holiday_hours": False},
    {"regime": "comprehensive", "approval": "No. 1", "cycle": "quarter", "settle": "toil"},
)
WEEKS = {"regime": "comprehensive", "approval": "No. 1", "cycle": "week"}


def tables(facts: Facts) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return roster table, timesheet and payroll of the facts."""
    plan = plan_of(facts)
    roster, worked = roster_of(facts, plan), worked_of(facts)
    pay = payroll(roster, plan, wages_of(facts), worked)
    return roster_table(roster, plan, "v1"), timesheet(roster, plan, worked), pay


def minutes(hours: object) -> int:
    """Return the whole minutes that hours with two places stand for."""
    return round(60 * Decimal(str(hours)))


def elapsed(facts: Facts, day: date) -> int:
    """Return the paid minutes of a rostered day from its instants."""
    what = facts.days.get(day)
    spans = spans_of(facts.zone, day, what) if isinstance(what, Pattern) else []
    return sum(round((end - start).total_seconds() / 60) for start, end in spans)


def paid_minutes(facts: Facts, day: date) -> int:
    """Return the paid minutes of a day: attendance up to its last date, the roster after it."""
    clocked = facts.clocked or {}
    if not clocked or day > max(clocked):
        return elapsed(facts, day)
    return sum(round((end - start).total_seconds() / 60) - unpaid for start, end, unpaid in clocked.get(day, []))


@given(seed=st.integers(0, 2**32), hours=st.sampled_from(SYSTEMS))
@settings(max_examples=ROSTERS // len(ZONES), deadline=None)
@pytest.mark.parametrize("zone", ZONES)
def test_hours_and_money_agree(zone: str, seed: int, hours: Mapping[str, Any]) -> None:
    """Hours of roster, timesheet and payroll agree with each other and with the instants, over every kind of seam."""
    facts = random_facts(seed, zone, tables={"hours": hours})
    facts.wage = {"base": "5223.45", "performance": "0.87"}
    roster, sheet, pay = tables(facts)
    rostered, scheduled, worked = Counter[str](), Counter[str](), Counter[str]()
    for row in roster.to_dict("records"):
        day = row["business_date"]
        rostered[f"{day:%Y-%m}"] += minutes(row["paid_hours"] or 0)
        scheduled[f"{day:%Y-%m}"] += elapsed(facts, day)
        worked[f"{day:%Y-%m}"] += paid_minutes(facts, day)
    assert rostered == scheduled
    for row in sheet.to_dict("records"):
        month = row["period"]
        assert minutes(row["scheduled_h"]) == row["scheduled_minutes"] == rostered[month]
        if row["basis"] == "scheduled":
            assert (row["worked_h"], row["worked_minutes"]) == (None, None)
        else:
            assert minutes(row["worked_h"]) == row["worked_minutes"] == worked[month]
        assert_lines_agree(row, pay[pay["period"] == month])


def assert_lines_agree(row: Mapping[Hashable, Any], lines: pd.DataFrame) -> None:
    """Assert that the lines of a month have the overtime hours of its row of the timesheet.

    Hours of whole minutes agree in minutes, hours beyond a cycle, whose standard is no whole minute, in hundredths.
    """
    for column, codes in HOURS.items():
        quantities = lines[lines["element_code"].isin(codes)]["quantity"]
        if row[column] is None:
            assert quantities.empty
        elif row["cycle_h"] is None or column == "ot300_h":
            assert sum(map(minutes, quantities)) == minutes(row[column]), column
        else:
            assert sum(quantities, Decimal(0)) == row[column], column


@given(seed=st.integers(0, 2**32))
@settings(max_examples=50, deadline=None)
def test_several_cycles_of_a_month_agree(seed: int) -> None:
    """A month with several cycles has in its timesheet the sum of their lines, each rounded once."""
    facts = random_facts(seed, "Asia/Shanghai", tables={"hours": WEEKS}, whole=True)
    _, sheet, pay = tables(facts)
    for row in sheet.to_dict("records"):
        assert_lines_agree(row, pay)


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a file for people."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def sums(rows: list[dict[str, str]], column: str) -> str:
    """Return the sum of a column of a file as text; empty fields are nothing."""
    return f"{sum((Decimal(row[column]) for row in rows if row[column]), Decimal(0)):.2f}"


def test_totals_are_the_sums_of_the_files(tmp_path: Path) -> None:
    """The control totals are what a spreadsheet adds up in the three CSV files, minutes exactly."""
    facts = random_facts(5, "Asia/Shanghai", attendance=True, whole=True)
    facts.wage = {"base": "5223.45", "performance": "0.87"}
    made = dict(zip(("roster", "timesheet", "payroll"), tables(facts), strict=True))
    for name, table in made.items():
        write_csv(table, tmp_path / f"{name}.csv")
    files = {name: rows_of(tmp_path / f"{name}.csv") for name in made}
    totals = control_totals(made["roster"], made["timesheet"], made["payroll"])
    assert {name: totals[f"{name}_rows"] for name in made} == {name: len(rows) for name, rows in files.items()}
    assert totals["roster_paid_hours"] == sums(files["roster"], "paid_hours")
    assert totals["roster_paid_minutes"] == sum(minutes(row["paid_hours"] or 0) for row in files["roster"])
    assert totals["roster_paid_minutes"] == totals["timesheet_scheduled_minutes"]
    for name in files["timesheet"][0]:
        if name.endswith("_h"):
            assert totals.get(f"timesheet_{name}", "0.00") == sums(files["timesheet"], name)
    assert totals["payroll_amount_CNY"] == sums(files["payroll"], "amount")
    elements = totals["payroll_by_element"]
    assert set(elements) == {row["element_code"] for row in files["payroll"]}
    for code, element in elements.items():
        lines = [row for row in files["payroll"] if row["element_code"] == code]
        assert (element["rows"], element["amount"].get("CNY", "0.00")) == (len(lines), sums(lines, "amount"))
        assert element["quantity"] == {lines[0]["unit"]: sums(lines, "quantity")}


def test_the_manifest_has_them(done: Path) -> None:
    """The totals in a planned folder's manifest are the sums of the files beside it."""
    totals = json.loads((done / "out" / "manifest.json").read_text(encoding="utf-8"))["control_totals"]
    for name, column in (("roster", "paid_hours"), ("timesheet", "scheduled_h")):
        rows = rows_of(done / "out" / f"{name}.csv")
        assert (totals[f"{name}_rows"], totals[f"{name}_{column}"]) == (len(rows), sums(rows, column))
    assert totals["roster_paid_minutes"] == totals["timesheet_scheduled_minutes"]
