"""Rows made stronger for linear relaxations: no whole-numbered line is lost, many fractional ones are."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import gcd
from typing import TYPE_CHECKING

import numpy as np

from wfm.roster.model import Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wfm.roster.engine.problem import LineProgram


Known = dict[tuple[int, frozenset[int]], tuple[Row, ...]]
"""Rows made stronger, by the identity of the row and the templates that are never started."""


def tightened(program: LineProgram, days: int, templates: int, known: Known, *, priced: bool = False) -> Iterator[Row]:
    """Yield rows that say the same of whole numbers as an agent's rows, without templates that he never starts.

    Limits of rows over shift starts are rounded to what their coefficients can reach: 92 hours of shifts of 8 hours
    are 11 shifts. Where shifts of two lengths share an upper limit, the corners of the possible mixes are added.

    Parameters
    ----------
    known
        Answers for rows that agents share; filled here, by calls with the same `priced`.
    priced
        Whether a price of hours beyond a limit is to be one of whole shifts too.
    """
    ever = program.high[days : days * (1 + templates)].reshape(days, templates).max(axis=0) > 0
    never = frozenset(np.flatnonzero(~ever).tolist())
    for row in program.rows:
        key = (id(row), never)
        if key not in known:
            known[key] = tuple(_stronger(row, days, templates, never, priced=priced))
        yield from known[key]


def _stronger(row: Row, days: int, templates: int, never: frozenset[int], *, priced: bool) -> Iterator[Row]:
    cells = range(days, days * (1 + templates))
    terms = tuple((v, c) for v, c in row.terms if v not in cells or (v - days) % templates not in never)
    if not terms:
        return
    unit = gcd(*(c for _, c in terms))
    low = None if row.low is None else -(-row.low // unit)
    high = None if row.high is None else row.high // unit
    small = replace(row, terms=tuple((v, c // unit) for v, c in terms), low=low, high=high)
    yield small
    lengths = sorted({c for v, c in small.terms if v in cells})
    if not lengths or lengths[0] <= 0:
        return
    if priced:
        yield from rounded(small, lengths, cells)
    if high is not None and len(lengths) == 2 and all(v in cells for v, _ in terms):
        yield from _corners(small, lengths[0], lengths[1], high, days)


def rounded(row: Row, lengths: Sequence[int], cells: range) -> Iterator[Row]:
    """Yield what a row says of shifts counted by the length of each of them, rounded to whole shifts.

    At most 40 hours, or each hour more is paid: every shift of 7 hours or more after the fifth is 2 hours more.
    Source: mixed-integer rounding (Nemhauser, Wolsey 1990).
    """
    sides = [(sign, sign * limit) for sign, limit in ((1, row.high), (-1, row.low)) if limit is not None]
    for sign, limit in sides:
        for unit in lengths:
            whole, rest = divmod(limit, unit)
            if rest == 0:
                continue
            terms = []
            for v, c in row.terms:
                count, part = divmod(sign * c, unit)
                rounded = (unit - rest) * count + max(0, part - rest) if v in cells else min(0, sign * c)
                if rounded:
                    terms.append((v, rounded))
            yield Row(row.owner, tuple(terms), None, (unit - rest) * whole)


def _corners(row: Row, short: int, long: int, limit: int, days: int) -> Iterator[Row]:
    """Yield the rows that bound the numbers of short and long shifts by the corners of their whole-numbered mixes."""
    most = min(days, limit // short)
    points = [(a, min((limit - short * a) // long, days - a)) for a in range(most + 1)]
    hull: list[tuple[int, int]] = []
    for point in points:
        while len(hull) > 1 and _turn(hull[-2], hull[-1], point) >= 0:
            hull.pop()
        hull.append(point)
    for (a, b), (c, d) in pairwise(hull):
        weight = {short: b - d, long: c - a}
        if weight[short] >= 0:
            yield _weighted(row, weight, weight[short] * a + weight[long] * b)


def _turn(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> int:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _weighted(row: Row, weight: Mapping[int, int], high: int) -> Row:
    return Row(row.owner, tuple((v, weight[c]) for v, c in row.terms if weight[c]), None, high)
