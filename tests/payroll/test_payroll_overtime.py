"""Overtime and rest days under standard hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from pay_house import attendance, plan, roster, wages

from wfm.domain.agents import Absence, Balance
from wfm.domain.calendar import build_calendar
from wfm.domain.clock import dates
from wfm.domain.settings import Hours
from wfm.payroll import notes, payroll, timesheet

if TYPE_CHECKING:
    import pandas as pd

    from wfm.domain.plan import Plan
    from wfm.domain.text import Text

WAGE = wages({"007": [Decimal(4000), Decimal(2000)]})
MAY, JULY = (date(2026, 5, 1), date(2026, 5, 31)), (date(2026, 7, 1), date(2026, 7, 31))


def on(*days: int, month: int = 7, code: str = "D8") -> dict[date, str]:
    """Return the same shift on some days of a month of 2026."""
    return {date(2026, month, day): code for day in days}


def lines(
    known: Plan, shifts: dict[date, str], pay: pd.DataFrame = WAGE, worked: pd.DataFrame | None = None
) -> list[tuple[Any, ...]]:
    """Return code, date, quantity and amount of every payroll line."""
    table = payroll(roster(known, shifts), known, pay, worked)
    return list(table[["element_code", "date", "quantity", "amount"]].itertuples(index=False, name=None))


def said(
    known: Plan, shifts: dict[date, str], pay: pd.DataFrame = WAGE, worked: pd.DataFrame | None = None
) -> list[Text]:
    """Return the notes."""
    return list(notes(roster(known, shifts), known, pay, worked))


def test_beyond_eight_hours_a_day() -> None:
    """Eleven hours on a Wednesday are three hours at 150 %: 3 x 6000 / 174 x 1.5 = 155.17."""
    known = plan(*JULY)
    assert lines(known, on(1, code="D11")) == [("overtime_150", date(2026, 7, 1), 3, Decimal("155.17"))]
    line = payroll(roster(known, on(1, code="D11")), known, WAGE).iloc[0]
    assert (line["rate"], line["multiplier"], line["rule_id"]) == (Decimal("34.48"), Decimal("1.5"), "overtime.law")
    assert "3.00 h x 6000 / 174 x 1.5 = 155.17" in line["reason"]
    assert "article 44 (1)" in line["source"]


def test_a_night_counts_for_the_date_on_which_it_starts() -> None:
    """A shift of twelve hours over midnight is one day's work: four hours of overtime, not none on either date."""
    assert lines(plan(*JULY), on(1, code="N12"))[1:] == [("overtime_150", date(2026, 7, 1), 4, Decimal("206.90"))]


@pytest.mark.parametrize(("day", "beyond"), [(date(2026, 10, 24), 2), (date(2026, 3, 28), 0)])
def test_clock_change(day: date, beyond: int) -> None:
    """A shift from 22:00 to 07:00 has ten hours when the clock goes back and eight when it goes forward."""
    known = plan(day.replace(day=1), day + timedelta(days=1), timezone="Europe/Berlin")
    table = payroll(roster(known, {day: "N9"}), known, WAGE)
    assert table[table["element_code"] == "overtime_150"]["quantity"].sum() == beyond


def test_a_saturday_of_the_calendar() -> None:
    """Eight hours on a Saturday without time off in lieu: 6000 / 174 x 8 x 2 = 551.72; by the roster it is normal."""
    calendar = plan(*JULY, tables={"hours": {"rest_day": "calendar"}})
    assert lines(calendar, on(4)) == [("rest_day_200", date(2026, 7, 4), 8, Decimal("551.72"))]
    assert lines(plan(*JULY), on(4)) == []


def test_a_weekend_on_which_the_country_works() -> None:
    """On Saturday 14 February 2026, a make-up workday, eight hours earn nothing extra; on 15 February they do."""
    known = plan(date(2026, 2, 1), date(2026, 2, 28), tables={"hours": {"rest_day": "calendar"}})
    known = replace(known, calendar=build_calendar("CN", date(2026, 1, 1), date(2026, 3, 31)))
    assert lines(known, on(14, month=2)) == []
    assert [line[0] for line in lines(known, on(15, month=2))] == ["rest_day_200"]


