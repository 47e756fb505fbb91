"""The draft that breaks the least: what stands in the way is a wish or set aside, the rest is solved as ever."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from wfm.domain.answer import Solved
from wfm.domain.clock import parse_duration
from wfm.domain.roster import Roster
from wfm.roster.book import RuleBook
from wfm.roster.engine.doctor.case import floors_of, wish
from wfm.roster.solve import solve
from wfm.roster.verify import verify

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterable

    from wfm.domain.plan import Plan
    from wfm.domain.roster import Violation
    from wfm.roster.engine.doctor.case import Case

BUDGET = "2s"
"""Search effort, where the plan's own is not smaller."""


def made(case: Case, book: RuleBook, stop: threading.Event) -> Roster | None:
    """Return a roster of the case by the goals and wishes of a book, floors as wishes; None when there is none."""
    hard = tuple(wish(rule) if rule.hard and floors_of(case.plan, rule) else rule for rule in case.rules)
    wishes = tuple(rule for rule in book.rules if not rule.hard)
    settings = case.plan.settings
    search = settings.solve.model_copy(update={"budget": min(settings.solve.budget, BUDGET, key=parse_duration)})
    goals = settings.goals.model_copy(update={"order": ()})
    answer = solve(
        case.with_settings(solve=search, goals=goals).plan, RuleBook((*hard, *wishes), book.goals), stop=stop
    )
    return answer.roster if isinstance(answer, Solved) else None


def anything(case: Case, book: RuleBook, stop: threading.Event) -> Roster | None:
    """Return a roster in which every rule but those about records is a wish, and no assignment is fixed."""
    always = tuple(rule for rule in case.rules if type(rule).always)
    wishes = tuple(wish(rule) for rule in case.rules if not type(rule).always)
    return made(replace(case.known(pins=()), rules=always), RuleBook((*wishes, *book.rules), book.goals), stop)


def idle(plan: Plan) -> Roster:
    """Return the roster in which nobody works: the draft when nothing else is left."""
    return Roster.of((plan.off(agent, day) for agent in plan.agents for day in plan.days), plan.previous)


def least_broken(rosters: Iterable[Roster], plan: Plan, book: RuleBook) -> tuple[Roster, tuple[Violation, ...]]:
    """Return of some rosters the one that breaks hard rules least, and what it breaks; the first of equal ones."""
    stated = [_as_recorded(roster, plan) for roster in rosters]
    broken = [tuple(v for v in verify(roster, plan, book) if v.severity == "hard") for roster in stated]
    return min(zip(stated, broken, strict=True), key=lambda pair: _weight(pair[1]))


def _as_recorded(roster: Roster, plan: Plan) -> Roster:
    """Return the roster with days off in the state that the records give them, and without agents who are not there."""
    mine = (cell for cell in roster if cell.agent_id in plan.by_id)
    return Roster.of(
        (cell if cell.works else plan.off(plan.by_id[cell.agent_id], cell.date) for cell in mine), plan.previous
    )


def _weight(broken: Iterable[Violation]) -> tuple[int, int]:
    """Return how much is broken: first by agents, then how far the floors are missed."""
    found = list(broken)
    return sum(v.agent_id is not None for v in found), sum(v.amount for v in found if v.agent_id is None)
