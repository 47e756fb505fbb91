"""Opening hours that changed during the history: the past is seen as if today's had always been."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wfm.forecast.clean import runs

if TYPE_CHECKING:
    from wfm.forecast.history import FloatArray, IntArray
    from wfm.forecast.special import DayTable

LEAST_DAYS, LEAST_WEEKS = 5, 3
"""Days in a row, or days of one weekday, that an interval must have been empty, and served on the other side."""
PROVING_CONTACTS = 30.0
"""Contacts that would have come in the empty stretch had the interval been open; with fewer it may be chance."""
BESIDE_DAYS = 20
"""Days beside the stretch that show how many would have come."""


def hours_of_now(counts: FloatArray, table: DayTable) -> tuple[FloatArray, int]:
    """Return contacts with 0 in intervals that are shut now, unknown where one that is open now was shut, and how many.

    The number is that of the intervals of the day whose past was changed.

    An interval is shut when it stayed empty for days on which others were served, though before or after that many
    came in it. What is empty now is taken out of the whole past, so that day totals mean the same throughout.

    Parameters
    ----------
    counts
        Contacts per day and interval; NaN where unknown.
    table
        The same days.
    """
    ordinary = table.normal & (np.nansum(counts, axis=1) > 0)
    result = counts.copy()
    _settle(result, np.flatnonzero(ordinary), LEAST_DAYS)
    for weekday in table.weekday.T:
        _settle(result, np.flatnonzero(ordinary & (weekday == 1)), LEAST_WEEKS)
    same = (result == counts) | np.isnan(counts)
    return result, int((~same).any(axis=0).sum())


def _settle(counts: FloatArray, days: IntArray, least: int) -> None:
    """Write what `hours_of_now` returns into the counts of some days."""
    served = counts[days] > 0
    changing = served.any(axis=0) & ~served.all(axis=0)
    for interval in np.flatnonzero(changing).tolist():
        column = counts[days, interval]
        for first, end in runs(~(column > 0)):
            beside = column[:first][-BESIDE_DAYS:] if end == len(days) else column[end:][:BESIDE_DAYS]
            if not _proven(int((column[first:end] == 0).sum()), beside, least):
                continue
            if end == len(days):
                counts[days, interval] *= 0.0
            else:
                counts[days[first:end], interval] = np.nan


def _proven(empty: int, beside: FloatArray, least: int) -> bool:
    """Return whether so many empty days cannot be chance, given the days beside them."""
    known = beside[~np.isnan(beside)]
    return min(empty, len(known)) >= least and float(known.mean()) * empty >= PROVING_CONTACTS
