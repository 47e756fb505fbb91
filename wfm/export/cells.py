"""The roster, cell by cell, as the formats go through it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.domain.roster import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from wfm.domain.roster import Assignment
    from wfm.domain.shifts import Shift
    from wfm.export.base import Outgoing


def employed_cells(outgoing: Outgoing) -> Iterator[Assignment]:
    """Yield every agent-day of the period inside employment: agents in the order of the plan, then by date."""
    for agent in outgoing.plan.agents:
        for day in outgoing.plan.days:
            cell = outgoing.roster.assignments[agent.agent_id, day]
            if cell.state is not State.NOT_EMPLOYED:
                yield cell


def worked_shifts(outgoing: Outgoing) -> Iterator[tuple[str, Shift]]:
    """Yield agent id and shift of every day worked, in the same order."""
    return ((cell.agent_id, cell.shift) for cell in employed_cells(outgoing) if cell.shift is not None)


def by_month(days: Iterable[date]) -> Mapping[date, Sequence[date]]:
    """Return dates by the first of their month, in order.

    Examples
    --------
    >>> from datetime import date
    >>> list(by_month([date(2026, 4, 30), date(2026, 5, 1)]))
    [datetime.date(2026, 4, 1), datetime.date(2026, 5, 1)]
    """
    months: dict[date, list[date]] = {}
    for day in days:
        months.setdefault(day.replace(day=1), []).append(day)
    return months
