"""Agents by skill set: the fewest that meet the target of every queue, found by search and checked by simulation.

Each queue for itself needs the most agents, one pool of agents who can do everything the fewest. In between, some
agents with two skills recover most of the difference. No formula says how many; a flexible agent serves one contact at
a time, and the simulation never counts him twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from wfm.domain.errors import SettingsError
from wfm.erlang import required_agents
from wfm.simulation import messages
from wfm.simulation.crew import Team
from wfm.simulation.run import simulate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from wfm.simulation.laws import Floats
    from wfm.simulation.streams import Ints, Stream

    SkillSets = Sequence[tuple[str, ...]]

TOLERANCE = 0.005
"""How far below its target a simulated service level may be: half a point."""
GAIN = 4.0
"""Agents, per square root of the load, that a queue gets for a service level that is short by 1, in the first round."""
FADE = 0.6
"""How fast the gain falls: with the round to minus this power."""
LATE = 0.5
"""Share of the rounds, the last ones, whose mean is the answer."""
REPAIRS = 15
"""Rounds in which the last check may still add agents."""


@dataclass(frozen=True)
class SkillMix:
    """Agents by skill set and interval.

    Attributes
    ----------
    skill_sets
        Names of the queues that each set serves.
    agents
        Shape (skill sets, intervals).
    dedicated
        Agents of each queue for itself, none of them flexible; shape (queues, intervals).
    pooled
        Agents who can all serve everything; shape (intervals,).
    service_level
        Simulated share answered within the acceptable wait, shape (queues, intervals); 1 where nothing comes.
    error
        Standard error of it, same shape.
    rounds
        Simulations that it took.
    """

    skill_sets: tuple[tuple[str, ...], ...]
    agents: Ints
    dedicated: Ints
    pooled: Ints
    service_level: Floats
    error: Floats
    rounds: int

    @property
    def recovered(self) -> float:
        """Share of what one pool would save against dedicated agents; 1 where there is nothing to save."""
        saving = int(self.dedicated.sum() - self.pooled.sum())
        return 1.0 if saving <= 0 else float(self.dedicated.sum() - self.agents.sum()) / saving


def chain(queues: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return every queue alone, and every queue with the next one, the last with the first.

    Source: the chain of Jordan and Graves (1995); two skills in a closed chain do nearly what all skills do.

    Examples
    --------
    >>> chain(["a", "b", "c"])
    (('a',), ('b',), ('c',), ('a', 'b'), ('b', 'c'), ('c', 'a'))
    """
    names = tuple(queues)
    pairs = tuple(pairwise((*names, names[0]))) if len(names) > 2 else tuple(pairwise(names))
    return (*((name,) for name in names), *pairs)


def staff_skill_sets(
    streams: Sequence[Stream],
    targets: npt.ArrayLike,
    interval_seconds: float,
    *,
    skill_sets: SkillSets | None = None,
    flexible_share: float = 0.2,
    replications: int = 10,
    rounds: int = 80,
    seed: int = 1,
    progress: Callable[[int], None] | None = None,
) -> SkillMix:
    """Return the fewest agents by skill set and interval that meet every queue's target, as far as the search sees.

    Never fewer than one pool needs, never more than dedicated agents; where flexible agents save nothing the answer is
    the dedicated one.

    Parameters
    ----------
    streams
        One per queue, with equally many intervals; the mean patience is taken for the two bounds.
    targets
        Share of contacts of each queue to be answered within its acceptable wait.
    skill_sets
        What agents can serve: at least every queue alone; a chain of pairs when None.
    flexible_share
        Largest share of agents with more than one skill.
    replications
        Days that are simulated in every round.
    rounds
        Simulations at most, the last check apart.

    Raises
    ------
    SettingsError
        When a queue has no skill set of its own, or a share is out of its range.
    """
    search = _Search(streams, targets, interval_seconds, skill_sets or chain([s.name for s in streams]), flexible_share)
    capacity = search.capacity(rounds, replications, seed, progress)
    found = search.settled(search.shared_out(capacity, 0.5), 4 * replications, seed + rounds)
    return SkillMix(tuple(search.sets), found[0], search.dedicated, search.pooled, *found[1:], search.simulations)


