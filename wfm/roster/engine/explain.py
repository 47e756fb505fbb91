"""Why there is no roster: conflicts, ways out with their price, and the draft that breaks the least."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.domain.answer import Infeasible, TracePoint
from wfm.roster.engine.doctor import words
from wfm.roster.engine.doctor.arithmetic import shifts_short
from wfm.roster.engine.doctor.case import Case, floors_of
from wfm.roster.engine.doctor.conflict import alone, only, set_aside, together
from wfm.roster.engine.doctor.decide import Effort, Judge, Mended, without_line
from wfm.roster.engine.doctor.draft import anything, idle, least_broken, made
from wfm.roster.engine.doctor.ways_out import ways_out
from wfm.roster.engine.doctor.whole import Whole

if TYPE_CHECKING:
    import threading
    from collections.abc import Iterator, Sequence
    from datetime import date

    from wfm.domain.answer import Progress
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster
    from wfm.domain.text import Text
    from wfm.roster.book import RuleBook
    from wfm.roster.engine.doctor.conflict import Conflict

EFFORT = 25.0
"""Deterministic seconds that the questions may take."""
MOST_MENDED = 5
"""Conflicts that ways out are looked for."""


def triage(plan: Plan, book: RuleBook) -> Whole:
    """Return what is quickly known about hard floors: that they cannot be met, a roster that meets them, or nothing."""
    case = _hard(plan, book)
    if not any(floors_of(plan, rule) for rule in case.rules):
        return Whole(None, False, 0.0)
    effort = Effort(EFFORT)
    problem = effort.compiled(case)
    if effort.too_few(problem, coarse=True) or effort.too_few(problem, coarse=False):
        return Whole(None, True, 0.0)
    return effort.exact(problem)


def explain(
    plan: Plan, book: RuleBook, stop: threading.Event, progress: Progress, draft: Roster | None = None
) -> Infeasible | None:
    """Return why a plan has no roster; None when that cannot be proven, or when stopped before it began.

    Parameters
    ----------
    stop
        Set it to end the questions; what is known by then is returned.
    progress
        Told when the work begins.
    draft
        A roster that breaks hard rules, when one is known.
    """
    if stop.is_set():
        return None
    progress(TracePoint(0.0, "explain", None, None))
    effort = Effort(EFFORT, stop)
    case = _hard(plan, book)
    lonely = alone(case, without_line(case))
    able = set_aside(case, lonely)
    common = together(able, effort)
    conflicts = (*lonely, *common)
    if not conflicts:
        return None
    known = draft or made(able, book, stop) or anything(able, book, stop) or idle(plan)
    mended = sorted(_mended(case, lonely, common, effort, known), key=lambda found: found.way.agent_days)
    shorter = (found.roster for found in mended if found.way.unit == "uncovered_intervals")
    best, broken = least_broken([known, *shorter], plan, book)
    causes = tuple(dict.fromkeys(guard.cause for conflict in conflicts for guard in conflict.guards))
    said = [_sentence(conflict, able) for conflict in conflicts]
    numbered = said if len(said) == 1 else [words.of_conflict(n, text) for n, text in enumerate(said, 1)]
    return Infeasible(
        conflict=(*numbered, *([words.UNDECIDED] if effort.undecided else [])),
        rules=tuple(dict.fromkeys(cause.rule for cause in causes)),
        agents=tuple(dict.fromkeys(agent for conflict in lonely for agent in conflict.agents)),
        causes=causes,
        ways_out=tuple(dict.fromkeys(found.way for found in mended)),
        draft=best,
        violations=broken,
    )


def _hard(plan: Plan, book: RuleBook) -> Case:
    return Case(plan, tuple(rule for rule in book.rules if rule.hard))


def _mended(
    case: Case, lonely: Sequence[Conflict], common: Sequence[Conflict], effort: Effort, draft: Roster
) -> Iterator[Mended]:
    """Yield the ways out of each conflict, found with all the other conflicts set aside."""
    able, conflicts = set_aside(case, lonely), (*lonely, *common)
    for n, conflict in enumerate(conflicts[:MOST_MENDED], 1):
        days = _days_left(case.plan, [other for other in common if other is not conflict])
        others = set_aside(case, [other for other in lonely if other is not conflict])
        judge = Judge(effort, conflict.agents, days, draft)
        for found in ways_out(others if conflict.agents else able, conflict, judge):
            yield found if len(conflicts) == 1 else Mended(words.way_of_conflict(n, found.way), found.roster)


def _days_left(plan: Plan, aside: Sequence[Conflict]) -> frozenset[date] | None:
    """Return the dates whose floors are in no other conflict; None for all."""
    if not aside:
        return None
    gone = {day for conflict in aside for day in conflict.days or plan.days}
    return frozenset(plan.days).difference(gone)


def _sentence(conflict: Conflict, able: Case) -> Text:
    parts = words.join(guard.cause.sentence for guard in conflict.guards)
    if conflict.agents:
        return words.ALONE.fill(agents=words.people(conflict.agents), parts=parts)
    lead = words.TOGETHER if len(conflict.guards) > 1 else words.NO_MATTER_WHAT
    n = len(able.plan.agents)
    said = lead.fill(n=n, when=words.when(conflict.days), parts=parts)
    short = shifts_short(only(able, conflict.guards), None if conflict.days is None else conflict.days[:1])
    if short is None:
        return said
    needed, available = short
    return words.join([said, words.COUNTED.fill(need=needed, n=n, most=available)], " – ", "——")
