"""Fixed rotations, big and small weeks, steady weeks and rotation through the day."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from roster_brute import Judge
from roster_house import Token, agent, cell, plan, settings, worked

from wfm.domain.agents import Absence
from wfm.domain.answer import Infeasible, Solved
from wfm.roster import RuleBook, check_settings, solve, verify
from wfm.roster.rules.big_small_weeks import BigSmallWeeks
from wfm.roster.rules.cycle import Cycle
from wfm.roster.rules.forward_rotation import ForwardRotation
from wfm.roster.rules.max_consecutive_days import MaxConsecutiveDays
from wfm.roster.rules.same_shift import SameShift
from wfm.roster.rules.succession import Succession

if TYPE_CHECKING:
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster
    from wfm.roster import Rule

MONDAY = date(2026, 6, 1)


def kept(rule: Rule, made: Plan, roster: Roster) -> bool:
    """Return whether a rule is kept, after asking `check` and the solver, who must agree."""
    silent = not list(rule.check(roster, made))
    assert (Judge(made, [rule]).cost(roster) is not None) is silent
    return silent


def line(letters: str, first: date = MONDAY, tail: str = "", **facts: Any) -> tuple[Plan, Roster]:
    """Return a plan and roster of one agent from letters, one a day; `-` is a day off."""
    zone = facts.pop("timezone", "Asia/Shanghai")
    house = settings(first, first + timedelta(days=len(letters) - 1), centre={"name": "House", "timezone": zone})
    before = [
        cell(agent(), first - timedelta(days=len(tail) - n), Token(code, "", None), house)
        for n, code in enumerate(tail)
    ]
    made = plan(house, [agent()], previous=tuple(before), **facts)
    return made, worked(made, [[None if code == "-" else code for code in letters]])


@pytest.mark.parametrize("first", [date(2025, 12, 20), MONDAY, date(2027, 2, 26)])
@pytest.mark.parametrize(
    ("pattern", "step", "works"),
    [
        ("DDDD----", 2, {"D": 2}),
        ("DDBB----", 2, {"D": 1, "B": 1}),
        ("DDSSBBB--DDSSSBB--DDDSSBB---", 7, {"D": 1, "S": 1, "B": 1}),
    ],
    ids=["4-on-4-off", "two days two nights", "Continental"],
)
def test_teams_in_turn(pattern: str, step: int, works: dict[str, int], first: date) -> None:
    """Four teams that begin one after the other cover every day alike, before the anchor and after it."""
    teams = ("Amber", "Blue", "Coral", "Dun")
    house = settings(first, first + timedelta(days=29), ("D", "S", "B"))
    made = plan(house, [agent(n, team=team) for n, team in enumerate(teams, 1)])
    rule = Cycle(pattern=tuple(pattern), anchor=MONDAY, offset_by="team", order=teams, step=step)
    answer = solve(made, RuleBook((rule,), ()))
    assert isinstance(answer, Solved)
    assert not list(rule.check(answer.roster, made))
    for day in made.days:
        there = [answer.roster.at(a.agent_id, day) for a in made.agents]
        assert Counter(c.shift.code for c in there if c is not None and c.shift is not None) == works


def test_a_cycle_is_the_same_in_every_part_of_a_plan() -> None:
    """Where an agent is in the rotation does not depend on who else is planned."""
    rule = Cycle(pattern=("D", "-", "-"), anchor=MONDAY, offset_by="agent", order=("A1", "A2", "A3"))
    house = settings(MONDAY, MONDAY + timedelta(days=5))
    made = plan(house, [agent(3)])
    assert kept(rule, made, worked(made, [[None, None, "D", None, None, "D"]]))
    assert not kept(rule, made, worked(made, [["D", None, None, "D", None, None]]))


@pytest.mark.parametrize(
    ("rules", "column"),
    [
        ({"cycle": {"pattern": ["D", "-"]}}, "rules.cycle.anchor"),
        ({"cycle": {"pattern": [], "anchor": MONDAY}}, "rules.cycle.pattern"),
        ({"cycle": {"pattern": ["D"], "anchor": MONDAY, "offset_by": "team"}}, "rules.cycle.order"),
        ({"cycle": {"pattern": ["D"], "anchor": MONDAY, "order": ["A"]}}, "rules.cycle.order"),
        (
            {"cycle": {"pattern": ["D"], "anchor": MONDAY, "offset_by": "agent", "order": ["A", "A"]}},
            "rules.cycle.order",
        ),
        ({"big_small_weeks": {}}, "rules.big_small_weeks.anchor_monday"),
        ({"big_small_weeks": {"anchor_monday": date(2026, 6, 2)}}, "rules.big_small_weeks.anchor_monday"),
    ],
)
def test_a_cycle_without_its_beginning_is_refused(rules: dict[str, Any], column: str) -> None:
    """A missing anchor, one that is no Monday and a missing order are named with their place in the rule book."""
    (problem,) = check_settings(settings(MONDAY, MONDAY, rules=rules))
    assert problem.column == column


def test_what_a_plan_does_not_know_is_refused() -> None:
    """A code that no shift has and an agent without a place in the order are named before anything is solved."""
    made = plan(settings(MONDAY, MONDAY), [agent(1), agent(2)])
    rule = Cycle(pattern=("D", "-", "*", "?", "d"), anchor=MONDAY, offset_by="agent", order=("A1",))
    assert [(p.column, p.value) for p in rule.refuse(made)] == [
        ("rules.cycle.pattern", "d"),
        ("rules.cycle.order", "A2"),
    ]
    succession = Succession(after=("N20",), not_next=("D", "D8"))
    assert [(p.column, p.value) for p in succession.refuse(made)] == [
        ("rules.succession.after", "N20"),
        ("rules.succession.not_next", "D8"),
    ]


def test_leave_and_holidays_in_a_cycle() -> None:
    """Leave keeps any token; a statutory holiday only when holidays are free, and then it may be worked too."""
    away = (Absence(agent_id="A1", first_date=MONDAY, last_date=MONDAY + timedelta(days=1)),)
    holiday = [MONDAY + timedelta(days=3)]
    for letters, work, free in (("--DD--", True, True), ("--D---", False, True), ("--D--D", False, False)):
        made, roster = line(letters, absences=away, statutory=holiday)
        pattern = {"pattern": ("D", "D", "D", "D", "-", "-"), "anchor": MONDAY}
        assert kept(Cycle(**pattern, holidays="work"), made, roster) is work
        assert kept(Cycle(**pattern, holidays="free"), made, roster) is free


def test_big_and_small_weeks_need_six_days_in_a_row() -> None:
    """Requirements 10.10: with A9 at 5 days supervisors have no roster, and both rules are named; with 6 they do."""
    house = settings(MONDAY, MONDAY + timedelta(days=27), ("D",), solve={"budget": "2s"})
    made = plan(house, [agent()])
    weeks = BigSmallWeeks(anchor_monday=MONDAY)
    answer = solve(made, RuleBook((weeks, MaxConsecutiveDays()), ()))
    assert isinstance(answer, Infeasible)
    assert set(answer.rules) == {"big_small_weeks", "max_consecutive_days"}
    book = RuleBook((weeks, MaxConsecutiveDays(days=6)), ())
    answer = solve(made, book)
    assert isinstance(answer, Solved)
    assert verify(answer.roster, made, book) == ()
    worked_days = sum(cell.works for cell in answer.roster)
    assert worked_days * 8 / 4 == 44


def test_what_big_means() -> None:
    """Two years from the anchor the weeks still alternate; where big means five days, the anchor's week has five."""
    first = MONDAY + timedelta(weeks=104)
    six, five = "DDDDDD-", "DDDDD--"
    for first_week, second_week, big in ((six, five, "six_days"), (five, six, "five_days")):
        rule = BigSmallWeeks.model_validate({"anchor_monday": MONDAY, "big_means": big})
        assert kept(rule, *line(first_week + second_week, first))
        assert not kept(rule, *line(second_week + first_week, first))
        assert kept(rule, *line(second_week + first_week, first - timedelta(weeks=1)))


