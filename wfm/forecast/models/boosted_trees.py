"""Boosted trees on lags and the calendar: needs LightGBM."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from wfm.domain.clock import dates
from wfm.domain.text import Text
from wfm.forecast.base import Forecaster
from wfm.forecast.clean import cleaned
from wfm.forecast.closed import never_served
from wfm.forecast.history import on_grid
from wfm.forecast.models.analyst_mean import AnalystMean
from wfm.forecast.special import day_table
from wfm.forecast.totals import known_totals

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from wfm.domain.calendar import Calendar
    from wfm.domain.intervals import Grid
    from wfm.forecast.history import FloatArray, IntArray, QueueHistory
    from wfm.forecast.special import DayTable, HolidayKey

NEAR_DAYS, FAR_DAYS = 7, 28
"""Days ahead up to which one set of trees forecasts, and up to which the other is learnt at least."""
LEAST_HISTORY, LEAST_CONTACTS = 120, 1000.0
"""Days and contacts of history that trees need."""
LEARNING_DAYS = 1100
"""Latest days that are learnt from."""
WARM_DAYS = 28
"""Days before the first origin that is learnt from."""
COPIES = 2
"""How often each day is learnt, each time seen from another origin."""
SLOW_HALF_LIFE_DAYS, QUICK_HALF_LIFE_DAYS = 365.0, 21.0
"""Half-lives of a day's weight in its weekday's means."""
LEVEL_HALF_LIFE_DAYS, LEAD_HALF_LIFE_DAYS = 28.0, 4.0
"""Half-lives of a day's weight in the level, and in how far the latest days are from it."""
YEAR_DAYS = 364
"""The same weekday a year ago."""
LAG_WEEKS, LAG_DAYS = 3, 3
"""Weeks of the same interval, and latest days, that are looked at."""
LEAST_BASE = 0.05
"""Contacts; an interval that ever had one has at least this mean."""
OPTIONS = {
    "objective": "poisson",
    "learning_rate": 0.08,
    "num_leaves": 15,
    "min_data_in_leaf": 50,
    "lambda_l2": 20.0,
    "feature_fraction": 0.5,
    "num_threads": 1,
    "seed": 1,
    "verbose": -1,
}


class BoostedTrees(Forecaster):
    """Trees with a Poisson loss that correct the weekday's mean by its level, earlier weeks and the kind of day.

    One set for the week ahead, one for later days; each is learnt from what was known as many days before. Outages and
    spikes are taken out of the history first. With less than 120 days of history, or less than a thousand contacts, it
    is the six-week mean.
    """

    kind: ClassVar[str] = "boosted_trees"
    phrase: ClassVar[Text] = Text(
        en="boosted trees on earlier weeks and the calendar (library LightGBM)",
        zh="基于往周话务和日历特征的提升树（需安装 LightGBM）",
    )
    library: ClassVar[str | None] = "lightgbm"

    trees: int = Field(default=120, ge=1)
    """Trees of each set."""

    def predict(self, history: QueueHistory, calendar: Calendar, grid: Grid) -> FloatArray:
        """Return expected contacts per interval of the grid; see the base class."""
        if history.days < LEAST_HISTORY or not np.nansum(history.counts[-LEARNING_DAYS:]) >= LEAST_CONTACTS:
            return AnalystMean().predict(history, calendar, grid)
        ahead = dates(grid.first, grid.last)
        table = day_table((*history.dates, *ahead), calendar)
        past, future = table[: history.days], table[history.days :]
        counts, _ = cleaned(history.counts, history.dates, past, history.open)
        totals = known_totals(counts, history.open, past)
        seen = seen_of(counts, totals, (*history.dates, *ahead), table)
        away = np.array([(d - history.last).days for d in ahead])
        learnt = np.flatnonzero(history.open.any(axis=1))[-LEARNING_DAYS:]
        rows = np.zeros((len(ahead), counts.shape[1]))
        for first, last in ((1, NEAR_DAYS), (NEAR_DAYS + 1, max(FAR_DAYS, int(away[-1])))):
            wanted = (first <= away) & (away <= last)
            if wanted.any():
                rows[wanted] = self._rows(seen, learnt, (first, last), np.flatnonzero(wanted))
        return on_grid(np.where(never_served(totals, past, future)[:, None], 0.0, rows), grid)

    def _rows(self, seen: Seen, learnt: IntArray, span: tuple[int, int], wanted: IntArray) -> FloatArray:
        """Return forecasts of some days ahead from trees that learnt to look so many days ahead."""
        days = np.tile(learnt, COPIES)
        origins = days - np.random.default_rng(1).integers(span[0], span[1] + 1, len(days))
        past, base = features(seen, origins[origins >= WARM_DAYS], days[origins >= WARM_DAYS])
        ahead, expected = features(seen, np.full(len(wanted), seen.known - 1), seen.known + wanted)
        came = seen.counts[days[origins >= WARM_DAYS]].ravel()
        used = ~np.isnan(came) & (base > 0)
        if used.any():
            expected *= self._change(past[used], came[used], base[used], ahead)
        return expected.reshape(len(wanted), -1)

    def _change(self, past: FloatArray, came: FloatArray, base: FloatArray, ahead: FloatArray) -> FloatArray:
        """Return by what the means ahead are to be multiplied."""
        library = import_module("lightgbm")
        data = library.Dataset(past, came, init_score=np.log(base), params={"verbose": -1})
        model = library.train(OPTIONS, data, num_boost_round=self.trees)
        change: FloatArray = np.exp(np.asarray(model.predict(ahead, raw_score=True), dtype=np.float64))
        return change


