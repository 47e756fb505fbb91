"""Generated columns: what they can gain is a bound, and the best of them never makes a roster worse."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from engine_plans import Bench, bench, plan_of

from wfm.roster.engine.columns import Generator
from wfm.roster.engine.neighbourhood import Neighbourhood
from wfm.roster.engine.pool import pick
from wfm.roster.engine.restricted import Restricted
from wfm.roster.engine.tools import Columns

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def small() -> Iterator[Bench]:
    """Give the parts around a plan of six agents and nine days."""
    with bench(plan_of(6, days=9)) as parts:
        yield parts


@pytest.mark.parametrize("agents", [[0, 1, 2, 3, 4, 5], [1, 3], [0, 4, 5]])
def test_no_line_gains_more_than_is_said(small: Bench, agents: list[int]) -> None:
    """CP-SAT over all lines of the agents never gains more than the prices allow, and the pick no more than CP-SAT."""
    state, prover = small.first()
    before, free = state.cost(), range(small.problem.days)
    made = Generator(prover).generate(state, np.array(agents), 60.0)
    exact = Neighbourhood(state, dict.fromkeys(agents, list(free))).solve(1, 60.0)
    assert exact.optimal
    picked = pick(state, made.pool, 200)
    assert picked.lines is not None
    for agent, line in zip(agents, picked.lines, strict=True):
        state.put(agent, line)
    gained = before - state.cost()
    for agent, line in exact.lines.items():
        state.put(agent, line)
    assert 0 <= gained <= before - state.cost() <= made.gain + 1e-6


def test_turns_never_make_a_roster_worse(small: Bench) -> None:
    """Each turn ends at most where it began, and a better bound may come with it."""
    state, prover = small.first()
    tool, first = Columns(prover, len(state.lines), 1), prover.ticks
    costs = [state.cost()]
    for _ in range(3):
        tool.turn(state, 10.0)
        costs.append(state.cost())
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] < costs[0]
    assert first is not None
    assert first <= (prover.ticks or 0) <= costs[-1]


def test_a_program_that_fails_loses_nothing(small: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the linear program is not solved the roster is as good as before, bounds hold, and turns come to an end."""
    state, prover = small.first()
    before = state.cost()
    monkeypatch.setattr(Restricted, "solve", lambda program: None)
    tool = Columns(prover, len(state.lines), 1)
    tool.begin(state, 1.0)
    assert tool.turn(state, 1.0) > 0
    assert (prover.ticks or 0) <= state.cost() <= before


def test_one_agent_has_turns_too() -> None:
    """A tool for one agent never draws nobody."""
    with bench(plan_of(1, days=9)) as parts:
        state, prover = parts.first()
        tool = Columns(prover, 1, 1)
        tool.begin(state, 1.0)
        assert tool.number == 1
        before = state.cost()
        tool.turn(state, 0.1)
        assert state.cost() <= before
