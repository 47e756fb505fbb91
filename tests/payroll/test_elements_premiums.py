"""Premiums of Japan, the United States, Taiwan, Australia and Hong Kong, by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from pay_house import plan, roster, wages

from wfm.domain.errors import SettingsError
from wfm.law import pay_parameters
from wfm.payroll import PAY_ELEMENTS, check_settings, payroll, timesheet
from wfm.payroll.examples import EXAMPLES, PayExample
from wfm.payroll.stretches import split, stretches

if TYPE_CHECKING:
    from wfm.payroll import PayLine

DAY = "09:00-18:00 240+60"
LONG = "09:00-21:00 240+60"
KINDS = {"JP": "japan", "US": "united_states", "TW": "taiwan", "AU": "australia", "HK": "hong_kong"}
MAY = (date(2026, 5, 1), date(2026, 5, 31))


def may(day: int) -> date:
    """Return a date of May 2026; the 4th is a Monday."""
    return date(2026, 5, day)


def earned(country: str, shifts: dict[date, str], wage: int | str = 1200, **more: Any) -> dict[tuple[str, date], str]:
    """Return the amounts of an element at so much an hour, by code and date."""
    fields = more.pop("fields", {})
    example = PayExample(shifts=shifts, wage={"hourly": wage}, country=country, fields=fields, **more)
    lines = example.lines(KINDS[country])
    return {(line.element_code, line.date or example.first): str(line.amount) for line in lines}


def run(first: int, count: int, code: str = DAY) -> dict[date, str]:
    """Return the same shift on days of May in a row."""
    return {may(first + n): code for n in range(count)}


def test_japan_day() -> None:
    """Of eleven paid hours until 23:00 three are overtime at 25 %, one of them also at night: 900 and 300 at 1200."""
    assert earned("JP", {may(4): "11:00-23:00 240+60"}) == {
        ("jp_overtime", may(4)): "900.00",
        ("jp_night", may(4)): "300.00",
    }


def test_japan_night_is_cut_at_midnight() -> None:
    """A night from 22:00 to 07:00 is seven hours at 25 %, two on the first date, and a ninth hour of overtime."""
    assert earned("JP", {may(4): "22:00-07:00+1"}) == {
        ("jp_night", may(4)): "600.00",
        ("jp_night", may(5)): "1500.00",
        ("jp_overtime", may(5)): "300.00",
    }


def test_japan_week() -> None:
    """The sixth day of eight hours is beyond 40 h a week; overtime of a day does not count a second time."""
    assert earned("JP", run(4, 6)) == {("jp_overtime", may(9)): "2400.00"}
    found = earned("JP", {**run(4, 4), may(8): LONG, may(9): "09:00-13:00"})
    assert found == {("jp_overtime", may(8)): "900.00", ("jp_overtime", may(9)): "1200.00"}


def test_japan_week_across_the_month() -> None:
    """A week is paid in the month in which it ends: 40 h of April make the Saturday of May overtime."""
    april = {date(2026, 4, 26) + timedelta(days=n): DAY for n in range(5)}
    assert earned("JP", {**april, may(2): "09:00-13:00"}) == {("jp_overtime", may(2)): "1200.00"}
    late = {may(31): DAY, **run(25, 6)}
    assert ("jp_overtime", may(30)) in earned("JP", late)


def test_japan_beyond_sixty_hours() -> None:
    """Of 63 h of overtime in a month, three a day, the last three are paid at 50 %."""
    days = [may(n) for n in range(1, 32) if may(n).weekday() < 5]
    found = earned("JP", dict.fromkeys(days, LONG))
    assert len(days) == 21
    assert found["jp_overtime_60", days[-1]] == "1800.00"
    assert sum(code == "jp_overtime" for code, _ in found) == 20


def test_japan_legal_day_off() -> None:
    """The last of seven days in a row, Saturday, is a legal day off: 35 %, and no overtime whatever its hours."""
    found = earned("JP", {**run(3, 6), may(9): LONG})
    assert found["jp_legal_day_off", may(9)] == str(Decimal("4620.00"))
    assert ("jp_overtime", may(9)) not in found
    sunday = earned("JP", {may(9): "20:00-04:00+1"}, fields={"legal_day_off": "sun"})
    assert sunday["jp_legal_day_off", may(10)] == "1680.00"


def test_whole_hours() -> None:
    """With `pays = "whole"` overtime is paid with the hour itself, the night is not."""
    found = earned("JP", {may(4): "13:00-23:00 240+60"}, fields={"pays": "whole"})
    assert found == {("jp_overtime", may(4)): "1500.00", ("jp_night", may(4)): "300.00"}


def test_a_monthly_wage() -> None:
    """With `month_hours` the hourly wage is the base by them, not rounded in between."""
    example = PayExample(
        shifts={may(4): "09:00-18:20 240+60"}, wage={"base": 250000}, country="JP", fields={"month_hours": 163}
    )
    (line,) = example.lines("japan")
    assert (line.rate, line.amount) == (Decimal("1533.74"), Decimal("127.81"))
    assert "1/3 h" in line.reason.en
    assert "x 250000 / 163 x 0.25 = 127.81" in line.reason.en


def test_united_states_workweek() -> None:
    """Fifty hours in a workweek are ten of overtime, half the rate on top; weeks of 30 and 50 are not averaged."""
    ten = "08:00-18:00"
    assert earned("US", run(4, 5, ten), 20) == {("us_overtime", may(8)): "100.00"}
    assert earned("US", {**run(4, 3, ten), **run(11, 5, ten)}, 20) == {("us_overtime", may(15)): "100.00"}
    assert earned("US", run(4, 5, "08:00-16:00"), 20) == {}


def test_united_states_workweek_begins_where_it_is_said() -> None:
    """Saturday night counts for the week from Sunday only after midnight; from Sunday 06:00 on, all of it is before."""
    shifts = {**run(4, 5, "08:00-16:00"), may(9): "22:00-08:00+1"}
    assert earned("US", shifts, 20) == {("us_overtime", may(9)): "20.00"}
    found = earned("US", shifts, 20, fields={"workweek_begins_at": "06:00"})
    assert found == {("us_overtime", may(9)): "20.00", ("us_overtime", may(10)): "60.00"}


@pytest.mark.parametrize(("sunday", "hours"), [(date(2026, 3, 8), 7), (date(2026, 11, 1), 9), (date(2026, 5, 10), 8)])
def test_united_states_clock_change(sunday: date, hours: int) -> None:
    """A night of 22:00 to 06:00 has seven hours when the clock goes forward and nine when it goes back."""
    week = {sunday - timedelta(days=1): "22:00-06:00+1"}
    before = {sunday - timedelta(days=n): "08:00-16:00" for n in range(2, 7)}
    first = sunday.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    example = PayExample(
        first=first,
        last=last,
        shifts={**before, **week},
        wage={"hourly": 20},
        country="US",
        fields={"workweek_begins": "mon"},
    )
    assert sum(line.quantity for line in example.lines("united_states")) == hours


def test_taiwan_overtime_and_rest_day() -> None:
    """Eleven hours at 150 are 100 and 100 on top; the sixth day of the week 1/3 for two hours, 2/3 for the others."""
    assert earned("TW", {may(4): LONG}, 150) == {
        ("tw_overtime_first", may(4)): "100.00",
        ("tw_overtime_next", may(4)): "100.00",
    }
    assert earned("TW", run(4, 6), 150, fields={"pays": "whole"}) == {
        ("tw_rest_day_first", may(9)): "400.00",
        ("tw_rest_day_next", may(9)): "1500.00",
    }


def test_taiwan_days_off_and_holidays() -> None:
    """The seventh day and a holiday are paid once more for eight hours, whatever the wage covers; then overtime."""
    found = earned("TW", {**run(4, 6), may(10): LONG}, 150, fields={"pays": "whole"})
    assert found["tw_day_off", may(10)] == "1200.00"
    assert (found["tw_overtime_first", may(10)], found["tw_overtime_next", may(10)]) == ("400.00", "250.00")
    holiday = earned("TW", {may(4): "20:00-04:00+1"}, 150, holidays=(may(5),))
    assert holiday == {("tw_holiday", may(5)): "600.00"}
    sixth = earned("TW", run(4, 6), 150, holidays=(may(9),))
    assert sixth == {("tw_holiday", may(9)): "1200.00"}


def test_thirds_are_exact() -> None:
    """A third of an amount that ends in a half cent is rounded up, not lost in the digits of 0.333."""
    example = PayExample(shifts={may(4): "09:00-17:03"}, wage={"hourly": "0.30"}, country="TW")
    (line,) = example.lines("taiwan")
    assert line.amount == Decimal("0.01")


@pytest.mark.parametrize(
    ("day", "shift", "found"),
    [
        (4, "10:00-18:00", {}),
        (4, "05:00-09:00", {("au_early_late", 4): "15.00"}),
        (4, "17:00-24:00", {("au_early_late", 4): "37.50"}),
        (9, "05:00-09:00", {("au_saturday", 9): "30.00"}),
        (10, "05:00-09:00", {("au_sunday_early_late", 10): "45.00", ("au_sunday", 10): "30.00"}),
        (8, "22:00-02:00+1", {("au_early_late", 8): "15.00", ("au_saturday", 9): "15.00"}),
        (11, "20:00-04:00+1", {("au_early_late", 11): "30.00", ("au_public_holiday", 12): "180.00"}),
    ],
)
def test_australia_loadings(day: int, shift: str, found: dict[tuple[str, int], str]) -> None:
    """At 30 an hour each hour has the loading of its date and clock; a public holiday has its own alone."""
    expected = {(code, may(n)): amount for (code, n), amount in found.items()}
    assert earned("AU", {may(day): shift}, 30, holidays=(may(12),)) == expected


def test_australia_overtime() -> None:
    """Of 45 h in a week seven are overtime: three at 1.5, four double; they carry no loading."""
    found = earned("AU", {**run(4, 4, "09:00-18:00"), may(8): "15:00-24:00"}, 30)
    assert found["au_overtime_first", may(8)] == "45.00"
    assert found["au_overtime_next", may(8)] == "120.00"
    assert ("au_early_late", may(8)) not in found
    assert earned("AU", {**run(4, 4, "09:00-18:00"), may(10): "09:00-18:00"}, 30)["au_overtime_sunday", may(10)]


def test_australia_short_rest_and_long_day() -> None:
    """A shift nine hours after the last is overtime throughout, and so is what goes beyond `day_hours`."""
    found = earned("AU", {may(4): "14:00-22:00", may(5): "07:00-12:00"}, 30)
    assert (found["au_overtime_first", may(5)], found["au_overtime_next", may(5)]) == ("45.00", "60.00")
    assert earned("AU", {may(4): "08:00-19:00"}, 30, fields={"day_hours": 10}) == {
        ("au_overtime_first", may(4)): "15.00"
    }


def test_australia_casuals_and_shiftworkers() -> None:
    """Casual loading adds to the others; a shiftworker's afternoon shift has 15 % for all its hours."""
    casual = {"agent": {"tags": ("casual",)}, "fields": {"casual_tag": "casual"}}
    assert earned("AU", {may(9): "09:00-13:00"}, 30, **casual) == {
        ("au_casual", may(9)): "30.00",
        ("au_saturday", may(9)): "30.00",
    }
    table = {"tag": "s", "ends_after": "19:00", "ends_by": "07:00+1", "permanent_tag": "p"}
    for tags, code, amount in ((("s",), "au_shift", "36.00"), (("s", "p"), "au_permanent_night", "72.00")):
        found = earned("AU", {may(4): "14:00-22:00"}, 30, agent={"tags": tags}, fields={"shiftwork": table})
        assert found == {(code, may(4)): amount}
    assert earned("AU", {may(4): "08:00-16:00"}, 30, agent={"tags": ("s",)}, fields={"shiftwork": table}) == {}


