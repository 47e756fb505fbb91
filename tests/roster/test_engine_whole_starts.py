"""Bounds with whole starts: the least cost of counts beside their prices, against every number of starts there is."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from engine_plans import Bench, bench, plan_of
from roster_house import MONDAY, agent, plan, requirement, settings

from wfm.roster.book import RuleBook
from wfm.roster.engine import whole_starts
from wfm.roster.engine.bound import Shape
from wfm.roster.engine.whole_starts import WholeStarts
from wfm.roster.goals.cover import Cover

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.roster.engine.headcount import Cut
    from wfm.roster.engine.problem import Problem
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
    priced, own = counts.priced(price), apart + price * counts.base
    answer = WholeStarts(problem, 1, parts.pricer.pool).least(priced, np.zeros_like(priced), own)
    return answer, int(own.sum()), min(found)


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


def test_what_is_added_to_prices_of_starts_loosens_counts_that_choose_apart(
    tiny: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bound without time holds for prices of starts that no prices per unit make up."""
    problem, price = tiny.problem, tiny.random_price(3)
    counts = problem.counts
    more = np.random.default_rng(5).integers(-400, 400, counts.servings.options)
    own = np.asarray(tiny.prover().least_counts(price) + price * counts.base, dtype=np.int64)
    starts = WholeStarts(problem, 1, tiny.pricer.pool)
    exact = starts.least(counts.priced(price) + more, more, own).ticks
    monkeypatch.setattr(whole_starts, "WORK_PER_BLOCK", 0.0)
    assert starts.least(counts.priced(price) + more, more, own).ticks <= exact


@pytest.mark.parametrize("days", [1, 2, 3, 4])
def test_cuts_hold_for_whole_starts_and_not_for_the_fractions(days: int) -> None:
    """What a block says of the fractional starts of the relaxation is true of every number of whole ones."""
    with bench(plan_of(5, days=days)) as parts:
        problem, relaxed = parts.problem, Shape(parts.problem).relaxed
        blocks = WholeStarts(problem, 1, parts.pricer.pool)
        cuts, work = blocks.cuts(relaxed, problem.counts.priced(Shape(problem).price))
        assert work > 0
        assert cuts
        for cut in cuts:
            assert relaxed.paid[cut.rows].sum() - cut.price @ relaxed.starts < cut.least
            assert cut.least <= least_of_whole(problem, blocks.able, cut)


def least_of_whole(problem: Problem, able: np.ndarray, cut: Cut) -> float:
    """Return the least that a cut is about, over all whole starts that add to its counts."""
    counts, least = problem.counts, np.inf
    options = np.unique(counts.option[np.isin(counts.row, cut.rows)])
    for numbers in product(*(range(n + 1) for n in able[options].tolist())):
        whole = np.zeros(len(able), dtype=np.int64)
        whole[options] = numbers
        sums = counts.total(whole, np.zeros(len(counts.base), dtype=np.int64))
        if (sums <= counts.most).all():
            least = min(least, counts.table[cut.rows, sums[cut.rows]].sum() - cut.price @ whole)
    return float(least)


def test_starts_that_are_whole_are_not_cut(tiny: Bench) -> None:
    """A relaxation that starts whole shifts has nothing to be told."""
    shape = Shape(tiny.problem)
    whole = replace(shape.relaxed, starts=np.rint(shape.relaxed.starts))
    starts = WholeStarts(tiny.problem, 1, tiny.pricer.pool)
    assert starts.cuts(whole, tiny.problem.counts.priced(shape.price)) == ([], 0.0)


def test_cuts_raise_the_relaxation_and_the_bound() -> None:
    """A small queue: cuts lift the relaxation, its prices prove more than whole starts at the old ones."""
    with bench(plan_of(days=7)) as parts:
        prover, shape = parts.prover(), Shape(parts.problem)
        prover.prove(shape.price)
        before = shape.cost
        assert prover.prove_whole(shape, 0.0) > 0
        whole = prover.ticks
        assert shape.cost == before
        assert prover.prove_whole(shape, np.inf) > 0
        assert whole is not None
        assert prover.ticks is not None
        assert prover.ticks > whole
        assert shape.cost > before
        assert prover.ticks <= parts.first()[0].cost()


def test_the_bound_never_falls_and_costs_time() -> None:
    """Proving again with whole starts leaves the bound where it was or raises it, and says what it took."""
    with bench(plan_of()) as parts:
        prover = parts.prover()
        before = prover.prove(parts.random_price(1)).ticks
        assert prover.prove_whole(Shape(parts.problem), np.inf) > 0
        assert prover.ticks is not None
        assert prover.ticks >= before
