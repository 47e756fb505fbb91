"""A roster inside the search: every agent's values, the counts, and the cost, kept consistent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from wfm.roster.engine.problem import Problem

    Ints = npt.NDArray[np.int64]


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
    """

    values: Ints
    queues: Ints
    cost: int


class State:
    """Lines of some or all agents and the counts they add up to."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.lines: list[Chosen | None] = [None] * len(problem.lines)
        self.count = problem.counts.base.copy()

    def copy(self) -> State:
        """Return an independent copy."""
        twin = State(self.problem)
        twin.lines, twin.count = list(self.lines), self.count.copy()
        return twin

    def put(self, agent: int, line: Chosen | None) -> None:
        """Give an agent a line, or none, in place of the present one."""
        self._add(self.lines[agent], -1)
        self._add(line, 1)
        self.lines[agent] = line

    def _add(self, line: Chosen | None, sign: int) -> None:
        for option in options_of(self.problem, line):
            rows, amounts = self.problem.counts.of(option)
            np.add.at(self.count, rows, sign * amounts)

    def cost(self) -> int:
        """Return the objective in ticks; every agent must have a line."""
        return self.problem.counts.cost(self.count) + sum(line.cost for line in self.lines if line is not None)

    def missing(self) -> int:
        """Return by how much the hard floors are missed."""
        return self.problem.counts.missing(self.count)


def options_of(problem: Problem, line: Chosen | None) -> list[int]:
    """Return the options that a line works."""
    if line is None:
        return []
    found = []
    for d in range(problem.days):
        if not line.values[d]:
            span = line.values[problem.days + d * problem.templates :][: problem.templates]
            found.append(problem.option(int(line.queues[d]), d, int(np.argmax(span))))
    return found
