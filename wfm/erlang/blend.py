"""Blending: idle agents call out, but some idle ones are kept for those who call in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from wfm.erlang._special import FloatArray, above_zero, quantities, waits_of
from wfm.erlang.line import Line, outcome

if TYPE_CHECKING:
    from wfm.erlang.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Blended:
    """What inbound contacts get, and how many outbound ones are made.

    Attributes
    ----------
    inbound
        What happens to inbound contacts; its occupancy counts both kinds.
    outbound_per_second
        Outbound contacts made.
    """

    inbound: Outcome
    outbound_per_second: FloatArray


def blend(
    agents: npt.ArrayLike,
    load: npt.ArrayLike,
    aht_seconds: npt.ArrayLike,
    idle_kept: npt.ArrayLike,
    acceptable_wait_seconds: npt.ArrayLike = 20.0,
    patience_seconds: npt.ArrayLike = np.inf,
) -> Blended:
    """Return what agents achieve who call out whenever more than `idle_kept` of them are idle; all arguments broadcast.

    Parameters
    ----------
    agents
        Agents on both kinds of work, whole or not.
    load
        Inbound load in erlangs, above 0.
    aht_seconds
        Mean handle time of both kinds, above 0.
    idle_kept
        Idle agents kept for inbound contacts; as many as there are agents means that nobody calls out.

    Raises
    ------
    SettingsError
        When a load or handle time is not above 0, a value is negative, not a number, or infinite (patience may be).

    Notes
    -----
    Outbound contacts never run out and have the same handle time. Source: S. Bhulai and G. Koole (2003), A Queueing
    Model for Call Blending in Call Centers.

    Examples
    --------
    >>> found = blend(16, 10, 180, 5)
    >>> round(float(found.inbound.waits), 4), round(float(found.outbound_per_second) * 3600, 2)
    (0.1358, 58.73)
    """
    n, a, h, kept, wait, patience = np.broadcast_arrays(
        *quantities(
            agents=agents,
            load=load,
            aht_seconds=aht_seconds,
            idle_kept=idle_kept,
            acceptable_wait_seconds=acceptable_wait_seconds,
        ),
        waits_of(patience_seconds=patience_seconds),
    )
    above_zero(load=a, aht_seconds=h)
    shape = a.shape
    n, a, h, kept, wait, patience = (values.ravel() for values in (n, a, h, kept, wait, patience))
    floor = n - np.minimum(np.floor(kept), np.floor(n))
    below, lowest = _below(n, a, floor)
    found = outcome(Line(below, a / h, n / h, patience), wait, wait)
    idle_only = np.maximum(1 - a * found.answered / np.where(n > 0, n, np.inf), 0.0)
    calling = np.where(below > 0, (1 - found.waits) * lowest, idle_only)
    outbound = floor / h * calling
    occupied = np.minimum((a * found.answered + outbound * h) / np.where(n > 0, n, np.inf), 1.0)
    inbound = replace(found, occupancy=occupied).mapped(lambda values: values.reshape(shape)[()])
    return Blended(inbound, outbound.reshape(shape)[()])


def _below(n: FloatArray, a: FloatArray, floor: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the weight of the states from `floor` on, under n, in units of state n; and the share of the lowest."""
    weight, lowest = np.zeros_like(n), np.ones_like(n)
    for step in range(1, round(float((n - floor).max(initial=0))) + 1):
        inside = step <= np.round(n - floor)
        busy, last = floor[inside] + step, weight[inside]
        lowest[inside] *= np.where(last > 0, 1 - 1 / (1 + last), 1.0)
        with np.errstate(over="ignore"):
            weight[inside] = busy / a[inside] * (1 + last)
    return weight, lowest
