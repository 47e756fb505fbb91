"""Whether a case has a roster: proofs that it has none, from the cheapest to the exact one, and the search for one."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from wfm.domain.answer import Solved
from wfm.roster.book import RuleBook
from wfm.roster.engine.alone import Oracle
from wfm.roster.engine.doctor.case import compiled, floors_of, for_agents, wish
from wfm.roster.engine.doctor.relaxed import classes, least_missing
from wfm.roster.engine.doctor.whole import Whole, fits, solve_whole, variables
from wfm.roster.engine.problem import compile_problem
from wfm.roster.solve import solve
from wfm.roster.verify import verify

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from wfm.domain.answer import WayOut
    from wfm.domain.roster import Roster
    from wfm.roster.engine.doctor.case import Case
    from wfm.roster.engine.problem import Problem

SURELY = 1e-4
"""Missing count that the relaxation's rounding errors do not reach."""
SMALL = 8_000
"""Variables up to which every question is settled exactly: about 20 agents, a month and a dozen shifts."""
MOST_COLUMNS = 40_000
"""Columns up to which the relaxation tells every two agents apart who differ."""
WORK, WORK_IF_LARGE = 3.0, 1.0
"""The solver's own deterministic time for one exact question."""
SECONDS_PER_VARIABLE, SECONDS_PER_COLUMN = 2e-5, 1e-4
"""Deterministic seconds charged for posting a case, and for its relaxation."""
ASKED = 8
"""Of many agents with one conflict, about so many are asked whether a change helps them."""
SEARCH = {"budget": "2s", "target_gap": 0.0}
"""Search for a roster where all agents at once are too many."""


class Proof(IntEnum):
    """How it is proven that there is no roster."""

    COARSE = 0
    """Head counts of agents who serve the same queues."""
    FINE = 1
    """Head counts of agents who do not differ."""
    EXACT = 2
    """All agents at once."""


@dataclass
class Effort:
    """What the doctor may still spend; questions that come later stay undecided.

    Parameters
    ----------
    left
        Deterministic seconds.
    stop
        Set from outside to end the questions.
    """

    left: float
    stop: threading.Event = field(default_factory=threading.Event)
    undecided: int = 0

    @property
    def over(self) -> bool:
        """Whether there is nothing left."""
        return self.left <= 0 or self.stop.is_set()

    def compiled(self, case: Case, days: Collection[date] | None = None) -> Problem:
        """Return the arrays of a case, charged."""
        problem = compiled(case, days)
        self.left -= SECONDS_PER_VARIABLE * variables(problem.lines)
        return problem

    def too_few(self, problem: Problem, *, coarse: bool) -> bool:
        """Return whether head counts prove that there is no roster, charged."""
        columns = sum(len(members[0][0].low) for members in classes(problem.lines, coarse=coarse))
        if columns > MOST_COLUMNS:
            return False
        self.left -= SECONDS_PER_COLUMN * columns
        return least_missing(problem, coarse=coarse) > SURELY

    def exact(self, problem: Problem) -> Whole:
        """Return what comes of all agents at once, charged; nothing when the effort is over or they are too many."""
        if self.over or not fits(problem):
            return Whole(None, False, 0.0)
        answer = solve_whole(problem, WORK if variables(problem.lines) <= SMALL else WORK_IF_LARGE)
        self.left -= answer.seconds
        return answer


def has_line(case: Case, agent_id: str) -> bool:
    """Return whether an agent of the case has a line of his own, whatever the floors."""
    mine = case if len(case.plan.agents) == 1 else for_agents(case, [case.plan.by_id[agent_id]])
    return Oracle(compile_problem(mine.model, mine.lines, counts=()), 0).possible()


def without_line(case: Case) -> list[str]:
    """Return the ids of the agents who have no line of their own; equal agents are asked once."""
    problem = compile_problem(case.model, case.lines, counts=())
    shapes = [line.shape for line in problem.lines]
    first = {shape: n for n, shape in reversed(list(enumerate(shapes)))}
    possible = {shape: Oracle(problem, n).possible() for shape, n in first.items()}
    return [line.agent_id for line, shape in zip(problem.lines, shapes, strict=True) if not possible[shape]]


