"""Chats: an agent holds several at a time, and each takes longer the more he holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from wfm.domain.errors import SettingsError
from wfm.erlang import messages
from wfm.erlang._special import FloatArray, quantities, waits_of
from wfm.erlang.line import Line, outcome
from wfm.erlang.outcome import Outcome, choose, without_contacts

if TYPE_CHECKING:
    from collections.abc import Sequence


def chat(
    agents: npt.ArrayLike,
    chats_per_second: npt.ArrayLike,
    aht_seconds_by_concurrency: Sequence[float],
    acceptable_wait_seconds: npt.ArrayLike = 20.0,
    patience_seconds: npt.ArrayLike = np.inf,
) -> Outcome:
    """Return what whole agents achieve; chats are spread evenly, and wait when every agent holds the most he can.

    Parameters
    ----------
    agents
        Whole agents; broadcasts against the rates, waits and patience.
    chats_per_second
        Chats that arrive.
    aht_seconds_by_concurrency
        Handle time of a chat while its agent holds 1, 2, … of them; as many as he may hold. An agent must finish more
        chats per second the more he holds, so m / aht has to grow with m.

    Returns
    -------
    Outcome
        `occupancy` is the share of the chat places that are taken.

    Raises
    ------
    SettingsError
        When a number is out of range, agents are not whole, or an agent with more chats would finish fewer.

    Notes
    -----
    Source: the birth-death chain of T. Tezcan and J. Zhang (2014), Routing and Staffing in Customer Service Chat
    Systems with Impatient Customers, with even spreading.

    Examples
    --------
    >>> found = chat(14, 200 / 3600, [400, 500, 650, 850], 45)
    >>> round(float(found.waits), 5), round(float(found.wait_seconds), 3)
    (0.01013, 0.981)
    """
    n, rate, wait, patience = np.broadcast_arrays(
        *quantities(agents=agents, chats_per_second=chats_per_second, acceptable_wait_seconds=acceptable_wait_seconds),
        waits_of(patience_seconds=patience_seconds),
    )
    times = _checked(aht_seconds_by_concurrency)
    if (n % 1 != 0).any():
        raise SettingsError(messages.NOT_WHOLE.fill(name="agents"))
    shape = rate.shape
    n, rate, wait, patience = (values.ravel() for values in (n, rate, wait, patience))
    arrivals = np.where(rate > 0, rate, 1.0)
    below, held = _below(n, arrivals, times)
    found = outcome(Line(below, arrivals, chats_finished(n, n * times.size, times), patience), wait, wait)
    places = n * times.size
    taken = held * (1 - found.waits) + places * found.waits
    found = replace(found, occupancy=taken / np.maximum(places, 1.0))
    found = choose(rate == 0, without_contacts(rate.shape), found)
    return found.mapped(lambda values: values.reshape(shape)[()])


def chats_finished(agents: FloatArray, held: FloatArray, aht_seconds: FloatArray) -> FloatArray:
    """Return the chats finished per second by agents who hold so many in all, spread evenly."""
    speed = np.concatenate([[0.0], np.arange(1, aht_seconds.size + 1) / aht_seconds, [0.0]])
    each = np.where(agents > 0, held // np.maximum(agents, 1.0), 0).astype(int)
    fuller = held - each * agents
    return np.asarray((agents - fuller) * speed[each] + fuller * speed[each + 1])


def _checked(times: Sequence[float]) -> FloatArray:
    found = np.asarray(times, dtype=np.float64)
    if not (found.size and (np.isfinite(found) & (found > 0)).all()):
        raise SettingsError(messages.NOT_ABOVE_ZERO.fill(name="aht_seconds_by_concurrency"))
    if (np.diff(np.arange(1, found.size + 1) / found) <= 0).any():
        raise SettingsError(messages.SLOWER_WITH_MORE)
    return found


def _below(n: FloatArray, arrivals: FloatArray, times: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the weight of the states with a free place, in units of the full state, and the mean chats in them."""
    weight, mean = np.zeros_like(n), np.zeros_like(n)
    for j in range(1, int(n.max(initial=0)) * times.size + 1):
        inside = j <= n * times.size
        last = 1 / (1 + weight[inside])
        ratio = chats_finished(n[inside], np.full(last.size, float(j)), times) / arrivals[inside]
        mean[inside] = (j - 1) * last + mean[inside] * (1 - last)
        with np.errstate(over="ignore"):
            weight[inside] = ratio * (1 + weight[inside])
    return weight, mean
