"""Which agents choose their queue by the interval, and what each choice counts for."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from wfm.roster.engine.covers import Servings

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import numpy.typing as npt

    from wfm.roster.engine.crews import Crews

    Ints = npt.NDArray[np.int64]
    Cell = tuple[int, int]
    Entry = tuple[int, int, int]
    Duty = tuple[int, int, int]
    """A slot, minutes and a place."""


class Offers:
    """Collects duties and their servings.

    Parameters
    ----------
    told
        Names the places.
    shape
        Days and templates.
    intervals
        Number of intervals of the grid.
    """

    def __init__(self, told: Crews, shape: Cell, intervals: int) -> None:
        self.told, (self.days, self.templates) = told, shape
        self.slot_of = np.full(intervals, -1, dtype=np.int64)
        self.cells: defaultdict[Duty, set[Cell]] = defaultdict(set)
        self.counted: defaultdict[tuple[Duty, int], list[tuple[int, int]]] = defaultdict(list)

    def add(
        self, place: int, queues: Collection[int], slot: Sequence[int], minutes: Mapping[Cell, int], row: int, unit: int
    ) -> None:
        """Let agents of a place count in a row when they serve one of some queues.

        Parameters
        ----------
        slot
            Its intervals; the first stands for it.
        minutes
            Of each start, on the queue in the slot.
        unit
            Minutes in one unit of the row.
        """
        first = slot[0]
        self.slot_of[list(slot)] = first if minutes else -1
        for cell, length in minutes.items():
            self.cells[first, length, place].add(cell)
        for length in set(minutes.values()):
            for queue in set(self.told.served(place)).intersection(queues):
                self.counted[(first, length, place), queue].append((row, length // unit))

    def packed(self, rows: int, queues: int) -> tuple[Servings, list[Entry]]:
        """Return the servings, and entries (option, row, amount) of starts on duties and of servings on rows.

        Parameters
        ----------
        rows
            Number of rows that are no duty.
        """
        duties = sorted(self.cells)
        options = self.told.number * self.days * self.templates
        offered = [(d, queue) for d, (*_, place) in enumerate(duties) for queue in self.told.served(place)]
        at = np.full((len(duties), queues), -1, dtype=np.int64)
        entries = []
        for d, key in enumerate(duties):
            for day, template in self.cells[key]:
                entries.append(((key[2] * self.days + day) * self.templates + template, rows + d, 1))
        for j, (d, queue) in enumerate(offered):
            at[d, queue] = j
            entries += [(options + j, row, amount) for row, amount in self.counted[duties[d], queue]]
        which = np.array(offered, dtype=np.int64).reshape(-1, 2)
        served = Servings(
            options=options,
            rows=rows,
            slot=np.array([slot for slot, *_ in duties], dtype=np.int64),
            slot_of=self.slot_of,
            duty=which[:, 0].copy(),
            queue=which[:, 1].copy(),
            first=np.searchsorted(which[:, 0], np.arange(len(duties) + 1)).astype(np.int64),
            at=at,
            team=_spans([key[:2] for key in duties]),
            shift=_spans([key[:1] for key in duties]),
        )
        return served, entries


def _spans(keys: list[tuple[int, ...]]) -> Ints:
    """Return for each of some sorted keys the first of its equals, and the one after the last, shape (keys, 2)."""
    first: dict[tuple[int, ...], int] = {}
    last: dict[tuple[int, ...], int] = {}
    for n, key in enumerate(keys):
        first.setdefault(key, n)
        last[key] = n + 1
    return np.array([(first[key], last[key]) for key in keys], dtype=np.int64).reshape(-1, 2)
