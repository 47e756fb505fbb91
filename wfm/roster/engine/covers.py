"""What counts cost and which options add to which count, as plain arrays; one option more or less of it.

All functions are compiled where a compiler is installed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wfm.domain.jit import inlined

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ints = npt.NDArray[np.int64]


class Servings(NamedTuple):
    """Where agents choose their queue by the interval.

    A slot is a set of intervals that are alike in everything. A duty is agents of one place on duty in a slot for
    equally many minutes; a serving is those of a duty who serve one of its queues. Counts are rows first, then the
    agents of each duty, then those of each serving. Duties are in the order of their slots, then of their minutes.

    Attributes
    ----------
    options, rows
        Number of options of agents, after which those of the servings come; number of rows that are no duty.
    slot, slot_of
        Interval that stands for the slot of a duty, shape (duties,), and for that of an interval, -1 where nobody
        chooses, shape (intervals,).
    duty, queue
        Duty and queue of a serving, shape (servings,).
    first
        Servings of duty d are `first[d]` to `first[d + 1]`.
    at
        Serving of a duty on a queue, -1 where it has none, shape (duties, queues).
    team, shift
        First duty, and the one after the last, of equal slot and minutes, and of equal slot; shape (duties, 2).
    """

    options: int
    rows: int
    slot: Ints
    slot_of: Ints
    duty: Ints
    queue: Ints
    first: Ints
    at: Ints
    team: Ints
    shift: Ints


class Covers(NamedTuple):
    """The convex costs on counts, and which option adds to which."""

    table: Ints
    row: Ints
    amount: Ints
    start: Ints
    servings: Servings


@inlined
def change_of(covers: Covers, count: Ints, option: int, sign: int) -> int:
    """Return by how much the cost changes with one more (sign 1) or one less (-1) of an option."""
    change = 0
    for i in range(covers.start[option], covers.start[option + 1]):
        row = covers.row[i]
        now = count[row]
        change += covers.table[row, now + sign * covers.amount[i]] - covers.table[row, now]
    return change


@inlined
def add(covers: Covers, count: Ints, option: int, sign: int) -> int:
    """Return what `change_of` does after it was done to the counts."""
    change = 0
    for i in range(covers.start[option], covers.start[option + 1]):
        row = covers.row[i]
        now = count[row]
        count[row] = now + sign * covers.amount[i]
        change += covers.table[row, count[row]] - covers.table[row, now]
    return change
