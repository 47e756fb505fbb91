"""Agents with patience, and the same questions asked the other way round."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from wfm.domain.errors import SettingsError
from wfm.erlang import (
    DEFINITIONS,
    MODEL_NAMES,
    Definition,
    Model,
    achieved,
    erlang_a,
    longest_aht,
    most_offered,
    patience_of,
    required_agents,
    required_by,
    service_level,
    shortest_wait,
    targets_of,
)

CASES = 2_000


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_smallest_for_every_definition(definition: Definition) -> None:
    """In 2,000 random cases n agents reach the service level and n-1 do not, in each definition."""
    rng = np.random.default_rng(6)
    load = np.exp(rng.uniform(np.log(0.01), np.log(1000), CASES))
    aht, wait, target = rng.uniform(30, 900, CASES), rng.uniform(0, 120, CASES), rng.uniform(0.3, 0.999, CASES)
    patience = np.exp(rng.uniform(np.log(5), np.log(3000), CASES))
    found = required_agents(
        load,
        aht,
        aht,
        service_level=target,
        acceptable_wait_seconds=wait,
        patience_seconds=patience,
        definition=definition,
    )
    assert (erlang_a(found.agents, load, aht, patience, wait).service_level(definition) >= target - 1e-12).all()
    fewer = erlang_a(found.agents - 1, load, aht, patience, wait).service_level(definition)
    assert ((fewer < target) | (found.binding == "min_agents")).all()
    assert (found.agents[found.binding == "min_agents"] == 1).all()


def test_smallest_for_several_targets_with_patience() -> None:
    """In 2,000 random cases n agents meet all targets, n-1 miss one, and the first one missed is named."""
    rng = np.random.default_rng(8)
    load = np.exp(rng.uniform(np.log(0.5), np.log(300), CASES))
    level, asa = rng.uniform(0.3, 0.95, CASES), rng.uniform(2, 60, CASES)
    lost, most, floor = rng.uniform(0.01, 0.2, CASES), rng.uniform(0.7, 0.99, CASES), rng.integers(0, 9, CASES)
    found = required_agents(
        load,
        200,
        200,
        service_level=level,
        asa_seconds=asa,
        max_abandonment=lost,
        max_occupancy=most,
        min_agents=floor,
        patience_seconds=90,
    )

    def missed(n: np.ndarray) -> np.ndarray:
        at = erlang_a(n, load, 200, 90, 20)
        return np.array(
            [at.answered_within < level, at.wait_seconds > asa, at.abandoned > lost, at.occupancy > most, n < floor]
        )

    assert not missed(np.asarray(found.agents)).any()
    before = missed(np.asarray(found.agents - 1))
    names = np.array(["service_level", "asa", "abandonment", "occupancy", "min_agents"])
    assert (names[np.argmax(before, axis=0)][before.any(axis=0)] == found.binding[before.any(axis=0)]).all()
    assert (found.agents[~before.any(axis=0)] == 1).all()
    assert set(found.binding) == set(names)


def test_the_search_finds_fewer_agents_than_load() -> None:
    """With patience 120 s and 80/20, 200 erlangs need 190 agents, and 60,000 calls of 300 s need 8,589 virtually."""
    assert int(required_agents(200, 300, 300, service_level=0.8, patience_seconds=120).agents) == 190
    found = required_agents(60_000, 300, 1800, service_level=0.8, patience_seconds=120, definition="virtual")
    assert int(found.agents) == 8589


def test_an_unreachable_target_is_flagged() -> None:
    """Everybody within the wait is named unreachable; the agents are those from which the level reads as 1."""
    for patience in (np.inf, 120.0):
        found = required_agents([100, 0], 180, 1800, service_level=1.0, patience_seconds=patience)
        assert found.binding.tolist() == ["unreachable", "empty"]
        assert float(erlang_a(found.agents[0], 10, 180, patience).answered_within) == pytest.approx(1, abs=2e-12)


def test_real_numbers_of_agents_meet_the_target_with_patience() -> None:
    """The real-valued answer lies within one agent below the whole one and meets the target exactly."""
    calls = np.array([1.0, 30.0, 100.0, 777.0])
    whole = required_agents(calls, 200, 1800, service_level=0.8, patience_seconds=60).agents
    real = required_agents(calls, 200, 1800, service_level=0.8, patience_seconds=60, whole=False).agents
    assert ((real <= whole) & (real > whole - 1)).all()
    np.testing.assert_allclose(erlang_a(real, calls * 200 / 1800, 200, 60).answered_within, 0.8, atol=1e-9)


def test_patience_may_differ_by_row() -> None:
    """Rows with and without patience are solved side by side."""
    both = required_agents(100, 180, 1800, service_level=0.8, patience_seconds=[120, np.inf, 0])
    assert both.agents.tolist() == [12, 14, 11]


@pytest.mark.parametrize("patience", [np.inf, 90.0])
def test_what_agents_can_carry(patience: float) -> None:
    """The most contacts and the longest handle time just meet the target; a little more does not."""
    goals: dict[str, Any] = {"service_level": 0.8, "asa_seconds": 15.0}
    calls = most_offered(np.array([5, 14, 200]), 180, 1800, patience, **goals)
    for factor, kept in ((1 - 1e-9, True), (1 + 1e-9, False)):
        at = erlang_a([5, 14, 200], calls * factor / 10, 180, patience, 20)
        assert (((at.answered_within >= 0.8) & (at.wait_seconds <= 15)) == kept).all()
    aht = longest_aht(14, 100, 1800, patience, **goals)
    at = erlang_a(14, 100 * aht / 1800, aht, patience, 20)
    assert min(float(at.answered_within) - 0.8, 15 - float(at.wait_seconds)) == pytest.approx(0, abs=1e-9)


def test_a_target_that_always_holds_has_no_most() -> None:
    """An occupancy of at most 1 never stops people who give up."""
    assert float(most_offered(14, 180, 1800, 60, max_occupancy=1.0)) == np.inf


def test_the_wait_within_which_a_share_is_answered() -> None:
    """The shortest wait gives the share back; none is enough where the queue never settles."""
    wait = float(shortest_wait(14, 10, 180, 0.9))
    assert float(service_level(14, 10, 180, wait)) == pytest.approx(0.9, abs=1e-12)
    assert float(shortest_wait(9, 10, 180, 0.5)) == np.inf
    assert float(shortest_wait(12, 10, 180, 0.99, 120)) == np.inf
    assert float(shortest_wait(14, 10, 180, 0.5)) == 0


def test_the_patience_behind_an_abandonment() -> None:
    """The patience found gives the share back; its ends are 0 and infinity."""
    for share in (0.001, 0.0616, 0.11):
        patience = patience_of(12, 10, 180, share)
        assert float(erlang_a(12, 10, 180, patience).abandoned) == pytest.approx(share, rel=1e-9)
    assert float(patience_of(12, 10, 180, 0.5)) == 0
    assert float(patience_of(8, 10, 180, 0.1)) == np.inf


FACTS: dict[str, dict[str, Any]] = {
    "erlang_a": {"patience_seconds": 90.0},
    "erlang_x": {"patience_seconds": 90.0, "redial_share": 0.4},
    "lines": {"lines": 60, "patience_seconds": 90.0},
    "chat": {"concurrency": (1.0, 1.25, 1.6)},
    "uncertain": {"load_cv": 0.15, "patience_seconds": 90.0},
}


@pytest.mark.parametrize("name", MODEL_NAMES)
def test_smallest_under_every_model(name: Any) -> None:
    """Under each model n agents meet the target and n-1 miss it; without load nobody is needed."""
    model = Model(name, **FACTS.get(name, {}))
    load, aht = np.array([0.0, 0.7, 10.0, 33.0]), np.full(4, 180.0)
    goals = targets_of((4,), service_level=0.8)
    found = required_by(model, load, aht, goals)
    assert found.binding[0] == "empty"
    for less, kept in ((0, True), (1, False)):
        agents = np.asarray(found.agents[1:] - less, dtype=np.float64)
        at = achieved(model, agents, load[1:], aht[1:], goals.wait[1:], goals.short[1:])
        assert ((at.answered_within >= 0.8) == kept).all()


@pytest.mark.parametrize("name", ["erlang_a", "erlang_x", "lines", "chat", "uncertain", "erlang_z"])
def test_a_model_without_its_facts_is_refused(name: Any) -> None:
    """A model that lacks patience, lines, concurrency or error is refused by that name, an unknown one by its own."""
    with pytest.raises(SettingsError, match=name):
        Model(name)


def test_numbers_that_mean_nothing_are_refused() -> None:
    """No agents, no contacts and no targets are refused."""
    for bad in ({"agents": 0}, {"aht_seconds": -1}, {"interval_seconds": float("nan")}):
        numbers: dict[str, Any] = {"agents": 5, "aht_seconds": 100, "interval_seconds": 900} | bad
        with pytest.raises(SettingsError):
            most_offered(**numbers, service_level=0.8)
    with pytest.raises(SettingsError, match="at least one"):
        most_offered(5, 100, 900)
