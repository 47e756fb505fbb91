"""Counting simulated contacts by replication, queue and interval: in columns (NumPy) or in one pass (compiled).

Both return ten columns in the order of `Tally`, each as long as replications x queues x intervals, and the seconds of
teams on contacts, replications x teams x intervals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wfm.domain.jit import compiled
from wfm.simulation.crew import spread
from wfm.simulation.loop import BLOCKED

if TYPE_CHECKING:
    from wfm.simulation.laws import Floats
    from wfm.simulation.streams import Contacts, Ints

COLUMNS = 10
BLOCK = 50_000
"""Contacts counted at a time: as many as stay close to the processor."""
_KINDS = 25
"""Bits of a contact: in time, within the cut, virtually in time, answered, blocked; the last one does not count."""
_GONE, _ANSWERED, _BLOCKED = range(8), range(8, 16), range(16, 24)
_COLUMNS = (
    range(24),
    _ANSWERED,
    _GONE,
    _BLOCKED,
    [kind for kind in _ANSWERED if kind & 1],
    [kind for kind in _GONE if kind & 1],
    [kind for kind in _GONE if kind & 2],
    [kind for kind in range(16) if kind & 4],
)
"""Which kinds each column counts."""


def by_columns(
    contacts: Contacts,
    begin: Floats,
    by: Ints,
    limit: Floats,
    short: Floats,
    team_of: Ints,
    pace: Floats,
    seconds: float,
    intervals: int,
) -> tuple[Floats, Floats]:
    """Return the counts, one column after the other.

    Parameters
    ----------
    limit, short
        Acceptable wait and short-call cut of each queue.
    team_of
        Team of each agent.
    seconds
        Length of an interval.
    """
    step = max(1, BLOCK * contacts.replications // max(contacts.arrival.size, 1))
    blocks = []
    for start in range(0, contacts.replications, step):
        stop = min(start + step, contacts.replications)
        part = slice(contacts.first[start], contacts.first[stop])
        block = contacts.part(start, stop)
        blocks.append(_block(block, begin[part], by[part], limit, short, team_of, pace, seconds, intervals))
    counts, busy = zip(*blocks, strict=True)
    return np.concatenate(counts, axis=1), np.concatenate(busy)


def _block(
    contacts: Contacts,
    begin: Floats,
    by: Ints,
    limit: Floats,
    short: Floats,
    team_of: Ints,
    pace: Floats,
    seconds: float,
    intervals: int,
) -> tuple[Floats, Floats]:
    horizon, queues, teams = seconds * intervals, limit.size, pace.shape[0]
    size = contacts.replications * queues * intervals
    replication = np.repeat(np.arange(contacts.replications), np.diff(contacts.first))
    counted = contacts.arrival < horizon
    at = np.where(counted, contacts.arrival, 0.0)
    flat = (replication * queues + contacts.queue) * intervals + (at / seconds).astype(np.int64)
    until, answered = begin - at, by >= 0
    wait = np.where(answered, until, np.minimum(np.minimum(until, contacts.patience), horizon - at))
    wait[(by == BLOCKED) | ~counted] = 0.0
    waits = (np.bincount(flat, weights, size) for weights in (wait, np.where(answered, wait, 0.0)))
    longest, cut = limit[contacts.queue], short[contacts.queue]
    kind = (wait <= longest) + 2 * (wait <= cut) + 4 * (until <= longest) + 8 * answered + 16 * (by == BLOCKED)
    kind[~counted] = _KINDS - 1
    kinds = np.bincount(kind * size + flat, minlength=_KINDS * size).reshape(_KINDS, size)
    columns = [kinds[list(rows)].sum(axis=0) for rows in _COLUMNS]
    served = np.flatnonzero(answered)
    team = team_of[by[served]]
    end = begin[served] + contacts.handle[served] * pace[team, contacts.queue[served]]
    row = replication[served] * teams + team
    busy = spread(row, begin[served], end, contacts.replications * teams, seconds, intervals)
    return np.array([*columns, *waits], dtype=np.float64), busy.ravel()


@compiled
def one_pass(
    contacts: Contacts,
    begin: Floats,
    by: Ints,
    limit: Floats,
    short: Floats,
    team_of: Ints,
    pace: Floats,
    seconds: float,
    intervals: int,
) -> tuple[Floats, Floats]:
    """Return the counts, contact by contact; see `by_columns`."""
    horizon, queues, teams = seconds * intervals, limit.size, pace.shape[0]
    arrival, queue_of, handle, patience = contacts.arrival, contacts.queue, contacts.handle, contacts.patience
    first = contacts.first
    counts = np.zeros((COLUMNS, (first.size - 1) * queues * intervals))
    busy = np.zeros((first.size - 1) * teams * intervals)
    for r in range(first.size - 1):
        for i in range(first[r], first[r + 1]):
            queue = queue_of[i]
            if by[i] >= 0:
                team = team_of[by[i]]
                end = begin[i] + handle[i] * pace[team, queue]
                fill(busy, (r * teams + team) * intervals, begin[i], end, seconds, intervals)
            if arrival[i] < horizon:
                place = (r * queues + queue) * intervals + int(arrival[i] / seconds)
                counts[0, place] += 1
                until, most = begin[i] - arrival[i], min(patience[i], horizon - arrival[i])
                count(counts, place, by[i], until, most, limit[queue], short[queue])
    return counts, busy


@compiled
def count(counts: Floats, place: int, by: int, until: float, most: float, limit: float, short: float) -> None:
    """Add one contact; `until` an agent came or would have, `most` is as long as it waits."""
    if by == BLOCKED:
        counts[3, place] += 1
        return
    wait = until if by >= 0 else min(until, most)
    if by >= 0:
        counts[1, place] += 1
        counts[4, place] += wait <= limit
        counts[9, place] += wait
    else:
        counts[2, place] += 1
        counts[5, place] += wait <= limit
        counts[6, place] += wait <= short
    counts[7, place] += until <= limit
    counts[8, place] += wait


@compiled
def fill(busy: Floats, row: int, begin: float, end: float, seconds: float, intervals: int) -> None:
    """Add a span to the intervals that it touches."""
    k = int(begin / seconds)
    while begin < end and k < intervals:
        edge = min(end, (k + 1) * seconds)
        busy[row + k] += edge - begin
        begin, k = edge, k + 1
