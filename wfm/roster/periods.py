"""Calendar months and weeks of a span of dates."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def days_in_month(day: date) -> int:
    """Return the number of days of the calendar month that holds a date."""
    return monthrange(day.year, day.month)[1]


def months(days: Sequence[date]) -> list[list[date]]:
    """Return the dates by calendar month, in order."""
    return [list(group) for _, group in groupby(days, key=lambda d: (d.year, d.month))]


def weeks(days: Sequence[date]) -> list[list[date]]:
    """Return every whole week (Monday to Sunday) that ends in the span; the first may start before it."""
    ends = [d for d in days if d.weekday() == 6]
    return [[end - timedelta(days=6 - n) for n in range(7)] for end in ends]
