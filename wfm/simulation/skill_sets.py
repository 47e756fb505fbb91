"""Agents by skill set: the fewest that meet the target of every queue, found by search and checked by simulation.

Each queue for itself needs the most agents, one pool of agents who can do everything the fewest. In between, some
agents with two skills recover most of the difference. No formula says how many; a flexible agent serves one contact at
a time, and the simulation never counts him twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np

from wfm.simulation.skill_case import Case
from wfm.simulation.skill_search import UNSURE, Belief, capacity, mended, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from wfm.simulation.laws import Floats
    from wfm.simulation.streams import Ints, Stream

    SkillSets = Sequence[tuple[str, ...]]

TOLERANCE = 0.005
"""How far below its target a simulated service level may be: half a point."""
CONTACTS = 1_000_000
"""Contacts of a round, about, when the number of replications is left open."""
CHECK = 8
"""How many times the replications of a round a check has."""


@dataclass(frozen=True)
class SkillMix:
    """Agents by skill set and interval.

    Attributes
    ----------
    skill_sets
        Names of the queues that each set serves, the first choice first.
    agents
        Shape (skill sets, intervals).
    offered
        Expected contacts, shape (queues, intervals).
    dedicated
        Agents of each queue for itself, none of them flexible; shape (queues, intervals).
    pooled
        Agents who can all serve everything; shape (intervals,).
    service_level
        Share answered within the acceptable wait on contacts that the search has not seen, shape (queues, intervals);
        1 where nothing comes.
    error
        Standard error of it, same shape; 1000 where nothing came.
    """

    skill_sets: tuple[tuple[str, ...], ...]
    agents: Ints
    offered: Floats
    dedicated: Ints
    pooled: Ints
    service_level: Floats
    error: Floats

    @property
    def recovered(self) -> float:
        """Share of what one pool would save against dedicated agents; 1 where there is nothing to save."""
        saving = int(self.dedicated.sum() - self.pooled.sum())
        return 1.0 if saving <= 0 else float(self.dedicated.sum() - self.agents.sum()) / saving

    @property
    def whole(self) -> Floats:
        """Service level of every queue over the whole span, weighted by contacts; 1 where nothing comes."""
        calls = self.offered.sum(axis=1)
        within = (self.service_level * self.offered).sum(axis=1)
        return np.where(calls > 0, within / np.where(calls > 0, calls, 1.0), 1.0)

    @property
    def flexible(self) -> float:
        """Share of agents with more than one skill."""
        several = np.array([len(skills) > 1 for skills in self.skill_sets])
        return float(self.agents[several].sum() / max(self.agents.sum(), 1))


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


def all_pairs(queues: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return every queue alone, and every two of them; a little better than a chain where skills are easily combined.

    Examples
    --------
    >>> all_pairs(["a", "b", "c"])
    (('a',), ('b',), ('c',), ('a', 'b'), ('a', 'c'), ('b', 'c'))
    """
    return (*((name,) for name in queues), *combinations(queues, 2))


def staff_skill_sets(
    streams: Sequence[Stream],
    targets: npt.ArrayLike,
    interval_seconds: float,
    *,
    skill_sets: SkillSets | None = None,
    flexible_share: float = 0.2,
    margin: float = 0.009,
    replications: int | None = None,
    rounds: int = 26,
    checks: int = 6,
    seed: int = 1,
    progress: Callable[[float], None] | None = None,
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
        What agents can serve: at least every queue alone; every two queues when None. Flexible agents answer for the
        queue with the least load first.
    flexible_share
        Largest share of agents with more than one skill.
    margin
        How far above its target the search aims, since whole agents fall on both sides: more for who judges every
        interval for itself, and not every queue over its day.
    replications
        How often the span is simulated in every round; about a million contacts when None.
    rounds
        Simulations that find out what each queue should have.
    checks
        Larger simulations after which whole agents are mended.
    progress
        Called with the share that is done.

    Raises
    ------
    SettingsError
        When a queue has no skill set of its own, or a share is out of its range.
    """
    case = _case(streams, targets, interval_seconds, skill_sets, flexible_share)
    reps = replications or int(np.clip(CONTACTS / max(case.offered.sum(), 1.0), 2, 200))
    tell = progress or _silent
    if not case.flexible.size or flexible_share == 0:
        return _mix(case, _dedicated(case), reps, seed)
    steps = rounds + checks * CHECK
    wanted = capacity(case, rounds, reps, seed, lambda n: tell(n / steps))
    agents = whole(case, wanted)
    goal = case.targets[:, None] + margin
    belief = Belief(np.broadcast_to(case.targets[:, None], wanted.shape), np.full(wanted.shape, UNSURE**2))
    for n in range(checks):
        belief.learn(*case.simulated(agents, CHECK * reps, seed + rounds + n))
        agents, effect = mended(case, agents, belief.level, goal)
        belief.move(effect)
        tell((rounds + (n + 1) * CHECK) / steps)
    return _mix(case, _within_bounds(case, agents), reps, seed + rounds + checks)


def _case(
    streams: Sequence[Stream], targets: npt.ArrayLike, seconds: float, skill_sets: SkillSets | None, share: float
) -> Case:
    names = [stream.name for stream in streams]
    goals = np.broadcast_to(np.asarray(targets, dtype=np.float64), (len(names),))
    sets = tuple(tuple(skills) for skills in skill_sets or all_pairs(names))
    plain = Case(tuple(streams), sets, goals, seconds, share)
    load = dict(zip(names, plain.load.sum(axis=1).tolist(), strict=True))
    ordered = tuple(tuple(sorted(skills, key=lambda name: load.get(name, 0.0))) for skills in sets)
    return Case(plain.streams, ordered, goals, seconds, share)


def _mix(case: Case, agents: Ints, replications: int, seed: int) -> SkillMix:
    level = case.simulated(agents, CHECK * replications, seed)
    return SkillMix(case.sets, agents, case.offered, case.dedicated, case.pooled, *level)


def _dedicated(case: Case) -> Ints:
    agents = np.zeros((len(case.sets), case.offered.shape[1]), dtype=np.int64)
    agents[case.single] = case.dedicated
    return agents


def _within_bounds(case: Case, agents: Ints) -> Ints:
    """Return the agents with dedicated ones in the intervals where those are not more, and never fewer than a pool."""
    full = agents.sum(axis=0) >= case.dedicated.sum(axis=0)
    agents = np.where(full, _dedicated(case), agents)
    largest = case.single[case.load.argmax(axis=0)]
    agents[largest, np.arange(full.size)] += np.maximum(case.pooled - agents.sum(axis=0), 0)
    return agents


def _silent(_: float) -> None:
    return
