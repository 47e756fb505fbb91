"""Whether a payroll line of a user's pay element says what every line has to say."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from wfm.domain.text import Text
from wfm.payroll import messages
from wfm.payroll.hours import cents

if TYPE_CHECKING:
    from collections.abc import Collection

    from wfm.payroll.base import PayLine, WorkMonth

FIGURES = ("quantity", "rate", "multiplier", "amount", "law_amount")
MONEY = ("quantity", "amount", "law_amount")
"""Figures that have at most two places."""


def unfit(line: PayLine, month: WorkMonth, codes: Collection[str]) -> Text | None:
    """Return what is wrong with a line of a month; None when nothing is.

    Parameters
    ----------
    codes
        Element codes that the element may use.
    """
    of_month = {
        "agent_id": month.agent.agent_id,
        "period": month.period,
        "currency": month.plan.settings.centre.currency,
    }
    for name, value in of_month.items():
        if getattr(line, name) != value:
            return messages.OTHER_FIELD.fill(name=name, value=repr(getattr(line, name)), known=repr(value))
    if line.element_code not in codes:
        return messages.OTHER_CODE.fill(value=repr(line.element_code), known=", ".join(codes))
    if line.date is not None and f"{line.date:%Y-%m}" != month.period:
        return messages.OTHER_FIELD.fill(name="date", value=line.date, known=month.period)
    wrong = next((name for name in ("source", "reason") if not isinstance(getattr(line, name), Text)), None)
    return _figures(line) if wrong is None else messages.NO_TEXT.fill(name=wrong)


def _figures(line: PayLine) -> Text | None:
    for name in FIGURES:
        value = getattr(line, name)
        if value is None and name != "quantity":
            continue
        if not isinstance(value, Decimal) or not value.is_finite():
            return messages.NO_DECIMAL.fill(name=name, value=repr(value))
        if name in MONEY and value != cents(value):
            return messages.NO_CENTS.fill(name=name, value=value)
    return None
