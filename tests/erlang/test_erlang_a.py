"""Erlang A: the chain it stands for, its ends, its definitions of a service level, and what cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import expm

from wfm.domain.errors import SettingsError
from wfm.erlang import (
    DEFINITIONS,
    asa_seconds,
    erlang_a,
    erlang_b,
    erlang_c,
    required_agents,
    service_level,
    service_level_of_counts,
)

if TYPE_CHECKING:
    from wfm.erlang.outcome import Outcome

FIGURES = ("waits", "answered", "abandoned", "answered_within", "abandoned_within", "abandoned_short", "occupancy")


def chain(n: int, load: float, aht: float, patience: float, wait: float, places: int = 400) -> dict[str, float]:
    """Return the figures from the states of the birth-death chain and the matrix exponential of one who waits."""
    arrivals, service, leaving = load / aht, 1 / aht, 1 / patience
    weights = [1.0]
    for j in range(1, n + places):
        weights.append(weights[-1] * arrivals / (min(j, n) * service + max(j - n, 0) * leaving))
    states = np.array(weights) / sum(weights)
    generator = np.zeros((places + 2, places + 2))
    for ahead in range(places):
        generator[ahead, ahead - 1 if ahead else places] = n * service + ahead * leaving
        generator[ahead, places + 1] = leaving
        generator[ahead, ahead] = -(n * service + (ahead + 1) * leaving)
    moved = expm(generator * wait)
    waiting = states[n : n + places]
    return {
        "waits": waiting.sum(),
        "abandoned": leaving * (waiting @ np.arange(places)) / arrivals,
        "answered_within": states[:n].sum() + waiting @ moved[:places, places],
        "abandoned_within": waiting @ moved[:places, places + 1],
    }


@pytest.mark.parametrize(
    ("n", "load", "aht", "patience", "wait"),
    [
        (12, 10.0, 180.0, 120.0, 20.0),
        (8, 10.0, 180.0, 60.0, 40.0),
        (1, 0.3, 300.0, 30.0, 5.0),
        (40, 44.0, 200, 500, 60),
    ],
)
def test_erlang_a_is_the_chain_of_its_states(n: int, load: float, aht: float, patience: float, wait: float) -> None:
    """Every share equals that of the Markov chain, from light load to overload."""
    found = erlang_a(n, load, aht, patience, wait)
    for name, value in chain(n, load, aht, patience, wait).items():
        assert float(getattr(found, name)) == pytest.approx(value, abs=1e-11), name
    assert float(found.wait_seconds) == pytest.approx(patience * float(found.abandoned), rel=1e-13)
    assert float(found.occupancy) == pytest.approx(load * (1 - float(found.abandoned)) / n, rel=1e-12)


def test_without_patience_it_is_erlang_b() -> None:
    """Who has no patience at all is lost when nobody is free."""
    loads = np.array([0.5, 9.0, 14.0, 300.0])
    found = erlang_a(14, loads, 180, 0)
    np.testing.assert_allclose(found.abandoned, erlang_b(14, loads), rtol=1e-13)
    np.testing.assert_allclose(found.service_level(), 1 - erlang_b(14, loads), rtol=1e-13)
    assert (found.wait_seconds == 0).all()


def test_with_endless_patience_it_is_erlang_c() -> None:
    """Nobody gives up: the formulas of Erlang C, defined beyond stability too."""
    for agents in (11, 14, 8):
        found = erlang_a(agents, 10, 180, np.inf, 20)
        assert float(found.waits) == pytest.approx(float(erlang_c(agents, 10)), rel=1e-13)
        assert float(found.service_level()) == pytest.approx(float(service_level(agents, 10, 180, 20)), abs=1e-14)
        assert float(found.wait_seconds) == pytest.approx(float(asa_seconds(agents, 10, 180)), rel=1e-12)
        assert float(found.abandoned) == 0
    assert float(erlang_a(14, 10, 180, 1e9).wait_seconds) == pytest.approx(7.835934168037894, rel=1e-12)


def test_the_limits_of_the_inputs_are_defined() -> None:
    """No agents, no load, no handle time and no wait give numbers, never NaN."""
    nobody = erlang_a(0, 10, 180, 120, 20)
    assert float(nobody.abandoned) == 1
    assert float(nobody.wait_seconds) == 120
    assert float(nobody.occupancy) == 0
    assert float(nobody.abandoned_within) == pytest.approx(1 - np.exp(-20 / 120))
    assert float(nobody.service_level("answered")) == 0
    for found in (erlang_a(5, 0, 180, 120), erlang_a(0, 0, 180, 120), erlang_a(5, 3, 0, 120)):
        assert [float(found.service_level(name)) for name in DEFINITIONS] == [1] * 5
        assert float(found.wait_seconds) == float(found.abandoned) == float(found.occupancy) == 0
    at_once = erlang_a(12, 10, 180, 120, 0)
    assert float(at_once.answered_within) == pytest.approx(1 - float(at_once.waits))
    assert float(at_once.abandoned_within) == pytest.approx(0, abs=1e-15)


def test_the_five_definitions_order_as_they_must() -> None:
    """Short abandons counted for us help, counting only the answered helps more than leaving abandons out in part."""
    found = erlang_a(300, 2000 * 300 / 1800, 300, 120, 20)
    level = {name: float(found.service_level(name)) for name in DEFINITIONS}
    assert level["offered"] < level["excluding_short_abandons"] < level["answered"]
    assert level["offered"] < level["offered_and_short_abandons"]
    cut = erlang_a(300, 2000 * 300 / 1800, 300, 120, 20, short_seconds=5)
    assert level["offered"] < float(cut.service_level("excluding_short_abandons")) < level["excluding_short_abandons"]


def test_the_definition_moves_the_head_count() -> None:
    """333 erlangs, patience 120 s, 80/20: 310, 302, 304, 303 and 306 agents."""
    found = [
        int(required_agents(2000, 300, 1800, service_level=0.8, patience_seconds=120, definition=name).agents)
        for name in DEFINITIONS
    ]
    assert found == [310, 302, 304, 303, 306]


def test_counts_are_divided_as_the_definition_says() -> None:
    """1,000 answered, 860 of them in time, 60 given up, 20 of them early: 81.1, 83.0, 82.7 and 86.0 %."""
    found = [service_level_of_counts(1000, 60, 860, 20, name) for name in DEFINITIONS[:4]]
    assert found == pytest.approx([860 / 1060, 880 / 1060, 860 / 1040, 0.86])
    assert service_level_of_counts(0, 0, 0, 0) == 1
    with pytest.raises(SettingsError, match="definition"):
        service_level_of_counts(1, 0, 1, 0, "virtual")


@pytest.mark.parametrize(
    "bad", [{"agents": -1}, {"load": float("nan")}, {"patience_seconds": -2}, {"patience_seconds": float("nan")}]
)
def test_what_is_no_number_is_refused(bad: dict[str, float]) -> None:
    """Negative and missing numbers are refused by name; infinite patience is not."""
    numbers = {"agents": 3.0, "load": 2.0, "aht_seconds": 100.0, "patience_seconds": 60.0} | bad
    with pytest.raises(SettingsError, match=next(iter(bad))):
        erlang_a(**numbers)


def test_an_unknown_definition_is_refused() -> None:
    """A misspelt definition is refused with the known ones, before anything is computed."""
    with pytest.raises(SettingsError, match="virtual"):
        erlang_a(3, 2, 100, 60).service_level("ofered")  # type: ignore[arg-type]
    with pytest.raises(SettingsError, match="virtual"):
        required_agents(3, 2, 100, service_level=0.8, definition="ofered")  # type: ignore[arg-type]


@given(
    st.floats(min_value=0, max_value=3000),
    st.floats(min_value=0, max_value=3000),
    st.floats(min_value=0, max_value=1e9),
    st.floats(min_value=0, max_value=1e4),
)
def test_shares_stay_shares(agents: float, load: float, patience: float, wait: float) -> None:
    """Every share is a number from 0 to 1, every definition too, and no wait is negative, whatever comes in."""
    found: Outcome = erlang_a(agents, load, 200, patience, wait)
    for value in [getattr(found, name) for name in FIGURES] + [found.service_level(name) for name in DEFINITIONS]:
        assert 0 <= float(value) <= 1
    assert float(found.wait_seconds) >= 0
    assert float(found.answered + found.abandoned) == pytest.approx(1, abs=1e-12)


@given(
    st.floats(min_value=0.1, max_value=1000),
    st.integers(min_value=1, max_value=1200),
    st.floats(min_value=1, max_value=5000),
    st.sampled_from(DEFINITIONS),
)
def test_one_agent_more_never_hurts(load: float, agents: int, patience: float, name: str) -> None:
    """More agents raise every service level and lower abandonment and mean wait."""
    few, more = (erlang_a(agents + extra, load, 200, patience, 20) for extra in (0, 1))
    assert float(more.service_level(name)) >= float(few.service_level(name)) - 1e-13  # type: ignore[arg-type]
    assert float(more.abandoned) <= float(few.abandoned) + 1e-13
    assert float(more.wait_seconds) <= float(few.wait_seconds) * (1 + 1e-12)
