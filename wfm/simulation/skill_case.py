"""A centre whose agents have skills, as arrays: loads, bounds, and what the simulation says of agents by skill set."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from wfm.domain.errors import SettingsError
from wfm.erlang import required_agents
from wfm.simulation import messages
from wfm.simulation.crew import Team
from wfm.simulation.routing import Routing
from wfm.simulation.run import simulate

if TYPE_CHECKING:
    from wfm.simulation.laws import Floats
    from wfm.simulation.streams import Ints, Stream

ROUTING = Routing(contact="skill_order")
"""Agents with the fewest skills answer first; a flexible one takes the contacts of his first skill first."""
THREADS = 2
PART = 4
"""Replications that one thread simulates at a time."""
UNKNOWN = 1e3
"""Standard error of a service level without contacts."""
COIN = 0.2
"""Least variance of one answered contact that is assumed of few contacts: 0.25 is that of a coin."""


@dataclass(frozen=True)
class Case:
    """Contacts, skill sets and targets.

    Attributes
    ----------
    sets
        Names of the queues that each skill set serves, the first choice first.
    targets
        Share of contacts answered within the acceptable wait, per queue.
    flexible_share
        Largest share of agents with more than one skill.
    """

    streams: tuple[Stream, ...]
    sets: tuple[tuple[str, ...], ...]
    targets: Floats
    interval_seconds: float
    flexible_share: float

    def __post_init__(self) -> None:
        alone = [stream.name for stream in self.streams if (stream.name,) not in self.sets]
        if alone:
            raise SettingsError(messages.NO_SET_OF_ITS_OWN.fill(queue=alone[0]))
        if not 0 <= self.flexible_share <= 1:
            raise SettingsError(messages.BAD_SHARE.fill(name="flexible_share", value=self.flexible_share))

    @cached_property
    def offered(self) -> Floats:
        """Expected contacts, shape (queues, intervals)."""
        return np.array([np.asarray(stream.offered, dtype=float) for stream in self.streams])

    @cached_property
    def aht(self) -> Floats:
        """Mean handle time in seconds, shape (queues, intervals)."""
        scales = [1.0 if s.handle_scale is None else np.asarray(s.handle_scale, dtype=float) for s in self.streams]
        means = [stream.handle.mean * scale for stream, scale in zip(self.streams, scales, strict=True)]
        return np.array([np.broadcast_to(mean, self.offered.shape[1:]) for mean in means])

    @cached_property
    def load(self) -> Floats:
        """Erlangs, shape (queues, intervals)."""
        return np.asarray(self.offered * self.aht / self.interval_seconds, dtype=np.float64)

    @cached_property
    def root(self) -> Floats:
        """Square root of the load, shape (queues, intervals)."""
        return np.asarray(np.sqrt(self.load), dtype=np.float64)

    @cached_property
    def lent(self) -> Floats:
        """Part of an agent of a skill set for each of its queues, in equal parts; shape (skill sets, queues)."""
        serves = np.array([[stream.name in skills for stream in self.streams] for skills in self.sets], dtype=float)
        return np.asarray(serves / serves.sum(axis=1, keepdims=True), dtype=np.float64)

    @cached_property
    def single(self) -> Ints:
        """Place of the skill set that is a queue alone, per queue."""
        return np.array([self.sets.index((stream.name,)) for stream in self.streams], dtype=np.int64)

    @cached_property
    def flexible(self) -> Ints:
        """Places of the skill sets with more than one skill."""
        return np.flatnonzero([len(skills) > 1 for skills in self.sets])

    @cached_property
    def _people(self) -> tuple[Floats, Floats]:
        """Mean patience and acceptable wait in seconds, per queue."""
        patience = np.array([stream.patience.mean for stream in self.streams])
        return patience, np.array([stream.acceptable_wait_seconds for stream in self.streams])

    @cached_property
    def dedicated(self) -> Ints:
        """Agents of each queue for itself, shape (queues, intervals)."""
        patience, waits = self._people
        return self._needed(self.offered, self.aht, patience[:, None], self.targets[:, None], waits[:, None])

    @cached_property
    def pooled(self) -> Ints:
        """Agents of one pool whose contacts are all alike, shape (intervals,); never more than dedicated ones."""
        patience, waits = self._people
        calls = self.offered.sum(axis=0)
        share = np.where(calls > 0, self.offered / np.maximum(calls, 1e-12), 1 / len(self.streams))
        rate = share.T @ (1 / np.maximum(patience, 1e-9))
        mean = np.where(rate > 0, 1 / np.where(rate > 0, rate, 1.0), np.inf)
        found = self._needed(calls, (share * self.aht).sum(axis=0), mean, share.T @ self.targets, share.T @ waits)
        return np.asarray(np.minimum(found, self.dedicated.sum(axis=0)), dtype=np.int64)

    def _needed(self, offered: Floats, aht: Floats, patience: Floats, level: Floats, wait: Floats) -> Ints:
        found = required_agents(
            offered,
            np.where(offered > 0, aht, 1.0),
            self.interval_seconds,
            service_level=level,
            acceptable_wait_seconds=wait,
            patience_seconds=patience,
        )
        return np.asarray(found.agents, dtype=np.int64)

    def most_flexible(self, total: Ints) -> Floats:
        """Return how many agents may be flexible in each interval; quiet intervals get a larger part of them.

        Where few agents are there one more skill is worth more: their number follows the square root of all agents.
        """
        weight = np.sqrt(total)
        return np.asarray(self.flexible_share * total.sum() * weight / max(weight.sum(), 1e-9), dtype=np.float64)

    def simulated(self, agents: Ints, replications: int, seed: int) -> tuple[Floats, Floats]:
        """Return the service level of every queue and interval, and its standard error; parts run side by side.

        An interval without contacts has level 1 and an error that says that nothing is known.
        """
        teams = [
            Team.of_counts(skills, row, self.interval_seconds)
            for skills, row in zip(self.sets, agents, strict=True)
            if row.any()
        ]

        def part(number: int) -> tuple[Floats, Floats]:
            size = min(PART, replications - number * PART)
            keys = {"replications": size, "seed": seed * 10_000 + number, "routing": ROUTING}
            counts = simulate(self.streams, teams, self.interval_seconds, **keys).tally  # type: ignore[arg-type]
            return counts.offered, counts.answered_within

        with ThreadPoolExecutor(THREADS) as threads:
            parts = list(threads.map(part, range(-(-replications // PART))))
        came, within = (np.concatenate(column) for column in zip(*parts, strict=True))
        offered = came.sum(axis=0)
        level = np.where(offered > 0, within.sum(axis=0) / np.maximum(offered, 1), 1.0)
        spread = ((within - level * came) ** 2).sum(axis=0) / np.maximum(offered, 1) ** 2
        return level, np.where(offered > 0, np.sqrt(np.maximum(spread, COIN / np.maximum(offered, 1))), UNKNOWN)
