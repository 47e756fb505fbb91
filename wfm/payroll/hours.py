"""Minutes of a shift by local date, hours, and rounding."""

from __future__ import annotations

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from wfm.domain.clock import dates, elapsed_minutes, instant

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from zoneinfo import ZoneInfo

    from wfm.domain.plan import Plan
    from wfm.domain.shifts import Shift


CENT = Decimal("0.01")


def cents(value: Decimal) -> Decimal:
    """Return a value with two places, halves away from zero.

    Examples
    --------
    >>> cents(Decimal("827.586")), cents(Decimal("0.125"))
    (Decimal('827.59'), Decimal('0.13'))
    """
    return value.quantize(CENT, ROUND_HALF_UP)


@lru_cache(maxsize=65536)
def paid_minutes_by_date(shift: Shift, zone: ZoneInfo) -> Mapping[date, int]:
    """Return paid minutes on each local date that has any: elapsed time less unpaid breaks, split at local midnight."""
    first, last = shift.start.astimezone(zone).date(), shift.end.astimezone(zone).date()
    split = {}
    for day in dates(first, last):
        begin, end = instant(day, 0, zone), instant(day + timedelta(days=1), 0, zone)
        pieces = ((max(b, begin), min(e, end)) for b, e in shift.paid_spans())
        split[day] = sum(elapsed_minutes(b, e) for b, e in pieces if b < e)
    return MappingProxyType({day: minutes for day, minutes in split.items() if minutes})


def hours(minutes: int) -> Decimal:
    """Return minutes as hours, not rounded."""
    return Decimal(minutes) / 60


def statutory_minutes(shift: Shift, plan: Plan) -> int:
    """Return the paid minutes of a shift on statutory holidays."""
    split = paid_minutes_by_date(shift, plan.settings.centre.zone)
    return sum(minutes for day, minutes in split.items() if plan.calendar.is_statutory(day))
