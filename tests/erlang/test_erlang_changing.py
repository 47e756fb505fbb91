"""Rates that change over the day."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from wfm.erlang import course, erlang_a, lagged_offered, modified_load, sinusoidal_load

RATES = np.array([20.0, 40, 70, 100, 110, 90, 60, 30])


def test_the_modified_load_solves_its_equation() -> None:
    """The mean load per interval is that of m' = rate - m / h, by numerical integration."""
    h, width = 900.0, 1800.0

    def slope(t: float, m: np.ndarray) -> np.ndarray:
        return np.array([RATES[min(int(t / width), 7)] / width - m[0] / h, m[0]])

    state, means = np.array([RATES[0] / width * h, 0.0]), []
    for k in range(8):
        span = (k * width, (k + 1) * width - 1e-9)
        state = solve_ivp(slope, span, [state[0], 0.0], rtol=1e-10, atol=1e-10).y[:, -1]
        means.append(state[1] / width)
    np.testing.assert_allclose(modified_load(RATES, h, width), means, rtol=1e-6)


def test_the_modified_load_of_short_contacts_is_the_load() -> None:
    """Contacts far shorter than the interval follow the rate at once; steady rates need no following."""
    np.testing.assert_allclose(modified_load(RATES, 1, 1800), RATES / 1800, rtol=2e-3)
    np.testing.assert_allclose(modified_load(np.full(5, 60.0), 3600, 1800), 120, rtol=1e-12)
    assert modified_load([], 10, 1800).size == 0


def test_a_sinusoid_is_what_small_intervals_give() -> None:
    """The closed form of a sinusoidal rate agrees with the modified load of one-minute intervals."""
    period, h = 14_400.0, 1800.0
    at = np.arange(0, 4 * period, 60.0)
    rates = (30 + 15 * np.sin(2 * np.pi * (at + 30) / period)) / 60
    load = modified_load(rates, h, 60)
    exact = sinusoidal_load(30 / 3600, 15 / 3600, period, h, float(at[-1]) + 30).load
    assert load[-1] == pytest.approx(exact, rel=1e-3)


def test_lagged_contacts_are_those_of_one_handle_time_before() -> None:
    """A lag of one interval shifts the row by one; the day's sum is kept but for its ends."""
    assert lagged_offered(RATES, 1800, 1800).tolist() == [20.0, *RATES[:-1]]
    assert lagged_offered(RATES, 0, 1800).tolist() == RATES.tolist()
    assert lagged_offered(RATES, 900, 1800)[1] == pytest.approx(30)


def test_a_long_steady_day_settles_at_erlang_a() -> None:
    """With the same rate for hours the course ends in the steady state of Erlang A."""
    found = course([100.0] * 6, [11] * 6, 180, 120, 3600)
    steady = erlang_a(11, 5, 180, 120)
    assert found.all_busy[-1] == pytest.approx(float(steady.waits), rel=1e-6)
    assert found.abandoned[-1] == pytest.approx(100 * float(steady.abandoned), rel=1e-6)


def test_an_empty_day_stays_empty() -> None:
    """Without contacts and agents nothing happens; with contacts alone they wait and give up."""
    assert course([0], [0], 180, 120, 1800).in_system_at_end.tolist() == [0]
    assert course([60], [0], 180, 60, 3600, 0).abandoned[0] == pytest.approx(59, abs=0.01)
    assert course([0], [1], 600, np.inf, 600, in_system=1).in_system_at_end[0] == pytest.approx(np.exp(-1))
