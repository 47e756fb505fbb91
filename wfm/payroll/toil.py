"""Time off in lieu (调休): earned, taken, and what is left."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from wfm.domain.roster import State

if TYPE_CHECKING:
    from wfm.payroll.base import WorkMonth

TOIL = "toil"
"""Type of leave that takes time off in lieu."""
LEAVE_DAY_HOURS = 8
"""Hours that a day of leave counts for at full time (company rule A4, our reading)."""


def toil_earned(month: WorkMonth) -> Decimal | None:
    """Return the hours of the month that become time off, one for one, not rounded; None when nobody knows.

    With `settle = "toil"` these are the rest-day hours and the hours beyond the day or the cycle, else none. Hours on
    statutory holidays are always paid: time off is no alternative there (劳动法 article 44).
    """
    if month.plan.settings.hours.settle != "toil":
        return Decimal(0)
    if month.extra is None or month.extra.beyond is None:
        return None
    return month.extra.beyond + month.extra.on_rest_days


def toil_taken(month: WorkMonth) -> Decimal:
    """Return the hours of leave of type `toil` in the month: 8 a day times the contract's share of full time."""
    days = sum(a.state is State.LEAVE and a.leave_type == TOIL for a in month.days)
    return LEAVE_DAY_HOURS * days * month.share


def brought_toil(month: WorkMonth) -> Decimal | None:
    """Return the time off that is left before the period by `balances.csv`; None when it is not given there."""
    balance = month.plan.balance(month.agent)
    given = balance is not None and "toil_hours" in balance.model_fields_set
    return Decimal(str(balance.toil_hours)) if balance is not None and given else None


def toil_left(month: WorkMonth, before: Decimal | None) -> Decimal | None:
    """Return the time off left after the month; None when what was there before, or was earned, is not known."""
    earned = toil_earned(month)
    unknown = month.extra is not None and not month.extra.complete
    return None if before is None or earned is None or unknown else before + earned - toil_taken(month)
