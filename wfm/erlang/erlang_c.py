"""Erlang C: contacts that find every agent busy wait, first come first served, and nobody gives up."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from wfm.erlang._special import FloatArray, quantities
from wfm.erlang._tails import reciprocal_b


def erlang_c(agents: npt.ArrayLike, load: npt.ArrayLike) -> FloatArray:
    """Return the share of contacts that wait, with real-valued agents and broadcasting.

    Parameters
    ----------
    agents
        Agents on the queue, whole or not.
    load
        Offered load in erlangs. At `load` >= `agents` the queue grows without end and everybody waits (1);
        without load nobody does (0).

    Raises
    ------
    SettingsError
        When a value is negative, infinite or not a number.

    Notes
    -----
    Source: A. K. Erlang (1917); C = 1 / (1 + (1 - a/n)(1/B - 1)).

    Examples
    --------
    >>> round(float(erlang_c(14, 10)), 6)
    0.174132
    """
    n, a = quantities(agents=agents, load=load)
    stable = (n > a) & (a > 0)
    waits = np.where(a > 0, 1.0, 0.0)
    waits[stable] = waiting(n[stable], a[stable], reciprocal_b(n[stable], a[stable]))
    return waits[()]


def service_level(
    agents: npt.ArrayLike, load: npt.ArrayLike, aht_seconds: npt.ArrayLike, acceptable_wait_seconds: npt.ArrayLike
) -> FloatArray:
    """Return the share of offered contacts answered within the acceptable wait.

    It is 0 when the load reaches the agents and 1 when there is no load. Source: SL = 1 - C exp(-(n-a) T/h).

    Examples
    --------
    >>> round(float(service_level(14, 10, 180, 20)), 5)
    0.88835
    """
    n, a, h, t = quantities(
        agents=agents, load=load, aht_seconds=aht_seconds, acceptable_wait_seconds=acceptable_wait_seconds
    )
    return np.where(a > 0, within(erlang_c(n, a), n - a, handle_times(t, h)), 1.0)[()]


def asa_seconds(agents: npt.ArrayLike, load: npt.ArrayLike, aht_seconds: npt.ArrayLike) -> FloatArray:
    """Return the mean wait of all contacts in seconds.

    It is infinite when the load reaches the agents and 0 when there is no load. Source: ASA = C h / (n-a).

    Examples
    --------
    >>> round(float(asa_seconds(14, 10, 180)), 6)
    7.835937
    """
    n, a, h = quantities(agents=agents, load=load, aht_seconds=aht_seconds)
    spare = np.where(n > a, n - a, 1.0)
    return np.where(a > 0, np.where(n > a, erlang_c(n, a) * h / spare, np.inf), 0.0)[()]


def occupancy(agents: npt.ArrayLike, load: npt.ArrayLike) -> FloatArray:
    """Return the share of on-queue time spent on contacts: load / agents, at most 1, and 0 without load.

    Examples
    --------
    >>> float(occupancy(20, 15))
    0.75
    """
    n, a = quantities(agents=agents, load=load)
    return np.where(n > a, a / np.where(n > 0, n, 1.0), np.where(a > 0, 1.0, 0.0))[()]


def waiting(agents: FloatArray, load: FloatArray, reciprocal: FloatArray) -> FloatArray:
    """Return the share that waits from 1/B, for `agents` > `load`."""
    return 1 / (1 + (agents - load) / agents * (reciprocal - 1))


def within(waits: FloatArray, spare: FloatArray, wait: FloatArray) -> FloatArray:
    """Return the share answered within `wait` handle times, with `spare` agents above the load; 0 without spare."""
    return np.where(spare > 0, 1 - waits * np.exp(-np.maximum(spare, 0) * wait), 0.0)


def handle_times(wait_seconds: FloatArray, aht_seconds: FloatArray) -> FloatArray:
    """Return a wait in handle times; a contact that takes no time has endless ones in any wait."""
    longest = np.finfo(np.float64).max / 1e9
    safe = np.where(aht_seconds > 0, aht_seconds, 1.0)
    with np.errstate(over="ignore"):
        times = np.where(aht_seconds > 0, wait_seconds / safe, np.where(wait_seconds > 0, longest, 0.0))
    return np.minimum(times, longest)
