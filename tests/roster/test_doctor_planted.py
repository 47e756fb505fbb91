"""Planted conflicts are named exactly, among many rules and records that take no part."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from doctor_cases import NUMBER, planted

from wfm.domain.answer import Infeasible
from wfm.roster import solve

if TYPE_CHECKING:
    from doctor_cases import Planted

INNOCENT = 1
"""Rules that may be named without taking part, in all cases together."""


@cache
def answered(number: int) -> tuple[Planted, Infeasible]:
    """Return a case and its answer."""
    case = planted(number)
    answer = solve(case.plan, case.book)
    assert isinstance(answer, Infeasible)
    return case, answer


@pytest.mark.parametrize("number", range(NUMBER))
def test_everything_that_takes_part_is_named(number: int) -> None:
    """Every rule and record of the planted conflict is named, and the agents who have no line."""
    case, answer = answered(number)
    named = {(cause.agent_id, cause.first_date) for cause in answer.causes if cause.agent_id is not None}
    assert set(answer.rules) >= case.rules
    assert named == case.records
    assert set(answer.agents) == set(case.agents)


def test_hardly_anything_innocent_is_named() -> None:
    """In all the cases together at most one rule is named that takes no part."""
    innocent = [(n, set(answered(n)[1].rules) - answered(n)[0].rules) for n in range(NUMBER)]
    assert sum(len(rules) for _, rules in innocent) <= INNOCENT, [pair for pair in innocent if pair[1]]


@pytest.mark.parametrize("number", range(NUMBER))
def test_there_is_always_a_draft(number: int) -> None:
    """Every answer has a draft with a cell for every agent and day, and says what it breaks."""
    case, answer = answered(number)
    assert answer.draft is not None
    assert len(answer.draft) == len(case.plan.agents) * len(case.plan.days)
    assert answer.violations
    assert {v.severity for v in answer.violations} == {"hard"}


@pytest.mark.parametrize("number", range(NUMBER))
def test_ways_out_are_priced_and_sorted(number: int) -> None:
    """Every conflict has ways out, the cheapest first, each with a price above nothing."""
    ways = answered(number)[1].ways_out
    assert ways
    assert [way.agent_days for way in ways] == sorted(way.agent_days for way in ways)
    assert all(way.amount > 0 and way.agent_days > 0 for way in ways)
