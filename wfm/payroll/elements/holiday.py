"""Pay for work on a statutory holiday: the larger of the company's formula and the legal floor."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from wfm.domain.text import Text
from wfm.payroll.base import PayLine, WorkMonth, cents
from wfm.payroll.extra_hours import FromWage, owed, short_of
from wfm.payroll.hours import hours, paid_minutes_by_date
from wfm.payroll.line import Sum, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from wfm.domain.shifts import Shift
    from wfm.law import Parameter

TRIPLE = Decimal(3)
"""The company's own multiplier (A10); the law's comes with its date from `wfm.law`."""
TRIPLED = "standard_statutory"
"""Name of the law's multiplier; it is the same under comprehensive hours."""
COMPANY_SOURCE = Text(
    en="company rule: (base + performance) / {divisor} * 3 a day",
    zh="公司规定：(基本工资+绩效工资)/{divisor}*3（每日）",
)
HOURS = Text(
    en="{day}: {on} of the {paid} paid hours of shift {code} of {start}",
    zh="{day}：{start} 班次 {code} 的 {paid} 个计薪小时中有 {on} 小时在该日",
)
COMPANY = Text(
    en="company formula {wage} / {divisor} x {times} x {share} = {amount}",
    zh="公司公式 {wage} ÷ {divisor} × {times} × {share} = {amount}",
)
FLOOR = Text(
    en="legal floor {on} h x {wage} / {divisor} x {times} = {amount}",
    zh="法定下限 {on} 小时 × {wage} ÷ {divisor} × {times} = {amount}",
)
LARGER = Text(en="{company}; {floor}; the larger is paid", zh="{company}；{floor}；取较高者")
REASON = Text(en="{what}; {why}", zh="{what}；{why}")
NO_WAGE = Text(en="no wage was given", zh="未提供工资数据")
NO_LAW = Text(en="no pay law is recorded for {country}", zh="没有 {country} 的工资法规数据")


@dataclass(frozen=True, slots=True)
class _Worked:
    """The part of one shift that falls on one statutory holiday."""

    shift: Shift
    day: date
    minutes: int
    """Paid minutes of the shift on that date."""

    @property
    def on(self) -> Decimal:
        """Paid hours of the shift on that date, two places."""
        return cents(hours(self.minutes))

    @property
    def paid(self) -> Decimal:
        """All paid hours of the shift, two places."""
        return cents(hours(self.shift.paid_minutes))


@dataclass(frozen=True, slots=True)
class _Figure:
    """What one way of computing gives."""

    rule_id: str
    quantity: Decimal
    source: Text
    sentence: Text
    unit: str = "h"
    rate: Decimal | None = None
    times: Decimal | None = None
    amount: Decimal | None = None


