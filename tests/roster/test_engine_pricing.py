"""The dynamic program against CP-SAT: every agent's best line at any prices."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from engine_plans import Bench, bench, plan_of
from roster_house import MONDAY, agent, plan, settings

from benchmarks.cases import contact_centre, curtois
from benchmarks.cases.made import made
from wfm.roster.engine.kernel import FAR
from wfm.roster.engine.pricing import Pricer
from wfm.roster.engine.problem import compile_problem
from wfm.roster.linear import Linear
from wfm.roster.model import Model

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.cases.base import Case
    from wfm.domain.agents import Agent

SHARED = Path(os.environ.get("WFM_SHARED_DATA", Path(__file__).parents[2].parent / "shared" / "data"))
LIMIT = 60.0
"""The solver's deterministic time for one line; never reached."""


@pytest.fixture(scope="module")
def small() -> Iterator[Bench]:
    """Give the parts around the small plan."""
    with bench(plan_of()) as parts:
        yield parts


def compare(parts: Bench, seed: int, agents: list[int]) -> int:
    """Compare the dynamic program with CP-SAT at random prices; returns how many lines were found equal."""
    price = parts.random_price(seed)
    options = parts.problem.counts.priced(price)
    answers = parts.pricer.best(price)
    equal = 0
    for n in agents:
        exact = parts.oracles[n].best(options, limit=LIMIT)
        assert exact.value == exact.bound
        assert answers.values[n] <= exact.value
        if parts.pricer.follows(n):
            assert answers.values[n] == exact.value
            assert cost_of(parts, n, answers.lines[n], answers.queues[n], options) == exact.value
        equal += int(answers.values[n] == exact.value)
    return equal


def cost_of(parts: Bench, agent: int, line: np.ndarray, queues: np.ndarray, options: np.ndarray) -> int | None:
    """Return what a line costs with its prices; None when it breaks a row."""
    chosen = parts.pricer.complete(agent, line, queues)
    days = np.flatnonzero(line >= 0)
    taken = [parts.problem.option(int(queues[d]), d, int(line[d])) for d in days.tolist()]
    return None if chosen is None else chosen.cost + int(options[taken].sum())


@pytest.mark.parametrize("seed", range(3))
def test_the_small_plan(small: Bench, seed: int) -> None:
    """With runs, nights, hours, leave, wishes and excused long rests the dynamic program is a bound at least."""
    everybody = list(range(len(small.problem.lines)))
    assert compare(small, seed, everybody) >= len(everybody) // 2


def test_prices_of_rows_that_are_not_followed() -> None:
    """Steered prices of such rows bring the bound near CP-SAT's cost, never above it."""
    with bench(plan_of(4, days=31)) as parts:
        price = parts.random_price(1, -300, 300)
        options = parts.problem.counts.priced(price)
        exact = np.array([oracle.best(options, limit=LIMIT).value for oracle in parts.oracles])
        first = best = parts.pricer.best(price).values
        assert (first < exact).sum() == 3
        for step in range(100):
            values = parts.pricer.best(price, pace=0.2 * (1 - step / 100) ** 2).values
            assert (values <= exact).all()
            best = np.maximum(best, values)
        assert (exact - best).sum() < 0.5 * (exact - first).sum()


@pytest.mark.parametrize("name", ["mixed-14-1", "mixed-14-2", "uniform-2-1"])
def test_cases_of_our_own(name: str) -> None:
    """All rules of the made cases are followed, so every line is CP-SAT's."""
    case = made(name)
    with bench(case.plan, case.book) as parts:
        everybody = parts.pricer.asked.tolist()
        assert all(map(parts.pricer.follows, everybody))
        assert compare(parts, 5, everybody) == len(everybody)


def centre(seed: int) -> Case:
    """Return an instance of the shared generator with 100 agents."""
    script = SHARED.parent / "bench" / "contact_centre.py"
    if not script.exists():
        pytest.skip("shared data not present")
    run = subprocess.run([sys.executable, script, "100", str(seed)], capture_output=True, text=True, check=True)
    return contact_centre.case_of(json.loads(run.stdout))


def nurses(number: int) -> Case:
    """Return an instance of Curtois and Qu."""
    path = SHARED / "curtois" / f"Instance{number}.txt"
    if not path.exists():
        pytest.skip("shared data not present")
    return curtois.load(path)


SHARED_CASES = [
    *(pytest.param(partial(centre, seed), 35, id=f"contact centre {seed}") for seed in (1, 2, 3)),
    *(
        pytest.param(partial(nurses, number), agents, id=f"curtois {number}")
        for number, agents in ((3, 20), (5, 16), (7, 20), (9, 19), (11, 20))
    ),
]
"""How to get an instance, and of how many agents the lines are compared: 200 in all."""


@pytest.mark.parametrize(("load", "agents"), SHARED_CASES)
def test_shared_instances(load: partial[Case], agents: int) -> None:
    """The dynamic program's cost is CP-SAT's at random prices for 200 agents of the shared instances."""
    case = load()
    with bench(case.plan, case.book) as parts:
        chosen = np.random.default_rng(7).permutation(len(parts.problem.lines))[:agents].tolist()
        assert compare(parts, 11, chosen) == len(chosen)


def test_a_line_that_breaks_a_row_is_not_completed(small: Bench) -> None:
    """Working every day breaks the run limit, so there is no such line."""
    every_day = np.zeros(small.problem.days, dtype=np.int32)
    assert small.pricer.complete(2, every_day, np.ones(small.problem.days, dtype=np.int32)) is None


def closed_days(model: Model, person: Agent) -> None:
    """Post that on three days the agent can neither work nor be off."""
    for day in model.days[2:5]:
        model.forbid(person, model.off(person, day))
        model.forbid(person, Linear.total(works for _, works in model.starts(person, day)))


def too_many_days(model: Model, person: Agent) -> None:
    """Post five days of work in a week, no two of them neighbours."""
    for two in pairwise(model.days):
        model.any_of(person, (model.off(person, day) for day in two))
    model.at_least(person, Linear.total(model.works(person, day) for day in model.days), 5)


@pytest.mark.parametrize("contradiction", [closed_days, too_many_days])
@pytest.mark.parametrize("price", [-1000, 0, 1000])
def test_no_line_is_far_at_any_prices(contradiction: Callable[[Model, Agent], None], price: int) -> None:
    """An agent whose rows contradict each other has no line, whatever is paid for his shifts and days off."""
    house = settings(MONDAY, MONDAY + timedelta(days=6), "ED")
    model = Model(plan(house, [agent()]))
    (person,) = model.plan.agents
    contradiction(model, person)
    model.charge(person, Linear.total(model.off(person, day) for day in model.days), -50)
    model.charge_cover("calls", np.ones(house.grid.size), 10, 1)
    problem = compile_problem(model)
    with ThreadPoolExecutor(1) as pool:
        pricer = Pricer(problem, pool)
        prices = np.full(len(problem.counts.base), price, dtype=np.int64)
        assert pricer.follows(0)
        assert pricer.best(prices).values.tolist() == [FAR]
