"""One agent alone: the best line at given prices, exactly, by the rules as they are posted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from ortools.sat.python import cp_model

from wfm.roster.engine.state import Chosen, choose

if TYPE_CHECKING:
    import numpy.typing as npt

    from wfm.roster.engine.problem import LineProgram, Problem
    from wfm.roster.model import Row

    Ints = npt.NDArray[np.int64]

UNLIMITED = 1e9
"""No limit on the solver's deterministic time."""
FEASIBLE = (cp_model.OPTIMAL, cp_model.FEASIBLE)


@dataclass(frozen=True, slots=True)
class Priced:
    """The answer to one question of the best line.

    Attributes
    ----------
    line
        The best line found; None when there is none at all.
    value
        Its cost plus its prices, in ticks.
    bound
        No line is cheaper than this.
    work
        Deterministic seconds spent (see `seconds`).
    """

    line: Chosen | None
    value: int
    bound: int
    work: float


def seconds(work: float, models: int = 1) -> float:
    """Return deterministic seconds: about the wall seconds that solving small models takes on an idle core.

    Parameters
    ----------
    work
        The solver's own deterministic time.
    models
        Number of models built and presolved.
    """
    return 2.0 * work + 0.02 * models


def solver(seed: int, work: float) -> cp_model.CpSolver:
    """Return a solver with the settings that were measured to be best on small models; one thread, reproducible."""
    made = cp_model.CpSolver()
    made.parameters.num_workers = 1
    made.parameters.linearization_level = 2
    made.parameters.cp_model_probing_level = 0
    made.parameters.random_seed = seed
    made.parameters.max_deterministic_time = work
    made.parameters.catch_sigint_signal = False
    return made


def post_row(model: cp_model.CpModel, row: Row, variables: list[cp_model.IntVar | None], shift: int = 0) -> None:
    """Post a row over the variables that are not None; the others add up to `shift`."""
    terms = [(variables[v], c) for v, c in row.terms if variables[v] is not None]
    low = cp_model.INT_MIN if row.low is None else row.low - shift
    high = cp_model.INT_MAX if row.high is None else row.high - shift
    expression = cp_model.LinearExpr.weighted_sum([v for v, _ in terms], [c for _, c in terms])
    model.add_linear_constraint(expression, low, high)


class Oracle:
    """Answers what an agent's best line is when every option has a price.

    Parameters
    ----------
    problem
        The problem.
    agent
        Index of the agent.
    """

    def __init__(self, problem: Problem, agent: int) -> None:
        self.problem, self.program = problem, problem.lines[agent]
        self._posted: tuple[cp_model.CpModel, list[cp_model.IntVar]] | None = None

    def _model(self) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
        """Return the model and its variables, made when first asked for."""
        if self._posted is None:
            self._posted = _line_model(self.program)
        return self._posted

    def best(self, price: Ints, seed: int = 0, limit: float = 5.0) -> Priced:
        """Return the cheapest line at `price`, shape (options,): the line's own cost plus its prices.

        `limit` is the solver's own deterministic time. When it is reached the bound is still valid; when it is reached
        before the first line, that line is waited for.
        """
        if not self.program.possible:
            return Priced(None, 0, 0, 0.0)
        model, variables = self._model()
        prices, queues = self._cheapest_queue(price)
        cost = self.program.cost.copy()
        cost[self.problem.days : self.problem.days + prices.size] += prices.ravel()
        model.minimize(cp_model.LinearExpr.weighted_sum(variables, cost.tolist()))
        run = solver(seed, limit)
        status = run.solve(model)
        spent = seconds(run.response_proto.deterministic_time)
        if status == cp_model.UNKNOWN:
            run = solver(seed, UNLIMITED)
            run.parameters.stop_after_first_solution = True
            status = run.solve(model)
            spent += seconds(run.response_proto.deterministic_time)
        if status not in FEASIBLE:
            return Priced(None, 0, 0, spent)
        values = _values(run, variables)
        line = self._chosen(values, queues)
        bound = int(np.ceil(run.best_objective_bound - 1e-6)) + self.program.constant
        return Priced(line, int(cost @ values) + self.program.constant, bound, spent)

    def possible(self, seed: int = 0) -> bool:
        """Return whether the agent has any line at all."""
        if not self.program.possible:
            return False
        model, _ = self._model()
        model.minimize(0)
        return solver(seed, UNLIMITED).solve(model) in FEASIBLE

    def _cheapest_queue(self, price: Ints) -> tuple[Ints, Ints]:
        shape = (self.problem.queues, self.problem.days, self.problem.templates)
        table = price.reshape(shape)
        best = np.zeros(shape[1:], dtype=np.int64)
        queue = np.full(shape[1:], -1, dtype=np.int64)
        for d, allowed in enumerate(self.program.queues):
            if allowed:
                mine = table[list(allowed), d, :]
                at = mine.argmin(axis=0)
                best[d] = mine[at, np.arange(shape[2])]
                queue[d] = np.array(allowed)[at]
        return best, queue

    def _chosen(self, values: Ints, queues: Ints) -> Chosen:
        days, templates = self.problem.days, self.problem.templates
        worked = values[days : days + days * templates].reshape(days, templates)
        return choose(self.problem, self.program, values, queues[np.arange(days), worked.argmax(axis=1)])


def _values(run: cp_model.CpSolver, variables: list[cp_model.IntVar]) -> Ints:
    return np.array([run.value(v) for v in variables], dtype=np.int64)


def _line_model(program: LineProgram) -> tuple[cp_model.CpModel, list[cp_model.IntVar]]:
    model = cp_model.CpModel()
    bounds = zip(program.low.tolist(), program.high.tolist(), strict=True)
    variables = [model.new_int_var(low, high, "") for low, high in bounds]
    for row in program.rows:
        post_row(model, row, list(variables))
    return model, variables
