"""A rule that the engine has never seen, in a form it does not know, in every phase of the search."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar

from engine_plans import bench, plan_of

from wfm.domain.agents import Pin
from wfm.domain.answer import Infeasible, Solved
from wfm.domain.text import Text
from wfm.roster import RuleBook, solve, verify
from wfm.roster.base import Rule
from wfm.roster.engine.bound import Shape
from wfm.roster.engine.construct import as_state, insert_all
from wfm.roster.engine.improve import Improver
from wfm.roster.engine.ruin import Ruiner
from wfm.roster.engine.search import to_roster
from wfm.roster.goals.cover import Cover
from wfm.roster.goals.requests import Requests
from wfm.roster.linear import Linear
from wfm.roster.rules.availability import Availability
from wfm.roster.rules.eligibility import Eligibility
from wfm.roster.rules.max_consecutive_days import MaxConsecutiveDays
from wfm.roster.rules.pinned import Pinned
from wfm.roster.rules.rest_between_shifts import RestBetweenShifts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.roster.model import Model

DAYS = 21


class QuietWeeks(Rule):
    """No early shift after exactly two late ones, and at most one night in any three Mondays, or other weekdays.

    Late is `S`, early is `E`, a night is `N`; days before the period do not count.

    Source: a user of the library.
    """

    kind: ClassVar[str] = "quiet_weeks"
    phrase: ClassVar[Text] = Text(en="quiet weeks", zh="作息平稳")

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post the four days that belong together, and the three days that lie a week apart."""
        late, early, night = ([self._of(model, agent, day, code) for day in model.days] for code in "SEN")
        for at in range(3, len(model.days)):
            model.at_most(agent, late[at - 2] + late[at - 1] + early[at] - late[at - 3], 2)
        for at in range(len(model.days) - 14):
            model.at_most(agent, night[at] + night[at + 7] + night[at + 14], 1)

    @staticmethod
    def _of(model: Model, agent: Agent, day: date, code: str) -> Linear:
        return Linear.total(works for shift, works in model.starts(agent, day) if shift.code == code)

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Read each line as letters, and collect the nights by weekday."""
        for agent in plan.agents:
            line = [roster.at(agent.agent_id, day) for day in plan.days]
            letters = "".join(c.shift.code if c is not None and c.shift is not None else "-" for c in line)
            for at in range(3, len(letters)):
                if letters[at - 2 : at + 1] == "SSE" and letters[at - 3] != "S":
                    yield self.broken(Text(en="early after two late", zh="两个晚班后早班"), agent, plan.days[at])
            for one, two in combinations([n for n, letter in enumerate(letters) if letter == "N"], 2):
                if two - one in (7, 14):
                    said = Text(en="two nights", zh="两个夜班")
                    yield self.broken(said, agent, plan.days[one], plan.days[two])


def plan_and_books() -> tuple[Plan, RuleBook, RuleBook]:
    """Return three weeks of six agents, a book without the new rule, and one with it."""
    plan = plan_of(6, days=DAYS, budget="1.5s")
    known = (Availability(), Eligibility(), Pinned(), RestBetweenShifts(), MaxConsecutiveDays())
    goals = (Cover(plan.settings), Requests(plan.settings))
    return plan, RuleBook(known, goals), RuleBook((*known, QuietWeeks()), goals)


def broken(roster: Roster, plan: Plan, book: RuleBook) -> set[str]:
    """Return the hard rules that a roster breaks."""
    return {v.rule for v in verify(roster, plan, book) if v.severity == "hard"}


def test_the_grammar_says_that_it_does_not_follow() -> None:
    """Without the rule all rows of all agents are followed, with it nobody's are."""
    plan, without, book = plan_and_books()
    for chosen, follows in ((without, True), (book, False)):
        with bench(plan, chosen) as parts:
            assert {parts.pricer.follows(a) for a in range(len(plan.agents))} == {follows}


def test_lines_of_a_new_rule_are_bounded_and_checked() -> None:
    """At random prices the quick answer is at most CP-SAT's, and the bound uses CP-SAT's where they differ."""
    plan, _, book = plan_and_books()
    with bench(plan, book) as parts:
        price = parts.random_price(3)
        answers = parts.pricer.best(price)
        exact = [oracle.best(parts.problem.counts.priced(price), limit=60.0) for oracle in parts.oracles]
        assert (answers.values <= [e.value for e in exact]).all()
        least = parts.prover().prove(price).least
        assert (least >= answers.values).all()
        assert (least <= [e.value for e in exact]).all()


def test_every_phase_keeps_a_new_rule() -> None:
    """First roster, ruin and recreate and windows all end with rosters that the rule's own audit accepts."""
    plan, _, book = plan_and_books()
    with bench(plan, book) as parts:
        ruiner = Ruiner(parts.pricer, parts.prover().prove(Shape(parts.problem).price), 1)
        insert_all(ruiner, parts.oracles, 1)
        assert not broken(to_roster(as_state(ruiner)), plan, book)
        first = ruiner.best
        for step in range(60):
            ruiner.step(1 - step / 60)
        state = as_state(ruiner)
        assert state.cost() < first
        assert not broken(to_roster(state), plan, book)
        improver = Improver(state, parts.pricer, 1)
        for _ in range(3):
            improver.step()
        assert not broken(to_roster(state), plan, book)


def test_a_search_with_a_new_rule() -> None:
    """The rule binds: without it the best roster breaks it, with it the answer is audited and above its bound."""
    plan, without, book = plan_and_books()
    free, answer = solve(plan, without), solve(plan, book)
    assert isinstance(free, Solved)
    assert isinstance(answer, Solved)
    assert broken(free.roster, plan, book) == {"quiet_weeks"}
    assert not broken(answer.roster, plan, book)
    assert answer.bound <= answer.objective
    assert free.bound <= answer.objective


def test_a_conflict_names_a_new_rule() -> None:
    """Pinned shifts that break the rule are an answer that names it."""
    plan, _, book = plan_and_books()
    codes = (None, "S", "S", "E")
    pins = (Pin(agent_id="A1", date=day, shift_code=code) for day, code in zip(plan.days[8:12], codes, strict=True))
    answer = solve(replace(plan, pins=tuple(pins)), RuleBook(_without_rest(book), book.goals))
    assert isinstance(answer, Infeasible)
    assert set(answer.rules) <= {"quiet_weeks", "pinned"}
    assert "quiet_weeks" in answer.rules


def _without_rest(book: RuleBook) -> tuple[Rule, ...]:
    return tuple(rule for rule in book.rules if not isinstance(rule, RestBetweenShifts))
