"""Small moves keep every account of the roster true, and threads never touch what another one counts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from engine_plans import Bench, bench, plan_of

from wfm.roster import build_book
from wfm.roster.engine.anneal import Annealer
from wfm.roster.engine.bound import Shape
from wfm.roster.engine.construct import as_state, insert_all
from wfm.roster.engine.moves import Mover, apart
from wfm.roster.engine.problem import compile_problem
from wfm.roster.engine.ruin import Ruiner
from wfm.roster.solve import post

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def small() -> Iterator[Bench]:
    """Give the parts around a plan of two queues, nights, leave and wishes."""
    with bench(plan_of(9, days=16)) as parts:
        yield parts


def started(parts: Bench, seed: int = 1) -> Ruiner:
    """Return a ruiner with the first roster."""
    ruiner = Ruiner(parts.pricer, parts.prover().prove(Shape(parts.problem).price), seed)
    insert_all(ruiner, parts.oracles, seed)
    return ruiner


@pytest.mark.parametrize("warmth", [0.0, 1.0])
def test_moves_keep_all_rows_and_accounts(small: Bench, warmth: float) -> None:
    """After many moves every line keeps its rules, and the objective is what the lines and counts add up to."""
    ruiner = started(small)
    mover = Mover(ruiner, 1)
    for _ in range(3):
        mover.step(warmth)
    lines, cost, total = ruiner.lines.copy(), ruiner.cost.copy(), mover.held.total.copy()
    for agent in range(len(lines)):
        kept = small.pricer.complete(agent, lines[agent], ruiner.queues[agent])
        assert kept is not None
        assert kept.cost == cost[agent]
    assert ruiner.total == small.problem.counts.cost(ruiner.count) + int(cost.sum())
    mover.known[:] = -2
    mover.follow()
    assert np.array_equal(mover.held.total, total)
    assert as_state(ruiner).cost() == ruiner.best


def test_a_survey_leaves_no_trace(small: Bench) -> None:
    """To see what moves cost changes nothing of the roster."""
    ruiner = started(small)
    (lines, queues, cost), count = ruiner.held(), ruiner.count.copy()
    assert Mover(ruiner, 1).hot > 0
    assert np.array_equal(ruiner.lines, lines)
    assert np.array_equal(ruiner.queues, queues)
    assert np.array_equal(ruiner.cost, cost)
    assert np.array_equal(ruiner.count, count)
    assert ruiner.total == small.problem.counts.cost(ruiner.count) + int(ruiner.cost.sum())


def test_no_count_belongs_to_two_threads() -> None:
    """Days before a cut and days from `apart` on add to no count together, though nights reach into the next day."""
    plan = plan_of(4)
    shifts = [*plan.settings.shifts, type(plan.settings.shifts[0])(code="L", start="20:00", end="09:00+1")]
    plan = replace(plan, settings=plan.settings.model_copy(update={"shifts": shifts}))
    problem = compile_problem(post(plan, build_book(plan.settings)))
    after, day = apart(problem), problem.counts.option // problem.templates % problem.days
    assert np.any(after > np.arange(problem.days + 1))
    for cut in range(problem.days + 1):
        assert not set(problem.counts.row[day < cut].tolist()) & set(problem.counts.row[day >= after[cut]].tolist())


def test_parts_share_no_agent(small: Bench) -> None:
    """The agents of two threads are all agents, each once."""
    mover = Mover(started(small), 1)
    for _ in range(20):
        parts = mover.parts()
        assert sorted(a for crew, _, _ in parts for a in crew.tolist()) == list(range(9))
        assert all(0 <= first < last <= small.problem.days for _, first, last in parts)


def test_moves_and_ruins_get_farther_than_the_first_roster() -> None:
    """Annealing ends below the first roster, the same way twice."""
    ends = []
    for _ in range(2):
        with bench(plan_of(9, days=16)) as parts:
            ruiner = started(parts, 3)
            first = ruiner.best
            annealer = Annealer(ruiner, 3, hasty=False, seen=True)
            for step in range(12):
                annealer.step(1 - step / 12)
            assert ruiner.best < first
            ends.append((ruiner.best, ruiner.best_lines.tobytes(), ruiner.best_queues.tobytes()))
    assert ends[0] == ends[1]
