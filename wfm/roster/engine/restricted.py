"""The linear program that chooses among the lines known so far: the restricted master problem of column generation.

It is kept from one question to the next: when lines have joined, or are settled, the solver begins with the last basis.
Agents who are alike share their lines: as many lines are chosen as there are such agents, some of them more than once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from ortools.linear_solver import pywraplp

if TYPE_CHECKING:
    import numpy.typing as npt

    from wfm.roster.engine.problem import Problem
    from wfm.roster.engine.state import Chosen

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]

SECONDS_PER_PROGRAM, SECONDS_PER_COUNT, SECONDS_PER_LINE = 0.001, 4e-6, 8e-6
"""Deterministic seconds charged for solving once, for each count and segment of a new program, and for a line."""
SECONDS_PER_ENTRY, SECONDS_PER_KEPT = 1e-6, 1.7e-7
"""Deterministic seconds charged for each count that a line adds to, and again each time the program is solved."""
SECONDS_PER_PIVOT = 4.5e-8
"""Deterministic seconds charged for one step of the simplex method, for each variable."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The solved program.

    Attributes
    ----------
    value
        What lines and counts cost together, in ticks.
    price
        Per unit of count, shape (rows,).
    share
        How often each line is chosen, shape (lines,).
    """

    value: float
    price: Floats
    share: Floats


class Restricted:
    """Chooses, in parts, one line for each of some agents.

    Parameters
    ----------
    problem
        No agent chooses his queue by the interval.
    owners
        For each of the agents the first who is like him: the owner of their lines.
    fixed
        What all others add up to, shape (rows,).
    """

    def __init__(self, problem: Problem, owners: Ints, fixed: Ints) -> None:
        counts, self.problem, self.fixed = problem.counts, problem, fixed
        self.lines: list[Chosen] = []
        self.owner: list[int] = []
        self.settled: list[int] = []
        """How many agents are settled on each line."""
        self.open = dict(zip(*map(np.ndarray.tolist, np.unique(owners, return_counts=True)), strict=True))
        """How many agents of each owner are not settled."""
        self._keys: set[tuple[int, bytes]] = set()
        self._entries = 0
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._how = pywraplp.MPSolverParameters()
        self._how.SetIntegerParam(self._how.PRESOLVE, self._how.PRESOLVE_OFF)
        self._aim = self._solver.Objective()
        self._aim.SetOffset(float(counts.table[:, 0].sum()) / problem.unit)
        self._counts = [self._solver.Constraint(-n, -n) for n in fixed.astype(np.float64).tolist()]
        self._all = {owner: self._solver.Constraint(float(n), float(n)) for owner, n in self.open.items()}
        self._choices: list[pywraplp.Variable] = []
        parts = counts.segments
        for row, length, slope in zip(parts.row.tolist(), parts.length.tolist(), parts.slope.tolist(), strict=True):
            part = self._solver.NumVar(0.0, float(length), "")
            self._counts[row].SetCoefficient(part, -1.0)
            self._aim.SetCoefficient(part, slope / problem.unit)
        self.work = SECONDS_PER_COUNT * (len(fixed) + len(parts.row))
        """Deterministic seconds so far."""

    def add(self, owner: int, line: Chosen) -> bool:
        """Let the agents of an owner choose a line too; returns whether it is new."""
        key = owner, key_of(line)
        if key in self._keys:
            return False
        self._keys.add(key)
        choice = self._solver.NumVar(0.0, self._solver.infinity(), "")
        self._aim.SetCoefficient(choice, line.cost / self.problem.unit)
        self._all[owner].SetCoefficient(choice, 1.0)
        touched = np.flatnonzero(line.added)
        for row, amount in zip(touched.tolist(), line.added[touched].tolist(), strict=True):
            self._counts[row].SetCoefficient(choice, float(amount))
        self._choices.append(choice)
        self.lines.append(line)
        self.owner.append(owner)
        self.settled.append(0)
        self._entries += len(touched)
        self.work += SECONDS_PER_LINE + SECONDS_PER_ENTRY * len(touched)
        return True

    def settle(self, n: int, agents: int = 1) -> None:
        """Let so many open agents of the owner of line n have that line and no other."""
        self.settled[n] += agents
        self.open[self.owner[n]] -= agents
        self._choices[n].SetLb(float(self.settled[n]))

    def solve(self) -> Relaxed | None:
        """Return the best choice; None when the solver fails."""
        status = self._solver.Solve(self._how)
        pivots = self._solver.NumVariables() * self._solver.iterations()
        self.work += SECONDS_PER_PROGRAM + SECONDS_PER_KEPT * self._entries + SECONDS_PER_PIVOT * pivots
        if status != pywraplp.Solver.OPTIMAL:
            return None
        unit = self.problem.unit
        price = np.array([-unit * row.dual_value() for row in self._counts])
        share = np.array([choice.solution_value() for choice in self._choices])
        return Relaxed(unit * self._aim.Value(), price, share)

    def above(self, price: Floats) -> Floats:
        """Return what each line costs at prices above the least of its owner, in ticks, shape (lines,)."""
        paid = np.array([line.cost + (price * line.added).sum() for line in self.lines])
        least = np.full(max(self.owner) + 1, np.inf)
        np.minimum.at(least, self.owner, paid)
        return np.asarray(paid - least[self.owner])


def key_of(line: Chosen) -> bytes:
    """Return what tells a line from others of its agent."""
    return line.values.tobytes() + line.queues.tobytes()
