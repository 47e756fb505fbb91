"""Laws of patience: how long people wait before they give up."""

from __future__ import annotations

from dataclasses import dataclass
from math import gamma, log, sqrt
from typing import TYPE_CHECKING

import numpy as np

from wfm.domain.errors import SettingsError
from wfm.erlang import messages
from wfm.erlang._normal import upper_tail
from wfm.erlang._tails import lower

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from wfm.erlang._special import FloatArray


@dataclass(frozen=True, slots=True)
class Patience:
    """A law of patience.

    Attributes
    ----------
    survival
        Share of people who would wait longer than so many seconds, for an array.
    integral
        Integral of the survival from 0 to so many seconds, in seconds.
    mean
        Mean patience in seconds.
    breaks
        Seconds at which the survival has a jump or a kink.
    """

    survival: Callable[[FloatArray], FloatArray]
    integral: Callable[[FloatArray], FloatArray]
    mean: float
    breaks: tuple[float, ...] = ()


def exponential(mean: float) -> Patience:
    """Return patience without memory: M/M/n+G is then Erlang A."""
    return mixture([1.0], [mean])


def mixture(shares: Sequence[float], means: Sequence[float]) -> Patience:
    """Return a mixture of exponential laws (hyperexponential): several kinds of people; the shares sum to 1."""
    _positive(mean=min(means), share=min(shares))
    if len(shares) != len(means) or abs(sum(shares) - 1) > 1e-9:
        raise SettingsError(messages.SHARES_OF_ALL)
    weight, scale = np.asarray(shares, dtype=np.float64), np.asarray(means, dtype=np.float64)
    return Patience(
        lambda x: np.exp(-x[..., None] / scale) @ weight,
        lambda x: -np.expm1(-x[..., None] / scale) @ (weight * scale),
        float(weight @ scale),
    )


def deterministic(seconds: float) -> Patience:
    """Return the law of people who all give up after the same time."""
    _positive(seconds=seconds)
    return Patience(
        lambda x: np.where(x < seconds, 1.0, 0.0), lambda x: np.minimum(x, seconds), seconds, breaks=(seconds,)
    )


def uniform(longest: float) -> Patience:
    """Return patience spread evenly from 0 to the longest."""
    _positive(longest=longest)

    def integral(x: FloatArray) -> FloatArray:
        inside = np.minimum(x, longest)
        return inside * (1 - inside / (2 * longest))

    return Patience(lambda x: np.maximum(1 - x / longest, 0.0), integral, longest / 2, breaks=(longest,))


def weibull(shape: float, mean: float) -> Patience:
    """Return a Weibull law; a shape below 1 is that of people who, having waited, wait on."""
    _positive(shape=shape, mean=mean)
    scale = mean / gamma(1 + 1 / shape)
    return Patience(
        lambda x: np.exp(-((x / scale) ** shape)),
        lambda x: mean * _lower(1 / shape, (x / scale) ** shape),
        mean,
    )


def gamma_law(shape: float, mean: float) -> Patience:
    """Return a gamma law (Erlang's for whole shapes)."""
    _positive(shape=shape, mean=mean)
    rate = shape / mean
    return Patience(
        lambda x: 1 - _lower(shape, rate * x),
        lambda x: x * (1 - _lower(shape, rate * x)) + mean * _lower(shape + 1, rate * x),
        mean,
    )


def lognormal(mean: float, cv: float) -> Patience:
    """Return a lognormal law by its mean and coefficient of variation (standard deviation / mean)."""
    _positive(mean=mean, cv=cv)
    width = sqrt(log(1 + cv * cv))
    middle = log(mean) - width * width / 2

    def standard(x: FloatArray) -> FloatArray:
        return (np.log(np.maximum(x, 1e-300)) - middle) / width

    return Patience(
        lambda x: upper_tail(standard(x)),
        lambda x: x * upper_tail(standard(x)) + mean * upper_tail(width - standard(x)),
        mean,
    )


def _lower(shape: float, x: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore", over="ignore", under="ignore", invalid="ignore"):
        return lower(np.full(x.size, shape), np.ravel(x)).reshape(x.shape)


def _positive(**values: float) -> None:
    for name, value in values.items():
        if not (np.isfinite(value) and value > 0):
            raise SettingsError(messages.NOT_ABOVE_ZERO.fill(name=name))
