"""Events of the user's own: closures, campaigns and outages, applied ahead and taken out of the past."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from wfm.domain.errors import SettingsError
from wfm.forecast.messages import UNKNOWN_EVENT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.forecast.history import FloatArray

CLOSURE, CAMPAIGN, OUTAGE = KINDS = ("closure", "campaign", "outage")
EVERY_QUEUE = ("", "*")


def ahead_factor(events: pd.DataFrame, queue: str, starts: pd.DatetimeIndex, minutes: int) -> FloatArray:
    """Return what each interval's expectation is multiplied by: 0 in a closure, the factor in a campaign.

    An interval that an event fills in part gets that part of it. A planned outage changes no demand.

    Raises
    ------
    SettingsError
        When the kind of an event is unknown.
    """
    factor = np.ones(len(starts))
    for kind, value, share in _shares(events, queue, starts, minutes):
        if kind != OUTAGE:
            factor *= 1 + share * ((0.0 if kind == CLOSURE else value) - 1)
    return factor


def without_events(offered: pd.Series[float], events: pd.DataFrame, queue: str, minutes: int) -> pd.Series[float]:
    """Return past contacts as they would have been: campaigns divided out, closures and outages unknown (NaN).

    Raises
    ------
    SettingsError
        When the kind of an event is unknown.
    """
    factor = np.ones(len(offered))
    for kind, value, share in _shares(events, queue, pd.DatetimeIndex(offered.index), minutes):
        factor *= 1 + share * (value - 1) if kind == CAMPAIGN else np.where(share > 0, np.nan, 1.0)
    return offered / np.where(factor > 0, factor, np.nan)


def _shares(
    events: pd.DataFrame, queue: str, starts: pd.DatetimeIndex, minutes: int
) -> Iterator[tuple[str, float, FloatArray]]:
    """Yield kind, factor and the share of each interval that the event fills, for the events of a queue."""
    length = pd.Timedelta(minutes=minutes)
    for row in events.to_dict("records"):
        kind = str(row["kind"])
        if kind not in KINDS:
            raise SettingsError(UNKNOWN_EVENT.fill(kind=kind, known=", ".join(KINDS)))
        named = row.get("queue")
        if pd.notna(named) and str(named) not in (*EVERY_QUEUE, queue):
            continue
        first, last = pd.Timestamp(row["start"]), pd.Timestamp(row["end"])
        filled = (starts + length).where(starts + length < last, last) - starts.where(starts > first, first)
        yield kind, float(row.get("factor") or 0.0), np.clip(np.asarray(filled / length, dtype=float), 0.0, 1.0)
