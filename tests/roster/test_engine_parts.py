"""The parts of the engine against each other: dynamic program, CP-SAT, bound, windows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from ortools.sat.python import cp_model

from wfm.domain.agents import Absence, Agent, Request
from wfm.domain.calendar import Calendar, Day, DayClass
from wfm.domain.clock import dates
from wfm.domain.plan import Plan
from wfm.domain.roster import TICKS
from wfm.domain.settings import Settings
from wfm.roster import build_book, score, solve, verify
from wfm.roster.engine.alone import Oracle, post_row
from wfm.roster.engine.bound import lagrange, prove, relaxed_cost, shape_prices
from wfm.roster.engine.complete import Completer
from wfm.roster.engine.construct import insert_all
from wfm.roster.engine.improve import Improver
from wfm.roster.engine.lines import FAR, Lines, read_grammar
from wfm.roster.engine.problem import Problem, compile_problem
from wfm.roster.engine.ruin import Ruiner
from wfm.roster.engine.search import to_roster
from wfm.roster.solve import post

FIRST = date(2026, 5, 1)


def settings(days: int = 14, **solve_fields: object) -> Settings:
    """Return settings of two queues, four shifts and the iuni book over the first days of May 2026."""
    meal = [{"after_minutes": 240, "minutes": 60}]
    return Settings.model_validate(
        {
            "centre": {"name": "Test"},
            "period": {"first": FIRST, "last": FIRST + timedelta(days=days - 1)},
            "intervals": {"minutes": 60},
            "queues": {q: {"target": {"service_level": 0.8}} for q in ("a", "b")},
            "contracts": {"full": {}},
            "shifts": [
                {"code": "E", "start": "07:00", "end": "15:00", "unpaid_breaks": meal},
                {"code": "D", "start": "09:00", "end": "18:00", "unpaid_breaks": meal},
                {"code": "S", "start": "13:30", "end": "22:00", "unpaid_breaks": meal},
                {"code": "N", "start": "22:00", "end": "07:00+1", "unpaid_breaks": meal},
            ],
            "rules": {"preset": "iuni"},
            "solve": {"budget": "4s", **solve_fields},
        }
    )


def plan_of(agents: int = 8, *, uniform: bool = False, days: int = 14, **solve_fields: object) -> Plan:
    """Return a small plan with leave and wishes, or one whose agents do not differ."""
    known = settings(days, **solve_fields)
    rng = np.random.default_rng(3)
    skills = [("a",), ("a", "b"), ("b",)]
    people = tuple(
        Agent(
            agent_id=f"A{i}",
            contract="full",
            skills=("a",) if uniform else skills[i % 3],
            no_night=not uniform and i % 4 == 0,
        )
        for i in range(agents)
    )
    frames = [
        pd.DataFrame({"queue": q, "interval_start": known.grid.starts, "required_rostered": need})
        for q, need in (("a", np.round(rng.uniform(0.2, 2.2, known.grid.size), 2)), ("b", np.ones(known.grid.size)))
    ]
    span = dates(FIRST - timedelta(days=31), FIRST + timedelta(days=days + 31))
    statutory = {FIRST, FIRST + timedelta(days=1)}
    calendar = Calendar({d: Day(d, DayClass.STATUTORY if d in statutory else DayClass.WORKDAY) for d in span})
    plain = Plan(known, people, calendar, pd.concat(frames).set_index(["queue", "interval_start"]))
    if uniform:
        return plain
    leave = Absence(agent_id="A1", first_date=FIRST + timedelta(days=4), last_date=FIRST + timedelta(days=6))
    wish = Request(agent_id="A2", date=FIRST + timedelta(days=5), kind="off", weight=5)
    return replace(plain, absences=(leave,), requests=(wish,))


@pytest.fixture(scope="module")
def problem() -> Problem:
    """Return the small plan as arrays."""
    plan = plan_of()
    return compile_problem(post(plan, build_book(plan.settings)))


def cheapest_by_cp_sat(problem: Problem, agent: int, work: np.ndarray, off: np.ndarray) -> float:
    """Return the cost of the best line at given cell prices, all rows posted, helpers free of charge."""
    program, model = problem.lines[agent], cp_model.CpModel()
    bounds = zip(program.low.tolist(), program.high.tolist(), strict=True)
    variables = [model.new_int_var(low, high, "") for low, high in bounds]
    for row in program.rows:
        post_row(model, row, list(variables))
    prices = [*off.tolist(), *work.ravel().tolist()]
    model.minimize(cp_model.LinearExpr.weighted_sum(variables[: len(prices)], prices))
    run = cp_model.CpSolver()
    assert run.solve(model) == cp_model.OPTIMAL
    return run.objective_value


def test_dynamic_program_finds_the_lines_that_cp_sat_finds(problem: Problem) -> None:
    """At random prices the dynamic program's cost is CP-SAT's cost, and its lines keep every row."""
    rng = np.random.default_rng(5)
    who = np.arange(len(problem.lines))
    table = Lines(read_grammar(problem))
    for _ in range(3):
        work = rng.integers(-3000, 1000, (len(who), problem.days, problem.templates))
        off = rng.integers(-500, 500, (len(who), problem.days))
        lines, costs = table.best(who, work, off)
        for agent in who:
            assert costs[agent] == cheapest_by_cp_sat(problem, int(agent), work[agent], off[agent])
            queue = problem.lines[agent].queues[0][0]
            served = np.full(problem.days, queue)
            assert Completer(problem, problem.lines[agent]).complete(lines[agent], served) is not None


def test_a_line_that_breaks_a_row_is_not_completed(problem: Problem) -> None:
    """Working every day breaks the run limit, so there is no such line."""
    every_day = np.zeros(problem.days, dtype=np.int64)
    assert Completer(problem, problem.lines[2]).complete(every_day, np.ones(problem.days, dtype=np.int64)) is None


def test_dynamic_program_says_when_there_is_no_line(problem: Problem) -> None:
    """An agent who can neither work nor be off on a day has no line."""
    grammar = read_grammar(problem)
    grammar.closed[0, 3, :] = FAR
    grammar.off_cost[0, 3] = FAR
    shape = (1, problem.days, problem.templates)
    _, costs = Lines(grammar).best(np.array([0]), np.zeros(shape, dtype=np.int64), np.zeros(shape[:2], dtype=np.int64))
    assert costs[0] >= FAR


def test_bound_is_below_every_roster_and_above_the_relaxation(problem: Problem) -> None:
    """Relaxed cost <= bound <= objective, at the head-count prices and at any others."""
    oracles = [Oracle(problem, agent) for agent in range(len(problem.lines))]
    with ThreadPoolExecutor(2) as pool:
        bound = prove(problem, oracles, 1, pool)
    state, _ = insert_all(problem, oracles, bound.price, 1)
    assert relaxed_cost(problem) <= bound.ticks + problem.unit
    assert bound.ticks <= state.cost()
    random = shape_prices(problem) + np.random.default_rng(2).integers(-500, 500, len(bound.price))
    answers = [oracle.best(problem.counts.priced(random), 1) for oracle in oracles]
    assert lagrange(problem, random, answers) <= state.cost()


def test_an_agent_with_a_line_gets_one_at_any_limit(problem: Problem) -> None:
    """A limit too short for the solver to find a line still ends with a line and a bound below it."""
    free = np.zeros(problem.queues * problem.days * problem.templates, dtype=np.int64)
    answer = Oracle(problem, 1).best(free, limit=0.0)
    assert answer.line is not None
    assert answer.bound <= answer.value


def test_windows_and_ruins_never_make_a_roster_worse(problem: Problem) -> None:
    """Every round ends at or below the cost before it, and the counts agree with the lines."""
    oracles = [Oracle(problem, agent) for agent in range(len(problem.lines))]
    state, _ = insert_all(problem, oracles, shape_prices(problem), 1)
    first = state.cost()
    ruiner = Ruiner(state, 1)
    for step in range(10):
        ruiner.step(1 - step / 10)
    ruiner.settle()
    assert state.cost() == ruiner.best_cost <= first
    improver = Improver(state, 1)
    with ThreadPoolExecutor(2) as pool:
        for _ in range(4):
            before = improver.best
            improver.step(pool)
            assert improver.best <= before
    counted = problem.counts.base + sum(line.added for line in state.lines if line is not None)
    assert (counted == state.count).all()
    plan = problem.model.plan
    roster = to_roster(state)
    book = build_book(plan.settings)
    assert not [v for v in verify(roster, plan, book) if v.severity == "hard"]
    assert round(sum(score(roster, plan, book).values()) * TICKS) == state.cost()


def test_same_seed_gives_the_same_roster() -> None:
    """Two searches with the same budget in deterministic seconds end with the same roster."""
    found = []
    for _ in range(2):
        plan = plan_of(seed=4, target_gap=0.0)
        answer = solve(plan, build_book(plan.settings))
        found.append({k: (c.shift and c.shift.code, c.queue) for k, c in answer.roster.assignments.items()})  # type: ignore[union-attr]
    assert found[0] == found[1]


def test_identical_agents_reach_the_head_count_bound() -> None:
    """Agents without differences get names for the best head counts; the bound is proven and the audit silent."""
    plan = plan_of(agents=10, uniform=True)
    book = build_book(plan.settings)
    answer = solve(plan, book)
    assert "name" in {point.phase for point in answer.trace}  # type: ignore[union-attr]
    assert answer.bound <= answer.objective  # type: ignore[union-attr,operator]
    assert not [v for v in verify(answer.roster, plan, book) if v.severity == "hard"]  # type: ignore[union-attr]
