"""Premiums counted minute by minute, from nothing but starts, ends and breaks: shares no code with the elements."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
SHARES = {
    "jp_overtime": "1/4",
    "jp_overtime_60": "1/2",
    "jp_legal_day_off": "7/20",
    "jp_night": "1/4",
    "us_overtime": "1/2",
    "tw_overtime_first": "1/3",
    "tw_overtime_next": "2/3",
    "tw_rest_day_first": "1/3",
    "tw_rest_day_next": "2/3",
    "tw_day_off": "1",
    "tw_holiday": "1",
    "au_early_late": "1/4",
    "au_shift": "3/20",
    "au_permanent_night": "3/10",
    "au_saturday": "1/4",
    "au_sunday": "1/2",
    "au_sunday_early_late": "3/4",
    "au_public_holiday": "3/2",
    "au_casual": "1/4",
    "au_overtime_first": "1/2",
    "au_overtime_next": "1",
    "au_overtime_sunday": "1",
    "au_overtime_public_holiday": "3/2",
}
"""What each code adds to the hourly wage."""
Key = tuple[str, date, date]
"""Code, date of the minute, date on which its shift starts."""


@dataclass(frozen=True)
class Work:
    """One shift: the date it belongs to, and its paid minutes, as instants and on the wall clock without its zone."""

    day: date
    minutes: tuple[tuple[datetime, datetime], ...]
    start: datetime
    end: datetime
    local_end: datetime


@dataclass(frozen=True)
class Case:
    """One agent's work around a month."""

    zone: ZoneInfo
    first: date
    last: date
    work: tuple[Work, ...]
    holidays: Collection[date] = ()
    left: date | None = None
    """Last day of employment."""
    tags: Collection[str] = field(default_factory=tuple)
    unknown: Collection[date] = ()
    """Days of employment before the period of which nobody knows whether they were worked."""

    def pays(self, day: date) -> bool:
        """Return whether a date lies in the period."""
        return self.first <= day <= self.last

    def pays_week(self, ends: date) -> bool:
        """Return whether a week that ends on a date is paid in the period: the last one ends with the employment."""
        return self.pays(ends if self.left is None else min(ends, self.left))


def work_of(day: date, start: str, end: str, zone: ZoneInfo, breaks: tuple[tuple[int, int], ...] = ()) -> Work:
    """Return the minutes of a shift typed as `"22:00"` and `"07:00+1"`, breaks as minutes from the start and length."""
    begin, finish = (_instant(day, text, zone) for text in (start, end))
    count = round((finish - begin) / MINUTE)
    off = {n for after, length in breaks for n in range(after, after + length)}
    paid = [begin + n * MINUTE for n in range(count) if n not in off]
    wall, local_end = (_local(moment, zone) for moment in (begin, finish))
    if local_end - wall == finish - begin:  # no clock change on the way
        minutes = tuple((m, wall + (m - begin)) for m in paid)
    else:
        minutes = tuple((m, _local(m, zone)) for m in paid)
    return Work(day, minutes, begin, finish, local_end)


