"""The benchmark of the simulation: its peer, its reading of published reports, a year of calls of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest

from benchmarks.peers import simpy as peer
from benchmarks.simulation import data, run, speed
from benchmarks.simulation_calls import measure
from benchmarks.simulation_published import mmc, published
from wfm.simulation import Stream, Team, draw, exponential, replay

if TYPE_CHECKING:
    from pathlib import Path


def test_speed_is_measured() -> None:
    """Every way of simulating has its rate, and the peer its factor."""
    found = speed(replications=10, seed=1)
    assert found["numpy_contacts_per_second"] > 0
    assert ("numpy_times_peer" in found) == (peer.name() is not None)


def test_the_peer_answers_the_same_contacts() -> None:
    """The peer answers as many of the drawn contacts as we do."""
    if peer.name() is None:
        pytest.skip("simpy is not installed")
    stream, team = Stream("a", [100.0] * 4, exponential(180), exponential(60)), Team(("a",), (((0.0, 1e5),),) * 9)
    contacts = draw([stream], 1800, 5, 3)
    assert peer.measure(contacts, 9)[1] == replay(contacts, [stream], [team], 1800).tally.answered.sum()


def test_an_interval_is_read_from_a_report(tmp_path: Path) -> None:
    """The interval behind the words is found, a later one of the same form is not."""
    report = tmp_path / "x.res"
    report.write_text("one\n mean (student): (  1.5,  2.5E1 )\ntwo\n (  3.0, 4.0 )\n", encoding="utf-8")
    assert published(report, "one") == (1.5, 25.0)
    assert published(report, "one|two") == (3.0, 4.0)


def test_a_part_without_its_data_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A part whose data is absent is skipped with the reason."""
    monkeypatch.setenv("WFM_SHARED_DATA", str(tmp_path))
    assert run(part="calls")["calls"]["status"] == "skipped"


def test_one_queue_of_another_simulator(monkeypatch: pytest.MonkeyPatch) -> None:
    """The mean number answered within 20 s lies in the interval that another simulator published."""
    report = data() / "erlang" / "contactcenters" / "MMC.res"
    if not report.exists():
        pytest.skip("shared data not present")
    monkeypatch.setattr("benchmarks.simulation_published.REPLICATIONS", 300)
    figure = mmc(1)[0]
    low, high = published(report, figure.place)
    assert low - 10 < figure.part.mean() < high + 10


def test_a_year_of_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same calls with the same handle times have the published service level, to a quarter of a point."""
    folder = data() / "simulated_2021"
    if not folder.exists():
        pytest.skip("shared data not present")
    monkeypatch.setattr("benchmarks.simulation_calls.REPLICATIONS", 2)
    found = measure(folder, 1)
    assert found["calls"] == len(pd.read_csv(folder / "simulated_call_centre.csv"))
    assert found["same_handle_times"] == pytest.approx(found["published_within_60s"], abs=0.0025)
