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
    from collections.abc import Iterator, Sequence


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
    return next(_tightest_first(release, due, work, open_spans), Deferred(0.0, 0.0, 0.0))


def deferred_profile(
    release: npt.ArrayLike, due: npt.ArrayLike, work: npt.ArrayLike, open_spans: Sequence[Sequence[float]]
) -> tuple[Deferred, ...]:
    """Return spans with fewer and fewer agents that finish all work in time: the lowest peak, and no idle hour.

    Where spans overlap, the earlier one in the list counts. Parameters and errors as of `deferred_agents`.

    Notes
    -----
    The tightest span gets its agents; its hours and its work are taken out, and what is left has a tightest span again.
    No other numbers over time that keep every due date are more even. Source: F. Yao, A. Demers and S. Shenker (1995),
    A Scheduling Model for Reduced CPU Energy. No work and no hours can make a span that was not the tightest tighter,
    so that only the spans from the most promising release are looked at again.

    Examples
    --------
    >>> for span in deferred_profile([9, 9, 13], [12, 33, 37], [30, 10, 10], [(9, 17), (33, 41)]):
    ...     print(span)
    Deferred(agents=10.0, first=9.0, last=12.0)
    Deferred(agents=2.2222222222222223, first=9.0, last=37.0)
    """
    return tuple(_tightest_first(release, due, work, open_spans))


def _tightest_first(
    release: npt.ArrayLike, due: npt.ArrayLike, work: npt.ArrayLike, open_spans: Sequence[Sequence[float]]
) -> Iterator[Deferred]:
    """Yield the tightest span, then the tightest of what is left, until no work is left."""
    begin, end, hours = (values.ravel() for values in quantities(release=release, due=due, work=work))
    begin, end, hours = begin[hours > 0], end[hours > 0], hours[hours > 0]
    starts, row = np.unique(begin, return_inverse=True)
    ends, column = np.unique(end, return_inverse=True)
    opened, closing = _open_until(starts, open_spans), _open_until(ends, open_spans)
    most = np.full(starts.size, np.inf)
    while hours.any():
        x = int(np.argmax(most))
        later = np.where(opened[row] >= opened[x], hours, 0.0)
        inside, room = np.cumsum(np.bincount(column, later, ends.size)), closing - opened[x]
        closed = (inside > 0) & (room <= 0)
        if closed.any():
            raise SettingsError(messages.NO_TIME.fill(release=starts[x], due=ends[np.argmax(closed)]))
        need = np.where(inside > 0, inside / np.where(room > 0, room, 1.0), 0.0)
        y = int(np.argmax(need))
        most[x] = need[y]
        if most[x] < most.max():
            continue
        yield Deferred(float(need[y]), float(starts[x]), float(ends[y]))
        first, last = opened[x], closing[y]
        hours = np.where((opened[row] >= first) & (closing[column] <= last), 0.0, hours)
        opened, closing = _without(opened, first, last), _without(closing, first, last)
        most[(opened == first) & (np.arange(starts.size) != x)] = 0.0


def _without(hour: FloatArray, first: float, last: float) -> FloatArray:
    """Return open hours as they are counted after those between two of them were taken out."""
    result: FloatArray = np.where(hour >= last, hour - last + first, np.minimum(hour, first))
    return result


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
