"""The smallest number of agents that meets every target, and the target that binds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Unpack

import numpy as np
import numpy.typing as npt

from wfm.erlang import _climb
from wfm.erlang._special import FloatArray, above_zero, quantities, waits_of
from wfm.erlang.bisect import smallest
from wfm.erlang.erlang_a import busy_a
from wfm.erlang.search import fewest
from wfm.erlang.targets import BINDING, Goals, Targets, shape_of, targets_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfm.erlang.outcome import Outcome
    from wfm.erlang.search import Rows

    Achieved = Callable[[FloatArray, Rows], Outcome]
    Found = tuple[FloatArray, npt.NDArray[np.intp]]

_CHUNK = 8_192
_HALVINGS = 36


@dataclass(frozen=True, slots=True)
class Required:
    """Agents on the queue, and why so many; both arrays have the broadcast shape of the arguments.

    Attributes
    ----------
    agents
        Whole numbers (int64), or real ones (float64) when asked for.
    binding
        Names from `BINDING`: the first target that one agent less would miss.
    """

    agents: npt.NDArray[np.int64] | FloatArray
    binding: npt.NDArray[np.str_]


def required_agents(
    offered: npt.ArrayLike,
    aht_seconds: npt.ArrayLike,
    interval_seconds: npt.ArrayLike,
    *,
    patience_seconds: npt.ArrayLike = np.inf,
    whole: bool = True,
    **goals: Unpack[Goals],
) -> Required:
    """Return the fewest agents that meet every given target in each interval.

    All arguments broadcast. Where nobody gives up there are always more agents than load, so that the queue is stable;
    without load the floor alone decides.

    Parameters
    ----------
    offered
        Contacts per interval.
    aht_seconds, interval_seconds
        Mean handle time and length of the interval, in seconds.
    service_level, acceptable_wait_seconds
        Share of contacts to answer within that many seconds; a share of 1 is `unreachable`.
    asa_seconds
        Longest mean wait of all contacts, in seconds.
    max_abandonment
        Largest share of contacts that gives up.
    max_occupancy
        Highest share of on-queue time spent on contacts that are answered, at most 1.
    min_agents
        Floor of agents.
    definition, short_seconds
        How the service level is counted (see `DEFINITIONS`), and the short-call cut in seconds.
    patience_seconds
        Mean time until a waiting contact gives up: infinity for Erlang C, 0 for Erlang B.
    whole
        False for the real number of agents at which the binding target is met exactly.

    Raises
    ------
    SettingsError
        When a number is negative, infinite or not a number, a target is out of range, or none is given.

    Notes
    -----
    Without abandonment the search starts at the fewest agents that could be stable and climbs by
    1/B(n+1) = 1 + (n+1)/a 1/B(n); with it, it halves a bracket between agents that miss and agents that do not.

    Examples
    --------
    >>> found = required_agents([100, 0], 180, 1800, service_level=0.8)
    >>> found.agents.tolist(), found.binding.tolist()
    ([14, 0], ['service_level', 'empty'])
    >>> int(required_agents(100, 180, 1800, service_level=0.8, patience_seconds=120).agents)
    12
    """
    calls, aht = quantities(offered=offered, aht_seconds=aht_seconds)
    seconds = np.asarray(interval_seconds, dtype=np.float64)
    above_zero(interval_seconds=seconds)
    patience = waits_of(patience_seconds=patience_seconds)
    load = calls * aht / seconds
    shape = np.broadcast_shapes(load.shape, patience.shape, shape_of(goals))
    wanted = targets_of(shape, **goals)
    columns = [np.broadcast_to(column, shape).ravel() for column in (load, aht, patience)]
    load, aht, patience = columns
    return solve(
        load, wanted, lambda rows: _by_patience(load, aht, patience, wanted, rows, whole=whole), shape, whole=whole
    )


def required_with(achieved: Achieved, load: FloatArray, goals: Targets, *, real: bool = False) -> Found:
    """Return the fewest agents under any model, and positions in `BINDING`; every load above 0.

    Parameters
    ----------
    achieved
        What so many agents achieve in these rows.
    load
        Where the search starts, in erlangs.
    real
        True for real numbers of agents, which the model must know.
    """

    def misses(agents: FloatArray, rows: Rows) -> npt.NDArray[np.bool_]:
        return np.asarray(np.logical_or.reduce(goals[rows].missed(agents, achieved(agents, rows))))

    every = np.arange(load.size)
    enough = fewest(misses, np.maximum(load, goals.floor))
    fewer = np.maximum(enough - 1, 0.0)
    binding = np.argmax(goals.missed(fewer, achieved(fewer, every)), axis=0)
    if real:
        return smallest(lambda n: ~misses(n, every), fewer, enough, _HALVINGS), binding
    return enough, binding


def solve(
    load: FloatArray, goals: Targets, find: Callable[[Rows], Found], shape: tuple[int, ...], *, whole: bool
) -> Required:
    """Return what `find` finds for the rows with load; the floor decides elsewhere.

    Chunks of similar load stay in the cache and need few steps.
    """
    agents = goals.floor.copy()
    binding = np.where(goals.floor > 0, BINDING.index("min_agents"), BINDING.index("empty"))
    busy = np.argsort(load, kind="stable")[np.count_nonzero(load == 0) :]
    for first in range(0, busy.size, _CHUNK):
        part = busy[first : first + _CHUNK]
        agents[part], binding[part] = find(part)
    hopeless = (goals.level >= 1) & (binding == BINDING.index("service_level"))
    names = np.array(BINDING)[np.where(hopeless, BINDING.index("unreachable"), binding)]
    number = np.ceil(agents).astype(np.int64) if whole else agents
    return Required(number.reshape(shape), names.reshape(shape))


def _by_patience(
    load: FloatArray, aht: FloatArray, patience: FloatArray, goals: Targets, rows: Rows, *, whole: bool
) -> Found:
    """Return agents and positions in `BINDING`: climbing where nobody gives up, halving elsewhere."""
    agents, binding = np.empty(rows.size), np.empty(rows.size, dtype=np.intp)
    endless = np.isinf(patience[rows])
    some = rows[endless]
    agents[endless], binding[endless] = _climb.fewest(load[some], aht[some], goals[some], whole=whole)
    if endless.all():
        return agents, binding
    some = rows[~endless]

    def achieved(number: FloatArray, which: Rows) -> Outcome:
        at = some[which]
        return busy_a(number, load[at], aht[at], patience[at], goals.wait[at], goals.short[at])

    agents[~endless], binding[~endless] = required_with(achieved, load[some], goals[some], real=not whole)
    return agents, binding
