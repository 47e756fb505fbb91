"""Bounds with whole starts: the least cost of counts beside their prices, against every number of starts there is."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from engine_plans import Bench, bench, plan_of
from roster_house import MONDAY, agent, plan, requirement, settings

from wfm.roster.book import RuleBook
from wfm.roster.engine import whole_starts
from wfm.roster.engine.whole_starts import least_of_starts
from wfm.roster.goals.cover import Cover

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.roster.engine.whole_starts import Least


@pytest.fixture(scope="module")
def tiny() -> Iterator[Bench]:
    """Give the parts of two agents with three shifts on two days, of which the last reaches into the next morning."""
    house = settings(MONDAY, MONDAY, "DEB", intervals={"minutes": 60}, goals={"under": 3, "over": 1})
    need = np.random.default_rng(2).choice([0.5, 1.3, 1.8], house.grid.size).tolist()
    made = plan(house, [agent(1), agent(2)], requirement=requirement(house, need))
    with bench(made, RuleBook((), (Cover(house),))) as parts:
        yield parts


def least(parts: Bench, seed: int) -> tuple[Least, int, int]:
    """Return the answer at random prices, that of counts which choose apart, and that of every number of starts."""
    problem, price = parts.problem, parts.random_price(seed)
    counts = problem.counts
    apart = np.array([(row - p * np.arange(len(row))).min() for row, p in zip(counts.table, price, strict=True)])
    options = np.unique(counts.option)
    found = []
    for starts in product(range(len(problem.lines) + 1), repeat=len(options)):
        count = counts.base.copy()
        for option, number in zip(options.tolist(), starts, strict=True):
            rows, amounts = counts.of(option)
            count[rows] += number * amounts
        if (count <= counts.most).all():
            found.append(counts.cost(count) - int((price * (count - counts.base)).sum()))
    answer = least_of_starts(problem, price, apart, 1, parts.pricer.pool)
    return answer, int(apart.sum() + (price * counts.base).sum()), min(found)


def test_it_is_the_least_of_every_number_of_starts(tiny: Bench) -> None:
    """At any prices the answer is that of plain counting, often above what counts that choose apart would cost."""
    gains = []
    for seed in range(12):
        answer, apart, best = least(tiny, seed)
        assert answer.ticks == best >= apart
        gains.append(best - apart)
    assert max(gains) > 0


def test_without_time_it_is_what_counts_choose_apart(tiny: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver that is stopped at once leaves a bound that holds."""
    monkeypatch.setattr(whole_starts, "WORK_PER_BLOCK", 0.0)
    for seed in range(4):
        answer, apart, best = least(tiny, seed)
        assert apart <= answer.ticks <= best


def test_the_bound_never_falls_and_costs_time() -> None:
    """Proving again with whole starts leaves the bound where it was or raises it, and says what it took."""
    with bench(plan_of()) as parts:
        prover = parts.prover()
        before = prover.prove(parts.random_price(1)).ticks
        assert prover.prove_whole() > 0
        assert prover.ticks is not None
        assert prover.ticks >= before
