"""Pay for statutory holidays (requirements A10)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from pay_house import plan, roster, wages

from wfm.domain.agents import Agent
from wfm.payroll import PAY_ELEMENTS, notes, payroll

if TYPE_CHECKING:
    import pandas as pd

WAGE = wages({"007": [Decimal(4000), Decimal(2000)]})
NO_WAGE = wages({})
SEP, OCT = (date(2026, 9, 1), date(2026, 9, 30)), (date(2026, 10, 1), date(2026, 10, 31))


def holiday(
    period: tuple[date, date], shifts: dict[date, str], pay: pd.DataFrame = WAGE, **fields: Any
) -> pd.DataFrame:
    """Return the holiday lines of a month with one agent."""
    known = plan(*period, pay={"holiday": fields} if fields else {})
    table = payroll(roster(known, shifts), known, pay)
    return table[table["element_code"] == "holiday"].reset_index(drop=True)


def test_a_whole_day_of_eight_hours() -> None:
    """Eight paid hours on 1 May at 6000: 750.00 by the company, 827.59 by law; the law is paid, both are shown."""
    line = holiday((date(2026, 5, 1), date(2026, 5, 31)), {date(2026, 5, 1): "D8"}).iloc[0]
    assert (line["amount"], line["quantity"], line["unit"]) == (Decimal("827.59"), Decimal("8.00"), "h")
    assert (line["rate"], line["multiplier"], line["rule_id"]) == (Decimal("34.48"), 3, "holiday.legal_floor")
    assert "= 750.00" in line["reason"]
    assert "= 827.59" in line["reason"]
    assert "article 44" in line["source"]
    assert (line["agent_id"], line["period"], line["date"]) == ("007", "2026-05", date(2026, 5, 1))
    assert (line["currency"], line["basis"]) == ("CNY", "scheduled")


def test_the_formula_without_the_floor() -> None:
    """With the legal floor off the company's 750.00 are paid."""
    line = holiday((date(2026, 5, 1), date(2026, 5, 31)), {date(2026, 5, 1): "D8"}, legal_floor=False).iloc[0]
    assert (line["amount"], line["rule_id"]) == (Decimal("750.00"), "holiday.company")
    assert line["quantity"] * line["rate"] * line["multiplier"] == Decimal("750.00")


def test_the_night_before_the_holiday() -> None:
    """Of a shift from 20:00 on 30 September to 08:00 eight of twelve hours fall on 1 October: 500.00, by law 827.59."""
    line = holiday(SEP, {date(2026, 9, 30): "N12"}).iloc[0]
    assert (line["amount"], line["quantity"], line["date"]) == (Decimal("827.59"), Decimal("8.00"), date(2026, 10, 1))
    assert "= 500.00" in line["reason"]


def test_a_whole_day_of_eleven_hours() -> None:
    """Eleven paid hours on 1 October: 750.00 by the company, 1137.93 by law."""
    line = holiday(OCT, {date(2026, 10, 1): "D11"}).iloc[0]
    assert line["amount"] == Decimal("1137.93")
    assert "= 750.00" in line["reason"]


def test_a_shift_belongs_to_the_month_in_which_it_starts() -> None:
    """The hours on 1 October of a shift of 30 September are paid in September, never again in October."""
    assert holiday(SEP, {date(2026, 9, 30): "N12"})["period"].tolist() == ["2026-09"]
    october = plan(*OCT)
    tail = roster(october, {date(2026, 9, 30): "N12"})
    assert payroll(tail, october, WAGE).empty
    assert "8.00 h on a statutory holiday" in notes(tail, october, WAGE)[0].en


def test_the_last_night_of_the_period() -> None:
    """A shift of 31 May that runs into a holiday on 1 June is paid in May."""
    known = plan(date(2026, 5, 1), date(2026, 5, 31), holidays={date(2026, 6, 1): "holiday"})
    table = payroll(roster(known, {date(2026, 5, 31): "N12"}), known, WAGE)
    found = table[table["element_code"] == "holiday"].iloc[0]
    assert (found["period"], found["date"], found["quantity"]) == ("2026-05", date(2026, 6, 1), 8)


def test_a_night_inside_the_holidays_has_two_lines() -> None:
    """A shift over midnight between two statutory days has one line for each, split at midnight: 4 and 8 hours."""
    lines = holiday(OCT, {date(2026, 10, 1): "N12"})
    assert lines["quantity"].tolist() == [4, 8]
    assert lines["amount"].tolist() == [Decimal("413.79"), Decimal("827.59")]


def test_an_unpaid_break_is_left_out_on_its_own_side_of_midnight() -> None:
    """A meal from 23:30 to 00:30 takes half an hour from either date: 3.5 and 7.5 of 11 paid hours."""
    assert holiday(OCT, {date(2026, 10, 1): "NM"})["quantity"].tolist() == [Decimal("3.50"), Decimal("7.50")]


