"""Events of the user's own (closures, campaigns, outages, changes): applied ahead, taken out of the past."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from wfm.domain.errors import SettingsError
from wfm.forecast.messages import UNKNOWN_EVENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.forecast.history import FloatArray

CLOSURE, CAMPAIGN, OUTAGE, CHANGE = KINDS = ("closure", "campaign", "outage", "change")
EVERY_QUEUE = ("", "*")


def ahead_factor(
    events: pd.DataFrame, queue: str, starts: pd.DatetimeIndex, minutes: int, learnt: float = 1.0
) -> FloatArray:
    """Return what each interval's expectation is multiplied by: 0 in a closure, the factor in a campaign.

    An interval that an event fills in part gets that part of it. A planned outage changes no demand. A change that
    begins ahead lasts to the end of the grid.

    Parameters
    ----------
    learnt
        Factor of a campaign that gives none.

    Raises
    ------
    SettingsError
        When the kind of an event is unknown.
    """
    factor = np.ones(len(starts))
    for kind, value, share in event_shares(events, queue, starts, minutes):
        if kind != OUTAGE:
            natural = {CLOSURE: 0.0, CAMPAIGN: learnt, CHANGE: 1.0}[kind]
            factor *= 1 + share * ((natural if kind == CLOSURE or np.isnan(value) else value) - 1)
    return factor


def without_events(offered: pd.Series[float], events: pd.DataFrame, queue: str, minutes: int) -> pd.Series[float]:
    """Return past contacts as they would have been: campaigns divided out, closures and outages unknown (NaN).

    A campaign without a factor is unknown too. A change is no disturbance: it stays.

    Raises
    ------
    SettingsError
        When the kind of an event is unknown.
    """
    factor = np.ones(len(offered))
    for kind, value, share in event_shares(events, queue, pd.DatetimeIndex(offered.index), minutes):
        if kind == CAMPAIGN and not np.isnan(value):
            factor *= 1 + share * (value - 1)
        elif kind != CHANGE:
            factor = np.where(share > 0, np.nan, factor)
    return offered / np.where(factor > 0, factor, np.nan)


def change_starts(events: pd.DataFrame, queue: str) -> Iterator[tuple[pd.Timestamp, float]]:
    """Yield the start of every lasting change of a queue, with its factor; NaN where none is given."""
    for kind, start, _, factor in _of_queue(events, queue):
        if kind == CHANGE:
            yield start, factor


def event_shares(
    events: pd.DataFrame, queue: str, starts: pd.DatetimeIndex, minutes: int
) -> Iterator[tuple[str, float, FloatArray]]:
    """Yield kind, factor and the share of each interval that the event fills, for the events of a queue.

    A change fills every interval from its start on, when it starts within them.
    """
    length = pd.Timedelta(minutes=minutes)
    for kind, first, last, factor in _of_queue(events, queue):
        if kind == CHANGE and len(starts):
            last = starts[-1] + length if first > starts[0] else first
        filled = (starts + length).where(starts + length < last, last) - starts.where(starts > first, first)
        yield kind, factor, np.clip(np.asarray(filled / length, dtype=float), 0.0, 1.0)


def _of_queue(events: pd.DataFrame, queue: str) -> Iterator[tuple[str, pd.Timestamp, pd.Timestamp, float]]:
    for row in events.to_dict("records"):
        kind = str(row["kind"])
        if kind not in KINDS:
            raise SettingsError(UNKNOWN_EVENT.fill(kind=kind, known=", ".join(KINDS)))
        named, factor = row.get("queue"), row.get("factor")
        if pd.isna(named) or str(named) in (*EVERY_QUEUE, queue):
            number = np.nan if factor is None or pd.isna(factor) else float(factor)
            yield kind, pd.Timestamp(row["start"]), pd.Timestamp(row["end"]), number