@pytest.mark.parametrize(("sunday", "hours"), [(date(2026, 4, 5), 7), (date(2026, 10, 4), 5)])
def test_australia_clock_change(sunday: date, hours: int) -> None:
    """From midnight to 06:00 on the Sunday of a clock change there are seven hours in April and five in October."""
    shifts = {sunday - timedelta(days=1): "22:00-06:00+1"}
    first = sunday.replace(day=1)
    example = PayExample(first=first, last=first.replace(day=30), shifts=shifts, wage={"hourly": 30}, country="AU")
    found = {line.element_code: line.quantity for line in example.lines("australia")}
    assert found == {"au_saturday": 2, "au_sunday_early_late": hours}


def test_hourly_wage() -> None:
    """Three shifts of 7 h 50 min at 20.50 are 23.5 h and 481.75, rounded once; a month without work has no line."""
    (line,) = EXAMPLES["hourly"].lines("hourly")
    assert (str(line.quantity), str(line.amount)) == ("23.50", "481.75")
    assert line.reason.en == "23.5 paid hours x 20.50 = 481.75"
    assert replace(EXAMPLES["hourly"], shifts={}).lines("hourly") == ()
    assert replace(EXAMPLES["hourly"], wage=None).lines("hourly")[0].amount is None


def test_hong_kong() -> None:
    """A holiday worked over midnight and a week without a day off are days due, with their last date and amount 0."""
    shifts = {**run(4, 7), may(20): "22:00-06:00+1"}
    lines = PayExample(shifts=shifts, country="HK", holidays=(may(21),)).lines("hong_kong")
    assert [(line.element_code, line.date, str(line.quantity), str(line.amount)) for line in lines] == [
        ("hk_holiday", may(21), "1.00", "0.00"),
        ("hk_rest_day", may(10), "1.00", "0.00"),
    ]
    assert "2026-03-22 and 2026-07-20" in lines[0].reason.en
    assert "due by 2026-06-09" in lines[1].reason.en
    assert PayExample(shifts=run(4, 6), country="HK").lines("hong_kong") == ()


