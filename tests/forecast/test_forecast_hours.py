"""Opening hours that changed during the history."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from forecast_house import calendar, contacts, grid_of, history, settings

from wfm.domain.clock import dates
from wfm.forecast.hours import hours_of_now
from wfm.forecast.models.day_profile import DayProfile
from wfm.forecast.special import day_table

if TYPE_CHECKING:
    from wfm.forecast import QueueHistory
    from wfm.forecast.base import Outlook
    from wfm.forecast.history import FloatArray

FR = settings(zone="Europe/Paris", country="FR")
FIRST, LAST = date(2025, 12, 29), date(2026, 4, 19)
EVENING = slice(36, 48)
"""Half-hours from 18:00 on."""


def past(day_contacts: float = 2400) -> QueueHistory:
    """Return sixteen made weeks, open round the clock."""
    return history(FR, contacts(FR, FIRST, LAST, day_contacts))


def settled(counts: FloatArray) -> tuple[FloatArray, int]:
    """Return the counts seen through the hours of now, and how many intervals that changed."""
    return hours_of_now(counts, day_table(dates(FIRST, LAST), calendar(FR, FIRST, LAST)))


def outlook(counts: FloatArray) -> Outlook:
    """Return the week after the history."""
    grid = grid_of(FR, LAST + timedelta(days=1), LAST + timedelta(days=7))
    known = past()
    known.counts[:] = counts
    return DayProfile().outlook(known, calendar(FR, FIRST, LAST), grid)


def test_steady_hours_stay() -> None:
    """On a queue that is always open, busy or nearly empty, nothing is changed."""
    for volume in (2400.0, 24.0):
        counts = past(volume).counts
        found, changed = settled(counts)
        assert changed == 0
        assert np.array_equal(found, counts, equal_nan=True)


def test_evenings_closed_for_ten_days_are_closed() -> None:
    """After ten days without evenings the evening is forecast 0, the rest of the day as ever, and a note says so."""
    counts = past().counts.copy()
    counts[-10:, EVENING] = 0
    found = outlook(counts)
    ahead, before = found.expected.reshape(7, 48), outlook(past().counts).expected.reshape(7, 48)
    assert (ahead[:, EVENING] == 0).all()
    assert np.isclose(ahead.sum(), before[:, :36].sum(), rtol=0.05)
    assert any("opened or closed for good" in note.en for note in found.notes)


def test_evenings_opened_ten_days_ago_are_open() -> None:
    """Where the first evenings came ten days ago the whole day is forecast at its new volume."""
    counts = past().counts.copy()
    counts[:-10, EVENING] = 0
    ahead = outlook(counts).expected.reshape(7, 48)
    usual = outlook(past().counts).expected.reshape(7, 48)
    assert np.isclose(ahead[:, EVENING].sum(), usual[:, EVENING].sum(), rtol=0.15)
    assert np.isclose(ahead.sum(), usual.sum(), rtol=0.05)


def test_one_weekday_may_change_alone() -> None:
    """Saturday evenings that were shut on the last four Saturdays are closed; the other evenings stay."""
    counts = past().counts.copy()
    saturdays = [n for n, day in enumerate(dates(FIRST, LAST)) if day.weekday() == 5]
    counts[saturdays[-4:], EVENING] = 0
    found, changed = settled(counts)
    assert 0 < changed <= 12
    assert np.nansum(found[saturdays, EVENING]) < 0.2 * np.nansum(past().counts[saturdays, EVENING])
    others = [n for n in range(len(counts)) if n not in saturdays]
    assert np.array_equal(found[others], counts[others], equal_nan=True)
