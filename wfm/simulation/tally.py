"""What happened: counts and seconds per replication, queue or team, and interval."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from wfm.domain.jit import COMPILED
from wfm.simulation.counting import by_columns, one_pass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfm.simulation.crew import Crew
    from wfm.simulation.laws import Floats
    from wfm.simulation.loop import Rules
    from wfm.simulation.streams import Contacts, Ints, Stream


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts by the interval of arrival, shape (replications, queues, intervals), and seconds of teams."""

    offered: Floats
    answered: Floats
    abandoned: Floats
    """Those who gave up, and those still waiting when nobody came any more."""
    blocked: Floats
    """Those who found every line taken."""
    answered_within: Floats
    """Answered within the acceptable wait."""
    abandoned_within: Floats
    """Given up within the acceptable wait."""
    abandoned_short: Floats
    """Given up within the short-call cut."""
    virtual_within: Floats
    """Those whom an endlessly patient caller's wait would not have exceeded the acceptable wait."""
    wait_seconds: Floats
    """Sum over all who were let in; who is never answered waits until the end of the last interval at most."""
    answered_wait_seconds: Floats
    """Sum over those who were answered."""
    busy_seconds: Floats
    """Time of each team on contacts, by the interval in which it passes; shape (replications, teams, intervals)."""


NAMES = tuple(field.name for field in fields(Tally))[:-1]
"""Of the columns that are counted, in their order."""


def tally(
    contacts: Contacts, begin: Floats, by: Ints, streams: Sequence[Stream], crew: Crew, rules: Rules, seconds: float
) -> Tally:
    """Return the counts of simulated contacts; `begin` and `by` as the loops return them, `seconds` of an interval."""
    intervals = np.asarray(streams[0].offered).size
    limit, short = _limits(streams)
    count = one_pass if COMPILED else by_columns
    counts, busy = count(contacts, begin, by, limit, short, crew.team, rules.pace, seconds, intervals)
    shape = (contacts.replications, len(streams), intervals)
    columns = {name: column.reshape(shape) for name, column in zip(NAMES, counts, strict=True)}
    return Tally(**columns, busy_seconds=busy.reshape(shape[0], -1, intervals))


def _limits(streams: Sequence[Stream]) -> tuple[Floats, Floats]:
    waits = [stream.acceptable_wait_seconds for stream in streams]
    shorts = [w if s.short_seconds is None else s.short_seconds for s, w in zip(streams, waits, strict=True)]
    return np.array(waits, dtype=np.float64), np.array(shorts, dtype=np.float64)


def joined(parts: Sequence[Tally]) -> Tally:
    """Return the tallies of consecutive replications as one."""
    return Tally(*(np.concatenate([getattr(part, f.name) for part in parts]) for f in fields(Tally)))
