"""What earlier events did to a queue: factors of campaigns, and the step of a lasting change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from wfm.forecast.clean import usual_counts
from wfm.forecast.events import CAMPAIGN, change_starts, event_shares
from wfm.forecast.history import by_wall_clock
from wfm.forecast.special import day_table

if TYPE_CHECKING:
    from wfm.domain.calendar import Calendar
    from wfm.forecast.history import FloatArray, QueueHistory
    from wfm.forecast.special import DayTable

PRIOR_EVENTS = 1.0
"""So many campaigns without effect are added to those seen."""
LEAST_CONTACTS = 20.0
"""Usual contacts that a campaign must span to teach anything."""
STEP_DAYS = 56
"""Days on either side of a change that are compared."""
PRIOR_DAYS = 3.0
"""So many days without a step are added to those after the change."""


@dataclass(frozen=True, slots=True)
class Effect:
    """Factor of a queue's campaigns, shrunk to 1 by how few were seen."""

    factor: float
    seen: int


def campaign_effect(
    offered: pd.Series[float], bare: QueueHistory, calendar: Calendar, events: pd.DataFrame, queue: str
) -> Effect:
    """Return what past campaigns did: the mean log of contacts over usual ones, those given with a factor included.

    Parameters
    ----------
    offered
        Contacts as recorded, by zone-aware interval start.
    bare
        The same queue without events.
    """
    starts = pd.DatetimeIndex(offered.index)
    usual = usual_counts(bare.counts, day_table(bare.dates, calendar), bare.open)
    raw = by_wall_clock(np.asarray(offered, dtype=np.float64), starts, bare.minutes, bare.first, bare.last)
    logs = []
    for kind, _, share in event_shares(events, queue, starts, bare.minutes):
        within = by_wall_clock(share, starts, bare.minutes, bare.first, bare.last) >= 1
        known = within & ~np.isnan(raw) & ~np.isnan(usual)
        due = float(usual[known].sum())
        if kind == CAMPAIGN and due >= LEAST_CONTACTS:
            logs.append(np.log(max(float(raw[known].sum()), 1.0) / due))
    return Effect(float(np.exp(sum(logs) / (len(logs) + PRIOR_EVENTS))), len(logs))


def levelled(history: QueueHistory, calendar: Calendar, events: pd.DataFrame, queue: str) -> QueueHistory:
    """Return the history with everything before each declared change brought to the level after it.

    Profile, weekdays and holidays of the time before are still learnt from; its level is not.
    """
    counts = history.counts
    for start, factor in change_starts(events, queue):
        day = (start.tz_convert(history.zone).date() - history.first).days
        if 0 < day < history.days:
            step = _step(counts, day_table(history.dates, calendar), day) if np.isnan(factor) else factor
            counts = np.concatenate((counts[:day] * step, counts[day:]))
    return replace(history, counts=counts)


def _step(counts: FloatArray, table: DayTable, day: int) -> float:
    """Return contacts after a day over those that the weekdays before it would give, shrunk to 1."""
    whole = table.normal & ~np.isnan(counts).any(axis=1)
    before, after = np.zeros(len(counts), dtype=bool), np.zeros(len(counts), dtype=bool)
    before[max(0, day - STEP_DAYS) : day], after[day : day + STEP_DAYS] = True, True
    before, after = before & whole, after & whole
    totals, weekday = np.nansum(counts, axis=1), table.weekday
    seen = weekday[before].sum(axis=0)
    mean = np.divide(weekday[before].T @ totals[before], seen, out=np.zeros(7), where=seen > 0)
    due, came = float((weekday[after] @ mean).sum()), float(totals[after].sum())
    if due <= 0 or came <= 0:
        return 1.0
    days = float(after.sum())
    return float((came / due) ** (days / (days + PRIOR_DAYS)))


def special_day_effects(history: QueueHistory, calendar: Calendar) -> tuple[FloatArray, list[tuple[str, float]]]:
    """Return the mean ordinary day of each weekday, and special days of the past as a percentage of it, by name.

    The first has shape (7, intervals of a day), in contacts, 0 where unknown; the second is sorted by effect.
    """
    table = day_table(history.dates, calendar)
    ordinary = np.zeros((7, history.counts.shape[1]))
    for weekday in range(7):
        rows = history.counts[table.normal & (table.weekday[:, weekday] == 1)]
        seen = (~np.isnan(rows)).sum(axis=0)
        ordinary[weekday] = np.divide(np.nansum(rows, axis=0), seen, out=np.zeros(rows.shape[1]), where=seen > 0)
    whole = ~np.isnan(history.counts).any(axis=1)
    usual, totals = table.weekday @ ordinary.sum(axis=1), np.nansum(history.counts, axis=1)
    sums: dict[str, list[float]] = {}
    for day in np.flatnonzero(whole & table.holiday & (usual > 0)):
        for name, _ in table.keys[day]:
            sums.setdefault(name, []).append(100 * totals[day] / usual[day])
    return ordinary, sorted(((name, float(np.mean(found))) for name, found in sums.items()), key=lambda pair: pair[1])
