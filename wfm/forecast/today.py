"""The rest of a day, forecast again from what its morning brought."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from wfm.domain.errors import SettingsError
from wfm.forecast.ahead import of_queue, queue_aht, queue_outlook, settled_factor
from wfm.forecast.aht import aht_trials, handled
from wfm.forecast.history import by_wall_clock
from wfm.forecast.intraday import factor_from_trials
from wfm.forecast.messages import NOTHING_TODAY, UPDATED

if TYPE_CHECKING:
    from wfm.domain.calendar import Calendar
    from wfm.domain.intervals import Grid
    from wfm.domain.plan import Inputs
    from wfm.domain.text import Text
    from wfm.forecast.history import BoolArray, FloatArray


def reforecast(inputs: Inputs, calendar: Calendar, now: datetime) -> tuple[pd.DataFrame, tuple[Text, ...]]:
    """Return the day of `now` forecast up to yesterday and again with the contacts so far, and what moved it.

    Parameters
    ----------
    inputs
        The history holds the contacts of the day up to `now`.
    now
        Zone-aware; intervals that end by then are over.

    Returns
    -------
    tuple of DataFrame and notes
        Indexed by (`queue`, `interval_start`) over the whole day: `planned` and `planned_aht_seconds` as known
        yesterday, `offered` and `aht_seconds` the update (equal to them where over), `over`.

    Raises
    ------
    NotEnoughHistory
        When a queue cannot be forecast.
    SettingsError
        When no queue has contacts on record for an interval of the day that is over.
    """
    zone = inputs.settings.centre.zone
    today = now.astimezone(zone).date()
    grid = replace(inputs.settings.grid, first=today, last=today)
    over = np.asarray(grid.starts + timedelta(minutes=grid.minutes) <= pd.Timestamp(now))
    seen = inputs.history[inputs.history.index.get_level_values("interval_start") >= grid.starts[0]]
    known = seen.index.get_level_values("interval_start").isin(grid.starts[over])
    if not seen["offered"][known].notna().any():
        raise SettingsError(NOTHING_TODAY.fill(day=today, now=f"{now.astimezone(zone):%H:%M}"))
    found = [_queue(queue, inputs, calendar, grid, over) for queue in inputs.settings.queues]
    table = pd.concat([frame for frame, _ in found]).set_index(["queue", "interval_start"])
    return table, tuple(note for _, note in found)


def _queue(queue: str, inputs: Inputs, calendar: Calendar, grid: Grid, over: BoolArray) -> tuple[pd.DataFrame, Text]:
    rows, history, outlook = queue_outlook(inputs, calendar, queue, grid)
    planned = outlook.expected * settled_factor(rows, history, inputs, calendar, queue, grid)[0]
    aht = queue_aht(rows, inputs.settings, queue, planned, grid)
    own = inputs.history[of_queue(inputs.history, queue)].droplevel("queue")
    today = own.reindex(grid.starts)
    actual = today["offered"].to_numpy(dtype=np.float64)
    so_far = over & ~np.isnan(actual)
    clock = by_wall_clock(over.astype(float), grid.starts, grid.minutes, grid.first, grid.first)[0] > 0
    factor = factor_from_trials(outlook.tried, clock)
    rest = factor.rest(np.where(so_far, actual, 0.0), np.where(so_far, planned, 0.0), over)
    rest_aht = _rest_of_aht(rows, today, aht, over, clock, grid)
    columns = {"queue": queue, "interval_start": grid.starts, "planned": planned, "planned_aht_seconds": aht}
    updated = {
        "offered": planned * rest,
        "aht_seconds": aht * rest_aht,
        "actual": np.where(so_far, actual, np.nan),
        "over": over,
    }
    note = UPDATED.fill(
        queue=queue,
        actual=f"{actual[so_far].sum():,.0f}",
        planned=f"{planned[so_far].sum():,.0f}",
        rest=f"{_whole(planned[~over], rest[~over]):.3f}",
        carry=f"{factor.carry:.2f}",
        days=factor.days,
    )
    return pd.DataFrame({**columns, **updated}), note


def _whole(planned: FloatArray, factor: FloatArray) -> float:
    """Return the factor of the sum; 1 where nothing is planned."""
    return float(planned @ factor / planned.sum()) if planned.sum() > 0 else 1.0


def _rest_of_aht(
    rows: pd.DataFrame, today: pd.DataFrame, aht: FloatArray, over: BoolArray, clock: BoolArray, grid: Grid
) -> FloatArray:
    """Return what the handle time of each interval is multiplied by: as for contacts, learnt from past days."""
    if "aht_seconds" not in rows:
        return np.ones(len(aht))
    contacts, seconds = handled(today)
    used = over & (contacts > 0) & (seconds > 0) & (aht > 0)
    came = np.where(used, contacts, 0.0)
    taken = np.where(used, contacts * seconds / np.where(used, aht, 1.0), 0.0)
    past = rows[rows.index < grid.starts[0]].tz_convert(grid.zone)
    factor = factor_from_trials(tuple(aht_trials(past, grid.first, grid.minutes)), clock)
    return factor.rest(taken, came, over)
