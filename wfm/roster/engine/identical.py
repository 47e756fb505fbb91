"""Agents without differences: solve how many work each shift on each day exactly, then give the shifts names.

Head counts of identical agents have no symmetry left, so their integer program is small and its bound is exact as
far as head counts go. Names follow in two steps, days off first, then shifts. Where no names fit the head counts,
the ordinary search takes over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model

from wfm.roster.engine.alone import FEASIBLE, post_row, seconds, solver
from wfm.roster.engine.counts import bends
from wfm.roster.engine.state import State, choose

if TYPE_CHECKING:
    import numpy.typing as npt

    from wfm.roster.engine.problem import LineProgram, Problem
    from wfm.roster.engine.state import Chosen

    Ints = npt.NDArray[np.int64]

Variables = list[cp_model.IntVar | None]


@dataclass(frozen=True, slots=True)
class Named:
    """What came of it.

    Attributes
    ----------
    state
        A roster with exactly the best head counts; None when no names were found.
    ticks
        Proven lower bound; None when the head counts were not solved.
    seconds
        Deterministic seconds.
    """

    state: State | None
    ticks: int | None
    seconds: float


def all_identical(problem: Problem) -> bool:
    """Return whether no agent differs from another and everybody serves one and the same queue."""
    if problem.told.choosing:
        return False
    first = problem.lines[0].shape
    one_queue = {q for queues in problem.lines[0].queues for q in queues}
    return len(problem.lines) > 1 and len(one_queue) == 1 and all(line.shape == first for line in problem.lines)


def name_shape(problem: Problem, seed: int, budget: float) -> Named:
    """Return a roster with the best head counts, and their bound.

    `budget` is in deterministic seconds; a third of it is the most that each of the three steps takes.
    """
    limit = budget / 6
    shape, bound, spent = _head_counts(problem, seed, limit)
    if shape is None:
        return Named(None, bound, spent)
    days_off, work = _days_off(problem, shape, seed, limit)
    spent += work
    if days_off is None:
        return Named(None, bound, spent)
    state, work = _shifts(problem, shape, days_off, seed, limit)
    return Named(state, bound, spent + work)


def _head_counts(problem: Problem, seed: int, limit: float) -> tuple[Ints | None, int | None, float]:
    """Return how many agents start each template on each day, shape (days, templates), and the bound in ticks."""
    program, crowd = problem.lines[0], len(problem.lines)
    model = cp_model.CpModel()
    bounds = zip(program.low.tolist(), program.high.tolist(), strict=True)
    variables = [model.new_int_var(low * crowd, high * crowd, "") for low, high in bounds]
    for row in program.rows:
        low = cp_model.INT_MIN if row.low is None else row.low * crowd
        high = cp_model.INT_MAX if row.high is None else row.high * crowd
        total = cp_model.LinearExpr.weighted_sum([variables[v] for v, _ in row.terms], [c for _, c in row.terms])
        model.add_linear_constraint(total, low, high)
    cost = program.cost.astype(object)
    terms, weights = list(variables), [int(c) for c in cost]
    queue = program.queues[0][0]
    _charge_counts(problem, model, queue, variables, terms, weights)
    model.minimize(cp_model.LinearExpr.weighted_sum(terms, weights))
    run = solver(seed, limit)
    status = run.solve(model)
    spent = seconds(run.response_proto.deterministic_time)
    if status not in FEASIBLE:
        return None, None, spent
    constant = crowd * program.constant + int(
        problem.counts.table[np.arange(len(problem.counts.base)), problem.counts.base].sum()
    )
    bound = problem.round_up(run.best_objective_bound + constant)
    first = problem.days
    cells = [run.value(v) for v in variables[first : first + problem.days * problem.templates]]
    return np.array(cells, dtype=np.int64).reshape(problem.days, problem.templates), bound, spent


def _charge_counts(
    problem: Problem,
    model: cp_model.CpModel,
    queue: int,
    variables: list[cp_model.IntVar],
    terms: list[cp_model.IntVar],
    weights: list[int],
) -> None:
    counts = problem.counts
    by_row: dict[int, list[tuple[cp_model.IntVar, int]]] = {}
    for d in range(problem.days):
        for k in range(problem.templates):
            for row, amount in zip(*map(np.ndarray.tolist, counts.of(problem.option(queue, d, k))), strict=True):
                by_row.setdefault(row, []).append((variables[problem.cell(d, k)], amount))
    for row, parts in by_row.items():
        cost = counts.table[row, counts.base[row] :]
        slope, turns = bends(cost)
        terms += [v for v, _ in parts]
        weights += [a * slope for _, a in parts]
        for n, bend in turns:
            beyond = model.new_int_var(0, len(cost) - 1, "")
            total = cp_model.LinearExpr.weighted_sum([*(v for v, _ in parts), beyond], [*(a for _, a in parts), -1])
            model.add_linear_constraint(total, cp_model.INT_MIN, n)
            terms.append(beyond)
            weights.append(bend)


def _days_off(problem: Problem, shape: Ints, seed: int, limit: float) -> tuple[npt.NDArray[np.bool_] | None, float]:
    """Return who is off when, shape (agents, days), by the rows that know only days off."""
    program, crowd = problem.lines[0], len(problem.lines)
    cells = range(problem.days, problem.days * (1 + problem.templates))
    rows = [r for r in program.rows if not any(v in cells for v, _ in r.terms)]
    model = cp_model.CpModel()
    everyone = [_open(model, program, [v for v in range(len(program.low)) if v not in cells]) for _ in range(crowd)]
    for variables in everyone:
        for row in rows:
            post_row(model, row, variables)
    for d in range(problem.days):
        model.add(cp_model.LinearExpr.sum([v[d] for v in everyone]) == crowd - int(shape[d].sum()))
    run = solver(seed, limit)
    status = run.solve(model)
    spent = seconds(run.response_proto.deterministic_time)
    if status not in FEASIBLE:
        return None, spent
    off = [[run.value(v) == 1 for v in variables[: problem.days] if v is not None] for variables in everyone]
    return np.array(off), spent


def _shifts(
    problem: Problem, shape: Ints, days_off: npt.NDArray[np.bool_], seed: int, limit: float
) -> tuple[State | None, float]:
    """Return a roster with those days off and head counts."""
    program = problem.lines[0]
    model = cp_model.CpModel()
    everyone = []
    for off in days_off:
        closed = {problem.cell(d, k) for d in range(problem.days) if off[d] for k in range(problem.templates)}
        fixed = closed | set(range(problem.days))
        variables = _open(model, program, [v for v in range(len(program.low)) if v not in fixed])
        for row in program.rows:
            shift = sum(c for v, c in row.terms if v < problem.days and off[v])
            if any(variables[v] is not None for v, _ in row.terms):
                post_row(model, row, variables, shift)
        everyone.append(variables)
    for d in range(problem.days):
        for k in range(problem.templates):
            takers = [v for variables in everyone if (v := variables[problem.cell(d, k)]) is not None]
            model.add(cp_model.LinearExpr.sum(takers) == int(shape[d, k]))
    run = solver(seed, limit)
    status = run.solve(model)
    spent = seconds(run.response_proto.deterministic_time)
    if status not in FEASIBLE:
        return None, spent
    state = State(problem)
    for agent, (variables, off) in enumerate(zip(everyone, days_off, strict=True)):
        state.put(agent, _line(problem, run, variables, off))
    return state, spent


def _open(model: cp_model.CpModel, program: LineProgram, which: list[int]) -> Variables:
    variables: Variables = [None] * len(program.low)
    for v in which:
        variables[v] = model.new_int_var(int(program.low[v]), int(program.high[v]), "")
    return variables


def _line(problem: Problem, run: cp_model.CpSolver, variables: Variables, off: npt.NDArray[np.bool_]) -> Chosen:
    program = problem.lines[0]
    values = np.array([0 if v is None else run.value(v) for v in variables], dtype=np.int64)
    values[: problem.days] = off
    queue = program.queues[0][0]
    served = np.where(off, -1, queue).astype(np.int64)
    return choose(problem, program, values, served)
