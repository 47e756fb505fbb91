"""Every agent's best line when every option has a price, for all agents at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from wfm.roster.engine.kernel import FAR, LOST, answer
from wfm.roster.engine.lines import pack
from wfm.roster.engine.programs import complete
from wfm.roster.engine.state import Chosen, choose, templates_of

if TYPE_CHECKING:
    from concurrent.futures import Executor

    import numpy.typing as npt

    from wfm.roster.engine.problem import Problem

    Ints = npt.NDArray[np.int64]
    Small = npt.NDArray[np.int32]
    Floats = npt.NDArray[np.float64]

THREADS = 2
"""Questions answered at the same time; part of what makes a run reproducible."""
NARROW = 2.0**24
"""Up to here 32-bit floats tell all whole numbers apart, and take half the time of 64-bit ones."""
SECONDS_PER_STEP, SECONDS_PER_WIDE_STEP = 2.2e-10, 4.5e-10
"""Deterministic seconds of one step of the dynamic program, in 32-bit and in 64-bit floats."""
SECONDS_PER_LINE, SECONDS_PER_CALL = 4e-5, 5e-4
"""Deterministic seconds of what each line costs besides, and of asking for some."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The best lines of all agents, or of those who were asked.

    Attributes
    ----------
    lines, queues
        Template and queue per day, -1 when off, shapes (agents, days).
    values
        Cost of each line plus its prices in ticks, at most that of any line that keeps all rows; `FAR` where the
        agent has none, shape (agents,).
    work
        Deterministic seconds.
    """

    lines: Small
    queues: Small
    values: Floats
    work: float


class Pricer:
    """Answers by dynamic programming; agents without a difference are asked once.

    Parameters
    ----------
    problem
        Every agent's bounds must be possible.
    pool
        Runs the threads.
    """

    def __init__(self, problem: Problem, pool: Executor) -> None:
        self.problem, self.pool = problem, pool
        self.packed = pack(problem)
        self._rooms = [np.empty(self.packed.room) for _ in range(THREADS)]
        shapes = [line.shape for line in problem.lines]
        first = {shape: agent for agent, shape in reversed(list(enumerate(shapes)))}
        self.first = np.array([first[shape] for shape in shapes])
        self.asked = np.unique(self.first)
        cells = problem.days * (1 + problem.templates)
        self.constant = np.array(
            [line.constant + int(np.minimum(line.cost * line.high, 0)[cells:].sum()) for line in problem.lines],
            dtype=np.float64,
        )
        own, loose = self.packed.own, self.packed.priced
        fixed = (own.cost, own.off_cost[:, :, None], loose.work, loose.off[:, :, None], self.packed.full.end[:, None])
        self._fixed = sum(map(_highest, fixed))
        self._values = np.zeros(int(self.packed.programs.variables.max()), dtype=np.int64)

    def follows(self, agent: int) -> bool:
        """Return whether the tables follow all of an agent's rows, so that his answers are exact."""
        return self.packed.exact[agent]

    def best(self, price: Ints, agents: Ints | None = None, pace: float = 0.0, more: Ints | None = None) -> Answers:
        """Return the best lines of some agents, None for all, at prices per unit of count, shape (rows,).

        `more` is what a start costs besides, per option; `pace` by how much the prices of rows that the tables do not
        follow move, as a share of the highest.
        """
        p = self.problem
        options = p.options(price, more)
        mine = np.arange(len(p.lines)) if agents is None else agents
        asked = np.unique(self.first[mine])
        lines = np.full((len(p.lines), p.days), -1, dtype=np.int32)
        queues, values = lines.copy(), np.zeros(len(p.lines))
        wide = len(self.packed.priced.row) > 0 or _highest(options) + self._fixed >= NARROW
        rooms = [room if wide else room.view(np.float32) for room in self._rooms]
        jobs = [
            self.pool.submit(
                answer,
                self.packed.full,
                self.packed.programs,
                self.packed.own,
                self.packed.priced,
                options,
                asked[part::THREADS],
                pace,
                rooms[part],
                lines,
                queues,
                values,
            )
            for part in range(THREADS)
        ]
        steps = sum(job.result() for job in jobs)
        of = self.first[mine]
        values = np.where(values[of] < LOST, values[of] + self.constant[mine], FAR)
        each = SECONDS_PER_WIDE_STEP if wide else SECONDS_PER_STEP
        work = SECONDS_PER_CALL + (each * steps + SECONDS_PER_LINE * len(asked)) / THREADS
        return Answers(lines[of], queues[of], values, work)

    def complete(self, agent: int, line: Small, queues: Small) -> Chosen | None:
        """Return a line with all its variables; None when it breaks a row."""
        broken, _ = complete(self.packed.programs, agent, self.problem.templates, line, self._values)
        if broken != -1:
            return None
        program = self.problem.lines[agent]
        return choose(self.problem, program, self._values[: len(program.low)].copy(), queues.astype(np.int64))

    def settled(self, agent: int, line: Chosen) -> Chosen:
        """Return a line with its helper variables as `complete` sets them, or as they are when that is cheaper."""
        found = self.complete(agent, templates_of(self.problem, line), line.queues.astype(np.int32))
        return line if found is None or found.cost >= line.cost else found

    def added(self, answers: Answers, price: Ints) -> Ints:
        """Return the counts that all lines together add up to, queues chosen at prices per unit; shape (rows,)."""
        p = self.problem
        on, day = answers.lines >= 0, np.arange(p.days)
        option = p.option(np.maximum(answers.queues, 0), day, np.maximum(answers.lines, 0))
        return p.counts.total(np.bincount(option[on], minlength=p.counts.servings.options), price)


def _highest(cost: npt.NDArray[np.floating[Any]]) -> float:
    """Return what costs of days add up to at most, whichever sign they have; shape (any, days, any)."""
    return float(np.where(cost < LOST, np.abs(cost), 0.0).max(axis=(0, 2)).sum())