@pytest.mark.parametrize("day", [date(2026, 5, 4), date(2026, 5, 5)])
def test_make_up_and_adjusted_days_off(day: date) -> None:
    """4 May 2026 (make-up off) and 5 May (adjusted off) are rest days of the calendar: 200 %, not 300 %."""
    known = plan(*MAY, tables={"hours": {"rest_day": "calendar"}})
    known = replace(known, calendar=build_calendar("CN", date(2026, 4, 1), date(2026, 6, 30)))
    assert lines(known, {day: "D8"}) == [("rest_day_200", day, 8, Decimal("551.72"))]


def test_a_night_into_the_weekend_is_split_at_midnight() -> None:
    """By the calendar the seven hours on Saturday of a Friday night are paid at 200 %, the two before are normal."""
    known = plan(*JULY, tables={"hours": {"rest_day": "calendar"}})
    assert lines(known, on(3, code="N9"))[1:] == [("rest_day_200", date(2026, 7, 4), 7, Decimal("482.76"))]


def test_days_beyond_five_in_a_week() -> None:
    """Of six days worked from Monday to Saturday the last one is a rest day, with all of its hours."""
    six = {**on(6, 7, 8, 9, 10), **on(11, code="D11")}
    assert lines(plan(*JULY), six) == [("rest_day_200", date(2026, 7, 11), 11, Decimal("758.62"))]


def test_the_week_over_the_seam() -> None:
    """Two days worked at the end of June make Saturday 4 July the sixth of its week; it is paid in July."""
    known = plan(*JULY)
    before = {date(2026, 6, 29): "D8", date(2026, 6, 30): "D8"}
    assert lines(known, {**before, **on(1, 2, 3)}) == []
    assert lines(known, {**before, **on(1, 2, 3, 4)}) == [("rest_day_200", date(2026, 7, 4), 8, Decimal("551.72"))]


def test_the_week_over_two_months_of_a_period() -> None:
    """A week over the end of July is counted once: its sixth day, 1 August, is paid in August."""
    known = plan(date(2026, 7, 1), date(2026, 8, 31))
    table = timesheet(roster(known, {**on(27, 28, 29, 30, 31), **on(1, month=8)}), known)
    assert table["ot200_h"].tolist() == [0, 8]


def test_statutory_holidays_are_apart() -> None:
    """A statutory holiday worked is paid at 300 % alone, and is none of the five days of its week."""
    known = plan(date(2026, 4, 20), date(2026, 5, 10))
    week = {**{date(2026, 4, n): "D8" for n in (27, 28, 29, 30)}, **on(1, 2, code="D11", month=5), **on(3, month=5)}
    assert {line[0] for line in lines(known, week)} == {"holiday"}
    calendar = plan(*MAY, tables={"hours": {"rest_day": "calendar"}})
    row = timesheet(roster(calendar, on(2, month=5, code="D11")), calendar).iloc[0]
    assert (row["ot150_h"], row["ot200_h"], row["ot300_h"]) == (0, 0, 11)


def test_hours_beside_a_holiday_count_to_the_day() -> None:
    """Of twelve hours on 2 and 3 May, those on the 3rd are ordinary: eight, and no overtime."""
    row = timesheet(roster(plan(*MAY), on(2, month=5, code="N12")), plan(*MAY)).iloc[0]
    assert (row["ot150_h"], row["ot300_h"]) == (0, 4)


def test_called_in_on_a_rest_day() -> None:
    """A day that the roster has as rest and attendance as work is a rest day, and the others of the week are not."""
    known = plan(*JULY)
    clock = known.settings.centre.zone
    days = [date(2026, 7, n) for n in (6, 7, 8, 9, 10, 11)]
    spans = [known.templates["D8"].on(day, clock) for day in days]
    worked = attendance(*((day, s.start, s.end, 60) for day, s in zip(days, spans, strict=True)))
    rest = [line[1] for line in lines(known, on(7, 8, 9, 10, 11), worked=worked)]
    assert rest == [date(2026, 7, 6)]


