"""The time of day at which a shift starts, on the wall clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from wfm.domain.shifts import Shift


def start_minute(shift: Shift, zone: ZoneInfo) -> int:
    """Return the start of a shift in minutes after midnight of the zone's wall clock."""
    local = shift.start.astimezone(zone)
    return local.hour * 60 + local.minute
