"""A search that starts from the roster already published."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from engine_plans import FIRST, bench, plan_of

from wfm.domain.agents import Absence
from wfm.domain.answer import Solved
from wfm.roster import build_book, solve
from wfm.roster.engine.construct import from_published, insert_all
from wfm.roster.engine.ruin import Ruiner

if TYPE_CHECKING:
    from wfm.domain.plan import Plan


@pytest.fixture(scope="module")
def published() -> Plan:
    """Return a small plan with the roster that a search of four deterministic seconds found for it."""
    plan = plan_of()
    answer = solve(plan, build_book(plan.settings))
    assert isinstance(answer, Solved)
    return replace(plan, published=tuple(answer.roster))


def totals(plan: Plan) -> tuple[int, int]:
    """Return what the first roster costs in ticks, and what the one that the search starts from does."""
    with bench(plan) as parts:
        prover = parts.prover()
        ruiner = Ruiner(parts.pricer, prover.prove(parts.random_price(1, -50, 50)), 1)
        insert_all(ruiner, parts.oracles, 1)
        first = ruiner.total
        from_published(ruiner)
        assert ruiner.total == ruiner.best
        return first, ruiner.total


def test_published_roster_is_the_start(published: Plan) -> None:
    """The search starts from the published roster, which changes nothing and costs less than a first one."""
    first, start = totals(published)
    assert start < first


def test_sick_agent_leaves_the_others_where_they_are(published: Plan) -> None:
    """When one agent falls ill the others start from their published lines, and he gets a new one."""
    ill = Absence(agent_id="A0", first_date=FIRST + timedelta(days=2), last_date=FIRST + timedelta(days=5))
    first, start = totals(replace(published, absences=(*published.absences, ill)))
    assert start < first


def test_partly_published_month_starts_afresh(published: Plan) -> None:
    """A published roster that lacks a day of every agent gives no line to start from."""
    partial = tuple(cell for cell in published.published if cell.date != FIRST)
    first, start = totals(replace(published, published=partial))
    assert start == first
