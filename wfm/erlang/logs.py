"""Logarithms of Erlang B and C, for probabilities far below the smallest float."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from wfm.erlang._special import FloatArray, deviance, quantities, stirling_error
from wfm.erlang._tails import below, lower


def log_erlang_b(agents: npt.ArrayLike, load: npt.ArrayLike) -> FloatArray:
    """Return the natural logarithm of Erlang B; minus infinity without load where there are agents.

    Raises
    ------
    SettingsError
        When a value is negative, infinite or not a number.

    Examples
    --------
    >>> round(float(log_erlang_b(10_000, 200)), 3)
    -29325.754
    """
    n, a = quantities(agents=agents, load=load)
    found = _log_inverse(n.ravel(), np.where(a > 0, a, 1.0).ravel(), np.ones(a.size)).reshape(a.shape)
    return np.where(a > 0, -found, np.where(n > 0, -np.inf, 0.0))[()]


def log_erlang_c(agents: npt.ArrayLike, load: npt.ArrayLike) -> FloatArray:
    """Return the natural logarithm of Erlang C; 0 for an unstable queue, minus infinity without load.

    Raises
    ------
    SettingsError
        When a value is negative, infinite or not a number.

    Examples
    --------
    >>> round(float(log_erlang_c(100, 10)), 6)
    -143.375506
    """
    n, a = quantities(agents=agents, load=load)
    stable = (n > a) & (a > 0)
    number, busy = np.where(stable, n, 2.0), np.where(stable, a, 1.0)
    found = _log_inverse(number.ravel(), busy.ravel(), ((number - busy) / number).ravel()).reshape(a.shape)
    return np.where(stable, -found, np.where(a > 0, 0.0, -np.inf))[()]


def _log_inverse(n: FloatArray, a: FloatArray, factor: FloatArray) -> FloatArray:
    """Return log(1 + factor x below); where `below` is no float any more it is 1 / D less what is above."""
    weight = below(n, a)
    huge = np.isinf(weight)
    result = np.log1p(factor * np.where(huge, 0.0, weight))
    some, load = n[huge], a[huge]
    log_mass = -stirling_error(some) - deviance(some, load) - np.log(2 * np.pi * some) / 2
    result[huge] = np.log(factor[huge]) - log_mass + np.log1p(-lower(some, load))
    return result
