"""Every roster there is, and what the solver makes of it: two sides that must agree."""

from __future__ import annotations

from functools import cached_property
from math import prod
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
from ortools.sat.python import cp_model

from wfm.domain.roster import Assignment, Roster, State
from wfm.roster.book import RuleBook
from wfm.roster.engine.problem import compile_problem
from wfm.roster.solve import post

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wfm.domain.plan import Plan
    from wfm.roster.base import Goal, Rule
    from wfm.roster.engine.problem import LineProgram

Cells = tuple[int, ...]
"""Per day the template that is started, -1 on a day off."""


def every_roster(plan: Plan, most: int = 10**9) -> Iterator[Roster]:
    """Yield every roster of a plan: each agent on each day off, or on any shift and any queue.

    Where there are more than `most`, so many of them, drawn evenly.
    """
    codes = [(code, queue) for code in plan.templates for queue in plan.settings.queues]
    choices = [
        [
            plan.off(agent, day),
            *(Assignment(agent.agent_id, day, State.WORK, plan.shifts[c, day], q) for c, q in codes),
        ]
        for agent in plan.agents
        for day in plan.days
    ]
    keys = [(agent.agent_id, day) for agent in plan.agents for day in plan.days]
    tail = Roster.of((), plan.previous).tail
    number = prod(map(len, choices))
    drawn = range(number) if number <= most else sorted(Random(number).sample(range(number), most))
    for at in drawn:
        cells = []
        for options in reversed(choices):
            at, chosen = divmod(at, len(options))
            cells.append(options[chosen])
        yield Roster(dict(zip(keys, reversed(cells), strict=True)), tail)


def picture(roster: Roster, plan: Plan) -> str:
    """Return a roster as text, one agent a line."""
    lines = [
        " ".join(c.shift.code if c is not None and c.shift else "-" for c in roster.line(a.agent_id, *_ends(plan)))
        for a in plan.agents
    ]
    return " / ".join(lines)


def _ends(plan: Plan) -> tuple[Any, Any]:
    return plan.days[0], plan.days[-1]


