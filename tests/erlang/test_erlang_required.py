"""The number of agents is the smallest that meets every target, and the binding target is named."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from wfm.domain.errors import SettingsError
from wfm.erlang import BINDING, asa_seconds, required_agents, service_level

CASES = 10_000


def oracle(load: np.ndarray, aht: np.ndarray, wait: np.ndarray, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return service level and mean wait at `at` agents by the textbook recurrence from 0 agents up."""
    level, asa = np.zeros(load.size), np.full(load.size, np.inf)
    inverse = np.ones(load.size)
    for n in range(1, int(at.max()) + 1):
        inverse = np.minimum(1 + inverse * n / load, 1e250)
        here = (at == n) & (load < n)
        waits = 1 / (inverse[here] - load[here] / n * (inverse[here] - 1))
        level[here] = 1 - waits * np.exp(-(n - load[here]) * wait[here] / aht[here])
        asa[here] = waits * aht[here] / (n - load[here])
    return level, asa


def test_smallest_for_random_service_levels() -> None:
    """In 10,000 random cases n agents reach the service level and n-1 do not."""
    rng = np.random.default_rng(3)
    load = np.exp(rng.uniform(np.log(0.01), np.log(300), CASES))
    aht, wait = rng.uniform(30, 900, CASES), rng.uniform(0, 120, CASES)
    target = rng.uniform(0.3, 0.999, CASES)
    found = required_agents(load, aht, aht, service_level=target, acceptable_wait_seconds=wait).agents
    assert (oracle(load, aht, wait, found)[0] >= target).all()
    assert (oracle(load, aht, wait, found - 1)[0] < target).all()


def test_smallest_for_several_targets_at_once() -> None:
    """In 10,000 random cases n agents meet all four targets, n-1 miss one, and the first one missed is named."""
    rng = np.random.default_rng(4)
    load = np.exp(rng.uniform(np.log(0.01), np.log(200), CASES))
    aht, wait = rng.uniform(30, 900, CASES), np.full(CASES, 20.0)
    level, asa = rng.uniform(0.3, 0.95, CASES), rng.uniform(1, 120, CASES)
    most, floor = rng.uniform(0.6, 0.95, CASES), rng.integers(0, 12, CASES)
    found = required_agents(load, aht, aht, service_level=level, asa_seconds=asa, max_occupancy=most, min_agents=floor)

    def missed(n: np.ndarray) -> np.ndarray:
        reached, mean = oracle(load, aht, wait, n)
        return np.array([reached < level, mean > asa, np.zeros(CASES, bool), load > n * most, n < floor])

    assert not missed(np.asarray(found.agents)).any()
    before = missed(np.asarray(found.agents - 1))
    assert before.any(axis=0).all()
    assert (np.array(BINDING)[np.argmax(before, axis=0)] == found.binding).all()
    assert set(found.binding) == {"service_level", "asa", "occupancy", "min_agents"}


def test_real_numbers_of_agents_meet_the_target_exactly() -> None:
    """The real-valued answer lies within one agent below the whole one and meets the target to nine digits."""
    calls = np.array([1.0, 30.0, 100.0, 777.0])
    whole = required_agents(calls, 200, 1800, service_level=0.8).agents
    real = required_agents(calls, 200, 1800, service_level=0.8, whole=False).agents
    assert ((real <= whole) & (real > whole - 1)).all()
    np.testing.assert_allclose(service_level(real, calls * 200 / 1800, 200, 20), 0.8, atol=1e-9)
    real = required_agents(calls, 200, 1800, asa_seconds=15, whole=False).agents
    np.testing.assert_allclose(asa_seconds(real, calls * 200 / 1800, 200), 15, rtol=1e-9)


def test_real_numbers_of_agents_keep_floor_and_occupancy() -> None:
    """Floors and occupancy limits bind real-valued answers too."""
    found = required_agents([9.0, 90.0], 200, 1800, max_occupancy=0.8, min_agents=3, whole=False)
    np.testing.assert_allclose(found.agents, [3.0, 12.5])
    assert found.binding.tolist() == ["min_agents", "occupancy"]


def test_empty_intervals() -> None:
    """Without load the floor decides; without a floor nobody is needed."""
    found = required_agents([0, 5, 0], [180, 0, 180], 1800, service_level=0.8, min_agents=[0, 0, 2])
    assert found.agents.tolist() == [0, 0, 2]
    assert found.binding.tolist() == ["empty", "empty", "min_agents"]


def test_the_faintest_load_needs_one_agent() -> None:
    """A load above zero, however small, needs an agent."""
    found = required_agents([1e-300, 5e-324, 1e-9], 1800, 1800, service_level=0.8, min_agents=[0, 0, 3])
    assert found.agents.tolist() == [1, 1, 3]
    assert found.binding.tolist() == ["service_level", "service_level", "min_agents"]


def test_occupancy_of_one_still_needs_a_stable_queue() -> None:
    """With a load of exactly ten and no other target, ten agents would never catch up."""
    assert int(required_agents(10, 60, 60, max_occupancy=1.0).agents) == 11


def test_rounding_errors_hire_nobody() -> None:
    """35.7 / 0.85 is 42.00000000000001 to a float and 42 to a planner."""
    assert int(required_agents(35.7, 60, 60, max_occupancy=0.85).agents) == 42


def test_the_shape_of_the_arguments_is_kept() -> None:
    """Matrices of queues by intervals come back as matrices, in whole numbers."""
    found = required_agents(np.ones((2, 3)), 100, 900, service_level=[[0.8], [0.9]])
    assert found.agents.shape == found.binding.shape == (2, 3)
    assert found.agents.dtype == np.int64


@pytest.mark.parametrize(
    ("targets", "named"),
    [
        ({}, "at least one"),
        ({"service_level": 1.1}, "service_level"),
        ({"max_abandonment": 1.5}, "max_abandonment"),
        ({"service_level": 0.0}, "service_level"),
        ({"max_occupancy": 0.0}, "max_occupancy"),
        ({"max_occupancy": 1.2}, "max_occupancy"),
        ({"asa_seconds": 0.0}, "asa_seconds"),
        ({"service_level": 0.8, "acceptable_wait_seconds": -1}, "acceptable_wait_seconds"),
        ({"service_level": 0.8, "min_agents": -1}, "min_agents"),
    ],
)
def test_targets_out_of_range_are_refused(targets: dict[str, Any], named: str) -> None:
    """A target that cannot be met or means nothing is refused by name, in both languages."""
    with pytest.raises(SettingsError, match=named) as refused:
        required_agents(10, 100, 1800, **targets)
    assert refused.value.message.zh


@pytest.mark.parametrize("bad", [{"offered": -1}, {"aht_seconds": float("nan")}, {"interval_seconds": 0}])
def test_numbers_out_of_range_are_refused(bad: dict[str, Any]) -> None:
    """Negative calls, missing handle times and empty intervals are refused by name."""
    numbers: dict[str, Any] = {"offered": 10.0, "aht_seconds": 100.0, "interval_seconds": 1800.0} | bad
    with pytest.raises(SettingsError, match=next(iter(bad))):
        required_agents(**numbers, service_level=0.8)


def test_importing_the_formulas_is_cheap() -> None:
    """The formulas import NumPy only."""
    code = "import sys, wfm.erlang; print([m for m in ('scipy', 'pandas', 'ortools', 'pydantic') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
