"""What changed between two versions of a roster, shift by shift."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from wfm.domain.roster import Assignment
    from wfm.export.base import Outgoing

_SIDES = ("state", "shift_code", "queue", "start_local", "end_local")
DELTA_COLUMNS = (
    "agent_id",
    "business_date",
    "change",
    *(f"before_{name}" for name in _SIDES),
    *(f"after_{name}" for name in _SIDES),
)


def delta_table(outgoing: Outgoing) -> pd.DataFrame:
    """Return one row per agent and day that differs from the version before, by agent and date, with both sides.

    `change` is `added` for a shift where none was, `cancelled` for one that is gone, also with the agent, and `changed`
    for another shift, queue, time or kind of day off. A day that the earlier version does not know counts as a day
    without a shift.
    """
    before = {} if outgoing.before is None else outgoing.before.assignments
    after, zone = outgoing.roster.assignments, outgoing.plan.settings.centre.zone
    rows = [
        [*cell, change, *_side(old, zone), *_side(new, zone)]
        for cell in sorted(before.keys() | after.keys())
        if (change := _change(old := before.get(cell), new := after.get(cell)))
    ]
    return pd.DataFrame(rows, columns=list(DELTA_COLUMNS), dtype=object)


def _change(old: Assignment | None, new: Assignment | None) -> str | None:
    if new is not None and new.shift is not None:
        same = old is not None and _terms(old) == _terms(new)
        return None if same else "added" if old is None or old.shift is None else "changed"
    if old is not None and old.shift is not None:
        return "cancelled"
    return "changed" if old is not None and new is not None and old.state is not new.state else None


def _terms(cell: Assignment) -> tuple[Any, ...]:
    """Return what makes two shifts the same."""
    return cell.queue, cell.shift and (cell.shift.code, cell.shift.start, cell.shift.end, cell.shift.paid_minutes)


def _side(cell: Assignment | None, zone: ZoneInfo) -> tuple[Any, ...]:
    if cell is None:
        return (None,) * len(_SIDES)
    if cell.shift is None:
        return cell.state.value, None, None, None, None
    start, end = (at.astimezone(zone) for at in (cell.shift.start, cell.shift.end))
    return cell.state.value, cell.shift.code, cell.queue, start, end