@pytest.mark.parametrize(
    ("fields", "amount", "rule"),
    [
        ({"divisor": 20}, "900.00", "holiday.company"),
        ({"divisor": "21.75"}, "827.59", "holiday.company"),
        ({"inclusive": True}, "551.72", "holiday.legal_floor"),
        ({"inclusive": True, "legal_floor": False}, "500.00", "holiday.company"),
        ({"wage": ["base"]}, "551.72", "holiday.legal_floor"),
    ],
)
def test_options(fields: dict[str, Any], amount: str, rule: str) -> None:
    """The larger figure is paid; `inclusive` pays two of the three times on top; `wage` names the columns."""
    line = holiday(OCT, {date(2026, 10, 1): "D8"}, **fields).iloc[0]
    assert (line["amount"], line["rule_id"]) == (Decimal(amount), rule)


def test_by_the_day() -> None:
    """With `unit = "day"` a shift starting on the holiday earns a day, one running into it the legal floor."""
    company = holiday(OCT, {date(2026, 10, 3): "N12"}, unit="day").iloc[0]
    assert (company["amount"], company["unit"], company["quantity"]) == (Decimal("750.00"), "day", 1)
    floor = holiday(SEP, {date(2026, 9, 30): "N12"}, unit="day").iloc[0]
    assert (floor["amount"], floor["unit"], floor["quantity"]) == (Decimal("827.59"), "h", 8)


def test_an_ordinary_weekend_earns_nothing() -> None:
    """Only statutory days are paid three times: Saturday 10 October 2026 is none."""
    assert holiday(OCT, {date(2026, 10, 10): "D8"}).empty


def test_without_wages() -> None:
    """Without wages the line has its hours and no amount, and a note says so."""
    line = holiday(OCT, {date(2026, 10, 1): "D8"}, NO_WAGE).iloc[0]
    assert (line["quantity"], line["amount"], line["rate"]) == (Decimal("8.00"), None, None)
    known = plan(*OCT)
    assert "no wages" in notes(roster(known, {}), known, NO_WAGE)[0].en


def test_without_law() -> None:
    """In a country whose pay law is not recorded the line has hours and no amount, and a note says so."""
    known = plan(*OCT, country="FR", pay={"holiday": {}})
    table = payroll(roster(known, {date(2026, 10, 1): "D8"}), known, WAGE)
    assert table.loc[0, "amount"] is None
    assert "no pay law is recorded for FR" in str(table.loc[0, "reason"])
    assert "no pay law for country 'FR'" in notes(roster(known, {}), known, WAGE)[0].en


def test_clock_change_on_the_holiday() -> None:
    """A night shift over the end of summer time has ten paid hours, eight of them after midnight."""
    day = date(2026, 10, 25)
    known = plan(*OCT, holidays={day: "holiday"}, timezone="Europe/Berlin")
    table = payroll(roster(known, {date(2026, 10, 24): "N9"}), known, WAGE)
    line = table[table["element_code"] == "holiday"].iloc[0]
    assert (line["quantity"], line["amount"]) == (8, Decimal("827.59"))


def test_halves_are_rounded_up_once() -> None:
    """An exact half cent goes up: 8 h of 0.29 / 174 x 3 are 0.04, and 12.505 by the company is 12.51."""
    small = holiday(OCT, {date(2026, 10, 1): "D8"}, wages({"007": [Decimal("0.29"), Decimal(0)]})).iloc[0]
    assert small["amount"] == Decimal("0.04")
    half = holiday(
        OCT, {date(2026, 10, 1): "D8"}, wages({"007": [Decimal("100.04"), Decimal(0)]}), legal_floor=False
    ).iloc[0]
    assert half["amount"] == Decimal("12.51")


def test_lines_follow_the_agents() -> None:
    """Lines stand in the order of the plan's agents, whatever the order of the wage table."""
    agents = [Agent(agent_id=i, contract="full") for i in ("b", "a")]
    known = plan(*OCT, *agents)
    both = {**roster(known, {date(2026, 10, 1): "D8"}, "a").assignments}
    both.update({k: v for k, v in roster(known, {date(2026, 10, 1): "D8"}, "b").assignments.items() if k[0] == "b"})
    pay = wages({"a": [Decimal(1), Decimal(0)], "b": [Decimal(2), Decimal(0)]})
    table = payroll(type(roster(known, {}))(both), known, pay)
    assert table["agent_id"].tolist() == ["b", "a"]


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_reason_in_the_language_of_the_centre(locale: str) -> None:
    """The reason and the source are written in the language of the centre."""
    known = plan(*OCT, locale=locale)
    line = payroll(roster(known, {date(2026, 10, 1): "D8"}), known, WAGE).iloc[0]
    assert ("法定下限" in line["reason"]) == (locale == "zh")
    assert ("第四十四条" in line["source"]) == (locale == "zh")


def test_elements_are_found() -> None:
    """The pay elements are found in their package, each with a phrase and a manual page."""
    assert set(PAY_ELEMENTS) >= {"base", "holiday", "nights", "overtime", "rest_day"}
    assert all(e.phrase.zh and "Source:" in str(e.__doc__) for e in PAY_ELEMENTS.values())
