"""What premiums by the hour have in common: the hourly wage, the share of the law on top of it, one line per shift."""

from __future__ import annotations

from abc import ABC, abstractmethod
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from wfm.domain.text import Text
from wfm.law import pay_parameters
from wfm.payroll.base import PayElement, cents
from wfm.payroll.hours import hours
from wfm.payroll.line import Sum, line_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from wfm.domain.shifts import Shift
    from wfm.law import Parameter
    from wfm.payroll.base import PayLine, WorkMonth
    from wfm.payroll.stretches import Stretch, Week

EARNED = Text(
    en="{what}, {day}: {hours} h of shift {code} of {start} x {wage} x {times} = {amount}",
    zh="{what}，{day}：{start} 班次 {code} 中的 {hours} 小时 × {wage} × {times} = {amount}",
)
NO_WAGE = Text(
    en="{what}, {day}: {hours} h of shift {code} of {start} x {times}; no wage was given",
    zh="{what}，{day}：{start} 班次 {code} 中的 {hours} 小时 × {times}；未提供工资数据",
)
OPEN = Text(
    en="week of {first} to {last}: nothing is known of {days}, so more may be due than the other lines say; "
    "add previous_roster.csv",
    zh="{first} 至 {last} 一周：{days} 的情况未知，应付可能多于其他各行；请补充 previous_roster.csv",
)


@lru_cache(maxsize=64)
def _recorded(country: str, on: date) -> Mapping[str, Parameter]:
    return pay_parameters(country, on)


def figures(month: WorkMonth, country: str) -> Mapping[str, Parameter] | None:
    """Return the pay figures of a country in force on the first of the month.

    None where the centre's own country has none on that date, which the notes of the payroll say.

    Raises
    ------
    SettingsError
        When an element of another country is asked for and its law is not recorded on that date.
    """
    return month.law if country == month.plan.settings.centre.country else _recorded(country, month.first)


@lru_cache(maxsize=1024)
def on_top(figure: Parameter) -> Fraction:
    """Return what a figure of the law adds to the normal hourly wage, as a share of it.

    A figure in `times` is the whole (1.5 adds a half), one in `share` or `thirds` is what is added.
    """
    if figure.unit == "times":
        return Fraction(figure.value) - 1
    return Fraction(figure.value) / (3 if figure.unit == "thirds" else 1)


def in_minutes(figure: Parameter) -> int:
    """Return a figure in hours, or an hour of the day, as minutes."""
    return int(figure.value * 60)


@lru_cache(maxsize=8192)
def exact(value: Fraction) -> str:
    """Return a share as people write it.

    Examples
    --------
    >>> exact(Fraction(1, 4)), exact(Fraction(2, 3)), exact(Fraction(8))
    ('0.25', '2/3', '8')
    """
    found = Decimal(value.numerator) / value.denominator
    return f"{found:f}" if Fraction(found) == value else str(value)


class Premium(PayElement, ABC):
    """Base of the premiums by the hour; `names` has the codes of its lines, each a figure of the country's law."""

    country: ClassVar[str]
    """ISO 3166 code of the law that the figures come from."""
    beyond: ClassVar[frozenset[str]]
    """Codes of hours beyond the ordinary ones: `pays = "whole"` pays the hour itself with them."""
    weekly: ClassVar[str]
    """Code of what a week with unknown days may earn."""

    month_hours: Decimal | None = Field(default=None, gt=0)
    """Hours that the column `base` of `pay.csv` is divided by to give the hourly wage; without it the wage is the
    column `hourly`."""
    pays: Literal["premium", "whole"] = "premium"
    """`premium`: the lines are what comes on top of the normal hourly wage, which is paid elsewhere for every hour.
    `whole`: hours beyond the ordinary ones are paid with the hour itself, for a wage that covers the ordinary ones."""

    @property
    def needs(self) -> tuple[str, ...]:
        """The column of `pay.csv` that the hourly wage comes from."""
        return ("base",) if self.month_hours else ("hourly",)

    @abstractmethod
    def earned(self, month: WorkMonth, law: Mapping[str, Parameter]) -> Iterator[tuple[str, Stretch]]:
        """Yield every stretch of working time that earns a premium, with the code of its line."""

    @abstractmethod
    def settled(self, month: WorkMonth) -> Iterable[Week]:
        """Return the weeks that the month's premiums look at."""

    def lines(self, month: WorkMonth) -> Iterator[PayLine]:
        """Yield one line per date, code and shift, then one without amount per week of which a day is not known."""
        law = figures(month, self.country)
        if law is None:
            return
        found: dict[tuple[date, str, Shift], int] = {}
        for code, stretch in self.earned(month, law):
            key = stretch.date, code, stretch.shift
            found[key] = found.get(key, 0) + stretch.minutes
        for (day, code, shift), minutes in sorted(found.items(), key=lambda item: (item[0][:2], item[0][2].start)):
            yield self._line(month, law[code], code, shift, day, minutes)
        for week in self.settled(month):
            if week.unknown:
                yield unknown_days(month, self.weekly, "h", law[self.weekly], week)

    def _line(self, month: WorkMonth, figure: Parameter, code: str, shift: Shift, day: date, minutes: int) -> PayLine:
        times = on_top(figure) + (1 if self.pays == "whole" and code in self.beyond else 0)
        known = {
            "what": self.names[code],
            "day": day,
            "hours": exact(Fraction(minutes, 60)),
            "code": shift.code,
            "start": shift.date,
        }
        if month.wage is None:
            rate = amount = None
            reason = NO_WAGE.fill(**known, times=exact(times))
        else:
            wage, divisor = month.wage[self.needs[0]], self.month_hours or Decimal(1)
            amount = cents(wage * minutes * times.numerator / (divisor * 60 * times.denominator))
            shown = f"{wage} / {divisor}" if self.month_hours else wage
            rate, reason = wage / divisor, EARNED.fill(**known, wage=shown, times=exact(times), amount=amount)
        multiplier = (Decimal(times.numerator) / times.denominator).quantize(Decimal("0.0001"))
        found = Sum(hours(minutes), "h", rate, multiplier, amount)
        return line_of(month, code, found, figure.source, reason, rule_id=f"{self.kind}.{code}", day=day)


def unknown_days(month: WorkMonth, code: str, unit: str, figure: Parameter, week: Week) -> PayLine:
    """Return the line without amount of a week of which some days are not known."""
    reason = OPEN.fill(first=week.first, last=week.last, days=", ".join(map(str, week.unknown)))
    found = Sum(Decimal(0), unit)
    return line_of(month, code, found, figure.source, reason, rule_id=f"{code}.unknown_days", day=week.last)
