"""Parts of a plan run side by side, and their answers put together."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, wait
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from wfm.domain.answer import Answer, Infeasible, OutOfTime, Solved, TracePoint
from wfm.domain.roster import TICKS, Roster
from wfm.domain.text import Text
from wfm.roster.verify import score, verify

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterable, Sequence
    from concurrent.futures import Executor

    from wfm.domain.answer import Stopped
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Violation
    from wfm.roster.parts import Part

UNFINISHED: tuple[Stopped, ...] = ("interrupted", "wall_limit", "budget", "target", "optimal")
"""Why searches end, the least finished first."""
POLL_SECONDS = 0.2
"""Wall seconds between two looks at the stop event."""
GIVEN_UP = OutOfTime(None, None, interrupted=True)
"""The answer of a part that had not begun when the search was stopped."""


def in_turn(
    run: Callable[[Part], Answer], found: Sequence[Part], stop: threading.Event, done: Callable[[Answer], None]
) -> list[Answer]:
    """Return the answer of every part, one after the other here; parameters as in `side_by_side`."""
    answers = []
    for part in found:
        answers.append(GIVEN_UP if stop.is_set() else run(part))
        done(answers[-1])
    return answers


def side_by_side(
    run: Callable[[Part], Answer],
    found: Sequence[Part],
    executor: Executor,
    stop: threading.Event,
    done: Callable[[Answer], None],
) -> list[Answer]:
    """Return the answer of every part, in order.

    Parameters
    ----------
    run
        Solves one part; a function at the top of a module, so that it can be sent to another process.
    stop
        Parts that have not begun when it is set are given up; those that have begun run to the end of their limits,
        since the event cannot reach another process.
    done
        Called with each answer when it is there.
    """
    futures = [executor.submit(run, part) for part in found]
    pending = set(futures)
    while pending:
        finished, pending = wait(pending, POLL_SECONDS, FIRST_COMPLETED)
        for future in finished:
            if future.exception() is None:
                done(future.result())
        if stop.is_set():
            pending = {future for future in pending if not future.cancel()}
    answers: list[Answer] = []
    for part, future in zip(found, futures, strict=True):
        if future.cancelled():
            answers.append(GIVEN_UP)
        elif isinstance(future.exception(), BrokenExecutor):
            answers.append(GIVEN_UP if stop.is_set() else run(part))
        else:
            answers.append(future.result())
    return answers


def merged(whole: Part, found: Sequence[Part], answers: Sequence[Answer], wall_seconds: float) -> Answer:
    """Return the answer for the whole plan: a roster when every part has one, else why not, with what there is.

    Raises
    ------
    RuntimeError
        When the costs of the parts are not those of the whole.
    """
    done = [answer for answer in answers if isinstance(answer, Solved)]
    roster = merged_roster(whole.plan, answers)
    violations = () if roster is None else verify(roster, whole.plan, whole.book)
    if len(done) < len(found) or roster is None:
        broken = hard_ones(violations)
        if any(isinstance(answer, Infeasible) for answer in answers):
            return replace(merged_conflict(found, answers), draft=roster, violations=broken)
        interrupted = any(isinstance(answer, OutOfTime) and answer.interrupted for answer in answers)
        return OutOfTime(merged_bound(answers), roster, broken, interrupted=interrupted)
    answer = solved(
        whole,
        roster,
        violations,
        bound=_sum(one.bound for one in done),
        stopped=min((one.stopped for one in done), key=UNFINISHED.index),
        seconds=round(sum(one.seconds for one in done), 3),
        wall_seconds=round(wall_seconds, 3),
        trace=merged_trace(done),
    )
    if answer.objective != _sum(one.objective for one in done):
        raise RuntimeError(f"the parts cost {_sum(one.objective for one in done)}, the whole {answer.objective}")
    return answer


def solved(part: Part, roster: Roster, violations: tuple[Violation, ...], **facts: Any) -> Solved:
    """Return the answer with a roster and what `verify` finds in it, the objective counted from the roster alone.

    Raises
    ------
    RuntimeError
        When the roster breaks a hard rule.
    """
    if hard := hard_ones(violations):
        raise RuntimeError(f"the solver admitted what check rejects: {hard[0]}")
    shares = score(roster, part.plan, part.book)
    ticks = sum(round(cost * TICKS) * part.scales.get(kind, 1) for kind, cost in shares.items())
    return Solved(
        roster=roster, objective=ticks / TICKS, shares=shares, scales=part.scales, violations=violations, **facts
    )


def hard_ones(violations: Iterable[Violation]) -> tuple[Violation, ...]:
    """Return the violations of hard rules."""
    return tuple(v for v in violations if v.severity == "hard")


def merged_roster(plan: Plan, answers: Sequence[Answer]) -> Roster | None:
    """Return the rosters and drafts of all parts as one, days off where a part has none; None when all have none."""
    found = [answer.roster if isinstance(answer, Solved) else answer.draft for answer in answers]
    cells = {at: cell for roster in found if roster is not None for at, cell in roster.assignments.items()}
    if not cells:
        return None
    days = ((agent, day) for agent in plan.agents for day in plan.days)
    return Roster.of((cells.get((a.agent_id, d)) or plan.off(a, d) for a, d in days), plan.previous)


def merged_bound(answers: Iterable[Answer]) -> float | None:
    """Return the sum of the bounds that are known: nothing costs less than 0, so it holds for the whole plan."""
    known = [a.bound for a in answers if not isinstance(a, Infeasible) and a.bound is not None]
    return _sum(known) if known else None


def merged_trace(answers: Iterable[Solved]) -> tuple[TracePoint, ...]:
    """Return the steps of all parts as if all had begun together: sums of where each part then stood."""
    answers = list(answers)
    steps = sorted(((s.seconds, n, s) for n, a in enumerate(answers) for s in a.trace), key=lambda step: step[:2])
    objective: list[float | None] = [None] * len(answers)
    bound: list[float | None] = [None] * len(answers)
    found = []
    for seconds, n, step in steps:
        objective[n], bound[n] = step.objective, step.bound
        found.append(TracePoint(seconds, step.phase, _total(objective), _total(bound)))
    return tuple(found)


def _total(values: Iterable[float | None]) -> float | None:
    known = list(values)
    return None if None in known else _sum(value for value in known if value is not None)


def _sum(values: Iterable[float]) -> float:
    """Return the sum of figures that are whole numbers of ticks, without a rounding error."""
    return sum(round(value * TICKS) for value in values) / TICKS


def merged_conflict(found: Sequence[Part], answers: Sequence[Answer]) -> Infeasible:
    """Return the conflicts and ways out of all parts that have no roster; each names its queues when several have."""
    poor = [(p, a) for p, a in zip(found, answers, strict=True) if isinstance(a, Infeasible)]
    several = len(poor) > 1

    def placed(part: Part, text: Text) -> Text:
        return _PLACED.fill(queues=", ".join(part.plan.settings.queues), text=text) if several else text

    return Infeasible(
        conflict=tuple(placed(part, text) for part, answer in poor for text in answer.conflict),
        rules=tuple(dict.fromkeys(rule for _, answer in poor for rule in answer.rules)),
        agents=tuple(agent for _, answer in poor for agent in answer.agents),
        causes=tuple(dict.fromkeys(cause for _, answer in poor for cause in answer.causes)),
        ways_out=tuple(
            replace(way, en=(said := placed(part, way)).en, zh=said.zh)
            for part, answer in poor
            for way in answer.ways_out
        ),
    )


_PLACED = Text(en="{queues}: {text}", zh="{queues}：{text}")