class Judge:
    """What the solver's program makes of a roster.

    Parameters
    ----------
    plan
        The plan.
    rules, goals
        What is posted.
    """

    def __init__(self, plan: Plan, rules: Sequence[Rule] = (), goals: Sequence[Goal] = ()) -> None:
        self.plan = plan
        self.problem = compile_problem(post(plan, RuleBook(tuple(rules), tuple(goals))))

    @cached_property
    def lines(self) -> list[set[Cells]]:
        """Per agent, every line that the program admits."""
        return [self._every_line(program) for program in self.problem.lines]

    def admits(self, roster: Roster) -> bool:
        """Return whether a roster is among all that the programs admit."""
        chosen = [self._cells(roster, n) for n in range(len(self.plan.agents))]
        if not all(cells in lines for cells, lines in zip(chosen, self.lines, strict=True)):
            return False
        return self._queues_fit(roster) and not self._together(roster)

    def cost(self, roster: Roster) -> int | None:
        """Return the least cost of a roster in ticks; None when it is refused."""
        if not self._queues_fit(roster) or self._together(roster):
            return None
        total = self.problem.counts.cost(self._count(roster))
        for n, program in enumerate(self.problem.lines):
            found = self._least(program, self._cells(roster, n))
            if found is None:
                return None
            total += found
        return total

    def some_line(self, agent: int, prices: Sequence[int]) -> Cells | None:
        """Return the admitted line that is best at some price per cell; None when there is none."""
        program = self.problem.lines[agent]
        model, variables = _model(program, {})
        if model is None:
            return None
        size = self.problem.days * (1 + self.problem.templates)
        model.minimize(cp_model.LinearExpr.weighted_sum(variables[:size], list(prices)[:size]))
        run = _solver()
        if run.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        return self._read([run.value(v) for v in variables[:size]])

    def _cells(self, roster: Roster, agent: int) -> Cells:
        codes = list(self.plan.templates)
        line = roster.line(self.plan.agents[agent].agent_id, *_ends(self.plan))
        return tuple(codes.index(c.shift.code) if c is not None and c.shift is not None else -1 for c in line)

    def _read(self, values: Sequence[int]) -> Cells:
        days, templates = self.problem.days, self.problem.templates
        starts = np.array(values[days : days * (1 + templates)]).reshape(days, templates)
        return tuple(int(row.argmax()) if row.any() else -1 for row in starts)

    def _fixed(self, cells: Cells) -> dict[int, int]:
        days, templates = self.problem.days, self.problem.templates
        fixed = {d: int(k < 0) for d, k in enumerate(cells)}
        return fixed | {days + d * templates + k: int(k == c) for d, c in enumerate(cells) for k in range(templates)}

    def _least(self, program: LineProgram, cells: Cells) -> int | None:
        model, variables = _model(program, self._fixed(cells))
        if model is None:
            return None
        model.minimize(cp_model.LinearExpr.weighted_sum(variables, program.cost.tolist()))
        run = _solver()
        status = run.solve(model)
        assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
        return round(run.objective_value) + program.constant if status == cp_model.OPTIMAL else None

    def _every_line(self, program: LineProgram) -> set[Cells]:
        model, variables = _model(program, {})
        if model is None:
            return set()
        size = self.problem.days * (1 + self.problem.templates)
        collect = _Collect(variables[:size])
        run = _solver()
        run.parameters.enumerate_all_solutions = True
        assert run.solve(model, collect) in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
        return {self._read(values) for values in collect.found}

    def _queues_fit(self, roster: Roster) -> bool:
        return all(self._place(c) is not None for c in roster if c.works)

    def _place(self, worked: Assignment) -> int | None:
        """Return where an agent serves the queue of a shift; None when he may not."""
        program = next(p for p in self.problem.lines if p.agent_id == worked.agent_id)
        allowed = program.queues[(worked.date - self.plan.days[0]).days]
        return next((q for q in allowed if self.problem.queue_name(q) == worked.queue), None)

    def _together(self, roster: Roster) -> int:
        """Return by how much hard floors are missed and hard ceilings passed."""
        counts, count = self.problem.counts, self._count(roster)
        return int(np.maximum(counts.floor - count, 0).sum() + np.maximum(count - counts.ceiling, 0).sum())

    def _count(self, roster: Roster) -> Any:
        codes = list(self.plan.templates)
        count = self.problem.counts.base.copy()
        for c in roster:
            if c.shift is not None and c.queue is not None:
                day = (c.date - self.plan.days[0]).days
                place = self._place(c)
                assert place is not None
                rows, amounts = self.problem.counts.of(self.problem.option(place, day, codes.index(c.shift.code)))
                count[rows] += amounts
        return count


def _solver() -> cp_model.CpSolver:
    made = cp_model.CpSolver()
    made.parameters.num_workers = 1
    return made


def _model(program: LineProgram, fixed: dict[int, int]) -> tuple[Any, list[Any]]:
    """Return the agent's program with some variables fixed; no model when a bound already forbids it."""
    low, high = program.low.tolist(), program.high.tolist()
    if any(not low[v] <= value <= high[v] for v, value in fixed.items()) or not program.possible:
        return None, []
    model = cp_model.CpModel()
    variables = [
        model.new_int_var(fixed.get(v, lo), fixed.get(v, hi), "")
        for v, (lo, hi) in enumerate(zip(low, high, strict=True))
    ]
    for row in program.rows:
        total = cp_model.LinearExpr.weighted_sum([variables[v] for v, _ in row.terms], [c for _, c in row.terms])
        if row.low is not None:
            model.add(total >= row.low)
        if row.high is not None:
            model.add(total <= row.high)
    return model, variables


class _Collect(cp_model.CpSolverSolutionCallback):
    def __init__(self, variables: list[Any]) -> None:
        super().__init__()
        self.variables = variables
        self.found: set[Cells] = set()

    def on_solution_callback(self) -> None:
        """Keep the cells of a solution."""
        self.found.add(tuple(self.value(v) for v in self.variables))
