"""Many one-agent questions answered at once by dynamic programming: proposals for the search, never proofs.

The program reads the rows that rules have posted and keeps those whose form it knows: which shifts may follow each
other on neighbouring days, windows that need a day off, windows that need a day of work, and one count of days off.
Soft rows become prices. Rows of any other form are left out, so every proposal is completed and checked against all
rows before it is used; a rule in a form of its own costs speed, never correctness.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from wfm.roster.engine.problem import Problem
    from wfm.roster.model import Row

    Ints = npt.NDArray[np.int64]

FAR = np.int64(1) << 40
"""Cost in ticks of what is not allowed."""


@dataclass(frozen=True)
class Grammar:
    """What the dynamic program knows of all agents; days are rows, agents the first axis.

    Attributes
    ----------
    closed
        Cost of starting a template: `FAR` where bounds forbid it, else 0, shape (agents, days, templates).
    off_cost
        `FAR` where the day cannot be off, shape (agents, days).
    longest_run, longest_off
        Largest number of worked days, and of days off, in a row that may end on a day, shape (agents, days).
    counted
        1 where a day off belongs to the counted row, shape (agents, days).
    fewest, most
        Limits of that count, shape (agents,).
    kind
        Class of each template: templates of a class bar the same followers, shape (templates,).
    barred
        Whether a class may not be followed by a template, shape (days, classes, templates).
    """

    closed: Ints
    off_cost: Ints
    longest_run: Ints
    longest_off: Ints
    counted: Ints
    fewest: Ints
    most: Ints
    kind: Ints
    barred: npt.NDArray[np.bool_]

    @cached_property
    def follow_cost(self) -> Ints:
        """`FAR` where a template may not follow a class; class 0 is a day off, shape (days, classes + 1, templates)."""
        free = np.zeros((self.barred.shape[0], 1, self.barred.shape[2]), dtype=bool)
        return np.concatenate([free, self.barred], axis=1) * FAR


def read_grammar(problem: Problem) -> Grammar:
    """Return what the rows of all agents say in forms that the dynamic program knows."""
    agents, days, templates = len(problem.lines), problem.days, problem.templates
    cells = slice(days, days * (1 + templates))
    high = np.array([line.high[: days * (1 + templates)] for line in problem.lines])
    low = np.array([line.low[: days * (1 + templates)] for line in problem.lines])
    closed = np.where(high[:, cells] == 0, FAR, 0).reshape(agents, days, templates)
    must = low[:, cells].reshape(agents, days, templates)
    pinned = np.asarray(must.max(axis=2) > 0)
    off_cost = np.where((high[:, :days] == 0) | pinned, FAR, 0)
    closed = closed + np.where(low[:, :days] > 0, FAR, 0)[:, :, None]
    closed += np.where(pinned[:, :, None] & (must == 0), FAR, 0)
    run = np.tile(np.arange(1, days + 1, dtype=np.int64), (agents, 1))
    rest = np.full((agents, days), days, dtype=np.int64)
    counted = np.zeros((agents, days), dtype=np.int64)
    limits = np.tile(np.array([0, days], dtype=np.int64), (agents, 1))
    conflict = np.zeros((days, templates, templates), dtype=bool)
    for a, line in enumerate(problem.lines):
        for row in line.rows:
            _read_row(row, problem, a, run, rest, counted, limits, conflict)
    kind, barred = _classes(conflict)
    return Grammar(closed, off_cost, run, rest, counted, limits[:, 0], limits[:, 1], kind, barred)


def _read_row(
    row: Row,
    problem: Problem,
    a: int,
    run: Ints,
    rest: Ints,
    counted: Ints,
    limits: Ints,
    conflict: npt.NDArray[np.bool_],
) -> None:
    days = problem.days
    offs = [(v, c) for v, c in row.terms if v < days]
    others = [(v, c) for v, c in row.terms if v >= days]
    if offs and not others and all(c == 1 for _, c in offs):
        at = [v for v, _ in offs]
        if row.low == 1 and row.high is None and at[-1] - at[0] == len(at) - 1:
            run[a, at[-1]] = min(run[a, at[-1]], len(at) - 1)
        elif len(at) > counted[a].sum():
            counted[a] = np.isin(np.arange(days), at)
            limits[a] = (row.low or 0, days if row.high is None else row.high)
    elif offs and all(c == -1 for _, c in offs) and row.low == 1 - len(offs) and row.high is None:
        if all(v >= days * (1 + problem.templates) for v, _ in others):
            rest[a, offs[-1][0]] = min(rest[a, offs[-1][0]], len(offs) - 1)
    elif not offs and row.high == 1 and row.low is None:
        _read_pair(row, problem, conflict)


def _read_pair(row: Row, problem: Problem, conflict: npt.NDArray[np.bool_]) -> None:
    """Note which templates on a day bar which on the next: a row of at most one over two neighbouring days."""
    end = problem.days * (1 + problem.templates)
    if any(c != 1 or v >= end for v, c in row.terms):
        return
    at = [divmod(v - problem.days, problem.templates) for v, _ in row.terms]
    first, last = at[0][0], at[-1][0]
    if last == first + 1:
        for d, k in at:
            for e, m in at:
                if d == first and e == last:
                    conflict[last, k, m] = True


def _classes(conflict: npt.NDArray[np.bool_]) -> tuple[Ints, npt.NDArray[np.bool_]]:
    patterns: dict[bytes, int] = {}
    templates = conflict.shape[1]
    kind = [patterns.setdefault(conflict[:, k, :].tobytes(), len(patterns)) for k in range(templates)]
    members = [kind.index(c) for c in range(len(patterns))]
    return np.array(kind, dtype=np.int64), conflict[:, members, :]


class Lines:
    """Best lines of many agents at once, each at its own prices."""

    def __init__(self, grammar: Grammar) -> None:
        self.grammar = grammar
        self.classes = int(grammar.kind.max()) + 1
        self.runs = int(grammar.longest_run.max())
        caps = grammar.longest_off[grammar.longest_off < grammar.longest_off.shape[1]]
        self.offs = int(caps.max()) + 1 if caps.size else 1
        self.members = [np.flatnonzero(grammar.kind == c) for c in range(self.classes)]

    def best(self, agents: Ints, work: Ints, off: Ints) -> tuple[Ints, Ints]:
        """Return a line per question: the template started on each day, -1 when off, and the cost.

        Parameters
        ----------
        agents
            Index of the agent of each question, shape (questions,).
        work
            Cost of starting each template, shape (questions, days, templates).
        off
            Cost of a day off, shape (questions, days).

        Returns
        -------
        lines, costs
            Shapes (questions, days) and (questions,); a cost of `FAR` or more means that no line was found.
        """
        step, pick = self._steps(work + self.grammar.closed[agents])
        free = off + self.grammar.off_cost[agents]
        table = self._forward(agents, step, free)
        return self._backward(agents, step, pick, table)

    def _steps(self, work: Ints) -> tuple[Ints, Ints]:
        """Return the cheapest way into each class from a day off (index 0) or a class, and its template."""
        cost = work[:, :, None, :] + self.grammar.follow_cost[None]
        best = [cost[..., own].min(axis=3) for own in self.members]
        pick = [own[cost[..., own].argmin(axis=3)] for own in self.members]
        return np.stack(best, axis=3), np.stack(pick, axis=3)

    def _forward(self, who: Ints, step: Ints, free: Ints) -> list[tuple[Ints, Ints]]:
        """Return, before the first day and after each, the least cost of every state.

        Worked states are (class, run, days off counted), shape (questions, classes, runs, counts); rested states are
        (days off in a row, days off counted), shape (questions, offs + 1, counts), the last standing for more.
        """
        g = self.grammar
        counts = int(g.most[who].max()) + 1 if g.counted[who].any() else 1
        runs = np.where(np.arange(1, self.runs + 1) > g.longest_run[who][:, :, None], FAR, 0)
        offs = np.where(np.arange(self.offs + 1) > g.longest_off[who][:, :, None], FAR, 0)
        worked = np.full((len(who), self.classes, self.runs, counts), FAR)
        rested = np.full((len(who), self.offs + 1, counts), FAR)
        rested[:, 0, 0] = 0
        table = [(worked, rested)]
        for d in range(step.shape[1]):
            worked, rested = table[-1]
            after = np.empty_like(worked)
            after[:, :, 0] = rested.min(axis=1)[:, None, :] + step[:, d, 0, :, None]
            through = worked[:, :, None, :-1] + step[:, d, 1:, :, None, None]
            after[:, :, 1:] = through.min(axis=1)
            after += runs[:, d, None, :, None]
            off = np.full_like(rested, FAR)
            off[:, 1] = np.minimum(worked.min(axis=(1, 2)), rested[:, 0])
            off[:, 2:] = rested[:, 1:-1]
            off[:, -1] = np.minimum(off[:, -1], rested[:, -1])
            off += free[:, d, None, None] + offs[:, d, :, None]
            later = np.full_like(off, FAR)
            later[:, :, 1:] = off[:, :, :-1]
            off = np.where(g.counted[who, d][:, None, None] > 0, later, off)
            table.append((np.minimum(after, 2 * FAR), np.minimum(off, 2 * FAR)))
        return table

    def _backward(self, who: Ints, step: Ints, pick: Ints, table: list[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
        """Return the lines that reach the least final costs."""
        at = np.arange(len(who))
        days = step.shape[1]
        lines = np.full((len(who), days), -1, dtype=np.int64)
        works, kind, length, count, cost = self._end(who, table[-1])
        for d in range(days - 1, -1, -1):
            worked, rested = table[d]
            was_off = np.maximum(count - np.where(works, 0, self.grammar.counted[who, d]), 0)
            before_off = rested[at, :, was_off]
            through = worked[at, :, np.maximum(length - 2, 0), count] + step[at, d, 1:, kind]
            from_off = works & (length == 1)
            previous = np.where(from_off, 0, through.argmin(axis=1) + 1)
            lines[:, d] = np.where(works, pick[at, d, previous, kind], -1)
            flat = worked[at, :, :, was_off].reshape(len(who), -1)
            woke = ~works & (length == 1) & (flat.min(axis=1) < rested[at, 0, was_off])
            stayed = ~works & (length == self.offs) & (rested[at, -1, was_off] <= self._one_less(before_off))
            shorter = np.where(stayed, length, length - 1)
            best_kind, best_run = np.divmod(flat.argmin(axis=1), self.runs)
            kind = np.where(works, np.maximum(previous - 1, 0), best_kind)
            length = np.where(
                works, np.where(from_off, before_off.argmin(axis=1), length - 1), np.where(woke, best_run + 1, shorter)
            )
            works = (works & ~from_off) | woke
            count = was_off
        return lines, cost

    def _one_less(self, rested: Ints) -> Ints:
        return rested[:, -2] if self.offs > 1 else np.full(len(rested), FAR)

    def _end(self, who: Ints, last: tuple[Ints, Ints]) -> tuple[npt.NDArray[np.bool_], Ints, Ints, Ints, Ints]:
        """Return the best final state: working or not, class, run or days off, count, cost."""
        worked, rested = last
        counts = np.arange(worked.shape[-1])
        limits = np.where(counts < self.grammar.fewest[who][:, None], FAR, 0)
        if worked.shape[-1] == 1:
            limits = np.zeros((len(who), 1), dtype=np.int64)
        on, off = worked + limits[:, None, None, :], rested + limits[:, None, :]
        flat_on, flat_off = on.reshape(len(who), -1), off.reshape(len(who), -1)
        works = flat_on.min(axis=1) < flat_off.min(axis=1)
        kind, run, count = map(np.asarray, np.unravel_index(flat_on.argmin(axis=1), worked.shape[1:]))
        rest, spare = map(np.asarray, np.unravel_index(flat_off.argmin(axis=1), rested.shape[1:]))
        cost = np.minimum(flat_on.min(axis=1), flat_off.min(axis=1))
        return works, kind, np.where(works, run + 1, rest), np.where(works, count, spare), cost
