"""What the simulation says: against formulas, in hopeless cases, and with intervals of confidence."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from wfm.domain.errors import SettingsError
from wfm.erlang import DEFINITIONS, erlang_a
from wfm.simulation import (
    Routing,
    Stream,
    Team,
    deterministic,
    draw,
    empirical,
    estimate,
    exponential,
    given,
    lognormal,
    never,
    replay,
    scores,
    simulate,
    uniform,
)

HALF_HOUR = 1800.0


def one(calls: list[float], agents: list[int], patience: Any = None, **more: Any) -> Any:
    """Return the scores of one queue with handle times of 180 s."""
    stream = Stream("a", calls, exponential(180), patience or never(), **more)
    return scores(simulate([stream], [Team.of_counts(["a"], agents, HALF_HOUR)], HALF_HOUR, replications=60, seed=2))


def test_erlang_a_is_inside() -> None:
    """A settled queue agrees with Erlang A in every definition of the service level, waits, abandonment, occupancy."""
    stream = Stream("a", [100.0] * 24, exponential(180), exponential(120))
    result = simulate([stream], [Team.of_counts(["a"], [12] * 24, HALF_HOUR)], HALF_HOUR, replications=400, seed=5)
    want = erlang_a(12, 10, 180, 120, 20)
    for name in DEFINITIONS:
        table = scores(result, [name], parts=[0] * 4 + [1] * 20)
        found = {figure: float(values[1]) for figure, values in table.to_dict("list").items()}
        assert found["service_level"] == pytest.approx(float(want.service_level(name)), abs=0.005)
    assert found["asa_seconds"] == pytest.approx(float(want.wait_seconds), rel=0.03)
    assert found["abandonment"] == pytest.approx(float(want.abandoned), abs=0.002)
    assert found["occupancy"] == pytest.approx(float(want.occupancy), abs=0.004)
    assert found["occupancy_low"] < found["occupancy"] < found["occupancy_high"]


def test_nothing_to_count() -> None:
    """Without contacts the service level is 1 and everything else 0; a closed end changes nothing."""
    table = one([0.0, 0.0], [2, 0])
    assert table["service_level"].tolist() == [1, 1]
    assert (
        not table.drop(columns=["service_level", "service_level_low", "service_level_high", "agents"]).to_numpy().any()
    )


def test_nobody_there() -> None:
    """Without agents everybody is lost, at the end of patience or of the last interval, and no figure is missing."""
    for patience in (None, exponential(60), deterministic(0)):
        table = one([30.0, 30.0], [0, 0], patience)
        assert table["service_level"].tolist() == [0, 0]
        assert table["abandonment"].tolist() == [1, 1]
        assert np.isfinite(table.to_numpy()).all()
    assert (table["asa_seconds"] == 0).all()


def test_no_patience_is_erlang_b() -> None:
    """People who never wait are answered at once or lost."""
    table = one([100.0] * 6, [8] * 6, deterministic(0))
    assert (table["asa_seconds"] == 0).all()
    assert table["service_level"].to_numpy() == pytest.approx(1 - table["abandonment"].to_numpy())


def test_more_load_than_agents() -> None:
    """Where the queue grows without end waits stay finite and occupancy at most 1."""
    table = one([100.0] * 4, [4] * 4)
    assert (table["occupancy"] <= 1).all()
    assert table["asa_seconds"].max() < 4 * HALF_HOUR
    assert np.isfinite(table.to_numpy()).all()


def test_who_waits_at_closing_time_is_sent_away() -> None:
    """Nobody waits over a night: contacts of the evening do not meet the agents of the morning."""
    calls, agents = [40.0, 0.0, 40.0], [1, 0, 8]
    stays = one(calls, agents)
    sent = one(calls, agents, closing_seconds=[HALF_HOUR, 2 * HALF_HOUR, 3 * HALF_HOUR])
    assert sent["asa_seconds"].iloc[0] < HALF_HOUR < stays["asa_seconds"].iloc[0]
    assert sent["service_level"].iloc[2] > stays["service_level"].iloc[2] + 0.3


def test_equal_seeds_equal_numbers() -> None:
    """A replication of a seed draws the same contacts however many there are, whatever the agents."""
    stream = Stream("a", [50.0, 80.0], lognormal(200, 1.1), exponential(100), load_cv=0.2)
    few, many = draw([stream], HALF_HOUR, 2, 7), draw([stream], HALF_HOUR, 5, 7)
    assert many.part(0, 2).arrival.tolist() == few.arrival.tolist()
    assert many.part(0, 2).handle.tolist() == few.handle.tolist()
    later = draw([stream], HALF_HOUR, 3, 7, start=2)
    assert many.part(2, 5).arrival.tolist() == later.arrival.tolist()


def test_volumes_follow_their_laws() -> None:
    """Contacts are Poisson per interval; a busy-day factor widens their spread as it says."""
    plain = draw([Stream("a", [100.0, 0.0, 50.0], exponential(1))], 600, 2000, 1)
    counts = np.diff(plain.first)
    assert counts.mean() == pytest.approx(150, abs=1)
    assert counts.var() == pytest.approx(150, rel=0.1)
    assert not ((plain.arrival >= 600) & (plain.arrival < 1200)).any()
    busy = np.diff(draw([Stream("a", [100.0], exponential(1), load_cv=0.3)], 600, 2000, 1).first)
    assert busy.std() == pytest.approx(np.hypot(10, 30), rel=0.1)


def test_known_contacts_are_replayed() -> None:
    """Three calls and one agent: the second waits for the first, the third gives up."""
    stream = Stream("a", [0.0], exponential(1), acceptable_wait_seconds=30)
    calls = given([0, 60, 70], 0, [100, 100, 100], [np.inf, np.inf, 20])
    counts = replay(calls, [stream], [Team(("a",), (((0.0, 600.0),),))], 600).tally
    assert counts.answered.item() == 2
    assert counts.wait_seconds.item() == 60
    assert counts.answered_wait_seconds.item() == 40
    assert counts.abandoned.item() == counts.abandoned_within.item() == 1
    assert counts.busy_seconds.item() == 200


def test_a_call_is_finished_after_the_shift() -> None:
    """An agent finishes the call at the end of his span, and is present as long as he is busy."""
    stream = Stream("a", [0.0, 0.0], exponential(1))
    result = replay(given([550], 0, [200]), [stream], [Team(("a",), (((0.0, 600.0),),))], 600)
    assert result.tally.busy_seconds.ravel().tolist() == [50, 150]
    assert result.present_seconds.ravel().tolist() == [600, 150]


def test_a_flexible_agent_counts_once() -> None:
    """Thirteen agents who can do everything are thirteen, not thirteen for each queue."""
    streams = [Stream("a", [100.0] * 8, exponential(180)), Stream("b", [60.0] * 8, exponential(180))]
    flexible = Team.of_counts(["a", "b"], [13] * 8, HALF_HOUR)
    table = scores(simulate(streams, [flexible], HALF_HOUR, replications=40), whole=True)
    assert (table["agents"] < 13.1).all()
    assert table["service_level"].to_numpy()[0] < 0.5


def test_slower_at_the_second_skill() -> None:
    """A pace of 2 doubles the time that contacts take."""
    streams = [Stream("a", [0.0], exponential(1)), Stream("b", [0.0], exponential(1))]
    team = Team(("a", "b"), (((0.0, 600.0),),), (1.0, 2.0))
    assert replay(given([0, 100], [0, 1], [50, 50]), streams, [team], 600).tally.busy_seconds.item() == 150


@pytest.mark.parametrize(
    "bad",
    [
        lambda: Stream("a", [-1.0], exponential(1)),
        lambda: Stream("a", [np.nan], exponential(1)),
        lambda: Stream("a", [1.0], exponential(1), handle_scale=[1.0, 2.0]),
        lambda: Stream("a", [1.0], exponential(1), redial_share=1.0),
        lambda: Stream("a", [1.0], exponential(1), load_cv=-1.0),
        lambda: Stream("a", [1.0], exponential(0)),
        lambda: Stream("a", [1.0], lognormal(10, -1)),
        lambda: Stream("a", [1.0], empirical([])),
        lambda: Stream("a", [1.0], empirical([-1.0])),
        lambda: Stream("a", [1.0], uniform(3, 2)),
        lambda: Stream("a", [1.0], deterministic(-1)),
    ],
)
def test_impossible_streams(bad: Any) -> None:
    """A number out of its range is a settings error in both languages."""
    with pytest.raises(SettingsError) as caught:
        draw([bad()], 600, 2, 1)
    assert caught.value.message.zh != caught.value.message.en


@pytest.mark.parametrize(
    ("team", "more"),
    [
        (lambda: Team(("b",), ()), {}),
        (lambda: Team(("a",), (((0.0, 0.0),),)), {}),
        (lambda: Team(("a",), (((0.0, 10.0), (5.0, 20.0)),)), {}),
        (lambda: Team(("a",), (((0.0, np.inf),),)), {}),
        (lambda: Team(("a",), (), (1.0, 2.0)), {}),
        (lambda: Team.of_counts(["a"], [1.5], 600), {}),
        (lambda: Team.of_counts(["a"], [1], 600, leaving="last_in"), {}),  # type: ignore[arg-type]
        (lambda: Team.of_counts(["a"], [1], 600), {"replications": 0}),
        (lambda: Team.of_counts(["a"], [1], 600), {"interval_seconds": 0.0}),
        (lambda: Team.of_counts(["a"], [1], 600), {"routing": "by_mood"}),
    ],
)
def test_impossible_agents(team: Any, more: dict[str, Any]) -> None:
    """An unknown queue, an impossible span, half an agent, no replication, no interval, no rule: a settings error."""

    def attempt() -> None:
        rule = {"routing": Routing(more["routing"])} if "routing" in more else {}
        simulate([Stream("a", [5.0], exponential(10))], [team()], **{"interval_seconds": 600.0, **more, **rule})

    with pytest.raises(SettingsError):
        attempt()


def test_one_replication_has_no_interval() -> None:
    """A single replication says nothing about its own chance."""
    with pytest.raises(SettingsError):
        estimate(np.array([1.0]), np.array([2.0]))
    with pytest.raises(SettingsError):
        draw([Stream("a", [1.0], exponential(1)), Stream("a", [1.0], exponential(1))], 600, 1, 1)
    with pytest.raises(SettingsError):
        draw([], 600, 1, 1)


def test_intervals_hold_what_they_promise() -> None:
    """Ninety-five of a hundred intervals hold the true ratio."""
    rng = np.random.default_rng(3)
    whole = rng.poisson(50, (20, 4000)).astype(float)
    found = estimate(rng.binomial(whole.astype(int), 0.8).astype(float), whole)
    assert ((found.low <= 0.8) & (found.high >= 0.8)).mean() == pytest.approx(0.95, abs=0.015)
