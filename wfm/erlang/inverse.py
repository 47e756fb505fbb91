"""The other questions: given the agents, how many contacts, how long, how short a wait, which patience."""

from __future__ import annotations

from typing import TYPE_CHECKING, Unpack

import numpy as np
import numpy.typing as npt

from wfm.erlang._special import FloatArray, above_zero, quantities, waits_of
from wfm.erlang.bisect import smallest
from wfm.erlang.erlang_a import busy_a, erlang_a
from wfm.erlang.targets import Goals, Targets, targets_of

if TYPE_CHECKING:
    from collections.abc import Callable

_LARGEST = 1e15


def most_offered(
    agents: npt.ArrayLike,
    aht_seconds: npt.ArrayLike,
    interval_seconds: npt.ArrayLike,
    patience_seconds: npt.ArrayLike = np.inf,
    **goals: Unpack[Goals],
) -> FloatArray:
    """Return the most contacts per interval with which so many agents meet every target; infinite without limit.

    Parameters
    ----------
    agents
        Agents on the queue, above 0, whole or not.
    aht_seconds, interval_seconds, patience_seconds
        In seconds; patience may be infinite (nobody gives up).
    goals
        Targets as in `required_agents`.

    Raises
    ------
    SettingsError
        When a number is out of range, or no target is given.

    Examples
    --------
    >>> round(float(most_offered(14, 180, 1800, service_level=0.8)), 2)
    108.68
    """
    n, h, seconds, p = _rows(agents, aht_seconds, interval_seconds, patience_seconds)
    loads = _largest(lambda load: _met(n, load, h, p, goals), n)
    return loads * seconds / h


def longest_aht(
    agents: npt.ArrayLike,
    offered: npt.ArrayLike,
    interval_seconds: npt.ArrayLike,
    patience_seconds: npt.ArrayLike = np.inf,
    **goals: Unpack[Goals],
) -> FloatArray:
    """Return the longest mean handle time, in seconds, with which so many agents meet every target.

    Arguments as in `most_offered`; `offered` are contacts per interval, above 0.

    Examples
    --------
    >>> round(float(longest_aht(14, 100, 1800, service_level=0.8)), 1)
    194.9
    """
    n, calls, seconds, p = _rows(agents, offered, interval_seconds, patience_seconds)
    return _largest(lambda aht: _met(n, calls * aht / seconds, aht, p, goals), n * seconds / calls)


def shortest_wait(
    agents: npt.ArrayLike,
    load: npt.ArrayLike,
    aht_seconds: npt.ArrayLike,
    service_level: npt.ArrayLike,
    patience_seconds: npt.ArrayLike = np.inf,
) -> FloatArray:
    """Return the acceptable wait, in seconds, within which a share of the offered contacts is answered.

    It is infinite where no wait is enough: an unstable queue, or one in which more give up.

    Examples
    --------
    >>> round(float(shortest_wait(14, 10, 180, 0.9)), 2)
    24.96
    """
    n, h, a, p = _rows(agents, aht_seconds, load, patience_seconds)
    share = np.broadcast_to(quantities(service_level=service_level)[0], n.shape)

    def missed(wait: FloatArray) -> npt.NDArray[np.bool_]:
        return busy_a(*_flat(n, a, h, p, wait, wait)).answered_within.reshape(n.shape) < share

    found = _largest(missed, h)
    return np.where(missed(np.zeros_like(n)), found, 0.0)[()]


def patience_of(
    agents: npt.ArrayLike, load: npt.ArrayLike, aht_seconds: npt.ArrayLike, abandoned: npt.ArrayLike
) -> FloatArray:
    """Return the mean patience, in seconds, with which a share of the offered contacts gives up.

    It is 0 where even without patience fewer would, and infinite where more do, however patient.

    Examples
    --------
    >>> round(float(patience_of(12, 10, 180, 0.0615973770)), 3)
    120.0
    """
    n, a, h, _ = _rows(agents, load, aht_seconds, 0.0)
    lost = np.broadcast_to(quantities(abandoned=abandoned)[0], n.shape)
    return np.where(
        erlang_a(n, a, h, 0.0).abandoned <= lost, 0.0, _largest(lambda p: erlang_a(n, a, h, p).abandoned >= lost, h)
    )[()]


def _rows(*values: npt.ArrayLike) -> list[FloatArray]:
    """Return agents, two quantities above 0 and the patience, broadcast."""
    n, one, two = quantities(agents=values[0], first=values[1], second=values[2])
    above_zero(agents=n, first=one, second=two)
    return [np.array(v) for v in np.broadcast_arrays(n, one, two, waits_of(patience_seconds=values[3]))]


def _flat(*values: FloatArray) -> list[FloatArray]:
    return [np.ravel(v) for v in values]


def _met(n: FloatArray, load: FloatArray, aht: FloatArray, patience: FloatArray, goals: Goals) -> npt.NDArray[np.bool_]:
    wanted: Targets = targets_of(n.shape, **goals)
    found = busy_a(*_flat(n, load, aht, patience, wanted.wait, wanted.short))
    met: npt.NDArray[np.bool_] = ~np.logical_or.reduce(wanted.missed(n.ravel(), found))
    return met.reshape(n.shape)


def _largest(holds: Callable[[FloatArray], npt.NDArray[np.bool_]], step: FloatArray) -> FloatArray:
    """Return the largest number for which a condition holds, from 0 on; infinite beyond any that counts."""
    high = np.array(step, dtype=np.float64)
    while (more := holds(high) & (high < _LARGEST)).any():
        high = np.where(more, 2 * high, high)
    endless = holds(high)
    found = smallest(lambda value: ~holds(value), np.zeros_like(high), high)
    return np.where(endless, np.inf, found)[()]
