"""Patience and handle times from logs, and staffing adjusted by simulation."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import pytest

from wfm.domain.errors import SettingsError
from wfm.erlang import modified_load, required_agents, targets_of
from wfm.simulation import (
    Stream,
    Team,
    adjusted,
    exponential,
    handle_law,
    kaplan_meier,
    mean_patience,
    patience_law,
    scores,
    simulate,
)

HALF_HOUR = 1800.0


def observed(count: int = 40_000) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """Return waits and who gave up: patience of mean 120 s, cut by virtual waits of mean 60 s."""
    rng = np.random.default_rng(4)
    patience, virtual = rng.exponential(120, count), rng.exponential(60, count)
    return np.minimum(patience, virtual), patience < virtual


def test_censored_patience_is_found() -> None:
    """The estimate is 120 s though those who gave up waited only 40 s on average."""
    waits, lost = observed()
    assert waits[lost].mean() < 45
    assert mean_patience(waits, lost) == pytest.approx(120, rel=0.03)
    curve = kaplan_meier(waits, lost)
    for t in (20, 60, 120):
        assert curve.share[np.searchsorted(curve.seconds, t) - 1] == pytest.approx(math.exp(-t / 120), abs=0.015)
    law = patience_law(waits, lost)
    assert law.mean == pytest.approx(120, rel=0.05)
    assert law.draw(np.random.default_rng(1), 100_000).mean() == pytest.approx(law.mean, rel=0.02)


def test_nobody_gave_up() -> None:
    """Patience is infinite in a log without anybody who gave up."""
    assert mean_patience([1, 2], [False, False]) == math.inf
    assert patience_law([1, 2], [False, False]).mean == math.inf
    assert kaplan_meier([], []).seconds.size == 0


def test_kaplan_meier_by_hand() -> None:
    """Two of four give up at 10 s, one is answered at 20 s, the last gives up at 30 s: 1/2, then 0."""
    found = kaplan_meier([10, 10, 20, 30], [True, True, False, True])
    assert found.seconds.tolist() == [10, 30]
    assert found.share.tolist() == [0.5, 0]


def test_handle_times() -> None:
    """The law of handle times has their mean and spread; equal ones stay equal; nonsense is refused."""
    times = np.random.default_rng(2).lognormal(5, 0.7, 5000)
    law = handle_law(times)
    assert law.mean == pytest.approx(times.mean())
    assert law.draw(np.random.default_rng(1), 50_000).std() == pytest.approx(times.std(), rel=0.1)
    assert set(handle_law([30, 30]).draw(np.random.default_rng(1), 3).tolist()) == {30.0}
    for bad in ([], [0.0], [-1.0], [np.nan]):
        with pytest.raises(SettingsError):
            handle_law(bad)
    with pytest.raises(SettingsError):
        mean_patience([1, 2], [True])
    with pytest.raises(SettingsError):
        mean_patience([-1], [True])


def test_every_interval_meets_its_target() -> None:
    """Long calls on a two-peak day: the formula misses by points, the adjusted agents nowhere by more than a half."""
    at = np.arange(24)
    calls = 60 * (np.exp(-(((at - 8) / 3) ** 2)) + 0.8 * np.exp(-(((at - 17) / 3) ** 2)))
    stream = Stream("a", calls, exponential(1500), exponential(120))
    load = modified_load(calls, 1500, HALF_HOUR)
    start = required_agents(load * HALF_HOUR / 1500, 1500, HALF_HOUR, service_level=0.8, patience_seconds=120).agents
    found = adjusted(stream, start, targets_of((24,), service_level=0.8), HALF_HOUR)
    again = adjusted(stream, start, targets_of((24,), service_level=0.8), HALF_HOUR)
    assert found.agents.tolist() == again.agents.tolist()
    assert found.agents.sum() <= start.sum() + 3

    def worst(agents: npt.ArrayLike) -> float:
        team = Team.of_counts(["a"], agents, HALF_HOUR)
        table = scores(simulate([stream], [team], HALF_HOUR, replications=700, seed=77))
        return float(table["service_level"][table["offered"] > 1].min())

    assert worst(start) < 0.79
    assert worst(found.agents) >= 0.79


def test_other_targets_and_floors() -> None:
    """A mean wait, a limit of abandonment and a floor hold too; an interval without contacts gets the floor only."""
    calls = np.array([0.0, 40.0, 60.0, 40.0])
    stream = Stream("a", calls, exponential(300), exponential(90))
    goals = targets_of((4,), asa_seconds=10, max_abandonment=0.05, min_agents=[1, 1, 1, 1])
    found = adjusted(stream, [0, 1, 1, 1], goals, HALF_HOUR)
    assert found.agents[0] == 1
    assert (found.figures["asa_seconds_low"] <= 10).all()
    assert (found.figures["abandonment_low"] <= 0.05).all()
