"""From a plan and a rule book to an answer: a roster with its proof, a conflict, or that time ran out."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from wfm.domain.answer import Answer, OutOfTime, Progress, Solved, TracePoint
from wfm.domain.roster import TICKS
from wfm.roster.model import Model
from wfm.roster.order import scales
from wfm.roster.parts import Part, parts, with_budgets
from wfm.roster.together import hard_ones, in_turn, merged, merged_bound, side_by_side, solved
from wfm.roster.verify import verify

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Executor

    from wfm.domain.plan import Plan
    from wfm.roster.book import RuleBook


def post(plan: Plan, book: RuleBook, factors: Mapping[str, int] | None = None) -> Model:
    """Return the model with every rule and goal of the book posted, scaled to the order of the goals.

    Parameters
    ----------
    factors
        The scales of a larger plan that this one is a part of; found from the plan itself when None.
    """
    model = Model(plan, scales(plan, book) if factors is None else factors)
    book.post(model)
    return model


def solve(
    plan: Plan,
    book: RuleBook,
    *,
    progress: Progress | None = None,
    stop: threading.Event | None = None,
    executor: Executor | None = None,
    jobs: int = 1,
) -> Answer:
    """Return the best roster found for a plan, with its bound; or why there is none; or that time ran out.

    The search is bounded by `plan.settings.solve`; the same plan, book, seed, `jobs` and versions give the same roster
    unless `stop` or the wall limit cut it short. Sites and teams that share nothing are solved apart.

    Parameters
    ----------
    progress
        Called with each trace point; with several parts, when one is done.
    stop
        Set it from another thread or a signal handler to end the search with the best roster so far. Parts that an
        executor has begun run to their limits; those that have not are given up.
    executor
        Where the parts run: threads, processes or a cluster; one after the other here when None. It decides when
        things are done, never what comes out.
    jobs
        How many parts can run at a time: the budget and the wall limit are shared out accordingly, so that they hold
        for the whole.
    """
    stop = stop or threading.Event()
    say = progress or _silent
    found = parts(plan, book)
    if len(found) == 1:
        return solve_part(found[0], say, stop)
    return _together(Part(plan, book, found[0].scales), with_budgets(found, jobs), say, stop, executor)


def _together(
    whole: Part, found: Sequence[Part], say: Progress, stop: threading.Event, executor: Executor | None
) -> Answer:
    """Return the answer for a plan from those of its parts, in the executor or here one after the other."""
    started, told = time.monotonic(), list[Answer]()

    def done(answer: Answer) -> None:
        told.append(answer)
        seconds = sum(a.seconds for a in told if isinstance(a, Solved))
        say(TracePoint(round(seconds, 3), "parts", None, merged_bound(told)))

    if executor is None:

        def phase(at: TracePoint) -> None:
            say(TracePoint(at.seconds, at.phase, None, None))

        answers = in_turn(lambda part: solve_part(part, phase, stop), found, stop, done)
    else:
        answers = side_by_side(solve_part, found, executor, stop, done)
    return merged(whole, found, answers, time.monotonic() - started)


def solve_part(part: Part, progress: Progress | None = None, stop: threading.Event | None = None) -> Answer:
    """Return the answer for a plan that does not fall apart, or is solved as one; parameters as in `solve`."""
    from wfm.roster.engine.explain import explain, triage
    from wfm.roster.engine.search import search, to_roster

    started = time.monotonic()
    plan, book = part.plan, part.book
    stop = stop or threading.Event()
    say = progress or _silent
    floors = triage(plan, book)
    if floors.impossible:
        return explain(plan, book, stop, say) or OutOfTime(None, None, interrupted=stop.is_set())
    model = post(plan, book, part.scales)
    found = search(model, plan.settings.solve, stop, say, started)
    if found.impossible:
        return explain(plan, book, stop, say) or OutOfTime(None, None, interrupted=stop.is_set())
    if found.state is None:
        return OutOfTime(_units(found.bound), None, interrupted=found.stopped == "interrupted")
    roster = to_roster(found.state)
    violations = verify(roster, plan, book)
    hard = hard_ones(violations)
    if hard and floors.roster is not None:
        roster = floors.roster
        violations = verify(roster, plan, book)
        hard = hard_ones(violations)
    if hard and all(v.agent_id is None for v in hard):
        interrupted = found.stopped == "interrupted"
        why = None if interrupted else explain(plan, book, stop, say, roster)
        return why or OutOfTime(_units(found.bound), roster, hard, interrupted=interrupted)
    return solved(
        part,
        roster,
        violations,
        bound=_units(found.bound) or 0.0,
        stopped=found.stopped,
        seconds=round(found.seconds, 3),
        wall_seconds=round(found.wall_seconds, 3),
        trace=found.trace,
    )


def _silent(_: TracePoint) -> None:
    return


def _units(ticks: int | None) -> float | None:
    return None if ticks is None else ticks / TICKS