def test_a_holiday_counts_once_over_the_end_of_a_month() -> None:
    """A holiday on 1 May that a night of 30 April reaches is due with April, not again with a shift of 1 May."""
    night = {date(2026, 4, 30): "22:00-06:00+1", may(1): DAY}
    assert PayExample(shifts=night, country="HK", holidays=(may(1),)).lines("hong_kong") == ()
    alone = PayExample(shifts={may(1): DAY}, country="HK", holidays=(may(1),)).lines("hong_kong")
    assert [line.date for line in alone] == [may(1)]


@pytest.mark.parametrize("country", KINDS)
def test_unknown_days_of_a_week_leave_a_line_open(country: str) -> None:
    """Where the days before the period are not known, the week that began then has a line without amount."""
    example = PayExample(wage={"hourly": 10}, country=country, tail=False)
    (line,) = example.lines(KINDS[country])
    assert line.amount is None
    assert "2026-04-30" in line.reason.en
    assert "previous_roster.csv" in line.reason.en
    assert replace(example, tail=True).lines(KINDS[country]) == ()
    hired = replace(example, agent={"hire_date": may(1)})
    assert hired.lines(KINDS[country]) == ()


def test_a_leaver_is_paid_for_the_last_week() -> None:
    """The week in which an agent leaves is paid with it, even where it would end in the next month."""
    shifts = {date(2026, 4, 26) + timedelta(days=n): "08:00-18:00" for n in range(5)}
    april = {"first": date(2026, 4, 1), "last": date(2026, 4, 30)}
    example = PayExample(shifts=shifts, wage={"hourly": 20}, country="US", **april)  # type: ignore[arg-type]
    assert example.lines("united_states") == ()
    left = replace(example, agent={"leave_date": date(2026, 4, 30)})
    assert [line.amount for line in left.lines("united_states")] == [Decimal("100.00")]


