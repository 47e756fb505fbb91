"""What a day total is explained by: the kind of day, and the time of the year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wfm.forecast.special import weekend_like

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from wfm.forecast.history import FloatArray
    from wfm.forecast.learning import Learning
    from wfm.forecast.special import DayTable, HolidayKey

YEAR_DAYS, MONTH_DAYS = 365.25, 30.44
MONTHLY, MONTHLY_RIDGE = 2, 10.0
"""Harmonics of the day of the month, and the penalty of each."""
NAME_RIDGE = 3.0
"""Penalty of what one holiday does beyond the others."""
SINCE_RIDGE = 1.0
"""Penalty of what a holiday does to the days two to seven days after it."""
IN_MONTH_RIDGE = 3.0
"""Penalty of what the first and the last workdays of a month do."""
WEEKDAY_YEAR_RIDGE = 3.0
"""Penalty of the year's wave that a weekday has of its own."""
FESTIVAL_RIDGE = 0.5
"""Penalty of what a moving festival does to the days before, in or after it."""


@dataclass(frozen=True, slots=True)
class Regressors:
    """Columns for every known day and day ahead.

    Attributes
    ----------
    x
        Shape (days, columns).
    ridge
        Penalty of each column.
    """

    x: FloatArray
    ridge: FloatArray

    def joined(self, others: Regressors) -> Regressors:
        """Return these columns and others."""
        return Regressors(np.hstack([self.x, others.x]), np.concatenate([self.ridge, others.ridge]))


def kinds_of_days(learn: Learning) -> Regressors:
    """Return weekdays, holidays as a group and by name, the days beside them, festivals and the day of the month."""
    table = learn.table
    weekend = weekend_like(learn.totals, learn.past)
    on_workday = 1.0 - table.weekday @ weekend.astype(float)
    columns: list[tuple[FloatArray, float]] = [(table.weekday[:, k], 1e-4) for k in range(7)]
    columns += [
        (table.holiday * on_workday, 0.3),
        (table.holiday * (1.0 - on_workday), 1.0),
        (table.eve * on_workday, 2.0),
        (table.after * on_workday, 1.0),
        (table.bridge * on_workday, 0.5),
        (table.christmas.astype(np.float64), 1.0),
    ]
    seen = sorted({key for keys in learn.past.keys for key in keys})
    columns += [(on_workday * named, NAME_RIDGE) for named in _named(seen, table).T]
    columns += [(since, SINCE_RIDGE) for since in table.since.astype(np.float64).T]
    columns += [(place, IN_MONTH_RIDGE) for place in table.in_month.astype(np.float64).T]
    columns += list(_around_festivals(learn))
    cycles = np.array([d.day / MONTH_DAYS for d in learn.days])
    columns += [(wave, MONTHLY_RIDGE) for _, wave in _harmonics(cycles, MONTHLY)]
    return _joined(columns)


def shape_of_year(days: Sequence[date], yearly: int, ridge: float) -> Regressors:
    """Return so many harmonics of the year, the penalty of the n-th n times that of the first."""
    return _joined([(wave, ridge * order) for order, wave in _harmonics(_years(days), yearly)])


def weekdays_of_year(learn: Learning) -> Regressors:
    """Return a wave of the year for each weekday: what the weekend is to the week may change with the season."""
    waves = [wave for _, wave in _harmonics(_years(learn.days), 1)]
    weekdays = learn.table.weekday.T
    return _joined([(weekday * wave, WEEKDAY_YEAR_RIDGE) for weekday in weekdays for wave in waves])


def _years(days: Sequence[date]) -> FloatArray:
    return np.array([d.toordinal() for d in days]) / YEAR_DAYS


def _joined(columns: Sequence[tuple[FloatArray, float]]) -> Regressors:
    return Regressors(np.column_stack([c for c, _ in columns]), np.array([r for _, r in columns]))


def _named(seen: Sequence[HolidayKey], table: DayTable) -> FloatArray:
    """Return whether each day has each of the holidays; shape (days, holidays)."""
    place = {key: n for n, key in enumerate(seen)}
    named = np.zeros((len(table.keys), len(seen)))
    for day in np.flatnonzero(table.holiday).tolist():
        named[day, [place[key] for key in table.keys[day] if key in place]] = 1.0
    return named


def _around_festivals(learn: Learning) -> Iterator[tuple[FloatArray, float]]:
    """Yield what a moving festival does to the days before, in and after it: a level, a slope and a bend each."""
    every = learn.table.place
    away = np.array([(place[2] - 4.0) / 3.0 if place is not None else 0.0 for place in every])
    for stretch in sorted({place[:2] for place in every[: learn.known] if place is not None}):
        there = np.array([place is not None and place[:2] == stretch for place in every])
        for power in range(3):
            yield there * away**power, FESTIVAL_RIDGE


def _harmonics(cycles: FloatArray, orders: int) -> Iterator[tuple[int, FloatArray]]:
    for order in range(1, orders + 1):
        yield order, np.sin(2 * np.pi * order * cycles)
        yield order, np.cos(2 * np.pi * order * cycles)
