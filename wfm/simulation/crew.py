"""Agents: teams of equal skills, and when each agent is on the queue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

import numpy as np

from wfm.domain.errors import SettingsError
from wfm.simulation import messages

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from wfm.simulation.laws import Floats
    from wfm.simulation.streams import Ints

Spans = tuple[tuple[float, float], ...]
"""When one agent is on the queue, in seconds since the start, in order."""
Leaving = Literal["own_span", "first_free"]
"""Who leaves at the end of a span: its own agent, after the contact that he is handling; whoever of the team is free
first, as if only their number counted."""


@dataclass(frozen=True)
class Team:
    """Agents with the same skills.

    Attributes
    ----------
    skills
        Names of the queues that they serve, the first choice first.
    spans
        Of each agent; a contact that is being handled at the end of a span is finished first.
    pace
        Handle time of each skill over the queue's own; empty for 1.
    leaving
        Who leaves at the end of a span.

    Raises
    ------
    SettingsError
        When nobody knows that way of leaving.
    """

    skills: tuple[str, ...]
    spans: tuple[Spans, ...]
    pace: tuple[float, ...] = ()
    leaving: Leaving = "own_span"

    def __post_init__(self) -> None:
        if self.leaving not in get_args(Leaving):
            known = ", ".join(get_args(Leaving))
            raise SettingsError(messages.BAD_CHOICE.fill(name="leaving", value=self.leaving, known=known))

    @classmethod
    def of_counts(
        cls,
        skills: Sequence[str],
        counts: npt.ArrayLike,
        interval_seconds: float,
        pace: Sequence[float] = (),
        leaving: Leaving = "own_span",
    ) -> Team:
        """Return a team with so many agents in each interval; one who is needed on goes on without a pause.

        Raises
        ------
        SettingsError
            When the counts are no whole numbers.

        Examples
        --------
        >>> Team.of_counts(["sales"], [1, 2, 0], 1800).spans
        (((0.0, 3600.0),), ((1800.0, 3600.0),))
        """
        number = np.asarray(counts, dtype=np.float64)
        if number.ndim != 1 or not (np.isfinite(number) & (number >= 0) & (number % 1 == 0)).all():
            raise SettingsError(messages.NOT_WHOLE.fill(name="counts"))
        edges = np.concatenate([[0.0], number, [0.0]])
        spans = []
        for k in range(int(number.max(initial=0))):
            step = np.diff((edges > k).astype(np.int8))
            begin, end = (np.flatnonzero(step == way) * float(interval_seconds) for way in (1, -1))
            spans.append(tuple(zip(begin.tolist(), end.tolist(), strict=True)))
        return cls(tuple(skills), tuple(spans), tuple(pace), leaving)


class Crew(NamedTuple):
    """All agents as arrays: the spans of agent k are `first[k]` up to `first[k + 1]`."""

    begin: Floats
    end: Floats
    first: Ints
    team: Ints
    """Of each agent; shape (agents,)."""


def crew_of(teams: Sequence[Team]) -> Crew:
    """Return the agents of some teams.

    Raises
    ------
    SettingsError
        When a span is not finite, ends before it starts, or overlaps the one before.
    """
    agents = [spans for team in teams for spans in team.spans]
    pairs = np.array([span for spans in agents for span in spans], dtype=np.float64).reshape(-1, 2)
    first = np.concatenate([[0], np.cumsum([len(spans) for spans in agents])]).astype(np.int64)
    _check(pairs, first)
    team = np.repeat(np.arange(len(teams), dtype=np.int64), [len(team.spans) for team in teams])
    return Crew(np.ascontiguousarray(pairs[:, 0]), np.ascontiguousarray(pairs[:, 1]), first, team)


def _check(pairs: Floats, first: Ints) -> None:
    follows = np.ones(len(pairs) + 1, dtype=bool)
    follows[first] = False
    early = follows[1:-1] & (pairs[1:, 0] < pairs[:-1, 1]) if len(pairs) else np.zeros(0, dtype=bool)
    if early.any() or not (np.isfinite(pairs).all() and (pairs[:, 1] > pairs[:, 0]).all()):
        raise SettingsError(messages.BAD_SPAN)


def present_seconds(crew: Crew, teams: int, interval_seconds: float, intervals: int) -> Floats:
    """Return the seconds that each team is on the queue; shape (teams, intervals)."""
    row = np.repeat(crew.team, np.diff(crew.first))
    return spread(row, crew.begin, crew.end, teams, interval_seconds, intervals)


def spread(row: Ints, begin: Floats, end: Floats, rows: int, interval_seconds: float, intervals: int) -> Floats:
    """Return the seconds of spans by row and interval; what lies outside of the intervals does not count.

    Examples
    --------
    >>> spread(np.array([0]), np.array([900.0]), np.array([4500.0]), 1, 1800, 3).tolist()
    [[900.0, 1800.0, 900.0]]
    """
    size = rows * (intervals + 1)
    inside, seconds = np.zeros((rows, intervals + 1)), np.zeros((rows, intervals + 1))
    for times, sign in ((begin, 1.0), (end, -1.0)):
        at = np.clip(times, 0.0, interval_seconds * intervals)
        flat = row * (intervals + 1) + (at / interval_seconds).astype(np.int64)
        inside += sign * np.bincount(flat, minlength=size).reshape(rows, -1)
        seconds -= sign * np.bincount(flat, at, size).reshape(rows, -1)
    edges = np.arange(1, intervals + 2) * interval_seconds
    so_far = np.cumsum(inside, axis=1) * edges + np.cumsum(seconds, axis=1)
    found: Floats = np.diff(so_far, axis=1, prepend=0.0)[:, :intervals]
    return np.maximum(found, 0.0)
