"""What people read in place of codes in the timesheet and the payroll: units, basis, types of leave."""

from __future__ import annotations

from wfm.domain.text import Text

UNITS = {
    "h": Text(en="hours", zh="小时"),
    "day": Text(en="days", zh="天"),
    "shift": Text(en="shifts", zh="班"),
    "call": Text(en="calls", zh="通"),
    "point": Text(en="points", zh="分"),
}
"""By unit of a pay line."""
LEAVE_TYPES = {
    "annual": Text(en="annual leave", zh="年休假"),
    "sick": Text(en="sick leave", zh="病假"),
    "marriage": Text(en="marriage leave", zh="婚假"),
    "toil": Text(en="time off in lieu", zh="调休"),
    "training": Text(en="training", zh="培训"),
    "personal": Text(en="personal leave", zh="事假"),
    "maternity": Text(en="maternity leave", zh="产假"),
    "bereavement": Text(en="bereavement leave", zh="丧假"),
}
"""By type of leave; a type of the user's own stands as it is."""
BASES = {"scheduled": Text(en="as scheduled", zh="按排班"), "worked": Text(en="as worked", zh="按考勤")}
WORKED_UNTIL = "worked_until_"
"""Begins the basis of a month whose attendance ends before it does; the last date of attendance follows."""
UNTIL = Text(en="as worked until {day}, then as scheduled", zh="{day} 及以前按考勤，之后按排班")


def basis_text(basis: str) -> Text:
    """Return what the hours of a month come from.

    >>> basis_text("worked_until_2026-05-20").en
    'as worked until 2026-05-20, then as scheduled'
    """
    if basis in BASES:
        return BASES[basis]
    return UNTIL.fill(day=basis.removeprefix(WORKED_UNTIL))


def unit_text(unit: str) -> Text:
    """Return the unit of a pay line; a unit of an element of the user's own stands as it is."""
    return UNITS.get(unit, Text(en=unit, zh=unit))


def leave_text(leave_type: str) -> Text:
    """Return the type of leave; a type of the user's own stands as it is."""
    return LEAVE_TYPES.get(leave_type, Text(en=leave_type, zh=leave_type))
