"""Taiwan: overtime, flexible rest days, mandatory days off and holidays."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wfm.domain.shifts import WEEKDAYS, Weekday
from wfm.domain.text import Text
from wfm.payroll.premium import Premium, in_minutes
from wfm.payroll.stretches import Stretch, on_holiday, split, stretches, weeks, worked_in_week

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wfm.law import Parameter
    from wfm.payroll.base import WorkMonth
    from wfm.payroll.stretches import Week

REST_DAY, DAY_OFF = 6, 7
"""Which worked day of a week the flexible rest day and the mandatory day off are."""


class Taiwan(Premium):
    """Overtime 1/3 and 2/3 on top, a rest day 4/3 and 5/3 in all, a holiday double.

    Amount = hours x hourly wage x share on top; `pays = "whole"` adds the hour itself where the monthly wage does not
    cover it: 4/3 and 5/3 in place of 1/3 and 2/3.

    - Overtime: what a shift has beyond 8 h; 1/3 for the first 2 h, 2/3 after that.
    - The flexible rest day (休息日) is the sixth day of a week on which a shift starts: 1/3 for the first 2 h, 2/3
      after that.
    - The mandatory day off (例假) is the seventh such day; a holiday (国定假日) is its own date and the day off in its
      place, of which calendar.csv can take one out. The first 8 h of the shift on them are paid once more, whatever the
      wage covers; beyond 8 h it is overtime. Where a rest day or day off is a holiday, it is paid as the holiday.

    A shift over midnight is one day's work, that of the date on which it starts; holidays go by the date, cut at
    midnight. Where the previous roster does not reach back to the first day of a week, the sixth and seventh day are
    not known, and a line without amount says so.

    Not worked out: a higher rate beyond 8 h of a rest day (8/3 in all is often named; no text of the law was found that
    says so, article 24 (2) has 5/3), a full day's pay for a part of a holiday, the leave that article 40 adds to the
    pay of a mandatory day off, 2-, 4- and 8-week systems. The usual hourly wage is the monthly one by 240 h
    (`month_hours = 240`).

    Source: Labor Standards Act (勞動基準法) articles 24, 36, 39 and 40; Ministry of Labor on holidays, 2025-09-05.
    """

    kind: ClassVar[str] = "taiwan"
    phrase: ClassVar[Text] = Text(
        en="Taiwan: overtime, rest days and holidays", zh="台湾地区：延长工时、休息日、例假和国定假日的加给工资"
    )
    names: ClassVar[Mapping[str, Text]] = {
        "tw_overtime_first": Text(en="Overtime, first two hours", zh="延长工时前两小时"),
        "tw_overtime_next": Text(en="Overtime, further hours", zh="延长工时后续小时"),
        "tw_rest_day_first": Text(en="Rest day, first two hours", zh="休息日前两小时"),
        "tw_rest_day_next": Text(en="Rest day, further hours", zh="休息日后续小时"),
        "tw_day_off": Text(en="Mandatory day off worked", zh="例假出勤"),
        "tw_holiday": Text(en="Holiday worked", zh="国定假日出勤"),
    }
    countries: ClassVar[frozenset[str]] = frozenset({"TW"})
    country: ClassVar[str] = "TW"
    beyond: ClassVar[frozenset[str]] = frozenset(
        {"tw_overtime_first", "tw_overtime_next", "tw_rest_day_first", "tw_rest_day_next"}
    )
    weekly: ClassVar[str] = "tw_rest_day_first"

    week_begins: Weekday = WEEKDAYS[0]
    """First day of the seven in which two are off."""

    def settled(self, month: WorkMonth) -> Iterable[Week]:
        """Return the weeks that end in the month."""
        return weeks(month, self.week_begins)

    def earned(self, month: WorkMonth, law: Mapping[str, Parameter]) -> Iterator[tuple[str, Stretch]]:
        """Yield what every shift of the month earns by the kind of its day and its hours."""
        order = worked_in_week(month, self.week_begins)
        day, tier = in_minutes(law["tw_day_hours"]), in_minutes(law["tw_first_hours"])
        for shift in month.shifts:
            every = stretches(shift, month.plan.settings.centre.zone)
            if order[shift.date] == REST_DAY and not on_holiday(every[0].date, month.plan.calendar):
                yield from _tiers("tw_rest_day", every, tier)
                continue
            within, beyond = split(every, day)
            off = order[shift.date] == DAY_OFF
            for stretch in within:
                if on_holiday(stretch.date, month.plan.calendar):
                    yield "tw_holiday", stretch
                elif off:
                    yield "tw_day_off", stretch
            yield from _tiers("tw_overtime", beyond, tier)


def _tiers(code: str, found: Iterable[Stretch], minutes: int) -> Iterator[tuple[str, Stretch]]:
    first, rest = split(found, minutes)
    yield from ((f"{code}_first", s) for s in first)
    yield from ((f"{code}_next", s) for s in rest)
