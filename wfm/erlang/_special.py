"""Reciprocal of Erlang's loss formula for real numbers of agents, exact to rounding up to a million agents."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from wfm.domain.errors import SettingsError
from wfm.erlang.messages import NOT_A_QUANTITY

FloatArray = npt.NDArray[np.float64]

_SHIFTED_TO = 16.0
_LOG_EPSILON = 38.0
"""-log of the smallest term that still counts (3e-17)."""


def quantities(**values: npt.ArrayLike) -> list[FloatArray]:
    """Return the values broadcast against each other, as float arrays.

    Raises
    ------
    SettingsError
        When a value is negative, infinite or not a number.
    """
    arrays = {name: np.asarray(value, dtype=np.float64) for name, value in values.items()}
    for name, array in arrays.items():
        if not (np.isfinite(array) & (array >= 0)).all():
            raise SettingsError(NOT_A_QUANTITY.fill(name=name))
    return list(np.broadcast_arrays(*arrays.values()))


def reciprocal_b(agents: FloatArray, load: FloatArray) -> FloatArray:
    """Return 1 / B(agents, load) for `agents` >= 0 and `load` > 0; infinite beyond the range of a float.

    Source: 1/B = Q(n+1, a) / D with the Poisson probability D = exp(-a) a^n / Gamma(n+1) and the regularised
    incomplete gamma function Q (Abramowitz & Stegun 6.5): the power series of 1 - Q up to a = n + 1, the continued
    fraction of Q beyond.
    """
    agents, load = np.atleast_1d(agents), np.atleast_1d(load)
    light = load <= agents + 1
    result = np.empty(load.shape)
    result[light] = _by_series(agents[light], load[light])
    result[~light] = _by_fraction(agents[~light], load[~light])
    return np.maximum(result, 1.0)


def _by_series(n: FloatArray, a: FloatArray) -> FloatArray:
    """Return 1/D - sum over k >= 1 of a^k / ((n+1) … (n+k)), summed from the far end."""
    if not n.size:
        return n
    terms = int(np.sqrt(2 * _LOG_EPSILON * (n.max() + 1))) + 30
    rest, below = np.zeros_like(a), n + terms
    for _ in range(terms):
        rest += 1
        rest *= a
        rest /= below
        below -= 1
    with np.errstate(divide="ignore", over="ignore"):
        return 1 / poisson_probability(n, a) - rest


def _by_fraction(n: FloatArray, a: FloatArray) -> FloatArray:
    """Return a / (a-n + n/(a-n+2 + 2(n-1)/(a-n+4 + …))), evaluated from the far end; a > n + 1."""
    if not n.size:
        return n
    terms = int(10 * np.sqrt(n.max() + 1)) + 90
    rest = np.zeros_like(a)
    for j in range(terms, 0, -1):
        rest = j * (n - (j - 1)) / (a - n + 2 * j + rest)
    return a / (a - n + rest)


def poisson_probability(n: FloatArray, a: FloatArray) -> FloatArray:
    """Return exp(-a) a^n / Gamma(n+1) for real n >= 0 and a > 0 without loss of digits.

    Source: the saddle-point form of C. Loader (2000), Fast and Accurate Computation of Binomial Probabilities.
    """
    positive = np.where(n > 0, n, 1.0)
    log = -_stirling_error(positive) - _deviance(positive, a)
    return np.where(n > 0, np.exp(log) / np.sqrt(2 * np.pi * positive), np.exp(-a))


def _stirling_error(n: FloatArray) -> FloatArray:
    """Return log Gamma(n+1) - [(n + 1/2) log n - n + log(2 pi)/2] for n > 0: shifted above 16, then the series."""
    x, below = n.copy(), np.zeros_like(n)
    small = np.flatnonzero(x < _SHIFTED_TO)
    while small.size:
        part = x[small]
        below[small] += (part + 0.5) * np.log1p(1 / part) - 1
        x[small] = part + 1
        small = small[part + 1 < _SHIFTED_TO]
    y = 1 / (x * x)
    series = (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y * (1 / 1188 - y * 691 / 360360))))) / x
    return below + series


def _deviance(n: FloatArray, a: FloatArray) -> FloatArray:
    """Return n log(n/a) + a - n; by a series in (n-a)/(n+a) where the terms would cancel."""
    v = (n - a) / (n + a)
    square = v * v
    tail = np.zeros_like(v)
    for j in range(9, 0, -1):
        tail = square * (tail + 1 / (2 * j + 1))
    near = (n - a) * v + 2 * n * v * tail
    return np.where(np.abs(v) < 0.1, near, n * (np.log(n) - np.log(a)) + a - n)
