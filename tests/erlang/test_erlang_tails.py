"""The special functions under every model, against sums of exact fractions and SciPy."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from scipy.special import erfcx, gammainc, gammaincc
from scipy.stats import norm

from wfm.erlang._normal import hazard, scaled_erfc, upper_tail
from wfm.erlang._special import poisson_probability
from wfm.erlang._tails import above, below, lower

RNG = np.random.default_rng(7)


@pytest.mark.parametrize(
    ("n", "a"), [(1, "1/2"), (5, "3"), (14, "10"), (60, "10"), (120, "121"), (200, "160"), (150, "260")]
)
def test_below_is_the_sum_of_lower_states(n: int, a: str) -> None:
    """For whole n the tail below is the sum of n!/(n-k)! a^-k."""
    load, term, total = Fraction(a), Fraction(1), Fraction(0)
    for k in range(n, 0, -1):
        term *= k / load
        total += term
    assert float(below(np.array([float(n)]), np.array([float(load)]))[0]) == pytest.approx(float(total), rel=3e-13)


@pytest.mark.parametrize(
    ("n", "a"), [("1/2", "1"), ("7", "3"), ("100", "99"), ("130", "150"), ("5/2", "40"), ("2000", "1999")]
)
def test_above_is_the_sum_of_higher_states(n: str, a: str) -> None:
    """The tail above is the series of a^j / ((n+1) … (n+j)), and the second value its mean j over a."""
    start, load, term = float(Fraction(n)), float(Fraction(a)), 1.0
    terms = [term]
    while len(terms) < 2000:
        term *= load / (start + len(terms))
        terms.append(term)
    total = sum(terms)
    weight, lost, kept = above(np.array([start]), np.array([load]))
    assert weight[0] == pytest.approx(total, rel=1e-12)
    assert lost[0] == pytest.approx(sum(j * t for j, t in enumerate(terms)) / load / total, rel=1e-11)
    assert lost[0] + kept[0] == pytest.approx(1, abs=1e-14)


def test_the_incomplete_gamma_function_is_scipys() -> None:
    """P(n, a) agrees with SciPy from n = 0.01 to 100,000, near and far from a = n."""
    n = np.exp(RNG.uniform(np.log(0.01), np.log(1e5), 4000))
    a = np.maximum(n + RNG.normal(0, 4, 4000) * np.sqrt(n), 1e-3)
    np.testing.assert_allclose(lower(n, a), gammainc(n, a), rtol=2e-10, atol=1e-13)
    np.testing.assert_allclose(1 - lower(n, a), gammaincc(n, a), atol=1e-12)


def test_the_far_tail_of_a_million() -> None:
    """At n = 989,572 the lower tail is right to the last digits (by a sum of 40 digits)."""
    n, a = np.array([989572.0116511976]), np.array([984998.6468149676])
    assert lower(n, a)[0] == pytest.approx(2.0706223234214802e-6, rel=1e-13)


def test_the_two_tails_make_up_the_whole() -> None:
    """Both tails together weigh 1 / D."""
    n, a = np.array([0.5, 20.0, 99.0, 101.0, 1e5]), np.array([0.7, 18.0, 104.0, 104.0, 1e5 + 200])
    np.testing.assert_allclose((below(n, a) + above(n, a)[0]) * poisson_probability(n, a), 1, rtol=1e-12)


def test_the_normal_tails_are_scipys() -> None:
    """The scaled complementary error function, the hazard rate and the upper tail agree with SciPy."""
    z = np.concatenate([[0.0], np.logspace(-6, 4, 300)])
    np.testing.assert_allclose(scaled_erfc(z), erfcx(z), rtol=3e-15)
    x = np.linspace(-30, 30, 301)
    np.testing.assert_allclose(hazard(x), np.exp(norm.logpdf(x) - norm.logsf(x)), rtol=1e-12)
    np.testing.assert_allclose(upper_tail(x), norm.sf(x), rtol=1e-12)