def _local(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def _instant(day: date, text: str, zone: ZoneInfo) -> datetime:
    clock, _, plus = text.partition("+")
    hour, minute = map(int, clock.split(":"))
    wall = datetime(day.year, day.month, day.day, tzinfo=zone) + int(plus or 0) * DAY
    return (wall + timedelta(hours=hour, minutes=minute)).astimezone(UTC)


@cache
def _week_end(day: date, first_weekday: int) -> date:
    while (day + DAY).weekday() != first_weekday:
        day += DAY
    return day


def _nth_day(case: Case, first_weekday: int) -> dict[date, int]:
    found: dict[date, int] = {}
    for work in case.work:
        same = [d for d in found if _week_end(d, first_weekday) == _week_end(work.day, first_weekday)]
        found[work.day] = len(same) + 1
    return found


def open_weeks(case: Case, first_weekday: int, at_minute: int = 0) -> set[date]:
    """Return the last dates of the weeks paid in the period that hold an unknown day."""
    found = set()
    for day in case.unknown:
        ends = _week_end(day, first_weekday)
        after = [ends + DAY, *([ends - 6 * DAY] if day.weekday() == first_weekday else [])] if at_minute else [ends]
        found |= {end if case.left is None else min(end, case.left) for end in after}
    return {end for end in found if case.pays(end)}


def japan(case: Case, off_weekday: int | None = None, first_weekday: int = 6) -> Counter[Key]:
    """Return premium minutes of Japan."""
    nth, count = _nth_day(case, first_weekday), Counter[Key]()
    week, overtime = Counter[date](), []
    for work in case.work:
        day_count, ends = 0, _week_end(work.day, first_weekday)
        for minute, at in work.minutes:
            if case.pays(work.day) and (at.hour >= 22 or at.hour < 5):
                count["jp_night", at.date(), work.day] += 1
            if nth.get(at.date()) == 7 if off_weekday is None else at.weekday() == off_weekday:
                count["jp_legal_day_off", at.date(), work.day] += case.pays(work.day)
                continue
            day_count += 1
            week[ends] += day_count <= 480
            if (day_count > 480 and case.pays(work.day)) or (
                day_count <= 480 and week[ends] > 2400 and case.pays_week(ends)
            ):
                overtime.append((minute, at.date(), work.day))
    for n, (_, day, start) in enumerate(sorted(overtime)):
        count["jp_overtime" if n < 3600 else "jp_overtime_60", day, start] += 1
    return +count


def united_states(case: Case, first_weekday: int = 6, at_minute: int = 0) -> Counter[Key]:
    """Return overtime minutes of the United States."""
    count, week = Counter[Key](), Counter[date]()
    for work in case.work:
        for _, at in work.minutes:
            ends = _week_end((at - at_minute * MINUTE).date(), first_weekday)
            week[ends] += 1
            if week[ends] > 2400 and case.pays_week(ends + (DAY if at_minute else 0 * DAY)):
                count["us_overtime", at.date(), work.day] += 1
    return count


def taiwan(case: Case, first_weekday: int = 0) -> Counter[Key]:
    """Return premium minutes of Taiwan."""
    nth, count = _nth_day(case, first_weekday), Counter[Key]()
    for work in (w for w in case.work if case.pays(w.day)):
        rest = nth[work.day] == 6 and work.minutes[0][1].date() not in case.holidays
        for n, (_, at) in enumerate(work.minutes):
            day = at.date()
            if rest:
                count["tw_rest_day_first" if n < 120 else "tw_rest_day_next", day, work.day] += 1
            elif n >= 480:
                count["tw_overtime_first" if n < 600 else "tw_overtime_next", day, work.day] += 1
            elif day in case.holidays:
                count["tw_holiday", day, work.day] += 1
            elif nth[work.day] == 7:
                count["tw_day_off", day, work.day] += 1
    return count


def australia(case: Case, day_minutes: int | None = None, first_weekday: int = 0) -> Counter[Key]:
    """Return minutes of the award.

    Agents tagged `casual` are casual; those tagged `shift` are shiftworkers until 07:00, `permanent` always by night.
    """
    count = Counter[Key]()
    week, daily, weekly = Counter[date](), Counter[date](), Counter[date]()
    before: datetime | None = None
    for work in case.work:
        ends, worked = _week_end(work.day, first_weekday), 0
        rushed = before is not None and work.start - before < timedelta(hours=10)
        before = work.end
        for _, at in work.minutes:
            day, worked = at.date(), worked + 1
            beyond_day = rushed or (day_minutes is not None and worked > day_minutes)
            week[ends] += not beyond_day
            if not case.pays_week(ends):
                continue
            if beyond_day:
                code = _overtime(case, day, daily, work.day)
                count[code, day, work.day] += 1
            elif week[ends] > 2280:
                code = _overtime(case, day, weekly, ends)
                count[code, day, work.day] += 1
            else:
                for code in _loadings(case, work, at):
                    count[code, day, work.day] += 1
    return count


def _overtime(case: Case, day: date, tier: Counter[date], per: date) -> str:
    if day in case.holidays:
        return "au_overtime_public_holiday"
    if day.weekday() == 6:
        return "au_overtime_sunday"
    tier[per] += 1
    return "au_overtime_first" if tier[per] <= 180 else "au_overtime_next"


def _loadings(case: Case, work: Work, at: datetime) -> Iterator[str]:
    day_time = 7 <= at.hour < 19
    if "casual" in case.tags:
        yield "au_casual"
    if at.date() in case.holidays:
        yield "au_public_holiday"
    elif at.weekday() == 6:
        yield "au_sunday" if day_time else "au_sunday_early_late"
    elif at.weekday() == 5:
        yield "au_saturday"
    elif "shift" in case.tags:
        yield from _of_shiftworker(case, work)
    elif not day_time:
        yield "au_early_late"


def _of_shiftworker(case: Case, work: Work) -> Iterator[str]:
    midnight = datetime.combine(work.day, datetime.min.time())
    if "permanent" in case.tags:
        yield "au_permanent_night"
    elif timedelta(hours=19) < work.local_end - midnight <= timedelta(hours=31):
        yield "au_shift"