def impossible(case: Case, proof: Proof, effort: Effort, days: Collection[date] | None = None) -> bool:
    """Return whether it is proven that the case has no roster, by that proof or a cheaper one.

    With `days`, hard floors count on these dates only. A question that the effort does not settle counts as no.
    """
    problem = effort.compiled(case, days)
    if effort.too_few(problem, coarse=True) or (proof > Proof.COARSE and effort.too_few(problem, coarse=False)):
        return True
    if proof < Proof.EXACT:
        return False
    answer = effort.exact(problem)
    effort.undecided += answer.roster is None and not answer.impossible
    return answer.impossible


def cheapest(case: Case, effort: Effort, days: Collection[date] | None = None) -> Proof | None:
    """Return the proof to work with for a case that is impossible; None when that is not proven.

    It is the exact one for a small case, otherwise the cheapest that is enough.
    """
    small = variables(effort.compiled(case, days).lines) <= SMALL
    proofs = [Proof.EXACT] if small else list(Proof)
    return next((proof for proof in proofs if impossible(case, proof, effort, days)), None)


def find(case: Case, effort: Effort, days: Collection[date] | None = None) -> Roster | None:
    """Return a roster of the case that its audit accepts, soft rules broken as little as the effort allows.

    With `days`, hard floors count on these dates only.
    """
    problem = effort.compiled(case, days)
    if effort.over or effort.too_few(problem, coarse=True):
        return None
    roster = effort.exact(problem).roster if fits(problem) else _searched(case, effort)
    return roster if roster is not None and keeps(roster, case, days) else None


def keeps(roster: Roster, case: Case, days: Collection[date] | None = None) -> bool:
    """Return whether the audit finds no hard rule of the case broken; with `days`, floors of these dates only."""
    hard = (v for v in verify(roster, case.plan, case.book) if v.severity == "hard")
    return all(days is not None and v.agent_id is None and v.first_date not in days for v in hard)


def _searched(case: Case, effort: Effort) -> Roster | None:
    """Return what the ordinary search finds with the floors as heavy wishes."""
    rules = tuple(wish(rule) if rule.hard and floors_of(case.plan, rule) else rule for rule in case.rules)
    short = case.with_settings(solve=case.plan.settings.solve.model_copy(update=SEARCH))
    answer = solve(short.plan, RuleBook(rules, ()), stop=effort.stop)
    if not isinstance(answer, Solved):
        return None
    effort.left -= answer.seconds
    return answer.roster


@dataclass(frozen=True)
class Mended:
    """A way out and the roster that proves it."""

    way: WayOut
    roster: Roster


@dataclass(frozen=True)
class Judge:
    """Tells whether a change ends a conflict.

    Attributes
    ----------
    agents
        Agents who must have a line of their own; empty when the conflict is between all agents.
    days
        Dates whose hard floors count; None for all.
    draft
        A roster in which every agent keeps the rules and floors are missed, where one is known.
    """

    effort: Effort
    agents: tuple[str, ...] = ()
    days: Collection[date] | None = None
    draft: Roster | None = None

    def solve(self, case: Case) -> Roster | None:
        """Return a roster of the case; None when none is found."""
        return find(case, self.effort, self.days)

    def with_wishes(self, case: Case) -> list[Roster]:
        """Return rosters of a case whose floors are wishes: the exact one where the case is small, and the draft."""
        exact = self.solve(case) if variables(case.lines) <= SMALL or self.draft is None else None
        drafts = [self.draft] if self.draft is not None and keeps(self.draft, case, self.days) else []
        return [*([exact] if exact is not None else []), *drafts]

    def missing(self, case: Case) -> float:
        """Return by how much head counts say that floors are missed; 0 for agents alone."""
        return 0.0 if self.agents else least_missing(self.effort.compiled(case, self.days), coarse=True)

    def hopes(self, case: Case) -> bool:
        """Return whether a change may be enough: a quick answer, right for small cases and for agents alone."""
        if self.agents:
            return all(has_line(case, agent) for agent in self.agents[:: len(self.agents) // ASKED + 1])
        problem = self.effort.compiled(case, self.days)
        if self.effort.over or self.effort.too_few(problem, coarse=True):
            return False
        return variables(problem.lines) > SMALL or self.effort.exact(problem).roster is not None
