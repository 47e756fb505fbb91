"""The smallest number of agents that meets every target under Erlang C, and the target that binds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from wfm.domain.errors import SettingsError
from wfm.erlang import messages
from wfm.erlang._special import FloatArray, quantities, reciprocal_b
from wfm.erlang.erlang_c import handle_times, waiting, within

BINDING = ("service_level", "asa", "occupancy", "min_agents", "empty")
"""What can decide a requirement, in order of precedence; `empty`: no load and no floor."""

_CHUNK = 8_192
_TOLERANCE = 1e-12
_CEILING_GUARD = 1e-9
_HALVINGS = 50


@dataclass(frozen=True, slots=True)
class Required:
    """Agents on the queue, and why so many; both arrays have the broadcast shape of the arguments.

    Attributes
    ----------
    agents
        Whole numbers (int64), or real ones (float64) when asked for.
    binding
        Names from `BINDING`: the first target that one agent less would miss.
    """

    agents: npt.NDArray[np.int64] | FloatArray
    binding: npt.NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class _Problem:
    """Equal-length arrays of loads > 0 and targets; an absent target is one that is always met."""

    load: FloatArray
    aht: FloatArray
    level: FloatArray
    wait: FloatArray
    """Acceptable wait in handle times."""
    asa: FloatArray
    occupancy: FloatArray
    floor: FloatArray

    def __getitem__(self, part: slice | npt.NDArray[np.bool_] | npt.NDArray[np.intp]) -> _Problem:
        return _Problem(*(getattr(self, name)[part] for name in self.__slots__))

    def reciprocal(self, n: FloatArray) -> FloatArray:
        """Return 1/B where the queue is stable; elsewhere the value does not matter."""
        return reciprocal_b(np.maximum(n, self.load), self.load)

    def missed(self, n: FloatArray, reciprocal: FloatArray) -> tuple[npt.NDArray[np.bool_], ...]:
        """Return which targets `n` agents miss, in the order of `BINDING`; an unstable queue misses its occupancy."""
        spare = n - self.load
        stable = spare > 0
        waits = np.where(stable, waiting(np.where(stable, n, 1.0), self.load, reciprocal), 1.0)
        level = within(waits, spare, self.wait)
        asa = np.where(stable, waits * self.aht / np.where(stable, spare, 1.0), np.inf)
        return (
            level < self.level - _TOLERANCE,
            asa > self.asa * (1 + _TOLERANCE),
            ~stable | (self.load / self.occupancy > n + _CEILING_GUARD),
            n < self.floor,
        )


def required_agents(
    offered: npt.ArrayLike,
    aht_seconds: npt.ArrayLike,
    interval_seconds: npt.ArrayLike,
    *,
    service_level: npt.ArrayLike | None = None,
    acceptable_wait_seconds: npt.ArrayLike = 20.0,
    asa_seconds: npt.ArrayLike | None = None,
    max_occupancy: npt.ArrayLike | None = None,
    min_agents: npt.ArrayLike = 0,
    whole: bool = True,
) -> Required:
    """Return the fewest agents that meet every given target in each interval.

    All arguments broadcast. With load there are always more agents than load, so that the queue is stable; without
    load the floor alone decides.

    Parameters
    ----------
    offered
        Contacts per interval.
    aht_seconds, interval_seconds
        Mean handle time and length of the interval, in seconds.
    service_level, acceptable_wait_seconds
        Share of offered contacts to answer within that many seconds; the share below 1.
    asa_seconds
        Longest mean wait of all contacts, in seconds.
    max_occupancy
        Highest share of on-queue time spent on contacts, at most 1.
    min_agents
        Floor of agents.
    whole
        False for the real number of agents at which the binding target is met exactly.

    Raises
    ------
    SettingsError
        When a number is negative, infinite or not a number, a target is out of range, or none is given.

    Notes
    -----
    The search starts at the fewest agents that could be stable and climbs by 1/B(n+1) = 1 + (n+1)/a 1/B(n), so the
    answer is the smallest by construction.

    Examples
    --------
    >>> found = required_agents([100, 0], 180, 1800, service_level=0.8)
    >>> found.agents.tolist(), found.binding.tolist()
    ([14, 0], ['service_level', 'empty'])
    """
    level, asa, highest = _targets(service_level, asa_seconds, max_occupancy)
    calls, aht, seconds, wait, floor = (
        np.asarray(v, dtype=np.float64)
        for v in (offered, aht_seconds, interval_seconds, acceptable_wait_seconds, min_agents)
    )
    quantities(offered=calls, aht_seconds=aht, acceptable_wait_seconds=wait, min_agents=floor)
    _above_zero(interval_seconds=seconds)
    columns = np.broadcast_arrays(calls * aht / seconds, aht, level, handle_times(wait, aht), asa, highest, floor)
    shape = columns[0].shape
    agents, binding = _solve(_Problem(*(np.ravel(c) for c in columns)), whole=whole)
    number = agents.astype(np.int64) if whole else agents
    return Required(number.reshape(shape), np.array(BINDING)[binding].reshape(shape))


def _targets(*given: npt.ArrayLike | None) -> list[FloatArray]:
    if all(value is None for value in given):
        raise SettingsError(messages.NO_TARGET)
    absent = (0.0, np.inf, 1.0)
    level, asa, highest = (
        np.asarray(default if value is None else value, dtype=np.float64)
        for value, default in zip(given, absent, strict=True)
    )
    if given[0] is not None and not ((level > 0) & (level < 1)).all():
        raise SettingsError(messages.NOT_BELOW_ONE.fill(name="service_level"))
    if not ((highest > 0) & (highest <= 1)).all():
        raise SettingsError(messages.NOT_A_SHARE.fill(name="max_occupancy"))
    if given[1] is not None:
        _above_zero(asa_seconds=asa)
    return [level, asa, highest]


def _above_zero(**values: FloatArray) -> None:
    for name, array in values.items():
        if not (np.isfinite(array) & (array > 0)).all():
            raise SettingsError(messages.NOT_ABOVE_ZERO.fill(name=name))


def _solve(problem: _Problem, *, whole: bool) -> tuple[FloatArray, npt.NDArray[np.intp]]:
    """Return agents and positions in `BINDING`; chunks of similar load stay in the cache and need few terms."""
    agents = problem.floor.copy()
    binding = np.where(problem.floor > 0, BINDING.index("min_agents"), BINDING.index("empty"))
    busy = np.argsort(problem.load, kind="stable")[np.count_nonzero(problem.load == 0) :]
    for first in range(0, busy.size, _CHUNK):
        part = busy[first : first + _CHUNK]
        with np.errstate(over="ignore"):
            agents[part], binding[part] = _climb(problem[part])
        if not whole:
            agents[part] = _refine(problem[part], agents[part])
    return agents, binding


def _climb(problem: _Problem) -> tuple[FloatArray, npt.NDArray[np.intp]]:
    cap = np.ceil(problem.load / problem.occupancy - _CEILING_GUARD)
    n = np.maximum(np.maximum(np.floor(problem.load) + 1, cap), np.ceil(problem.floor))
    reciprocal = problem.reciprocal(n)
    active = np.flatnonzero(_any_missed(problem, n, reciprocal))
    while active.size:
        n[active] += 1
        reciprocal[active] = 1 + n[active] / problem.load[active] * reciprocal[active]
        active = active[_any_missed(problem[active], n[active], reciprocal[active])]
    before = (reciprocal - 1) * problem.load / n
    return n, np.argmax(problem.missed(n - 1, before), axis=0)


def _any_missed(problem: _Problem, n: FloatArray, reciprocal: FloatArray) -> npt.NDArray[np.bool_]:
    level, asa, occupancy, floor = problem.missed(n, reciprocal)
    return level | asa | occupancy | floor


def _refine(problem: _Problem, enough: FloatArray) -> FloatArray:
    """Return the smallest real number of agents, between one less than the whole number and it."""
    low, high = np.maximum(enough - 1, problem.load), enough.copy()
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        missed = _any_missed(problem, middle, problem.reciprocal(middle))
        low, high = np.where(missed, middle, low), np.where(missed, high, middle)
    return high
