"""A question of the doctor: a plan with some of its rules and records, and the roster that answers it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from wfm.domain.own_parts import blamed
from wfm.roster.base import RULE
from wfm.roster.book import RuleBook
from wfm.roster.engine.packing import MISSING
from wfm.roster.engine.problem import compile_line, compile_problem
from wfm.roster.model import HARD, Count, Model, Tie
from wfm.roster.solve import post

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    import numpy.typing as npt

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.settings import Settings
    from wfm.roster.base import Rule
    from wfm.roster.engine.problem import LineProgram, Problem
    from wfm.roster.model import Row

    Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Case:
    """A plan and the rules that are in force.

    Attributes
    ----------
    rules
        Hard rules must hold; every breach of a soft one costs its weight.
    """

    plan: Plan
    rules: tuple[Rule, ...]

    @property
    def book(self) -> RuleBook:
        """The rules as a book without goals."""
        return RuleBook(self.rules, ())

    @cached_property
    def model(self) -> Model:
        """What the rules post."""
        return post(self.plan, self.book)

    @cached_property
    def lines(self) -> tuple[LineProgram, ...]:
        """The programs of the agents."""
        return tuple(compile_line(line) for line in self.model.lines.values())

    def without(self, rule: Rule) -> Case:
        """Return the case without one rule."""
        return replace(self, rules=tuple(r for r in self.rules if r is not rule))

    def instead(self, rule: Rule, *others: Rule) -> Case:
        """Return the case with other rules in the place of one."""
        return replace(self, rules=(*self.without(rule).rules, *others))

    def known(self, **facts: object) -> Case:
        """Return the case with other facts in its plan."""
        return replace(self, plan=replace(self.plan, **facts))  # type: ignore[arg-type]

    def with_settings(self, **tables: object) -> Case:
        """Return the case with other tables in its settings."""
        settings: Settings = self.plan.settings.model_copy(update=tables)
        return self.known(settings=settings)


def compiled(case: Case, days: Collection[date] | None = None) -> Problem:
    """Return the arrays of a case; with `days`, hard floors count on these dates only."""
    counts = case.model.counts
    if days is not None:
        shown = np.array([at.date() in days for at in case.plan.grid.starts])
        counts = [_only(count, shown) for count in counts]
    return compile_problem(case.model, case.lines, counts)


def _only(count: Count | Tie, shown: npt.NDArray[np.bool_]) -> Count | Tie:
    if isinstance(count, Tie) or count.under != HARD:
        return count
    return replace(count, required=np.where(shown, count.required, 0))


def wish(rule: Rule) -> Rule:
    """Return the rule as a wish that weighs as much as a missing agent."""
    return rule.model_copy(update={"hard": False, "weight": MISSING})


def floors_of(plan: Plan, rule: Rule) -> list[Count]:
    """Return the floors that a rule asks of all agents together; empty for a rule about single agents."""
    model = Model(plan)
    with model.posting(rule.kind, HARD if rule.hard else rule.weight), blamed(rule, RULE):
        rule.constrain_roster(model)
    return [count for count in model.counts if isinstance(count, Count) and count.under]


def asked(plan: Plan, rule: Rule) -> list[list[Row]]:
    """Return what a rule asks of each agent."""
    return [line.rows for line in post(plan, RuleBook((rule,), ())).lines.values()]


def for_agents(case: Case, agents: Sequence[Agent]) -> Case:
    """Return the case of some agents only, with their own records."""
    mine = {agent.agent_id for agent in agents}
    plan = case.plan
    return case.known(
        agents=tuple(agents),
        absences=tuple(a for a in plan.absences if a.agent_id in mine),
        pins=tuple(p for p in plan.pins if p.agent_id in mine),
        requests=(),
        previous=tuple(a for a in plan.previous if a.agent_id in mine),
    )
