"""Dives, and the program behind them: kept from one question to the next, it answers as if it were new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np
import pytest
from engine_plans import Bench, bench, plan_of
from scipy.optimize import linprog

from wfm.roster.engine.anneal import Annealer
from wfm.roster.engine.columns import Generator
from wfm.roster.engine.construct import insert_all
from wfm.roster.engine.dive import Dived, Diver
from wfm.roster.engine.identical import head_count_bound
from wfm.roster.engine.neighbourhood import Neighbourhood
from wfm.roster.engine.pool import Pool, master, others
from wfm.roster.engine.restricted import Restricted
from wfm.roster.engine.ruin import Ruiner
from wfm.roster.engine.tools import Dives, FreshDives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.roster.engine.state import Chosen, State


@pytest.fixture(scope="module")
def small() -> Iterator[Bench]:
    """Give the parts around a plan of six agents and nine days."""
    with bench(plan_of(6, days=9)) as parts:
        yield parts


def value(state: State, agents: np.ndarray, lines: list[list[Chosen]]) -> float:
    """Return what the program of some lines comes to in ticks, built and solved by other means."""
    problem, fixed = state.problem, others(state, agents)
    program = master(problem, Pool(agents, lines, whole=False), fixed)
    found = linprog(
        program.cost,
        A_eq=cast("Any", program.matrix),
        b_eq=program.right,
        bounds=cast("Any", np.stack([np.zeros(len(program.upper)), program.upper], axis=1)),
    )
    assert found.fun is not None
    rest = fixed.copy()
    rest[program.touched] = 0
    return float(found.fun * problem.unit + problem.counts.cost(rest))


@pytest.mark.parametrize("agents", [[0, 1, 2, 3, 4, 5], [1, 4]])
def test_a_program_that_is_kept_is_solved_like_a_new_one(small: Bench, agents: list[int]) -> None:
    """After lines have joined, and after one is settled, value and prices are those of the program as it stands."""
    state, prover = small.first()
    generator = Generator(prover)
    free = np.array(agents)
    program = Restricted(state.problem, free, others(state, free))
    lines: dict[int, list[Chosen]] = {agent: [] for agent in agents}
    for step in range(4):
        price = small.random_price(step) if step else np.zeros(len(state.count), dtype=np.int64)
        for agent, line in zip(agents, generator.ask(free, price).lines, strict=True):
            assert line is not None
            if program.add(agent, line):
                lines[agent].append(line)
            assert not program.add(agent, line)
        solved = program.solve()
        assert solved is not None
        assert solved.value == pytest.approx(value(state, free, list(lines.values())), abs=1e-3)
        assert solved.share.sum() == pytest.approx(len(agents))
        basic = solved.share > 1e-6
        assert program.above(solved.price)[basic] == pytest.approx(0.0, abs=1e-3)
    settled = program.owner.index(agents[0], 1)
    program.settle(settled)
    lines[agents[0]] = [program.lines[settled]]
    solved = program.solve()
    assert solved is not None
    assert solved.value == pytest.approx(value(state, free, list(lines.values())), abs=1e-3)
    assert solved.share[settled] == pytest.approx(1.0)


@pytest.mark.parametrize("agents", [[0, 1, 2, 3, 4, 5], [0, 3, 5]])
def test_a_dive_gains_what_it_says_and_no_more_than_is_possible(small: Bench, agents: list[int]) -> None:
    """Every agent who takes part gets a line, and together they are better; CP-SAT over all lines gains no less."""
    state, prover = small.first()
    generator = Generator(prover)
    before = state.cost()
    generator.generate(state, np.array(agents), 60.0)
    exact = Neighbourhood(state, {agent: list(range(small.problem.days)) for agent in agents}).solve(1, 60.0)
    dived = Diver(generator, 1).dive(state, np.array(agents), 60.0)
    assert dived.work > 0
    assert dived.lines is not None
    for agent, line in zip(agents, dived.lines, strict=True):
        state.put(agent, line)
    after = state.cost()
    for agent, line in exact.lines.items():
        state.put(agent, line)
    assert state.cost() <= after < before


def test_dives_never_make_a_roster_worse(small: Bench) -> None:
    """Turn after turn the roster costs no more, until a dive with all agents says that nothing is left to gain."""
    state, prover = small.first()
    tool, costs = Dives(Generator(prover), 1), [state.cost()]
    while tool.useful(state) and len(costs) < 50:
        assert tool.turn(state, 5.0) > 0
        costs.append(state.cost())
    assert tool.over
    assert tool.gained
    assert costs == sorted(costs, reverse=True)
    assert costs[-1] < costs[0]


def test_a_dive_that_ends_dearer_is_not_taken(small: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the last choice is not as good as its program said, the roster stays as it was."""
    state, prover = small.first()
    generator = Generator(prover)
    everybody, before = np.arange(len(state.lines)), state.cost()
    idle = generator.ask(everybody, np.full(len(state.count), 300, dtype=np.int64)).lines
    dear = [line for line in idle if line is not None]
    monkeypatch.setattr(Diver, "dive", lambda *_, **__: Dived(dear, vain=False, work=1.0))
    tool = Dives(generator, 1)
    tool.once(state, 5.0)
    assert state.cost() == before
    assert not tool.gained


