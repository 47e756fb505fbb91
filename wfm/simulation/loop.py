"""The event loop: several queues, teams with skills, people who give up, try again or find every line taken.

Events in order of time; at one instant an agent leaves, an agent comes, a contact is finished, a contact gives up, a
contact arrives, in this order. All randomness was drawn before, so compiled and plain runs give the same numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wfm.domain.jit import compiled
from wfm.simulation.heap import pop, push

if TYPE_CHECKING:
    import numpy.typing as npt

    from wfm.simulation.laws import Floats
    from wfm.simulation.streams import Contacts, Ints

    Bytes = npt.NDArray[np.int8]

NO_LIMIT = np.iinfo(np.int64).max
GAVE_UP, BLOCKED = -1, -2
"""In place of an agent."""
_KIND = 1 << 40
_LEAVE, _RETURN = _KIND, 2 * _KIND
"""Codes of events are kind + number; the kind 0 is the end of a contact, its number the agent's."""
_NEXT, _BEFORE, _SERVING, _ON = 0, 1, 2, 3
"""Columns of the agents: the next and the last free one of his team, the contact, whether a span of his runs."""
_FIRST, _LAST, _COUNT, _HOME, _OWED = 0, 1, 2, 3, 4
"""Columns of the teams: the longest and the shortest idle free agent, how many are free, who went home last (linked by
the next one), and how many have to leave as soon as they finish. The last two count where the first free one leaves."""


class Rules(NamedTuple):
    """Who serves what, and in which order."""

    served: Ints
    """Per team (queue, rank) by rank, -1 behind the last; shape (teams, queues, 2). A free agent takes from the
    smallest rank, among equal ones the contact that waits longest."""
    serving: Ints
    """Per queue (team, rank) by rank, -1 behind the last; shape (queues, teams, 2). A contact goes to the smallest
    rank, among equal ones to the longest idle agent, or by chance."""
    pace: Floats
    """Handle time over the queue's own; shape (teams, queues)."""
    lines: int
    """Contacts that fit in, waiting ones included."""
    by_chance: bool
    """Whether chance chooses among free agents of equal rank."""
    first_free: npt.NDArray[np.bool_]
    """Per team, whether the agent who is free first leaves at the end of a span, whosever it is; shape (teams,)."""


@compiled
def rest(people: Ints, free: Ints, agent: int, team: int) -> None:
    """Put an agent at the end of the free ones of his team."""
    last = free[team, _LAST]
    people[agent, _NEXT], people[agent, _BEFORE] = -1, last
    if last < 0:
        free[team, _FIRST] = agent
    else:
        people[last, _NEXT] = agent
    free[team, _LAST] = agent
    free[team, _COUNT] += 1


@compiled
def rise(people: Ints, free: Ints, agent: int, team: int) -> None:
    """Take an agent out of the free ones of his team."""
    before, after = people[agent, _BEFORE], people[agent, _NEXT]
    if before < 0:
        free[team, _FIRST] = after
    else:
        people[before, _NEXT] = after
    if after < 0:
        free[team, _LAST] = before
    else:
        people[after, _BEFORE] = before
    free[team, _COUNT] -= 1


@compiled
def instead(people: Ints, free: Ints, team: int, coming: int) -> int:
    """Return who of a team comes or leaves when anybody may; -1 when one who has to leave stays, or owes to leave."""
    if not coming:
        free[team, _OWED] += free[team, _FIRST] < 0
        return int(free[team, _FIRST])
    if free[team, _OWED] > 0:
        free[team, _OWED] -= 1
        return -1
    agent = int(free[team, _HOME])
    free[team, _HOME] = people[agent, _NEXT]
    return agent


@compiled
def go_home(people: Ints, free: Ints, agent: int, team: int) -> None:
    """Send an agent home, who will be the first to come again where anybody may."""
    people[agent, _ON], people[agent, _NEXT] = 0, free[team, _HOME]
    free[team, _HOME] = agent


@compiled
def choose_agent(serving: Ints, free: Ints, since: Floats, queue: int, by_chance: bool, chance: float) -> int:
    """Return a free agent for a contact of a queue; -1 for none. By chance, each free agent is as likely."""
    found, rank, seen = -1, 0, 0
    for k in range(serving.shape[1]):
        team = serving[queue, k, 0]
        if team < 0 or (found >= 0 and serving[queue, k, 1] > rank):
            break
        if free[team, _COUNT] > 0:
            rank, first = serving[queue, k, 1], free[team, _FIRST]
            seen += free[team, _COUNT]
            if by_chance:
                if found < 0 or chance * seen < free[team, _COUNT]:
                    chance = chance * seen / free[team, _COUNT]
                    found = first
                else:
                    chance = (chance * seen - free[team, _COUNT]) / (seen - free[team, _COUNT])
            elif found < 0 or since[first] < since[found]:
                found = first
    return found


