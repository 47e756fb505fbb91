"""Overtime at 150 %: beyond the day under standard hours, beyond the cycle under comprehensive hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wfm.domain.text import Text
from wfm.payroll.base import PayLine, WorkMonth, cents
from wfm.payroll.cycles import leave_days
from wfm.payroll.extra_hours import ExtraHours, FromWage, hourly_line
from wfm.payroll.hours import hours

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from decimal import Decimal

    from wfm.law import Parameter
    from wfm.payroll.cycles import Cycle

DAILY = Text(
    en="{day}: {hours} h beyond the {standard} h of the day (standard hours)",
    zh="{day}：标准工时制，超出每日 {standard} 小时 {hours} 小时",
)
CYCLE = Text(
    en="cycle {first} to {last}: {worked} h counted{aside}, {standard} h standard{less} (comprehensive hours)",
    zh="综合计算工时制，周期 {first} 至 {last}：计入工时 {worked} 小时{aside}，标准工时 {standard} 小时{less}",
)
ASIDE = Text(en=" without statutory holidays", zh="（不含法定节假日）")
LEAVE = Text(en="{full} - {hours} x {days} days of leave", zh="{full} - {hours} × 请假 {days} 天")
PART = Text(en="({full}) x {share}", zh="（{full}）× {share}")
WHOLE = Text(en="{full} x {share}", zh="{full} × {share}")
LESS = Text(en=" = {full}", zh=" = {full}")
NOTHING = Text(en="", zh="")


class Overtime(FromWage):
    """Overtime (延长工作时间) is paid at 150 % of the hourly wage: hours x wage / 174 x 1.5.

    Standard hours: what a shift has beyond 8 h, hours on rest days and statutory holidays left out; a line per date.
    Comprehensive hours: what a cycle has beyond its standard hours, a line in the month in which the cycle ends or the
    agent leaves. Where nobody knows what was worked of the cycle before the period there is no line, and a note.

    With `[hours] settle = "toil"` the hours become time off in lieu, one for one, on a line with the amount 0. The law
    knows no time off for hours beyond the day or the cycle, so a note shows what it asks for.

    Source: 劳动法 article 44 (1); 工资支付暂行规定 article 13; 劳部发〔1994〕503号; for the divisor 174
    人社部发〔2025〕2号.
    """

    kind: ClassVar[str] = "overtime"
    phrase: ClassVar[Text] = Text(
        en="hours beyond the day, or beyond the cycle of comprehensive hours, at 150 %",
        zh="超出每日标准工时或综合计算工时周期标准工时的部分，按 150% 支付",
    )

    names: ClassVar[Mapping[str, Text]] = {
        "overtime_150": Text(en="Overtime 150 %", zh="延时加班费（150%）"),
        "overtime_150_toil": Text(en="Overtime taken as time off", zh="延时加班转调休"),
    }

    def lines(self, month: WorkMonth) -> Iterator[PayLine]:
        """Yield one line per date, or per cycle that ends in the month, with hours beyond."""
        law, extra = month.law, month.extra
        if law is None or extra is None:
            return
        for day, minutes in sorted(extra.daily.items()):
            what = DAILY.fill(day=day, hours=cents(hours(minutes)), standard=law["day_hours"].value)
            yield self._line(month, day, hours(minutes), law["standard_excess"], what)
        for cycle in extra.cycles:
            if cycle.hours is not None and cycle.standard is not None and cycle.excess:
                what = CYCLE.fill(
                    first=cycle.first,
                    last=cycle.last,
                    worked=cents(cycle.hours),
                    aside=ASIDE if month.plan.settings.hours.exclude_holiday_hours else NOTHING,
                    standard=cents(cycle.standard),
                    less=_less(month, cycle, cycle.standard, law["day_hours"].value),
                )
                yield self._line(month, cycle.last, cycle.excess, law["comprehensive_excess"], what)

    def _line(self, month: WorkMonth, day: date, beyond: Decimal, times: Parameter, what: Text) -> PayLine:
        extra = ExtraHours(self.kind, "overtime_150", day, beyond, times, what, self.wage, time_off=False)
        return hourly_line(month, extra)


def _less(month: WorkMonth, cycle: Cycle, standard: Decimal, day: Decimal) -> Text:
    """Return how leave and part time lower the standard hours, where they do."""
    days, share = leave_days(month, cycle.first, cycle.last), month.share
    if not standard or (not days and share == 1):
        return NOTHING
    full: object = cents(standard / share + day * days)
    if days:
        full = LEAVE.fill(full=full, hours=day, days=days)
    if share != 1:
        full = (PART if days else WHOLE).fill(full=full, share=share)
    return LESS.fill(full=full)
