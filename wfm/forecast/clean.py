"""Outages and spikes in the past: found, replaced before learning, and listed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from wfm.forecast.history import BoolArray, FloatArray, IntArray
    from wfm.forecast.special import DayTable

NEIGHBOURS = 10
"""Nearest ordinary days of the same weekday that show what was to be expected."""
LEAST_NEIGHBOURS = 4
LEAST_EXPECTED = 5.0
"""Contacts; below it noise cannot be told from an outage."""
LOW, HIGH = 0.45, 1.8
"""Shares of what was to be expected, outside which an interval may be wrong."""
SURPRISE = 3.5
"""Standard deviations."""
RATE_VARIANCE = 0.03
"""Variance of an interval's rate around its expectation, as a share squared."""
SHORTEST_RUN = 2
EMPTY_SHARE = 0.1
"""Below this share of the usual day, with ordinary days before and after it, a day was an outage."""
LEAST_DAY = 50.0
"""Contacts of the usual day; below it an empty day can be chance."""
LONGEST_OUTAGE_DAYS = 14
"""More ordinary days than this in a row are a closed queue, not an outage."""
AROUND_DAYS, RARE = 57, 0.25
"""An empty day is an outage only where at most this part of so many ordinary days around it are empty."""
LASTING_DAYS, LASTING_WEEKS = 5, 3
"""What comes back at the same hour on so many days, or so many days of one weekday, in a row has changed for good."""

DOUBLE = 1.5
"""Times the usual contacts a day recorded twice has at least."""
PROVING_INTERVALS = 12
"""Intervals with contacts whose numbers are all even by chance on hardly any day."""

Reason = Literal["outage", "spike", "empty_day", "doubled_day"]


@dataclass(frozen=True, slots=True)
class Repair:
    """A stretch of one day that was not learnt as it was recorded.

    Attributes
    ----------
    first, end
        First interval of the local day, and the one after the last.
    recorded
        Contacts as recorded.
    learnt
        Contacts that were learnt instead; None where the stretch counts as unknown.
    """

    day: date
    first: int
    end: int
    recorded: float
    learnt: float | None
    reason: Reason


def cleaned(
    counts: FloatArray, days: Sequence[date], table: DayTable, opened: BoolArray
) -> tuple[FloatArray, tuple[Repair, ...]]:
    """Return contacts to learn from, and what was changed; holidays stay as they are.

    An interval is wrong when it is far from the median of the nearest ordinary days of its weekday, scaled to the
    level of its own day, together with a neighbour, when at most half of the day is like that, and when it does not
    come back day after day or week after week. A day without contacts between ordinary days counts as unknown, unless
    such days are common. A busy day on which every number is even was recorded twice: half
    of it is learnt; any other busy day is taken as it came. Days beside holidays can only be halved.

    Parameters
    ----------
    counts
        Contacts per day and interval; NaN where unknown.
    opened
        Whether each interval is open; same shape.
    """
    usual = usual_counts(counts, table, opened)
    twice = _doubled_days(counts, usual) & table.normal
    halved = np.where(twice[:, None], counts / 2, counts)
    plain = table.normal & ~_beside(~table.normal)
    empty = _empty_days(halved, usual, plain)
    expected = usual * _scale(halved, usual)[:, None]
    judged = plain & ~empty
    wrong = _wrong(halved, expected) & judged[:, None]
    wrong &= ~_lasting(wrong, halved, expected, table, judged)
    expected = usual * _intact(halved, usual, wrong)[:, None]
    result = np.where(wrong, expected, np.where(empty[:, None] & opened, np.nan, halved))
    repairs = list(_stretches(halved, expected, wrong, days))
    for day in np.flatnonzero(twice | empty).tolist():
        recorded = float(np.nansum(counts[day]))
        reason: Reason = "doubled_day" if twice[day] else "empty_day"
        learnt = recorded / 2 if twice[day] else None
        repairs.append(Repair(days[day], 0, counts.shape[1], recorded, learnt, reason))
    return result, tuple(sorted(repairs, key=lambda r: (r.day, r.first)))


def _stretches(counts: FloatArray, expected: FloatArray, wrong: BoolArray, days: Sequence[date]) -> Iterator[Repair]:
    """Yield the outages and spikes of each day."""
    for day in np.flatnonzero(wrong.any(axis=1)).tolist():
        for first, end in runs(wrong[day]):
            recorded, learnt = float(counts[day, first:end].sum()), float(expected[day, first:end].sum())
            yield Repair(days[day], first, end, recorded, learnt, "outage" if recorded < learnt else "spike")


def usual_counts(counts: FloatArray, table: DayTable, opened: BoolArray) -> FloatArray:
    """Return the median of the nearest ordinary days of the same weekday; NaN where there are too few."""
    usual = np.full_like(counts, np.nan)
    whole = table.normal & ~(np.isnan(counts) & opened).any(axis=1) & (np.nan_to_num(counts).sum(axis=1) > 0)
    for weekday in range(7):
        alike = np.flatnonzero(whole & (table.weekday[:, weekday] == 1))
        if len(alike) <= LEAST_NEIGHBOURS:
            continue
        wanted = np.flatnonzero(table.weekday[:, weekday] == 1)
        usual[wanted] = np.median(counts[_nearest(wanted, alike)], axis=1)
    return usual


