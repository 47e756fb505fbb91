"""The plainest proof there is: the floors take more shifts than the agents can work."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model

from wfm.roster.engine.alone import Oracle, solver
from wfm.roster.engine.doctor.case import compiled

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from wfm.roster.engine.doctor.case import Case
    from wfm.roster.engine.problem import Problem

LIMIT = 1.0
"""The solver's own deterministic time for one count."""


def shifts_short(case: Case, days: Collection[date] | None) -> tuple[int, int] | None:
    """Return how many shifts the floors take at least, and how many the agents can work for them at most.

    None when this does not prove that there are too few. With `days`, for the floors of these dates only.
    """
    problem = compiled(case, days)
    needed, available = _needed(problem), _available(problem)
    return (needed, available) if needed > available else None


def _needed(problem: Problem) -> int:
    """Return a lower bound on the number of shifts that meet the floors, whoever works them.

    Who chooses his queue by the interval counts on all of his.
    """
    counts = problem.counts
    model = cp_model.CpModel()
    takers: dict[int, list[tuple[cp_model.IntVar, int]]] = {int(row): [] for row in np.flatnonzero(counts.floor)}
    shifts = {}
    for option in np.unique(counts.option[: counts.entries]).tolist():
        shifts[option] = model.new_int_var(0, int(counts.floor.max()), "")
        for row, amount in counts.reached(option):
            if row in takers:
                takers[row].append((shifts[option], amount))
    for row, parts in takers.items():
        total = cp_model.LinearExpr.weighted_sum([v for v, _ in parts], [a for _, a in parts])
        model.add_linear_constraint(total, int(counts.floor[row] - counts.base[row]), cp_model.INT_MAX)
    model.minimize(cp_model.LinearExpr.sum(list(shifts.values())))
    run = solver(0, LIMIT)
    status = run.solve(model)
    return 0 if status == cp_model.INFEASIBLE else int(np.ceil(run.best_objective_bound - 1e-6))


def _available(problem: Problem) -> int:
    """Return an upper bound on the number of shifts with a part in the floors that the agents can work."""
    price = np.where(np.diff(problem.counts.start) > 0, -1, 0)[: problem.counts.servings.options]
    total = 0
    for shape, times in Counter(line.shape for line in problem.lines).items():
        agent = next(n for n, line in enumerate(problem.lines) if line.shape == shape)
        total -= times * Oracle(problem, agent).best(price, limit=LIMIT).bound
    return total
