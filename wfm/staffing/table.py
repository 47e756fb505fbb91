"""The requirement of every queue and interval of a period."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from wfm.domain.errors import SettingsError
from wfm.staffing.messages import BAD_OFFERED, LONG_CONTACTS, MISSING_ROWS, NO_AHT, NO_TIME_LEFT
from wfm.staffing.queue import deferred, load_of, served_at_once, without_time
from wfm.staffing.shrinkage import combined, grossed_up

if TYPE_CHECKING:
    from wfm.domain.intervals import Grid
    from wfm.domain.settings import Settings
    from wfm.domain.text import Text

COLUMNS = (
    "offered",
    "aht_seconds",
    "load",
    "required_net",
    "required_rostered",
    "required_gross",
    "service_level",
    "asa_seconds",
    "occupancy",
    "abandonment",
    "binding",
)


def requirement(forecast: pd.DataFrame, settings: Settings, grid: Grid) -> pd.DataFrame:
    """Return the agents every queue needs in every interval of the grid.

    Parameters
    ----------
    forecast
        Indexed by (`queue`, `interval_start`); columns `offered` (contacts per interval) and `aht_seconds`.

    Returns
    -------
    DataFrame
        Indexed by (`queue`, `interval_start`) in the order of the settings, with `COLUMNS`: `load` in erlangs, as
        `[staffing] arrivals` sees it; `required_net`, the smallest whole number of agents on the queue that meets
        every target; `required_rostered` and `required_gross` in agents, two decimals; the service level (share),
        mean wait (seconds), occupancy and abandonment (shares) that the model of the queue predicts at
        `required_net`; and the `binding` target, `due` for deferred work, `closed` where the centre is. A closed
        interval needs nobody and predicts nothing (NaN).

    Raises
    ------
    SettingsError
        When the forecast lacks an interval, contacts are expected without a handle time, or deferred ones are due
        before there is time for them.
    """
    frames = [_queue(name, _rows(forecast, name, grid), settings, grid) for name in settings.queues]
    return pd.concat(frames, keys=list(settings.queues), names=["queue", "interval_start"])


def notes(table: pd.DataFrame, settings: Settings) -> tuple[Text, ...]:
    """Return warnings about a requirement: queues whose contacts are long against intervals staffed each for itself."""
    if settings.staffing.arrivals != "sipp":
        return ()
    minutes = settings.intervals.minutes
    longest = table.loc[table["offered"] > 0, "aht_seconds"].groupby(level="queue", sort=False).max()
    return tuple(
        LONG_CONTACTS.fill(queue=queue, aht=round(aht), minutes=minutes)
        for queue, aht in longest.items()
        if aht > minutes * 60 / 4
    )


def _rows(forecast: pd.DataFrame, queue: str, grid: Grid) -> pd.DataFrame:
    known = forecast.index.get_level_values("queue") == queue
    rows = forecast.loc[known, ["offered", "aht_seconds"]].droplevel("queue").reindex(grid.starts)
    rows["offered"] = rows["offered"].where(grid.open, 0.0)
    calls, aht = rows["offered"], rows["aht_seconds"]
    _refuse(MISSING_ROWS, queue, rows.index[calls.isna()])
    _refuse(BAD_OFFERED, queue, rows.index[~(np.isfinite(calls) & (calls >= 0))])
    _refuse(NO_AHT, queue, rows.index[(calls > 0) & ~(np.isfinite(aht) & (aht > 0))])
    return rows


def _refuse(message: Text, queue: str, where: pd.Index) -> None:
    if len(where):
        raise SettingsError(message.fill(queue=queue, start=f"{where[0]:%Y-%m-%d %H:%M}"))


def _queue(name: str, rows: pd.DataFrame, settings: Settings, grid: Grid) -> pd.DataFrame:
    queue = settings.queues[name]
    offered, aht = rows["offered"].to_numpy(dtype=float), rows["aht_seconds"].to_numpy(dtype=float)
    load, aht = load_of(offered, aht, grid.minutes * 60, settings.staffing.arrivals)
    staff = served_at_once
    if queue.model == "deferred":
        staff = deferred
        _refuse(NO_TIME_LEFT, name, rows.index[without_time(queue, offered, grid)])
    net, binding, predicted = staff(queue, offered, load, aht, grid)
    net = np.where(grid.open, net, 0)
    shares = settings.shrinkage
    rostered = grossed_up(net.astype(float), combined(shares.unrostered.values(), shares.combine))
    return pd.DataFrame(
        {
            "offered": offered,
            "aht_seconds": rows["aht_seconds"],
            "load": load,
            "required_net": net,
            "required_rostered": rostered,
            "required_gross": grossed_up(rostered, combined(shares.rostered.values(), shares.combine)),
            **{key: np.where(grid.open, values, np.nan) for key, values in predicted.items()},
            "binding": np.where(grid.open, binding, "closed"),
        },
        index=rows.index,
        columns=COLUMNS,
    )
