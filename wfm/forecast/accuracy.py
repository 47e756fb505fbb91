"""Measures of forecast error: pure functions of arrays of one shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import gammaln

if TYPE_CHECKING:
    from wfm.forecast.history import FloatArray


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
    deviation = 2 * np.exp(-mean + (whole + 1) * np.log(mean) - gammaln(whole + 1))
    return float(deviation.sum() / mean.sum())
