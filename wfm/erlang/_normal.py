"""The normal distribution: its scaled tail and its hazard rate, for arrays."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from wfm.erlang._special import FloatArray

_TERMS = 40
_ROOT_PI = np.sqrt(np.pi)


@cache
def _coefficients() -> tuple[float, FloatArray]:
    """Return the length L and the coefficients, highest power first, of the expansion in (L - z) / (L + z)."""
    scale = float(np.sqrt(_TERMS / np.sqrt(2)))
    angle = np.arange(1 - 2 * _TERMS, 2 * _TERMS) * np.pi / (2 * _TERMS)
    square = (scale * np.tan(angle / 2)) ** 2
    sample = np.concatenate([[0.0], np.exp(-square) * (scale**2 + square)])
    return scale, np.fft.fft(np.fft.fftshift(sample)).real[_TERMS:0:-1] / (4 * _TERMS)


def scaled_erfc(z: FloatArray) -> FloatArray:
    """Return exp(z^2) erfc(z) for `z` >= 0, to the last digits.

    Source: J. A. C. Weideman (1994), Computation of the Complex Error Function, SIAM J. Numer. Anal. 31, equation 38,
    on the imaginary axis.
    """
    scale, coefficients = _coefficients()
    ratio = (scale - z) / (scale + z)
    value = np.zeros_like(z)
    for coefficient in coefficients:
        value *= ratio
        value += coefficient
    result: FloatArray = (2 * value / (scale + z) + 1 / _ROOT_PI) / (scale + z)
    return result


def hazard(z: FloatArray) -> FloatArray:
    """Return the hazard rate of the standard normal distribution, density / upper tail, for any real `z`."""
    half = np.abs(z) / np.sqrt(2)
    tail = scaled_erfc(half)
    with np.errstate(over="ignore"):
        result: FloatArray = np.sqrt(2 / np.pi) / np.where(z < 0, 2 * np.exp(half * half) - tail, tail)
        return result


def upper_tail(z: FloatArray) -> FloatArray:
    """Return the share of the standard normal distribution above `z`."""
    half = np.abs(z) / np.sqrt(2)
    beyond: FloatArray = scaled_erfc(half) * np.exp(-half * half) / 2
    result: FloatArray = np.where(z < 0, 1 - beyond, beyond)
    return result
