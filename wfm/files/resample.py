"""History intervals to planning intervals: finer ones are summed, coarser ones spread evenly."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from wfm.domain.intervals import Grid
from wfm.files import messages

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    import numpy.typing as npt

    from wfm.domain.settings import Settings
    from wfm.files.findings import Findings

    Floats = npt.NDArray[np.float64]


def resample(queue: str, part: pd.DataFrame, minutes: int, settings: Settings, findings: Findings) -> pd.DataFrame:
    """Return the contacts of one queue per planning interval.

    A planning interval is kept when every open piece of it was recorded; one with a part missing is a gap, since the
    missing part is not zero. Contacts outside opening hours are left out. Handle times are means weighted by contacts.

    Parameters
    ----------
    part
        `start` (minutes since 1970), `offered`, `aht_seconds` (NaN where unknown); each start once.
    minutes
        Length of the history's intervals.

    Returns
    -------
    DataFrame
        Indexed by (`queue`, `interval_start`); `offered`, `aht_seconds`, `spread`.
    """
    planning, zone = settings.intervals.minutes, settings.centre.zone
    spread = minutes > planning
    grid = _grid(part, minutes, min(minutes, planning), settings)
    origin = int(grid.start.timestamp()) // 60
    if spread:
        part = _spread(part, minutes, grid, origin, zone)
        findings.note(messages.SPREAD_ROWS, queue=queue, count=part["row"].nunique(), minutes=minutes)
    position = (part["start"].to_numpy() - origin) // grid.minutes
    is_open = grid.open[position]
    _note_closed(queue, part.loc[~is_open, "offered"], findings)
    pieces = planning // grid.minutes
    slot, size = position[is_open] // pieces, -(-grid.size // pieces)
    offered, aht = part["offered"].to_numpy()[is_open], part["aht_seconds"].to_numpy()[is_open]
    recorded = np.bincount(slot, minlength=size)
    wanted = np.bincount(np.arange(grid.size) // pieces, weights=grid.open, minlength=size)
    contacts: Floats = np.bincount(slot, weights=offered, minlength=size).astype(float)
    kept = (recorded > 0) & (recorded >= wanted)
    _note_partial(queue, contacts[(recorded > 0) & ~kept], findings)
    frame = pd.DataFrame(
        {
            "queue": queue,
            "interval_start": grid.starts[::pieces],
            "offered": contacts,
            "aht_seconds": _mean(aht, offered, slot, size),
            "spread": spread,
        }
    )
    return frame[kept].set_index(["queue", "interval_start"])


def _grid(part: pd.DataFrame, minutes: int, step: int, settings: Settings) -> Grid:
    zone = settings.centre.zone
    ends = int(part["start"].max()) + minutes - 1
    first, last = (datetime.fromtimestamp(m * 60, zone).date() for m in (int(part["start"].min()), ends))
    return Grid(first, last, step, zone, settings.intervals.opening)


def _mean(values: Floats, weights: Floats, slot: npt.NDArray[np.int64], size: int) -> Floats:
    known = ~np.isnan(values)
    total = np.bincount(slot[known], weights=(values * weights)[known], minlength=size)
    weight = np.bincount(slot[known], weights=weights[known], minlength=size)
    mean: Floats = np.full(size, np.nan)
    np.divide(total, weight, out=mean, where=weight > 0)
    return mean


def _spread(part: pd.DataFrame, minutes: int, grid: Grid, origin: int, zone: ZoneInfo) -> pd.DataFrame:
    """Return one row per open planning interval of each row; a row without an open one stays at its start."""
    pieces = []
    for start in part["start"].to_numpy():
        lo, hi = ((m - origin) // grid.minutes for m in (int(start), _end(int(start), minutes, zone)))
        pieces.append(lo + np.flatnonzero(grid.open[lo:hi]) if grid.open[lo:hi].any() else np.array([lo]))
    sizes = np.array([len(slots) for slots in pieces])
    spread = part.loc[part.index.repeat(sizes)]
    return spread.assign(
        start=origin + np.concatenate(pieces) * grid.minutes,
        offered=spread["offered"].to_numpy() / np.repeat(sizes, sizes),
    )


def _end(start: int, minutes: int, zone: ZoneInfo) -> int:
    """Return the end of an interval; above an hour its length is that of the wall clock, as in a row per day."""
    if minutes <= 60:
        return start + minutes
    local = datetime.fromtimestamp(start * 60, zone) + timedelta(minutes=minutes)
    return int(local.astimezone(UTC).timestamp()) // 60


def _note_closed(queue: str, contacts: pd.Series[float], findings: Findings) -> None:
    busy = contacts[contacts > 0]
    if len(busy):
        findings.note(messages.CLOSED_CONTACTS, queue=queue, count=len(busy), contacts=f"{busy.sum():g}")


def _note_partial(queue: str, contacts: Floats, findings: Findings) -> None:
    if len(contacts):
        findings.note(messages.PARTIAL_INTERVALS, queue=queue, count=len(contacts), contacts=f"{contacts.sum():g}")
