"""The two tails of the Poisson distribution over its probability at a real number: what every waiting line is made of.

With D = exp(-a) a^n / Gamma(n+1) and the regularised incomplete gamma functions P and Q (Abramowitz & Stegun 6.5),
`below` is Q(n, a) / D, the weight of the states under n, and `above` is P(n, a) / D, the weight of n and the states
over it, each counted in units of state n; their sum is 1 / D. All terms are positive, so no digits are lost, and the
work does not grow with n.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from wfm.erlang._normal import scaled_erfc
from wfm.erlang._special import FloatArray, deviance, poisson_probability, stirling_error

_NEAR = 5.0
"""Standard deviations within which the expansion about the normal distribution is used."""
_LARGE = 100.0
_EXPANSION = 22
_TERMS, _MANY = 64, 160

BoolArray = npt.NDArray[np.bool_]


def below(n: FloatArray, a: FloatArray) -> FloatArray:
    """Return Q(n, a) / D(n, a) for equal-length `n` >= 0 and `a` > 0; infinite beyond the range of a float."""
    near, light, heavy = _zones(n, a)
    result = np.empty(a.shape)
    result[heavy] = _upper_fraction(n[heavy], a[heavy])
    result[light] = _rest(n[light], a[light], ratio_above(n[light], lower_fraction(n[light], a[light]), a[light]))
    side = _near_side(n[near], a[near])
    result[near] = np.where(a[near] >= n[near], side, _rest(n[near], a[near], side))
    return np.where(n > 0, result, 0.0)


def reciprocal_b(n: FloatArray, a: FloatArray) -> FloatArray:
    """Return 1 / B(n, a), with B the loss formula of Erlang, for `n` >= 0 and `a` > 0."""
    return 1 + below(n, a)


def above(n: FloatArray, a: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return P(n, a) / D(n, a), and two shares that make 1, each without loss of digits.

    The first share is E[j] / a over the states n + j with their weights: what gives up when n + 1, n + 2, … are the
    rates at which a line with patience shrinks; the second is what is answered. `n` >= 0, `a` >= 0.
    """
    near, light, heavy = _zones(n, a)
    weight, lost, kept = np.empty(a.shape), np.empty(a.shape), np.empty(a.shape)
    fraction = lower_fraction(n[light], a[light])
    weight[light] = ratio_above(n[light], fraction, a[light])
    lost[light] = (1 + fraction) / (n[light] + 1 + fraction)
    kept[light] = n[light] / (n[light] + 1 + fraction)
    weight[heavy] = _rest(n[heavy], a[heavy], _upper_fraction(n[heavy], a[heavy]))
    side = _near_side(n[near], a[near])
    weight[near] = np.where(a[near] < n[near], side, _rest(n[near], a[near], side))
    rest = ~light
    inverse = n[rest] / a[rest]
    lost[rest] = inverse / weight[rest] + (1 - inverse)
    kept[rest] = inverse * (1 - 1 / weight[rest])
    return weight, lost, kept


def lower(n: FloatArray, a: FloatArray) -> FloatArray:
    """Return the regularised lower incomplete gamma function P(n, a) for `n` >= 0 and `a` >= 0."""
    near, light, heavy = _zones(n, a)
    result = np.empty(a.shape)
    mass = poisson_probability(n, a)
    result[light] = mass[light] * ratio_above(n[light], lower_fraction(n[light], a[light]), a[light])
    result[heavy] = 1 - mass[heavy] * _upper_fraction(n[heavy], a[heavy])
    side = mass[near] * _near_side(n[near], a[near])
    result[near] = np.where(a[near] < n[near], side, 1 - side)
    return result


def _zones(n: FloatArray, a: FloatArray) -> tuple[BoolArray, BoolArray, BoolArray]:
    near = (n >= _LARGE) & (np.abs(a - n) < _NEAR * np.sqrt(n))
    return near, ~near & (a <= n + 1), ~near & (a > n + 1)


def _rest(n: FloatArray, a: FloatArray, side: FloatArray) -> FloatArray:
    """Return 1 / D less one side."""
    with np.errstate(divide="ignore", over="ignore"):
        return np.maximum(1 / poisson_probability(n, a) - side, 0.0)


def lower_fraction(n: FloatArray, a: FloatArray) -> FloatArray:
    """Return F = a / (n+2 - (n+1)a/(n+3 + 2a/(n+4 - (n+2)a/(n+5 + …)))), evaluated from the far end.

    Source: the continued fraction of P(n, a), NIST Handbook of Mathematical Functions 8.9.1.
    """
    rest, base = np.zeros_like(a), n + 2
    for i in range(_terms(n), 0, -1):
        rest += base
        rest += i
        np.divide(-(n + (i + 1) // 2) * a if i % 2 else (i // 2 + 1) * a, rest, out=rest)
    return a / (n + 2 + rest)


def _terms(n: FloatArray) -> int:
    """Return how many terms of a continued fraction count: few for small n, but many next to 0."""
    if not n.size:
        return 0
    return _MANY if n.min() < 1 else min(_TERMS, int(24 + 5 * np.sqrt(n.max())))


def ratio_above(n: FloatArray, fraction: FloatArray, a: FloatArray) -> FloatArray:
    """Return P / D from the continued fraction of `lower_fraction`."""
    return (n + 1 + fraction) / (n + 1 - a + fraction)


def _upper_fraction(n: FloatArray, a: FloatArray) -> FloatArray:
    """Return Q / D = n / (a-n+1 + (n-1)/(a-n+3 + 2(n-2)/(a-n+5 + …))); a > n + 1.

    Source: NIST Handbook of Mathematical Functions 8.9.2 in its even part.
    """
    rest = np.zeros_like(a)
    for j in range(_terms(n), 0, -1):
        rest = j * (n - j) / (a - n + 2 * j + 1 + rest)
    return n / (a - n + 1 + rest)


def _near_side(n: FloatArray, a: FloatArray) -> FloatArray:
    """Return the smaller of Q / D and P / D: the first from a >= n on, the second before.

    Source: N. M. Temme (1979), The Asymptotic Expansion of the Incomplete Gamma Functions; summed as in A. Gil,
    J. Segura and N. M. Temme (2012), SIAM J. Sci. Comput. 34, section 2.4.
    """
    if not a.size:
        return a
    exponent = deviance(n, a)
    eta = np.sign(a - n) * np.sqrt(2 * exponent / n)
    normal = np.sqrt(np.pi * n / 2) * scaled_erfc(np.sqrt(exponent))
    return np.exp(stirling_error(n)) * (normal + np.where(a >= n, 1, -1) * _skew(eta, n))


def _skew(eta: FloatArray, n: FloatArray) -> FloatArray:
    series = _skew_series()
    later = np.full_like(n, series[_EXPANSION])
    term = np.full_like(n, series[_EXPANSION - 1])
    total = eta * later + term
    for m in range(_EXPANSION - 2, -1, -1):
        later, term = term, series[m] + (m + 2) * later / n
        total = eta * total + term
    return total / (1 + later / n)


@cache
def _skew_series() -> tuple[float, ...]:
    """Return the power series of 1 / (q - 1) - 1 / eta in eta, where eta^2 / 2 = q - 1 - log q."""
    rise = [1.0]
    for k in range(2, _EXPANSION + 4):
        mixed = sum((k + 1 - i) * rise[i - 1] * rise[k - i] for i in range(2, k))
        rise.append((rise[k - 2] - mixed) / (k + 1))
    series = [1.0]
    for k in range(1, _EXPANSION + 2):
        series.append(-sum(rise[j] * series[k - j] for j in range(1, k + 1)))
    return tuple(series[1:])
