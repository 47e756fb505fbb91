"""Lower bounds: valid at any prices, better after the search for prices, the same however agents are asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from engine_plans import Bench, bench, plan_of
from roster_brute import every_roster
from roster_house import MONDAY, agent, plan, requirement, settings

from benchmarks.cases.made import made
from wfm.domain.agents import Request
from wfm.domain.roster import TICKS
from wfm.roster import score, verify
from wfm.roster.book import RuleBook
from wfm.roster.engine.bound import Prover, Shape
from wfm.roster.engine.construct import as_state, insert_all
from wfm.roster.engine.problem import compile_problem
from wfm.roster.engine.ruin import Ruiner
from wfm.roster.engine.tighten import rounded, tightened
from wfm.roster.goals.cover import Cover
from wfm.roster.goals.fairness import Fairness
from wfm.roster.goals.requests import Requests
from wfm.roster.model import Row
from wfm.roster.rules.max_consecutive_days import MaxConsecutiveDays
from wfm.roster.rules.month_hours import MonthHours
from wfm.roster.rules.rest_between_shifts import RestBetweenShifts
from wfm.roster.solve import post

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.domain.plan import Plan
    from wfm.roster.base import Rule

STEP = 0.03
"""First step of a climb, as a share of the mean price."""


@pytest.fixture(scope="module")
def small() -> Iterator[Bench]:
    """Give the parts around the small plan."""
    with bench(plan_of()) as parts:
        yield parts


def tiny(rules: tuple[Rule, ...], need: list[int], seed: int) -> tuple[Plan, RuleBook]:
    """Return a plan of two agents and three days with few enough rosters to list them all."""
    first, last = MONDAY + timedelta(days=4), MONDAY + timedelta(days=6)
    house = settings(first, last, "EB", intervals={"minutes": 60}, goals={"under": 3, "over": 1, "fairness": 1})
    asked = np.random.default_rng(seed).choice(need, house.grid.size).tolist()
    wish = Request(agent_id="A1", date=first, kind="off", weight=20)
    made = plan(house, [agent(1), agent(2)], requirement=requirement(house, asked), requests=(wish,))
    return made, RuleBook(rules, (Cover(house), Requests(house), Fairness(house)))


def best_of_all(plan: Plan, book: RuleBook) -> int:
    """Return the least cost in ticks of all rosters that break no hard rule, by plain counting."""
    allowed = (
        roster
        for roster in every_roster(plan)
        if all(violation.severity == "soft" for violation in verify(roster, plan, book))
    )
    return min(round(sum(score(roster, plan, book).values()) * TICKS) for roster in allowed)


TINY = [
    pytest.param((RestBetweenShifts(),), [0, 1, 2], id="rest"),
    pytest.param((MaxConsecutiveDays(days=1, days_by_exception=1), RestBetweenShifts()), [0, 2, 3], id="runs"),
    pytest.param(
        (MaxConsecutiveDays(days=1, days_by_exception=1, hard=False, weight=4), RestBetweenShifts()),
        [1, 2],
        id="soft runs",
    ),
    pytest.param((MonthHours(hours=100, tolerance_hours=1, hard=False, weight=2),), [0, 1], id="soft hours"),
    pytest.param((), [0], id="nobody is needed"),
]


@pytest.mark.parametrize(("rules", "need"), TINY)
def test_bounds_stay_below_the_best_of_all_rosters(rules: tuple[Rule, ...], need: list[int]) -> None:
    """At any prices, after a climb and with whole starts no bound exceeds the best of every roster there is."""
    made, book = tiny(rules, need, seed=4)
    best = best_of_all(made, book)
    with bench(made, book) as parts:
        for seed in range(5):
            assert parts.prover().prove(parts.random_price(seed)).ticks <= best
        prover = parts.prover()
        first = prover.prove(Shape(parts.problem).price)
        assert first.ticks <= best
        prover.climb(60, STEP, lambda: True)
        assert prover.best is not None
        assert first.ticks <= prover.best.ticks <= best
        prover.prove_whole(Shape(parts.problem), np.inf)
        assert prover.ticks is not None
        assert prover.best.ticks <= prover.ticks <= best


def test_bounds_lie_between_the_relaxation_and_every_roster(small: Bench) -> None:
    """Relaxed cost <= bound <= objective; bounds at any other prices are below the roster as well."""
    prover = small.prover()
    price = Shape(small.problem).price
    bound = prover.prove(price)
    ruiner = Ruiner(small.pricer, bound, 1)
    insert_all(ruiner, small.oracles, 1)
    cost = as_state(ruiner).cost()
    assert Shape(small.problem).cost <= bound.ticks + small.problem.unit
    assert bound.ticks <= cost
    for seed in range(3):
        other = price + small.random_price(seed, -500, 500)
        assert small.prover().prove(other).ticks <= cost


def test_the_relaxation_is_not_above_the_best_roster() -> None:
    """Rows made stronger for the relaxation lose no roster: its cost stays below the best of all."""
    made, book = tiny((RestBetweenShifts(), MonthHours(hours=160)), [0, 1, 2], seed=1)
    assert Shape(compile_problem(post(made, book))).cost <= best_of_all(made, book) + 1e-6


def test_a_class_for_every_agent_forgets_nothing() -> None:
    """Told apart, agents who differ make the relaxation higher, and no higher than the best roster."""
    few, book = tiny((RestBetweenShifts(), MonthHours(hours=160)), [0, 1, 2], seed=1)
    problem = compile_problem(post(few, book))
    together, apart = Shape(problem), Shape(problem, apart=True)
    assert together.cost <= apart.cost + 1e-6
    assert apart.cost <= best_of_all(few, book) + 1e-6
    case = made("mixed-14-1")
    problem = compile_problem(post(case.plan, case.book))
    together, apart = Shape(problem), Shape(problem, apart=True)
    assert together.classes < apart.classes <= len(problem.lines)
    assert apart.cost > together.cost


@pytest.mark.parametrize(("low", "high"), [(None, 80), (70, None), (70, 80), (None, 29)])
@pytest.mark.parametrize("paid", [False, True])
def test_rounded_rows_hold_for_whole_shifts(low: int | None, high: int | None, paid: bool) -> None:
    """Shifts of 14, 15 and 16 half-hours on six days: whatever whole shifts a row allows, its stronger ones allow."""
    lengths, cells, over, under = (14, 15, 16), range(6, 24), 24, 25
    terms = {v: lengths[v % 3] for v in cells}
    terms |= {over: -1, under: 1} if paid else {}
    stronger = list(rounded(Row("hours", tuple(terms.items()), low, high), lengths, cells))
    assert stronger
    for numbers in product(range(7), repeat=3):
        if sum(numbers) > 6:
            continue
        hours = int(np.dot(numbers, lengths))
        more, less = max(0, hours - (high or hours)), max(0, (low or hours) - hours)
        for row in stronger if paid or more == less == 0 else ():
            coef = dict(row.terms)
            total = sum(n * coef.get(v, 0) for n, v in zip((*numbers, more, less), (6, 7, 8, over, under), strict=True))
            assert row.high is not None
            assert total <= row.high


def test_stronger_rows_lose_no_line() -> None:
    """Whatever keeps the rows of an agent in whole numbers keeps the stronger ones, and no fraction more."""
    case = made("mixed-14-1")
    with bench(case.plan, case.book) as parts:
        for n, program in enumerate(parts.problem.lines):
            rows = list(tightened(program, parts.problem.days, parts.problem.templates, {}, priced=True))
            for seed in range(3):
                options = parts.problem.counts.priced(parts.random_price(seed))
                line = parts.oracles[n].best(options).line
                assert line is not None
                for row in rows:
                    total = sum(c * int(line.values[v]) for v, c in row.terms)
                    assert row.low is None or total >= row.low
                    assert row.high is None or total <= row.high


def test_a_climb_makes_prices_better() -> None:
    """On a mixed centre a hundred steps raise the bound, and the prices that they end with prove it again."""
    case = made("mixed-14-1")
    with bench(case.plan, case.book) as parts:
        prover = parts.prover()
        first = prover.prove(Shape(parts.problem).price)
        work = prover.work
        prover.climb(100, STEP, lambda: True)
        assert prover.best is not None
        assert prover.best.ticks > first.ticks
        assert prover.work > work
        assert parts.prover().prove(prover.best.price).ticks == prover.best.ticks


def test_a_climb_stops_when_it_is_told(small: Bench) -> None:
    """The clock is asked after every step."""
    prover, asked = small.prover(), []
    prover.prove(Shape(small.problem).price)

    def clock() -> bool:
        asked.append(True)
        return len(asked) < 3

    prover.climb(50, STEP, clock)
    assert len(asked) == 3


def test_the_best_bound_is_kept(small: Bench) -> None:
    """Worse prices, and bounds known from elsewhere that are lower, change nothing; higher ones count."""
    prover = small.prover()
    assert prover.ticks is None
    price = Shape(small.problem).price
    bound = prover.prove(price)
    assert prover.prove(small.random_price(1)) is bound
    prover.know(bound.ticks - 1)
    assert prover.ticks == bound.ticks
    prover.know(bound.ticks + 1)
    prover.know(None)
    assert prover.ticks == bound.ticks + 1


def test_lines_that_are_not_solved_in_time_leave_a_bound_that_holds(small: Bench) -> None:
    """Hardly any time for the lines of agents whom no table follows: the bound is no higher, and is one."""
    price, found = small.random_price(4), {}
    for left in (1e-6, np.inf):
        prover = Prover(small.problem, small.pricer, small.oracles, 1, left)
        prover.blind = small.pricer.asked.tolist()
        found[left] = prover.prove(price).ticks
    assert prover.limit > 1
    assert 0 < found[1e-6] <= found[np.inf]


def test_equal_agents_are_asked_once() -> None:
    """The bound of identical agents is the one of agents who are asked one by one."""
    case = made("uniform-6-1")
    with bench(case.plan, case.book) as parts:
        price = Shape(parts.problem).price
        once = parts.prover().prove(price)
        assert parts.pricer.asked.tolist() == [0]
        alone = [oracle.best(parts.problem.counts.priced(price)).value for oracle in parts.oracles]
        assert once.least.tolist() == alone


def test_agents_who_differ_in_a_wish_are_asked_apart() -> None:
    """One wish more makes an agent another one."""
    case = made("uniform-6-1")
    wish = Request(agent_id=case.plan.agents[3].agent_id, date=case.plan.days[2], kind="off", weight=9)
    with bench(replace(case.plan, requests=(wish,)), case.book) as parts:
        assert parts.pricer.asked.tolist() == [0, 3]
        assert parts.pricer.first.tolist() == [0, 0, 0, 3, 0, 0]


def test_a_model_without_counts_has_a_bound() -> None:
    """Where nobody is needed anywhere the bound is what the lines cost."""
    made_plan, _ = tiny((), [0], seed=1)
    with bench(made_plan, RuleBook((), (Requests(made_plan.settings),))) as parts:
        assert len(parts.problem.counts.base) == 0
        assert parts.prover().prove(Shape(parts.problem).price).ticks == 0
