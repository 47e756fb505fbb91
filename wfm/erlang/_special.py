"""The Poisson probability at a real number, exact to rounding up to a million and beyond."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from wfm.domain.errors import SettingsError
from wfm.erlang.messages import NOT_A_QUANTITY, NOT_A_TIME, NOT_ABOVE_ZERO

FloatArray = npt.NDArray[np.float64]

_SHIFTED_TO = 16.0


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


def waits_of(**values: npt.ArrayLike) -> FloatArray:
    """Return the one value given as a float array; it may be infinite.

    Raises
    ------
    SettingsError
        When it is negative or not a number.
    """
    ((name, value),) = values.items()
    array = np.asarray(value, dtype=np.float64)
    if not (array >= 0).all():
        raise SettingsError(NOT_A_TIME.fill(name=name))
    return array


def above_zero(**values: FloatArray) -> None:
    """Raise `SettingsError` when a value is not finite and above 0."""
    for name, array in values.items():
        if not (np.isfinite(array) & (array > 0)).all():
            raise SettingsError(NOT_ABOVE_ZERO.fill(name=name))


def poisson_probability(n: FloatArray, a: FloatArray) -> FloatArray:
    """Return exp(-a) a^n / Gamma(n+1) for real n >= 0 and a > 0 without loss of digits.

    Source: the saddle-point form of C. Loader (2000), Fast and Accurate Computation of Binomial Probabilities.
    """
    positive = np.where(n > 0, n, 1.0)
    log = -stirling_error(positive) - deviance(positive, a)
    return np.where(n > 0, np.exp(log) / np.sqrt(2 * np.pi * positive), np.exp(-a))


def stirling_error(n: FloatArray) -> FloatArray:
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


def deviance(n: FloatArray, a: FloatArray) -> FloatArray:
    """Return n log(n/a) + a - n; by a series in (n-a)/(n+a) where the terms would cancel."""
    v = (n - a) / (n + a)
    square = v * v
    tail = np.zeros_like(v)
    for j in range(9, 0, -1):
        tail = square * (tail + 1 / (2 * j + 1))
    near = (n - a) * v + 2 * n * v * tail
    return np.where(np.abs(v) < 0.1, near, n * (np.log(n) - np.log(a)) + a - n)