def test_a_week_that_is_not_wholly_known() -> None:
    """Where the first days of a week are not known and could matter, a note says so; five days in all cannot."""
    assert any("29" in note.en and "previous_roster.csv" in note.en for note in said(plan(*JULY), on(1, 2, 3, 4)))
    assert said(plan(*JULY), on(1, 2, 3)) == []


def test_time_off_in_lieu() -> None:
    """Rest-day work that becomes time off is paid 0.00; the ledger takes what was brought, earned and taken."""
    leave = (Absence(agent_id="007", first_date=date(2026, 7, 20), last_date=date(2026, 7, 20), type="toil"),)
    known = plan(
        *JULY,
        absences=leave,
        balances=(Balance(agent_id="007", toil_hours=4.5),),
        tables={"hours": {"rest_day": "calendar", "settle": "toil"}},
    )
    assert lines(known, on(4)) == [("rest_day_200_toil", date(2026, 7, 4), 8, Decimal("0.00"))]
    row = timesheet(roster(known, on(4)), known).iloc[0]
    assert (row["ot200_h"], row["toil_h"], row["toil_taken_h"], row["toil_left_h"]) == (0, 8, 8, Decimal("4.50"))
    assert said(known, on(4)) == []


def test_time_off_for_daily_overtime_is_less_than_the_law() -> None:
    """Time off in place of the 150 % of a day is noted with both figures: 0.00 paid, 155.17 asked."""
    known = plan(*JULY, tables={"hours": {"settle": "toil"}})
    (note,) = said(known, on(1, code="D11"))
    assert "0.00" in note.en
    assert "155.17" in note.en
    assert "155.17" in note.zh


def test_the_cap_of_a_month() -> None:
    """Above 36 h of overtime in a month a note shows the agent, his hours and the cap; 36 h are within it."""
    weekdays = [d for d in dates(*JULY) if d.weekday() < 5]
    twelve, thirteen = (dict.fromkeys(weekdays[:n], "D11") for n in (12, 13))
    monday = {date(2026, 6, 29): "D8", date(2026, 6, 30): "D8"}
    assert said(plan(*JULY), {**twelve, **monday}) == []
    (note,) = said(plan(*JULY), {**thirteen, **monday})
    assert "007 39.00" in note.en
    assert "36 h" in note.en


@pytest.mark.parametrize(
    ("pay", "shift", "paid", "asked"),
    [
        ({"overtime": {"wage": ["base"]}}, on(1, code="D11"), "103.45", "155.17"),
        ({"holiday": {"legal_floor": False}}, {}, "750.00", "827.59"),
        ({"holiday": {"inclusive": True}}, {}, "551.72", "827.59"),
    ],
)
def test_less_than_the_law(pay: dict[str, Any], shift: dict[date, str], paid: str, asked: str) -> None:
    """Wherever the company's options pay less than the law a note has both figures."""
    known = plan(*(JULY if shift else MAY), pay=pay)
    (note,) = [n for n in said(known, shift or on(1, month=5)) if "asks for" in n.en]
    assert paid in note.en
    assert asked in note.en


def test_without_wages_there_are_hours() -> None:
    """Without wages overtime and rest-day lines have hours and no amount."""
    known = plan(*JULY, tables={"hours": {"rest_day": "calendar"}})
    found = lines(known, {**on(1, code="D11"), **on(4)}, wages({}))
    assert [line[2:] for line in found] == [(3, None), (8, None)]


def test_where_no_multipliers_are_recorded() -> None:
    """In a country without them, overtime that is asked for gives no lines, and a note says so."""
    known = plan(*JULY, country="FR", pay={"overtime": {}})
    assert lines(known, on(1, code="D11")) == []
    assert any("FR" in note.en and "overtime" in note.en for note in said(known, {}))


def test_unknown_system() -> None:
    """A system of hours that does not exist is refused."""
    with pytest.raises(ValueError, match="'standard' or 'comprehensive'"):
        Hours.model_validate({"regime": "flexible"})
