"""Runs, successions and what the engine reads in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from roster_brute import Judge
from roster_house import Token, agent, cell, example_plan, plan, requirement, settings, worked

from wfm.domain.agents import Absence
from wfm.domain.answer import Solved
from wfm.roster import check_settings, solve, verify
from wfm.roster.base import Example
from wfm.roster.book import RuleBook
from wfm.roster.engine.grammar import Reader
from wfm.roster.engine.problem import compile_problem
from wfm.roster.goals.cover import Cover
from wfm.roster.rules.cycle import Cycle
from wfm.roster.rules.forward_rotation import ForwardRotation
from wfm.roster.rules.max_consecutive_days import MaxConsecutiveDays
from wfm.roster.rules.rest_run import RestRun
from wfm.roster.rules.same_shift import SameShift
from wfm.roster.rules.succession import Succession
from wfm.roster.rules.work_run import WorkRun
from wfm.roster.solve import post

if TYPE_CHECKING:
    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.roster import Rule

FIRST = date(2026, 6, 1)


def planned(line: str, tail: str = "", person: Agent | None = None, **facts: Any) -> tuple[Plan, Any]:
    """Return a plan and roster of one agent from letters, one a day; `-` is a day off."""
    house = settings(FIRST, FIRST + timedelta(days=len(line) - 1))
    person = person or agent()
    before = [
        cell(person, FIRST - timedelta(days=len(tail) - n), Token(code, "", None), house) for n, code in enumerate(tail)
    ]
    made = plan(house, [person], previous=tuple(before), **facts)
    return made, worked(made, [[None if code == "-" else code for code in line]])


def found(rule: Rule, made: Plan, roster: Any) -> list[tuple[int, int, int]]:
    """Return first and last day of each violation, counted from the first day of the period, and its amount."""
    violations = list(rule.check(roster, made))
    assert (Judge(made, [rule]).cost(roster) is None) is bool(violations)
    return [
        ((v.first_date - FIRST).days, (v.last_date - FIRST).days, v.amount)
        for v in violations
        if v.first_date is not None and v.last_date is not None
    ]


@pytest.mark.parametrize(
    ("line", "tail", "wrong"),
    [
        ("-D-DD--D", "", [(1, 1, 1)]),
        ("D-DD-", "", []),
        ("D-DD-", "-", [(0, 0, 1)]),
        ("--DD-", "-D", [(-1, -1, 1)]),
        ("DD---", "-D", []),
        ("-----", "-D-", []),
    ],
    ids=["isolated inside", "nothing known", "begins anew", "ends at the seam", "goes on", "over before"],
)
def test_an_isolated_work_day(line: str, tail: str, wrong: list[tuple[int, int, int]]) -> None:
    """A single work day between days off is too short, also when the next period shows it; an unknown side excuses."""
    assert found(WorkRun(), *planned(line, tail)) == wrong


def test_the_end_of_the_period_can_end_a_run() -> None:
    """A run that reaches the last day may go on, unless the rule says that it ends there."""
    made, roster = planned("DD---DD--D")
    assert found(WorkRun(), made, roster) == []
    assert found(WorkRun(at_end="short"), made, roster) == [(9, 9, 1)]
    made, roster = planned("DD---DD--DD-")
    assert found(RestRun(), made, roster) == []
    assert found(RestRun(at_end="short"), made, roster) == [(11, 11, 1)]


def test_each_day_too_many_counts() -> None:
    """A run of 6 days, two of them before the period, is 2 too long for 4, as for `max_consecutive_days`."""
    made, roster = planned("DDDD---DD", "-DD")
    assert found(WorkRun(most=4), made, roster) == [(-2, 3, 2)]
    assert found(MaxConsecutiveDays(days=4, days_by_exception=4), made, roster) == [(-2, 3, 2)]


def test_employment_leaves_runs_open() -> None:
    """Work on the last day of employment, and days off before the first, are not too short."""
    person = agent(hire_date=FIRST + timedelta(days=1), leave_date=FIRST + timedelta(days=7))
    made, roster = planned("--DD---D--", "", person)
    assert found(WorkRun(), made, roster) == []
    assert found(RestRun(), made, roster) == []
    assert found(RestRun(least=4), made, roster) == [(4, 6, 1)]


def test_leave_joins_days_off_but_is_none_too_many() -> None:
    """Leave beside a day off makes a pair; ten days of leave are no run of ten rest days."""
    absences = (Absence(agent_id="A1", first_date=FIRST + timedelta(days=3), last_date=FIRST + timedelta(days=12)),)
    made, roster = planned("DD-----------DD-DD", absences=absences)
    assert found(RestRun(most=2), made, roster) == [(15, 15, 1)]
    assert found(RestRun(least=1, most=1), made, roster) == []


def test_pairs_of_shifts_are_priced_one_by_one() -> None:
    """Two early shifts within two days of one night cost twice the weight, the solver's cost being the same."""
    rule = Succession(after=("B",), not_next=("E",), days_between=1, hard=False, weight=5)
    made, roster = planned("EE--E", "B")
    assert sum(v.cost for v in rule.check(roster, made)) == Judge(made, [rule]).cost(roster) == 2 * 5 * 300


READ: list[Rule] = [
    WorkRun(least=3, most=5),
    WorkRun(at_end="short"),
    RestRun(least=2, most=3),
    RestRun(least=3, at_end="short"),
    Succession(after=("B",), not_next=("E", "D")),
    ForwardRotation(earlier_minutes=60),
    SameShift(within="run"),
    Cycle(pattern=("D", "*", "-", "?"), anchor=FIRST, holidays="free"),
]


@pytest.mark.parametrize("rule", READ, ids=lambda rule: f"{rule.kind}")
def test_the_engine_follows(rule: Rule) -> None:
    """Every row that these rules post, across the seam and around leave, is in a form that the engine follows."""
    example = Example("- - - L H - - - - - - -", tail="- D D")
    problem = compile_problem(post(example_plan(example, rule.kind), RuleBook((rule,), ())))
    assert Reader(problem).read(problem.lines[0]).unknown == []


def test_a_least_above_the_most_is_refused() -> None:
    """A run that would have to be longer than it may be is a problem of the rule book, placed by its key."""
    (problem,) = check_settings(settings(FIRST, FIRST, rules={"work_run": {"least": 4, "most": 3}}))
    assert (problem.column, problem.value) == ("rules.work_run.most", "3")
    assert "least" in problem.message.zh


def test_runs_of_a_solved_month() -> None:
    """A month in which runs of 3 to 5 work days and 2 or 3 rest days are asked for is solved without a violation."""
    house = settings(FIRST, FIRST + timedelta(days=29), ("E", "D"), solve={"budget": "2s"})
    made = plan(house, [agent(n) for n in range(1, 4)])
    made = replace(made, requirement=requirement(house, [1.0] * house.grid.size))
    book = RuleBook((WorkRun(least=3, most=5), RestRun(least=2, most=3)), (Cover(house),))
    answer = solve(made, book)
    assert isinstance(answer, Solved)
    assert answer.bound <= answer.objective
    assert verify(answer.roster, made, book) == ()
