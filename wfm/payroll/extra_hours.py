"""Hours paid at a multiple of the hourly wage, or given back as time off in lieu: lines that elements share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from wfm.domain.text import Text
from wfm.payroll.base import PayElement, cents
from wfm.payroll.line import Sum, line_of

if TYPE_CHECKING:
    from datetime import date

    from wfm.law import Parameter
    from wfm.payroll.base import PayLine, WorkMonth

How = Literal["law", "hours", "toil"]
LEGAL_WAGE = ("base", "performance")
"""Columns of `pay.csv` that a month's wage for ordinary work is made of."""
TIME_OFF = "_toil"
"""What the element code of hours that become time off ends with."""
PAID = Text(
    en="{what}; {hours} h x {wage} / {divisor} x {times} = {amount}",
    zh="{what}；{hours} 小时 × {wage} ÷ {divisor} × {times} = {amount}",
)
UNPAID = Text(en="{what}; no wage was given", zh="{what}；未提供工资数据")
OFF = Text(en="{what}; {hours} h become time off in lieu", zh="{what}；{hours} 小时转为调休")


class FromWage(PayElement):
    """Base of the elements of Chinese law that are computed from the monthly wage."""

    countries: ClassVar[frozenset[str]] = frozenset({"CN"})

    wage: tuple[str, ...] = Field(default=LEGAL_WAGE, min_length=1)
    """Columns of `pay.csv` that make up the wage the amounts are computed from."""

    @property
    def needs(self) -> tuple[str, ...]:
        """Columns of `pay.csv` that make up the wage."""
        return self.wage


@dataclass(frozen=True, slots=True)
class ExtraHours:
    """Hours that are paid at a multiple, and why."""

    kind: str
    """Kind of the element."""
    code: str
    """Element code of the line; with `_toil` behind it where the hours become time off."""
    day: date
    hours: Decimal
    """Not rounded."""
    times: Parameter
    what: Text
    wage: tuple[str, ...]
    """Columns of `pay.csv` that make up the wage."""
    time_off: bool
    """Whether the law lets time off stand in place of pay."""


def hourly_line(month: WorkMonth, extra: ExtraHours) -> PayLine:
    """Return the line of some hours: wage / 174 x the multiplier x the hours, rounded once.

    Where overtime is settled in time off the amount is 0. Without wages there is no amount.
    """
    worked, times = cents(extra.hours), extra.times.value
    asked = owed(month, times, extra.hours)
    if month.plan.settings.hours.settle == "toil":
        reason = OFF.fill(what=extra.what, hours=worked)
        line = _line(month, extra, "toil", Sum(extra.hours, "h", amount=cents(Decimal(0))), reason)
        asked = None if extra.time_off else asked
    elif month.wage is None or month.law is None:
        line = _line(month, extra, "hours", Sum(extra.hours, "h"), UNPAID.fill(what=extra.what))
    else:
        wage, divisor = sum((month.wage[c] for c in extra.wage), Decimal(0)), month.law["hourly_divisor"].value
        found = Sum(extra.hours, "h", wage / divisor, times, owed(month, times, extra.hours, extra.wage))
        figures = {"hours": worked, "wage": wage, "divisor": divisor, "times": times, "amount": found.amount}
        line = _line(month, extra, "law", found, PAID.fill(what=extra.what, **figures))
    return replace(line, law_amount=short_of(asked, line.amount))


def _line(month: WorkMonth, extra: ExtraHours, how: How, found: Sum, reason: Text) -> PayLine:
    code, rule_id = extra.code + (TIME_OFF if how == "toil" else ""), f"{extra.kind}.{how}"
    return line_of(month, code, found, extra.times.source, reason, rule_id=rule_id, day=extra.day)


def owed(month: WorkMonth, times: Decimal, worked: Decimal, columns: tuple[str, ...] = LEGAL_WAGE) -> Decimal | None:
    """Return the amount of some hours at a multiple of the hourly wage, rounded; None without wages or a divisor."""
    if month.wage is None or month.law is None or "hourly_divisor" not in month.law:
        return None
    wage = sum((month.wage[c] for c in columns if c in month.wage), Decimal(0))
    return cents(wage * times * worked / month.law["hourly_divisor"].value)


def short_of(asked: Decimal | None, amount: Decimal | None) -> Decimal | None:
    """Return what the law asks for where less is paid; None where it is not less, or either is not known."""
    return asked if asked is not None and amount is not None and asked > amount else None
