"""The calls of the hotline example: what is expected per half-hour, and a noisy history of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from wfm.domain.clock import dates
from wfm.samples._noise import noisy

if TYPE_CHECKING:
    import numpy.typing as npt

    FloatArray = npt.NDArray[np.float64]

HISTORY = date(2025, 1, 1), date(2026, 4, 30)
PERIOD = date(2026, 5, 1), date(2026, 5, 31)
CALLS_A_DAY = 1775.0
"""Mean over the period. Source: requirements D3."""

_WEEKDAY = (1.15, 1.07, 1.03, 1.01, 1.03, 0.88, 0.83)
_GROWTH_A_YEAR = 0.08
_SEASON = 0.04
"""The busiest time of the year, in July, over the mean."""
_AFTER_HOLIDAY = 1.12

_HOLIDAYS = (
    (date(2025, 1, 1), date(2025, 1, 1), 0.70),
    (date(2025, 1, 28), date(2025, 2, 4), 0.45),
    (date(2025, 4, 4), date(2025, 4, 6), 0.75),
    (date(2025, 5, 1), date(2025, 5, 5), 0.66),
    (date(2025, 5, 31), date(2025, 6, 2), 0.75),
    (date(2025, 10, 1), date(2025, 10, 8), 0.58),
    (date(2026, 1, 1), date(2026, 1, 3), 0.70),
    (date(2026, 2, 15), date(2026, 2, 23), 0.45),
    (date(2026, 4, 4), date(2026, 4, 6), 0.75),
    (date(2026, 5, 1), date(2026, 5, 5), 0.66),
)
"""First and last day off with the calls of an average day. Source: State Council notices for 2025 and 2026."""
_MAKEUP_WORKDAYS = {
    date(2025, 1, 26): 0,
    date(2025, 2, 8): 1,
    date(2025, 4, 27): 4,
    date(2025, 9, 28): 1,
    date(2025, 10, 11): 2,
    date(2026, 1, 4): 4,
    date(2026, 2, 14): 4,
    date(2026, 2, 28): 0,
    date(2026, 5, 9): 1,
}
"""Weekend days worked, and the weekday (Monday is 0) whose calls they get."""


@dataclass(frozen=True, slots=True)
class QueueProfile:
    """One queue: its part of the calls, its handle time, and its day as (hour, height) corners."""

    name: str
    share: float
    aht_seconds: float
    corners: tuple[tuple[float, float], ...]
    """Calls per half-hour relative to each other; none before the first corner and after the last."""

    def shape(self) -> FloatArray:
        """Return the share of the day's calls in each half-hour; shape (48,)."""
        hours, heights = zip(*self.corners, strict=True)
        curve = np.interp(np.arange(48) / 2 + 0.25, hours, heights, left=0.0, right=0.0)
        return np.asarray(curve / curve.sum())


QUEUES = (
    QueueProfile(
        "service",
        0.70,
        210.0,
        (
            *((0, 0.15), (2, 0.1), (5, 0.1), (7, 0.15), (7.5, 1.0), (8.5, 3.8), (9.25, 7.4), (10.5, 8.2)),
            *((11.5, 7.2), (12.25, 5.0), (13.25, 5.0), (14, 6.6), (15, 7.4), (16.5, 7.2), (17.5, 5.0)),
            *((18.25, 3.4), (20, 3.2), (21, 2.4), (22, 1.2), (23, 0.25), (24, 0.15)),
        ),
    ),
    QueueProfile(
        "sales",
        0.24,
        220.0,
        (
            *((9, 5.8), (9.5, 6.4), (11.5, 6.4), (12.25, 3.6), (13.25, 3.6), (14, 6.0), (15, 6.4), (16.5, 6.4)),
            (17.5, 5.8),
        ),
    ),
    QueueProfile("complaint", 0.06, 240.0, ((9, 5.6), (11.5, 5.6), (12.25, 3.4), (13.25, 3.4), (14, 5.4), (17.5, 5.4))),
)


def expected(queue: QueueProfile, first: date, last: date) -> FloatArray:
    """Return the expected calls of a queue; shape (days, 48)."""
    days = np.array([_height(day) for day in dates(first, last)])
    period = np.array([_height(day) for day in dates(*PERIOD)])
    return np.outer(days / period.mean() * CALLS_A_DAY * queue.share, queue.shape())


def history(queue: QueueProfile, rng: np.random.Generator) -> tuple[npt.NDArray[np.int64], FloatArray]:
    """Return a random history: calls, and mean handle times in seconds (NaN without calls); shape (days, 48) each."""
    return noisy(expected(queue, *HISTORY), queue.aht_seconds, rng)


def _height(day: date) -> float:
    years = (day - PERIOD[0]).days / 365.25
    season = 1 + _SEASON * np.cos(2 * np.pi * (day.timetuple().tm_yday - 196) / 365.25)
    return float(np.exp(_GROWTH_A_YEAR * years) * season * _day_factor(day))


def _day_factor(day: date) -> float:
    for first, last, factor in _HOLIDAYS:
        if first <= day <= last:
            return factor
        if (day - last).days == 1:
            return _WEEKDAY[_MAKEUP_WORKDAYS.get(day, day.weekday())] * _AFTER_HOLIDAY
    return _WEEKDAY[_MAKEUP_WORKDAYS.get(day, day.weekday())]
