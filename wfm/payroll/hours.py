"""Hours of a shift by local date, and the months that a roster is paid in."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from wfm import law
from wfm.domain.clock import dates, elapsed_minutes, instant
from wfm.domain.errors import SettingsError
from wfm.payroll.base import WorkMonth

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from zoneinfo import ZoneInfo

    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster
    from wfm.domain.shifts import Shift


def paid_minutes_by_date(shift: Shift, zone: ZoneInfo) -> dict[date, int]:
    """Return paid minutes on each local date that has any: elapsed time less unpaid breaks, split at local midnight."""
    first, last = shift.start.astimezone(zone).date(), shift.end.astimezone(zone).date()
    split = {}
    for day in dates(first, last):
        begin, end = instant(day, 0, zone), instant(day + timedelta(days=1), 0, zone)
        pieces = ((max(b, begin), min(e, end)) for b, e in shift.paid_spans())
        split[day] = sum(elapsed_minutes(b, e) for b, e in pieces if b < e)
    return {day: minutes for day, minutes in split.items() if minutes}


def hours(minutes: int) -> Decimal:
    """Return minutes as hours, not rounded."""
    return Decimal(minutes) / 60


def statutory_minutes(shift: Shift, plan: Plan) -> int:
    """Return the paid minutes of a shift on statutory holidays."""
    split = paid_minutes_by_date(shift, plan.settings.centre.zone)
    return sum(minutes for day, minutes in split.items() if plan.calendar.is_statutory(day))


def work_months(
    roster: Roster, plan: Plan, wages: Mapping[str, Mapping[str, Decimal]] | None = None
) -> Iterator[WorkMonth]:
    """Yield every calendar month of the period for every agent employed in it, agents in the order of the plan.

    The roster's tail is not in it: its shifts were paid with the month in which they started. `wages` are the columns
    of `pay.csv` by agent id; None when none were given.
    """
    by_month: dict[date, list[date]] = {}
    for day in plan.days:
        by_month.setdefault(day.replace(day=1), []).append(day)
    known = {first: law_of(plan, first) for first in by_month}
    for agent in plan.agents:
        wage = None if wages is None else wages[agent.agent_id]
        for first, days in by_month.items():
            employed = tuple(roster.assignments[agent.agent_id, d] for d in days if agent.employed(d))
            if employed:
                yield WorkMonth(agent, first, employed, plan, known[first], wage)


def law_of(plan: Plan, day: date) -> Mapping[str, law.Parameter] | None:
    """Return the pay parameters of the centre's country on a date; None where none are recorded."""
    try:
        return law.pay_parameters(plan.settings.centre.country, day)
    except SettingsError:
        return None
