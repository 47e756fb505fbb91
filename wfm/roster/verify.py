"""The independent audit of a roster, whoever made it, and its objective by plain counting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.domain.roster import TICKS, Roster, Violation

if TYPE_CHECKING:
    from wfm.domain.plan import Plan
    from wfm.roster.book import RuleBook


def verify(roster: Roster, plan: Plan, book: RuleBook) -> tuple[Violation, ...]:
    """Return everything in a roster that breaks a rule, hard rules first; empty when all are kept.

    The tail of the plan's previous roster is used where the roster has none of its own.
    """
    whole = _with_tail(roster, plan)
    found = [v for rule in book.rules for v in rule.audit(whole, plan)]
    return tuple(
        sorted(found, key=lambda v: (v.severity != "hard", v.first_date or plan.days[0], v.agent_id or "", v.rule))
    )


def score(roster: Roster, plan: Plan, book: RuleBook) -> dict[str, float]:
    """Return what each goal and each soft rule adds to the objective, in units of weight, by kind."""
    whole = _with_tail(roster, plan)
    shares = {goal.kind: goal.score(whole, plan) for goal in book.goals}
    for rule in book.rules:
        if not rule.hard:
            shares[rule.kind] = shares.get(rule.kind, 0) + sum(v.cost for v in rule.audit(whole, plan))
    return {kind: ticks / TICKS for kind, ticks in shares.items()}


def _with_tail(roster: Roster, plan: Plan) -> Roster:
    return roster if roster.tail else Roster.of(roster, plan.previous)
