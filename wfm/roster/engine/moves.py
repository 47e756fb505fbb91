"""Small moves: many random changes of a few days, kept when the roster is not much worse for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wfm.roster.engine.moves_kernel import DRAWS, LONGEST, Edits, Held, Uses, hold, wander
from wfm.roster.engine.pricing import THREADS
from wfm.roster.engine.programs import NO_LIMIT

if TYPE_CHECKING:
    import numpy.typing as npt

    from wfm.roster.engine.problem import Problem
    from wfm.roster.engine.programs import Programs
    from wfm.roster.engine.ruin import Ruiner

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]

CHANCES = np.cumsum([0.2, 0.3, 0.15, 0.15, 0.05, 0.15])
"""How often each move of the inner loop is drawn, cumulated."""
SURVEY = 4000
"""Moves that are tried to see what a move costs here."""
TYPICAL, HOT, COLD = 0.2, 0.1, 0.05
"""The quantile of what worsening moves cost; the temperature at the start as a share of it, and that at the end as a
share of the one at the start."""
SECONDS_PER_DAY, MORE_PER_AGENT = 6.3e-7, 1.8e-10
"""Deterministic seconds charged for every day that a move tries to change; how much more for each agent there is."""
MOVES = 20000
"""Moves of a thread in one step."""


class Mover:
    """Moves the roster of a ruiner.

    Parameters
    ----------
    ruiner
        Its lines, counts and costs are changed in place.
    seed
        Start of the random numbers.
    """

    def __init__(self, ruiner: Ruiner, seed: int) -> None:
        self.ruiner, self.packed, self.pool = ruiner, ruiner.pricer.packed, ruiner.pricer.pool
        self.random = np.random.default_rng([seed, 19])
        programs, agents = self.packed.programs, len(ruiner.lines)
        first = np.concatenate([[0], np.cumsum(np.diff(programs.row_start)[programs.of])])
        self.uses = uses_of(programs)
        self.held = Held(
            ruiner.lines,
            ruiner.queues,
            ruiner.count,
            ruiner.cost,
            np.zeros(agents, dtype=np.int64),
            np.zeros(int(programs.first[-1]), dtype=np.int64),
            np.zeros(int(first[-1]), dtype=np.int64),
            first,
        )
        self.edits = [Edits(*np.zeros((6, 2 * LONGEST), dtype=np.int32)) for _ in range(THREADS)]
        self.known = np.full_like(ruiner.lines, -2)
        self.apart = apart(ruiner.problem)
        self.hot = self._hot()

    def step(self, warmth: float) -> float:
        """Try some moves; returns deterministic seconds. `warmth` goes from 1 to 0 over the search."""
        self.follow()
        temperature = self.hot * COLD ** (1 - warmth)
        jobs = [
            self.pool.submit(self._wander, thread, temperature, crew, first, last, int(self.random.integers(2**63)))
            for thread, (crew, first, last) in enumerate(self.parts())
        ]
        answers = [job.result() for job in jobs]
        self.known[:] = self.held.line
        self.ruiner.change(sum(change for change, _ in answers))
        return (SECONDS_PER_DAY + MORE_PER_AGENT * len(self.known)) * max(steps for _, steps in answers)

    def follow(self) -> None:
        """Work out what follows from the lines that were changed elsewhere."""
        changed = np.flatnonzero((self.known != self.held.line).any(axis=1))
        hold(self.packed.programs, self.held, self.ruiner.problem.templates, changed)
        self.known[:] = self.held.line

    def parts(self) -> list[tuple[Ints, int, int]]:
        """Return agents and days for each thread: no two share an agent, or a count that their days belong to."""
        days = self.held.line.shape[1]
        agents = self.random.permutation(len(self.held.line))
        half, cut = len(agents) // 2, int(self.random.integers(days // 4, days - days // 4 + 1))
        after = int(self.apart[cut])
        if half < THREADS or min(cut, days - after) < THREADS:
            return [(agents, 0, days)]
        return [(agents[:half], 0, cut), (agents[half:], after, days)]

    def _wander(self, thread: int, temperature: float, crew: Ints, first: int, last: int, seed: int) -> tuple[int, int]:
        random = np.random.default_rng(seed)
        limits = np.minimum(temperature * random.standard_exponential(MOVES), 2.0**60).astype(np.int64)
        return self._play(thread, crew, (first, last), random.random((MOVES, DRAWS)), limits)

    def _play(
        self, thread: int, crew: Ints, days: tuple[int, int], draws: Floats, limits: Ints, told: Ints | None = None
    ) -> tuple[int, int]:
        packed = self.packed
        change, steps = wander(
            packed.programs,
            self.uses,
            packed.covers,
            packed.own,
            self.held,
            self.edits[thread],
            CHANCES,
            crew,
            *days,
            draws,
            limits,
            np.zeros(0, dtype=np.int64) if told is None else told,
        )
        return change, steps

    def _hot(self) -> float:
        """Return the temperature to start at, in ticks, from what worsening moves cost now."""
        self.follow()
        agents, days = self.held.line.shape
        draws, limits = np.random.default_rng(1).random((SURVEY, DRAWS)), np.full(SURVEY, NO_LIMIT)
        told = np.zeros(SURVEY, dtype=np.int64)
        self._play(0, np.arange(agents), (0, days), draws, limits, told)
        worse = told[told > 0]
        return HOT * float(np.quantile(worse, TYPICAL)) if len(worse) else 1.0


def uses_of(programs: Programs) -> Uses:
    """Return, for each variable of each program, the rows that it is in."""
    first, parts = np.concatenate([[0], np.cumsum(programs.variables)]), []
    for p in range(len(programs.variables)):
        bounds = programs.term_start[programs.row_start[p] : programs.row_start[p + 1] + 1]
        terms = slice(bounds[0], bounds[-1])
        row = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
        parts.append((first[p] + programs.term_var[terms], row, programs.term_coef[terms]))
    entry, row, coef = (np.concatenate(part) for part in zip(*parts, strict=True))
    order = np.argsort(entry, kind="stable")
    start = np.searchsorted(entry[order], np.arange(first[-1] + 1))
    return Uses(first, start, row[order].astype(np.int32), coef[order].astype(np.int64))


def apart(problem: Problem) -> Ints:
    """Return, for every day, the first day from which no count depends on days before that day too."""
    counts, days = problem.counts, problem.days
    day = counts.option // problem.templates % days
    first = np.full(len(counts.base), days)
    np.minimum.at(first, counts.row, day)
    last = np.full(len(counts.base), -1)
    np.maximum.at(last, counts.row, day)
    after = np.arange(days + 1)
    for cut in range(days + 1):
        after[cut] = max(cut, int(last[first < cut].max(initial=-1)) + 1)
    return after