@pytest.mark.parametrize(
    ("letters", "tail", "keeps"),
    [
        ("EE--DDD", "EEE", True),
        ("ED--DDD", "EEE", False),
        ("DD--EEE", "EEE", False),
        ("----EEE", "EEE", True),
        ("DS--EEE", "ED-", True),
        ("DS--EED", "ED-", False),
    ],
    ids=["one shift each", "mixed", "mixed with the tail", "off", "tail mixed already", "next week mixed"],
)
def test_a_steady_week_across_the_seam(letters: str, tail: str, keeps: bool) -> None:
    """A week that began before the period goes on with its shift, unless it was mixed already."""
    assert kept(SameShift(), *line(letters, MONDAY + timedelta(days=3), tail)) is keeps


def test_starts_are_compared_on_the_wall_clock() -> None:
    """Across the change of clocks 08:00 stays 08:00: the week is steady and nothing starts earlier."""
    saturday = date(2026, 3, 28)
    made, roster = line("EEE", saturday, timezone="Europe/Berlin")
    assert kept(SameShift(spread_minutes=0), made, roster)
    assert kept(ForwardRotation(), made, roster)


def test_rotation_across_days_off() -> None:
    """After a week of leave the last shift before the period counts only when rest is looked across."""
    away = (Absence(agent_id="A1", first_date=MONDAY, last_date=MONDAY + timedelta(days=6)),)
    made, roster = line("-------D", tail="S-", absences=away)
    assert kept(ForwardRotation(), made, roster)
    assert not kept(ForwardRotation(across_rest=True), made, roster)
    assert kept(ForwardRotation(across_rest=True, earlier_minutes=270), made, roster)
    soft = ForwardRotation(across_rest=True, hard=False, weight=2)
    made, roster = line("SE-E--DE")
    assert sum(v.cost for v in soft.check(roster, made)) == Judge(made, [soft]).cost(roster) == 2 * 2 * 300