def test_a_dive_without_time_or_program_leaves_all_as_it_is(small: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Too little time, or a program that fails, ends a dive with nothing."""
    state, prover = small.first()
    generator = Generator(prover)
    everybody = np.arange(len(state.lines))
    assert Diver(generator, 1).dive(state, everybody, 0.0).lines is None
    monkeypatch.setattr(Restricted, "solve", lambda program: None)
    dived = Diver(generator, 1).dive(state, everybody, 60.0)
    assert dived.lines is None
    assert dived.vain


@pytest.fixture(scope="module")
def alike() -> Iterator[Bench]:
    """Give the parts around a plan of six agents who do not differ."""
    with bench(plan_of(6, days=9, uniform=True)) as parts:
        yield parts


def test_agents_who_are_alike_share_their_lines(alike: Bench) -> None:
    """One row for all of them is worth as much as a row and all lines for each; settled ones keep their line."""
    state, prover = alike.first()
    generator, everybody = Generator(prover), np.arange(len(state.lines))
    program, now = generator.program(state, everybody)
    generator.around(program, everybody, np.zeros(len(state.count)))
    solved = program.solve()
    assert program.open == {0: len(everybody)}
    assert solved is not None
    assert solved.value <= now
    assert solved.value == pytest.approx(value(state, everybody, [program.lines] * len(everybody)), abs=1e-3)
    assert solved.share.sum() == pytest.approx(len(everybody))
    program.settle(0, 2)
    again = program.solve()
    assert program.open == {0: len(everybody) - 2}
    assert again is not None
    assert again.value >= solved.value - 1e-3
    assert again.share[0] >= 2 - 1e-6


def test_a_fresh_dive_gives_every_agent_a_line(alike: Bench) -> None:
    """With all agents alike a dive ends with a line for each, whatever stands, at no less than is possible."""
    state, prover = alike.first()
    generator, everybody = Generator(prover), np.arange(len(state.lines))
    generator.generate(state, everybody, 60.0)
    dived = Diver(generator, 1).dive(state, everybody, 60.0, gaining=False)
    assert dived.lines is not None
    for agent, line in enumerate(dived.lines):
        state.put(agent, line)
    bound, _ = head_count_bound(alike.problem, 1, 60.0)
    assert bound is not None
    assert bound <= state.cost()


def test_fresh_dives_never_make_a_roster_worse(alike: Bench) -> None:
    """A new roster takes the place of the old one only where it costs less; without time for a dive it is over."""
    state, prover = alike.first()
    ruiner = Ruiner(alike.pricer, prover.prove(prover.problem.counts.base * 0), 1)
    insert_all(ruiner, alike.oracles, 1)
    tool = FreshDives(Generator(prover), Annealer(ruiner, 1, hasty=False, seen=True), 1)
    costs = [state.cost()]
    for _ in range(3):
        assert tool.turn(state, 20.0) > 0
        costs.append(state.cost())
    assert tool.gained
    assert not tool.over
    assert costs == sorted(costs, reverse=True)
    tool.once(state, 0.0)
    assert tool.over
    assert tool.useful(state)