@dataclass(frozen=True, slots=True)
class Seen:
    """What features are read from; a day is its position in `table`, an origin that of the last day it knows.

    Attributes
    ----------
    counts
        Contacts per known day and interval; NaN where unknown.
    table, date, position
        Special days, date, and days from the first, of the known days and those ahead.
    slow, quick
        Means per weekday and interval up to each known day, shape (known days, 7, intervals of a day).
    surprise
        Each known day's contacts over what the slow means of the day before made it.
    level, lead
        Recent mean of the surprise, and of its latest days over that.
    volume
        Contacts of ordinary days, and what the slow means of the day before made them, summed over the days before;
        shape (known days + 1, 2).
    """

    counts: FloatArray
    table: DayTable
    date: NDArray[np.datetime64]
    position: IntArray
    slow: FloatArray
    quick: FloatArray
    surprise: FloatArray
    level: FloatArray
    lead: FloatArray
    volume: FloatArray

    @property
    def known(self) -> int:
        """Number of known days."""
        return len(self.counts)

    def back(self, values: FloatArray, days: IntArray, back: IntArray | int) -> FloatArray:
        """Return the values of a number of days before each day; NaN before the first."""
        at = self.position[days] - back
        outside = (at < 0) | (at >= self.known)
        found: FloatArray = values[np.clip(at, 0, self.known - 1)].copy()
        found[outside] = np.nan
        return found

    def change(self, origins: IntArray, days: IntArray, around: int) -> FloatArray:
        """Return the log of how volume changed a year ago from the origin's weeks to those around the day."""
        then, before = self.position[days] - YEAR_DAYS, origins - YEAR_DAYS
        there = self._volume(then - around, then + around)
        return _log(there, self._volume(before - 2 * around, before))

    def _volume(self, first: IntArray, last: IntArray) -> FloatArray:
        """Return contacts over what the slow means made them from day to day; NaN where a day is not known."""
        inside = (first >= 0) & (last < self.known)
        ends = self.volume[np.clip(last + 1, 0, self.known)] - self.volume[np.clip(first, 0, self.known)]
        return np.where(inside, _over(ends[:, 0], ends[:, 1]), np.nan)

    def named(self, origins: IntArray, days: IntArray) -> FloatArray:
        """Return the mean surprise of the same holidays before the origin; NaN on other days and new holidays."""
        past: dict[HolidayKey, list[int]] = {}
        for day in np.flatnonzero(self.table.holiday[: self.known] & ~np.isnan(self.surprise)).tolist():
            for key in self.table.keys[day]:
                past.setdefault(key, []).append(day)
        found = np.full(len(days), np.nan)
        for n in np.flatnonzero(self.table.holiday[days]).tolist():
            alike = [day for key in self.table.keys[days[n]] for day in past.get(key, ()) if day <= origins[n]]
            if alike:
                found[n] = self.surprise[alike].mean()
        return found


