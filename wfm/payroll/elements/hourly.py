"""The hourly wage for every paid hour."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar

from wfm.domain.text import Text
from wfm.payroll.base import PayElement, PayLine, WorkMonth, cents
from wfm.payroll.hours import hours
from wfm.payroll.line import Sum, line_of
from wfm.payroll.premium import exact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SOURCE = Text(en="contract: hourly wage", zh="劳动合同：小时工资")
PAID = Text(en="{hours} paid hours x {wage} = {amount}", zh="计薪 {hours} 小时 × {wage} = {amount}")
NO_WAGE = Text(en="{hours} paid hours; no wage was given", zh="计薪 {hours} 小时；未提供工资数据")


class HourlyWage(PayElement):
    """Paid hours of the month x the column `hourly` of pay.csv, for agents who are paid by the hour.

    A shift belongs, with all its hours, to the month in which it starts. Premiums of the law, which come on top of this
    wage, are elements of their own; with it they stay at `pays = "premium"`. It is paid where `[pay.hourly]` is
    written.

    Source: the contract.
    """

    kind: ClassVar[str] = "hourly"
    phrase: ClassVar[Text] = Text(en="the hourly wage for every paid hour", zh="按计薪工时支付小时工资")
    names: ClassVar[Mapping[str, Text]] = {"hourly": Text(en="Hourly wage", zh="小时工资")}

    @property
    def needs(self) -> tuple[str, ...]:
        """The column with the hourly wage."""
        return ("hourly",)

    def lines(self, month: WorkMonth) -> Iterator[PayLine]:
        """Yield the month's paid hours; nothing where none was worked."""
        minutes = sum(shift.paid_minutes for shift in month.shifts)
        if not minutes:
            return
        wage = None if month.wage is None else month.wage["hourly"]
        amount = None if wage is None else cents(wage * minutes / 60)
        reason = NO_WAGE if wage is None else PAID
        yield line_of(
            month,
            "hourly",
            Sum(hours(minutes), "h", wage, None if wage is None else Decimal(1), amount),
            SOURCE,
            reason.fill(hours=exact(Fraction(minutes, 60)), wage=wage, amount=amount),
            rule_id="hourly.hours",
        )
