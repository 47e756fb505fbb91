"""What rows that ask for one of several rests say about runs of work.

A rest is a helper that may be 1 only when some days are off, or some shifts are not worked. Where each of those that a
row asks for wants some day to be off, the row forbids to work on all these days. Where some want none, a line that
works on all days that matter may be allowed, but seldom is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.roster.engine.excuses import Pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.roster.engine.problem import LineProgram
    from wfm.roster.model import Row


def asked_rests(program: LineProgram, days: int) -> Iterator[tuple[Pattern, bool]]:
    """Yield runs of work that rows forbid, or nearly forbid, with whether they forbid them for certain.

    Parameters
    ----------
    days
        Number of days; the days off are the first variables.
    """
    cells = days * (1 + program.templates)
    for row in program.rows:
        helpers = [v for v, _ in row.terms if v >= cells]
        if len(helpers) < 2 or not _wants_one(program, row, cells):
            continue
        asked = [_days_off(program, helper, days) for helper in helpers]
        asked += [frozenset((v,)) for v, c in row.terms if v < days and c == 1]
        certain = all(asked) and len(asked) == len(row.terms) and row.low is not None and row.low >= 1
        block = sorted(frozenset().union(*asked)) if certain else _days_met(program, row, days)
        if block[-1] - block[0] == len(block) - 1:
            yield Pattern(False, False, False, block[-1], len(block)), certain


def _wants_one(program: LineProgram, row: Row, cells: int) -> bool:
    """Return whether a row wants helpers that cost nothing raised."""
    return row.high is None and all(c == 1 and program.cost[v] == 0 for v, c in row.terms if v >= cells)


def _days_off(program: LineProgram, helper: int, days: int) -> frozenset[int]:
    """Return the days that must be off when a helper is 1."""
    found = set()
    for at in program.helper_rows[helper]:
        row = program.rows[at]
        (first, coef), *rest = row.terms
        if first < days and coef == 1 and rest == [(helper, -1)] and row.low == 0 and row.high is None:
            found.add(first)
    return frozenset(found)


def _days_met(program: LineProgram, row: Row, days: int) -> list[int]:
    """Return the days that a row, or what its helpers may be raised for, is about."""
    cells = days * (1 + program.templates)
    rows = [row, *(program.rows[at] for v, _ in row.terms if v >= cells for at in program.helper_rows[v])]
    met = {v for other in rows for v, _ in other.terms if v < cells}
    return sorted({v if v < days else (v - days) // program.templates for v in met})
