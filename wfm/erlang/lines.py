"""A queue with a limited number of lines: who finds all of them taken hears the busy signal and is lost."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from wfm.erlang._special import FloatArray, quantities, waits_of
from wfm.erlang._tails import below
from wfm.erlang.outcome import Outcome, choose, without_contacts


def erlang_lines(
    agents: npt.ArrayLike,
    lines: npt.ArrayLike,
    load: npt.ArrayLike,
    aht_seconds: npt.ArrayLike,
    patience_seconds: npt.ArrayLike = np.inf,
    acceptable_wait_seconds: npt.ArrayLike = 20.0,
    short_seconds: npt.ArrayLike | None = None,
) -> Outcome:
    """Return what agents achieve with so many lines, waiting contacts included; all arguments broadcast.

    Shares are of the offered contacts, the blocked included; the mean wait is that of those let in. Real-valued agents
    leave floor(lines - agents) places to wait; with fewer lines than agents the lines decide.

    Raises
    ------
    SettingsError
        When a value is negative, not a number, or infinite (patience may be).

    Notes
    -----
    Source: the birth-death chain M/M/n/k+M. Who waits behind j others waits a sum of j + 1 exponential times whose
    distribution is a negative binomial sum.

    Examples
    --------
    >>> found = erlang_lines(12, 20, 10, 180)
    >>> round(float(found.blocked), 4), round(float(found.wait_seconds), 2)
    (0.0191, 20.66)
    """
    cut = acceptable_wait_seconds if short_seconds is None else short_seconds
    n, k, a, h, t, s, p = np.broadcast_arrays(
        *quantities(
            agents=agents,
            lines=lines,
            load=load,
            aht_seconds=aht_seconds,
            acceptable_wait_seconds=acceptable_wait_seconds,
            short_seconds=cut,
        ),
        waits_of(patience_seconds=patience_seconds),
    )
    found = _chain(*(np.asarray(v.ravel()) for v in (n, k, a, h, t, s, np.maximum(p, 1e-30))))
    return found.mapped(lambda values: values.reshape(a.shape)[()])


def _chain(
    n: FloatArray, k: FloatArray, load: FloatArray, aht: FloatArray, wait: FloatArray, cut: FloatArray, p: FloatArray
) -> Outcome:
    empty = (load == 0) | (aht == 0)
    a, h, n = np.where(empty, 1.0, load), np.where(empty, 1.0, aht), np.minimum(n, np.floor(k))
    places, arrivals, service, leaving = np.floor(k - n), a / h, n / h, 1 / p
    weights = _weights(places, arrivals, service, leaving)
    total = below(n, a) + weights.sum(axis=0)
    queue = (np.arange(len(weights))[:, None] * weights).sum(axis=0) / total
    blocked = np.take_along_axis(weights, places.astype(int)[None], axis=0)[0] / total
    let_in = np.where(np.arange(len(weights))[:, None] < places, weights, 0.0) / total
    answered, abandoned, virtual = _in_time(let_in, service, leaving, wait)
    room = np.maximum(1 - blocked - let_in.sum(axis=0), 0.0)
    lost = leaving * queue / arrivals
    found = Outcome(
        waits=let_in.sum(axis=0),
        answered=1 - blocked - lost,
        abandoned=lost,
        answered_within=room + answered,
        abandoned_within=abandoned,
        abandoned_short=_in_time(let_in, service, leaving, cut)[1],
        virtual_within=room + virtual,
        wait_seconds=queue / (arrivals * np.where(blocked < 1, 1 - blocked, 1.0)),
        occupancy=np.where(n > 0, (1 - blocked - lost) * a / np.where(n > 0, n, 1.0), 0.0),
        blocked=blocked,
    )
    return choose(empty, without_contacts(a.shape), found)


def _weights(places: FloatArray, arrivals: FloatArray, service: FloatArray, leaving: FloatArray) -> FloatArray:
    """Return the weights of 0, 1, … waiting contacts, in units of none, as rows; 0 beyond the places."""
    waiting = np.arange(1, int(places.max()) + 1)[:, None]
    with np.errstate(divide="ignore"):
        ratios = np.where(waiting <= places, arrivals / (service + waiting * leaving), 0.0)
    return np.concatenate([np.ones((1, places.size)), np.cumprod(ratios, axis=0)])


def _in_time(
    let_in: FloatArray, service: FloatArray, leaving: FloatArray, wait: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the shares that wait and are answered in time, give up in time, would be answered in time if patient."""
    ahead = np.arange(len(let_in), dtype=np.float64)[:, None]
    gone = np.where(leaving > 0, -np.expm1(-leaving * wait) / np.where(leaving > 0, leaving, 1.0), wait)
    late = _sum_exceeds(ahead, service, leaving, gone, wait)
    late_patient = _sum_exceeds(ahead, service + leaving, leaving, gone, wait)
    served = service / (service + (ahead + 1) * leaving) * (1 - late_patient)
    patient = np.exp(-leaving * wait)
    return (
        (let_in * served).sum(axis=0),
        (let_in * np.clip(1 - patient * late - served, 0.0, 1.0)).sum(axis=0),
        (let_in * (1 - late)).sum(axis=0),
    )


def _sum_exceeds(
    ahead: FloatArray, first: FloatArray, step: FloatArray, gone: FloatArray, wait: FloatArray
) -> FloatArray:
    """Return, per row j, the probability that exponential times of rates first, first + step, … (j+1) exceed a wait."""
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = np.log((first + (ahead[1:] - 1) * step) / ahead[1:] * gone)
        terms = np.concatenate([np.zeros((1, first.size)), np.cumsum(logs, axis=0)]) - first * wait
        return np.asarray(np.minimum(np.cumsum(np.exp(terms), axis=0), 1.0))
