"""Agents without differences: how many of them work each shift on each day, solved in whole numbers.

Head counts of identical agents have no symmetry left, so their integer program is small and its bound is exact as
far as head counts go: above that of prices, for which heads can be split.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model

from wfm.roster.engine.alone import FEASIBLE, seconds, solver
from wfm.roster.engine.counts import bends

if TYPE_CHECKING:
    from wfm.roster.engine.problem import Problem


def all_identical(problem: Problem) -> bool:
    """Return whether no agent differs from another and everybody serves one and the same queue."""
    if problem.told.choosing:
        return False
    first = problem.lines[0].shape
    one_queue = {q for queues in problem.lines[0].queues for q in queues}
    return len(problem.lines) > 1 and len(one_queue) == 1 and all(line.shape == first for line in problem.lines)


def head_count_bound(problem: Problem, seed: int, limit: float) -> tuple[int | None, float]:
    """Return the bound in ticks, None where there was no time for one; and deterministic seconds, `limit` at most."""
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
        return None, spent
    counts = problem.counts
    constant = crowd * program.constant + int(counts.table[np.arange(len(counts.base)), counts.base].sum())
    return problem.round_up(run.best_objective_bound + constant), spent


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
