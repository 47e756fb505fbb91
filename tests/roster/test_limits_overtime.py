"""Overtime of months, quarters and years on worked examples, each figure counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pydantic import ValidationError
from roster_house import agent, plan, requirement, settings
from roster_lines import kept, line

from wfm.domain.agents import Balance
from wfm.domain.answer import Solved
from wfm.roster import build_book, check_settings, solve, verify
from wfm.roster.rules.overtime_limit import OvertimeLimit

MONDAY, NEW_YEAR = date(2026, 6, 1), date(2026, 1, 1)


@pytest.mark.parametrize(
    ("days", "hours"),
    [
        ("D D D D D - -", 0),
        ("D D D D D D -", 8),
        ("X X X X - - -", 12),
        ("X X X X X D -", 23),
        ("E E E E E E -", 2),
        ("D D D D D E S", 14.5),
        ("X - - - - - -" + " D" * 6 + " -", 11),
    ],
)
def test_overtime_of_days_and_weeks(days: str, hours: float) -> None:
    """D pays 8 h, E 7, S 7.5, X 11: beyond 8 a day, then what is left of a week beyond 40; no hour counts twice."""
    made, roster = line(days)
    assert kept(OvertimeLimit(at_most=hours), made, roster)
    assert hours == 0 or not kept(OvertimeLimit(at_most=hours - 0.25), made, roster)


def test_day_or_week_alone() -> None:
    """Five X are 15 h beyond 8 a day, and 15 beyond 40 a week; six are 18 and 26, and 26 together."""
    made, roster = line("X X X X X X -")
    for hours, fields in ((18, {"week_hours": None}), (26, {"day_hours": None}), (26, {})):
        assert kept(OvertimeLimit(at_most=hours, **fields), made, roster)
        assert not kept(OvertimeLimit(at_most=hours - 1, **fields), made, roster)
    with pytest.raises(ValidationError, match="day_hours or week_hours"):
        OvertimeLimit(day_hours=None, week_hours=None)


def test_a_week_counts_for_the_month_in_which_it_ends() -> None:
    """The sixth D of the week from 29 June to 5 July is overtime of July; 3 h of X on 30 June are overtime of June."""
    last_monday = date(2026, 6, 29)
    made, roster = line("D X D D D D - - - - - - - -", last_monday)
    assert kept(OvertimeLimit(at_most=8), made, roster)
    (july,) = OvertimeLimit(at_most=7).check(roster, made)
    assert (july.first_date, july.amount) == (date(2026, 7, 1), 60)
    june, _ = OvertimeLimit(at_most=2).check(roster, made)
    assert (june.first_date, june.last_date, june.amount) == (date(2026, 6, 1), date(2026, 6, 30), 60)


def test_the_week_across_the_seam() -> None:
    """Five D before the period, from Monday on, leave none for Saturday; of four nobody knows more than they say."""
    saturday = date(2026, 6, 6)
    assert not kept(OvertimeLimit(at_most=7), *line("D -", saturday, tail="D D D D D"))
    assert kept(OvertimeLimit(at_most=8), *line("D -", saturday, tail="D D D D D"))
    assert kept(OvertimeLimit(at_most=0), *line("D -", saturday, tail="D D D D"))


def test_holidays_in_full() -> None:
    """A holiday of 8 h is overtime from the first hour, and the sixth day of its week is then no overtime."""
    holiday = [date(2026, 6, 3)]
    made, roster = line("D D D D D D -", statutory=holiday)
    assert kept(OvertimeLimit(at_most=8, holidays_in_full=True), made, roster)
    assert not kept(OvertimeLimit(at_most=7.5, holidays_in_full=True), made, roster)
    made, roster = line("D D X D - - -", statutory=holiday)
    assert not kept(OvertimeLimit(at_most=10.5, holidays_in_full=True), made, roster)
    assert kept(OvertimeLimit(at_most=3), made, roster)


def test_months_in_a_row() -> None:
    """12 h in May and 9 in June are 21 in two months; one month more changes nothing, one month alone has 9."""
    made, roster = line("X X X - - - -", tail="X X X X - - -")
    for months, hours in ((1, 9), (2, 21), (3, 21)):
        assert kept(OvertimeLimit(per="rolling", months=months, at_most=hours), made, roster)
        assert not kept(OvertimeLimit(per="rolling", months=months, at_most=hours - 1), made, roster)
    made, roster = line("X - - -", NEW_YEAR, tail="X - - -")
    assert not kept(OvertimeLimit(per="rolling", months=2, at_most=5), made, roster)


def test_the_year_comes_from_the_balance() -> None:
    """360 h a year leave 9 h after 351: three X, not four; the tail is in the balance already."""
    rule, unknown = OvertimeLimit(per="year", at_most=360), Balance(agent_id="A1", cycle_hours=900)
    for days, is_kept in (("X X X D", True), ("X X X X", False)):
        made, roster = line(days, tail="X X")
        brought = replace(made, balances=(Balance(agent_id="A1", overtime_hours=351),))
        assert kept(rule, brought, roster) is is_kept
        assert not kept(rule, replace(made, balances=(unknown,)), roster)
    (found,) = rule.check(roster, made)
    assert "2026-01-01" in found.message.en
    assert "overtime_hours" in found.message.zh
    (problem,) = rule.refuse(made)
    assert (problem.file, problem.column) == ("balances.csv", "overtime_hours")
    assert not list(OvertimeLimit(per="quarter").refuse(made))


def test_no_balance_is_needed_where_everything_is_known() -> None:
    """At the start of the year, or of employment, there is nothing to bring along."""
    rule = OvertimeLimit(per="year", at_most=6)
    assert kept(rule, *line("X X -", NEW_YEAR))
    assert not kept(rule, *line("X X X", NEW_YEAR))
    assert kept(rule, *line("X X -", person=agent(hire_date=MONDAY)))
    assert not kept(rule, *line("X X -", tail="X", person=agent(hire_date=date(2026, 5, 31))))


def test_the_solver_keeps_it() -> None:
    """Where each hour is needed, 5 h of overtime are one long day, as against eleven hours on each without the rule."""
    found = []
    for rules in ({}, {"overtime_limit": {"at_most": 5}}):
        house = settings(MONDAY, date(2026, 6, 6), "DX", rules=rules, goals={"under": 10})
        made, book = plan(house, [agent()], requirement=requirement(house, [1] * house.grid.size)), build_book(house)
        answer = solve(made, book)
        assert isinstance(answer, Solved)
        assert verify(answer.roster, made, book) == ()
        assert answer.bound <= answer.objective
        found.append(sum(c.shift.paid_minutes for c in answer.roster if c.shift is not None) / 60)
    assert found == [66, 43]


def test_words() -> None:
    """The sentence names the limit, the period and what is beyond what; what is wrong is said in both languages."""
    rule = OvertimeLimit(at_most=138, per="rolling")
    assert rule.sentence().en == "at most 138 h of overtime in any 3 months (beyond 8 h a day and 40 h a week)"
    assert rule.sentence().zh == "任意连续 3 个月内加班最多 138 小时（每天超过 8 小时、每周超过 40 小时的部分）"
    assert OvertimeLimit(week_hours=None).sentence().en == "at most 36 h of overtime a month (beyond 8 h a day)"
    assert OvertimeLimit(day_hours=None).sentence().en == "at most 36 h of overtime a month (beyond 40 h a week)"


@pytest.mark.parametrize(
    ("kind", "fields", "zh"),
    [
        ("overtime_limit", {"at_most": -1}, "不小于 0 的数"),
        ("work_limit", {"what": "hours", "per": "week"}, "at_least 或 at_most，或两者"),
        ("work_limit", {"what": "days", "per": "week", "at_most": 4.5}, "整数，只有工时可以有小数"),
        ("work_limit", {"what": "days", "per": "week", "at_least": 5, "at_most": 4}, "at_most 不小于 at_least"),
        ("work_limit", {"what": "shifts", "per": "week", "at_most": 4}, "shifts：计入的班次代码"),
        ("work_limit", {"what": "window", "per": "week", "at_most": 4}, 'window：每日时段，仅当 what = "window"'),
        ("weekly_rest", {"days": 14}, "anchor：某一周期的第一天"),
    ],
)
def test_what_is_expected_is_said_in_chinese(kind: str, fields: dict[str, object], zh: str) -> None:
    """A table that says nothing sensible is refused by its own key path, in Chinese words too."""
    (problem,) = check_settings(settings(MONDAY, MONDAY, rules={kind: fields}))
    path = f"rules.{kind}.at_most" if kind == "overtime_limit" else f"rules.{kind}"
    assert problem.column == path
    assert f"应为：{zh}" in problem.message.zh
