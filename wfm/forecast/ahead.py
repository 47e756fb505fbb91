"""The forecast of all queues of a period, with its spread, totals, repairs and the reason of every fallback."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np
import pandas as pd

from wfm.domain.errors import NotEnoughHistory
from wfm.forecast.aht import aht_on_grid, aht_profile
from wfm.forecast.chosen import model_of
from wfm.forecast.day_spread import day_totals_table
from wfm.forecast.effects import campaign_effect, levelled
from wfm.forecast.events import ahead_factor, without_events
from wfm.forecast.hierarchy import reconciled
from wfm.forecast.history import QueueHistory
from wfm.forecast.messages import (
    LEARNT_CAMPAIGN,
    NO_AHT,
    NO_HISTORY,
    SHORT_HISTORY,
)
from wfm.forecast.notes import about_calendar, notes_of
from wfm.forecast.sibling import Newcomer, borrowed
from wfm.forecast.spread import ASSUMED, NEAR_DAYS, counts_bounds, rates_quantile, spread_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from wfm.domain.calendar import Calendar
    from wfm.domain.intervals import Grid
    from wfm.domain.plan import Inputs
    from wfm.domain.settings import Settings
    from wfm.domain.text import Text
    from wfm.forecast.base import Outlook, Tried
    from wfm.forecast.history import BoolArray, FloatArray
    from wfm.forecast.spread import Spread

FORECAST_DAYS = 14
"""Least history of a forecast."""
GROWN_UP_DAYS = 70
"""Days of its own from which a queue needs its sibling no more."""


@dataclass(frozen=True)
class Ahead:
    """What is expected of a period.

    Attributes
    ----------
    table
        Indexed by (`queue`, `interval_start`): `offered` expected contacts, `low` and `high` the bounds between which
        they fall nine times in ten, `dispersion` phi of their rate, `aht_seconds`.
    totals
        `queue, unit, first, last, offered, low, high`: days (`day`) and weeks from Monday (`week`), with a spread
        of their own: bounds of intervals do not add up.
    repairs
        `queue, date, start, end, recorded, learnt, reason`: what was not learnt as recorded.
    notes
        The reason of every fallback.
    """

    table: pd.DataFrame
    totals: pd.DataFrame
    repairs: pd.DataFrame
    notes: tuple[Text, ...]

    def at(self, tau: float | None) -> pd.DataFrame:
        """Return `offered` and `aht_seconds` to staff to: the expectation, or the rate not exceeded with chance tau."""
        demand = self.table[["offered", "aht_seconds"]].copy()
        if tau is not None:
            demand["offered"] = rates_quantile(self._numbers("offered"), self._numbers("dispersion"), tau)
        return demand

    def _numbers(self, column: str) -> FloatArray:
        return np.asarray(self.table[column], dtype=np.float64)


def look_ahead(inputs: Inputs, calendar: Calendar, grid: Grid) -> Ahead:
    """Return what is expected of every queue and interval of the grid.

    Only history before the grid's first date is learnt from. Past campaigns, closures and outages are taken out before
    learning; those ahead are applied.

    Parameters
    ----------
    calendar
        Knows every date of the history and of the grid.

    Raises
    ------
    NotEnoughHistory
        When a queue has less than two weeks of history, or contacts without any handle time.
    SettingsError
        When the forecaster, its options or an event's kind is unknown.
    """
    tables, totals, repairs, notes = [], [], [], list(about_calendar(inputs, calendar, grid))
    for queue, (rows, history, found) in _outlooks(inputs, calendar, grid).items():
        factor, about_events = settled_factor(rows, history, inputs, calendar, queue, grid)
        offered = found.expected * factor
        tables.append(_table(rows, inputs.settings, queue, offered, found.tried, grid))
        totals.append(day_totals_table(queue, offered, found.tried, grid))
        repairs += list(_repair_rows(queue, found, history))
        notes += [*about_events, *notes_of(queue, found, history, grid)]
    columns = ["queue", "date", "start", "end", "recorded", "learnt", "reason"]
    table = pd.concat(tables).set_index(["queue", "interval_start"])
    return Ahead(table, pd.concat(totals, ignore_index=True), pd.DataFrame(repairs, columns=columns), tuple(notes))


def _outlooks(inputs: Inputs, calendar: Calendar, grid: Grid) -> dict[str, tuple[pd.DataFrame, QueueHistory, Outlook]]:
    """Return what every queue is forecast from, those of one group reconciled with their sum."""
    queues = inputs.settings.queues
    found = {queue: queue_outlook(inputs, calendar, queue, grid) for queue in queues}
    for group in dict.fromkeys(spec.group for spec in queues.values() if spec.group is not None):
        members = [queue for queue, spec in queues.items() if spec.group == group and spec.sibling is None]
        if len(members) < 2:
            continue
        own = {queue: found[queue][2] for queue in members}
        histories = {queue: found[queue][1] for queue in members}
        for queue, outlook in reconciled(own, histories, model_of(inputs.settings), calendar, grid).items():
            found[queue] = (*found[queue][:2], outlook)
    return found


def queue_outlook(
    inputs: Inputs, calendar: Calendar, queue: str, grid: Grid
) -> tuple[pd.DataFrame, QueueHistory, Outlook]:
    """Return what a queue is forecast from: its rows, its history without events, and its outlook.

    A queue with a sibling and little history has the sibling's rows and history where it has none.
    """
    model, lender = model_of(inputs.settings), inputs.settings.queues[queue].sibling
    if lender is None:
        rows = queue_rows(inputs.history, queue)
        history = queue_history(rows, inputs, calendar, queue, grid.first)
        return rows, history, model.foreseen(history, calendar, grid)
    rows = queue_rows(inputs.history, lender)
    history = queue_history(rows, inputs, calendar, lender, grid.first)
    own, mine = None, of_queue(inputs.history, queue)
    if (mine & (inputs.history.index.get_level_values("interval_start") < grid.starts[0])).any():
        rows = queue_rows(inputs.history, queue)
        own = queue_history(rows, inputs, calendar, queue, grid.first, least=1)
    if own is not None and own.days >= GROWN_UP_DAYS:
        return rows, own, model.foreseen(own, calendar, grid)
    new = Newcomer(queue, lender, inputs.settings.queues[queue].contacts_per_day, own)
    return rows, own or history, borrowed(new, history, model, calendar, grid)


def queue_rows(history: pd.DataFrame, queue: str) -> pd.DataFrame:
    """Return the history of one queue by interval start; raises `NotEnoughHistory` when there is none."""
    mine = of_queue(history, queue)
    if not mine.any():
        raise NotEnoughHistory(NO_HISTORY.fill(queue=queue, days=FORECAST_DAYS))
    return history.loc[mine].droplevel("queue")


def of_queue(history: pd.DataFrame, queue: str) -> BoolArray:
    """Return which rows belong to a queue, by the codes of the index: comparing names takes longer than a forecast."""
    index = cast("pd.MultiIndex", history.index)
    level = index.names.index("queue")
    place = index.levels[level].get_indexer(pd.Index([queue]))[0]
    return np.asarray((index.codes[level] == place) & (place >= 0), dtype=bool)


def queue_history(
    rows: pd.DataFrame,
    inputs: Inputs,
    calendar: Calendar,
    queue: str,
    before: date,
    least: int = FORECAST_DAYS,
) -> QueueHistory:
    """Return a queue's history without events, at its present level, up to the day before a date.

    Raises
    ------
    NotEnoughHistory
        When there are less than `least` days of it.
    """
    centre, intervals = inputs.settings.centre, inputs.settings.intervals
    past = rows[rows.index < pd.Timestamp(before, tz=centre.zone)]
    found = 0
    if past["offered"].notna().any():
        offered = without_events(past["offered"].astype(float), inputs.events, queue, intervals.minutes)
        if offered.notna().any():
            history = QueueHistory.of(offered, intervals.minutes, centre.zone, intervals.opening)
            found = history.days
    if found < least:
        raise NotEnoughHistory(SHORT_HISTORY.fill(queue=queue, found=found, first=before, days=least))
    return levelled(history, calendar, inputs.events, queue)


def spread_from(tried: Sequence[Tried]) -> Spread:
    """Return the dispersion that the trials of a forecast had; an assumed one without trials."""
    if not tried:
        return ASSUMED
    near = [np.broadcast_to((np.arange(len(t.actual)) < NEAR_DAYS)[:, None], t.actual.shape) for t in tried]
    joined = (np.concatenate(list(rows)) for rows in ((t.actual for t in tried), (t.expected for t in tried), near))
    return spread_of(*joined)


def _table(
    rows: pd.DataFrame, settings: Settings, queue: str, offered: FloatArray, tried: Sequence[Tried], grid: Grid
) -> pd.DataFrame:
    phi = spread_from(tried).of(offered, _near(grid))
    low, high = counts_bounds(offered, phi)
    columns = {
        "queue": queue,
        "interval_start": grid.starts,
        "offered": offered,
        "low": low,
        "high": high,
        "dispersion": phi,
    }
    return pd.DataFrame({**columns, "aht_seconds": queue_aht(rows, settings, queue, offered, grid)})


def _near(grid: Grid) -> BoolArray:
    days = (grid.starts.tz_localize(None).normalize() - pd.Timestamp(grid.first)).days
    near: BoolArray = np.asarray(days) < NEAR_DAYS
    return near


def settled_factor(
    rows: pd.DataFrame, history: QueueHistory, inputs: Inputs, calendar: Calendar, queue: str, grid: Grid
) -> tuple[FloatArray, tuple[Text, ...]]:
    """Return what events ahead multiply each interval by, campaigns without a factor as learnt, and a note on those."""
    events, minutes = inputs.events, grid.minutes
    plain = ahead_factor(events, queue, grid.starts, minutes)
    if np.array_equal(plain, ahead_factor(events, queue, grid.starts, minutes, learnt=2.0)):
        return plain, ()
    past = rows["offered"].astype(float)
    effect = campaign_effect(past[past.index < grid.starts[0]].dropna(), history, calendar, events, queue)
    note = LEARNT_CAMPAIGN.fill(queue=queue, factor=f"{effect.factor:.2f}", count=effect.seen)
    return ahead_factor(events, queue, grid.starts, minutes, effect.factor), (note,)


def _repair_rows(queue: str, found: Outlook, history: QueueHistory) -> Iterator[tuple[object, ...]]:
    for r in found.repairs:
        start, end = (f"{m // 60:02d}:{m % 60:02d}" for m in (r.first * history.minutes, r.end * history.minutes))
        yield queue, r.day, start, end, r.recorded, r.learnt, r.reason


def queue_aht(rows: pd.DataFrame, settings: Settings, queue: str, offered: FloatArray, grid: Grid) -> FloatArray:
    """Return handle time in seconds per interval: learnt from the history, else of the settings.

    Raises
    ------
    NotEnoughHistory
        When contacts are expected and neither knows it.
    """
    past = rows[rows.index < grid.starts[0]].tz_convert(grid.zone)
    profile = aht_profile(past, grid.first) if "aht_seconds" in past else None
    if profile is not None:
        return aht_on_grid(profile, grid)
    fixed = settings.queues[queue].aht_seconds
    if fixed is None and offered.sum() > 0:
        raise NotEnoughHistory(NO_AHT.fill(queue=queue))
    return np.full(grid.size, fixed or 0.0)
