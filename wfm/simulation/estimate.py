"""Patience and handle times from a call log, in which who was answered never showed how long he would have waited."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from wfm.domain.errors import SettingsError
from wfm.simulation import messages
from wfm.simulation.laws import Law, deterministic, lognormal, never

if TYPE_CHECKING:
    import numpy.typing as npt

    from wfm.simulation.laws import Floats


class Survival(NamedTuple):
    """The share of people who would wait longer than so many seconds, at each of the seconds when somebody gave up."""

    seconds: Floats
    share: Floats


def mean_patience(wait_seconds: npt.ArrayLike, gave_up: npt.ArrayLike) -> float:
    """Return the mean patience in seconds if patience is exponential: all time waited / number who gave up.

    The maximum likelihood for right-censored times; infinite when nobody gave up.

    Raises
    ------
    SettingsError
        When a wait is negative or not a number, or the two differ in length.

    Examples
    --------
    >>> mean_patience([10, 20, 60, 30], [False, True, False, False])
    120.0
    """
    waits, lost = _observed(wait_seconds, gave_up)
    return float(waits.sum() / lost.sum()) if lost.any() else float("inf")


def kaplan_meier(wait_seconds: npt.ArrayLike, gave_up: npt.ArrayLike) -> Survival:
    """Return the survival of patience without any assumption about its law.

    Raises what `mean_patience` raises.

    Notes
    -----
    The product-limit estimate: at each time the share of those still waiting who did not give up just then. Source:
    E. Kaplan and P. Meier (1958), Nonparametric Estimation from Incomplete Observations.

    Examples
    --------
    >>> found = kaplan_meier([10, 20, 60, 30], [False, True, False, True])
    >>> found.seconds.tolist(), found.share.round(3).tolist()
    ([20.0, 30.0], [0.667, 0.333])
    """
    waits, lost = _observed(wait_seconds, gave_up)
    seconds, deaths = np.unique(waits[lost], return_counts=True)
    at_risk = waits.size - np.searchsorted(np.sort(waits), seconds, side="left")
    share: Floats = np.cumprod(1 - deaths / at_risk, dtype=np.float64)
    return Survival(seconds, share)


def patience_law(wait_seconds: npt.ArrayLike, gave_up: npt.ArrayLike) -> Law:
    """Return the law of patience that a call log shows, to simulate with.

    Times are drawn from the Kaplan-Meier estimate; beyond the last time at which somebody gave up nothing was seen, and
    patience goes on exponentially with the mean of `mean_patience`. `never` when nobody gave up.

    Raises what `mean_patience` raises.
    """
    seconds, share = kaplan_meier(wait_seconds, gave_up)
    if not seconds.size:
        return never()
    tail, falls = mean_patience(wait_seconds, gave_up), 1 - share
    steps = np.diff(np.concatenate([[1.0], share]))

    def times(rng: np.random.Generator, count: int) -> Floats:
        level = rng.random(count)
        place = np.searchsorted(falls, level, side="left")
        beyond = place == seconds.size
        return np.where(
            beyond, seconds[-1] + rng.standard_exponential(count) * tail, seconds[np.minimum(place, seconds.size - 1)]
        )

    return Law(times, float(-(steps @ seconds) + share[-1] * (seconds[-1] + tail)))


def handle_law(seconds: npt.ArrayLike) -> Law:
    """Return the lognormal law with the mean and the spread of measured handle times; zeros do not count.

    Raises
    ------
    SettingsError
        When there is no time above 0, or one is negative or not a number.

    Examples
    --------
    >>> round(handle_law([60, 120, 240, 0]).mean)
    140
    """
    times = np.asarray(seconds, dtype=np.float64).ravel()
    if not (np.isfinite(times) & (times >= 0)).all():
        raise SettingsError(messages.NOT_A_TIME.fill(name="seconds"))
    times = times[times > 0]
    if not times.size:
        raise SettingsError(messages.EMPTY_SAMPLE.fill(name="seconds"))
    mean, spread = float(times.mean()), float(times.std())
    return lognormal(mean, spread / mean) if spread else deterministic(mean)


def _observed(wait_seconds: npt.ArrayLike, gave_up: npt.ArrayLike) -> tuple[Floats, npt.NDArray[np.bool_]]:
    waits, lost = np.asarray(wait_seconds, dtype=np.float64).ravel(), np.asarray(gave_up, dtype=bool).ravel()
    if waits.size != lost.size:
        raise SettingsError(messages.UNEQUAL.fill(one="wait_seconds", other="gave_up"))
    if not (np.isfinite(waits) & (waits >= 0)).all():
        raise SettingsError(messages.NOT_A_TIME.fill(name="wait_seconds"))
    return waits, lost
