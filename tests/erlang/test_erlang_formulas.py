"""Erlang B and C against fixed values, exact fractions and the defining integral."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from wfm.domain.errors import SettingsError
from wfm.erlang import asa_seconds, erlang_b, erlang_c, occupancy, service_level

LOADS = st.floats(min_value=0, max_value=2000)
AGENTS = st.floats(min_value=0, max_value=2000)


def exact_b(agents: int, load: Fraction) -> Fraction:
    """Return Erlang B by the sum it is defined by, with exact fractions."""
    term = total = Fraction(1)
    for k in range(1, agents + 1):
        term *= load / k
        total += term
    return term / total


@pytest.mark.parametrize(("agents", "load"), [(1, "1"), (5, "3"), (14, "10"), (60, "10"), (40, "100/3"), (90, "120")])
def test_erlang_b_equals_the_exact_fraction(agents: int, load: str) -> None:
    """Erlang B of whole agents is right to the last digits."""
    exact = float(exact_b(agents, Fraction(load)))
    assert float(erlang_b(agents, float(Fraction(load)))) == pytest.approx(exact, rel=2e-13)


@pytest.mark.parametrize(("agents", "load"), [(11, "10"), (14, "10"), (60, "10"), (40, "100/3"), (101, "100")])
def test_erlang_c_equals_the_exact_fraction(agents: int, load: str) -> None:
    """Erlang C of whole agents is right to the last digits."""
    a = Fraction(load)
    lost = exact_b(agents, a)
    exact = float(lost / (1 - a / agents * (1 - lost)))
    assert float(erlang_c(agents, float(a))) == pytest.approx(exact, rel=2e-13)


@pytest.mark.parametrize(
    ("agents", "load"), [(0.5, 0.3), (0.01, 5.0), (14.5, 10.0), (9.25, 10.5), (2.5, 40.0), (300.75, 280.0)]
)
def test_erlang_b_of_real_agents_equals_its_integral(agents: float, load: float) -> None:
    """For real numbers of agents 1/B is the integral of exp(-t) (1 + t/load)^agents."""
    top = max(agents - load, 0.0)
    scale = -top + agents * np.log1p(top / load)
    value, _ = quad(
        lambda t: np.exp(-t + agents * np.log1p(t / load) - scale), 0, np.inf, epsabs=0, epsrel=1e-11, limit=500
    )
    assert float(1 / erlang_b(agents, load)) == pytest.approx(value * np.exp(scale), rel=1e-8)


def test_one_agent_waits_with_the_probability_of_being_busy() -> None:
    """With one agent the share that waits is the load (M/M/1)."""
    loads = np.linspace(0.001, 0.999, 50)
    np.testing.assert_allclose(erlang_c(1, loads), loads, rtol=1e-12)


def test_a_million_agents() -> None:
    """Neither size nor occupancy near one costs digits (value computed with 50 digits)."""
    assert float(service_level(1_000_024, 1e6, 300, 20)) == pytest.approx(0.804108714748973326665274, abs=1e-12)


def test_the_handbook_case() -> None:
    """100 contacts of 180 s in half an hour with 14 agents: 88.8 % within 20 s, mean wait 7.8 s."""
    assert float(service_level(14, 10, 180, 20)) == pytest.approx(0.8883500191794668842, abs=1e-14)
    assert float(asa_seconds(14, 10, 180)) == pytest.approx(7.835937011777242919, rel=1e-13)
    assert float(occupancy(14, 10)) == pytest.approx(10 / 14)


def test_without_load_nobody_waits() -> None:
    """No load: no wait, service level 1, occupancy 0, with or without agents; without agents everything is lost."""
    for agents in (0, 3):
        assert float(erlang_c(agents, 0)) == 0
        assert float(service_level(agents, 0, 180, 20)) == 1
        assert float(asa_seconds(agents, 0, 180)) == 0
        assert float(occupancy(agents, 0)) == 0
    assert erlang_b([0, 3], 0).tolist() == [1, 0]


def test_an_overloaded_queue_is_defined() -> None:
    """Where the load reaches the agents everybody waits, for ever."""
    for agents in (0, 8, 10):
        assert float(erlang_c(agents, 10)) == 1
        assert float(service_level(agents, 10, 180, 20)) == 0
        assert float(asa_seconds(agents, 10, 180)) == np.inf
        assert float(occupancy(agents, 10)) == 1


def test_contacts_that_take_no_time() -> None:
    """A handle time of zero gives defined values."""
    assert float(service_level(2, 1, 0, 20)) == 1
    assert float(service_level(2, 1, 0, 0)) == pytest.approx(1 - float(erlang_c(2, 1)))
    assert float(asa_seconds(2, 1, 0)) == 0


def test_beyond_the_range_of_a_float() -> None:
    """Probabilities too small for a float are 0, never an error."""
    assert float(erlang_b(500, 5)) == 0
    assert float(erlang_c(500, 5)) == 0
    assert float(erlang_b(3, 1e300)) == pytest.approx(1)
    assert float(erlang_c(1, 1e-300)) == pytest.approx(1e-300, rel=1e-10)


def test_arguments_broadcast() -> None:
    """Agents and loads of different shapes give the shape of both."""
    assert erlang_c(np.arange(1, 6)[:, None], np.array([0.5, 1.5])).shape == (5, 2)


@pytest.mark.parametrize("bad", [-1.0, float("nan"), float("inf")])
def test_what_is_no_quantity_is_refused(bad: float) -> None:
    """Negative, infinite and missing numbers are refused by name."""
    with pytest.raises(SettingsError, match="load"):
        erlang_c(3, bad)


@given(AGENTS, LOADS)
def test_probabilities_stay_probabilities(agents: float, load: float) -> None:
    """Every value is a number between 0 and 1, whatever the load."""
    for value in (erlang_b(agents, load), erlang_c(agents, load), service_level(agents, load, 200, 20)):
        assert 0 <= float(value) <= 1


@given(st.floats(min_value=0.1, max_value=500), st.floats(min_value=0.01, max_value=50))
def test_one_agent_more_never_hurts(load: float, spare: float) -> None:
    """More agents answer sooner."""
    few, more = load + spare, load + spare + 1
    assert float(service_level(more, load, 200, 20)) >= float(service_level(few, load, 200, 20))
    assert float(asa_seconds(more, load, 200)) <= float(asa_seconds(few, load, 200))
