"""Limits over calendar periods and windows on worked examples, each figure counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError
from roster_brute import Judge, every_roster
from roster_house import agent, settings
from roster_lines import kept, line

from wfm.domain.agents import Absence, Balance
from wfm.roster.rules.weekends_off import WeekendsOff
from wfm.roster.rules.work_limit import WorkLimit

if TYPE_CHECKING:
    from wfm.roster import Rule

MONDAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("what", "found"),
    [
        ("hours", 49.5),
        ("days", 6),
        ("nights", 3),
        ("small_nights", 1),
        ("big_nights", 2),
        ("weekend_days", 2),
        ("weekends", 1),
        ("statutory_days", 1),
    ],
)
def test_measures(what: str, found: float) -> None:
    """E D S B - B X from Monday, Tuesday a holiday: 7 + 8 + 7.5 + 8 + 8 + 11 h, one small and two big nights."""
    made, roster = line("E D S B - B X", statutory=[MONDAY + timedelta(days=1)])
    assert kept(WorkLimit.model_validate({"what": what, "per": "week", "at_most": found}), made, roster)
    assert kept(WorkLimit.model_validate({"what": what, "per": "week", "at_least": found}), made, roster)
    less = found - 1
    assert not kept(WorkLimit.model_validate({"what": what, "per": "week", "at_most": less}), made, roster)
    assert not kept(WorkLimit.model_validate({"what": what, "per": "week", "at_least": found + 1}), made, roster)


@pytest.mark.parametrize(
    ("window", "found"), [("22:00-06:00", 1), ("21:59-06:00", 2), ("07:00-08:00", 0), ("06:59-08:01", 2)]
)
def test_shifts_that_touch_a_window(window: str, found: int) -> None:
    """S ends at 22:00, B lasts from 23:00 to 07:00, E begins at 08:00: only what lies inside a window touches it."""
    made, roster = line("S B - E")
    for limit in (0, 1, 2):
        rule = WorkLimit(what="window", window=window, per="period", at_most=limit)
        assert kept(rule, made, roster) is (found <= limit)


def test_a_clock_change_is_paid() -> None:
    """B on the eve of 29 March has 7 paid hours in Berlin, on the eve of 25 October 9, on any other night 8."""
    for first, hours in ((date(2026, 3, 28), 7), (date(2026, 10, 24), 9), (MONDAY, 8)):
        made, roster = line("B -", first, zone="Europe/Berlin")
        assert kept(WorkLimit(what="hours", per="day", at_most=hours), made, roster)
        assert not kept(WorkLimit(what="hours", per="day", at_most=hours - 1), made, roster)


@pytest.mark.parametrize(("share", "least", "most"), [("full", 24, 36), ("half", 12, 18)])
def test_pro_rata(share: str, least: int, most: int) -> None:
    """Hired on the fifth of a planned June of 12 days, 8 of 30 days count: 135 h a month become 36, half of it 18."""
    person = agent(hire_date=date(2026, 6, 5), contract=share)
    made, roster = line("- - - - - D D D - - - -", person=person)
    rule = WorkLimit(what="hours", per="month", at_least=least * 30 / 8, at_most=most * 30 / 8, pro_rata=True)
    assert kept(rule, made, roster) is (share == "full")
    made, roster = line("- - - - - D D D D E - -", person=person)
    assert not kept(rule, made, roster)


def test_pro_rata_is_rounded_half_up() -> None:
    """Five nights a month are two and a half in 15 of 30 days: three are allowed, and three are asked for."""
    made, three = line("B B B" + " -" * 12)
    rule = WorkLimit(what="nights", per="month", at_least=5, at_most=5, pro_rata=True)
    assert kept(rule, made, three)
    assert not kept(rule, *line("B B" + " -" * 13))
    assert not kept(rule, *line("B B B B" + " -" * 11))


def test_a_lower_limit_waits_for_the_whole_period() -> None:
    """In a month that is planned to the twelfth, at least 20 days are not asked for yet; in its whole weeks, 5 are."""
    made, roster = line("D " * 5 + "- - D D D D -")
    assert kept(WorkLimit(what="days", per="month", at_least=20), made, roster)
    assert kept(WorkLimit(what="days", per="week", at_least=5), made, roster)
    assert not kept(WorkLimit(what="days", per="week", at_least=6), made, roster)
    made, roster = line("D - D D D D D", date(2026, 6, 3), tail="D D")
    assert kept(WorkLimit(what="days", per="week", at_least=6), made, roster)
    assert kept(WorkLimit(what="days", per="week", at_least=7), *line("D - D D D D D", date(2026, 6, 3), tail="D"))


def test_leave_lowers_a_lower_limit() -> None:
    """With two days of leave, 40 h a week are 24, so that three days of 8 h do; a holiday in the leave is no credit."""
    leave = (Absence(agent_id="A1", first_date=MONDAY, last_date=MONDAY + timedelta(days=1)),)
    rule = WorkLimit(what="hours", per="week", at_least=40)
    assert kept(rule, *line("- - D D D - -", absences=leave))
    assert not kept(rule, *line("- - D D E - -", absences=leave))
    assert not kept(rule, *line("- - D D D - -", absences=leave, statutory=[MONDAY]))


def test_a_rolling_window_crosses_the_seam() -> None:
    """Three nights in any 14 days: the third of June looks back to 21 May and no further."""
    rule = WorkLimit(what="nights", per="rolling", length=14, at_most=3)
    near, far = "B" + " -" * 10, "B" + " -" * 11
    assert not kept(rule, *line("B B B -", tail=near))
    assert kept(rule, *line("B B B -", tail=far))
    assert kept(rule, *line("- B B B", tail=near))


def test_what_was_worked_before_comes_from_the_balance() -> None:
    """470 h a quarter leave 28.75 h after 441.25: the balance counts in place of the tail, and only for a quarter."""
    made, roster = line("D D D - -", tail="D D D")
    brought = replace(made, balances=(Balance(agent_id="A1", cycle_hours=441.25),))
    assert kept(WorkLimit(what="hours", per="quarter", at_most=466), brought, roster)
    assert kept(WorkLimit(what="hours", per="quarter", at_most=465.25), brought, roster)
    assert not kept(WorkLimit(what="hours", per="quarter", at_most=465), brought, roster)
    assert kept(WorkLimit(what="hours", per="month", at_most=24), brought, roster)


def test_an_unknown_balance_is_no_zero() -> None:
    """Without the balance of a year that began before the known days, no roster keeps the limit, and it says why."""
    made, roster = line("- - -", tail="D")
    rule = WorkLimit(what="nights", per="year", at_most=60)
    assert not kept(rule, made, roster)
    (found,) = rule.check(roster, made)
    assert "2026-01-01" in found.message.en
    assert "balances.csv" in found.message.zh
    (problem,) = rule.refuse(made)
    assert (problem.file, problem.column) == ("balances.csv", "nights")
    other = replace(made, balances=(Balance(agent_id="A1", toil_hours=8),))
    assert not kept(rule, other, roster)
    assert kept(rule, replace(made, balances=(Balance(agent_id="A1", nights=60),)), roster)
    person = agent(hire_date=MONDAY - timedelta(days=1))
    assert kept(rule, *line("- - -", tail="D", person=person))


def test_unknown_codes_are_refused() -> None:
    """A code that no shift has is named before anything is solved."""
    made, _ = line("- -")
    (problem,) = WorkLimit(what="shifts", shifts=("E", "Z"), per="week", at_most=2).refuse(made)
    assert problem.value == "Z"
    assert "B, D, E, S, X" in problem.message.en


@pytest.mark.parametrize(
    "fields",
    [
        {"what": "hours", "per": "week"},
        {"what": "hours", "per": "week", "at_least": 5, "at_most": 4},
        {"what": "days", "per": "week", "at_most": 4.5},
        {"what": "shifts", "per": "week", "at_most": 4},
        {"what": "window", "per": "week", "at_most": 4},
        {"what": "nights", "window": "22:00-06:00", "per": "week", "at_most": 4},
    ],
)
def test_limits_that_say_nothing_are_refused(fields: dict[str, Any]) -> None:
    """No limit, an upper one below the lower one, half a day, no codes, no window, a window for nothing."""
    with pytest.raises(ValidationError):
        WorkLimit.model_validate(fields)


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        (WorkLimit(what="hours", per="rolling", length=3, at_most=14), "at_most"),
        (WorkLimit(what="nights", per="period", at_least=2), "at_least"),
        (WorkLimit(what="weekends", per="rolling", length=16, at_most=2), "at_most"),
        (WorkLimit(what="weekends", per="period", at_least=1), "at_least"),
        (WorkLimit(what="shifts", shifts=("E",), per="week", at_least=2, at_most=3), "at_least"),
        (WorkLimit(what="shifts", shifts=("E",), per="week", at_least=2, at_most=3), "at_most"),
        (WeekendsOff(weekends=0, in_a_row=1), "in_a_row"),
    ],
)
@pytest.mark.parametrize("step", [-1, 1])
def test_a_shifted_limit_is_noticed(rule: Rule, field: str, step: int) -> None:
    """When the solver works with a limit one unit off, some roster of a week shows it."""
    weekly = isinstance(rule, WeekendsOff)
    made, _ = line("- " * (8 if weekly else 6), date(2026, 6, 6), tail="" if weekly else "D - - - - - D - - - - - -")
    made = replace(made, settings=settings(made.days[0], made.days[-1], "D" if weekly else "EB"))
    judge = Judge(made, [type(rule)(**{**rule.model_dump(), field: getattr(rule, field) + step})])
    assert any(judge.admits(roster) is any(rule.check(roster, made)) for roster in every_roster(made))


def test_weekends_in_the_words_of_both_languages() -> None:
    """The sentence of a rule names what is counted, how often and in which period."""
    rule = WorkLimit(what="nights", per="rolling", length=28, at_least=1, at_most=6, weekdays=("sat", "sun"))
    assert rule.sentence().en == "1 to 6 night shifts (only Saturday, Sunday) in any 28 days"
    assert rule.sentence().zh == "任意连续 28 天内夜班 1 至 6 个（仅计周六、周日）"
    hours = WorkLimit(what="hours", per="month", at_most=184, pro_rata=True).sentence()
    assert (hours.en, hours.zh) == ("at most 184 paid hours a month, pro rata", "每月工时最多 184 小时（按比例折算）")


def test_a_friday_night_takes_the_weekend() -> None:
    """B of Friday ends on Saturday at 07:00; S ends on Friday: only counted from Friday night is the weekend gone."""
    nights, late = line("- - - - B - -"), line("- - - - S - -")
    for free_weekend, rule in (
        (True, WeekendsOff(weekends=4)),
        (False, WeekendsOff(weekends=4, from_friday_night=True)),
    ):
        assert kept(rule, *nights) is free_weekend
        assert kept(rule, *late)


def test_a_weekend_belongs_to_the_month_of_its_saturday() -> None:
    """Sunday 31 May 2026 is worked: the weekend of Saturday the 30th is gone for May, none of June's four."""
    made, roster = line("D - - - - - - -", date(2026, 5, 31), tail="- " * 8)
    assert kept(WeekendsOff(weekends=4), made, roster)
    assert not kept(WeekendsOff(weekends=5), made, roster)
    may = next(WeekendsOff(weekends=5).check(roster, made))
    assert "4 of 5 weekends are free" in may.message.en


def test_half_a_weekend_across_the_seam() -> None:
    """A period that begins on Sunday: the known Saturday decides; an unknown one, or one of leave, asks for nothing."""
    rule, sunday = WeekendsOff(weekends=0, whole=True), date(2026, 6, 7)
    assert kept(rule, *line("D -", sunday, tail="D"))
    assert not kept(rule, *line("D -", sunday, tail="-"))
    assert kept(rule, *line("D -", sunday))
    assert kept(rule, *line("D -", sunday, tail="L"))


def test_weekends_in_a_row_across_the_seam() -> None:
    """Two worked weekends before the period and one in it are three in a row."""
    tail = "D - - - - - - D - - - - - -"
    made, roster = line("D - -", date(2026, 6, 13), tail=tail)
    assert kept(WeekendsOff(weekends=0, in_a_row=3), made, roster)
    assert not kept(WeekendsOff(weekends=0, in_a_row=2), made, roster)
    assert kept(WeekendsOff(weekends=0, in_a_row=2), *line("- - -", date(2026, 6, 13), tail=tail))
