"""Erlang B and C against reference values of 25 digits, where that folder is at hand."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from wfm.erlang import asa_seconds, erlang_b, erlang_c, occupancy, required_agents, service_level


def shared_data() -> Path:
    """Return the folder of measured data: `WFM_SHARED_DATA`, or the one beside the checkout."""
    return Path(os.environ.get("WFM_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))


def cases(*models: str) -> list[dict[str, Any]]:
    """Return the reference cases of some models."""
    path = shared_data() / "erlang" / "reference.json"
    if not path.exists():
        pytest.skip("shared data not present")
    found = json.loads(path.read_text(encoding="utf-8"))["cases"]
    return [case for case in found if case["model"] in models]


def test_erlang_b() -> None:
    """Erlang B is within 1e-12 of every reference value, real numbers of agents included."""
    for case in cases("erlang_b", "erlang_b_continuous"):
        given, exact = case["inputs"], float(case["outputs"]["blocking"])
        assert float(erlang_b(float(given["servers"]), float(given["load_erlangs"]))) == pytest.approx(exact, abs=1e-12)


def test_erlang_c() -> None:
    """Probabilities are within 1e-12 (published ones within their digits), waits within 1e-10 of their size."""
    for case in cases("erlang_c"):
        given, exact = case["inputs"], case["outputs"]
        seconds, agents = float(given["aht_s"]), given["agents"]
        load = float(given["calls"]) * seconds / given["interval_s"]
        published = case["tags"] == "published"
        found = {
            "p_wait": float(erlang_c(agents, load)),
            "service_level": float(service_level(agents, load, seconds, float(given["awt_s"]))),
            "occupancy": float(occupancy(agents, load)),
        }
        for name, value in found.items():
            if exact.get(name) is not None:
                digits = 0.5 * 10 ** -len(exact[name].partition(".")[2]) * 1.001
                assert value == pytest.approx(float(exact[name]), abs=digits if published else 1e-12), case
        asa = float(asa_seconds(agents, load, seconds))
        assert asa == pytest.approx(float(exact["asa_s"]), rel=2e-3 if published else 1e-10), case


def test_mean_waits_of_koole() -> None:
    """The mean waits of Koole's book examples are exact."""
    for case in cases("erlang_c_asa"):
        given = case["inputs"]
        seconds = given["aht_min"] * 60
        load = float(given["calls_per_minute"]) / 60 * seconds
        exact = float(case["outputs"]["asa_s_exact"])
        assert float(asa_seconds(given["agents"], load, seconds)) == pytest.approx(exact, rel=1e-10)


def test_required_agents() -> None:
    """The number of agents is exactly the reference's, from no calls to a million erlangs."""
    for case in cases("erlang_c_required"):
        given = case["inputs"]
        found = required_agents(
            float(given["calls"]),
            given["aht_s"],
            given["interval_s"],
            service_level=float(given["target_sl"]),
            acceptable_wait_seconds=given["awt_s"],
            max_occupancy=float(given["max_occupancy"]),
        )
        assert int(found.agents) == case["outputs"]["agents"], case


def test_agents_for_a_share_that_waits() -> None:
    """A service level within 0 seconds is a limit on the share that waits: Tijms' table."""
    for case in cases("erlang_c_required_delay"):
        load, most = case["inputs"]["load_erlangs"], float(case["inputs"]["max_p_wait"])
        found = required_agents(load, 1.0, 1.0, service_level=1 - most, acceptable_wait_seconds=0)
        assert int(found.agents) == case["outputs"]["agents"], case