class _Search:
    """Agents of every queue as real numbers, moved towards what simulated service levels ask for, round by round."""

    def __init__(
        self,
        streams: Sequence[Stream],
        targets: npt.ArrayLike,
        interval_seconds: float,
        skill_sets: SkillSets,
        flexible_share: float,
    ) -> None:
        self.streams, self.seconds, self.sets = tuple(streams), interval_seconds, tuple(skill_sets)
        names = [stream.name for stream in streams]
        alone = [name for name in names if (name,) not in self.sets]
        if alone:
            raise SettingsError(messages.NO_SET_OF_ITS_OWN.fill(queue=alone[0]))
        if not 0 <= flexible_share <= 1:
            raise SettingsError(messages.BAD_SHARE.fill(name="flexible_share", value=flexible_share))
        self.share = flexible_share
        self.offered = np.array([np.asarray(s.offered, dtype=float) for s in streams])
        self.aht = np.array([s.handle.mean for s in streams])[:, None] * _scales(streams, "handle_scale", self.offered)
        self.load = self.offered * self.aht / interval_seconds
        self.root = np.sqrt(self.load)
        self.target = np.broadcast_to(np.asarray(targets, dtype=float), (len(names),))[:, None]
        self.serves = np.array([[name in skills for name in names] for skills in self.sets])
        self.single = np.array([self.sets.index((name,)) for name in names])
        self.flexible = self.serves.sum(axis=1) > 1
        self.dedicated, self.pooled = self._bounds()
        self.simulations = 0

    def capacity(self, rounds: int, replications: int, seed: int, progress: Callable[[int], None] | None) -> Floats:
        """Return the agents that each queue should have in each interval, flexible ones shared out; real numbers.

        Every round sees other contacts, and moves less than the one before: stochastic approximation (Robbins and
        Monro, 1951) with the mean of the late rounds (Polyak and Juditsky, 1992).
        """
        middle = (self.pooled + self.dedicated.sum(axis=0)) / 2
        spare = middle - self.load.sum(axis=0)
        now = np.maximum(self.load + self.root / np.maximum(self.root.sum(axis=0), 1e-9) * spare, 0.0)
        late, kept = np.zeros_like(now), 0
        places = np.random.default_rng(seed).random(rounds)
        for n in range(rounds):
            level, _ = self.simulated(self.shared_out(now, places[n]), replications, seed + n)
            miss = np.where(self.offered > 0, self.target - level, 0.0)
            now = np.maximum(now + GAIN * (n + 1) ** -FADE * self.root * miss, 0.0)
            if n >= (1 - LATE) * rounds:
                late, kept = late + now, kept + 1
            if progress:
                progress(n + 1)
        return np.asarray(late / max(kept, 1), dtype=np.float64)

    def shared_out(self, capacity: Floats, place: float) -> Ints:
        """Return whole agents by skill set and interval; their mean over all places in [0, 1) are the real numbers."""
        number = np.clip(capacity.sum(axis=0), self.pooled, self.dedicated.sum(axis=0))
        serves = self.serves[self.flexible].astype(float)
        pull = serves @ self.root
        real = np.zeros((len(self.sets), number.size))
        real[self.flexible] = self.share * number * pull / np.maximum(pull.sum(axis=0), 1e-9)
        lent = (serves / serves.sum(axis=1, keepdims=True)).T @ real[self.flexible]
        rest = np.maximum(capacity - lent, 0.0)
        real[self.single] = rest * (number - real[self.flexible].sum(axis=0)) / np.maximum(rest.sum(axis=0), 1e-9)
        edges = np.floor(np.cumsum(real, axis=0) + place + 1e-9)
        return np.diff(edges, axis=0, prepend=np.zeros((1, number.size))).astype(np.int64)

    def simulated(self, agents: Ints, replications: int, seed: int) -> tuple[Floats, Floats]:
        """Return the service level of every queue and interval, and its standard error."""
        teams = [
            Team.of_counts(skills, row, self.seconds)
            for skills, row in zip(self.sets, agents, strict=True)
            if row.any()
        ]
        self.simulations += 1
        counts = simulate(self.streams, teams, self.seconds, replications=replications, seed=seed).tally
        offered, within = counts.offered.sum(axis=0), counts.answered_within.sum(axis=0)
        level = np.where(offered > 0, within / np.maximum(offered, 1), 1.0)
        spread = (counts.answered_within - level * counts.offered).std(axis=0, ddof=1) * np.sqrt(replications)
        return level, np.where(offered > 0, spread / np.maximum(offered, 1), 0.0)

    def settled(self, agents: Ints, replications: int, seed: int) -> tuple[Ints, Floats, Floats]:
        """Return agents with service levels and errors on contacts not seen before, after mending what falls short.

        An interval that would need as many agents as dedicated ones gets those.
        """
        most = self.dedicated.sum(axis=0)
        for _ in range(REPAIRS):
            level, error = self.simulated(agents, replications, seed)
            short = (level + error < self.target - TOLERANCE) & (self.offered > 0) & (agents.sum(axis=0) < most)
            if not short.any():
                break
            for q, t in zip(*np.nonzero(short), strict=True):
                agents[self.single[q], t] += 1
        full = np.flatnonzero(agents.sum(axis=0) >= most)
        agents[:, full] = 0
        agents[np.ix_(self.single, full)] = self.dedicated[:, full]
        return (agents, *self.simulated(agents, replications, seed))

    def _bounds(self) -> tuple[Ints, Ints]:
        """Return the agents of each queue for itself, and those of one pool whose contacts are all alike."""
        patience = np.array([s.patience.mean for s in self.streams])
        waits = np.array([s.acceptable_wait_seconds for s in self.streams])

        def needed(offered: Floats, aht: Floats, patience: Floats | float, level: Floats, wait: Floats) -> Ints:
            found = required_agents(
                offered,
                np.where(offered > 0, aht, 1.0),
                self.seconds,
                service_level=level,
                acceptable_wait_seconds=wait,
                patience_seconds=patience,
            )
            return np.asarray(found.agents, dtype=np.int64)

        goals = self.target, waits[:, None]
        dedicated = needed(self.offered, self.aht, patience[:, None], *goals)
        calls = np.maximum(self.offered.sum(axis=0), 1e-12)
        share = self.offered / calls
        mean_patience = 1 / (share / patience[:, None]).sum(axis=0) if np.isfinite(patience).all() else np.inf
        level, wait = (share * goals[0]).sum(axis=0), (share * goals[1]).sum(axis=0)
        pooled = needed(self.offered.sum(axis=0), (share * self.aht).sum(axis=0), mean_patience, level, wait)
        return dedicated, np.minimum(pooled, dedicated.sum(axis=0))


def _scales(streams: Sequence[Stream], name: str, like: Floats) -> Floats:
    rows = [getattr(stream, name) for stream in streams]
    return np.array([np.ones(like.shape[1]) if row is None else np.asarray(row, dtype=float) for row in rows])
