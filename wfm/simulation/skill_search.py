"""The search for agents by skill set: real numbers first, then whole agents, then one by one where it pays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfm.simulation.laws import Floats
    from wfm.simulation.skill_case import Case
    from wfm.simulation.streams import Ints

GAIN = 4.0
"""Agents, per square root of the load, that a queue gets for a service level that is short by 1, in the first round."""
FADE = 0.6
"""How fast the gain falls: with the round to minus this power."""
EARLY = 0.4
"""Share of the rounds, the first ones, that do not count in the mean."""
SLOPE = 0.2
"""Service level that one agent more brings his queue, times the square root of its load; measured around 80 %."""
SHARED = 0.6
"""Part of what all queues miss that has to be hired: the rest comes from the others with the first new agents."""
UNSURE = 0.025
"""Standard deviation of service levels around their targets after the first part of the search."""
DRIFT = 0.15
"""Error of the effect that a change is believed to have, as part of it."""
WORTH = 2e-4
"""Squared service level that an exchange has to gain."""
EXCHANGES = 4
"""Exchanges per interval between two simulations."""
FEWEST = 0.5
"""Agents of a queue with any contacts: one with two skills."""
USED = 0.2
"""Agents that a skill set has to be needed more for every agent that it has already: many sets share better."""


def capacity(
    case: Case, rounds: int, replications: int, seed: int, progress: Callable[[int], None] | None = None
) -> Floats:
    """Return the agents that each queue should have in each interval, flexible ones shared out; real numbers.

    Every round sees other contacts and rounds to other whole agents, and moves less than the one before: stochastic
    approximation (Robbins and Monro, 1951) with the mean of the later rounds (Polyak and Juditsky, 1992).
    """
    spare = case.pooled + 0.35 * (case.dedicated.sum(axis=0) - case.pooled) - case.load.sum(axis=0)
    now = np.maximum(case.load + case.root / np.maximum(case.root.sum(axis=0), 1e-9) * spare, 0.0)
    chance, late = np.random.default_rng(seed), []
    for n in range(rounds):
        agents = whole(case, now, chance.random(now.shape), chance.random(now.shape[1]))
        level, error = case.simulated(agents, replications, seed + n)
        miss = np.where(error < 1, case.targets[:, None] - level, 0.0)
        now = np.maximum(now + GAIN * (n + 1) ** -FADE * case.root * miss, 0.0)
        if n >= EARLY * rounds:
            late.append(now)
        if progress:
            progress(n + 1)
    return np.asarray(np.mean(late, axis=0), dtype=np.float64)


def whole(case: Case, wanted: Floats, place: Floats | float = 0.5, total_place: Floats | float = 0.5) -> Ints:
    """Return whole agents by skill set and interval: never fewer than one pool, as many flexible ones as allowed.

    Every queue is left short of its specialists by the same number of agents; flexible agents fill what is left, each
    where most is missing.

    Parameters
    ----------
    wanted
        Agents of each queue, shape (queues, intervals).
    place, total_place
        Where in [0, 1) specialists and totals are rounded up.
    """
    wanted = np.where(case.offered > 0, np.maximum(wanted, FEWEST), wanted)
    total = np.clip(np.floor(wanted.sum(axis=0) + total_place), case.pooled, case.dedicated.sum(axis=0)).astype(int)
    most = case.most_flexible(total)
    some = case.lent[case.flexible].sum(axis=0) > 0

    def specialists(short: Floats) -> Floats:
        return np.maximum(np.floor(wanted - np.where(some[:, None], short, 0.0) + place), 0.0)

    low, high = np.full(total.shape, -1.0), wanted.max(axis=0) + 1
    for _ in range(25):
        middle = (low + high) / 2
        fits = total - specialists(middle).sum(axis=0) <= most
        low, high = np.where(fits, middle, low), np.where(fits, high, middle)
    own = specialists(low)
    agents = np.zeros((len(case.sets), total.size), dtype=np.int64)
    agents[case.single] = own
    if case.flexible.size:
        agents[case.flexible] = _filled(case, wanted - own, total - own.sum(axis=0))
    return agents


def _filled(case: Case, missing: Floats, number: Floats) -> Ints:
    """Return so many flexible agents in each interval, given to skill sets one after the other."""
    lent, used = case.lent[case.flexible], np.zeros((case.flexible.size, number.size), dtype=np.int64)
    for k in range(int(number.max(initial=0))):
        at = np.flatnonzero(k < number)
        chosen = (lent @ missing[:, at] - USED * used[:, at]).argmax(axis=0)
        used[chosen, at] += 1
        missing[:, at] -= lent[chosen].T
    return used


@dataclass
class Belief:
    """What is known of the service levels of agents, from simulations of them and of similar ones."""

    level: Floats
    variance: Floats

    def learn(self, level: Floats, error: Floats) -> None:
        """Take in another simulation, weighted by what is known (Kalman, 1960)."""
        weight = self.variance / (self.variance + error**2)
        self.level = self.level + weight * (level - self.level)
        self.variance = self.variance * (1 - weight)

    def move(self, effect: Floats) -> None:
        """Take in a change of agents with its likely effect on service levels."""
        self.level, self.variance = self.level + effect, self.variance + (DRIFT * effect) ** 2


def mended(case: Case, agents: Ints, level: Floats, goal: Floats) -> tuple[Ints, Floats]:
    """Return agents that come nearer to the goal of every queue, and the likely change of service levels.

    Agents come or go where the queues together miss or exceed their goals, and single ones change their skill set; the
    number of flexible ones stays within its limit.
    """
    changed, effect = agents.copy(), np.zeros_like(level)
    slope = SLOPE / np.maximum(case.root, 0.5) * (case.offered > 0)
    miss = (goal - level) * (case.offered > 0)
    need = SHARED * (miss / np.maximum(slope, 1e-9)).sum(axis=0)
    most = case.most_flexible(agents.sum(axis=0))
    for t in range(agents.shape[1]):
        column = _Column(case, changed[:, t], case.lent * slope[:, t], miss[:, t], int(most[t]))
        column.resize(int(np.floor(need[t] + 0.5) if need[t] > 0 else np.ceil(need[t])))
        column.exchange()
        effect[:, t] = miss[:, t] - column.miss
    return changed, effect


class _Column:
    """One interval: agents by skill set, changed in place, and what its queues still miss."""

    def __init__(self, case: Case, agents: Ints, brings: Floats, miss: Floats, most: int) -> None:
        self.agents, self.brings, self.miss, self.most = agents, brings, miss, most
        self.flexible = np.isin(np.arange(len(agents)), case.flexible)
        self.square = (brings**2).sum(axis=1)

    def resize(self, number: int) -> None:
        """Hire so many agents, or send home: flexible ones as long as they are too few, or too many."""
        for _ in range(abs(number)):
            there = int(self.agents[self.flexible].sum())
            gain = 2 * np.sign(number) * self.brings @ self.miss - self.square
            kind = there < self.most if number > 0 else there > self.most
            allowed = (self.flexible == (kind and self.flexible.any())) & ((number > 0) | (self.agents > 0))
            if allowed.any():
                self._add(int(np.where(allowed, gain, -np.inf).argmax()), int(np.sign(number)))

    def exchange(self) -> None:
        """Let single agents change their skill set, as many skills as before, while that gains enough."""
        cross, alike = 2 * self.brings @ self.brings.T, self.flexible[:, None] == self.flexible
        for _ in range(EXCHANGES):
            room = self.agents[self.flexible].sum() < self.most
            gain = 2 * self.brings @ self.miss
            change = (gain - self.square)[:, None] - (gain + self.square) + cross
            change[~(alike | (self.flexible[:, None] & room)) | (self.agents == 0)] = -np.inf
            to, off = np.unravel_index(int(change.argmax()), change.shape)
            if change[to, off] < WORTH:
                return
            self._add(int(to), 1)
            self._add(int(off), -1)

    def _add(self, place: int, number: int) -> None:
        self.agents[place] += number
        self.miss = self.miss - number * self.brings[place]
