"""The whole roster as one plain CP-SAT model: what a careful user of OR-Tools would write, without any hint."""

from __future__ import annotations

import time
from dataclasses import dataclass
from math import gcd
from typing import TYPE_CHECKING, Any

from ortools.sat.python import cp_model

from wfm.domain.answer import Answer, OutOfTime, Solved, Stopped
from wfm.domain.roster import TICKS, Assignment, Roster, State
from wfm.roster.model import HARD, Tie
from wfm.roster.solve import post
from wfm.roster.verify import score

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.domain.plan import Plan
    from wfm.roster.book import RuleBook
    from wfm.roster.model import Count, Line, Model

WORKERS = 2
Option = tuple[int, int, int]
"""Day, template and queue."""


def solve(plan: Plan, book: RuleBook) -> Answer:
    """Return what CP-SAT reaches within the plan's wall limit, or its budget, building the model included."""
    start, settings = time.monotonic(), plan.settings.solve
    limit = settings.wall_limit_seconds or settings.budget_seconds
    whole = _Whole.of(post(plan, book))
    run = cp_model.CpSolver()
    run.parameters.num_workers = WORKERS
    run.parameters.random_seed = settings.seed
    run.parameters.max_time_in_seconds = max(0.1, limit - (time.monotonic() - start))
    status = run.solve(whole.program)
    seconds = round(time.monotonic() - start, 3)
    bound = run.best_objective_bound / TICKS
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return OutOfTime(bound, None)
    roster = whole.roster(run)
    shares = score(roster, plan, book)
    why: Stopped = "optimal" if status == cp_model.OPTIMAL else "budget"
    return Solved(roster, sum(shares.values()), bound, why, seconds, seconds, shares)


@dataclass(frozen=True)
class _Whole:
    """The program and its decisions."""

    model: Model
    program: Any
    starts: dict[str, dict[Option, Any]]
    """By agent, the variable of each option."""

    @classmethod
    def of(cls, model: Model) -> _Whole:
        """Return the program of a model: every line, and the counts between them."""
        program, costs, starts = cp_model.CpModel(), [], {}
        for agent_id, line in model.lines.items():
            variables = [program.new_int_var(0, high, "") for high in line.high]
            _post_rows(program, line, variables)
            costs += [cost * v for cost, v in zip(line.cost, variables, strict=True) if cost]
            starts[agent_id] = _options(program, model, line, variables)
        for count in model.counts:
            if isinstance(count, Tie) or count.agents is not None:
                raise NotImplementedError("the plain model does not tell agents apart")
            costs += _count_costs(program, model, count, starts)
        constant = sum(line.constant for line in model.lines.values())
        program.minimize(cp_model.LinearExpr.sum(costs) + constant)
        return cls(model, program, starts)

    def roster(self, run: Any) -> Roster:
        """Return the roster of the solution."""
        model, cells = self.model, []
        for agent_id, options in self.starts.items():
            cells += [model.plan.off(model.plan.by_id[agent_id], day) for day in model.days]
            for (day, template, queue), variable in options.items():
                if run.value(variable):
                    on = model.days[day]
                    shift = model.plan.shifts[model.codes[template], on]
                    cells.append(Assignment(agent_id, on, State.WORK, shift, model.queue_names[queue]))
        return Roster.of(cells, model.plan.previous)


def _post_rows(program: Any, line: Line, variables: list[Any]) -> None:
    for row in line.rows:
        total = cp_model.LinearExpr.weighted_sum([variables[v] for v, _ in row.terms], [c for _, c in row.terms])
        low = cp_model.INT_MIN if row.low is None else row.low
        high = cp_model.INT_MAX if row.high is None else row.high
        program.add_linear_constraint(total, low, high)


def _options(program: Any, model: Model, line: Line, variables: list[Any]) -> dict[Option, Any]:
    """Return a variable per shift and queue; with one queue it is the start of the shift itself."""
    found: dict[Option, Any] = {}
    days, templates = len(model.days), len(model.codes)
    for day, queues in enumerate(line.queues):
        for template in range(templates):
            start = variables[days + day * templates + template]
            chosen = [start] if len(queues) == 1 else [program.new_bool_var("") for _ in queues]
            if len(queues) > 1:
                program.add(cp_model.LinearExpr.sum(chosen) == start)
            found.update({(day, template, queue): v for queue, v in zip(queues, chosen, strict=True)})
    return found


def _count_costs(program: Any, model: Model, count: Count, starts: dict[str, dict[Option, Any]]) -> Iterator[Any]:
    """Yield the cost of missing and surplus agents; intervals with the same shifts share one count."""
    for (unit, *cells), intervals in _alike(model, count).items():
        there = [
            (options[day, template, queue], ticks // unit)
            for options in starts.values()
            for (day, template), ticks in cells
            for queue in count.queues
            if (day, template, queue) in options
        ]
        most = sum(ticks for _, ticks in there)
        present = program.new_int_var(0, most, "")
        program.add(cp_model.LinearExpr.weighted_sum([v for v, _ in there], [t for _, t in there]) == present)
        for at in intervals:
            need = int(count.required[at]) * (TICKS // 100)
            if count.under == HARD:
                program.add(present * unit >= need)
                continue
            step = gcd(unit, need)
            short, surplus = (program.new_int_var(0, reach // step, "") for reach in (need, most * unit))
            program.add(present * (unit // step) + short - surplus == need // step)
            yield short * (step * count.under) + surplus * (step * count.over)


def _alike(model: Model, count: Count) -> dict[tuple[Any, ...], list[int]]:
    """Return the intervals by what covers them: the unit in ticks, then cells of day and template with their ticks."""
    grid, covers = model.plan.grid, [dict[tuple[int, int], int]() for _ in range(model.plan.grid.size)]
    for day, date in enumerate(model.days):
        for template, code in enumerate(model.codes):
            for span in model.plan.shifts[code, date].on_queue():
                share = grid.share(*span)
                for n, part in enumerate(share.part, share.first):
                    covers[n][day, template] = covers[n].get((day, template), 0) + round(TICKS * float(part))
    found: dict[tuple[Any, ...], list[int]] = {}
    for at, cells in enumerate(covers):
        if count.under != HARD or count.required[at] > 0:
            found.setdefault((gcd(*cells.values()) or TICKS, *sorted(cells.items())), []).append(at)
    return found
