"""Measures of forecast error."""

from __future__ import annotations

import math

import numpy as np
import pytest

from wfm.forecast.accuracy import bias, poisson_floor, wape


def test_wape_and_bias_by_hand() -> None:
    """10 of 40 contacts are misplaced, and the forecast is 5 % too high."""
    actual, forecast = np.array([10.0, 30.0, np.nan]), np.array([16.0, 26.0, 99.0])
    assert wape(actual, forecast) == pytest.approx(0.25)
    assert bias(actual, forecast) == pytest.approx(0.05)


def test_errors_of_nothing_are_unknown() -> None:
    """Where nothing was offered there is no relative error."""
    assert math.isnan(wape(np.zeros(3), np.ones(3)))
    assert math.isnan(bias(np.array([np.nan]), np.ones(1)))
    assert math.isnan(poisson_floor(np.zeros(3)))


@pytest.mark.parametrize("rate", [0.2, 1.0, 3.7, 25.0])
def test_the_floor_is_the_mean_deviation_of_a_poisson_variable(rate: float) -> None:
    """The closed form equals the sum over the distribution."""
    total = sum(abs(k - rate) * math.exp(-rate + k * math.log(rate) - math.lgamma(k + 1)) for k in range(200))
    assert poisson_floor(np.array([rate, np.nan])) == pytest.approx(total / rate)
