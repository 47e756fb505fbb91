"""Agents by skill set."""

from __future__ import annotations

import numpy as np
import pytest

from wfm.domain.errors import SettingsError
from wfm.simulation import Stream, Team, exponential, simulate
from wfm.simulation.skill_case import ROUTING, Case
from wfm.simulation.skill_search import Belief, mended, whole
from wfm.simulation.skill_sets import TOLERANCE, SkillMix, all_pairs, chain, staff_skill_sets

HOURS = 4


def centre(queues: int, offered: float = 60.0) -> list[Stream]:
    """Return equal queues of half-hours with AHT 240 s and patience 300 s."""
    return [Stream(f"q{n}", [offered] * HOURS, exponential(240), exponential(300)) for n in range(queues)]


@pytest.fixture(scope="module")
def mix() -> SkillMix:
    """Return the agents of six equal queues, a third of them with two skills."""
    return staff_skill_sets(centre(6), 0.8, 1800, flexible_share=0.34, rounds=16, replications=20, checks=3)


def test_between_the_pool_and_dedicated_agents(mix: SkillMix) -> None:
    """Two-skilled agents need fewer than dedicated ones and never fewer than one pool."""
    total = mix.agents.sum(axis=0)
    assert (mix.pooled <= total).all()
    assert (total <= mix.dedicated.sum(axis=0)).all()
    assert mix.agents.sum() < mix.dedicated.sum()
    assert 0.3 < mix.recovered <= 1


def test_flexible_agents_stay_within_their_share(mix: SkillMix) -> None:
    """At most the share that was asked for has two skills."""
    flexible = np.array([len(skills) > 1 for skills in mix.skill_sets])
    assert mix.agents[flexible].sum() <= 0.34 * mix.agents.sum()
    assert 0.25 < mix.flexible == mix.agents[flexible].sum() / mix.agents.sum()


def test_targets_hold_on_contacts_not_seen_before(mix: SkillMix) -> None:
    """With other contacts every queue meets its target over the span, as near as half a point and the noise allow."""
    teams = [
        Team.of_counts(skills, row, 1800) for skills, row in zip(mix.skill_sets, mix.agents, strict=True) if row.any()
    ]
    counts = simulate(centre(6), teams, 1800, replications=200, seed=99, routing=ROUTING).tally
    level = counts.answered_within.sum(axis=(0, 2)) / counts.offered.sum(axis=(0, 2))
    assert (level > 0.8 - TOLERANCE).all()
    assert mix.whole == pytest.approx(level, abs=0.03)


def test_one_queue_has_nothing_to_pool() -> None:
    """A single queue gets its own agents."""
    alone = staff_skill_sets(centre(1), 0.8, 1800, rounds=4, replications=10)
    assert alone.agents.tolist() == alone.dedicated.tolist()
    assert alone.recovered == 1.0


def test_empty_queue_needs_nobody() -> None:
    """A queue without contacts adds no agent and has no shortfall."""
    quiet = staff_skill_sets(
        [*centre(2), Stream("none", [0.0] * HOURS, exponential(240))], 0.8, 1800, rounds=4, checks=1, replications=10
    )
    assert quiet.dedicated[2].sum() == 0
    assert (quiet.service_level[2] == 1).all()


def test_every_queue_needs_a_set_of_its_own() -> None:
    """A queue that only flexible agents serve is refused."""
    with pytest.raises(SettingsError, match="'q1'"):
        staff_skill_sets(centre(2), 0.8, 1800, skill_sets=[("q0",), ("q0", "q1")])
    with pytest.raises(SettingsError, match="flexible_share"):
        staff_skill_sets(centre(2), 0.8, 1800, flexible_share=1.5)


def test_nobody_is_counted_twice() -> None:
    """Queues that need 13 and 6 agents are not served by 13, even when every one of those has both skills."""
    loads = (9.2, 3.2)
    streams = [
        Stream(name, [load * 1800 / 240] * HOURS, exponential(240)) for name, load in zip("ab", loads, strict=True)
    ]
    both = staff_skill_sets(streams, 0.8, 1800, flexible_share=1.0, rounds=12, replications=20, checks=2)
    assert both.dedicated[:, 0].tolist() == [13, 6]
    assert (both.agents.sum(axis=0) >= both.pooled).all()
    assert both.pooled.min() > 13


def test_the_smaller_queue_is_the_first_choice() -> None:
    """A flexible agent answers for the queue with less load first, in whatever order the skills are given."""
    streams = [Stream("big", [90.0] * HOURS, exponential(240)), Stream("small", [30.0] * HOURS, exponential(240))]
    names = [("big",), ("small",), ("big", "small")]
    found = staff_skill_sets(streams, 0.8, 1800, skill_sets=names, rounds=4, checks=1, replications=10)
    assert found.skill_sets[2] == ("small", "big")


def test_without_flexible_agents_the_answer_is_dedicated() -> None:
    """A share of 0 gives every queue its own agents."""
    found = staff_skill_sets(centre(3), 0.8, 1800, flexible_share=0, replications=10)
    assert found.agents[:3].tolist() == found.dedicated.tolist()
    assert found.recovered == 0.0


def test_whole_agents_add_up() -> None:
    """Specialists and flexible agents together are the rounded sum of what is wanted, every queue within one agent."""
    case = Case(tuple(centre(6)), all_pairs([f"q{n}" for n in range(6)]), np.full(6, 0.8), 1800, 0.3)
    wanted = np.tile([[10.3], [9.6], [10.1], [9.9], [10.4], [9.7]], HOURS)
    agents = whole(case, wanted)
    assert agents.sum(axis=0).tolist() == [60] * HOURS
    assert (agents[6:].sum(axis=0) <= 18).all()
    assert abs(case.lent.T @ agents - wanted).max() < 1


def test_more_is_hired_where_more_is_missed() -> None:
    """A queue that misses its goal gets agents, one that exceeds it gives them up; the others stay as they are."""
    case = Case(tuple(centre(3)), chain(["q0", "q1", "q2"]), np.full(3, 0.8), 1800, 0.0)
    before = np.zeros((6, HOURS), dtype=np.int64)
    before[:3] = 10
    level = np.tile([[0.8], [0.8], [0.8]], HOURS)
    assert (mended(case, before, level, np.full((3, 1), 0.8))[0] == before).all()
    level[0], level[1] = 0.65, 0.95
    after, effect = mended(case, before, level, np.full((3, 1), 0.8))
    assert (after[0] > 10).all()
    assert (after[1] < 10).all()
    assert (effect[0] > 0).all()
    assert (effect[1] < 0).all()


def test_a_belief_gets_surer() -> None:
    """Two simulations of equal error weigh the same, and a change makes it less sure."""
    belief = Belief(np.array([0.5]), np.array([1e6]))
    belief.learn(np.array([0.8]), np.array([0.1]))
    belief.learn(np.array([0.7]), np.array([0.1]))
    assert belief.level == pytest.approx(0.75, abs=1e-6)
    assert belief.variance == pytest.approx(0.005, abs=1e-6)
    belief.move(np.array([0.1]))
    assert belief.level == pytest.approx(0.85, abs=1e-6)
    assert belief.variance > 0.005


def test_chain() -> None:
    """Two queues share one pair; three close the ring."""
    assert chain(["a", "b"]) == (("a",), ("b",), ("a", "b"))
    assert chain(["a"]) == (("a",),)