class HolidayPay(FromWage):
    """Work on a statutory holiday (法定休假日) is paid by the company's formula, but never below the law.

    Company formula: (base + performance) / `divisor` x 3 for a day, and the share of it that the shift's paid hours on
    the holiday are of all its paid hours. Legal floor: paid hours on the date x (base + performance) / 174 x 3. The
    larger of the two is paid for each shift and date, and the reason shows both. Hours are split at local midnight.

    Without wages the lines have hours and no amount, and so they have in a country whose pay law is not recorded,
    unless `legal_floor` is false.

    Source: company rule A10, (基本工资+绩效工资)/24*3; 劳动法 article 44 (3); 人社部发〔2025〕2号 for the divisor 174.
    """

    kind: ClassVar[str] = "holiday"
    phrase: ClassVar[Text] = Text(
        en="work on a statutory holiday: the company's formula, at least the legal floor",
        zh="法定节假日加班工资：按公司公式，且不低于法定下限",
    )

    names: ClassVar[Mapping[str, Text]] = {"holiday": Text(en="Statutory holiday pay", zh="法定节假日加班费")}

    unit: Literal["hour_share", "day"] = "hour_share"
    """`hour_share`: the company pays the share of the shift's hours on the holiday. `day`: it pays a day for a
    shift that starts on the holiday, none for one that runs into it. The legal floor goes by hours all the same."""
    divisor: Decimal = Field(default=Decimal(24), gt=0)
    """Days that a monthly wage is divided by in the company's formula."""
    legal_floor: bool = True
    """False pays the company's formula even where it is below the law."""
    inclusive: bool = False
    """True when the 300 % include the 100 % already in the monthly wage, so that 200 % come on top."""

    def lines(self, month: WorkMonth) -> Iterator[PayLine]:
        """Yield one line per shift and statutory holiday on which it has paid hours."""
        plan = month.plan
        for shift in month.shifts:
            for day, minutes in paid_minutes_by_date(shift, plan.settings.centre.zone).items():
                if plan.calendar.is_statutory(day):
                    yield self._line(month, _Worked(shift, day, minutes))

    def _line(self, month: WorkMonth, worked: _Worked) -> PayLine:
        paid = self._paid(month, worked)
        what = HOURS.fill(
            day=f"{worked.day} {month.plan.calendar[worked.day].name}".strip(),
            on=worked.on,
            paid=worked.paid,
            code=worked.shift.code,
            start=worked.shift.date,
        )
        found = Sum(paid.quantity, paid.unit, paid.rate, paid.times, paid.amount)
        reason = REASON.fill(what=what, why=paid.sentence)
        line = line_of(month, self.kind, found, paid.source, reason, rule_id=paid.rule_id, day=worked.day)
        return replace(line, law_amount=short_of(_asked(month, worked), paid.amount))

    def _paid(self, month: WorkMonth, worked: _Worked) -> _Figure:
        if month.wage is None:
            return self._hours_only(worked, NO_WAGE)
        wage = sum((month.wage[column] for column in self.wage), Decimal(0))
        company = self._company(wage, worked)
        if not self.legal_floor:
            return company
        if month.law is None or TRIPLED not in month.law:
            return self._hours_only(worked, NO_LAW.fill(country=month.plan.settings.centre.country))
        floor = self._floor(wage, worked, month.law)
        larger = max(company, floor, key=lambda figure: figure.amount or 0)
        return replace(larger, sentence=LARGER.fill(company=company.sentence, floor=floor.sentence))

    def _hours_only(self, worked: _Worked, why: Text) -> _Figure:
        return _Figure("holiday.hours", worked.on, COMPANY_SOURCE.fill(divisor=self.divisor), why)

    def _company(self, wage: Decimal, worked: _Worked) -> _Figure:
        times, source = self._on_top(TRIPLE), COMPANY_SOURCE.fill(divisor=self.divisor)
        if self.unit == "day":
            part, whole = int(worked.shift.date == worked.day), 1
            quantity, unit, rate = Decimal(part), "day", wage / self.divisor
        else:
            part, whole = worked.minutes, worked.shift.paid_minutes
            quantity, unit, rate = worked.on, "h", wage * 60 / (self.divisor * whole)
        amount = cents(wage * times * part / (self.divisor * whole))
        share = f"{worked.on}/{worked.paid}" if self.unit == "hour_share" else part
        sentence = COMPANY.fill(wage=wage, divisor=self.divisor, times=times, share=share, amount=amount)
        return _Figure("holiday.company", quantity, source, sentence, unit, rate, times, amount)

    def _floor(self, wage: Decimal, worked: _Worked, law: Mapping[str, Parameter]) -> _Figure:
        times, divisor = self._on_top(law[TRIPLED].value), law["hourly_divisor"].value
        amount = cents(wage * times * worked.minutes / (divisor * 60))
        sentence = FLOOR.fill(on=worked.on, wage=wage, divisor=divisor, times=times, amount=amount)
        source = law[TRIPLED].source
        return _Figure("holiday.legal_floor", worked.on, source, sentence, "h", wage / divisor, times, amount)

    def _on_top(self, times: Decimal) -> Decimal:
        return times - 1 if self.inclusive else times


def _asked(month: WorkMonth, worked: _Worked) -> Decimal | None:
    """Return what the law asks for on top of the monthly wage; None where it is not recorded, or without wages."""
    if month.law is None or TRIPLED not in month.law:
        return None
    return owed(month, month.law[TRIPLED].value, hours(worked.minutes))
