"""Rates that change over the day: the load that follows them late and damped, and the exact course of a day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from wfm.erlang._special import FloatArray, above_zero, poisson_probability, quantities

if TYPE_CHECKING:
    from collections.abc import Sequence

_SPARE = 12.0


@dataclass(frozen=True, slots=True)
class Sinusoid:
    """The load of endless servers under a sinusoidal rate.

    Attributes
    ----------
    load
        Load in erlangs at the time asked for.
    lag_seconds
        How much later than the rate the load peaks.
    damping
        Swing of the load / swing of rate x handle time.
    """

    load: float
    lag_seconds: float
    damping: float


def sinusoidal_load(
    mean_per_second: float, swing_per_second: float, period_seconds: float, aht_seconds: float, at_seconds: float
) -> Sinusoid:
    """Return the load when contacts arrive at mean + swing sin(2 pi t / period) and handle times are exponential.

    Source: S. Eick, W. Massey and W. Whitt (1993), M_t/G/inf Queues with Sinusoidal Arrival Rates.

    Examples
    --------
    >>> round(sinusoidal_load(30 / 3600, 15 / 3600, 14400, 1800, 3600).load, 4)
    19.6386
    """
    turn = 2 * np.pi / period_seconds
    slow = turn * aht_seconds
    wave = np.sin(turn * at_seconds) - slow * np.cos(turn * at_seconds)
    load = aht_seconds * (mean_per_second + swing_per_second * wave / (1 + slow * slow))
    return Sinusoid(float(load), float(np.arctan(slow) / turn), float(1 / np.sqrt(1 + slow * slow)))


def modified_load(
    offered: npt.ArrayLike, aht_seconds: npt.ArrayLike, interval_seconds: float, opening_load: float | None = None
) -> FloatArray:
    """Return the mean load in erlangs of endless servers in each interval of a row: the modified offered load.

    Parameters
    ----------
    offered
        Contacts per interval, in order of time.
    aht_seconds
        Mean handle time, exponential.
    interval_seconds
        Length of every interval.
    opening_load
        Load at the start; that of the first interval when None.

    Raises
    ------
    SettingsError
        When a number is negative, infinite or not a number, or the interval is not above 0.

    Notes
    -----
    m' = rate - m / h, solved interval by interval and chained by a parallel scan. Source: O. Jennings, A. Mandelbaum,
    W. Massey and W. Whitt (1996), Server Staffing to Meet Time-Varying Demand.

    Examples
    --------
    >>> modified_load([0, 100, 0], 600, 1800, 0).round(2).tolist()
    [0.0, 22.78, 10.03]
    """
    calls, aht = quantities(offered=offered, aht_seconds=aht_seconds)
    above_zero(interval_seconds=np.asarray(interval_seconds, dtype=np.float64))
    if not calls.size:
        return np.zeros(0)
    settled = calls * aht / interval_seconds
    h = np.where(aht > 0, aht, interval_seconds * 1e-9)
    keep = np.exp(-interval_seconds / h)
    first = settled[0] if opening_load is None else opening_load
    before = np.concatenate([[first], _chained(keep, settled * (1 - keep), float(first))[:-1]])
    result: FloatArray = settled + (before - settled) * (1 - keep) * h / interval_seconds
    return result


def lagged_offered(offered: npt.ArrayLike, aht_seconds: npt.ArrayLike, interval_seconds: float) -> FloatArray:
    """Return the contacts that arrive one handle time before each interval, in order of time: lagged SIPP.

    Before the first interval contacts arrive as in it. Source: L. Green, P. Kolesar and J. Soares (2001), Improving the
    SIPP Approach for Staffing Service Systems that Have Cyclic Demands.

    Examples
    --------
    >>> lagged_offered([10, 20, 40], 900, 1800).tolist()
    [10.0, 15.0, 30.0]
    """
    calls, aht = quantities(offered=offered, aht_seconds=aht_seconds)
    above_zero(interval_seconds=np.asarray(interval_seconds, dtype=np.float64))
    if not calls.size:
        return np.zeros(0)
    edges = np.arange(calls.size + 1) * float(interval_seconds)
    so_far = np.concatenate([[0.0], np.cumsum(calls)])

    def until(at: FloatArray) -> FloatArray:
        result: FloatArray = np.where(at < 0, at / interval_seconds * calls[0], np.interp(at, edges, so_far))
        return result

    return np.maximum(until(edges[1:] - aht) - until(edges[:-1] - aht), 0.0)


def _chained(keep: FloatArray, add: FloatArray, first: float) -> FloatArray:
    """Return m_1, m_2, … of m_k = keep_k m_(k-1) + add_k from m_0 = first, in a logarithmic number of steps."""
    factor, value = keep.copy(), add.copy()
    step = 1
    while step < value.size:
        value[step:] = value[step:] + factor[step:] * value[:-step]
        factor[step:] = factor[step:] * factor[:-step]
        step *= 2
    return value + factor * first


@dataclass(frozen=True, slots=True)
class Course:
    """A day interval by interval, from exact transition probabilities; one number per interval."""

    mean_queue: FloatArray
    """Mean number of waiting contacts."""
    all_busy: FloatArray
    """Share of time in which every agent is busy."""
    abandoned: FloatArray
    """Contacts that give up."""
    in_system_at_end: FloatArray
    """Mean number of contacts, served and waiting, at the end of the interval."""


def course(
    offered: Sequence[float],
    agents: Sequence[int],
    aht_seconds: float,
    patience_seconds: float,
    interval_seconds: float,
    in_system: int = 0,
) -> Course:
    """Return the course of a day of M(t)/M/s(t)+M from a known number of contacts in the system.

    Contacts in progress above the agents of the next interval go back to the line.

    Parameters
    ----------
    offered
        Contacts per interval.
    agents
        Whole agents per interval.
    aht_seconds, interval_seconds
        Above 0.
    patience_seconds
        Above 0; infinity when nobody gives up.
    in_system
        Contacts at the start.

    Raises
    ------
    SettingsError
        When a number is out of range.

    Notes
    -----
    Uniformisation; its Poisson weights are computed without underflow. Source: A. Jensen (1953).

    Examples
    --------
    >>> course([20, 40], [4, 6], 300, 120, 1800).mean_queue.round(4).tolist()
    [0.172, 0.5431]
    """
    rates, number = quantities(offered=offered, agents=agents)
    above_zero(
        aht_seconds=np.asarray(aht_seconds, dtype=np.float64),
        patience_seconds=np.asarray(np.minimum(patience_seconds, 1e300), dtype=np.float64),
        interval_seconds=np.asarray(interval_seconds, dtype=np.float64),
    )
    arriving, leaving = rates / interval_seconds, 1 / patience_seconds
    states = np.arange(_most(arriving, number, aht_seconds, leaving, in_system, interval_seconds) + 1)
    now = (states == in_system).astype(np.float64)
    rows = []
    for rate, n in zip(arriving, number, strict=True):
        down = np.minimum(states, n) / aht_seconds + np.maximum(states - n, 0) * leaving
        now, mean = _advance(now, float(rate), down, interval_seconds)
        queue = float(mean @ np.maximum(states - n, 0))
        rows.append((queue, mean[states >= n].sum(), queue * leaving * interval_seconds, now @ states))
    return Course(*np.array(rows, dtype=np.float64).reshape(-1, 4).T)


def _most(arriving: FloatArray, agents: FloatArray, aht: float, leaving: float, in_system: int, interval: float) -> int:
    """Return a number of contacts that is hardly ever reached."""
    endless = arriving.max(initial=0) * max(aht, 1 / leaving if leaving else 0.0)
    all_day = arriving.sum() * interval
    level = in_system + min(endless + agents.max(initial=0), all_day)
    return int(level + _SPARE * np.sqrt(level + 1) + 30)


def _advance(now: FloatArray, rate: float, down: FloatArray, seconds: float) -> tuple[FloatArray, FloatArray]:
    """Return the state probabilities after some seconds, and their mean over these."""
    pace = rate + float(down.max())
    if pace == 0:
        return now, now
    jumps = pace * seconds
    most = int(jumps + _SPARE * np.sqrt(jumps + 1) + 30)
    chance = poisson_probability(np.arange(most + 1, dtype=np.float64), np.full(most + 1, jumps))
    later = np.cumsum(chance[::-1])[::-1]
    after = np.concatenate([later[1:], [0.0]]) / jumps
    up, sink = rate / pace, down / pace
    end, mean = np.zeros_like(now), np.zeros_like(now)
    stay = 1 - sink - up
    stay[-1] += up
    for weight, share in zip(chance, after, strict=True):
        end += weight * now
        mean += share * now
        now = stay * now + np.concatenate([[0.0], up * now[:-1]]) + np.concatenate([(sink * now)[1:], [0.0]])
    return end, mean
