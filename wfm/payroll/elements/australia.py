"""Australia, contract call centres: loadings, overtime and the casual loading of the award."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from wfm.domain.clock import elapsed_minutes
from wfm.domain.shifts import Clock, Weekday
from wfm.domain.text import Text
from wfm.payroll.premium import Premium, in_minutes
from wfm.payroll.stretches import Stretch, on_holiday, split, stretches, weeks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from wfm.domain.shifts import Shift
    from wfm.law import Parameter
    from wfm.payroll.base import WorkMonth
    from wfm.payroll.stretches import Week

SATURDAY, SUNDAY = 5, 6


class Shiftwork(BaseModel):
    """Who is a shiftworker, and which shifts of his are afternoon or night shifts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    tag: str
    """Tag of the agents who are shiftworkers."""
    ends_after: Clock
    """An afternoon or night shift ends after this time, …"""
    ends_by: Clock
    """… and no later than this one: `"07:00+1"`."""
    permanent_tag: str | None = None
    """Tag of those among them on permanent night shift."""


class Australia(Premium):
    """Loadings and overtime of the Contract Call Centres Award, MA000023; asked for with `[pay.australia]`.

    Amount = hours x hourly wage x (multiple - 1). Of the ordinary hours a public holiday earns 2.5 times; Sunday 1.5,
    before 07:00 and after 19:00 1.75; Saturday 1.25; Monday to Friday before 07:00 and after 19:00 1.25, or, for
    shiftworkers, 1.15 for a whole afternoon or night shift and 1.3 for permanent night shift. Casual agents get a
    quarter of the hourly wage on top for every ordinary hour.

    Overtime is what a shift has beyond `day_hours`, a whole shift that starts less than 10 h after the one before, and
    what a week has beyond 38 h: 1.5 times for the first 3 h (of a shift, or of a week's hours beyond 38), then double;
    double on Sunday; 2.5 times on a public holiday. It carries no other loading.

    Hours are cut at midnight, at 07:00 and 19:00 of the wall clock, and at clock changes. Whole weeks are paid, in the
    month in which they end, so the previous roster has to reach back to the first day; where a day is not known, a
    line without amount says so. A public holiday and the day in its place both count; calendar.csv can take one
    out.

    It never applies unasked: an in-house centre has another award. Not recorded, since no text of the award was found:
    the most ordinary hours of a day (`day_hours`), when a shift is an afternoon or night shift (`shiftwork`), averages
    over four weeks, the multiple 2.0 that one source has for shiftworkers' holiday shifts (2.5 is paid), delayed meals.

    Source: MA000023 clauses 13 and following, as read by help.deputy.com 2922407 and help.employmenthero.com
    9602090132239; Fair Work pay guide of 2025-10-07 for casual agents.
    """

    kind: ClassVar[str] = "australia"
    phrase: ClassVar[Text] = Text(
        en="Australia: loadings and overtime of the Contract Call Centres Award",
        zh="澳大利亚：外包呼叫中心裁定规定的时段加成和加班费",
    )
    names: ClassVar[Mapping[str, Text]] = {
        "au_early_late": Text(en="Loading before 07:00 and after 19:00", zh="07:00 前及 19:00 后加成"),
        "au_shift": Text(en="Afternoon and night shift loading", zh="中班、夜班加成"),
        "au_permanent_night": Text(en="Permanent night shift loading", zh="固定夜班加成"),
        "au_saturday": Text(en="Saturday loading", zh="周六加成"),
        "au_sunday": Text(en="Sunday loading", zh="周日加成"),
        "au_sunday_early_late": Text(en="Sunday loading, early and late", zh="周日早晚时段加成"),
        "au_public_holiday": Text(en="Public holiday loading", zh="公众假期加成"),
        "au_casual": Text(en="Casual loading", zh="临时工加成"),
        "au_overtime_first": Text(en="Overtime, first three hours", zh="加班前三小时"),
        "au_overtime_next": Text(en="Overtime, further hours", zh="加班后续小时"),
        "au_overtime_sunday": Text(en="Overtime on Sunday", zh="周日加班"),
        "au_overtime_public_holiday": Text(en="Overtime on a public holiday", zh="公众假期加班"),
    }
    country: ClassVar[str] = "AU"
    beyond: ClassVar[frozenset[str]] = frozenset(code for code in names if code.startswith("au_overtime"))
    weekly: ClassVar[str] = "au_overtime_first"

    week_begins: Weekday = "mon"
    """First day of the week of 38 h."""
    day_hours: float | None = Field(default=None, gt=0, le=24)
    """Ordinary hours of a shift, beyond which it is overtime; without it only the week counts."""
    casual_tag: str | None = None
    """Tag of casual agents; without it there are none."""
    shiftwork: Shiftwork | None = None
    """Shiftworkers; without it there are none."""

    def settled(self, month: WorkMonth) -> Iterable[Week]:
        """Return the weeks that end in the month."""
        return weeks(month, self.week_begins)

    def earned(self, month: WorkMonth, law: Mapping[str, Parameter]) -> Iterator[tuple[str, Stretch]]:
        """Yield the loadings of ordinary hours and the overtime of every week that ends in the month."""
        tier, clocks = in_minutes(law["au_first_hours"]), (in_minutes(law["au_day_from"]), in_minutes(law["au_day_to"]))
        rushed = _after_short_rest(month, in_minutes(law["au_rest_hours"]))
        most = 24 * 60 if self.day_hours is None else round(self.day_hours * 60)
        for week in self.settled(month):
            ordinary: list[Stretch] = []
            for shift in week.shifts:
                cut = stretches(shift, month.plan.settings.centre.zone, clocks)
                within, beyond = split(cut, 0 if shift in rushed else most)
                ordinary += within
                yield from _overtime(month, beyond, tier)
            ordinary, beyond = split(ordinary, in_minutes(law["au_week_hours"]))
            yield from _overtime(month, beyond, tier)
            for stretch in ordinary:
                early_late = not clocks[0] <= stretch.clock < clocks[1]
                yield from ((code, stretch) for code in self._loadings(month, stretch, early_late))

    def _loadings(self, month: WorkMonth, stretch: Stretch, early_late: bool) -> Iterator[str]:
        if self.casual_tag is not None and self.casual_tag in month.agent.tags:
            yield "au_casual"
        if on_holiday(stretch.date, month.plan.calendar):
            yield "au_public_holiday"
        elif stretch.date.weekday() == SUNDAY:
            yield "au_sunday_early_late" if early_late else "au_sunday"
        elif stretch.date.weekday() == SATURDAY:
            yield "au_saturday"
        elif self.shiftwork is not None and self.shiftwork.tag in month.agent.tags:
            yield from self._shift_loading(self.shiftwork, month, stretch.shift)
        elif early_late:
            yield "au_early_late"

    def _shift_loading(self, shiftwork: Shiftwork, month: WorkMonth, shift: Shift) -> Iterator[str]:
        end = shift.end.astimezone(month.plan.settings.centre.zone)
        minute = (end.date() - shift.date).days * 1440 + end.hour * 60 + end.minute
        if shiftwork.permanent_tag is not None and shiftwork.permanent_tag in month.agent.tags:
            yield "au_permanent_night"
        elif shiftwork.ends_after < minute <= shiftwork.ends_by:
            yield "au_shift"


def _after_short_rest(month: WorkMonth, minutes: int) -> set[Shift]:
    """Return the known shifts that start less than so many minutes after the end of the one before."""
    known = [a.shift for a in month.known if a.shift is not None]
    return {b for a, b in pairwise(known) if elapsed_minutes(a.end, b.start) < minutes}


def _overtime(month: WorkMonth, found: Iterable[Stretch], tier: int) -> Iterator[tuple[str, Stretch]]:
    rest = []
    for stretch in found:
        if on_holiday(stretch.date, month.plan.calendar):
            yield "au_overtime_public_holiday", stretch
        elif stretch.date.weekday() == SUNDAY:
            yield "au_overtime_sunday", stretch
        else:
            rest.append(stretch)
    first, beyond = split(rest, tier)
    yield from (("au_overtime_first", s) for s in first)
    yield from (("au_overtime_next", s) for s in beyond)
