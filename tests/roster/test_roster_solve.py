"""From a plan to an answer: a roster with its proof, or the conflict, on plans of a few agents."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

import pytest
from roster_brute import every_roster
from roster_house import Token, agent, cell, plan, requirement, settings, worked

from wfm.domain.agents import Absence, Pin, Request
from wfm.domain.answer import Infeasible, Solved
from wfm.domain.roster import TICKS
from wfm.domain.text import Text
from wfm.roster import RULES, Rule, build_book, score, solve, verify

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.roster.book import RuleBook
    from wfm.roster.model import Model

FIRST, LAST = date(2026, 6, 1), date(2026, 6, 7)


def week(agents: int = 3, last: date = LAST, codes: str = "EDB", need: float = 1.5, **rules: Any) -> Plan:
    """Return a plan of a week from Monday with the same need around the clock and 2 s of search."""
    house = settings(FIRST, last, codes, rules=rules, solve={"budget": "2s"}, intervals={"minutes": 60})
    some = [need] * house.grid.size
    return plan(house, [agent(n) for n in range(1, agents + 1)], requirement=requirement(house, some))


def solved(made: Plan, book: RuleBook) -> Solved:
    """Return the answer of `solve`, which must be a roster."""
    answer = solve(made, book)
    assert isinstance(answer, Solved)
    return answer


def test_a_roster_with_its_proof() -> None:
    """A small plan has a complete roster without violations, whose objective is its recounted score."""
    made = week(preset="iuni", rest_days={"days": 8})
    book = build_book(made.settings)
    found = solved(made, book)
    assert not [v for v in verify(found.roster, made, book) if v.severity == "hard"]
    assert found.violations == verify(found.roster, made, book)
    assert found.shares == score(found.roster, made, book)
    assert found.objective == pytest.approx(sum(found.shares.values()))
    assert found.bound <= found.objective
    assert len(found.roster) == 3 * 7


def test_hard_rules_leave_nothing_to_list() -> None:
    """With hard rules only, the audit of a solved roster is silent."""
    made = week(max_consecutive_days={}, rest_between_shifts={}, rest_days={"days": 8})
    found = solved(made, build_book(made.settings))
    assert found.violations == ()


def test_optimal_means_optimal() -> None:
    """Of all 512 rosters of three agents on three days, none is better than the one that is proven best."""
    made = week(3, date(2026, 6, 3), "E", 0.9, rest_between_shifts={}, max_consecutive_days={"days": 2, "hard": False})
    made = plan(
        made.settings,
        made.agents,
        requirement=made.requirement,
        requests=(Request(agent_id="A1", date=FIRST, kind="off", weight=40),),
    )
    book = build_book(made.settings)
    costs = [
        round(TICKS * sum(score(roster, made, book).values()))
        for roster in every_roster(made)
        if not any(v.severity == "hard" for v in verify(roster, made, book))
    ]
    found = solved(made, book)
    assert min(costs) / TICKS >= found.bound - 1e-6
    if found.stopped == "optimal":
        assert found.objective == pytest.approx(min(costs) / TICKS)


@pytest.mark.parametrize("agents", [1, 2])
def test_the_fewest_agents(agents: int) -> None:
    """One or two agents, fewer than the search takes apart at a time, have a roster too."""
    made = week(agents, date(2026, 6, 4), "EB", 0.9, rest_between_shifts={})
    assert len(solved(made, build_book(made.settings)).roster) == agents * 4


def test_the_same_seed_gives_the_same_roster() -> None:
    """The same plan, book and seed give the same roster."""
    made = week(preset="chat26")
    book = build_book(made.settings)
    assert solved(made, book).roster.assignments == solved(made, book).roster.assignments


def test_leave_against_a_pin_names_the_agent() -> None:
    """An agent who is pinned to work on leave has no roster: the answer names him, the leave and the fixed shift."""
    made = week(max_consecutive_days={})
    leave = Absence(agent_id="A2", first_date=FIRST, last_date=FIRST)
    pin = Pin(agent_id="A2", date=FIRST, shift_code="D")
    made = plan(made.settings, made.agents, absences=(leave,), pins=(pin,))
    answer = solve(made, build_book(made.settings))
    assert isinstance(answer, Infeasible)
    assert answer.agents == ("A2",)
    assert set(answer.rules) == {"availability", "pinned"}
    assert "A2 is fixed to shift D on 2026-06-01" in answer.conflict[0].en
    assert "A2 于 2026-06-01 已批准休假" in answer.conflict[0].zh


def test_pins_against_a_policy_name_both() -> None:
    """Six pinned days in a row contradict the rule of five; a rule that takes no part is not named."""
    made = week(max_consecutive_days={}, rest_between_shifts={}, night_eligibility={})
    pins = tuple(Pin(agent_id="A1", date=date(2026, 6, n), shift_code="D") for n in range(1, 7))
    answer = solve(plan(made.settings, made.agents, pins=pins), build_book(made.settings))
    assert isinstance(answer, Infeasible)
    assert (answer.agents, set(answer.rules)) == (("A1",), {"max_consecutive_days", "pinned"})


def test_a_pin_to_an_unknown_shift_is_a_conflict() -> None:
    """A pin that no shift can keep is a conflict of that agent, not a roster that breaks it."""
    made = week()
    pins = (Pin(agent_id="A3", date=FIRST, shift_code="Z"),)
    answer = solve(plan(made.settings, made.agents, pins=pins), build_book(made.settings))
    assert isinstance(answer, Infeasible)
    assert (answer.agents, answer.rules) == (("A3",), ("pinned",))


def test_an_impossible_floor_is_named() -> None:
    """Three agents cannot be four: the answer names the floor and gives the roster that breaks the least."""
    made = week(cover_floor={"agents": 4, "window": "09:00-11:00"}, max_consecutive_days={})
    answer = solve(made, build_book(made.settings))
    assert isinstance(answer, Infeasible)
    assert "cover_floor" in answer.rules
    assert answer.agents == ()
    assert answer.draft is not None
    assert {v.rule for v in answer.violations} == {"cover_floor"}


def test_the_smallest_number_that_meets_a_floor() -> None:
    """Two on the queue every day and at most five days in a row need three agents on seven days; two are too few."""
    rules: dict[str, Any] = {"cover_floor": {"agents": 2, "window": "09:00-11:00"}, "max_consecutive_days": {}}
    few, enough = week(2, **rules), week(3, **rules)
    answer = solve(few, build_book(few.settings))
    assert isinstance(answer, Infeasible)
    assert set(answer.rules) == {"cover_floor", "max_consecutive_days"}
    assert isinstance(solve(enough, build_book(enough.settings)), Solved)


class NoSundays(Rule):
    """Nobody starts a shift on a Sunday.

    Source: a user of the library.
    """

    kind: ClassVar[str] = "no_sundays"
    phrase: ClassVar[Text] = Text(en="nobody works on Sundays", zh="周日不上班")

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post a day off on every Sunday."""
        for day in model.days:
            if day.weekday() == 6:
                model.forbid(agent, model.works(agent, day))

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Look at the weekday of every worked cell."""
        for found in roster:
            if found.works and f"{found.date:%u}" == "7":
                yield self.broken(Text(en="works on a Sunday", zh="周日上班"), plan.by_id[found.agent_id], found.date)


@pytest.fixture
def own_rule() -> Iterator[None]:
    """Register the rule of a user for one test."""
    RULES.add(NoSundays)
    yield
    RULES._found.pop("no_sundays")  # type: ignore[union-attr]  # noqa: SLF001


@pytest.mark.usefixtures("own_rule")
@pytest.mark.parametrize("hard", [True, False])
def test_a_rule_of_a_user(hard: bool) -> None:
    """A rule that is only `constrain` and `check` works in a book, in a search and in an audit."""
    made = week(no_sundays={"hard": hard, "weight": 100})
    book = build_book(made.settings)
    found = solved(made, book)
    assert not [c for c in found.roster if c.works and c.date.weekday() == 6]
    assert found.shares.get("no_sundays", 0) == 0
    sunday = cell(agent(), LAST, Token("D", "", None), made.settings)
    edited = type(found.roster).of([*found.roster, sunday])
    assert "no_sundays" in {v.rule for v in verify(edited, made, book)}
    assert score(edited, made, book).get("no_sundays") == (None if hard else 100)


def test_the_audit_lists_hard_rules_first() -> None:
    """Violations stand hard before soft, then by date and agent."""
    made = week(2, codes="X", shift_hours={"hard": False}, max_consecutive_days={"days": 1, "days_by_exception": 1})
    book = build_book(made.settings)
    found = verify(worked(made, [["X", "X", *[None] * 5]] * 2), made, book)
    assert [v.severity for v in found] == ["hard"] * 2 + ["soft"] * 4
    assert [(v.first_date, v.agent_id) for v in found[:2]] == [(FIRST, "A1"), (FIRST, "A2")]
    assert [v.cost for v in found] == [0, 0] + [3 * 10 * TICKS] * 4
