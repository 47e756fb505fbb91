"""What the rows of one agent say in forms that a dynamic program over days can follow.

Rules post plain rows; the forms are recognised here, whichever rule posted them: which shifts may follow each other,
which runs of work and of days off may be reached or ended on which day, and counters of hours, days or shifts with
limits and costs. Rows of other forms are left out: what the dynamic program says is then a relaxation, and every line
it proposes is completed and checked against all rows before it is used.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from wfm.roster.engine.counters import Counter, Side, counter_of, nested
from wfm.roster.engine.excuses import Pattern, excused_runs
from wfm.roster.engine.rests import asked_rests

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from wfm.roster.engine.problem import LineProgram, Problem
    from wfm.roster.model import Row

    Ints = npt.NDArray[np.int64]


@dataclass
class Grammar:
    """The rows of one agent, read.

    Attributes
    ----------
    patterns
        Blocks that may not be.
    hoped
        Blocks that only some helper variable could excuse: avoided in proposals, ignored in bounds.
    conflict
        Row of two neighbouring days -> pairs of templates that may not follow each other, shape (days, from, to).
    counters
        In the order of their first rows.
    daily
        Counters of one day, which are no more than costs of what is done on it.
    unknown
        Indices of rows in no known form.
    """

    patterns: list[Pattern] = field(default_factory=list)
    hoped: list[Pattern] = field(default_factory=list)
    conflict: list[tuple[int, tuple[int, ...], tuple[int, ...]]] = field(default_factory=list)
    counters: list[Counter] = field(default_factory=list)
    daily: list[Counter] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)


class Reader:
    """Reads programs; rows that agents share are read once.

    Parameters
    ----------
    problem
        Gives the numbers of days and templates.
    """

    def __init__(self, problem: Problem) -> None:
        self.days, self.templates = problem.days, problem.templates
        self.cells = problem.days * (1 + problem.templates)
        self._forms: dict[int, object] = {}

    def read(self, program: LineProgram) -> Grammar:
        """Return the grammar of an agent."""
        found = Grammar()
        sums, hoped = self._sort(program, found)
        patterns, settled = excused_runs(program, list(hoped), self.days)
        found.patterns += patterns
        if not settled:
            found.hoped += hoped.values()
            found.unknown += hoped
        sums = {terms: [at for at in rows if at not in settled] for terms, rows in sums.items()}
        sums = {terms: rows for terms, rows in sums.items() if rows}
        loose = sums.pop((), [])
        bounded, over_flags = self._flags(program, sums, loose)
        flags = {helper: days for helper, (days, _) in bounded.items()}
        followed: set[int] = set()
        for terms, rows in [*sums.items(), *over_flags]:
            counter = self._counter(program, terms, rows, flags)
            found.unknown += sorted(set(rows).difference(counter.rows if counter else ()))
            if counter is None:
                continue
            followed |= {v for v, _ in terms}
            if counter.hard or counter.cost.any():
                found.counters.append(counter)
        found.daily = [counter for counter in found.counters if counter.day is not None]
        found.counters = nested([counter for counter in found.counters if counter.day is None])
        for pattern, certain in asked_rests(program, self.days) if found.unknown else ():
            (found.patterns if certain else found.hoped).append(pattern)
        found.unknown += [at for helper, (_, rows) in bounded.items() if helper not in followed for at in rows]
        return found

    def _sort(
        self, program: LineProgram, found: Grammar
    ) -> tuple[dict[tuple[tuple[int, int], ...], list[int]], dict[int, Pattern]]:
        """Note the rows about neighbouring days; return the others by their terms over cells, and excused blocks."""
        sums: dict[tuple[tuple[int, int], ...], list[int]] = {}
        hoped: dict[int, Pattern] = {}
        for at, row in enumerate(program.rows):
            if id(row) not in self._forms:
                self._forms[id(row)] = self._form(row)
            form = self._forms[id(row)]
            if isinstance(form, Pattern):
                found.patterns.append(form)
            elif isinstance(form, Hoped):
                hoped[at] = form.pattern
            elif isinstance(form, Conflict):
                found.conflict.append((form.day, form.before, form.after))
            elif form is SUM:
                sums.setdefault(tuple((v, c) for v, c in row.terms if v < self.cells), []).append(at)
        return sums, hoped

    def _form(self, row: Row) -> object:
        """Return what a row says when it is about neighbouring days; None for the structure, a mark for sums."""
        if (
            row.owner == ""
            and row.low == row.high == 1
            and row.terms[0][0] < self.days <= row.terms[-1][0] < self.cells
        ):
            return None
        offs = [(v, c) for v, c in row.terms if v < self.days]
        others = [(v, c) for v, c in row.terms if v >= self.days]
        if offs and not others:
            return self._pattern(offs, row.low, row.high) or SUM
        if _is_excused(row, offs, others, self.cells):
            return Hoped(Pattern(True, False, False, offs[-1][0], len(offs)))
        if not offs and row.high == 1 and row.low is None:
            return self._conflict(row) or SUM
        return SUM

    def _pattern(self, offs: list[tuple[int, int]], low: int | None, high: int | None) -> Pattern | None:
        """Return the one block that a clause over neighbouring days forbids; None when it is no such clause."""
        days, signs = [v for v, _ in offs], [c for _, c in offs]
        if any(abs(c) != 1 for c in signs) or not _neighbours(days):
            return None
        if high is None and low == 1 - signs.count(-1):
            word = [c == -1 for c in signs]
        elif low is None and high == signs.count(1) - 1:
            word = [c == 1 for c in signs]
        else:
            return None
        blocks = [(off, len(list(group))) for off, group in groupby(word)]
        if len(blocks) == 1:
            return Pattern(word[0], False, False, days[-1], len(word))
        if len(blocks) == 2 and blocks[1][1] == 1:
            return Pattern(word[0], True, False, days[-1], len(word) - 1)
        if len(blocks) == 2 and blocks[0][1] == 1:
            return Pattern(word[1], False, True, days[-1], len(word) - 1)
        if len(blocks) == 3 and blocks[0][1] == blocks[2][1] == 1:
            return Pattern(word[1], True, True, days[-1], len(word) - 2)
        return None

    def _conflict(self, row: Row) -> Conflict | None:
        if any(c != 1 or v >= self.cells for v, c in row.terms):
            return None
        at = [divmod(v - self.days, self.templates) for v, _ in row.terms]
        first, last = at[0][0], at[-1][0]
        if last != first + 1:
            return None
        before, after = tuple(k for d, k in at if d == first), tuple(k for d, k in at if d == last)
        return Conflict(last, before, after)

    def _flags(
        self, program: LineProgram, sums: dict[tuple[tuple[int, int], ...], list[int]], loose: list[int]
    ) -> tuple[dict[int, tuple[list[int], list[int]]], list[tuple[tuple[tuple[int, int], ...], list[int]]]]:
        """Return the days whose work lowers each flag, with the rows that say so, and the sums over flags.

        A flag is a free helper that is at most each of some neighbouring days off.
        """
        bounded: dict[int, tuple[list[int], list[int]]] = {}
        for terms, rows in list(sums.items()):
            for at in list(rows):
                helper = self._flag_of(program, at)
                if helper is not None:
                    days, own = bounded.setdefault(helper, ([], []))
                    days.append(terms[0][0])
                    own.append(at)
                    rows.remove(at)
            if not rows:
                del sums[terms]
        return bounded, [(program.rows[at].terms, [at]) for at in loose]

    def _flag_of(self, program: LineProgram, at: int) -> int | None:
        """Return the free helper that a row keeps at or below one day off; None when it is no such row."""
        row = program.rows[at]
        if len(row.terms) != 2 or row.low != 0 or row.high is not None:
            return None
        (day, one), (helper, minus) = row.terms
        fits = day < self.days and helper >= self.cells and one == 1 and minus == -1
        return helper if fits and program.cost[helper] == 0 else None

    def _counter(
        self,
        program: LineProgram,
        terms: tuple[tuple[int, int], ...],
        rows: Sequence[int],
        flags: dict[int, list[int]],
    ) -> Counter | None:
        """Return the counter of those rows that it can stand for, over the same cells or of one over flags; or None."""
        if terms[0][0] >= self.cells:
            return self._flag_counter(program, rows[0], flags)
        off = np.zeros(self.days, dtype=np.int64)
        work = np.zeros(self.days * self.templates, dtype=np.int64)
        for v, c in terms:
            if v < self.days:
                off[v] = c
            else:
                work[v - self.days] = c
        closed = program.high[self.days : self.cells].reshape(self.days, self.templates) == 0
        sides = {at: side for at in rows if (side := self._side(program, at)) is not None}
        if not sides:
            return None
        never_off, shape = program.high[: self.days] == 0, (self.days, self.templates)
        return counter_of(off, work.reshape(shape), closed, never_off, list(sides.values()), tuple(sides))

    def _side(self, program: LineProgram, at: int) -> Side | None:
        """Return the limits of a row over cells with at most one helper, which pays for every unit beyond."""
        row = program.rows[at]
        helpers = [(v, c) for v, c in row.terms if v >= self.cells]
        if not helpers:
            return Side(row.low, row.high, 0)
        if len(helpers) > 1:
            return None
        ((v, c),) = helpers
        alone = len(program.helper_rows[v]) == 1
        pays = program.cost[v] > 0 and ((c == 1 and row.high is None) or (c == -1 and row.low is None))
        return Side(row.low, row.high, int(program.cost[v])) if alone and pays else None

    def _flag_counter(self, program: LineProgram, at: int, flags: dict[int, list[int]]) -> Counter | None:
        """Return the counter of flags that are not raised, from a row that wants enough of them raised."""
        row = program.rows[at]
        if row.low is None or row.high is not None or any(v not in flags or c != 1 for v, c in row.terms):
            return None
        if any(len(flags[v]) > 2 or not _neighbours(sorted(flags[v])) for v, _ in row.terms):
            return None
        work, after_off = np.zeros((self.days, self.templates), dtype=np.int64), np.zeros(self.days, dtype=np.int64)
        for helper, _ in row.terms:
            if (
                len(program.helper_rows[helper]) != len(flags[helper]) + 1
                or program.high[helper] != 1
                or program.low[helper]
            ):
                return None
            first, *second = sorted(flags[helper])
            work[first] += 1
            for day in second:
                after_off[day] += 1
        most = len(row.terms)
        limit = min(most, most - row.low)
        if limit < 0:
            return None
        off = np.zeros(self.days, dtype=np.int64)
        return Counter(off, work, after_off, 0, limit, np.zeros(most + 1, dtype=np.int64), (at,))


@dataclass(frozen=True)
class Conflict:
    """Templates `before` bar templates `after` on `day`."""

    day: int
    before: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True)
class Hoped:
    """A block that a helper may excuse."""

    pattern: Pattern


SUM = object()
"""Mark of a row that adds things up."""


def _is_excused(row: Row, offs: list[tuple[int, int]], others: list[tuple[int, int]], cells: int) -> bool:
    """Return whether a row forbids a block of days off that some helper may excuse."""
    block = len(offs) > 1 and all(c == -1 for _, c in offs) and _neighbours([v for v, _ in offs])
    return block and row.high is None and row.low == 1 - len(offs) and all(v >= cells for v, _ in others)


def _neighbours(days: Sequence[int]) -> bool:
    return days[-1] - days[0] == len(days) - 1
