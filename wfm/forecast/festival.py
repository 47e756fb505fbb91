"""Festivals whose date moves from year to year: the days before, in and after them, told by their place."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from wfm.domain.calendar import Calendar

Place = tuple[str, str, int]
"""Name of the festival; `before`, `in` or `after` it; days from its edge, in it days from its first statutory day."""
BEFORE, IN, AFTER = "before", "in", "after"
LEAST_DAYS = 5
"""Days off in a row that make a holiday a festival: the weeks around it are unlike other weeks."""
AROUND_DAYS = 7
"""Days on either side that a festival may reach."""
MOVES_DAYS = 7
"""A festival moves when its first days lie more than this many days of the year apart."""


def places(days: Sequence[date], calendar: Calendar, off: Callable[[date], bool]) -> tuple[Place | None, ...]:
    """Return where each date lies beside a moving festival; None away from all of them.

    Of two festivals the later one counts. A festival seen in one year only is not known to move.

    Parameters
    ----------
    off
        Whether a date is a holiday, weekends between holidays included.
    """
    found: dict[date, Place] = {}
    for name, anchor, first, last in _moving(sorted(calendar.days), calendar, off):
        for n in range(1, AROUND_DAYS + 1):
            found[first - timedelta(days=n)] = (name, BEFORE, n)
            found[last + timedelta(days=n)] = (name, AFTER, n)
        for n in range((last - first).days + 1):
            day = first + timedelta(days=n)
            found[day] = (name, IN, (day - anchor).days)
    return tuple(found.get(day) for day in days)


def _moving(
    known: Sequence[date], calendar: Calendar, off: Callable[[date], bool]
) -> list[tuple[str, date, date, date]]:
    """Return name, first statutory day, first and last day off of every festival that moves, in order."""
    every = list(_festivals(known, calendar, off))
    in_year: dict[str, list[int]] = {}
    for name, anchor, _, _ in every:
        in_year.setdefault(name, []).append(anchor.timetuple().tm_yday)
    return [one for one in every if max(in_year[one[0]]) - min(in_year[one[0]]) > MOVES_DAYS]


def _festivals(
    known: Sequence[date], calendar: Calendar, off: Callable[[date], bool]
) -> Iterator[tuple[str, date, date, date]]:
    """Yield the same of every run of days off that is long enough, by the name most of its days have."""
    run: list[date] = []
    for day in (*known, None):
        if day is not None and off(day):
            run.append(day)
            continue
        statutory = [(d, name) for d in run if calendar.is_statutory(d) for name in calendar[d].name.split("; ")]
        if len(run) >= LEAST_DAYS and statutory:
            name = Counter(name for _, name in statutory).most_common(1)[0][0]
            yield name, next(d for d, other in statutory if other == name), run[0], run[-1]
        run = []
