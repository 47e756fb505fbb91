"""One payroll line of a month: what is the same on every line is filled in here."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from wfm.payroll.base import PayLine, cents

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from wfm.domain.text import Text
    from wfm.payroll.base import WorkMonth


class Sum(NamedTuple):
    """What a line comes to: quantity x rate x multiplier = amount."""

    quantity: Decimal
    unit: str
    rate: Decimal | None = None
    times: Decimal | None = None
    amount: Decimal | None = None
    """Rounded already; None when not known."""


def line_of(
    month: WorkMonth, code: str, found: Sum, source: Text, reason: Text, *, rule_id: str, day: date | None = None
) -> PayLine:
    """Return the line of one element code; quantity and rate are rounded for reading.

    Parameters
    ----------
    day
        The date that earns it; None for the month as a whole.
    """
    return PayLine(
        agent_id=month.agent.agent_id,
        period=month.period,
        element_code=code,
        date=day,
        quantity=cents(found.quantity),
        unit=found.unit,
        rate=None if found.rate is None else cents(found.rate),
        multiplier=found.times,
        amount=found.amount,
        currency=month.plan.settings.centre.currency,
        rule_id=rule_id,
        source=source,
        reason=reason,
    )
