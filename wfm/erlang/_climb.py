"""The fewest agents under Erlang C, by climbing from the fewest that could be stable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from wfm.erlang._tails import reciprocal_b
from wfm.erlang.bisect import smallest
from wfm.erlang.erlang_c import handle_times, waiting, within
from wfm.erlang.targets import CEILING_GUARD, TOLERANCE, Targets

if TYPE_CHECKING:
    from wfm.erlang._special import FloatArray

_HALVINGS = 36

Missed = tuple[npt.NDArray[np.bool_], ...]


def fewest(
    load: FloatArray, aht: FloatArray, goals: Targets, *, whole: bool
) -> tuple[FloatArray, npt.NDArray[np.intp]]:
    """Return agents for loads above 0 when nobody gives up, and the positions in `BINDING` of what decides."""
    times = handle_times(goals.wait, aht)
    cap = np.ceil(load / goals.occupancy - CEILING_GUARD)
    n = np.maximum(np.maximum(np.floor(load) + 1, cap), np.ceil(goals.floor))
    with np.errstate(over="ignore"):
        reciprocal = reciprocal_b(n, load)
        active = np.flatnonzero(_any(_missed(load, aht, times, goals, n, reciprocal)))
        while active.size:
            n[active] += 1
            reciprocal[active] = 1 + n[active] / load[active] * reciprocal[active]
            part = load[active], aht[active], times[active], goals[active], n[active], reciprocal[active]
            active = active[_any(_missed(*part))]
        before = (reciprocal - 1) * load / n
        binding = np.argmax(_missed(load, aht, times, goals, n - 1, before), axis=0)
        if whole:
            return n, binding

        def met(agents: FloatArray) -> npt.NDArray[np.bool_]:
            inverse = reciprocal_b(np.maximum(agents, load), load)
            return ~_any(_missed(load, aht, times, goals, agents, inverse))

        return smallest(met, np.maximum(n - 1, load), n, _HALVINGS), binding


def _missed(
    load: FloatArray, aht: FloatArray, times: FloatArray, goals: Targets, n: FloatArray, reciprocal: FloatArray
) -> Missed:
    """Return which targets `n` agents miss, in the order of `BINDING`; an unstable queue misses its occupancy."""
    spare = n - load
    stable = spare > 0
    waits = np.where(stable, waiting(np.where(stable, n, 1.0), load, reciprocal), 1.0)
    asa = np.where(stable, waits * aht / np.where(stable, spare, 1.0), np.inf)
    return (
        within(waits, spare, times) < goals.level - TOLERANCE,
        asa > goals.asa * (1 + TOLERANCE),
        np.zeros_like(stable),
        ~stable | (load / goals.occupancy > n + CEILING_GUARD),
        n < goals.floor,
    )


def _any(missed: Missed) -> npt.NDArray[np.bool_]:
    return np.asarray(np.logical_or.reduce(missed))
