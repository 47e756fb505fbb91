"""Roots of monotone conditions for whole arrays at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from wfm.erlang._special import FloatArray

_HALVINGS = 80


def smallest(
    holds: Callable[[FloatArray], npt.NDArray[np.bool_]], low: FloatArray, high: FloatArray, halvings: int = _HALVINGS
) -> FloatArray:
    """Return the smallest numbers between `low` and `high` from which a condition holds; `high` when it never does."""
    low, high = np.array(low, dtype=np.float64), np.array(high, dtype=np.float64)
    for _ in range(halvings):
        middle = (low + high) / 2
        if ((middle <= low) | (middle >= high)).all():
            break
        found = holds(middle)
        low, high = np.where(found, low, middle), np.where(found, middle, high)
    return high


def root(residual: Callable[[FloatArray], FloatArray], low: FloatArray, high: FloatArray) -> FloatArray:
    """Return where an increasing residual is 0, between `low` (at most 0 there) and `high` (at least 0 there).

    Source: regula falsi with halved ends (the Illinois method; M. Dowell and P. Jarratt, 1971).
    """
    low, high = np.array(low, dtype=np.float64), np.array(high, dtype=np.float64)
    under, over, last, side = residual(low), residual(high), low, np.zeros(low.shape)
    for _ in range(_HALVINGS):
        span = over - under
        middle = np.clip(high - np.where(span > 0, over / np.where(span > 0, span, 1.0), 0.5) * (high - low), low, high)
        here = residual(middle)
        right = here > 0
        over = np.where(right, here, np.where(side < 0, over / 2, over))
        under = np.where(right, np.where(side > 0, under / 2, under), here)
        low, high, side = np.where(right, low, middle), np.where(right, middle, high), np.where(right, 1.0, -1.0)
        if (np.abs(middle - last) <= 2 * np.spacing(np.abs(middle))).all():
            break
        last = middle
    return middle