def test_without_wages() -> None:
    """Without pay.csv a line has its hours and no amount."""
    example = PayExample(shifts={may(4): LONG}, country="JP")
    (line,) = example.lines("japan")
    assert (str(line.quantity), line.rate, line.amount) == ("3.00", None, None)
    assert "no wage was given" in line.reason.en


def test_where_the_law_asks_for_it() -> None:
    """Each applies unasked in its own country, the award of call centres only where it is asked for."""
    for country, kind in KINDS.items():
        for centre in KINDS:
            settings = plan(*MAY, country=centre, timezone="UTC").settings
            assert PAY_ELEMENTS[kind].applies(settings) == (country == centre and country != "AU")
    assert PAY_ELEMENTS["australia"].applies(plan(*MAY, country="AU", pay={"australia": {}}).settings)


def test_the_whole_payroll_of_another_country() -> None:
    """Payroll and timesheet of a centre in Japan need the column `hourly` and none of China's figures."""
    known = plan(*MAY, country="JP", timezone="Asia/Tokyo")
    worked = roster(known, {may(4): "N9"})
    table = payroll(worked, known, wages({"007": [Decimal(1200)]}, ("hourly",)))
    assert table["element_code"].tolist() == ["jp_night", "jp_night", "jp_overtime", "jp_overtime"]
    assert table["amount"].tolist()[:3] == [Decimal(600), Decimal(1500), Decimal(300)]
    assert timesheet(worked, known)["scheduled_h"].tolist() == [9]


