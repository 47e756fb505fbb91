"""Comprehensive hours: standard hours of a cycle, what lies beyond them, and when it is settled."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from pay_house import plan, roster, wages

from wfm.domain.agents import Absence, Agent, Balance
from wfm.domain.clock import dates
from wfm.law import pay_parameters
from wfm.payroll import notes, payroll, timesheet
from wfm.payroll.cycles import bounds

if TYPE_CHECKING:
    from wfm.domain.plan import Plan

WAGE = wages({"007": [Decimal(4000), Decimal(2000)]})
MAY, JUNE, DECEMBER = ((date(2026, m, 1), date(2026, m, n)) for m, n in ((5, 31), (6, 30), (12, 31)))


def comprehensive(period: tuple[date, date], *agents: Agent, hours: Any = None, **more: Any) -> Plan:
    """Return a plan under approved comprehensive hours."""
    rules = {"regime": "comprehensive", "approval": "No. 17", **(hours or {})}
    return plan(*period, *agents, tables={"hours": rules}, **more)


def days(period: tuple[date, date], count: int) -> dict[date, str]:
    """Return the eight-hour shift on the last days of a period."""
    return dict.fromkeys(dates(*period)[-count:], "D8")


def brought(**figures: float) -> tuple[Balance, ...]:
    """Return what agent 007 brings along."""
    return (Balance(agent_id="007", **figures),)


def settled(known: Plan, shifts: dict[date, str]) -> list[tuple[Any, ...]]:
    """Return date, quantity and amount of the overtime lines."""
    table = payroll(roster(known, shifts), known, WAGE)
    table = table[table["element_code"] == "overtime_150"]
    return list(table[["date", "quantity", "amount"]].itertuples(index=False, name=None))


def said(known: Plan, shifts: dict[date, str]) -> list[str]:
    """Return the notes in English."""
    return [note.en for note in notes(roster(known, shifts), known, WAGE)]


def test_a_month_of_184_hours() -> None:
    """184 h, 8 of them on a holiday: 827.59 for these, and 10.64 h x 6000 / 174 x 1.5 = 550.34 beyond 165.36 h."""
    known, shifts = comprehensive(MAY), {**days(MAY, 22), date(2026, 5, 1): "D8"}
    table = payroll(roster(known, shifts), known, WAGE)
    assert table["element_code"].tolist() == ["holiday", "overtime_150"]
    assert table["amount"].tolist() == [Decimal("827.59"), Decimal("550.34")]
    reason = str(table.loc[1, "reason"])
    assert "176.00 h counted without statutory holidays, 165.36 h standard" in reason
    assert "10.64 h x 6000 / 174 x 1.5 = 550.34" in reason
    row = timesheet(roster(known, shifts), known).iloc[0]
    assert row[["standard_h", "excess_h", "ot150_h", "ot200_h", "ot300_h", "cycle_h"]].tolist() == [
        Decimal("165.36"),
        Decimal("10.64"),
        Decimal("10.64"),
        0,
        8,
        176,
    ]


def test_the_reason_says_how_leave_lowers_the_standard() -> None:
    """Two days of leave lower the standard of a month by 16 h, half a contract halves it, and the reason says so."""
    leave = (Absence(agent_id="007", first_date=date(2026, 5, 6), last_date=date(2026, 5, 7)),)
    half = Agent(agent_id="007", contract="half")
    for known, said in (
        (comprehensive(MAY, absences=leave), "149.36 h standard = 165.36 - 8 x 2 days of leave ("),
        (comprehensive(MAY, half, absences=leave), "74.68 h standard = (165.36 - 8 x 2 days of leave) x 0.5 ("),
        (comprehensive(MAY, half), "82.68 h standard = 165.36 x 0.5 ("),
    ):
        assert said in payroll(roster(known, days(MAY, 24)), known, WAGE)["reason"].iloc[-1]


def test_holiday_hours_in_the_cycle() -> None:
    """Where a region counts holiday hours to the cycle, 184 h are 18.64 h beyond."""
    known = comprehensive(MAY, hours={"exclude_holiday_hours": False})
    assert settled(known, {**days(MAY, 22), date(2026, 5, 1): "D8"}) == [
        (MAY[1], Decimal("18.64"), Decimal("964.14")),
    ]


def test_work_on_a_rest_day_is_normal() -> None:
    """Seven days in a row and eleven hours a day are normal work within the cycle."""
    assert settled(comprehensive(MAY), dict.fromkeys(dates(*MAY)[-7:], "D11")) == []


def test_a_year_with_a_balance() -> None:
    """Eleven months of 176 h and December make 2112 h: 128 h beyond 1984, 10.67 h a month and within the cap."""
    known = comprehensive(DECEMBER, hours={"cycle": "year"}, balances=brought(cycle_hours=1936))
    assert settled(known, days(DECEMBER, 22)) == [(DECEMBER[1], 128, Decimal("6620.69"))]
    assert said(known, days(DECEMBER, 22)) == []


def test_a_quarter_with_a_balance() -> None:
    """352 h brought along and 176 h in June are 32 h beyond the 496 h of the quarter: 1655.17."""
    known = comprehensive(JUNE, hours={"cycle": "quarter"}, balances=brought(cycle_hours=352))
    assert settled(known, days(JUNE, 22)) == [(JUNE[1], 32, Decimal("1655.17"))]


def test_a_quarter_without_a_balance() -> None:
    """Where nobody knows what was worked before there is no amount, empty hours, and a note that asks for it."""
    known = comprehensive(JUNE, hours={"cycle": "quarter"})
    assert settled(known, days(JUNE, 22)) == []
    row = timesheet(roster(known, days(JUNE, 22)), known).iloc[0]
    assert row[["excess_h", "ot150_h", "cycle_h"]].tolist() == [None, None, None]
    (note,) = said(known, days(JUNE, 22))
    assert "cycle_hours of 007" in note
    assert "2026-04-01 to 2026-06-30" in note


def test_a_balance_without_the_column_is_none() -> None:
    """A row of balances.csv that has no cycle_hours says nothing about the cycle."""
    known = comprehensive(JUNE, hours={"cycle": "quarter"}, balances=brought(nights=3))
    assert settled(known, days(JUNE, 30)) == []


def test_a_quarter_that_goes_on() -> None:
    """In May nothing is settled, and a note says when; the timesheet has the hours to bring along."""
    known = comprehensive(MAY, hours={"cycle": "quarter"}, balances=brought(cycle_hours=170))
    assert settled(known, days(MAY, 22)) == []
    assert timesheet(roster(known, days(MAY, 22)), known).loc[0, "cycle_h"] == 346
    (note,) = said(known, days(MAY, 22))
    assert "until 2026-06-30" in note


def test_a_quarter_that_goes_on_without_a_balance() -> None:
    """Where nobody knows the hours before the period, the hours to bring along are empty and a note says whose."""
    known = comprehensive(MAY, hours={"cycle": "quarter"})
    assert timesheet(roster(known, days(MAY, 22)), known).loc[0, "cycle_h"] is None
    _, note = said(known, days(MAY, 22))
    assert "cycle_h in timesheet.csv is empty for 007" in note


def test_a_period_of_a_whole_quarter() -> None:
    """A quarter inside the period needs no balance; it is settled with its last month."""
    quarter = (date(2026, 4, 1), date(2026, 6, 30))
    known = comprehensive(quarter, hours={"cycle": "quarter"}, holidays={})
    found = timesheet(roster(known, days(quarter, 65)), known)
    assert found["ot150_h"].tolist() == [0, 0, 24]


def test_the_previous_roster_in_place_of_a_balance() -> None:
    """A week that began before the period is settled when the previous roster has all of its days."""
    july = (date(2026, 7, 1), date(2026, 7, 31))
    known = comprehensive(july, hours={"cycle": "week"})
    week = dict.fromkeys(dates(date(2026, 6, 29), date(2026, 7, 5)), "D8")
    assert settled(known, week) == [(date(2026, 7, 5), 16, Decimal("827.59"))]
    assert any("not known" in note for note in said(known, {date(2026, 7, 1): "D8"}))


def test_a_week_is_paid_in_the_month_in_which_it_ends() -> None:
    """Of a week from 29 June to 5 July nothing is paid in June, and all of it in July."""
    known = comprehensive((date(2026, 6, 1), date(2026, 7, 31)), hours={"cycle": "week"}, holidays={})
    week = dict.fromkeys(dates(date(2026, 6, 29), date(2026, 7, 5)), "D8")
    assert timesheet(roster(known, week), known)["ot150_h"].tolist() == [0, 16]


@pytest.mark.parametrize(
    ("hours", "standard"),
    [({}, "165.36"), ({"basis": "calendar"}, "152.00")],
)
def test_basis(hours: dict[str, str], standard: str) -> None:
    """Standard hours are the law's mean month, or eight for each of the calendar's work days: 19 in May 2026."""
    known = comprehensive(MAY, hours=hours, holidays={date(2026, 5, n): "off" for n in (1, 4)})
    assert timesheet(roster(known, {}), known).loc[0, "standard_h"] == Decimal(standard)


def test_leave_lowers_the_standard_hours() -> None:
    """Two days of leave take 16 h off the standard hours, so that they are not worked on other days."""
    leave = (Absence(agent_id="007", first_date=date(2026, 5, 6), last_date=date(2026, 5, 7)),)
    known = comprehensive(MAY, absences=leave)
    assert settled(known, days(MAY, 19)) == [(MAY[1], Decimal("2.64"), Decimal("136.55"))]


def test_leave_before_the_period_counts_too() -> None:
    """A day of leave in April lowers the standard hours of the quarter that June settles."""
    leave = (Absence(agent_id="007", first_date=date(2026, 4, 8), last_date=date(2026, 4, 8)),)
    known = comprehensive(JUNE, hours={"cycle": "quarter"}, balances=brought(cycle_hours=352), absences=leave)
    assert settled(known, days(JUNE, 22))[0][1] == 40


def test_a_part_of_full_time() -> None:
    """Half of full time has half of the standard hours, and half of the hours of a day of leave."""
    half = Agent(agent_id="007", contract="half")
    leave = (Absence(agent_id="007", first_date=date(2026, 5, 6), last_date=date(2026, 5, 6)),)
    whole = comprehensive(MAY, half)
    assert timesheet(roster(whole, {}), whole).loc[0, "standard_h"] == Decimal("82.68")
    known = comprehensive(MAY, half, absences=leave)
    row = timesheet(roster(known, {}), known).iloc[0]
    assert (row["standard_h"], row["leave_h"]) == (Decimal("78.68"), 4)


def test_who_joins_has_part_of_the_cycle() -> None:
    """An agent hired on 17 May has 15 of 31 days of standard hours, and needs no balance."""
    known = comprehensive(MAY, Agent(agent_id="007", contract="full", hire_date=date(2026, 5, 17)))
    assert settled(known, days(MAY, 12)) == [(MAY[1], Decimal("15.99"), Decimal("826.92"))]


def test_who_leaves_is_settled_on_the_last_day() -> None:
    """The quarter of an agent who leaves on 15 May ends there: 45 of 91 days of 496 h."""
    leaver = Agent(agent_id="007", contract="full", leave_date=date(2026, 5, 15))
    known = comprehensive(MAY, leaver, hours={"cycle": "quarter"}, balances=brought(cycle_hours=200))
    shifts = dict.fromkeys(dates(date(2026, 5, 6), date(2026, 5, 15)), "D8")
    ((day, quantity, _),) = settled(known, shifts)
    assert (day, quantity) == (date(2026, 5, 15), Decimal("34.73"))


def test_the_cap_as_a_mean_over_the_cycle() -> None:
    """More than 36 h a month beyond the standard hours is noted as a mean over the quarter, with the figure."""
    known = comprehensive(JUNE, hours={"cycle": "quarter"}, balances=brought(cycle_hours=440))
    assert settled(known, days(JUNE, 22))[0][1] == 120
    (note,) = said(known, days(JUNE, 22))
    assert "007 40.00" in note
    assert "36 h a month" in note


def test_excess_as_time_off() -> None:
    """Time off for the excess is a line of 0.00, in the ledger, and noted as less than the law asks."""
    known = comprehensive(MAY, hours={"settle": "toil"}, balances=brought(toil_hours=1))
    shifts = {**days(MAY, 22), date(2026, 5, 1): "D8"}
    row = timesheet(roster(known, shifts), known).iloc[0]
    assert (row["ot150_h"], row["toil_h"], row["toil_left_h"]) == (0, Decimal("10.64"), Decimal("11.64"))
    (note,) = said(known, shifts)
    assert "550.34" in note


def test_without_an_approval_standard_hours_hold() -> None:
    """Comprehensive hours without an approval are paid as standard hours, and a note says so."""
    known = plan(*MAY, tables={"hours": {"regime": "comprehensive"}})
    table = payroll(roster(known, {date(2026, 5, 6): "D11"}), known, WAGE)
    assert table["quantity"].tolist() == [3]
    (note,) = said(known, {date(2026, 5, 6): "D11"})
    assert "so standard hours hold" in note


@pytest.mark.parametrize(
    ("on", "figures"),
    [(date(2024, 12, 31), ("166.64", "500", "2000")), (date(2025, 1, 1), ("165.36", "496", "1984"))],
)
def test_the_law_by_date(on: date, figures: tuple[str, ...]) -> None:
    """The standard hours of month, quarter and year are those of the notice in force on the date."""
    law = pay_parameters("CN", on)
    names = ("month_hours_mean", "quarter_hours_mean", "year_hours_mean")
    assert tuple(str(law[name].value) for name in names) == figures


def test_bounds() -> None:
    """Cycles are calendar weeks from Monday, months, quarters and years."""
    day = date(2026, 2, 17)
    assert bounds("week", day) == (date(2026, 2, 16), date(2026, 2, 22))
    assert bounds("month", day) == (date(2026, 2, 1), date(2026, 2, 28))
    assert bounds("quarter", day) == (date(2026, 1, 1), date(2026, 3, 31))
    assert bounds("year", day) == (date(2026, 1, 1), date(2026, 12, 31))
