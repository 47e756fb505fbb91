"""Daily spans of the wall clock, as people type them in a rule: `"22:00-06:00"`."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated

import numpy as np
from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from wfm.domain.clock import DAY_MINUTES, dates, instant, parse_clock

if TYPE_CHECKING:
    from datetime import datetime

    import numpy.typing as npt

    from wfm.domain.plan import Plan


@lru_cache
def parse_window(text: str) -> tuple[int, int]:
    """Return the start in minutes after midnight and the end, which is above 1440 when the span crosses midnight.

    Raises
    ------
    ValueError
        When the text is no span, or is longer than a day.

    Examples
    --------
    >>> parse_window("08:00-20:00"), parse_window("20:00-08:00")
    ((480, 1200), (1200, 1920))
    """
    begin, dash, end = text.partition("-")
    if not dash:
        raise ValueError(f"not a span: {text!r}")
    start, stop = parse_clock(begin), parse_clock(end)
    if start >= DAY_MINUTES or stop - start > DAY_MINUTES:
        raise ValueError(f"longer than a day: {text!r}")
    return start, stop if stop > start else stop + DAY_MINUTES


def in_window(window: str, local: datetime, minutes: int = 1) -> bool:
    """Return whether any of the `minutes` from a wall-clock time on lies in a daily span.

    Examples
    --------
    >>> from datetime import datetime
    >>> [in_window("22:00-06:00", datetime(2026, 6, 1, hour)) for hour in (5, 6, 21, 22)]
    [True, False, False, True]
    """
    start, stop = parse_window(window)
    now = local.hour * 60 + local.minute
    return (now - start) % DAY_MINUTES < stop - start or (start - now) % DAY_MINUTES < minutes


def inside_window(plan: Plan, window: str) -> npt.NDArray[np.bool_]:
    """Return which intervals of the grid a daily span meets, shape (size,)."""
    start, stop = parse_window(window)
    grid, zone = plan.grid, plan.settings.centre.zone
    inside = np.zeros(grid.size, dtype=bool)
    for day in dates(plan.days[0] - timedelta(days=1), plan.days[-1]):
        lo, hi = grid.share(instant(day, start, zone), instant(day, stop, zone)).span
        inside[lo:hi] = True
    return inside


def _readable(text: str) -> str:
    try:
        parse_window(text)
    except ValueError as error:
        raise PydanticCustomError("window", "a daily span such as 22:00-06:00") from error
    return text


Window = Annotated[str, AfterValidator(_readable)]
"""A daily wall-clock span that may cross midnight."""
