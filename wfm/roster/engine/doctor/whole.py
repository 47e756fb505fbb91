"""All agents at once, exactly: for few agents, or for a question without goals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model

from wfm.roster.engine.alone import FEASIBLE, post_row, seconds, solver
from wfm.roster.engine.counts import bends
from wfm.roster.engine.pieces import roster_of
from wfm.roster.model import NO_CEILING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wfm.domain.roster import Roster
    from wfm.roster.engine.problem import LineProgram, Problem

Taker = tuple[cp_model.IntVar, int, int]
"""What adds to a count: a variable, by how much for each unit, and its highest value."""
MOST_VARIABLES = 40_000
"""Larger problems are not tried."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What came of it: a roster, the proof that there is none, or neither in the time given.

    Attributes
    ----------
    seconds
        Deterministic seconds.
    """

    roster: Roster | None
    impossible: bool
    seconds: float


def variables(lines: Iterable[LineProgram]) -> int:
    """Return the number of variables of some agents."""
    return sum(len(line.low) for line in lines)


def fits(problem: Problem) -> bool:
    """Return whether a problem is small enough."""
    return variables(problem.lines) <= MOST_VARIABLES


def solve_whole(problem: Problem, limit: float, seed: int = 0) -> Whole:
    """Return a roster that keeps every hard rule and floor, at the least cost of the soft ones that the limit allows.

    `limit` is the solver's own deterministic time.
    """
    program = _Program(problem)
    run = solver(seed, limit)
    status = run.solve(program.model)
    spent = seconds(run.response_proto.deterministic_time)
    roster = roster_of(problem, program.starts(run)) if status in FEASIBLE else None
    return Whole(roster, status == cp_model.INFEASIBLE, spent)


class _Program:
    """The lines of all agents, their floors as rows, and everything soft as cost."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        self.terms: list[cp_model.IntVar] = []
        self.costs: list[int] = []
        self.served: list[dict[tuple[int, int, int], cp_model.IntVar]] = []
        for line in problem.lines:
            bounds = zip(line.low.tolist(), line.high.tolist(), strict=True)
            variables = [self.model.new_int_var_from_domain(_between(low, high), "") for low, high in bounds]
            for row in line.rows:
                post_row(self.model, row, list(variables))
            self.terms += variables
            self.costs += line.cost.tolist()
            self.served.append(self._serve(line.queues, variables))
        self._count()
        self.model.minimize(cp_model.LinearExpr.weighted_sum(self.terms, self.costs))

    def _serve(
        self, queues: tuple[tuple[int, ...], ...], variables: list[cp_model.IntVar]
    ) -> dict[tuple[int, int, int], cp_model.IntVar]:
        """Return the variable that starts a template on a day and serves a queue, by (day, template, queue)."""
        found = {}
        for d, mine in enumerate(queues):
            for k in range(self.problem.templates):
                cell = variables[self.problem.cell(d, k)]
                if len(mine) == 1:
                    found[d, k, mine[0]] = cell
                elif mine:
                    several = {(d, k, q): self.model.new_bool_var("") for q in mine}
                    self.model.add(cp_model.LinearExpr.sum(list(several.values())) == cell)
                    found |= several
        return found

    def _count(self) -> None:
        counts = self.problem.counts
        takers: dict[int, list[Taker]] = {row: [] for row in range(counts.servings.rows + len(counts.duties))}
        for served in self.served:
            for (d, k, q), var in served.items():
                for row, amount in zip(*map(np.ndarray.tolist, counts.of(self.problem.option(q, d, k))), strict=True):
                    takers[row].append((var, amount, 1))
        self._serve_by_interval(takers)
        for row, parts in takers.items():
            total = cp_model.LinearExpr.weighted_sum([v for v, *_ in parts], [a for _, a, _ in parts])
            base, ceiling = int(counts.base[row]), int(counts.ceiling[row])
            if counts.floor[row] > 0:
                self.model.add_linear_constraint(total, int(counts.floor[row]) - base, cp_model.INT_MAX)
            elif ceiling < NO_CEILING:
                self.model.add_linear_constraint(total, cp_model.INT_MIN, ceiling - base)
            else:
                self._charge(row, parts)

    def _serve_by_interval(self, takers: dict[int, list[Taker]]) -> None:
        """Let everybody on a duty serve one of its queues."""
        counts, s = self.problem.counts, self.problem.counts.servings
        for duty, row in enumerate(counts.duties.tolist()):
            on_duty, chosen = takers.pop(row), []
            for serving in range(*s.first[duty : duty + 2].tolist()):
                chosen.append(self.model.new_int_var(0, len(on_duty), ""))
                for r, amount in zip(*map(np.ndarray.tolist, counts.of(s.options + serving)), strict=True):
                    takers[r].append((chosen[-1], amount, len(on_duty)))
            self.model.add(cp_model.LinearExpr.sum(chosen) == cp_model.LinearExpr.sum([v for v, *_ in on_duty]))

    def _charge(self, row: int, parts: list[Taker]) -> None:
        counts = self.problem.counts
        below = sum(min(0, amount) * most for _, amount, most in parts)
        reach, least = sum(abs(amount) * most for _, amount, most in parts), int(counts.base[row]) + below
        cost = counts.table[row, least : least + reach + 1]
        if len(cost) < 2:
            return
        slope, turns = bends(cost)
        self.terms += [v for v, *_ in parts]
        self.costs += [amount * slope for _, amount, _ in parts]
        for n, bend in turns:
            beyond = self.model.new_int_var(0, reach, "")
            total = cp_model.LinearExpr.weighted_sum([*(v for v, *_ in parts), beyond], [*(a for _, a, _ in parts), -1])
            self.model.add_linear_constraint(total, cp_model.INT_MIN, n + below)
            self.terms.append(beyond)
            self.costs.append(bend)

    def starts(self, run: cp_model.CpSolver) -> list[list[tuple[int, int] | None]]:
        """Return per agent and day the template and the queue that are started; None on a day off."""
        found: list[list[tuple[int, int] | None]] = []
        for served in self.served:
            days: list[tuple[int, int] | None] = [None] * self.problem.days
            for (d, k, q), var in served.items():
                if run.value(var):
                    days[d] = k, q
            found.append(days)
        return found


def _between(low: int, high: int) -> cp_model.Domain:
    """Return the whole numbers from `low` to `high`, none when they are crossed."""
    return cp_model.Domain(low, high) if low <= high else cp_model.Domain.from_values([])
