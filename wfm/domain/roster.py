"""The roster: one assignment for every agent and day, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from wfm.domain.shifts import Shift
    from wfm.domain.text import Text


class State(StrEnum):
    """What an agent does on a day: exactly one of these."""

    WORK = "work"
    REST = "rest"
    STATUTORY_OFF = "statutory_off"
    LEAVE = "leave"
    NOT_EMPLOYED = "not_employed"


class Served(NamedTuple):
    """A span of a shift, without breaks, on one queue; UTC instants."""

    start: datetime
    end: datetime
    queue: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """One agent-day."""

    agent_id: str
    date: date
    state: State
    shift: Shift | None = None
    """The shift when the state is WORK."""
    queue: str | None = None
    """The queue served when the state is WORK; of several the one served longest."""
    leave_type: str | None = None
    """The type of leave when the state is LEAVE."""
    serving: tuple[Served, ...] = ()
    """All spans on the queues, in order, when the agent does not serve one queue for the whole shift."""

    @property
    def works(self) -> bool:
        """Whether a shift starts on this day."""
        return self.state is State.WORK

    @property
    def queues(self) -> tuple[str, ...]:
        """The queues served, in the order in which they are first served."""
        if self.serving:
            return tuple(dict.fromkeys(span.queue for span in self.serving))
        return () if self.queue is None else (self.queue,)

    def served(self) -> tuple[Served, ...]:
        """Return all spans on the queues, in order."""
        return spans_on_queue(self.shift, self.queue, self.serving)


def spans_on_queue(shift: Shift | None, queue: str | None, serving: tuple[Served, ...]) -> tuple[Served, ...]:
    """Return all spans of a shift on the queues: those given, else all of them on its one queue."""
    if shift is None:
        return ()
    if serving or queue is None:
        return serving
    return tuple(Served(start, end, queue) for start, end in shift.on_queue())


@dataclass(frozen=True)
class Roster:
    """All assignments of a period, with the tail of the roster before it.

    Attributes
    ----------
    assignments
        By (agent id, date): every agent and every day of the period.
    tail
        By (agent id, date): days before the period, from the previous published roster; may be empty.
    """

    assignments: Mapping[tuple[str, date], Assignment]
    tail: Mapping[tuple[str, date], Assignment] = field(default_factory=dict)

    @classmethod
    def of(cls, assignments: Iterable[Assignment], tail: Iterable[Assignment] = ()) -> Roster:
        """Return a roster from assignments in any order; a later one replaces an earlier one of the same cell."""
        return cls({(a.agent_id, a.date): a for a in assignments}, {(a.agent_id, a.date): a for a in tail})

    def of_agents(self, agent_ids: Container[str]) -> Roster:
        """Return the roster of some agents."""
        mine = {key: cell for key, cell in self.assignments.items() if key[0] in agent_ids}
        return Roster(mine, {key: cell for key, cell in self.tail.items() if key[0] in agent_ids})

    def __iter__(self) -> Iterator[Assignment]:
        return iter(self.assignments.values())

    def __len__(self) -> int:
        return len(self.assignments)

    def at(self, agent_id: str, day: date) -> Assignment | None:
        """Return the assignment of a cell, in the period or in the tail; None when nothing is known."""
        return self.assignments.get((agent_id, day)) or self.tail.get((agent_id, day))

    def works(self, agent_id: str, day: date) -> bool:
        """Return whether a shift of this agent is known to start on that date."""
        found = self.at(agent_id, day)
        return found is not None and found.works

    def line(self, agent_id: str, first: date, last: date) -> list[Assignment | None]:
        """Return the assignments from `first` to `last`, both included, None where nothing is known."""
        return [self.at(agent_id, first + timedelta(days=n)) for n in range((last - first).days + 1)]


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule, hard or soft."""

    rule: str
    """Kind of the rule."""
    severity: Literal["hard", "soft"]
    message: Text
    agent_id: str | None = None
    """None when the roster as a whole breaks the rule."""
    first_date: date | None = None
    last_date: date | None = None
    amount: int = 1
    """How far beyond the bound, in the rule's own unit."""
    cost: int = 0
    """What a soft rule adds to the objective, in ticks (see `TICKS`)."""


TICKS = 300
"""Ticks in one unit of weight: hundredths of an agent and single minutes of an hour are both whole numbers of ticks."""