def _nearest(wanted: IntArray, alike: IntArray) -> IntArray:
    """Return for each wanted day its nearest days among those alike, itself left out; shape (wanted, neighbours)."""
    size = min(NEIGHBOURS + 1, len(alike))
    first = np.clip(np.searchsorted(alike, wanted) - size // 2, 0, len(alike) - size)
    window = alike[first[:, None] + np.arange(size)]
    far = np.where(window == wanted[:, None], np.inf, -np.abs(window - wanted[:, None]))
    drop = np.where(np.isinf(far).any(axis=1), np.argmax(far, axis=1), np.argmin(far, axis=1))
    kept = np.arange(size)[None, :] != drop[:, None]
    nearest: IntArray = window[kept].reshape(len(wanted), size - 1)
    return nearest


def _scale(counts: FloatArray, usual: FloatArray) -> FloatArray:
    """Return each day's level: the median over its intervals of contacts over the usual ones; 1 where unknown."""
    used = (usual > LEAST_EXPECTED) & ~np.isnan(counts)
    ratio = np.where(used, counts / np.where(used, usual, 1.0), np.nan)
    ratio[~used.any(axis=1)] = 1.0
    scale: FloatArray = np.nanmedian(ratio, axis=1)
    return scale


def _intact(counts: FloatArray, usual: FloatArray, wrong: BoolArray) -> FloatArray:
    """Return each day's level: contacts over the usual ones where nothing is wrong; 1 where nothing is usual."""
    used = ~wrong & ~np.isnan(counts) & ~np.isnan(usual)
    came, due = (np.where(used, values, 0.0).sum(axis=1) for values in (counts, usual))
    level: FloatArray = np.divide(came, due, out=np.ones_like(came), where=due > 0)
    return level


def _wrong(counts: FloatArray, expected: FloatArray) -> BoolArray:
    with np.errstate(invalid="ignore"):
        judged = (expected > LEAST_EXPECTED) & ~np.isnan(counts)
        off = (counts < LOW * expected) | (counts > HIGH * expected)
        variance = expected + RATE_VARIANCE * expected**2 + 1
        off &= judged & (np.abs(counts - expected) > SURPRISE * np.sqrt(variance))
    off &= _beside(off.T).T
    few: BoolArray = 2 * off.sum(axis=1) <= judged.sum(axis=1)
    wrong: BoolArray = off & few[:, None]
    return wrong


def _lasting(
    wrong: BoolArray, counts: FloatArray, expected: FloatArray, table: DayTable, judged: BoolArray
) -> BoolArray:
    """Return which cells are wrong on many judged days in a row, or on many of one weekday.

    Only a day with about the usual contacts in the interval ends a row.
    """
    with np.errstate(invalid="ignore"):
        fine = (expected > LEAST_EXPECTED) & (counts >= LOW * expected) & (counts <= HIGH * expected)
    lasting = np.zeros_like(wrong)
    kinds = [(judged, LASTING_DAYS), *((judged & (weekday == 1), LASTING_WEEKS) for weekday in table.weekday.T)]
    for kind, least in kinds:
        for interval in np.flatnonzero(wrong[kind].sum(axis=0) >= least).tolist():
            days = np.flatnonzero(kind & (wrong | fine)[:, interval])
            for first, end in runs(wrong[days, interval]):
                lasting[days[first:end], interval] |= end - first >= least
    return lasting


def _beside(flags: BoolArray) -> BoolArray:
    """Return which positions of the first axis have a neighbour that is flagged."""
    beside = np.zeros_like(flags)
    beside[1:] |= flags[:-1]
    beside[:-1] |= flags[1:]
    return beside


def _doubled_days(counts: FloatArray, usual: FloatArray) -> BoolArray:
    """Return which busy days have nothing but even numbers, on a queue whose other days have odd ones too."""
    busy = np.nansum(counts, axis=1) > DOUBLE * np.nansum(usual, axis=1)
    served = counts > 0
    even = np.all(~served | (counts % 2 == 0), axis=1) & (served.sum(axis=1) >= PROVING_INTERVALS)
    doubled: BoolArray = even & busy & ~np.isnan(usual).all(axis=1)
    return doubled if 2 * even.sum() < len(even) else np.zeros_like(doubled)


def _empty_days(counts: FloatArray, usual: FloatArray, plain: BoolArray) -> BoolArray:
    """Return which ordinary days were empty though days of the same kind before and after them were not."""
    due = np.nansum(np.where(np.isnan(counts), np.nan, usual), axis=1)
    known = ~np.isnan(counts).all(axis=1) & plain & (due > LEAST_DAY)
    empty: BoolArray = known & (np.nansum(counts, axis=1) < EMPTY_SHARE * due)
    order = np.flatnonzero(known)
    for first, end in runs(empty[order]):
        if first == 0 or end == len(order) or end - first > LONGEST_OUTAGE_DAYS:
            empty[order[first:end]] = False
    empty[order] &= _around(empty[order]) <= RARE
    return empty


def _around(flags: BoolArray) -> FloatArray:
    """Return the share of True among the `AROUND_DAYS` nearest positions of each."""
    size = min(AROUND_DAYS, len(flags))
    summed = np.concatenate(([0], np.cumsum(flags)))
    first = np.clip(np.arange(len(flags)) - size // 2, 0, len(flags) - size)
    share: FloatArray = (summed[first + size] - summed[first]) / max(1, size)
    return share


def runs(flags: BoolArray) -> Iterator[tuple[int, int]]:
    """Yield the first position and the one after the last of every run of True in a vector."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    for first, end in zip(edges[::2], edges[1::2], strict=True):
        yield int(first), int(end)
