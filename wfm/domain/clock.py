"""Times of day as people type them, zones, and the difference between the wall clock and elapsed time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_CLOCK = re.compile(r"^(\d{1,2})[:：](\d{2})(?:\+(\d))?$")
_DURATION = re.compile(r"^(\d+(?:\.\d+)?)\s*(s|sec|min|h)?$")
_SECONDS = {"s": 1, "sec": 1, "min": 60, "h": 3600}
DAY_MINUTES = 1440


def parse_clock(text: str) -> int:
    """Return minutes after midnight; `"24:00"` is 1440 and `"08:00+1"` is 1920.

    Raises
    ------
    ValueError
        When the text is no time of day (`"32:00"` is none: write `"08:00+1"`).

    Examples
    --------
    >>> parse_clock("08:30"), parse_clock("24:00"), parse_clock("08:00+1")
    (510, 1440, 1920)
    """
    match = _CLOCK.match(text.strip())
    if not match:
        raise ValueError(f"not a time of day: {text!r}")
    hour, minute, plus = int(match[1]), int(match[2]), int(match[3] or 0)
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        raise ValueError(f"not a time of day: {text!r}")
    return plus * DAY_MINUTES + hour * 60 + minute


def format_clock(minute: int) -> str:
    """Return minutes after midnight as text; the inverse of `parse_clock` (1920 is `"08:00+1"`)."""
    days, rest = divmod(minute, DAY_MINUTES)
    return f"{rest // 60:02d}:{rest % 60:02d}" + (f"+{days}" if days else "")


def parse_duration(text: str) -> float:
    """Return seconds from `"180"`, `"180s"`, `"30min"` or `"2h"`.

    Raises
    ------
    ValueError
        When the text is no duration.
    """
    match = _DURATION.match(text.strip())
    if not match:
        raise ValueError(f"not a duration: {text!r}")
    return float(match[1]) * _SECONDS[match[2] or "s"]


def instant(day: date, minute: int, zone: ZoneInfo) -> datetime:
    """Return the UTC instant at which the wall clock of `zone` shows `minute` minutes after midnight of `day`.

    A wall time skipped by a clock change is read as if the clock had not changed yet; a repeated one is the first.
    """
    local = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=minute)
    return local.astimezone(UTC)


def elapsed_minutes(start: datetime, end: datetime) -> int:
    """Return whole minutes that really pass between two zone-aware instants (clock changes included)."""
    return round((end.astimezone(UTC) - start.astimezone(UTC)).total_seconds() / 60)


@cache
def dates(first: date, last: date) -> tuple[date, ...]:
    """Return every date from `first` to `last`, both included; empty when `last` is before `first`."""
    return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
