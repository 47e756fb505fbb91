"""What rows with helpers say about runs of days off: a block is forbidden unless the run goes on to a certain day.

A helper that may be 1 only when some days are all off, and that nothing wants to be 0, stands for those days. A row
that forbids a block unless one of its helpers is 1 then speaks of runs alone: no run of days off that holds the block
may begin after the days asked for before it and end before the days asked for after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wfm.roster.engine.problem import LineProgram


@dataclass(frozen=True)
class Pattern:
    """A block of work days, or of days off, that may not be: on `day`, at this length.

    `exact` forbids only blocks of just this length; `ends` forbids what comes after it on `day`, not to reach it.
    """

    off: bool
    ends: bool
    exact: bool
    day: int
    length: int


def excused_runs(program: LineProgram, rows: Sequence[int], days: int) -> tuple[list[Pattern], set[int]]:
    """Return the runs that rows forbid, and all rows that say nothing more; nothing when a helper is of another kind.

    Parameters
    ----------
    rows
        Indices of the rows that forbid a block of neighbouring days off unless a helper is 1.
    days
        Number of days; the days off are the first variables.
    """
    asked = _asked(program, rows, days)
    found: list[Pattern] = []
    for at in rows if asked else ():
        variables = [v for v, _ in program.rows[at].terms]
        block = [v for v in variables if v < days]
        spans = [asked[v] for v in variables if v >= days]
        if not all(_adjoins(block, span) for span in spans):
            return [], set()
        found += _forbidden(block[0], block[-1], spans)
    return found, {*rows, *(at for helper in asked for at in program.helper_rows[helper])} if asked else set()


def _asked(program: LineProgram, rows: Sequence[int], days: int) -> dict[int, frozenset[int]]:
    """Return the days that every helper of the rows asks for; empty when one of them is not that simple."""
    asked: dict[int, frozenset[int]] = {}
    open_ = [v for at in rows for v, _ in program.rows[at].terms if v >= days]
    below: dict[int, set[int]] = {}
    while open_:
        helper = open_.pop()
        if helper in below:
            continue
        below[helper] = set()
        if helper not in program.helper_rows or program.cost[helper] or program.high[helper] != 1:
            return {}
        for at in set(program.helper_rows[helper]) - set(rows):
            pair = _pair(program, at)
            if pair is None:
                return {}
            above, lower = pair
            open_ += [v for v in pair if v >= days]
            if lower == helper:
                below[helper].add(above)
    for helper in sorted(below):
        asked[helper] = _reach(helper, below, days)
    return asked


def _pair(program: LineProgram, at: int) -> tuple[int, int] | None:
    """Return the two variables of a row that keeps the second at or below the first; None when it is no such row."""
    row = program.rows[at]
    if len(row.terms) != 2 or row.low != 0 or row.high is not None:
        return None
    (one, a), (other, b) = row.terms
    if {a, b} != {1, -1}:
        return None
    return (one, other) if a == 1 else (other, one)


def _reach(helper: int, below: dict[int, set[int]], days: int) -> frozenset[int]:
    """Return the days that a helper asks for, itself or by another."""
    seen: set[int] = set()
    todo = [helper]
    while todo:
        for above in below[todo.pop()]:
            if above not in seen:
                seen.add(above)
                if above >= days:
                    todo.append(above)
    return frozenset(v for v in seen if v < days)


def _adjoins(block: Sequence[int], span: frozenset[int]) -> bool:
    """Return whether days are neighbours and end with the first of a block, or begin with its last."""
    first, last = min(span, default=-1), max(span, default=-1)
    return len(span) == last - first + 1 and (last == block[0] or first == block[-1])


def _forbidden(first: int, last: int, spans: Sequence[frozenset[int]]) -> Iterator[Pattern]:
    """Yield the runs that hold the block but none of the spans."""
    from_left = [min(span) for span in spans if max(span) == first]
    to_right = [max(span) for span in spans if min(span) == last]
    begins_after = max(from_left, default=None)
    ends_before = min(to_right, default=None)
    for day in [last] if ends_before is None else range(last + 1, ends_before + 1):
        end = day - (ends_before is not None)
        if begins_after is None:
            yield Pattern(True, ends_before is not None, False, day, end - first + 1)
        else:
            for begin in range(begins_after + 1, first + 1):
                yield Pattern(True, ends_before is not None, True, day, end - begin + 1)
