"""From settings, requirement and roster to what a simulation needs: contacts and agents."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from wfm.simulation import Stream, Team, deterministic, exponential, never
from wfm.staffing.shrinkage import combined

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import numpy.typing as npt
    import pandas as pd

    from wfm.domain.intervals import Grid
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Assignment, Roster
    from wfm.domain.settings import Queue, Settings
    from wfm.simulation.laws import Floats, Law


def simulable(settings: Settings) -> tuple[str, ...]:
    """Return the queues in which contacts wait for an agent: all but deferred work."""
    return tuple(name for name, queue in settings.queues.items() if queue.model != "deferred")


def rows_of(table: pd.DataFrame, queue: str) -> pd.DataFrame:
    """Return the rows of a queue from a table indexed by `queue` and something else."""
    return table[table.index.get_level_values("queue") == queue]


def stream_of(name: str, rows: pd.DataFrame, settings: Settings, grid: Grid, law: Law) -> Stream:
    """Return the contacts of a queue, as its model sees them.

    Parameters
    ----------
    rows
        Of the requirement: `offered` and `aht_seconds` per interval of the grid.
    law
        Of handle times over their mean.

    Notes
    -----
    Who still waits when the centre closes is sent away. An agent with several chats is as many agents, each as slow as
    one with all places taken.
    """
    queue = settings.queues[name]
    offered, aht = rows["offered"].to_numpy(dtype=float), rows["aht_seconds"].to_numpy(dtype=float)
    return Stream(
        name,
        offered,
        law,
        _patience(queue),
        handle_scale=np.where(offered > 0, aht, 1.0) * (queue.concurrency[-1] if slots(queue) > 1 else 1.0),
        closing_seconds=closing_seconds(grid.open, grid.minutes * 60),
        acceptable_wait_seconds=queue.target.acceptable_wait_seconds,
        short_seconds=queue.target.short_seconds,
        load_cv=queue.load_cv or 0.0 if queue.model == "uncertain" else 0.0,
        redial_share=queue.redial_share if queue.model == "erlang_x" else 0.0,
    )


def _patience(queue: Queue) -> Law:
    if queue.model == "erlang_b":
        return deterministic(0.0)
    endless = queue.model == "erlang_c" or queue.patience_seconds is None
    return never() if endless else exponential(queue.patience_seconds or 0.0)


def slots(queue: Queue) -> int:
    """Return how many contacts an agent of a queue handles at a time."""
    return len(queue.concurrency) if queue.model == "chat" else 1


def closing_seconds(open_: npt.NDArray[np.bool_], seconds: float) -> Floats:
    """Return for each interval when the open time that it belongs to ends, in seconds since the start.

    Examples
    --------
    >>> closing_seconds(np.array([True, True, False, True]), 1800).tolist()
    [3600.0, 3600.0, 5400.0, 7200.0]
    """
    last = np.append(open_[1:] != open_[:-1], True)
    ends = np.where(last, np.arange(1, open_.size + 1), open_.size + 1)
    result: Floats = np.minimum.accumulate(ends[::-1])[::-1] * float(seconds)
    return result


def slowed(settings: Settings) -> float:
    """Return how much longer contacts take agents who are off the queue for a part of the time: 1 / (1 - that part).

    What the roster does not place itself (lateness, short breaks) slows an agent down.
    """
    return 1 / (1 - combined(settings.shrinkage.unrostered.values(), settings.shrinkage.combine))


def teams_of(roster: Roster, plan: Plan, queues: Collection[str], *, shared: bool) -> list[Team]:
    """Return the agents of a roster, with its tail.

    Parameters
    ----------
    queues
        Those that are simulated.
    shared
        Whether agents also serve the other queues for which they have the skill, after the one they are rostered on. A
        chat then takes the part of an agent's time that it takes when all his places are taken.
    """
    skills = {a.agent_id: _able(a.skills, plan.settings, queues) for a in plan.agents} if shared else {}
    horizon = plan.grid.size * plan.grid.minutes * 60.0
    spans: dict[tuple[str, ...], dict[str, list[tuple[float, float]]]] = defaultdict(lambda: defaultdict(list))
    for assignment in (*roster.tail.values(), *roster):
        for begin, end, queue in _on_queue(assignment, plan):
            if queue in queues and end > 0 and begin < horizon:
                others = (q for q in skills.get(assignment.agent_id, ()) if q != queue)
                spans[queue, *others][assignment.agent_id].append((max(begin, 0.0), end))
    return [
        Team(
            team, tuple(tuple(sorted(one)) for one in agents.values() for _ in range(_places(team, plan, shared))), pace
        )
        for team, agents in spans.items()
        for pace in [tuple(1 / slots(plan.settings.queues[queue]) for queue in team) if shared else ()]
    ]


def _able(known: tuple[str, ...], settings: Settings, queues: Collection[str]) -> tuple[str, ...]:
    return tuple(queue for queue in queues if settings.skill_of(queue) in known)


def _on_queue(assignment: Assignment, plan: Plan) -> Iterator[tuple[float, float, str]]:
    for begin, end, queue in assignment.served():
        yield (begin - plan.grid.start).total_seconds(), (end - plan.grid.start).total_seconds(), queue


def _places(team: tuple[str, ...], plan: Plan, shared: bool) -> int:
    return 1 if shared else slots(plan.settings.queues[team[0]])


def required_team(name: str, rows: pd.DataFrame, settings: Settings, seconds: float) -> Team:
    """Return a team that is exactly what is required on the queue."""
    return Team.of_counts([name], rows["required_net"].to_numpy() * slots(settings.queues[name]), seconds)