@compiled
def choose_contact(
    served: Ints, line: Ints, behind: Ints, arrival: Floats, patience: Floats, begin: Floats, team: int, now: float
) -> int:
    """Return the queue whose first contact a free agent of a team takes; -1 for none.

    Those who gave up still stand in line; when an agent comes to one, the time is noted as the virtual wait's end.
    """
    found, rank = -1, 0
    for k in range(served.shape[1]):
        queue = served[team, k, 0]
        if queue < 0 or (found >= 0 and served[team, k, 1] > rank):
            break
        first = line[queue, _FIRST]
        while first >= 0 and arrival[first] + patience[first] < now:
            begin[first] = now
            first = behind[first]
        line[queue, _FIRST] = first
        if first >= 0 and (found < 0 or arrival[first] < arrival[line[found, _FIRST]]):
            found, rank = queue, served[team, k, 1]
    return found


@compiled
def replicate(  # noqa: C901 - one loop over plain arrays: handing them on would cost more than the event
    contacts: Contacts, arrival: Floats, team_of: Ints, rules: Rules, times: Floats, agents: Ints, coming: Bytes
) -> tuple[Floats, Ints]:
    """Return per contact of one replication when an agent came to it, and who; infinite and a code when nobody did.

    Parameters
    ----------
    contacts
        Of one replication.
    arrival
        Copy of their arrivals, in which those who try again get theirs.
    team_of
        Team of each agent.
    times, agents, coming
        Beginnings and ends of spans in order of time, ends first.
    """
    queue_of, handle, patience, follows = contacts.queue, contacts.handle, contacts.patience, contacts.follows
    delay, chance, firsts = contacts.delay, contacts.chance, contacts.firsts[0]
    served, serving, pace, lines, by_chance = rules.served, rules.serving, rules.pace, rules.lines, rules.by_chance
    first_free = rules.first_free
    begin, by = np.full(arrival.size, np.inf), np.full(arrival.size, GAVE_UP, np.int64)
    people, since = np.full((team_of.size, 4), -1, np.int64), np.zeros(team_of.size)
    free, line = np.full((pace.shape[0], 5), -1, np.int64), np.full((pace.shape[1], 2), -1, np.int64)
    free[:, _COUNT], free[:, _OWED] = 0, 0
    for number in range(team_of.size - 1, -1, -1):
        go_home(people, free, number, team_of[number])
    behind = np.full(arrival.size, -1, np.int64)
    due, code = np.empty(team_of.size + arrival.size + 1), np.empty(team_of.size + arrival.size + 1, np.int64)
    i, k, events, inside = 0, 0, 0, 0
    while True:
        next_arrival = arrival[i] if i < firsts else np.inf
        next_turn = times[k] if k < times.size else np.inf
        next_event = due[0] if events > 0 else np.inf
        now = min(next_arrival, next_turn, next_event)
        if now == np.inf:
            return begin, by
        agent, contact = -1, -1
        if next_turn == now:
            number, team = agents[k], team_of[agents[k]]
            if first_free[team]:
                number = instead(people, free, team, coming[k])
            if number >= 0:
                people[number, _ON] = coming[k]
                if coming[k] and people[number, _SERVING] < 0:
                    agent = number
                elif people[number, _SERVING] < 0:
                    rise(people, free, number, team)
                    go_home(people, free, number, team)
            k += 1
        elif next_event == now:
            kind, number = code[0] // _KIND * _KIND, code[0] % _KIND
            events = pop(due, code, events)
            if kind == 0:
                people[number, _SERVING] = -1
                inside -= 1
                if free[team_of[number], _OWED] > 0:
                    free[team_of[number], _OWED] -= 1
                    go_home(people, free, number, team_of[number])
                elif people[number, _ON]:
                    agent = number
            elif kind == _LEAVE:
                if by[number] == GAVE_UP:
                    inside -= 1
                    if follows[number] >= 0:
                        events = push(due, code, events, now + delay[number], _RETURN + follows[number])
            else:
                arrival[number] = now
                contact = number
        else:
            contact = i
            i += 1
        if agent >= 0:
            queue = choose_contact(served, line, behind, arrival, patience, begin, team_of[agent], now)
            if queue >= 0:
                contact = line[queue, _FIRST]
                line[queue, _FIRST] = behind[contact]
            else:
                rest(people, free, agent, team_of[agent])
                since[agent] = now
        elif contact >= 0:
            if inside >= lines:
                begin[contact], by[contact] = now, BLOCKED
                continue
            inside += 1
            queue = queue_of[contact]
            agent = choose_agent(serving, free, since, queue, by_chance, chance[contact])
            if agent >= 0:
                rise(people, free, agent, team_of[agent])
            else:
                if line[queue, _FIRST] < 0:
                    line[queue, _FIRST] = contact
                else:
                    behind[line[queue, _LAST]] = contact
                line[queue, _LAST] = contact
                if patience[contact] < np.inf and (lines < NO_LIMIT or follows[contact] >= 0):
                    events = push(due, code, events, now + patience[contact], _LEAVE + contact)
        if agent >= 0 and contact >= 0:
            begin[contact], by[contact] = now, agent
            people[agent, _SERVING] = contact
            length = handle[contact] * pace[team_of[agent], queue_of[contact]]
            events = push(due, code, events, now + length, agent)
