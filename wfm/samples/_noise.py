"""A noisy history around expected calls; made from uniform random numbers only, the same under every NumPy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    FloatArray = npt.NDArray[np.float64]

_DAY_NOISE = 0.035
"""Coefficient of variation of a queue's day beyond Poisson noise."""
_SERVICE_NOISE = 0.9
"""Coefficient of variation of a single handle time."""


def noisy(mean: FloatArray, aht_seconds: float, rng: np.random.Generator) -> tuple[npt.NDArray[np.int64], FloatArray]:
    """Return random calls and mean handle times in seconds (NaN without calls), each of the shape of `mean`.

    Parameters
    ----------
    mean
        Expected calls, shape (days, intervals). Calls are Poisson around a day whose level is itself random; handle
        times are lognormal.
    """
    level = 1 + _DAY_NOISE * _normal(rng, (len(mean), 1))
    calls = _poisson(rng.random(mean.shape), mean * level)
    variance = np.log1p(_SERVICE_NOISE**2 / np.maximum(calls, 1))
    aht = np.round(aht_seconds * np.exp(np.sqrt(variance) * _normal(rng, mean.shape) - variance / 2))
    return calls, np.where(calls > 0, np.maximum(aht, 1.0), np.nan)


def _normal(rng: np.random.Generator, shape: tuple[int, ...]) -> FloatArray:
    """Return standard normal numbers (Box and Muller)."""
    radius = np.sqrt(-2 * np.log(1 - rng.random(shape)))
    return np.asarray(radius * np.cos(2 * np.pi * rng.random(shape)))


def _poisson(uniform: FloatArray, mean: FloatArray) -> npt.NDArray[np.int64]:
    """Return Poisson numbers by inversion: how many cumulated probabilities lie below each uniform number."""
    calls = np.zeros(mean.shape, dtype=np.int64)
    probability = np.exp(-mean)
    cumulated = probability.copy()
    while (below := uniform > cumulated).any():
        calls += below
        probability = np.where(below, probability * mean / np.maximum(calls, 1), 0.0)
        if not probability.any():
            break
        cumulated += probability
    return calls
