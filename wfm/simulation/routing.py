"""Who serves whom: teams and their skills as tables of ranks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from wfm.domain.errors import SettingsError
from wfm.simulation import messages
from wfm.simulation.loop import NO_LIMIT, Rules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wfm.simulation.crew import Team
    from wfm.simulation.streams import Ints

Contact = Literal["longest_wait", "priority", "skill_order"]
"""Which contact a free agent takes: the one that waits longest among his queues; the queue with the smallest priority;
the first of his own skills. Equal ones by the longest wait."""
Free = Literal["fewest_skills", "skill_order", "any"]
"""Which agent a contact takes: one with the fewest skills; one for whom the queue comes first among his skills; any."""
Tie = Literal["longest_idle", "chance"]
"""Which of several equal agents."""


@dataclass(frozen=True)
class Routing:
    """How contacts and agents find each other.

    Attributes
    ----------
    priority
        Per queue, for the contact rule `priority`: small numbers first; 0 for a queue that is not named.
    lines
        Contacts of all queues that fit in, waiting ones included; None is no limit.
    """

    contact: Contact = "longest_wait"
    agent: Free = "fewest_skills"
    tie: Tie = "longest_idle"
    priority: Mapping[str, int] = field(default_factory=dict)
    lines: int | None = None

    def __post_init__(self) -> None:
        for name, kinds in (("contact", Contact), ("agent", Free), ("tie", Tie)):
            if getattr(self, name) not in get_args(kinds):
                known = ", ".join(get_args(kinds))
                raise SettingsError(messages.BAD_CHOICE.fill(name=name, value=getattr(self, name), known=known))


def rules_of(routing: Routing, queues: Sequence[str], teams: Sequence[Team]) -> Rules:
    """Return the routing as tables.

    Raises
    ------
    SettingsError
        When a team serves a queue that is not there, or has a wrong number of paces.
    """
    place = {name: q for q, name in enumerate(queues)}
    pace = np.ones((len(teams), len(queues)))
    for g, team in enumerate(teams):
        unknown = [skill for skill in team.skills if skill not in place]
        if unknown:
            raise SettingsError(messages.UNKNOWN_QUEUE.fill(queue=unknown[0], known=", ".join(queues)))
        if team.pace:
            if len(team.pace) != len(team.skills) or min(team.pace) <= 0:
                raise SettingsError(messages.BAD_PACE)
            pace[g, [place[skill] for skill in team.skills]] = team.pace
    served = [[(_contact_rank(routing, skill, k), place[skill]) for k, skill in enumerate(t.skills)] for t in teams]
    serving = [
        [(_agent_rank(routing, t, q), g) for g, t in enumerate(teams) if q in t.skills and t.spans] for q in queues
    ]
    lines = NO_LIMIT if routing.lines is None else routing.lines
    first_free = np.array([team.leaving == "first_free" for team in teams], dtype=np.bool_)
    tables = _table(served, len(queues)), _table(serving, len(teams))
    return Rules(*tables, pace, lines, routing.tie == "chance", first_free)


def _contact_rank(routing: Routing, skill: str, place: int) -> int:
    return {"longest_wait": 0, "priority": routing.priority.get(skill, 0), "skill_order": place}[routing.contact]


def _agent_rank(routing: Routing, team: Team, queue: str) -> int:
    return {"fewest_skills": len(team.skills), "skill_order": team.skills.index(queue), "any": 0}[routing.agent]


def _table(rows: Sequence[Sequence[tuple[int, int]]], width: int) -> Ints:
    """Return (place, rank) by rank, (-1, 0) behind the last."""
    table = np.zeros((len(rows), width, 2), dtype=np.int64)
    table[:, :, 0] = -1
    for k, row in enumerate(rows):
        for n, (rank, place) in enumerate(sorted(row)):
            table[k, n] = place, rank
    return table
