"""Key figures of a roster, counted from the roster and its cover alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation

HOURS = {
    "required": "required_hours",
    "cover": "cover_hours",
    "shortfall": "uncovered_hours",
    "surplus": "surplus_hours",
}
"""Columns of `cover.csv` (agents in an interval) to the same in agent-hours."""


@dataclass(frozen=True, slots=True)
class Kpis:
    """The figures on top of the page; hours are agent-hours of the period."""

    agents: int
    """Agents who are employed on at least one day of the period."""
    shifts: int
    paid_hours: float
    """Paid hours of all shifts that start in the period."""
    required_hours: float
    cover_hours: float
    """Hours on a queue, breaks left out."""
    uncovered_hours: float
    surplus_hours: float
    hard: int
    """Broken hard rules: 0 in every published roster."""
    soft: int
    """Soft rules that are not kept."""

    @property
    def uncovered_share(self) -> float:
        """Share of the required hours that nobody covers; 0 when nothing is required."""
        return self.uncovered_hours / self.required_hours if self.required_hours else 0.0


def kpis(plan: Plan, roster: Roster, cover: pd.DataFrame, violations: Iterable[Violation] = ()) -> Kpis:
    """Return the key figures of a roster.

    Parameters
    ----------
    cover
        As `wfm.domain.cover.cover` returns it, in agents.
    violations
        What the roster breaks, hard and soft.
    """
    shifts = [a.shift for a in roster if a.shift is not None]
    hours = cover[list(HOURS)].sum() * plan.grid.minutes / 60
    severities = [v.severity for v in violations]
    return Kpis(
        agents=sum(1 for agent in plan.agents if plan.employed_days(agent)),
        shifts=len(shifts),
        paid_hours=sum(s.paid_minutes for s in shifts) / 60,
        required_hours=float(hours["required"]),
        cover_hours=float(hours["cover"]),
        uncovered_hours=float(hours["shortfall"]),
        surplus_hours=float(hours["surplus"]),
        hard=severities.count("hard"),
        soft=severities.count("soft"),
    )


def cover_by_queue(cover: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Return agent-hours per queue, in the order of the settings; columns are the values of `HOURS`."""
    table = cover[list(HOURS)].groupby(level="queue").sum() * plan.grid.minutes / 60
    return table.rename(columns=HOURS).reindex(list(plan.settings.queues))


def cover_by_day(cover: pd.DataFrame, plan: Plan) -> pd.DataFrame:
    """Return agent-hours per (queue, local date of the interval's start); columns are the values of `HOURS`."""
    days = local_days(cover)
    table = cover[list(HOURS)].groupby([cover.index.get_level_values("queue"), days]).sum()
    return table.rename(columns=HOURS).rename_axis(index=["queue", "date"]) * plan.grid.minutes / 60


def local_days(cover: pd.DataFrame) -> list[date]:
    """Return the local date on which each row's interval starts."""
    return list(pd.DatetimeIndex(cover.index.get_level_values("interval_start")).date)
