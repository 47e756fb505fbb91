"""Simulate: draw contacts, let them meet agents, count what happened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wfm.domain.errors import SettingsError
from wfm.domain.jit import COMPILED
from wfm.simulation import messages
from wfm.simulation.crew import Crew, Team, crew_of, present_seconds
from wfm.simulation.line import one_by_one, together
from wfm.simulation.loop import NO_LIMIT, replicate
from wfm.simulation.routing import Routing, rules_of
from wfm.simulation.streams import Contacts, Stream, checked, draw
from wfm.simulation.tally import Tally, joined, tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

    from wfm.simulation.laws import Floats
    from wfm.simulation.loop import Rules
    from wfm.simulation.streams import Ints

AT_ONCE = 1_000_000
"""Contacts that are held in memory at a time, at most, unless one replication has more."""


@dataclass(frozen=True)
class Simulated:
    """What happened in all replications.

    Attributes
    ----------
    queues
        Names, in the order of the counts.
    teams
        Skills of each team, in the order of the seconds.
    tally
        Counts per replication, queue and interval; seconds per replication, team and interval.
    present_seconds
        Seconds that each team was on the queue, with the contacts it finished late; shape as `tally.busy_seconds`.
    """

    queues: tuple[str, ...]
    teams: tuple[tuple[str, ...], ...]
    interval_seconds: float
    tally: Tally
    present_seconds: Floats


def simulate(
    streams: Sequence[Stream],
    teams: Sequence[Team],
    interval_seconds: float,
    *,
    replications: int = 200,
    seed: int = 1,
    routing: Routing | None = None,
    progress: Callable[[int], None] | None = None,
) -> Simulated:
    """Return what happens to random contacts with so many agents; equal arguments give equal numbers.

    Replication k of a seed draws the same contacts whatever the agents, so that two ways of staffing are compared on
    the same contacts.

    Parameters
    ----------
    streams
        One per queue, with equally many intervals.
    teams
        Agents by skills.
    interval_seconds
        Length of every interval.
    replications
        How often the whole span is simulated.
    routing
        Longest wait first, agents with the fewest skills first, when None.
    progress
        Called with the number of replications done.

    Raises
    ------
    SettingsError
        When a number is out of its range, a team serves a queue that is not there, or a span is impossible.

    Examples
    --------
    >>> from wfm.simulation import Stream, Team, exponential, scores, simulate
    >>> calls = Stream("sales", [100.0] * 16, exponential(180), exponential(120))
    >>> result = simulate([calls], [Team.of_counts(["sales"], [12] * 16, 1800)], 1800, replications=100)
    >>> bool(0.80 < result.tally.answered_within.sum() / result.tally.offered.sum() < 0.86)
    True
    """
    checked(streams, interval_seconds)
    if replications < 1:
        raise SettingsError(messages.FEW_REPLICATIONS.fill(value=replications))
    meeting = _Meeting(streams, teams, interval_seconds, routing or Routing())
    parts = []
    for start, stop in _chunks(streams, replications):
        parts.append(meeting.counts(draw(streams, interval_seconds, stop - start, seed, start)))
        if progress:
            progress(stop)
    return meeting.result(joined(parts))


def replay(
    contacts: Contacts,
    streams: Sequence[Stream],
    teams: Sequence[Team],
    interval_seconds: float,
    *,
    routing: Routing | None = None,
) -> Simulated:
    """Return what happens to known contacts, for instance those of a call log or of `draw`; see `simulate`.

    Of the streams only the names, the number of intervals and the limits of waiting count.
    """
    checked(streams, interval_seconds)
    meeting = _Meeting(streams, teams, interval_seconds, routing or Routing())
    return meeting.result(meeting.counts(contacts._replace(arrival=contacts.arrival.copy())))


class _Meeting:
    """Agents and rules as arrays, ready to meet contacts."""

    def __init__(self, streams: Sequence[Stream], teams: Sequence[Team], seconds: float, routing: Routing) -> None:
        self.streams, self.teams, self.seconds = streams, teams, seconds
        self.crew = crew_of(teams)
        self.rules = rules_of(routing, [stream.name for stream in streams], teams)

    def counts(self, contacts: Contacts) -> Tally:
        """Return the counts of contacts, after those who try again got their times of arrival."""
        begin, by = play(contacts, self.crew, self.rules)
        return tally(contacts, begin, by, self.streams, self.crew, self.rules, self.seconds)

    def result(self, counts: Tally) -> Simulated:
        """Return the counts with what they belong to."""
        present = present_seconds(self.crew, len(self.teams), self.seconds, counts.offered.shape[2])
        names, skills = tuple(s.name for s in self.streams), tuple(t.skills for t in self.teams)
        return Simulated(names, skills, self.seconds, counts, np.maximum(present, counts.busy_seconds))


def play(contacts: Contacts, crew: Crew, rules: Rules) -> tuple[Floats, Ints]:
    """Return per contact when an agent came to it (or would have) and who: -1 gave up, -2 found every line taken.

    Contacts that try again get their time of arrival here.
    """
    alone = rules.pace.shape == (1, 1) and rules.served[0, 0, 0] == 0 and rules.pace[0, 0] == 1
    plain = alone and rules.lines == NO_LIMIT and not rules.first_free[0]
    if plain and (contacts.follows < 0).all():
        return _alone(contacts, crew)
    return _routed(contacts, crew, rules)


def _alone(contacts: Contacts, crew: Crew) -> tuple[Floats, Ints]:
    if not COMPILED:
        return together(contacts, crew)
    return one_by_one(contacts.arrival, contacts.handle, contacts.patience, contacts.first, contacts.firsts, crew)


def _routed(contacts: Contacts, crew: Crew, rules: Rules) -> tuple[Floats, Ints]:
    begin, by = np.empty(contacts.arrival.size), np.empty(contacts.arrival.size, dtype=np.int64)
    turns = turns_of(crew)
    for r in range(contacts.replications):
        lo, hi = contacts.first[r], contacts.first[r + 1]
        begin[lo:hi], by[lo:hi] = replicate(contacts.part(r, r + 1), contacts.arrival[lo:hi], crew.team, rules, *turns)
    return begin, by


def turns_of(crew: Crew) -> tuple[Floats, Ints, npt.NDArray[np.int8]]:
    """Return when spans begin and end, whose, and which of both: in order of time, ends first."""
    agents = np.repeat(np.arange(crew.team.size), np.diff(crew.first))
    times = np.concatenate([crew.end, crew.begin])
    order = np.argsort(times, kind="stable")
    coming = np.repeat(np.array([0, 1], dtype=np.int8), agents.size)
    return times[order], np.concatenate([agents, agents])[order], coming[order]


def _chunks(streams: Sequence[Stream], replications: int) -> Iterator[tuple[int, int]]:
    """Return consecutive replications that fit into memory."""
    expected = sum(float(np.sum(np.asarray(s.offered, dtype=np.float64))) for s in streams)
    size = max(1, int(AT_ONCE / max(expected, 1.0)))
    return ((start, min(start + size, replications)) for start in range(0, replications, size))
