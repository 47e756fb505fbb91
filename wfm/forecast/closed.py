"""Days on which nobody ever calls: they are forecast as exactly zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from wfm.forecast.history import BoolArray, FloatArray
    from wfm.forecast.special import DayTable, HolidayKey

ANY_NAME = "*"
NOTHING = 0.01
"""A day with less than this share of a usual day's contacts counts as empty."""


def never_served(totals: FloatArray, past: DayTable, future: DayTable) -> BoolArray:
    """Return which future days are closed by all experience; shape (days ahead,).

    A weekday without a contact on any ordinary day; a holiday when every past one of its name and class was empty,
    or every past one of its class when the name is new.

    Parameters
    ----------
    totals
        Contacts per past day; NaN where unknown.
    """
    known = ~np.isnan(totals)
    usual = float(np.mean(totals[known & past.normal])) if (known & past.normal).any() else 0.0
    empty = known & (totals <= NOTHING * usual)
    served = past.weekday[known & past.normal & (totals > 0)].sum(axis=0) > 0
    weekday_shut = (future.weekday @ served) == 0
    return np.where(future.holiday, _empty_holidays(empty, known, past, future), weekday_shut)


def _empty_holidays(empty: BoolArray, known: BoolArray, past: DayTable, future: DayTable) -> BoolArray:
    """Return which days are like past holidays that were all empty: of the same name, or else of the same class."""
    all_empty: dict[HolidayKey, bool] = {}
    for day in np.flatnonzero(known & past.holiday):
        for name, day_class in past.keys[day]:
            for key in ((name, day_class), (ANY_NAME, day_class)):
                all_empty[key] = all_empty.get(key, True) and bool(empty[day])

    def shut(key: HolidayKey) -> bool:
        return all_empty.get(key, all_empty.get((ANY_NAME, key[1]), False))

    return np.array([bool(keys) and all(shut(key) for key in keys) for keys in future.keys])
