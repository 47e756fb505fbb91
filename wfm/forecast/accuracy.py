"""Measures of forecast error: pure functions of arrays of one shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import scipy

if TYPE_CHECKING:
    from wfm.forecast.history import FloatArray


TAUS = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)
"""Quantiles by which a distribution is judged; the outer ones bound the interval of 90 %."""


def wape(actual: FloatArray, forecast: FloatArray) -> float:
    """Return sum of |actual - forecast| over sum of actual: 0.1 is ten percent of the volume.

    Cells with NaN in either are left out; NaN when nothing was offered.
    """
    known = ~(np.isnan(actual) | np.isnan(forecast))
    volume = float(np.sum(actual[known]))
    return float(np.sum(np.abs(actual - forecast)[known])) / volume if volume > 0 else float("nan")


def bias(actual: FloatArray, forecast: FloatArray) -> float:
    """Return (sum of forecast - sum of actual) over sum of actual: above 0 the forecast was too high.

    Cells with NaN in either are left out; NaN when nothing was offered.
    """
    known = ~(np.isnan(actual) | np.isnan(forecast))
    volume = float(np.sum(actual[known]))
    return float(np.sum((forecast - actual)[known])) / volume if volume > 0 else float("nan")


def coverage(actual: FloatArray, low: FloatArray, high: FloatArray) -> float:
    """Return the share of cells between two bounds, both included; cells with NaN are left out, NaN without any.

    Cells certain to be empty (both bounds 0) say nothing about a spread and are left out too.
    """
    known = ~(np.isnan(actual) | np.isnan(low) | np.isnan(high)) & (high > 0)
    inside = (low <= actual) & (actual <= high)
    return float(np.mean(inside[known])) if known.any() else float("nan")


def pinball(actual: FloatArray, quantiles: FloatArray) -> float:
    """Return the mean pinball loss of the quantiles `TAUS` as a share of the volume.

    Parameters
    ----------
    quantiles
        Shape (len(TAUS), *actual.shape); cells with NaN are left out, NaN when nothing was offered.
    """
    known = ~(np.isnan(actual) | np.isnan(quantiles).any(axis=0))
    volume = float(np.sum(actual[known]))
    missed = actual[known] - quantiles[:, known]
    tau = np.array(TAUS)[:, None]
    loss = np.maximum(tau * missed, (tau - 1) * missed).sum(axis=1).mean()
    return float(loss) / volume if volume > 0 else float("nan")


def poisson_floor(rates: FloatArray) -> float:
    """Return the WAPE of a forecast that knows every expectation, when contacts are Poisson around it.

    The mean absolute deviation of a Poisson variable of mean m is 2 exp(-m) m^(k+1) / k! with k = floor(m). Volumes
    swing by more than this noise, so no forecast stays below the floor for long. NaN when all rates are 0.

    Parameters
    ----------
    rates
        Expected contacts per interval; NaN is left out.

    Examples
    --------
    >>> round(poisson_floor(np.array([100.0])), 3)
    0.08
    """
    mean = rates[~np.isnan(rates) & (rates > 0)]
    if not len(mean):
        return float("nan")
    whole = np.floor(mean)
    deviation = 2 * np.exp(-mean + (whole + 1) * np.log(mean) - scipy.special.gammaln(whole + 1))
    return float(deviation.sum() / mean.sum())
