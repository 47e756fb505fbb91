"""Work on rest days under standard hours: 200 %, or time off in lieu."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wfm.domain.text import Text
from wfm.payroll.base import PayLine, WorkMonth, cents
from wfm.payroll.extra_hours import ExtraHours, FromWage, hourly_line
from wfm.payroll.hours import hours

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CALENDAR = Text(
    en="{day}: {hours} h on a day off of the calendar (standard hours)",
    zh="{day}：标准工时制，日历休息日工作 {hours} 小时",
)
ROSTER = Text(
    en="{day}: {hours} h of work on a rest day of the agent's week (standard hours)",
    zh="{day}：标准工时制，本人周休息日工作 {hours} 小时",
)


class RestDayPay(FromWage):
    """Work on a rest day (休息日) is paid at 200 % of the hourly wage: hours x wage / 174 x 2, one line per date.

    `[hours] rest_day` says which days are rest days. `roster`: of each week from Monday to Sunday the days worked
    beyond five, the last ones, and days that the roster has as rest and attendance as work; all hours of such a shift.
    `calendar`: weekends, make-up and adjusted days off; the hours by local date. Hours on a statutory holiday are paid
    as such alone. Under comprehensive hours work on a rest day is normal work, and there is no line.

    With `[hours] settle = "toil"` the hours become time off in lieu, one for one, on a line with the amount 0.

    Source: 劳动法 article 44 (2); 工资支付暂行规定 article 13; 人社部发〔2025〕2号 for the divisor 174.
    """

    kind: ClassVar[str] = "rest_day"
    phrase: ClassVar[Text] = Text(
        en="work on a rest day under standard hours at 200 %, or time off in lieu",
        zh="标准工时制下休息日工作按 200% 支付，或安排补休",
    )

    names: ClassVar[Mapping[str, Text]] = {
        "rest_day_200": Text(en="Rest-day work 200 %", zh="休息日加班费（200%）"),
        "rest_day_200_toil": Text(en="Rest-day work taken as time off", zh="休息日加班转调休"),
    }

    def lines(self, month: WorkMonth) -> Iterator[PayLine]:
        """Yield one line per rest day with paid hours."""
        law, extra = month.law, month.extra
        if law is None or extra is None:
            return
        phrase = CALENDAR if month.plan.settings.hours.rest_day == "calendar" else ROSTER
        for day, minutes in sorted(extra.rest.items()):
            what, times = phrase.fill(day=day, hours=cents(hours(minutes))), law["standard_rest_day"]
            yield hourly_line(
                month,
                ExtraHours(self.kind, "rest_day_200", day, hours(minutes), times, what, self.wage, time_off=True),
            )
