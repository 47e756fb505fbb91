"""Japan: overtime, legal days off and nights."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wfm.domain.shifts import WEEKDAYS, Weekday
from wfm.domain.text import Text
from wfm.payroll.premium import Premium, in_minutes
from wfm.payroll.stretches import Stretch, split, stretches, weeks, worked_in_week

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wfm.domain.shifts import Shift
    from wfm.law import Parameter
    from wfm.payroll.base import WorkMonth
    from wfm.payroll.stretches import Week


class Japan(Premium):
    """Premiums of article 37: overtime 25 %, beyond 60 h a month 50 %, a legal day off 35 %, and 25 % more at night.

    Amount = hours x hourly wage x share. Overtime is what a shift has beyond 8 h, then what a week has beyond 40 h of
    the hours that are left; its first 60 h of the calendar month earn the lower share. Hours on a legal day off are no
    overtime and do not count for the 40 h or the 60 h. The night share, 22:00 to 05:00, comes on top of any other.

    A shift over midnight is one day's work, that of the date on which it starts (8 h, 40 h); a legal day off goes by
    the date itself, from midnight to midnight. A week is paid in the month in which it ends, so the previous roster has
    to reach back to its first day; where a day of it is not known, a line without amount says so.

    Not worked out: variable hours (変形労働時間制), four days off in four weeks, substitute leave beyond 60 h; overtime
    of the calendar month before the first day of the period is not counted towards the 60 h. Allowances that article
    37 (5) leaves out of the hourly wage have to be left out of the column.

    Source: Labour Standards Act (労働基準法) articles 32, 35, 37; enforcement rules article 19 for the hourly wage.
    """

    kind: ClassVar[str] = "japan"
    phrase: ClassVar[Text] = Text(
        en="Japan: overtime, legal days off and night work", zh="日本：加班、法定休息日和深夜工作的加成工资"
    )
    names: ClassVar[Mapping[str, Text]] = {
        "jp_overtime": Text(en="Overtime premium", zh="加班加成"),
        "jp_overtime_60": Text(en="Overtime premium beyond 60 h a month", zh="每月超过 60 小时的加班加成"),
        "jp_legal_day_off": Text(en="Legal day off premium", zh="法定休息日加成"),
        "jp_night": Text(en="Night premium", zh="深夜加成"),
    }
    countries: ClassVar[frozenset[str]] = frozenset({"JP"})
    country: ClassVar[str] = "JP"
    beyond: ClassVar[frozenset[str]] = frozenset({"jp_overtime", "jp_overtime_60", "jp_legal_day_off"})
    weekly: ClassVar[str] = "jp_overtime"

    week_begins: Weekday = "sun"
    """First day of the week; the law takes Sunday unless the work rules say otherwise."""
    legal_day_off: Weekday | None = None
    """The legal day off of every week; without it, the last day of a week in which a shift starts on all seven."""

    def settled(self, month: WorkMonth) -> Iterable[Week]:
        """Return the weeks that end in the month."""
        return weeks(month, self.week_begins)

    def earned(self, month: WorkMonth, law: Mapping[str, Parameter]) -> Iterator[tuple[str, Stretch]]:
        """Yield nights, legal days off and overtime."""
        zone = month.plan.settings.centre.zone
        night = in_minutes(law["jp_night_from"]), in_minutes(law["jp_night_to"])
        days = _Days(self, month, in_minutes(law["jp_day_hours"]))
        overtime: list[Stretch] = []
        for shift in month.shifts:
            off, _, beyond = days.parts(shift)
            overtime += beyond
            yield from (("jp_legal_day_off", s) for s in off)
            cut = stretches(shift, zone, night)
            yield from (("jp_night", s) for s in cut if s.clock >= night[0] or s.clock < night[1])
        for week in self.settled(month):
            ordinary = [s for shift in week.shifts for s in days.parts(shift)[1]]
            overtime += split(ordinary, in_minutes(law["jp_week_hours"]))[1]
        overtime.sort(key=lambda s: s.start)
        first, rest = split(overtime, in_minutes(law["jp_month_hours"]))
        yield from (("jp_overtime", s) for s in first)
        yield from (("jp_overtime_60", s) for s in rest)


class _Days:
    """The days of a month: which are legal days off, and how each shift falls apart."""

    def __init__(self, element: Japan, month: WorkMonth, day_minutes: int) -> None:
        self._zone, self._minutes = month.plan.settings.centre.zone, day_minutes
        self._off = None if element.legal_day_off is None else WEEKDAYS.index(element.legal_day_off)
        self._order = worked_in_week(month, element.week_begins)

    def parts(self, shift: Shift) -> tuple[list[Stretch], list[Stretch], list[Stretch]]:
        """Return a shift's time on legal days off, its ordinary time, and its time beyond the hours of a day."""
        every = stretches(shift, self._zone)
        off = [s for s in every if self._is_off(s)]
        return off, *split([s for s in every if not self._is_off(s)], self._minutes)

    def _is_off(self, stretch: Stretch) -> bool:
        if self._off is None:
            return self._order.get(stretch.date) == 7
        return stretch.date.weekday() == self._off
