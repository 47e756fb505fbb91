"""Hong Kong: the days that are due for work on a holiday or a rest day."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from wfm.domain.shifts import WEEKDAYS, Weekday
from wfm.domain.text import Text
from wfm.payroll.base import PayElement, PayLine, WorkMonth, cents
from wfm.payroll.hours import paid_minutes_by_date
from wfm.payroll.line import Sum, line_of
from wfm.payroll.premium import figures, unknown_days
from wfm.payroll.stretches import on_holiday, weeks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wfm.law import Parameter

HOLIDAY = Text(
    en="worked on {day} {name}: another holiday is due between {first} and {last}; no money takes its place",
    zh="{day} {name}出勤：须在 {first} 至 {last} 之间另给假日，不得以金钱代替",
)
REST_DAY = Text(
    en="shifts on all seven days from {first} to {day}: a rest day is due by {last}",
    zh="{first} 至 {day} 七天均有班次：须在 {last} 前补给休息日",
)


class HongKong(PayElement):
    """Days due under the Employment Ordinance: one for a statutory holiday worked, one for a week without a rest day.

    The law puts no price on such work and allows no pay in place of a holiday, so the lines count days and their
    amount is 0; what a contract pays on top is not worked out. A holiday counts as worked when any paid hour lies on
    its date; another day is due within 60 days before or after. A week in which a shift starts on all seven days has
    no rest day; a substitute is due within 30 days after the last of them. A week counts in the month in which it
    ends; where the previous roster does not reach back to its first day, a line without amount says so.

    Whether the day was given already is not looked at. A day off counts as the rest day even where it is a statutory
    holiday, which the law keeps apart. A holiday and the day in its place both count; which dates are statutory says
    the calendar, and calendar.csv can mend it.

    Source: Employment Ordinance (Cap. 57) sections 17, 19, 39 and 40A.
    """

    kind: ClassVar[str] = "hong_kong"
    phrase: ClassVar[Text] = Text(
        en="Hong Kong: days due for work on holidays and rest days", zh="香港：假日、休息日出勤应补给的日数"
    )
    names: ClassVar[Mapping[str, Text]] = {
        "hk_holiday": Text(en="Holiday due", zh="应补假日"),
        "hk_rest_day": Text(en="Rest day due", zh="应补休息日"),
    }
    countries: ClassVar[frozenset[str]] = frozenset({"HK"})

    week_begins: Weekday = WEEKDAYS[0]
    """First day of the seven that hold a rest day."""

    def lines(self, month: WorkMonth) -> Iterator[PayLine]:
        """Yield one line per holiday worked, and per week without a rest day."""
        law, calendar = figures(month, "HK"), month.plan.calendar
        if law is None:
            return
        around = timedelta(days=int(law["hk_holiday"].value))
        for day in _worked_dates(month):
            if on_holiday(day, calendar):
                why = HOLIDAY.fill(day=day, name=calendar[day].name, first=day - around, last=day + around)
                yield _due(month, "hk_holiday", day, law, why)
        after = timedelta(days=int(law["hk_rest_day"].value))
        for week in weeks(month, self.week_begins):
            if week.unknown:
                yield unknown_days(month, "hk_rest_day", "day", law["hk_rest_day"], week)
            elif len(week.shifts) == 7:
                why = REST_DAY.fill(first=week.first, day=week.last, last=week.last + after)
                yield _due(month, "hk_rest_day", week.last, law, why)


def _worked_dates(month: WorkMonth) -> Iterator[date]:
    """Yield the dates with paid hours whose first shift starts in the month, each once."""
    seen: set[date] = set()
    mine = {s.date for s in month.shifts}
    for cell in month.known:
        if cell.shift is None:
            continue
        for day in paid_minutes_by_date(cell.shift, month.plan.settings.centre.zone):
            if day not in seen and cell.date in mine:
                yield day
            seen.add(day)


def _due(month: WorkMonth, code: str, day: date, law: Mapping[str, Parameter], reason: Text) -> PayLine:
    one = Sum(Decimal(1), "day", amount=cents(Decimal(0)))
    return line_of(month, code, one, law[code].source, reason, rule_id=f"hong_kong.{code}", day=day)
