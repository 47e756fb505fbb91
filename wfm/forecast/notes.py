"""What should be known of a forecast: fallbacks, repairs, missing days, old history, years not announced."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wfm.domain.clock import dates
from wfm.domain.text import LOCALES, Text
from wfm.forecast.messages import GAPS, NEVER_RECORDED, OF_QUEUE, OLD_HISTORY, REPAIRED, UNANNOUNCED, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.domain.calendar import Calendar
    from wfm.domain.intervals import Grid
    from wfm.domain.plan import Inputs
    from wfm.forecast.base import Outlook
    from wfm.forecast.history import BoolArray, QueueHistory

LATEST_END_DAYS = 62
"""Days between the end of the history and the first day ahead from which a forecast rests on an old level."""


def notes_of(queue: str, found: Outlook, history: QueueHistory, grid: Grid) -> Iterator[Text]:
    """Yield what should be known of a queue's forecast: fallbacks, repairs, missing days, and a history long past."""
    last = history.dates[-1]
    if (grid.first - last).days > LATEST_END_DAYS:
        yield OLD_HISTORY.fill(queue=queue, last=last, days=(grid.first - last).days)
    yield from (OF_QUEUE.fill(queue=queue, note=note) for note in found.notes)
    reasons = [repair.reason for repair in found.repairs]
    if reasons:
        kinds = {"outages": "outage", "spikes": "spike", "empty": "empty_day", "doubled": "doubled_day"}
        counted = {name: reasons.count(kind) for name, kind in kinds.items()}  # type: ignore[arg-type]
        yield REPAIRED.fill(queue=queue, count=len(reasons), **counted)
    missing = int(
        (history.open.any(axis=1) & np.isnan(np.where(history.open, history.counts, np.nan)).all(axis=1)).sum()
    )
    if missing:
        yield GAPS.fill(queue=queue, count=missing)
        yield from _never_recorded(queue, history)


def about_calendar(inputs: Inputs, calendar: Calendar, grid: Grid) -> Iterator[Text]:
    """Yield a note about the years ahead whose days off nobody has announced, neither the country nor the user."""
    own = inputs.calendar_overrides
    announced = {day.year for day in own["date"]} if len(own) else set()
    years = {day.year for day in dates(grid.first, grid.last) if calendar[day].provisional} - announced
    if years:
        yield UNANNOUNCED.fill(years=", ".join(map(str, sorted(years))))


def _never_recorded(queue: str, history: QueueHistory) -> Iterator[Text]:
    """Yield a note about weekdays that are open but missing from the whole history."""
    weekday = np.array([d.weekday() for d in history.dates])
    unknown = (np.isnan(history.counts) | ~history.open).all(axis=1)
    blank: BoolArray = np.logical_and(history.open.any(axis=1), unknown)
    missing = [k for k in range(7) if (weekday == k).any() and blank[weekday == k].all()]
    if missing:
        en, zh = ([WEEKDAYS.in_(locale).split()[k] for k in missing] for locale in LOCALES)
        names = Text(en=", ".join(en), zh="、".join(zh))
        yield NEVER_RECORDED.fill(queue=queue, days=names)
