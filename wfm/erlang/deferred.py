"""Deferred work: e-mail, call-backs and back office, done by earliest due date in the open hours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from wfm.domain.errors import SettingsError
from wfm.erlang import messages
from wfm.erlang._special import FloatArray, quantities

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Deferred:
    """The constant agents that deferred work needs, and where it is tightest.

    Attributes
    ----------
    agents
        Real number of agents in every open hour.
    first, last
        The span, in hours, whose own work needs all of them; both 0 without work.
    """

    agents: float
    first: float
    last: float


def deferred_agents(
    release: npt.ArrayLike, due: npt.ArrayLike, work: npt.ArrayLike, open_spans: Sequence[Sequence[float]]
) -> Deferred:
    """Return the fewest agents, the same in every open hour, that finish all work in time.

    Parameters
    ----------
    release, due
        Hours at which each piece of work arrives, and by which it has to be done.
    work
        Agent-hours of each piece; it may be interrupted and shared.
    open_spans
        Pairs of hours in which agents work, in order of time, not overlapping.

    Raises
    ------
    SettingsError
        When a number is negative, infinite or not a number, or a piece of work has no open hour.

    Notes
    -----
    The largest, over every release x and due date y, of the work that both arrives from x on and is due by y, over the
    open hours between them: with so many agents working by earliest due date nothing is late. Source: W. A. Horn
    (1974), Some Simple Scheduling Algorithms.

    Examples
    --------
    >>> deferred_agents([9, 9, 13], [12, 33, 37], [30, 10, 10], [(9, 17), (33, 41)])
    Deferred(agents=10.0, first=9.0, last=12.0)
    """
    begin, end, hours = (values.ravel() for values in quantities(release=release, due=due, work=work))
    begin, end, hours = begin[hours > 0], end[hours > 0], hours[hours > 0]
    if not hours.size:
        return Deferred(0.0, 0.0, 0.0)
    starts, row = np.unique(begin, return_inverse=True)
    ends, column = np.unique(end, return_inverse=True)
    opened, closing = _open_until(starts, open_spans), _open_until(ends, open_spans)
    from_here, tightest = np.zeros(ends.size), Deferred(0.0, 0.0, 0.0)
    order = np.argsort(row, kind="stable")
    edges = np.searchsorted(row[order], np.arange(starts.size + 1))
    for x in range(starts.size - 1, -1, -1):
        items = order[edges[x] : edges[x + 1]]
        np.add.at(from_here, column[items], hours[items])
        inside, room = np.cumsum(from_here), closing - opened[x]
        closed = (inside > 0) & (room <= 0)
        if closed.any():
            raise SettingsError(messages.NO_TIME.fill(release=starts[x], due=ends[np.argmax(closed)]))
        need = np.where(inside > 0, inside / np.where(room > 0, room, 1.0), 0.0)
        y = int(np.argmax(need))
        if need[y] >= tightest.agents:
            tightest = Deferred(float(need[y]), float(starts[x]), float(ends[y]))
    return tightest


def backlog(arriving: npt.ArrayLike, capacity: npt.ArrayLike, opening: float = 0.0) -> FloatArray:
    """Return the work left after each interval: what was left and arrives, less the capacity, never below 0.

    `arriving`, `capacity` and `opening` are in one unit of work, such as agent-hours.

    Examples
    --------
    >>> backlog([5, 0, 4], [3, 3, 3], opening=2).tolist()
    [4.0, 1.0, 2.0]
    """
    more, less = quantities(arriving=arriving, capacity=capacity)
    level = opening + np.cumsum(more - less)
    return np.asarray(level - np.minimum(np.minimum.accumulate(level), 0.0))


def _open_until(hour: FloatArray, spans: Sequence[Sequence[float]]) -> FloatArray:
    edges = np.asarray(spans, dtype=np.float64).ravel()
    passed = np.concatenate([[0.0], np.cumsum(np.where(np.arange(edges.size - 1) % 2 == 0, np.diff(edges), 0.0))])
    result: FloatArray = np.interp(hour, edges, passed)
    return result
