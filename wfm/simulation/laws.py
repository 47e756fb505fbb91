"""Laws of handle times and patience, as something to draw from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from wfm.domain.errors import SettingsError
from wfm.simulation.messages import EMPTY_SAMPLE, NOT_A_TIME, NOT_ABOVE_ZERO

if TYPE_CHECKING:
    from collections.abc import Callable

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Law:
    """A law of times in seconds.

    Attributes
    ----------
    draw
        So many times from a generator of random numbers.
    mean
        In seconds; infinite when nobody ever gives up.
    """

    draw: Callable[[np.random.Generator, int], Floats]
    mean: float


def exponential(mean: float) -> Law:
    """Return times without memory, as in the Erlang formulas."""
    _above_zero(mean=mean)
    return Law(lambda rng, n: rng.standard_exponential(n) * mean, mean)


def lognormal(mean: float, cv: float) -> Law:
    """Return a lognormal law by its mean and coefficient of variation; measured handle times look like this.

    Source: L. Brown and others (2005), Statistical Analysis of a Telephone Call Center.

    Examples
    --------
    >>> times = lognormal(180, 1.2).draw(np.random.default_rng(1), 100_000)
    >>> round(float(times.mean() / 180), 1), round(float(times.std() / times.mean()), 1)
    (1.0, 1.2)
    """
    _above_zero(mean=mean, cv=cv)
    width = np.sqrt(np.log1p(cv * cv))
    middle = np.log(mean) - width * width / 2
    return Law(lambda rng, n: np.exp(rng.standard_normal(n) * width + middle), mean)


def deterministic(seconds: float) -> Law:
    """Return a law of one time; 0 as a patience is somebody who never waits."""
    if not (np.isfinite(seconds) and seconds >= 0):
        raise SettingsError(NOT_A_TIME.fill(name="seconds"))
    return Law(lambda _rng, n: np.full(n, float(seconds)), float(seconds))


def never() -> Law:
    """Return the patience of people who wait for ever."""
    return Law(lambda _rng, n: np.full(n, np.inf), np.inf)


def uniform(low: float, high: float) -> Law:
    """Return times between two ends, all equally likely."""
    if not 0 <= low <= high < np.inf:
        raise SettingsError(NOT_A_TIME.fill(name="low, high"))
    return Law(lambda rng, n: rng.uniform(low, high, n), (low + high) / 2)


def empirical(sample: npt.ArrayLike) -> Law:
    """Return the law of measured times: each is drawn as often as any other."""
    times = np.asarray(sample, dtype=np.float64).ravel()
    if not times.size:
        raise SettingsError(EMPTY_SAMPLE.fill(name="sample"))
    if not (times >= 0).all():
        raise SettingsError(NOT_A_TIME.fill(name="sample"))
    return Law(lambda rng, n: times[rng.integers(0, times.size, n)], float(times.mean()))


def _above_zero(**values: float) -> None:
    for name, value in values.items():
        if not (np.isfinite(value) and value > 0):
            raise SettingsError(NOT_ABOVE_ZERO.fill(name=name))
