"""Contacts: what is expected per queue and interval, and the contacts drawn from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from wfm.domain.errors import SettingsError
from wfm.simulation import messages
from wfm.simulation.laws import Floats, Law, exponential, never

if TYPE_CHECKING:
    from collections.abc import Sequence

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Stream:
    """The contacts of one queue.

    Attributes
    ----------
    name
        Of the queue.
    offered
        Expected contacts per interval, in order of time: they arrive as a Poisson process of that rate.
    handle, patience
        Laws in seconds. A patience of 0 never waits.
    handle_scale, patience_scale
        Per interval of arrival what a drawn time is multiplied by; None is 1 throughout.
    closing_seconds
        Per interval of arrival, the second since the start at which who still waits is sent away; None is never.
    acceptable_wait_seconds
        Seconds within which a contact should be answered.
    short_seconds
        Short-call cut; the acceptable wait when None.
    load_cv
        Standard deviation / mean of a gamma factor that multiplies the contacts of a whole replication; 0 is none.
    redial_share, redial
        Share of those who give up that tries again, and the law of the time until then.
    """

    name: str
    offered: npt.ArrayLike
    handle: Law
    patience: Law = field(default_factory=never)
    handle_scale: npt.ArrayLike | None = None
    patience_scale: npt.ArrayLike | None = None
    closing_seconds: npt.ArrayLike | None = None
    acceptable_wait_seconds: float = 20.0
    short_seconds: float | None = None
    load_cv: float = 0.0
    redial_share: float = 0.0
    redial: Law = field(default_factory=lambda: exponential(600.0))


BY_INTERVAL = ("handle_scale", "patience_scale", "closing_seconds")
"""What a stream may give per interval."""


class Contacts(NamedTuple):
    """Drawn contacts of all replications, one after the other; each replication in order of arrival.

    After the first attempts of a replication stand the further attempts that its contacts would make.
    """

    arrival: Floats
    """Seconds since the start; infinite for a further attempt, until the one before it gave up."""
    queue: Ints
    handle: Floats
    patience: Floats
    follows: Ints
    """Place in its replication of the attempt that follows when this one gives up; -1 for none."""
    delay: Floats
    """Seconds until then."""
    chance: Floats
    """A number between 0 and 1 for whatever is left to chance."""
    first: Ints
    """Where each replication starts, and the end; shape (replications + 1,)."""
    firsts: Ints
    """How many first attempts each replication has."""

    @property
    def replications(self) -> int:
        """Number of replications."""
        return len(self.firsts)

    def part(self, start: int, stop: int) -> Contacts:
        """Return the replications from `start` up to `stop`."""
        lo, hi = int(self.first[start]), int(self.first[stop])
        return Contacts(
            self.arrival[lo:hi],
            self.queue[lo:hi],
            self.handle[lo:hi],
            self.patience[lo:hi],
            self.follows[lo:hi],
            self.delay[lo:hi],
            self.chance[lo:hi],
            self.first[start : stop + 1] - lo,
            self.firsts[start:stop],
        )


def given(
    arrival: npt.ArrayLike, queue: npt.ArrayLike, handle: npt.ArrayLike, patience: npt.ArrayLike = np.inf
) -> Contacts:
    """Return known contacts as one replication, for instance a day of a call log.

    Parameters
    ----------
    arrival, handle, patience
        Seconds; patience infinite for who did not give up in any time.
    queue
        Position of the queue in the list of streams.
    """
    seconds = np.asarray(arrival, dtype=np.float64)
    order = np.argsort(seconds, kind="stable")
    count = seconds.size

    def column(values: npt.ArrayLike) -> Floats:
        return np.ascontiguousarray(np.broadcast_to(np.asarray(values, dtype=np.float64), (count,))[order])

    return Contacts(
        seconds[order],
        column(queue).astype(np.int64),
        column(handle),
        column(patience),
        np.full(count, -1, dtype=np.int64),
        np.zeros(count),
        np.zeros(count),
        np.array([0, count], dtype=np.int64),
        np.array([count], dtype=np.int64),
    )


def draw(streams: Sequence[Stream], interval_seconds: float, replications: int, seed: int, start: int = 0) -> Contacts:
    """Return drawn contacts; replication k of a seed is the same however many are drawn.

    Parameters
    ----------
    start
        Number of the first replication.

    Raises
    ------
    SettingsError
        When a number is out of its range, or the streams have unequal numbers of intervals.

    Notes
    -----
    The number of contacts of a stream is Poisson; given it, their places on the cumulated rate are uniform, made in
    order from exponential spacings, so that nothing is sorted within a stream.
    """
    checked(streams, interval_seconds)
    days = [
        _replication(streams, interval_seconds, np.random.default_rng([seed, start + k])) for k in range(replications)
    ]
    sizes = [len(day[0]) for day, _ in days]
    first = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    arrival, queue, handle, patience, follows, delay, chance = zip(*(day for day, _ in days), strict=True)
    return Contacts(
        np.concatenate(arrival),
        np.concatenate(queue),
        np.concatenate(handle),
        np.concatenate(patience),
        np.concatenate(follows),
        np.concatenate(delay),
        np.concatenate(chance),
        first,
        np.array([count for _, count in days], dtype=np.int64),
    )


def checked(streams: Sequence[Stream], interval_seconds: float) -> None:
    """Raise `SettingsError` when a stream cannot be drawn from."""
    if not streams:
        raise SettingsError(messages.NO_QUEUES)
    if not (np.isfinite(interval_seconds) and interval_seconds > 0):
        raise SettingsError(messages.NOT_ABOVE_ZERO.fill(name="interval_seconds"))
    names = [stream.name for stream in streams]
    if len(set(names)) < len(names):
        raise SettingsError(messages.TWICE.fill(queue=next(n for n in names if names.count(n) > 1)))
    intervals = np.asarray(streams[0].offered).size
    for stream in streams:
        _check(stream, intervals)


def _check(stream: Stream, intervals: int) -> None:
    for name in ("offered", *BY_INTERVAL):
        if getattr(stream, name) is None:
            continue
        values = np.asarray(getattr(stream, name), dtype=np.float64)
        if values.ndim != 1 or values.size != intervals:
            raise SettingsError(
                messages.LENGTHS.fill(queue=stream.name, name=name, found=values.size, expected=intervals)
            )
        if not (np.isfinite(values) & (values >= 0)).all():
            raise SettingsError(messages.NOT_A_TIME.fill(name=name))
    if not 0 <= stream.redial_share < 1:
        raise SettingsError(messages.NOT_A_SHARE.fill(name="redial_share"))
    for name in ("load_cv", "acceptable_wait_seconds", "short_seconds"):
        if not (getattr(stream, name) or 0.0) >= 0:
            raise SettingsError(messages.NOT_A_TIME.fill(name=name))


Columns = tuple[Floats, Ints, Floats, Floats, Ints, Floats, Floats]


def _replication(streams: Sequence[Stream], seconds: float, rng: np.random.Generator) -> tuple[Columns, int]:
    """Return the contacts of one replication, and how many of them are first attempts."""
    drawn = [_first_attempts(stream, seconds, rng) for stream in streams]
    queue = np.repeat(np.arange(len(streams), dtype=np.int64), [len(arrival) for arrival, _, _ in drawn])
    arrival, handle, patience = (np.concatenate(column) for column in zip(*drawn, strict=True))
    if len(streams) > 1:
        order = np.argsort(arrival, kind="stable")
        arrival, queue, handle, patience = arrival[order], queue[order], handle[order], patience[order]
    count = arrival.size
    first = (arrival, queue, handle, patience, np.full(count, -1, dtype=np.int64), np.zeros(count))
    columns = _with_redials(first, streams, rng) if any(s.redial_share for s in streams) else first
    chance = rng.random(columns[0].size) if len(streams) > 1 else np.zeros(columns[0].size)
    return (*columns, chance), count


def _first_attempts(stream: Stream, seconds: float, rng: np.random.Generator) -> tuple[Floats, Floats, Floats]:
    offered = np.asarray(stream.offered, dtype=np.float64)
    if stream.load_cv:
        offered = offered * rng.gamma(stream.load_cv**-2, stream.load_cv**2)
    total = np.concatenate([[0.0], np.cumsum(offered)])
    count = int(rng.poisson(total[-1]))
    steps = np.cumsum(rng.standard_exponential(count + 1))
    place = steps[:-1] * (total[-1] / steps[-1])
    arrival = np.interp(place, total, np.arange(total.size) * seconds)
    handle, patience = stream.handle.draw(rng, count), stream.patience.draw(rng, count)
    if any(getattr(stream, name) is not None for name in BY_INTERVAL):
        interval = np.minimum((arrival / seconds).astype(np.int64), offered.size - 1)
        handle = handle * _at(stream.handle_scale, interval, 1.0)
        patience = patience * _at(stream.patience_scale, interval, 1.0)
        patience = np.minimum(patience, np.maximum(_at(stream.closing_seconds, interval, np.inf) - arrival, 0.0))
    return arrival, handle, patience


def _at(values: npt.ArrayLike | None, interval: Ints, usual: float) -> Floats | float:
    return usual if values is None else np.asarray(values, dtype=np.float64)[interval]


def _with_redials(
    first: tuple[Floats, Ints, Floats, Floats, Ints, Floats], streams: Sequence[Stream], rng: np.random.Generator
) -> tuple[Floats, Ints, Floats, Floats, Ints, Floats]:
    """Return the contacts followed by the further attempts they would make if each one failed."""
    parts = [first]
    start, latest = 0, first
    share = np.array([stream.redial_share for stream in streams])
    while (again := rng.random(latest[1].size) < share[latest[1]]).any():
        end = start + latest[1].size
        latest[4][again] = end + np.arange(again.sum())
        latest[5][again] = _per_queue([s.redial for s in streams], latest[1][again], rng)
        queue = latest[1][again]
        handle = _per_queue([s.handle for s in streams], queue, rng)
        patience = _per_queue([s.patience for s in streams], queue, rng)
        count = queue.size
        latest = (np.full(count, np.inf), queue, handle, patience, np.full(count, -1, dtype=np.int64), np.zeros(count))
        parts.append(latest)
        start = end
    return tuple(np.concatenate(column) for column in zip(*parts, strict=True))  # type: ignore[return-value]


def _per_queue(laws: Sequence[Law], queue: Ints, rng: np.random.Generator) -> Floats:
    times = np.empty(queue.size)
    for q, law in enumerate(laws):
        mine = queue == q
        times[mine] = law.draw(rng, int(mine.sum()))
    return times
