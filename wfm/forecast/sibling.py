"""A new queue borrows from a named sibling: weekdays, profile and holidays are the sibling's, the level its own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from wfm.domain.errors import NotEnoughHistory
from wfm.forecast.messages import BORROWED, NO_DAY_TOTAL

if TYPE_CHECKING:
    from wfm.domain.calendar import Calendar
    from wfm.domain.intervals import Grid
    from wfm.forecast.base import Forecaster, Outlook
    from wfm.forecast.history import FloatArray, QueueHistory

PRIOR_DAYS = 10.0
"""Days of its own that count as much as what the user expects and the sibling lends."""
LEVEL_DAYS = 28
"""Latest days of the sibling that stand for its ordinary day."""
OWN_FROM_DAYS = 14
"""Days of its own from which the queue has a forecast of its own to mix in."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A queue with little or no history.

    Attributes
    ----------
    sibling
        Name of the queue it borrows from.
    per_day
        Contacts of an ordinary day that the user expects; None where the history must tell.
    own
        Its own history; None when there is none yet.
    """

    name: str
    sibling: str
    per_day: float | None
    own: QueueHistory | None


def borrowed(new: Newcomer, lender: QueueHistory, model: Forecaster, calendar: Calendar, grid: Grid) -> Outlook:
    """Return the outlook of a new queue: the sibling's, at the level that own days and the user's figure give.

    With n days of its own the level counts them n to 10 against the user's figure, and from two weeks on the queue's
    own forecast is mixed in likewise.

    Raises
    ------
    NotEnoughHistory
        When there are neither own days nor the user's figure.
    """
    found = model.foreseen(lender, calendar, grid)
    ratio, days = _level(new, lender)
    expected = found.expected * ratio
    if new.own is not None and new.own.days >= OWN_FROM_DAYS:
        own = model.expected(new.own, calendar, grid)
        expected = (days * own + PRIOR_DAYS * expected) / (days + PRIOR_DAYS)
    note = BORROWED.fill(sibling=new.sibling, days=days, ratio=f"{ratio:.3f}")
    return replace(found, expected=expected, repairs=(), notes=(note,))


def _level(new: Newcomer, lender: QueueHistory) -> tuple[float, int]:
    """Return the queue's contacts over the sibling's, and the days of its own behind that."""
    usual = float(np.nanmean(_totals(lender)[-LEVEL_DAYS:]))
    own, same, days = 0.0, 0.0, 0
    if new.own is not None:
        mine, theirs = _totals(new.own), _on_days(lender, new.own)
        both = ~(np.isnan(mine) | np.isnan(theirs))
        own, same, days = float(mine[both].sum()), float(theirs[both].sum()), int(both.sum())
    if new.per_day is not None:
        own, same = own + PRIOR_DAYS * new.per_day, same + PRIOR_DAYS * usual
    if same <= 0:
        raise NotEnoughHistory(NO_DAY_TOTAL.fill(queue=new.name, sibling=new.sibling))
    return own / same, days


def _totals(history: QueueHistory) -> FloatArray:
    known = ~np.isnan(history.counts).all(axis=1) & history.open.any(axis=1)
    return np.where(known, np.nansum(history.counts, axis=1), np.nan)


def _on_days(lender: QueueHistory, own: QueueHistory) -> FloatArray:
    """Return the lender's totals on the days of another history; NaN where it has none."""
    place = (own.first - lender.first).days + np.arange(own.days)
    inside = (place >= 0) & (place < lender.days)
    totals = np.full(own.days, np.nan)
    totals[inside] = _totals(lender)[place[inside]]
    return totals
