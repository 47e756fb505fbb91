"""How far contacts fall from their forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.stats import nbinom

from wfm.forecast.accuracy import TAUS, coverage, pinball
from wfm.forecast.base import Tried
from wfm.forecast.day_spread import day_totals_table
from wfm.forecast.spread import ASSUMED, counts_bounds, counts_quantile, rates_quantile, spread_of

if TYPE_CHECKING:
    from wfm.forecast.history import FloatArray

RNG = np.random.default_rng(7)


def made(phi: float, size: int = 20000, top: float = 200.0) -> tuple[FloatArray, FloatArray]:
    """Return negative binomial contacts and their expectations."""
    mean = RNG.uniform(1, top, size)
    return RNG.poisson(mean * RNG.gamma(1 / phi, phi, size)).astype(float), mean


@pytest.mark.parametrize("phi", [0.005, 0.04, 0.2])
def test_the_dispersion_is_found_again(phi: float) -> None:
    """Each band's dispersion is the one the contacts were made with, near and far."""
    y, f = made(phi)
    spread = spread_of(y, f, RNG.random(len(y)) < 0.5)
    assert spread.phi[:, 1:] == pytest.approx(np.full((2, 3), phi), rel=0.25)


def test_nine_in_ten_fall_in_the_interval() -> None:
    """The interval of 90 % holds 88 to 94 % of new contacts made the same way: counts are whole, so a little more."""
    near = np.ones(20000, dtype=bool)
    spread = spread_of(*made(0.03), near)
    y, f = made(0.03)
    held = coverage(y, *counts_bounds(f, spread.of(f, near)))
    assert 0.88 < held < 0.94


@pytest.mark.parametrize("mean", [0.7, 1.0, 2.0, 3.5, 8.0])
def test_bounds_of_a_handful_are_the_narrowest_above_the_lower(mean: float) -> None:
    """At least nine in ten fall between the bounds, and fewer if the upper one were one lower."""
    phi = np.array([0.05])
    low, high = (float(bound[0]) for bound in counts_bounds(np.array([mean]), phi))
    law = nbinom(1 / phi[0], 1 / (1 + phi[0] * mean))
    assert law.cdf(high) - law.cdf(low - 1) >= 0.9
    assert law.cdf(high - 1) - law.cdf(low - 1) < 0.9


def test_poisson_contacts_have_no_dispersion() -> None:
    """Contacts with no more than Poisson noise have next to none."""
    mean = RNG.uniform(50, 200, 20000)
    spread = spread_of(RNG.poisson(mean).astype(float), mean, np.ones(20000, dtype=bool))
    assert spread.phi.max() < 0.003


def test_quantiles_of_nothing_are_nothing() -> None:
    """Where nobody can call every quantile is 0, of counts and of rates."""
    nothing, phi = np.zeros(3), np.full(3, 0.1)
    assert (counts_quantile(nothing, phi, 0.99) == 0).all()
    assert (rates_quantile(nothing, phi, 0.99) == 0).all()
    assert ASSUMED.of(nothing, np.ones(3, dtype=bool)).tolist() == [0.04] * 3


@pytest.mark.parametrize("tau", [0.05, 0.5, 0.95])
def test_counts_quantiles_are_those_of_the_textbook(tau: float) -> None:
    """Quantiles of counts are scipy's, of next to no contacts and of ten thousand, near Poisson and far from it."""
    rng = np.random.default_rng(3)
    mean, phi = np.exp(rng.uniform(np.log(1e-8), np.log(1e4), 5000)), np.exp(rng.uniform(np.log(1e-4), 1.5, 5000))
    assert (counts_quantile(mean, phi, tau) == nbinom.ppf(tau, 1 / phi, 1 / (1 + phi * mean))).all()


def test_rates_are_less_spread_than_counts() -> None:
    """A rate lacks the chance of single contacts, so its upper quantile is lower; its mean is the forecast."""
    f, phi = np.array([5.0, 50.0]), np.array([0.05, 0.05])
    assert (rates_quantile(f, phi, 0.9) < counts_quantile(f, phi, 0.9)).all()
    mean = np.mean([rates_quantile(f, phi, tau) for tau in np.linspace(0.0005, 0.9995, 1000)], axis=0)
    assert mean == pytest.approx(f, rel=0.01)


def test_pinball_by_hand() -> None:
    """One contact above quantiles of 9 costs the mean of the quantiles' levels, as a share of 10 contacts."""
    assert pinball(np.array([10.0]), np.full((7, 1), 9.0)) == pytest.approx(np.mean(TAUS) / 10)


def test_totals_are_wider_than_sums_of_chance() -> None:
    """Where whole days run off together the day's bounds are wider than independent intervals would give."""
    from forecast_house import grid_of, settings

    known = settings()
    grid = grid_of(known, known.period.first, known.period.last)
    expected = np.full((28, 48), 10.0)
    tried = tuple(Tried(RNG.poisson(expected * RNG.normal(1, 0.15, (28, 1))).astype(float), expected) for _ in range(5))
    table = day_totals_table("sales", np.full(grid.size, 10.0), tried, grid)
    days = table[table["unit"] == "day"]
    assert (days["offered"] == 480).all()
    width = (days["high"] - days["low"]).mean()
    assert 0.7 * 3.29 * 480 * 0.15 < width < 1.4 * 3.29 * 480 * 0.15
    weeks = table[table["unit"] == "week"]
    assert weeks["offered"].sum() == pytest.approx(480 * 31)
    assert (weeks["low"] < weeks["offered"]).all()
