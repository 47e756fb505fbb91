"""The monthly wage, in part for joiners and leavers, less days of unpaid leave."""

from __future__ import annotations

from calendar import monthrange
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from wfm.domain.roster import State
from wfm.domain.text import Text
from wfm.payroll.base import PayElement, PayLine, WorkMonth, cents
from wfm.payroll.line import Sum, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wfm.domain.roster import Assignment

COMPANY = Text(
    en="contract: monthly wage, in part by calendar days of employment",
    zh="劳动合同：月工资，不满月的按在职日历天数折算",
)
WHOLE = Text(en="the whole month: {parts}{amount}", zh="全月：{parts}{amount}")
PART = Text(
    en="{wage} / {size} days of the month x {days} days of employment = {amount}",
    zh="{wage} ÷ 当月 {size} 天 × 在职 {days} 天 = {amount}",
)
NO_WAGE = Text(en="no wage was given", zh="未提供工资数据")
NO_DAYS = Text(
    en="{days} days of unpaid leave; no law of the country says what a day's wage is",
    zh="无薪假 {days} 天；没有该国日工资折算的法规数据",
)
UNPAID = Text(
    en="{days} work days of unpaid leave x {wage} / {divisor} = {amount}, at most the wage of the month",
    zh="无薪假 {days} 个工作日 × {wage} ÷ {divisor} = {amount}，以当月工资为限",
)
ALL_UNPAID = Text(
    en="unpaid leave on every day of employment in the month: the wage of the month, {amount}",
    zh="当月在职期间全部为无薪假：扣当月工资 {amount}",
)


class BasePay(PayElement):
    """The monthly wage: `wage` of `pay.csv`, in part by calendar days when the agent joins or leaves in the month.

    A day of unpaid leave (`[leave.types.NAME] paid = false`) that is a work day of the calendar takes off wage / 21.75,
    on a line of its own, altogether at most the wage of the month. An agent on unpaid leave on all his days of the
    month gets nothing. Rest days and statutory holidays within a leave are not taken off, nor are shifts missed without
    leave. A period that ends within a month pays the days of the period.

    It is paid where `[pay.base]` is written.

    Source: the contract; 劳社部发〔2008〕3号, 人社部发〔2025〕2号 for the 21.75 paid days of a month; that a part of a
    month goes by calendar days is our reading, since the notices are silent.
    """

    kind: ClassVar[str] = "base"
    phrase: ClassVar[Text] = Text(
        en="the monthly wage, in part for a part of the month, less unpaid leave",
        zh="月工资：不满月按日折算，并扣除无薪假",
    )

    names: ClassVar[Mapping[str, Text]] = {
        "base": Text(en="Monthly wage", zh="月工资"),
        "unpaid_leave": Text(en="Unpaid leave", zh="无薪假扣款"),
    }

    wage: tuple[str, ...] = Field(default=("base",), min_length=1)
    """Columns of `pay.csv` that are paid every month."""

    @property
    def needs(self) -> tuple[str, ...]:
        """Columns of `pay.csv` that are paid."""
        return self.wage

    def lines(self, month: WorkMonth) -> Iterator[PayLine]:
        """Yield the wage, and what unpaid leave takes off."""
        size, days = monthrange(month.first.year, month.first.month)[1], len(month.assignments)
        off = [a for a in month.days if _unpaid(month, a)]
        if month.wage is None:
            yield _line(month, "base", _days(days), NO_WAGE)
            return
        wage = sum((month.wage[c] for c in self.wage), Decimal(0))
        earned = cents(wage * days / size)
        reason = WHOLE if days == size else PART
        parts = " + ".join(str(month.wage[c]) for c in self.wage) + " = " if len(self.wage) > 1 else ""
        reason = reason.fill(wage=wage, size=size, days=days, amount=earned, parts=parts)
        yield _line(month, "base", _days(days, wage / size, earned), reason)
        if off:
            yield self._less(month, off, wage, earned)

    def _less(self, month: WorkMonth, off: list[Assignment], wage: Decimal, earned: Decimal) -> PayLine:
        days = sum(not month.plan.calendar.works_like_weekend(a.date) for a in off)
        if len(off) == len(month.assignments):
            reason = ALL_UNPAID.fill(amount=earned)
            return _line(month, "unpaid_leave", _days(-days, amount=-earned), reason)
        if month.law is None or "monthly_paid_days" not in month.law:
            return _line(month, "unpaid_leave", _days(-days), NO_DAYS.fill(days=days))
        law = month.law["monthly_paid_days"]
        amount = min(cents(wage * days / law.value), earned)
        reason = UNPAID.fill(days=days, wage=wage, divisor=law.value, amount=amount)
        return _line(month, "unpaid_leave", _days(-days, wage / law.value, -amount), reason, law.source)


def _unpaid(month: WorkMonth, cell: Assignment) -> bool:
    kind = month.plan.settings.leave.types.get(cell.leave_type or "")
    return cell.state is State.LEAVE and kind is not None and not kind.paid


def _line(month: WorkMonth, code: str, found: Sum, reason: Text, source: Text = COMPANY) -> PayLine:
    return line_of(month, code, found, source, reason, rule_id=f"base.{code}")


def _days(days: int, rate: Decimal | None = None, amount: Decimal | None = None) -> Sum:
    return Sum(Decimal(days), "day", rate, None if rate is None else Decimal(1), amount)
