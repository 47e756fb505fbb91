"""Attendance in place of the roster: what was worked, as far as it is known."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from wfm.domain.clock import elapsed_minutes
from wfm.domain.roster import Assignment, State
from wfm.domain.shifts import Shift

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    import pandas as pd

    from wfm.domain.plan import Plan

Span = tuple["datetime", "datetime"]


@dataclass(frozen=True)
class Attendance:
    """Spans of work by agent and business date, and the date up to which they are complete.

    Attributes
    ----------
    spans
        By (agent id, business date): start and end (UTC) and unpaid minutes of each span, in order of time.
    until
        Last date of the attendance; None when none was given.
    """

    spans: Mapping[tuple[str, date], tuple[tuple[datetime, datetime, int], ...]] = field(default_factory=dict)
    until: date | None = None

    @classmethod
    def of(cls, worked: pd.DataFrame | None) -> Attendance:
        """Return the attendance in the rows of `worked.csv` (`Inputs.worked`)."""
        found: dict[tuple[str, date], list[tuple[datetime, datetime, int]]] = {}
        if worked is None or worked.empty:
            return cls()
        columns = (worked[c].tolist() for c in ("agent_id", "date", "start", "end", "unpaid_minutes"))
        for agent_id, day, start, end, unpaid in zip(*columns, strict=True):
            found.setdefault((agent_id, day), []).append((start.astimezone(UTC), end.astimezone(UTC), int(unpaid)))
        return cls({key: tuple(sorted(spans)) for key, spans in found.items()}, max(day for _, day in found))

    def covers(self, day: date) -> bool:
        """Return whether the attendance of a date is known: no row then means that nothing was worked."""
        return self.until is not None and day <= self.until

    def in_place_of(self, cell: Assignment, plan: Plan) -> Assignment:
        """Return what was worked on a day of the period, in place of what was rostered."""
        if not self.covers(cell.date):
            return cell
        spans = self.spans.get((cell.agent_id, cell.date))
        if spans is not None:
            return replace(cell, state=State.WORK, shift=_shift(cell, spans, plan), leave_type=None)
        return cell if cell.shift is None else plan.off(plan.by_id[cell.agent_id], cell.date)


def _shift(cell: Assignment, spans: tuple[tuple[datetime, datetime, int], ...], plan: Plan) -> Shift:
    """Return one shift from the first start to the last end; the time between two spans is an unpaid break."""
    zone = plan.settings.centre.zone
    first, last = spans[0][0], spans[-1][1]
    code = cell.shift.code if cell.shift else f"{first.astimezone(zone):%H:%M}-{last.astimezone(zone):%H:%M}"
    between = [(a[1], b[0]) for a, b in zip(spans, spans[1:], strict=False) if a[1] < b[0]]
    pauses = [_pause(start, end, unpaid, cell.shift) for start, end, unpaid in spans if unpaid]
    paid = sum(elapsed_minutes(start, end) - unpaid for start, end, unpaid in spans)
    return Shift(code, cell.date, first, last, paid, tuple(sorted([*between, *sum(pauses, ())])))


def _pause(start: datetime, end: datetime, unpaid: int, planned: Shift | None) -> tuple[Span, ...]:
    """Return when the unpaid minutes of a span were: as rostered where they fit, else in the middle of the span."""
    rostered = () if planned is None else tuple(p for p in planned.unpaid if start <= p[0] and p[1] <= end)
    if sum(elapsed_minutes(*p) for p in rostered) == unpaid:
        return rostered
    begin = start + timedelta(minutes=(elapsed_minutes(start, end) - unpaid) // 2)
    return ((begin, begin + timedelta(minutes=unpaid)),)
