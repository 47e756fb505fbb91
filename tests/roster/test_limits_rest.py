"""The weekly rest, the mean of hours and the hours of a cycle on worked examples, each figure counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import ValidationError
from roster_brute import Judge
from roster_house import agent, calendar, plan, settings
from roster_lines import kept, line

from wfm.domain.agents import Absence, Agent, Balance
from wfm.domain.answer import Infeasible, Solved
from wfm.domain.calendar import Calendar, DayClass
from wfm.roster import build_book, solve
from wfm.roster.rules.hours_cycle import HoursCycle
from wfm.roster.rules.mean_hours import MeanHours
from wfm.roster.rules.weekly_rest import WeeklyRest

if TYPE_CHECKING:
    from wfm.domain.plan import Plan

MONDAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("days", "longest"),
    [
        ("D D D D D D -", 30),
        ("D D D D D - D", 39),
        ("B B B B B B -", 23),
        ("B B B B B - B", 40),
        ("E E B B B B B", 31),
        ("X X B B B B B", 27),
        ("- D D D D D D", 33),
        ("D D D B - - D", 50),
    ],
)
def test_the_longest_rest_of_a_week(days: str, longest: int) -> None:
    """Between 18:00 and 09:00 over a day off lie 39 h; at the ends of the week only the part inside counts."""
    assert kept(WeeklyRest(hours=longest), *line(days))
    assert not kept(WeeklyRest(hours=longest + 0.25), *line(days))


def test_a_clock_change_makes_a_rest_longer_or_shorter() -> None:
    """D of Saturday to the end of Sunday are 30 h, on 25 October 2026 in Berlin 31, on 29 March 29."""
    for monday, longest in ((MONDAY, 30), (date(2026, 10, 19), 31), (date(2026, 3, 23), 29)):
        made, roster = line("D D D D D D -", monday, zone="Europe/Berlin")
        assert kept(WeeklyRest(hours=longest), made, roster)
        assert not kept(WeeklyRest(hours=longest + 0.5), made, roster)


def test_any_seven_days() -> None:
    """A day off on Monday and the next on Tuesday a week later: every calendar week has one, not every seven days."""
    made, roster = line("- D D D D D D D - D D D D D")
    assert kept(WeeklyRest(), made, roster)
    assert not kept(WeeklyRest(per="rolling"), made, roster)
    (found,) = WeeklyRest(per="rolling").check(roster, made)
    assert (found.first_date, found.last_date) == (date(2026, 6, 2), date(2026, 6, 8))


def test_the_seam() -> None:
    """The week that ends in the period begins in the previous roster; a night shift before it shortens the rest."""
    wednesday = date(2026, 6, 3)
    assert kept(WeeklyRest(), *line("D D D D D", wednesday, tail="- D"))
    assert not kept(WeeklyRest(), *line("D D D D D", wednesday, tail="D D"))
    assert kept(WeeklyRest(), *line("D D D D D", wednesday, tail="D"))
    assert kept(WeeklyRest(), *line("- D D D D D D", tail="B"))
    assert not kept(WeeklyRest(hours=27), *line("- D D D D D D", tail="B"))


def test_two_rests_in_fourteen_days() -> None:
    """One rest of 48 h is two of 24 h, two single days off are two, one day off of 39 h is one."""
    anchored = {"days": 14, "times": 2, "anchor": MONDAY}
    assert kept(WeeklyRest(**anchored), *line("D D - - D D D D D D D D D D"))
    assert kept(WeeklyRest(**anchored), *line("D D - D D D D D D - D D D D"))
    assert not kept(WeeklyRest(**anchored), *line("D D - D D D D D D D D D D D"))
    with pytest.raises(ValidationError, match="anchor"):
        WeeklyRest(days=14, times=2)


def test_days_outside_employment_are_rest() -> None:
    """Someone hired on Wednesday has had his rest of the week."""
    assert kept(WeeklyRest(), *line("- - D D D D D", person=agent(hire_date=date(2026, 6, 3))))


def test_a_mean_over_two_weeks() -> None:
    """55 h in one week and 33 h in the one before are 44 h in the mean."""
    made, roster = line("X X X X X - -", tail="X X X - - - -")
    assert kept(MeanHours(hours=44, weeks=2), made, roster)
    assert not kept(MeanHours(hours=43.99, weeks=2), made, roster)
    assert not kept(MeanHours(hours=44, weeks=1), made, roster)


def test_unknown_days_are_not_counted() -> None:
    """Of 17 weeks three days are known before the period: 44 h in ten days are 30.8 h a week."""
    made, roster = line("D D D D - - -", tail="D E -", person=agent())
    minutes = 4 * 480 + 480 + 420
    mean = minutes / 60 * 7 / 10
    assert kept(MeanHours(hours=round(mean + 0.01, 2)), made, roster)
    assert not kept(MeanHours(hours=round(mean - 0.01, 2)), made, roster)


def test_less_than_a_week_is_judged_as_a_week() -> None:
    """A period of two days with 22 h is within 48 h a week, and beyond 21."""
    made, roster = line("X X")
    assert kept(MeanHours(hours=22), made, roster)
    assert not kept(MeanHours(hours=21), made, roster)


def test_leave_is_neutral_in_a_mean() -> None:
    """With a week of leave, 48 h in the other week are a mean of 48 h, or of 24 h when leave counts as days off."""
    leave = (Absence(agent_id="A1", first_date=date(2026, 6, 8), last_date=date(2026, 6, 14)),)
    made, roster = line("D D D D D D -" + " -" * 7, absences=leave)
    assert kept(MeanHours(hours=48, weeks=2), made, roster)
    assert not kept(MeanHours(hours=47, weeks=2), made, roster)
    assert not kept(MeanHours(hours=24, weeks=2, leave="counted"), made, roster)
    made, roster = line("D D D - - - -" + " -" * 7, absences=leave)
    assert kept(MeanHours(hours=24, weeks=2, leave="counted"), made, roster)


def cap_minutes(rule: HoursCycle, made: Plan) -> int | None:
    """Return the upper limit that the rule posts for the only agent."""
    (row,) = [r for r in Judge(made, [rule]).problem.lines[0].rows if r.owner == rule.kind]
    return row.high


def days_of_24_hours(first: date, last: date, person: Agent | None = None, **facts: Any) -> Plan:
    """Return a plan whose only shift lasts the whole day."""
    shifts = [{"code": "L", "start": "00:00", "end": "24:00"}]
    return plan(settings(first, last, (), shifts=shifts), [person or agent()], **facts)


@pytest.mark.parametrize(
    ("work_days", "cycle", "cap"),
    [
        (248, "month", 165.36 + 36),
        (250, "month", 166.64 + 36),
        (248, "quarter", 496 + 3 * 36),
        (250, "quarter", 500 + 3 * 36),
        (248, "year", 1984 + 12 * 36),
        (250, "year", 2000 + 12 * 36),
        (248, "week", 40 + 36 * 12 / 52),
    ],
)
def test_the_cap_of_a_whole_cycle(work_days: int, cycle: Any, cap: float) -> None:
    """A month has 165.36 standard hours (166.64 before 2025), a quarter 496, a year 1984, each month 36 h on top."""
    ends = {"week": (1, 4), "month": (1, 31), "quarter": (3, 31), "year": (12, 31)}
    last = date(2026, *ends[cycle])
    first = date(2025, 12, 29) if cycle == "week" else date(2026, 1, 1)
    made = days_of_24_hours(first, last)
    assert cap_minutes(HoursCycle(cycle=cycle, work_days=work_days), made) == int(cap * 60 + 1e-6)


def test_the_cap_by_the_calendar() -> None:
    """May 2026 has 18 working days in China (hr.md): 144 h; one more make-up working day adds 8."""
    first, last = date(2026, 5, 1), date(2026, 5, 31)
    off = [date(2026, 5, d) for d in (1, 4, 5)]
    made = days_of_24_hours(first, last, statutory=off)
    assert cap_minutes(HoursCycle(cycle="month", basis="calendar", overtime_hours=0), made) == 144 * 60
    sunday = date(2026, 5, 10)
    days = {**made.calendar.days, sunday: replace(made.calendar[sunday], day_class=DayClass.WEEKEND_WORKDAY)}
    made = replace(made, calendar=Calendar(days))
    assert cap_minutes(HoursCycle(cycle="month", basis="calendar", overtime_hours=0), made) == 152 * 60


def test_a_cycle_that_goes_on_is_capped_by_its_elapsed_days() -> None:
    """By the end of May, 151 of the 365 days of a year cycle are over, and as large a part of 1984 + 432 h."""
    first, last = date(2026, 5, 1), date(2026, 5, 31)
    brought = (Balance(agent_id="A1", cycle_hours=700),)
    made = days_of_24_hours(first, last, balances=brought)
    assert cap_minutes(HoursCycle(cycle="year"), made) == (1984 + 432) * 60 * 151 // 365 - 700 * 60


def test_a_part_of_the_cycle_in_employment() -> None:
    """Hired on 16 June at half time: 15 of 30 days of half of 165.36 h, and of 36 h of overtime."""
    person = agent(contract="half", hire_date=date(2026, 6, 16))
    made = days_of_24_hours(MONDAY, date(2026, 6, 30), person)
    assert cap_minutes(HoursCycle(cycle="month"), made) == int((165.36 / 4 + 18) * 60)
    person = agent(hire_date=date(2026, 5, 18))
    made = days_of_24_hours(MONDAY, date(2026, 6, 30), person, balances=(Balance(agent_id="A1", cycle_hours=88.5),))
    assert cap_minutes(HoursCycle(cycle="quarter"), made) == int((496 + 108) * 44 / 91 * 60 - 88.5 * 60)


def test_hours_before_the_period_are_carried_in() -> None:
    """In a month planned from the 29th, what the previous roster or the balance says lowers what is left."""
    standard, first = HoursCycle(cycle="month", overtime_hours=0), date(2026, 5, 29)
    assert kept(standard, *line("- - -", first, tail="- " * 8 + "D " * 20))
    assert not kept(standard, *line("- E -", first, tail="- " * 8 + "D " * 20))
    for hours, is_kept in ((None, False), (165.36, True), (165.37, False)):
        made, roster = line("- - -", first, tail="D " * 20)
        row = {} if hours is None else {"cycle_hours": hours}
        assert kept(standard, replace(made, balances=(Balance(agent_id="A1", **row),)), roster) is is_kept


def test_unknown_hours_are_no_zero() -> None:
    """Without the hours of the cycle so far no roster keeps the rule; it names the file, the day and the agent."""
    made, roster = line("- - -", tail="D D")
    rule = HoursCycle(cycle="quarter")
    assert not kept(rule, made, roster)
    (found,) = rule.check(roster, made)
    assert "2026-04-01" in found.message.zh
    assert "balances.csv" in found.message.en
    (problem,) = rule.refuse(made)
    assert (problem.file, problem.column) == ("balances.csv", "cycle_hours")
    assert "A1 worked from 2026-04-01 to 2026-05-31" in problem.message.en
    rules = {"hours_cycle": {"cycle": "quarter"}}
    answer = solve(made, build_book(made.settings.model_copy(update={"rules": rules})))
    assert isinstance(answer, Infeasible)
    assert answer.rules == ("hours_cycle",)


def test_unknown_hours_of_a_wish_cost_its_weight() -> None:
    """As a wish the rule leaves a roster, which costs the weight once."""
    made, _ = line("- - -", tail="D D")
    rules = {"hours_cycle": {"cycle": "quarter", "hard": False, "weight": 7}}
    answer = solve(made, build_book(made.settings.model_copy(update={"rules": rules})))
    assert isinstance(answer, Solved)
    assert (answer.objective, answer.bound) == (7, 7)


def test_a_calendar_that_is_too_short() -> None:
    """Working days of a year cannot be counted with a calendar that begins in May: the rule says so."""
    made, roster = line("- - -")
    made = replace(made, balances=(Balance(agent_id="A1", cycle_hours=0),))
    rule = HoursCycle(cycle="year", basis="calendar")
    assert not kept(rule, made, roster)
    assert [problem.file for problem in rule.refuse(made)] == ["calendar.csv"]
    whole = replace(made, calendar=calendar(date(2026, 2, 1), made.days[-1]))
    assert kept(rule, whole, roster)
    assert not list(rule.refuse(whole))


def test_sentences() -> None:
    """Each rule says in both languages what it asks for."""
    texts = [
        WeeklyRest(hours=35).sentence(),
        WeeklyRest(days=14, times=2, per="rolling").sentence(),
        MeanHours().sentence(),
        HoursCycle(cycle="quarter").sentence(),
    ]
    assert [t.en for t in texts] == [
        "at least 35 h of uninterrupted rest in every week",
        "at least 2 times 24 h of uninterrupted rest in any 14 days",
        "at most 48 paid hours a week in the mean of 17 weeks",
        "paid hours of the quarter at most its standard hours (mean of 248 work days a year) and 36 h for each month",
    ]
    assert texts[0].zh == "每周至少连续休息 35 小时"
    assert texts[3].zh == "每季度工时不超过标准工时（按全年 248 个工作日平均）加每月 36 小时"
