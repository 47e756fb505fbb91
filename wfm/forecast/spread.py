"""How far contacts fall from their forecast: negative binomial, by volume and by days ahead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import scipy

if TYPE_CHECKING:
    from wfm.forecast.history import BoolArray, FloatArray

NEAR_DAYS = 7
"""Up to this many days ahead, and beyond it, forecasts differ in what they can know."""
BAND_EDGES = (0.30, 0.60, 0.85)
"""Volume bands: shares of the cells below each edge."""
LEAST = 1e-4
"""Least dispersion; at it the distribution is Poisson."""
CAPPED_AT = 0.999
"""Squared errors count at most as this quantile of their band."""
LOW, HELD = 0.05, 0.9
"""At most this part of the chance lies below the bounds of a forecast, and at least so much between them."""
NOTHING = 1e-9
"""Below this expectation an interval is certain to be empty."""
SMALLEST_BAND = 30
"""Cells a band needs for a dispersion of its own."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Dispersion phi by days ahead and volume: contacts with expectation f have variance f + phi f ** 2.

    Attributes
    ----------
    edges
        Expectations at which a new band begins; shape (bands - 1,).
    phi
        Shape (2, bands): up to a week ahead, and beyond.
    """

    edges: FloatArray
    phi: FloatArray

    def of(self, expected: FloatArray, near: BoolArray) -> FloatArray:
        """Return the dispersion of each expectation; arrays of one shape."""
        band = np.searchsorted(self.edges, expected, side="right")
        chosen: FloatArray = np.where(near, self.phi[0][band], self.phi[1][band])
        return chosen


def counts_bounds(expected: FloatArray, phi: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the whole numbers between which contacts fall nine times in ten, both included.

    The upper one is the least that holds nine in ten with the lower. Two tails of one in twenty would hold 97 in 100
    where a handful is expected, since nothing lies below 0.

    Examples
    --------
    >>> low, high = counts_bounds(np.array([1.0, 100.0]), np.array([1e-4, 1e-4]))
    >>> low.tolist(), high.tolist()
    ([0.0, 84.0], [2.0, 117.0])
    """
    low = counts_quantile(expected, phi, LOW)
    size = 1.0 / phi
    below = np.where(low > 0, scipy.special.betainc(size, np.maximum(low, 1.0), size / (size + expected)), 0.0)
    return low, counts_quantile(expected, phi, below + HELD)


def counts_quantile(expected: FloatArray, phi: FloatArray, tau: float | FloatArray) -> FloatArray:
    """Return a quantile of negative binomial counts with mean f and variance f + phi f ** 2.

    It is `scipy.stats.nbinom.ppf`, without that module, which takes half a second to load.

    Examples
    --------
    >>> counts_quantile(np.array([100.0, 0.0]), np.array([0.01, 0.01]), 0.5).tolist()
    [100.0, 0.0]
    """
    some = expected > NOTHING
    size = 1.0 / phi
    chance = size / (size + np.where(some, expected, 1.0))
    above = np.ceil(scipy.special.nbdtrik(tau, size, chance))
    below = np.maximum(above - 1, 0)
    least = np.where(scipy.special.betainc(size, below + 1, chance) >= tau, below, above)
    found: FloatArray = np.where(some, least, 0.0)
    return found


def rates_quantile(expected: FloatArray, phi: FloatArray, tau: float) -> FloatArray:
    """Return a quantile of the rate behind the counts: gamma with mean f and variance phi f ** 2.

    Queueing formulas already know that contacts come at random; what they lack is that the rate itself is uncertain.
    """
    found: FloatArray = np.where(expected > NOTHING, phi * expected * scipy.special.gammaincinv(1.0 / phi, tau), 0.0)
    return found


def spread_of(actual: FloatArray, expected: FloatArray, near: BoolArray) -> Spread:
    """Return the dispersion that past forecasts had.

    Moment estimate: sum of ((y - f) ** 2 - f) over sum of f ** 2 in each band. A band with few cells takes the
    dispersion of all of them.

    Parameters
    ----------
    actual
        Contacts; NaN is left out.
    expected
        Their forecasts; same shape.
    near
        Whether the forecast was made at most a week ahead; same shape.
    """
    used = ~np.isnan(actual) & (expected > NOTHING)
    y, f, close = actual[used], expected[used], near[used]
    edges = np.quantile(f, BAND_EDGES) if len(f) else np.zeros(len(BAND_EDGES))
    band = np.searchsorted(edges, f, side="right")
    every = _dispersion(y, f)
    phi = np.full((2, len(edges) + 1), every)
    for row, side in enumerate((close, ~close)):
        for n in range(phi.shape[1]):
            cells = side & (band == n)
            if cells.sum() >= SMALLEST_BAND:
                phi[row, n] = _dispersion(y[cells], f[cells])
    return Spread(edges, phi)


ASSUMED = Spread(np.zeros(0), np.full((2, 1), 0.04))
"""Where there is too little history to measure one: rates a fifth away from their forecast."""


def dispersion(y: FloatArray, f: FloatArray) -> float:
    """Return phi of totals `y` around forecasts `f`; NaN in `y` is left out."""
    known = ~np.isnan(y) & (f > NOTHING)
    return _dispersion(y[known], f[known])


def _dispersion(y: FloatArray, f: FloatArray) -> float:
    if not len(f):
        return LEAST
    squared = (y - f) ** 2
    squared = np.minimum(squared, np.quantile(squared, CAPPED_AT))
    return max(LEAST, float(np.sum(squared - f) / np.sum(f**2)))
