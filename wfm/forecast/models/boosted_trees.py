"""Boosted trees on lags and the calendar: needs LightGBM."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from wfm.domain.clock import dates
from wfm.domain.text import Text
from wfm.forecast.base import Forecaster
from wfm.forecast.closed import never_served
from wfm.forecast.history import on_grid
from wfm.forecast.models.analyst_mean import AnalystMean
from wfm.forecast.special import day_table
from wfm.forecast.totals import known_totals

if TYPE_CHECKING:
    from wfm.domain.calendar import Calendar
    from wfm.domain.intervals import Grid
    from wfm.forecast.history import FloatArray, IntArray, QueueHistory
    from wfm.forecast.special import DayTable

NEAR_LAG, FAR_LAG = 7, 28
"""Least lag in days of the features, up to a week ahead and beyond."""
WEEKS = 4
"""Lags of whole weeks that are looked at."""
LEAST_HISTORY, LEAST_CONTACTS = 120, 1000.0
"""Days and contacts of history that trees need."""
LEARNING_DAYS = 800
"""Latest days that are learnt from."""


class BoostedTrees(Forecaster):
    """Trees with a Poisson loss on the same interval of earlier weeks, the latest level, and the kind of day.

    With less than 120 days of history, or less than a thousand contacts, it is the six-week mean.
    """

    kind: ClassVar[str] = "boosted_trees"
    phrase: ClassVar[Text] = Text(
        en="boosted trees on earlier weeks and the calendar (library LightGBM)",
        zh="基于往周话务和日历特征的提升树（需安装 LightGBM）",
    )
    library: ClassVar[str | None] = "lightgbm"

    trees: int = Field(default=300, ge=1)

    def predict(self, history: QueueHistory, calendar: Calendar, grid: Grid) -> FloatArray:
        """Return expected contacts per interval of the grid; see the base class."""
        if history.days < LEAST_HISTORY or not np.nansum(history.counts[-LEARNING_DAYS:]) >= LEAST_CONTACTS:
            return AnalystMean().predict(history, calendar, grid)
        ahead = dates(grid.first, grid.last)
        table = day_table((*history.dates, *ahead), calendar)
        past, future = table[: history.days], table[history.days :]
        totals = known_totals(history.counts, history.open, past)
        away = np.array([(d - history.last).days for d in ahead])
        counts = np.full((history.days + int(away.max()), history.counts.shape[1]), np.nan)
        counts[: history.days] = history.counts
        rows = np.zeros((len(ahead), counts.shape[1]))
        for near, lag in ((True, NEAR_LAG), (False, -(-int(max(away.max(), FAR_LAG)) // 7) * 7)):
            wanted = (away <= NEAR_LAG) == near
            if wanted.any():
                rows[wanted] = self._rows(counts, table, history, lag, away[wanted])
        return on_grid(np.where(never_served(totals, past, future)[:, None], 0.0, rows), grid)

    def _rows(self, counts: FloatArray, table: DayTable, history: QueueHistory, lag: int, away: IntArray) -> FloatArray:
        learnt = np.arange(max(lag, history.days - LEARNING_DAYS), history.days)
        learnt = learnt[history.open[learnt].any(axis=1)]
        asked = history.days - 1 + away
        first = history.dates[0].toordinal()
        x, y = _features(counts, table, learnt, learnt, lag, first), history.counts[learnt].ravel()
        ahead = _features(counts, table, asked, history.days + np.arange(len(away)) + int(away[0]) - 1, lag, first)
        known = ~np.isnan(y)
        library = import_module("lightgbm")
        options = {"objective": "poisson", "learning_rate": 0.05, "num_leaves": 31, "verbose": -1, "num_threads": 1}
        data = library.Dataset(x[known], y[known], params={"verbose": -1})
        model = library.train({**options, "seed": 1}, data, num_boost_round=self.trees)
        found: FloatArray = np.asarray(model.predict(ahead), dtype=np.float64).reshape(len(away), -1)
        return found


def _features(counts: FloatArray, table: DayTable, days: IntArray, rows: IntArray, lag: int, first: int) -> FloatArray:
    """Return one row per day and interval; `days` are positions in time, `rows` those in the table."""
    slots = counts.shape[1]
    lags = [_lagged(counts, days - lag - 7 * week) for week in range(WEEKS)]
    level = np.stack([_lagged(counts, days - lag - k).sum(axis=1) for k in range(7)]).mean(axis=0)
    year = _lagged(counts, days - 364)
    daily = [
        level,
        table.weekday[rows] @ np.arange(7),
        *(flag[rows] for flag in _flags(table)),
        (first + days) % 365.25,
    ]
    columns = [
        *lags,
        np.mean(lags, axis=0),
        year,
        *(np.repeat(np.asarray(c, dtype=float)[:, None], slots, 1) for c in daily),
    ]
    columns.append(np.broadcast_to(np.arange(slots, dtype=float), (len(days), slots)))
    return np.stack(columns, axis=-1).reshape(len(days) * slots, -1)


def _flags(table: DayTable) -> tuple[FloatArray, ...]:
    flags = (table.holiday, table.eve, table.after, table.bridge, table.christmas)
    return tuple(flag.astype(np.float64) for flag in flags)


def _lagged(counts: FloatArray, days: IntArray) -> FloatArray:
    """Return the counts of other days; NaN before the first."""
    found: FloatArray = np.where((days >= 0)[:, None], counts[np.maximum(days, 0)], np.nan)
    return found
