"""A part of the roster set free and solved exactly by CP-SAT while the rest stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model

from wfm.roster.engine.alone import FEASIBLE, post_row, seconds, solver
from wfm.roster.engine.counts import bends
from wfm.roster.engine.state import choose

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wfm.roster.engine.problem import LineProgram
    from wfm.roster.engine.state import Chosen, State


BUILDING = 2.5e-5
"""Deterministic seconds charged for building and presolving each variable and row of a neighbourhood."""


@dataclass(frozen=True, slots=True)
class Improved:
    """What became of a neighbourhood: new lines, whether they are proven best, and the work it took."""

    lines: Mapping[int, Chosen]
    optimal: bool
    work: float


class Neighbourhood:
    """The cells of some agents on some days as variables; everything else as constants.

    Parameters
    ----------
    state
        The roster; it must not change before `solve`.
    free
        Day indices that are open, by agent index.
    """

    def __init__(self, state: State, free: Mapping[int, Sequence[int]]) -> None:
        self.problem, self.state, self.free = state.problem, state, free
        self.model = cp_model.CpModel()
        self._terms: list[cp_model.IntVar] = []
        self._costs: list[int] = []
        self._variables: dict[int, list[cp_model.IntVar | None]] = {}
        self._serving: dict[tuple[int, int, int], list[tuple[int, cp_model.IntVar]]] = {}
        self._takers: dict[int, list[cp_model.IntVar]] = {}
        self._taken: dict[int, int] = {}
        for agent, days in free.items():
            self._open_line(agent, days)
            self._open_queues(agent, days)
        self._charge_counts()
        self.model.minimize(cp_model.LinearExpr.weighted_sum(self._terms, self._costs))

    def solve(self, seed: int, work: float) -> Improved:
        """Return the best lines found; the present ones when nothing better was."""
        run = solver(seed, work)
        status = run.solve(self.model)
        size = len(self.model.proto.variables) + len(self.model.proto.constraints)
        spent = BUILDING * size + seconds(run.response_proto.deterministic_time)
        if status not in FEASIBLE:
            return Improved({}, False, spent)
        lines = {agent: self._read(run, agent) for agent in self.free}
        return Improved(lines, status == cp_model.OPTIMAL, spent)

    def _new(self, low: int, high: int, hint: int, cost: int) -> cp_model.IntVar:
        var = self.model.new_int_var(low, high, "")
        self.model.add_hint(var, hint)
        if cost:
            self._terms.append(var)
            self._costs.append(cost)
        return var

    def _line(self, agent: int) -> tuple[LineProgram, Chosen]:
        line = self.state.lines[agent]
        assert line is not None
        return self.problem.lines[agent], line

    def _open_line(self, agent: int, days: Sequence[int]) -> None:
        program, line = self._line(agent)
        values, costs = line.values.tolist(), program.cost.tolist()
        rows, opened = self._closure(program, values, days)
        variables: list[cp_model.IntVar | None] = [None] * len(values)
        for v in opened:
            variables[v] = self._new(int(program.low[v]), int(program.high[v]), values[v], costs[v])
        for at in rows:
            row = program.rows[at]
            post_row(self.model, row, variables, sum(c * values[v] for v, c in row.terms if variables[v] is None))
        self._variables[agent] = variables

    def _closure(self, program: LineProgram, values: list[int], days: Sequence[int]) -> tuple[list[int], list[int]]:
        """Return the rows that the free days touch, and the variables in them that can change.

        A helper variable is opened with the cells that it depends on, unless cells that stand already settle it.
        """
        cells, templates = self.problem.days * (1 + self.problem.templates), self.problem.templates
        free = [v for d in days for v in (d, *range(self.problem.cell(d, 0), self.problem.cell(d, 0) + templates))]
        opened = {v for v in free if program.low[v] < program.high[v]}
        settled: set[int] = set()
        rows: set[int] = set()
        queue = list(opened)
        while queue:
            for at in program.rows_of[queue.pop()]:
                if at in rows:
                    continue
                rows.add(at)
                for v, _ in program.rows[at].terms:
                    if v >= cells and v not in opened and v not in settled:
                        if _settled_at_zero(program, v, values, cells, opened):
                            settled.add(v)
                        else:
                            opened.add(v)
                            queue.append(v)
        return sorted(rows), sorted(opened)

    def _open_queues(self, agent: int, days: Sequence[int]) -> None:
        program, line = self._line(agent)
        variables = self._variables[agent]
        for d in days:
            for k in range(self.problem.templates):
                cell = variables[self.problem.cell(d, k)]
                now = int(line.queues[d]) if line.values[self.problem.cell(d, k)] else -1
                if now >= 0 and cell is not None:
                    self._take(self.problem.option(now, d, k))
                if cell is not None and program.queues[d]:
                    self._serving[agent, d, k] = self._serve(program.queues[d], cell, d, k, now)

    def _serve(
        self, queues: Sequence[int], cell: cp_model.IntVar, d: int, k: int, now: int
    ) -> list[tuple[int, cp_model.IntVar]]:
        if len(queues) == 1:
            self._give(self.problem.option(queues[0], d, k), cell)
            return [(queues[0], cell)]
        served = [(q, self._new(0, 1, int(q == now), 0)) for q in queues]
        self.model.add(cp_model.LinearExpr.sum([v for _, v in served]) == cell)
        for q, var in served:
            self._give(self.problem.option(q, d, k), var)
        return served

    def _give(self, option: int, var: cp_model.IntVar) -> None:
        self._takers.setdefault(option, []).append(var)

    def _take(self, option: int) -> None:
        self._taken[option] = self._taken.get(option, 0) + 1

    def _charge_counts(self) -> None:
        """Charge every touched count: a slope on the options, and a bend wherever the cost turns."""
        counts = self.problem.counts
        heads = {option: self._head_count(option) for option in sorted(self._takers)}
        most = {option: len(takers) for option, takers in self._takers.items()}
        self._open_servings(heads, most)
        added: dict[int, list[tuple[int, int]]] = {}
        present: dict[int, int] = {}
        for option in heads:
            for row, amount in zip(*map(np.ndarray.tolist, counts.of(option)), strict=True):
                if row < counts.servings.rows:
                    added.setdefault(row, []).append((option, amount))
                    present[row] = present.get(row, 0) + amount * self._taken.get(option, 0)
        slopes = dict.fromkeys(heads, 0)
        for row, options in added.items():
            self._charge_row(row, [(o, amount, most[o]) for o, amount in options], present[row], heads, slopes)
        for option, slope in slopes.items():
            self._terms.append(heads[option])
            self._costs.append(slope)

    def _open_servings(self, heads: dict[int, cp_model.IntVar], most: dict[int, int]) -> None:
        """Let all agents on duty in every touched slot choose their queue, those whose lines stand too."""
        counts, s = self.problem.counts, self.problem.counts.servings
        free: dict[int, list[int]] = {}
        for option in heads:
            for row in counts.of(option)[0].tolist():
                if row >= s.rows:
                    free.setdefault(row - s.rows, []).append(option)
        for duty in sorted({d for touched in free for d in range(*s.shift[touched].tolist())}):
            options = free.get(duty, [])
            standing = int(self.state.count[s.rows + duty]) - sum(self._taken.get(o, 0) for o in options)
            reach = standing + sum(most[o] for o in options)
            servings = range(*s.first[duty : duty + 2].tolist()) if reach else ()
            for j in servings:
                now = int(self.state.count[s.rows + len(s.slot) + j])
                option = s.options + j
                heads[option], most[option], self._taken[option] = self._new(0, reach, now, 0), reach, now
            on_duty = cp_model.LinearExpr.sum([heads[o] for o in options]) + standing
            self.model.add(cp_model.LinearExpr.sum([heads[s.options + j] for j in servings]) == on_duty)

    def _head_count(self, option: int) -> cp_model.IntVar:
        """Return how many free agents take an option; one variable keeps the count rows short."""
        takers = self._takers[option]
        if len(takers) == 1:
            return takers[0]
        head = self._new(0, len(takers), self._taken.get(option, 0), 0)
        self.model.add(cp_model.LinearExpr.sum(takers) == head)
        return head

    def _charge_row(
        self,
        row: int,
        options: list[tuple[int, int, int]],
        present: int,
        heads: Mapping[int, cp_model.IntVar],
        slopes: dict[int, int],
    ) -> None:
        """Charge one count.

        Parameters
        ----------
        options
            What adds to it: option, amount, and the most that take it.
        present
            What they add now.
        """
        below = sum(min(0, amount) * most for _, amount, most in options)
        reach = sum(abs(amount) * most for _, amount, most in options)
        least = int(self.state.count[row]) - present + below
        cost = self.problem.counts.table[row, least : least + reach + 1]
        slope, turns = bends(cost)
        for option, amount, _ in options:
            slopes[option] += amount * slope
        variables, amounts = [heads[option] for option, *_ in options], [amount for _, amount, _ in options]
        for n, bend in turns:
            beyond = self._new(0, reach - n, max(0, present - below - n), bend)
            total = cp_model.LinearExpr.weighted_sum([*variables, beyond], [*amounts, -1])
            self.model.add_linear_constraint(total, cp_model.INT_MIN, n + below)

    def _read(self, run: cp_model.CpSolver, agent: int) -> Chosen:
        program, line = self._line(agent)
        values, queues = line.values.copy(), line.queues.copy()
        for v, var in enumerate(self._variables[agent]):
            if var is not None:
                values[v] = run.value(var)
        for d in self.free[agent]:
            queues[d] = -1 if values[d] else queues[d]
            for k in range(self.problem.templates):
                for queue, var in self._serving.get((agent, d, k), ()):
                    if run.value(var):
                        queues[d] = queue
        return choose(self.problem, program, values, queues)


def _settled_at_zero(program: LineProgram, helper: int, values: list[int], cells: int, opened: set[int]) -> bool:
    """Return whether a row whose other variables are cells that stand forces a helper to 0, where it already is."""
    if values[helper]:
        return False
    for at in program.rows_of[helper]:
        row = program.rows[at]
        others = [(v, c) for v, c in row.terms if v != helper]
        if row.low is None or any(v >= cells or v in opened for v, _ in others):
            continue
        coef = next(c for v, c in row.terms if v == helper)
        if coef < 0 and row.low - sum(c * values[v] for v, c in others) >= 0:
            return True
    return False
