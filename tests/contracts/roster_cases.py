"""The setups of the contract tests: for each rule the small plans on which both of its sides are compared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from roster_brute import Judge, every_roster
from roster_house import CLOCKS, example_plan

from wfm.roster.base import RULES, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from contract_case import Case

    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster


CASES: dict[str, tuple[Case, ...]] = {}
"""By kind of the rule, from every module `cases_*.py` beside this one."""
for _path in sorted(Path(__file__).parent.glob("cases_*.py")):
    CASES |= import_module(_path.stem).CASES
MOST_OF_A_SETUP = 1200
"""Rosters of a setup that are tried; of more, so many are drawn."""
MOST_OF_AN_EXAMPLE = 300
"""Rosters of an example's own plan that are tried."""


@dataclass(frozen=True)
class Setup:
    """A rule with its fields on a plan."""

    rule: Rule
    plan: Plan

    def with_rule(self, **fields: Any) -> Rule:
        """Return the rule with some fields changed; raises `ValidationError` as the rule does."""
        return type(self.rule)(**{**self.rule.model_dump(), **fields})


@cache
def setups(kind: str) -> tuple[Setup, ...]:
    """Return the setups of a rule: its own cases first, then the plans of its examples with all the shifts that fit."""
    cls = RULES[kind]
    found = [Setup(cls(**case.fields), case.plan(kind)) for case in CASES.get(kind, ())]
    for example in (*cls.good, *cls.bad):
        cells = sum(len(line.split()) for line in example.line.split("\n"))
        order = sorted(CLOCKS, key=lambda code: code not in example.line)
        fit = next((n for n in range(len(CLOCKS), 0, -1) if (n + 1) ** cells <= MOST_OF_AN_EXAMPLE), 1)
        found.append(Setup(cls(**example.fields), example_plan(example, kind, order[:fit])))
    return tuple(found)


@cache
def silent(kind: str, number: int) -> tuple[tuple[Roster, bool], ...]:
    """Return the rosters of a setup, all or many of them, with whether `check` is silent about each."""
    setup = setups(kind)[number]
    rosters = every_roster(setup.plan, MOST_OF_A_SETUP)
    return tuple((roster, not any(setup.rule.audit(roster, setup.plan))) for roster in rosters)


def differences(kind: str, number: int, rule: Rule) -> Iterator[tuple[Roster, bool]]:
    """Yield the rosters of a setup on which `constrain` of a rule and `check` of the setup's rule differ."""
    judge = Judge(setups(kind)[number].plan, [rule])
    for roster, is_silent in silent(kind, number):
        if judge.admits(roster) is not is_silent:
            yield roster, is_silent
