"""A roster inside the search: every agent's values, the counts, and the cost, kept consistent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from wfm.roster.engine.problem import LineProgram, Problem

    Ints = npt.NDArray[np.int64]
    Small = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Chosen:
    """One agent's line.

    Attributes
    ----------
    values
        Value of every variable of the agent's program.
    queues
        Queue served per day, -1 on days off, shape (days,).
    cost
        Cost of the line in ticks, its constant included.
    added
        What the line adds to the counts, shape (rows,).
    """

    values: Ints
    queues: Ints
    cost: int
    added: Ints


def choose(problem: Problem, program: LineProgram, values: Ints, queues: Ints) -> Chosen:
    """Return a line from the values of all its variables and the queue served per day."""
    worked = np.flatnonzero(values[: problem.days] == 0)
    starts = values[problem.days : problem.days * (1 + problem.templates)].reshape(problem.days, problem.templates)
    added = np.zeros(len(problem.counts.base), dtype=np.int64)
    for d in worked.tolist():
        rows, amounts = problem.counts.of(problem.option(int(queues[d]), d, int(starts[d].argmax())))
        added[rows] += amounts
    served = np.where(values[: problem.days] == 0, queues, -1)
    return Chosen(values, served, int(program.cost @ values) + program.constant, added)


def templates_of(problem: Problem, line: Chosen) -> Small:
    """Return the template that a line starts on each day, -1 when off, shape (days,)."""
    off, starts = np.split(line.values[: problem.days * (1 + problem.templates)], [problem.days])
    return np.where(off > 0, -1, starts.reshape(problem.days, -1).argmax(axis=1)).astype(np.int32)


class State:
    """Lines of some or all agents and the counts they add up to."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.lines: list[Chosen | None] = [None] * len(problem.lines)
        self.count = problem.counts.base.copy()

    def put(self, agent: int, line: Chosen | None) -> None:
        """Give an agent a line, or none, in place of the present one."""
        old = self.lines[agent]
        if old is not None:
            self.problem.counts.add(self.count, old.added, -1)
        if line is not None:
            self.problem.counts.add(self.count, line.added, 1)
        self.lines[agent] = line

    def cost(self) -> int:
        """Return the objective in ticks; every agent must have a line."""
        return self.problem.counts.cost(self.count) + sum(line.cost for line in self.lines if line is not None)
