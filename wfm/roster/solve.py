"""From a plan and a rule book to an answer: a roster with its proof, a conflict, or that time ran out."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from wfm.domain.answer import Answer, OutOfTime, Progress, Solved
from wfm.domain.roster import TICKS
from wfm.roster.model import HARD, Model
from wfm.roster.verify import score, verify

if TYPE_CHECKING:
    from wfm.domain.plan import Plan
    from wfm.roster.book import RuleBook


def post(plan: Plan, book: RuleBook) -> Model:
    """Return the model with every rule and goal of the book posted."""
    model = Model(plan)
    for rule in book.rules:
        with model.posting(rule.kind, HARD if rule.hard else rule.weight):
            for agent in plan.agents:
                rule.constrain(model, agent)
            rule.constrain_roster(model)
    for goal in book.goals:
        with model.posting(goal.kind):
            goal.charge(model)
    return model


def solve(
    plan: Plan, book: RuleBook, *, progress: Progress | None = None, stop: threading.Event | None = None
) -> Answer:
    """Return the best roster found for a plan, with its bound; or why there is none; or that time ran out.

    The search is bounded by `plan.settings.solve`; the same plan, book, seed and versions give the same roster
    unless `stop` or the wall limit cut it short.

    Parameters
    ----------
    progress
        Called with each trace point.
    stop
        Set it from another thread or a signal handler to end the search with the best roster so far.
    """
    from wfm.roster.engine.explain import explain_agents, explain_floors
    from wfm.roster.engine.search import search, to_roster

    stop = stop or threading.Event()
    model = post(plan, book)
    found = search(model, plan.settings.solve, stop, progress or (lambda point: None))
    if found.impossible:
        return explain_agents(model, book, found.impossible)
    if found.state is None:
        return OutOfTime(_units(found.bound), None, interrupted=found.stopped == "interrupted")
    roster = to_roster(found.state)
    violations = verify(roster, plan, book)
    hard = tuple(v for v in violations if v.severity == "hard")
    if any(v.agent_id is not None for v in hard):
        raise RuntimeError(f"the solver admitted what check rejects: {hard[0]}")
    if hard:
        return explain_floors(model, book, roster, hard) or OutOfTime(
            _units(found.bound), roster, hard, interrupted=found.stopped == "interrupted"
        )
    shares = score(roster, plan, book)
    return Solved(
        roster=roster,
        objective=round(sum(shares.values()), 6),
        bound=_units(found.bound) or 0.0,
        stopped=found.stopped,
        seconds=round(found.seconds, 3),
        wall_seconds=round(found.wall_seconds, 3),
        shares=shares,
        violations=violations,
        trace=found.trace,
    )


def _units(ticks: int | None) -> float | None:
    return None if ticks is None else ticks / TICKS
