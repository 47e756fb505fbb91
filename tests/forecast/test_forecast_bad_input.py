"""Histories with something wrong: a usable forecast that says what it did, or a clear error."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from forecast_house import calendar, contacts, inputs, settings

from wfm.domain.calendar import build_calendar
from wfm.domain.errors import NotEnoughHistory
from wfm.domain.text import LOCALES
from wfm.forecast import Ahead, look_ahead

CN = settings()
LAST = date(2026, 4, 30)


def ahead(offered: pd.Series[float]) -> Ahead:
    """Return the outlook of May 2026, which is sound whatever the history."""
    found = look_ahead(inputs(CN, offered), calendar(CN, date(2025, 1, 1), LAST), CN.grid)
    numbers = found.table[["offered", "low", "high", "dispersion", "aht_seconds"]].to_numpy()
    assert np.isfinite(numbers).all()
    assert (numbers >= 0).all()
    assert np.isfinite(found.totals[["offered", "low", "high"]].to_numpy()).all()
    return found


def said(found: Ahead, words: str) -> bool:
    """Return whether a note has these words, and speaks both languages."""
    assert all(note.in_(locale) for note in found.notes for locale in LOCALES)
    return any(words in note.en for note in found.notes)


def without(offered: pd.Series[float], gone: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> pd.Series[float]:
    """Return the rows that are left."""
    left: pd.Series[float] = offered[~gone]
    return left


def days_of(offered: pd.Series[float]) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """Return the date of each row."""
    return np.asarray(pd.DatetimeIndex(offered.index).date)


def test_two_weeks_are_enough_and_every_fallback_is_named() -> None:
    """Fourteen days give a forecast near the volume, without a year and with assumed errors; thirteen are refused."""
    found = ahead(contacts(CN, LAST - timedelta(days=13), LAST))
    assert found.table["offered"].sum() == pytest.approx(contacts(CN, CN.period.first, CN.period.last).sum(), rel=0.15)
    assert said(found, "14 days of history: the year's own shape is not learnt")
    assert said(found, "too few to measure forecast errors")
    with pytest.raises(NotEnoughHistory, match="13 days"):
        ahead(contacts(CN, LAST - timedelta(days=12), LAST))


def test_a_history_of_zeros_is_forecast_zero() -> None:
    """Two months without a contact give none ahead, bounds included."""
    found = ahead(contacts(CN, LAST - timedelta(days=60), LAST) * 0)
    assert (found.table[["offered", "low", "high"]] == 0).all(axis=None)
    assert (found.totals[["offered", "low", "high"]] == 0).all(axis=None)


def test_a_weekday_that_is_always_missing_is_named() -> None:
    """Without any Wednesday on record they are forecast 0, and a note says so though the opening hours differ."""
    offered = contacts(CN, LAST - timedelta(days=60), LAST)
    wednesday = np.asarray(pd.DatetimeIndex(offered.index).day_of_week) == 2
    found = ahead(without(offered, wednesday))
    ahead_days = pd.DatetimeIndex(found.table.index.get_level_values("interval_start")).day_of_week
    assert (found.table["offered"].to_numpy()[ahead_days == 2] == 0).all()
    assert said(found, "open on Wednesdays by the opening hours, but nothing was ever recorded")


def test_a_weekday_that_is_missing_now_and_then_is_a_gap() -> None:
    """With every second Wednesday missing, Wednesdays are forecast like the others, and the gaps are counted."""
    offered = contacts(CN, LAST - timedelta(days=60), LAST, 4800)
    gone = np.array([d.weekday() == 2 and d.isocalendar().week % 2 == 0 for d in days_of(offered)])
    whole, holed = ahead(offered).table["offered"], ahead(without(offered, gone))
    assert holed.table["offered"].sum() == pytest.approx(whole.sum(), rel=0.03)
    assert said(holed, f"{len(set(days_of(offered)[gone]))} open days of the history are missing")


def test_an_outage_of_three_days_is_not_learnt_and_listed() -> None:
    """Three days of zeros among weeks change the forecast by less than two percent; the repairs name them."""
    offered = contacts(CN, LAST - timedelta(days=80), LAST, 4800)
    out = [date(2026, 4, 14), date(2026, 4, 15), date(2026, 4, 16)]
    spoilt = offered.where(np.array([d not in out for d in days_of(offered)]), 0.0)
    found = ahead(spoilt)
    assert found.table["offered"].sum() == pytest.approx(ahead(offered).table["offered"].sum(), rel=0.02)
    assert found.repairs["date"].tolist() == out
    assert set(found.repairs["reason"]) == {"empty_day"}
    assert said(found, "3 empty days")


def test_a_year_without_notice_is_said() -> None:
    """Nobody has announced the days off of 2031: the forecast uses the law's and says so; the user's own end that."""
    known = settings(period={"first": date(2031, 5, 1), "last": date(2031, 5, 7)})
    offered = contacts(known, date(2031, 3, 1), date(2031, 4, 30))
    days = build_calendar("CN", date(2031, 1, 1), date(2031, 6, 30))
    found = look_ahead(inputs(known, offered), days, known.grid)
    assert said(found, "the days off of 2031 are not announced yet")
    own = pd.DataFrame({"date": [date(2031, 5, 10)], "class": ["weekend_workday"], "name": [""], "source": ["notice"]})
    told = look_ahead(inputs(known, offered, calendar_overrides=own), days, known.grid)
    assert not said(told, "not announced")
    assert not said(ahead(contacts(CN, LAST - timedelta(days=30), LAST)), "not announced")


def test_a_history_that_ended_long_ago_is_named() -> None:
    """Ten weeks between the history and the first day ahead are told with the last day; three weeks are not."""
    found = ahead(contacts(CN, date(2025, 6, 1), date(2026, 2, 19)))
    assert said(found, "the history ends on 2026-02-19, 71 days before the first day ahead")
    assert not said(ahead(contacts(CN, date(2025, 6, 1), date(2026, 4, 9))), "the history ends on")
