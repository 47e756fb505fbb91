"""M/M/n+G: contacts that find every agent busy wait and give up after a time of any law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from wfm.erlang._special import FloatArray, above_zero, quantities
from wfm.erlang._tails import below
from wfm.erlang.bisect import smallest
from wfm.erlang.outcome import Outcome
from wfm.erlang.quadrature import spread

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfm.erlang.patience import Patience

_NEGLIGIBLE = 45.0
"""-log of the smallest part of an integrand that counts."""


@dataclass(frozen=True, slots=True)
class AnyPatience:
    """A queue with patience of any law.

    Attributes
    ----------
    outcome
        What happens to the offered contacts.
    virtual_wait_seconds
        Mean wait of an endlessly patient caller.
    """

    outcome: Outcome
    virtual_wait_seconds: FloatArray


def erlang_g(
    agents: npt.ArrayLike,
    load: npt.ArrayLike,
    aht_seconds: npt.ArrayLike,
    patience: Patience,
    acceptable_wait_seconds: float = 20.0,
) -> AnyPatience:
    """Return what real-valued agents achieve under one law of patience; agents, load and AHT broadcast.

    Parameters
    ----------
    agents
        Agents on the queue, above 0.
    load
        Offered load in erlangs, above 0.
    aht_seconds
        Mean handle time, above 0.
    patience
        A law of `wfm.erlang.patience`.
    acceptable_wait_seconds
        One number for all.

    Raises
    ------
    SettingsError
        When a number is not above 0 and finite, or the wait is negative.

    Notes
    -----
    J = int_0^inf exp(lambda H(x) - n mu x) dx with H the integral of the survival; Gauss-Legendre on panels between
    the kinks of the law, the peak of the integrand and the acceptable wait. Source: F. Baccelli and G. Hebuterne
    (1981); S. Zeltyn and A. Mandelbaum (2005), Call Centers with Impatient Customers.

    Examples
    --------
    >>> from wfm.erlang.patience import deterministic
    >>> round(float(erlang_g(12, 10, 180, deterministic(120)).outcome.abandoned), 5)
    0.02191
    """
    n, a, h = quantities(agents=agents, load=load, aht_seconds=aht_seconds)
    (wait,) = quantities(acceptable_wait_seconds=acceptable_wait_seconds)
    above_zero(agents=n, load=a, aht_seconds=h)
    found, virtual = _busy(n.ravel(), a.ravel(), h.ravel(), patience, float(wait))
    return AnyPatience(found.mapped(lambda values: values.reshape(a.shape)[()]), virtual.reshape(a.shape)[()])


def _busy(n: FloatArray, a: FloatArray, h: FloatArray, law: Patience, wait: float) -> tuple[Outcome, FloatArray]:
    arrivals, service = a / h, n / h
    x, weights = _nodes(arrivals, service, law, wait)
    height = _exponent(x, arrivals, service, law)
    top = height.max(axis=1)
    mass = weights * np.exp(height - top[:, None])
    total = mass.sum(axis=1)
    mass /= total[:, None]
    with np.errstate(over="ignore", under="ignore"):
        waits = 1 / (1 + below(n, a) * np.exp(-top) / (service * total))
    stays, soon = law.survival(x), x < wait
    gone = 1 - law.survival(np.array([wait]))[0]

    def mean(values: FloatArray) -> FloatArray:
        result: FloatArray = waits * (mass * values).sum(axis=1)
        return result

    abandoned, in_time = mean(1 - stays), 1 - waits + mean(stays * soon)
    early = mean(np.where(soon, 1 - stays, gone))
    answered = 1 - waits + mean(stays)
    found = Outcome(
        waits=waits,
        answered=answered,
        abandoned=abandoned,
        answered_within=in_time,
        abandoned_within=early,
        abandoned_short=early,
        virtual_within=1 - waits + mean(np.where(soon, 1.0, 0.0)),
        wait_seconds=mean(law.integral(x)),
        occupancy=np.minimum(a / n * answered, 1.0),
        blocked=np.zeros_like(waits),
    )
    return found, mean(x)


def _exponent(x: FloatArray, arrivals: FloatArray, service: FloatArray, law: Patience) -> FloatArray:
    """Return log of the integrand of J at a matrix of waits, a row per queue; concave in the wait."""
    return np.asarray(arrivals[:, None] * law.integral(x) - service[:, None] * x)


def _nodes(arrivals: FloatArray, service: FloatArray, law: Patience, wait: float) -> tuple[FloatArray, FloatArray]:
    """Return the waits that count, a row per queue, and their weights."""

    def height(x: FloatArray) -> FloatArray:
        return _exponent(x[:, None], arrivals, service, law)[:, 0]

    start = np.zeros_like(arrivals)
    peak = np.where(arrivals > service, _first(lambda x: arrivals * law.survival(x) <= service, start, law.mean), 0.0)
    floor = height(peak) - _NEGLIGIBLE
    end = _first(lambda x: height(x) <= floor, peak, 1 / service)
    begin = smallest(lambda x: height(x) >= floor, start, peak)
    inner = [np.clip(np.full_like(peak, at), begin, end) for at in (*law.breaks, wait)]
    edges = np.sort(np.stack([begin, *inner, np.clip(peak, begin, end), end], axis=1), axis=1)
    x, weights = spread(edges[:, :-1], edges[:, 1:])
    return x.reshape(arrivals.size, -1), weights.reshape(arrivals.size, -1)


def _first(
    holds: Callable[[FloatArray], npt.NDArray[np.bool_]], start: FloatArray, step: FloatArray | float
) -> FloatArray:
    """Return the first number from `start` on at which a condition holds for good; the step doubles until it does."""
    high = start + step
    while not (done := holds(high)).all():
        high = np.where(done, high, start + 2 * (high - start))
    return smallest(holds, start, high)
