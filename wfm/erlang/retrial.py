"""A retrial queue: who finds every server busy joins an orbit and tries again after an exponential time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from wfm.domain.errors import SettingsError
from wfm.erlang import messages
from wfm.erlang._special import FloatArray, above_zero


@dataclass(frozen=True, slots=True)
class Orbit:
    """A retrial queue in the long run."""

    all_busy: float
    """Share of time in which every server is busy."""
    mean_busy: float
    mean_orbit: float
    """Mean number of people who will try again."""
    mass_at_truncation: float
    """Probability of the largest orbit that was counted: what the answer leaves out is of this size."""


def retrial_orbit(
    servers: int, arrival_rate: float, service_rate: float, retrial_rate: float, largest_orbit: int = 300
) -> Orbit:
    """Return the long-run state of the M/M/c retrial queue, its orbit cut at a largest size.

    Parameters
    ----------
    servers
        At least 1.
    arrival_rate, service_rate, retrial_rate
        Arrivals; contacts that one busy server finishes; tries of one person in orbit: all in one unit of time.
    largest_orbit
        At least 1.

    Raises
    ------
    SettingsError
        When a number is not above 0, or arrivals reach what all servers finish.

    Notes
    -----
    Only the state with every server busy feeds the next orbit size, so the chain is reduced level by level from the
    largest. Source: G. Falin and J. Templeton (1997), Retrial Queues; G. Latouche and V. Ramaswami (1999).

    Examples
    --------
    >>> round(retrial_orbit(1, 0.5, 1, 1).mean_orbit, 6)
    1.0
    """
    above_zero(
        **{
            name: np.asarray(value, dtype=np.float64)
            for name, value in {
                "servers": servers,
                "arrival_rate": arrival_rate,
                "service_rate": service_rate,
                "retrial_rate": retrial_rate,
                "largest_orbit": largest_orbit,
            }.items()
        }
    )
    if arrival_rate >= servers * service_rate:
        raise SettingsError(messages.UNSTABLE)
    states = np.arange(servers + 1, dtype=np.float64)
    steps, within = _reduce(states, arrival_rate, service_rate, retrial_rate, largest_orbit)
    levels = [_stationary(within)]
    for step in steps:
        levels.append(levels[-1][-1] * step)
    mass = np.array(levels)
    mass /= mass.sum()
    return Orbit(
        all_busy=float(mass[:, -1].sum()),
        mean_busy=float((mass * states).sum()),
        mean_orbit=float((mass * np.arange(len(mass))[:, None]).sum()),
        mass_at_truncation=float(mass[-1].sum()),
    )


def _reduce(
    states: FloatArray, arrival: float, service: float, retrial: float, largest: int
) -> tuple[list[FloatArray], FloatArray]:
    """Return for orbits 1, 2, … the states' weights per unit of "all busy" one level below, and level 0's generator."""
    c = states.size - 1
    moves = np.diag(np.full(c, arrival), 1) + np.diag(service * states[1:], -1)
    steps: list[FloatArray] = []
    back = np.zeros(c + 1)
    for orbit in range(largest, -1, -1):
        leaves = moves.sum(axis=1) + np.where(states < c, orbit * retrial, 0.0)
        leaves[c] += arrival if orbit < largest else 0.0
        generator = moves - np.diag(leaves)
        generator[c] += back
        if orbit == 0:
            return steps[::-1], generator
        entering = np.zeros(c + 1)
        entering[c] = arrival
        step = np.linalg.solve(-generator.T, entering)
        steps.append(step)
        back = np.concatenate([[0.0], step[:c] * orbit * retrial])
    raise AssertionError


def _stationary(generator: FloatArray) -> FloatArray:
    system = generator.T.copy()
    system[0] = 1.0
    right = np.zeros(len(system))
    right[0] = 1.0
    return np.asarray(np.linalg.solve(system, right), dtype=np.float64)
