"""Agents by skill set."""

from __future__ import annotations

import numpy as np
import pytest

from wfm.domain.errors import SettingsError
from wfm.simulation import Stream, Team, exponential, simulate
from wfm.simulation.skill_sets import TOLERANCE, SkillMix, chain, staff_skill_sets

HOURS = 4


def centre(queues: int, offered: float = 60.0) -> list[Stream]:
    """Return equal queues of half-hours with AHT 240 s and patience 300 s."""
    return [Stream(f"q{n}", [offered] * HOURS, exponential(240), exponential(300)) for n in range(queues)]


@pytest.fixture(scope="module")
def mix() -> SkillMix:
    """Return the agents of six equal queues, a third of them with two skills."""
    return staff_skill_sets(centre(6), 0.8, 1800, flexible_share=0.34, rounds=16, replications=20)


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
    assert mix.agents[flexible].sum() <= 0.34 * mix.agents.sum() + HOURS


def test_targets_hold_on_contacts_not_seen_before(mix: SkillMix) -> None:
    """With other contacts every queue meets its target over the span, as near as half a point and the noise allow."""
    teams = [
        Team.of_counts(skills, row, 1800) for skills, row in zip(mix.skill_sets, mix.agents, strict=True) if row.any()
    ]
    counts = simulate(centre(6), teams, 1800, replications=200, seed=99).tally
    level = counts.answered_within.sum(axis=(0, 2)) / counts.offered.sum(axis=(0, 2))
    assert (level > 0.8 - TOLERANCE - 0.01).all()


def test_one_queue_has_nothing_to_pool() -> None:
    """A single queue gets its own agents."""
    alone = staff_skill_sets(centre(1), 0.8, 1800, rounds=4)
    assert alone.agents.tolist() == alone.dedicated.tolist()
    assert alone.recovered == 1.0


def test_empty_queue_needs_nobody() -> None:
    """A queue without contacts adds no agent and has no shortfall."""
    quiet = staff_skill_sets([*centre(2), Stream("none", [0.0] * HOURS, exponential(240))], 0.8, 1800, rounds=4)
    assert quiet.dedicated[2].sum() == 0
    assert (quiet.service_level[2] == 1).all()


def test_every_queue_needs_a_set_of_its_own() -> None:
    """A queue that only flexible agents serve is refused."""
    with pytest.raises(SettingsError, match="'q1'"):
        staff_skill_sets(centre(2), 0.8, 1800, skill_sets=[("q0",), ("q0", "q1")])
    with pytest.raises(SettingsError, match="flexible_share"):
        staff_skill_sets(centre(2), 0.8, 1800, flexible_share=1.5)


def test_chain() -> None:
    """Two queues share one pair; three close the ring."""
    assert chain(["a", "b"]) == (("a",), ("b",), ("a", "b"))
    assert chain(["a"]) == (("a",),)
