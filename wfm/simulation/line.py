"""One queue with one team, first come first served: each contact takes the agent who is free first.

No events are needed: a contact is answered when the first agent is free, unless its patience ends before. Many
replications advance together, one contact of each at a time (NumPy), or one after the other (compiled).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wfm.domain.jit import compiled

if TYPE_CHECKING:
    from wfm.simulation.crew import Crew
    from wfm.simulation.laws import Floats
    from wfm.simulation.streams import Contacts, Ints


def together(contacts: Contacts, crew: Crew) -> tuple[Floats, Ints]:
    """Return per contact when an agent came to it (or would have), and the agent or -1; all replications at once."""
    begin, by = np.full(contacts.arrival.size, np.inf), np.full(contacts.arrival.size, -1, dtype=np.int64)
    if not crew.team.size:
        return begin, by
    order = np.argsort(-contacts.firsts, kind="stable")
    counts, offset = contacts.firsts[order], contacts.first[:-1][order]
    free = _Free(crew, len(order))
    for k in range(int(counts.max(initial=0))):
        active = int(np.searchsorted(-counts, -k, side="left"))
        place = offset[:active] + k
        now = contacts.arrival[place]
        free.refresh(now)
        agent, at = free.first(active)
        start = np.maximum(now, at)
        begin[place] = start
        answered = np.flatnonzero((start <= now + contacts.patience[place]) & (start < np.inf))
        by[place[answered]] = agent[answered]
        free.occupy(answered, agent[answered], (start + contacts.handle[place])[answered])
    return begin, by


class _Free:
    """When each agent of each replication is free next, always within one of his spans; infinite after the last."""

    def __init__(self, crew: Crew, replications: int) -> None:
        self.begin, self.end = np.append(crew.begin, np.inf), np.append(crew.end, np.inf)
        self.none, self.last = len(crew.begin), crew.first[1:]
        span = np.where(crew.first[:-1] < self.last, crew.first[:-1], self.none)
        self.span = np.tile(span, (replications, 1))
        self.at, self.until = self.begin[self.span], self.end[self.span]
        self.soonest = self.until.min(axis=1)
        self.rows = np.arange(replications)

    def first(self, active: int) -> tuple[Ints, Floats]:
        """Return who is free first in each of the first replications, and when."""
        agent = self.at[:active].argmin(axis=1)
        return agent, self.at[self.rows[:active], agent]

    def refresh(self, now: Floats) -> None:
        """Send home whose span has ended."""
        rows = np.flatnonzero(self.soonest[: now.size] <= now)
        if rows.size:
            row, agent = np.nonzero(self.until[rows] <= now[rows, None])
            self._move(rows[row], agent, now[rows[row]])

    def occupy(self, row: Ints, agent: Ints, until: Floats) -> None:
        """Keep agents busy; one whose span ends before is free again in the next one."""
        self.at[row, agent] = until
        late = np.flatnonzero(until >= self.until[row, agent])
        if late.size:
            self._move(row[late], agent[late], until[late])

    def _move(self, row: Ints, agent: Ints, time: Floats) -> None:
        """Move agents into their first span that ends after a time."""
        span, last = self.span[row, agent], self.last[agent]
        at = self.at[row, agent]
        busy = np.maximum(time, at)
        while (over := (self.end[span] <= busy) & (span < self.none)).any():
            span = np.where(over, span + 1, span)
            span = np.where(over & (span >= last), self.none, span)
        self.span[row, agent], self.until[row, agent] = span, self.end[span]
        self.at[row, agent] = np.maximum(at, self.begin[span])
        self.soonest[row] = self.until[row].min(axis=1)


@compiled
def one_by_one(
    arrival: Floats, handle: Floats, patience: Floats, first: Ints, firsts: Ints, crew: Crew
) -> tuple[Floats, Ints]:
    """Return what `together` does, from a heap of agents by the time when they are free."""
    begin, by = np.full(arrival.size, np.inf), np.full(arrival.size, -1, np.int64)
    people = crew.team.size
    at, until = np.empty(people), np.empty(people)
    heap, span = np.empty(people, np.int64), np.empty(people, np.int64)
    for r in range(firsts.size):
        for a in range(people):
            heap[a], span[a], at[a] = a, crew.first[a], -np.inf
            settle(crew, span, at, until, a, -np.inf)
        for k in range(people // 2 - 1, -1, -1):
            sink(heap, at, k)
        for i in range(first[r], first[r] + firsts[r] if people else first[r]):
            now = arrival[i]
            while until[heap[0]] <= now:
                settle(crew, span, at, until, heap[0], now)
                sink(heap, at, 0)
            agent = heap[0]
            start = max(now, at[agent])
            begin[i] = start
            if start <= now + patience[i] and start < np.inf:
                by[i], at[agent] = agent, start + handle[i]
                if at[agent] >= until[agent]:
                    settle(crew, span, at, until, agent, now)
                sink(heap, at, 0)
    return begin, by


@compiled
def settle(crew: Crew, span: Ints, at: Floats, until: Floats, agent: int, now: float) -> None:
    """Move an agent into his first span that ends after a time, and after he is free."""
    last = crew.first[agent + 1]
    while span[agent] < last and crew.end[span[agent]] <= max(at[agent], now):
        span[agent] += 1
    if span[agent] < last:
        at[agent] = max(at[agent], crew.begin[span[agent]])
        until[agent] = crew.end[span[agent]]
    else:
        at[agent], until[agent] = np.inf, np.inf


@compiled
def sink(heap: Ints, at: Floats, place: int) -> None:
    """Let the agent at a place of the heap sink to where he belongs: by time, then by number."""
    agent, size = heap[place], heap.size
    while 2 * place + 1 < size:
        child = 2 * place + 1
        if child + 1 < size and before(at, heap[child + 1], heap[child]):
            child += 1
        if before(at, agent, heap[child]):
            break
        heap[place] = heap[child]
        place = child
    heap[place] = agent


@compiled
def before(at: Floats, one: int, other: int) -> bool:
    """Return whether one agent is free before another."""
    return at[one] < at[other] or (at[one] == at[other] and one < other)