def test_law_of_another_country() -> None:
    """An element asked for in another country uses its own law, and says when that is not known on the date."""
    example = PayExample(shifts={may(4): LONG}, wage={"hourly": 1200})
    assert example.lines("japan")[0].amount == 900
    early = replace(example, first=date(2020, 5, 1), last=date(2020, 5, 31), shifts={date(2020, 5, 4): LONG})
    with pytest.raises(SettingsError, match="JP is not known on 2020-05-01"):
        early.lines("japan")
    assert replace(early, country="JP").lines("japan") == ()


@pytest.mark.parametrize("country", KINDS)
def test_every_code_is_a_figure_of_the_law(country: str) -> None:
    """Each code on a line of another country is a figure of its law with a date and a source."""
    assert set(PAY_ELEMENTS[KINDS[country]].names) <= set(pay_parameters(country, may(1)))


def test_fields() -> None:
    """A misspelt weekday, a workweek that begins after midnight and a wage by no hours are problems."""
    bad = {
        "japan": {"week_begins": "sunday", "month_hours": 0},
        "united_states": {"workweek_begins_at": "24:00"},
        "australia": {"shiftwork": {"tag": "s"}},
    }
    found = {p.column for p in check_settings(plan(*MAY, pay=bad).settings)}
    assert found == {
        "pay.japan.week_begins",
        "pay.japan.month_hours",
        "pay.united_states.workweek_begins_at",
        "pay.australia.shiftwork.ends_after",
        "pay.australia.shiftwork.ends_by",
    }


def test_stretches_cut_and_split() -> None:
    """Cut at times of day and split after so many minutes, the stretches still add up to the paid time."""
    zone = plan(*MAY).settings.centre.zone
    shift = roster(plan(*MAY), {may(4): "NM"}).at("007", may(4))
    assert shift is not None
    assert shift.shift is not None
    cut = stretches(shift.shift, zone, (300,))
    assert [(s.date.day, s.clock, s.minutes) for s in cut] == [(4, 1200, 210), (5, 30, 270), (5, 300, 180)]
    for minutes in (0, 1, 210, 211, 660, 700):
        within, beyond = split(cut, minutes)
        assert sum(s.minutes for s in within) == min(minutes, 660)
        assert sum(s.minutes for s in (*within, *beyond)) == 660


@pytest.mark.parametrize("kind", PAY_ELEMENTS)
def test_every_element_has_an_example(kind: str) -> None:
    """Every pay element has an example that pays something, with a reason and a source in both languages."""
    lines: tuple[PayLine, ...] = EXAMPLES[kind].lines(kind)
    assert any(line.amount is not None for line in lines)
    assert {line.element_code for line in lines} <= set(PAY_ELEMENTS[kind].names)
    assert all(text.en and text.zh for line in lines for text in (line.reason, line.source))
