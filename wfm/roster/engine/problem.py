"""The model as arrays: one small integer program per agent, and convex costs on counts that tie the agents together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import gcd
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from wfm.roster.engine.crews import crews
from wfm.roster.engine.packing import compile_counts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from wfm.roster.engine.counts import Counts
    from wfm.roster.engine.crews import Crews
    from wfm.roster.model import Count, Line, Model, Row, Tie

    Ints = npt.NDArray[np.int64]
    Index = TypeVar("Index", int, npt.NDArray[np.signedinteger[Any]])


@dataclass(frozen=True)
class LineProgram:
    """One agent's variables, rows and costs; single-variable rows have become bounds.

    Attributes
    ----------
    low, high
        Bounds per variable, shape (variables,).
    cost
        Ticks per unit, shape (variables,).
    rows
        The remaining rows.
    queues
        Per day, the queues that may be served.
    templates
        Number of shift templates.
    """

    agent_id: str
    low: Ints
    high: Ints
    cost: Ints
    constant: int
    rows: tuple[Row, ...]
    queues: tuple[tuple[int, ...], ...]
    templates: int

    @cached_property
    def rows_of(self) -> tuple[tuple[int, ...], ...]:
        """For each variable, the indices of the rows that it is in."""
        found: list[list[int]] = [[] for _ in self.low]
        for at, row in enumerate(self.rows):
            for var, _ in row.terms:
                found[var].append(at)
        return tuple(map(tuple, found))

    @cached_property
    def helper_rows(self) -> dict[int, tuple[int, ...]]:
        """For each helper variable, the indices of the rows that it is in."""
        cells = len(self.queues) + self.templates * len(self.queues)
        found: dict[int, list[int]] = {v: [] for v in range(cells, len(self.low))}
        for at, row in enumerate(self.rows):
            for var, _ in reversed(row.terms):
                if var < cells:
                    break
                found[var].append(at)
        return {v: tuple(rows) for v, rows in found.items()}

    @cached_property
    def shape(self) -> tuple[object, ...]:
        """What two agents must share to be identical for the search."""
        rows = tuple((r.terms, r.low, r.high) for r in self.rows)
        return (self.low.tobytes(), self.high.tobytes(), self.cost.tobytes(), self.constant, rows, self.queues)

    @property
    def possible(self) -> bool:
        """Whether no bound already contradicts another."""
        return bool((self.low <= self.high).all())


def compile_line(line: Line, dropped: frozenset[str] = frozenset()) -> LineProgram:
    """Return the agent's program without the rows of the dropped rules."""
    low, high = np.zeros(len(line.high), dtype=np.int64), np.array(line.high, dtype=np.int64)
    rows = []
    for row in line.rows:
        if row.owner in dropped:
            continue
        if len(row.terms) <= 1:
            _bound(row, low, high)
        elif row.high == 0 and all(coef > 0 for _, coef in row.terms):
            high[[var for var, _ in row.terms]] = 0
        else:
            rows.append(row)
    return LineProgram(
        agent_id=line.agent.agent_id,
        low=low,
        high=high,
        cost=np.array(line.cost, dtype=np.int64),
        constant=line.constant,
        rows=tuple(rows),
        queues=tuple(tuple(q) for q in line.queues),
        templates=line.templates,
    )


def _bound(row: Row, low: Ints, high: Ints) -> None:
    """Turn a row over one variable, or none, into bounds."""
    if not row.terms:
        if (row.low or 0) > 0 or (row.high is not None and row.high < 0):
            low[0], high[0] = 1, 0
        return
    ((var, coef),) = row.terms
    lo, hi = (row.low, row.high) if coef > 0 else (row.high, row.low)
    if lo is not None:
        low[var] = max(low[var], -(-lo // coef) if coef > 0 else -(lo // -coef))
    if hi is not None:
        high[var] = min(high[var], hi // coef if coef > 0 else (-hi) // -coef)


@dataclass(frozen=True)
class Problem:
    """All lines and the counts between them.

    What is called a queue here is a place (see `wfm.roster.engine.crews.Crews`) where counts tell agents apart, or
    agents choose their queue by the interval.
    """

    model: Model
    lines: tuple[LineProgram, ...]
    counts: Counts
    days: int
    templates: int
    queues: int
    told: Crews

    def option(self, queue: Index, day: Index, template: Index) -> Index:
        """Return the index of an option, or of many."""
        at: Index = (queue * self.days + day) * self.templates + template
        return at

    def options(self, price: Ints, more: Ints | None = None) -> npt.NDArray[np.float64]:
        """Return the price of every option, shape (queues, days, templates), from prices per unit of count.

        `more` is what comes on top, per option.
        """
        found = self.counts.priced(price, more).reshape(self.queues, self.days, self.templates)
        return np.asarray(found, dtype=np.float64)

    def queue_name(self, place: int) -> str:
        """Return the queue of a place, the first where it leaves a choice."""
        return self.model.queue_names[self.told.served(place)[0]]

    def cell(self, day: int, template: int) -> int:
        """Return the index of the variable that starts a template on a day."""
        return self.days + day * self.templates + template

    @cached_property
    def unit(self) -> int:
        """Greatest common divisor of all costs: objectives are whole multiples of it above `constant`."""
        found = 0
        for line in self.lines:
            found = gcd(found, int(np.gcd.reduce(line.cost)))
        steps = np.diff(self.counts.table, axis=1)
        bends = steps[:, 1:][steps[:, 1:] != steps[:, :-1]]
        return gcd(found, int(np.gcd.reduce(steps[:, :1], axis=None)), int(np.gcd.reduce(bends))) or 1

    @cached_property
    def constant(self) -> int:
        """Ticks that no roster can change."""
        return sum(line.constant for line in self.lines) + int(self.counts.table[:, 0].sum())

    def round_up(self, bound: float) -> int:
        """Return the smallest objective a roster can have that is not below a bound in ticks."""
        return self.constant - ((self.constant - int(np.ceil(bound - 1e-6))) // self.unit) * self.unit


def compile_problem(
    model: Model, lines: Sequence[LineProgram] | None = None, counts: Sequence[Count | Tie] | None = None
) -> Problem:
    """Return the arrays of a model, or of some of its lines and counts."""
    programs = tuple(lines) if lines is not None else tuple(compile_line(line) for line in model.lines.values())
    wanted = model.counts if counts is None else counts
    by_interval = model.plan.settings.solve.serve == "interval"
    told = crews(programs, wanted, len(model.queue_names), by_interval=by_interval)
    programs = told.placed(programs)
    return Problem(
        model=model,
        lines=programs,
        counts=compile_counts(model, programs, wanted, told),
        days=len(model.days),
        templates=len(model.codes),
        queues=told.number,
        told=told,
    )