def seen_of(counts: FloatArray, totals: FloatArray, days: Sequence[date], table: DayTable) -> Seen:
    """Return what features are read from.

    Parameters
    ----------
    counts, totals
        Contacts per known day and interval, and per known day; NaN where unknown.
    days, table
        The known days and those ahead.
    """
    known = len(counts)
    past = table[:known]
    weekday = past.weekday * past.normal[:, None]
    slow = _means(counts, weekday, SLOW_HALF_LIFE_DAYS)
    expected = np.zeros(known)
    expected[1:] = np.einsum("dw,dws->d", past.weekday[1:], slow[:-1])
    used = past.normal & ~np.isnan(totals) & (expected > 0)
    came = np.where(used, totals, 0.0)
    due = np.where(used, expected, 0.0)
    level, lately = (
        _over(_decayed(came, half_life), _decayed(due, half_life), 1.0)
        for half_life in (LEVEL_HALF_LIFE_DAYS, LEAD_HALF_LIFE_DAYS)
    )
    return Seen(
        counts=counts,
        table=table,
        date=np.array(days, dtype="M8[D]"),
        position=np.array([(d - days[0]).days for d in days]),
        slow=slow,
        quick=_means(counts, weekday, QUICK_HALF_LIFE_DAYS),
        surprise=_over(totals, expected),
        level=level,
        lead=_over(lately, level),
        volume=np.cumsum(np.pad(np.stack([came, due], axis=1), ((1, 0), (0, 0))), axis=0),
    )


def features(seen: Seen, origins: IntArray, days: IntArray) -> tuple[FloatArray, FloatArray]:
    """Return features and the mean that they correct, one row per day and interval; every origin is a known day."""
    slots = seen.counts.shape[1]
    table, weekday, away = seen.table, seen.table.weekday[days], seen.position[days] - origins
    slow, quick = (np.einsum("dw,dws->ds", weekday, means[origins]) for means in (seen.slow, seen.quick))
    base = np.where(slow > 0, np.maximum(slow * seen.level[origins][:, None], LEAST_BASE), 0.0)
    lags = [-(-away // 7) * 7 + 7 * week for week in range(LAG_WEEKS)]
    columns = [
        _log(slow, slow.mean(axis=1, keepdims=True)),
        *(_log(values + 0.5, base + 0.5) for values in (quick, *(seen.back(seen.counts, days, lag) for lag in lags))),
        _log(seen.back(seen.counts, days, YEAR_DAYS) + 0.5, base + 0.5),
        np.broadcast_to(np.arange(slots, dtype=float), slow.shape),
    ]
    flags = (table.holiday, table.eve, table.after, table.bridge, table.christmas)
    daily = [
        seen.lead[origins],
        *(seen.back(seen.surprise, origins, day) for day in range(LAG_DAYS)),
        seen.back(seen.surprise, days, YEAR_DAYS),
        seen.change(origins, days, 3),
        seen.change(origins, days, 10),
        seen.named(origins, days),
        weekday @ np.arange(7),
        (seen.date[days] - seen.date[days].astype("M8[Y]")).astype(int),
        (seen.date[days] - seen.date[days].astype("M8[M]")).astype(int),
        away,
        *(flag[days] for flag in flags),
    ]
    columns += [np.repeat(np.asarray(column, dtype=float)[:, None], slots, axis=1) for column in daily]
    return np.stack(columns, axis=-1).reshape(len(days) * slots, -1), base.ravel()


def _means(counts: FloatArray, weekday: FloatArray, half_life_days: float) -> FloatArray:
    """Return the weighted mean of each weekday and interval up to each day; 0 where nothing is known."""
    seen = weekday[:, :, None] * ~np.isnan(counts)[:, None, :]
    total = _decayed(seen * np.nan_to_num(counts)[:, None, :], half_life_days)
    return _over(total, _decayed(seen, half_life_days), 0.0)


def _decayed(values: FloatArray, half_life_days: float) -> FloatArray:
    """Return the sum of each day's value and all earlier ones, weighted by their age."""
    result, kept = np.empty_like(values), 0.5 ** (1.0 / half_life_days)
    summed = np.zeros(values.shape[1:])
    for day, value in enumerate(values):
        summed = summed * kept + value
        result[day] = summed
    return result


def _over(part: FloatArray, whole: FloatArray, otherwise: float = np.nan) -> FloatArray:
    """Return part over whole; something else where the whole is not above 0."""
    some = whole > 0
    ratio: FloatArray = np.divide(part, whole, out=np.full(part.shape, otherwise), where=some)
    return ratio


def _log(part: FloatArray, whole: FloatArray) -> FloatArray:
    """Return the log of part over whole, nothing taken as next to nothing; NaN where either is unknown."""
    ratio: FloatArray = np.log(np.maximum(part, 1e-9)) - np.log(np.maximum(whole, 1e-9))
    return ratio
