"""The fewest whole agents from which a condition holds, for many queues at once and any model."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfm.erlang._special import FloatArray

Rows = npt.NDArray[np.intp]
MOST_AGENTS = 2.0**40


def fewest(misses: Callable[[FloatArray, Rows], npt.NDArray[np.bool_]], start: FloatArray) -> FloatArray:
    """Return the fewest whole agents, at least 1, that do not miss, per row.

    Parameters
    ----------
    misses
        Whether so many agents miss a target in these rows; more agents never miss where fewer do not.
    start
        A guess, which the search leaves by steps that double; then it halves what lies between.
    """
    low, high = _bracket(misses, np.maximum(np.ceil(start), 1.0))
    rows = np.flatnonzero(high - low > 1)
    while rows.size:
        middle = np.floor((low[rows] + high[rows]) / 2)
        missed = misses(middle, rows)
        low[rows] = np.where(missed, middle, low[rows])
        high[rows] = np.where(missed, high[rows], middle)
        rows = rows[high[rows] - low[rows] > 1]
    return high


def _bracket(
    misses: Callable[[FloatArray, Rows], npt.NDArray[np.bool_]], start: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return agents that miss (or 0) and more that do not; an end that no number reaches is a very large one."""
    every = np.arange(start.size)
    below = misses(start, every)
    low, high = np.where(below, start, 0.0), np.where(below, MOST_AGENTS, start)
    step, last, rows = np.maximum(np.floor(np.sqrt(start) / 2), 1.0), start.copy(), every
    while rows.size:
        up = below[rows]
        at = np.maximum(last[rows] + np.where(up, step[rows], -step[rows]), 0.0)
        missed = (at < 1) | misses(np.maximum(at, 1.0), rows)
        low[rows] = np.where(missed, np.maximum(low[rows], at), low[rows])
        high[rows] = np.where(missed, high[rows], np.minimum(high[rows], at))
        last[rows] = at
        step[rows] *= 2
        rows = rows[(missed == up) & (at < MOST_AGENTS)]
    return low, high
