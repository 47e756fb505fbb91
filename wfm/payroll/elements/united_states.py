"""United States, federal: overtime beyond forty hours a workweek."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from wfm.domain.clock import instant
from wfm.domain.shifts import WEEKDAYS, Clock, Weekday
from wfm.domain.text import Text
from wfm.payroll.premium import Premium, in_minutes
from wfm.payroll.stretches import Stretch, split, stretches, weeks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wfm.law import Parameter
    from wfm.payroll.base import WorkMonth
    from wfm.payroll.stretches import Week


class UnitedStates(Premium):
    """Overtime of the Fair Labor Standards Act: hours beyond 40 in a fixed workweek, at 1.5 times the regular rate.

    Amount = hours beyond 40 x regular rate x 0.5, the half that comes on top (x 1.5 with `pays = "whole"`). Each
    workweek stands alone; a shift across its end is cut there. There is no daily, weekend, night or holiday premium in
    the federal law. A workweek is paid in the month in which it ends, so the previous roster has to reach back to its
    first day; where a day of it is not known, a line without amount says so.

    The workweek goes by the wall clock: the one in which the clock changes has 167 or 169 hours.

    Not worked out: the regular rate itself. Bonuses and differentials that belong to it (29 CFR 778.108) have to be in
    the column. State law may ask for more, for instance daily overtime, and is not recorded.

    Source: 29 U.S.C. 207(a)(1); 29 CFR 778.104 and 778.105.
    """

    kind: ClassVar[str] = "united_states"
    phrase: ClassVar[Text] = Text(
        en="United States: overtime beyond 40 hours a workweek (FLSA)",
        zh="美国：每工作周超过 40 小时的加班费（FLSA）",
    )
    names: ClassVar[Mapping[str, Text]] = {"us_overtime": Text(en="Overtime premium", zh="加班加成")}
    countries: ClassVar[frozenset[str]] = frozenset({"US"})
    country: ClassVar[str] = "US"
    beyond: ClassVar[frozenset[str]] = frozenset({"us_overtime"})
    weekly: ClassVar[str] = "us_overtime"

    workweek_begins: Weekday = WEEKDAYS[6]
    """Weekday on which the fixed workweek begins: the employer chooses."""
    workweek_begins_at: Clock = Field(default=0, ge=0, lt=1440)
    """Time of day at which it begins."""

    def settled(self, month: WorkMonth) -> Iterable[Week]:
        """Return the workweeks that end in the month."""
        return weeks(month, self.workweek_begins, self.workweek_begins_at)

    def earned(self, month: WorkMonth, law: Mapping[str, Parameter]) -> Iterator[tuple[str, Stretch]]:
        """Yield the last hours of every workweek, those beyond 40."""
        zone, at = month.plan.settings.centre.zone, self.workweek_begins_at
        cut = [s for a in month.known if a.shift is not None for s in stretches(a.shift, zone, (at,))]
        for week in self.settled(month):
            begin, end = instant(week.first, at, zone), instant(week.first + timedelta(days=7), at, zone)
            worked = [s for s in cut if begin <= s.start < end]
            yield from (("us_overtime", s) for s in split(worked, in_minutes(law["us_week_hours"]))[1])
