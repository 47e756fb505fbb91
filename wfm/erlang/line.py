"""A waiting line: contacts that find everybody busy wait, first come first served, and may give up.

Every model of ours that ends in such a line shares this file: each knows how often there is room, how fast the line is
served and how patient people are. Source: C. Palm (1957); O. Garnett, A. Mandelbaum and M. Reiman (2002), Designing a
Call Center with Impatient Customers; S. Zeltyn and A. Mandelbaum (2005). The integrals are written as tails of the
Poisson distribution, which neither overflow nor cancel.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wfm.erlang._tails import above, lower
from wfm.erlang.outcome import Outcome, choose

if TYPE_CHECKING:
    from wfm.erlang._special import FloatArray

_SHORTEST_PATIENCE = 1e-30


@dataclass(frozen=True, slots=True)
class Line:
    """The line behind the state in which everybody is busy and nobody waits; equal-length arrays.

    Attributes
    ----------
    below
        Weight of all states with room, in units of that state; may be infinite.
    arrivals, service
        Contacts that arrive (above 0), and that everybody together finishes, per second.
    patience
        Mean seconds until a waiting contact gives up; 0 and infinity are allowed.
    """

    below: FloatArray
    arrivals: FloatArray
    service: FloatArray
    patience: FloatArray


def outcome(line: Line, wait_seconds: FloatArray, short_seconds: FloatArray) -> Outcome:
    """Return what a line achieves within an acceptable wait; `short_seconds` is the short-call cut."""
    endless = np.isinf(line.patience)
    if endless.all():
        return _endless(line, wait_seconds)
    found = _impatient(line, np.where(endless, 1.0, line.patience), wait_seconds, short_seconds)
    return choose(endless, _endless(line, wait_seconds), found) if endless.any() else found


def _endless(line: Line, wait: FloatArray) -> Outcome:
    """Return the outcome when nobody gives up: Erlang C where the line is that of n agents."""
    spare = line.service - line.arrivals
    stable = spare > 0
    safe = np.where(stable, spare, 1.0)
    waits = np.where(stable, 1 / (1 + line.below * safe / np.where(stable, line.service, 1.0)), 1.0)
    in_time = np.where(stable, 1 - waits * np.exp(-safe * wait), 0.0)
    nobody = np.zeros_like(waits)
    return Outcome(
        waits=waits,
        answered=np.where(stable, 1.0, line.service / line.arrivals),
        abandoned=nobody,
        answered_within=in_time,
        abandoned_within=nobody,
        abandoned_short=nobody,
        virtual_within=in_time,
        wait_seconds=np.where(stable, waits / safe, np.inf),
        occupancy=np.where(stable, line.arrivals / np.where(stable, line.service, 1.0), np.sign(line.service)),
        blocked=nobody,
    )


def _impatient(line: Line, patience: FloatArray, wait: FloatArray, short: FloatArray) -> Outcome:
    """Return the outcome with exponential patience: Erlang A where the line is that of n agents."""
    scale = np.maximum(patience, _SHORTEST_PATIENCE)
    x, y, capacity = line.service * scale, line.arrivals * scale, line.service / line.arrivals
    weight, lost, kept = above(x, y)
    with np.errstate(over="ignore", invalid="ignore"):
        waits = np.where(np.isinf(weight), 1.0, 1 / (1 + line.below / weight))
        room = np.where(np.isinf(line.below), 1.0, line.below / (weight + line.below))
    answered, abandoned = np.minimum(room + waits * kept, 1.0), np.minimum(waits * lost, 1.0)
    later = _later(x, y, weight, wait / scale)
    cut = later if np.array_equal(short, wait) else _later(x, y, weight, short / scale)
    return Outcome(
        waits=waits,
        answered=answered,
        abandoned=abandoned,
        answered_within=np.minimum(room + waits * np.maximum(kept - later.answered, 0.0), answered),
        abandoned_within=np.clip(abandoned - waits * later.abandoned, 0.0, abandoned),
        abandoned_short=np.clip(abandoned - waits * cut.abandoned, 0.0, abandoned),
        virtual_within=np.minimum(room + waits * (1 - later.virtual), 1.0),
        wait_seconds=patience * abandoned,
        occupancy=np.minimum(answered / np.where(capacity > 0, capacity, np.inf), 1.0),
        blocked=np.zeros_like(waits),
    )


@dataclass(frozen=True, slots=True)
class _Later:
    """Of those who wait, what happens after a time."""

    virtual: FloatArray
    """Share whose wait would exceed it if they were endlessly patient."""
    answered: FloatArray
    abandoned: FloatArray


def _later(x: FloatArray, y: FloatArray, weight: FloatArray, time: FloatArray) -> _Later:
    """Return what happens after a time, in mean patiences, to those who wait.

    The virtual wait exceeds it with P(x, y exp(-t)) / P(x, y): written with P where the line is overloaded, elsewhere
    with `weight` = P / D, whose exponentials fall. Who still waits then is answered as in a line of less arrivals.
    """
    patient = np.exp(-time)
    left = y * patient
    heavy = y > x
    with np.errstate(divide="ignore", over="ignore", under="ignore", invalid="ignore"):
        later, lost, kept = above(x, left)
        fall = np.exp(-y * (np.expm1(-time) + time) - (x - y) * time)
        tail = np.where(heavy, 0.0, fall * later / weight)
        tail[heavy] = lower(x[heavy], left[heavy]) / lower(x[heavy], y[heavy])
    tail = np.clip(tail, 0.0, 1.0)
    return _Later(tail, tail * patient * kept, tail * patient * lost)
