"""The planning grid: equal intervals on the time line, seen through the centre's zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from wfm.domain.clock import DAY_MINUTES, instant
from wfm.domain.shifts import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class OpeningHours:
    """When contacts are answered: spans of minutes after midnight per weekday (Monday first).

    A span may end after 1440 when the centre closes after midnight; it belongs to the day on which it starts.
    """

    spans: tuple[tuple[tuple[int, int], ...], ...]

    @classmethod
    def always(cls) -> OpeningHours:
        """Return opening hours without a closing time."""
        return cls(spans=(((0, DAY_MINUTES),),) * 7)

    def on(self, day: date) -> tuple[tuple[int, int], ...]:
        """Return the (start, end) minutes after midnight of that date's spans."""
        return self.spans[day.weekday()]


@dataclass(frozen=True)
class Grid:
    """Intervals of equal elapsed length from local midnight of `first` to local midnight after `last`.

    On a day of a clock change a local day has more or fewer intervals; positions count elapsed intervals.
    """

    first: date
    last: date
    minutes: int
    """Length of one interval in minutes; divides 60."""
    zone: ZoneInfo
    opening: OpeningHours = OpeningHours.always()
    closures: tuple[tuple[datetime, datetime], ...] = ()
    """Extra closed spans as instants."""

    @cached_property
    def start(self) -> datetime:
        """The instant at which the grid starts (UTC)."""
        return instant(self.first, 0, self.zone)

    @cached_property
    def size(self) -> int:
        """Number of intervals."""
        end = instant(self.last + timedelta(days=1), 0, self.zone)
        return int((end - self.start).total_seconds() // (60 * self.minutes))

    @cached_property
    def starts(self) -> pd.DatetimeIndex:
        """Starts of all intervals, zone-aware in the centre's zone; shape (size,)."""
        return pd.date_range(
            pd.Timestamp(self.start).tz_convert(self.zone), periods=self.size, freq=f"{self.minutes}min", unit="s"
        )

    @cached_property
    def open(self) -> npt.NDArray[np.bool_]:
        """Whether each interval is open; shape (size,)."""
        mask = np.zeros(self.size, dtype=bool)
        day = self.first - timedelta(days=1)
        while day <= self.last:
            for begin, end in self.opening.on(day):
                lo, hi = self.share(instant(day, begin, self.zone), instant(day, end, self.zone)).span
                mask[lo:hi] = True
            day += timedelta(days=1)
        for begin_at, end_at in self.closures:
            lo, hi = self.share(begin_at, end_at).span
            mask[lo:hi] = False
        return mask

    def share(self, start: datetime, end: datetime) -> Share:
        """Return which part of each interval the span from `start` to `end` fills."""
        begin = (start.astimezone(UTC) - self.start).total_seconds() / (60 * self.minutes)
        stop = (end.astimezone(UTC) - self.start).total_seconds() / (60 * self.minutes)
        begin, stop = max(begin, 0.0), min(stop, float(self.size))
        if stop <= begin:
            return Share(0, np.zeros(0))
        lo, hi = int(np.floor(begin)), int(np.ceil(stop))
        part = np.ones(hi - lo)
        part[0] -= begin - lo
        part[-1] -= hi - stop
        return Share(lo, part)


@dataclass(frozen=True, slots=True)
class Share:
    """Parts of consecutive intervals: `part[k]` in (0, 1] belongs to interval `first + k`."""

    first: int
    part: npt.NDArray[np.float64]

    @property
    def span(self) -> tuple[int, int]:
        """First interval and the one after the last."""
        return self.first, self.first + len(self.part)


def weekday_spans(spans: Mapping[str, tuple[tuple[int, int], ...]]) -> OpeningHours:
    """Return opening hours from spans by weekday name (`"mon"` …); a missing day is closed."""
    return OpeningHours(spans=tuple(spans.get(name, ()) for name in WEEKDAYS))
