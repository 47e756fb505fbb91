"""Shrinkage: the share of paid time that agents are off the queue, and what it adds to the need."""

from __future__ import annotations

from math import ceil, prod
from typing import TYPE_CHECKING, Literal

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

_GUARD = 1e-9


def combined(shares: Iterable[float], how: Literal["additive", "sequential"] = "additive") -> float:
    """Return one share for several: their sum, or 1 - product of (1 - share) when each applies to what is left.

    Examples
    --------
    >>> round(combined([0.10, 0.20]), 2), round(combined([0.10, 0.20], "sequential"), 2)
    (0.3, 0.28)
    """
    parts = tuple(shares)
    return sum(parts) if how == "additive" else 1 - prod(1 - share for share in parts)


def grossed_up(net: npt.NDArray[np.float64], share: float) -> npt.NDArray[np.float64]:
    """Return net / (1 - share) in agents, rounded half up to two decimals; `share` in [0, 1).

    Examples
    --------
    >>> grossed_up(np.array([14.0, 0.0]), 0.30).tolist()
    [20.0, 0.0]
    """
    return np.floor(net / (1 - share) * 100 + 0.5 + _GUARD) / 100


def heads(agents: float) -> int:
    """Return whole people for a real number of agents: rounded up, a rounding error of a billionth forgiven.

    Examples
    --------
    >>> heads(35.7 / 0.85), heads(42.01)
    (42, 43)
    """
    return ceil(agents - _GUARD)
