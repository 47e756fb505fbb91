"""Queues of one group agree with the forecast of their sum: the better known a day, the less it is moved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from wfm.forecast.day_spread import day_dispersion
from wfm.forecast.history import by_wall_clock

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wfm.domain.calendar import Calendar
    from wfm.domain.intervals import Grid
    from wfm.forecast.base import Forecaster, Outlook
    from wfm.forecast.history import FloatArray, QueueHistory

NOTHING = 1e-9


def reconciled(
    outlooks: Mapping[str, Outlook],
    histories: Mapping[str, QueueHistory],
    model: Forecaster,
    calendar: Calendar,
    grid: Grid,
) -> dict[str, Outlook]:
    """Return the outlooks of a group's queues, each day moved so that the group's own forecast has its say.

    Source: least squares with the variances of the forecasts (minimum trace, diagonal): a queue takes its variance's
    share of the difference, and the sum keeps its own. A day is scaled as a whole and never below 0; days without
    contacts stay 0.
    """
    total = model.foreseen(summed(list(histories.values())), calendar, grid)
    days = np.array([_days(one.expected, grid) for one in outlooks.values()])
    whole = _days(total.expected, grid)
    variance = np.array([_variance(day, one) for day, one in zip(days, outlooks.values(), strict=True)])
    share = variance / np.maximum(variance.sum(axis=0) + _variance(whole, total), NOTHING)
    moved = np.maximum(days + share * (whole - days.sum(axis=0)), 0.0)
    factor = np.where(days > NOTHING, moved / np.maximum(days, NOTHING), 1.0)
    place = np.asarray((grid.starts.tz_localize(None).normalize() - grid.starts[0].tz_localize(None).normalize()).days)
    return {
        queue: replace(one, expected=one.expected * factor[n][place]) for n, (queue, one) in enumerate(outlooks.items())
    }


def summed(histories: Sequence[QueueHistory]) -> QueueHistory:
    """Return the sum of several queues over the days that all of them have; NaN where one is unknown."""
    first, last = max(h.first for h in histories), min(h.last for h in histories)
    parts = [h.counts[(first - h.first).days : (last - h.first).days + 1] for h in histories]
    return replace(histories[0], first=first, counts=np.sum(parts, axis=0))


def _days(expected: FloatArray, grid: Grid) -> FloatArray:
    rows = by_wall_clock(expected, grid.starts, grid.minutes, grid.first, grid.last)
    days: FloatArray = np.nansum(rows, axis=1)
    return days


def _variance(days: FloatArray, outlook: Outlook) -> FloatArray:
    near, far = (day_dispersion(outlook.tried, near=side) for side in (True, False))
    phi = np.where(np.arange(len(days)) < 7, near, far)
    return days + phi * days**2
