"""Overtime and rest days for the pay oracle, worked out from minutes by date, none of our code."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from pay_days import Line, Month, Shift, cent, statutory, works

if TYPE_CHECKING:
    from collections.abc import Iterator

STANDARD = {"week": Fraction(40), "month": Fraction("165.36"), "quarter": Fraction(496), "year": Fraction(1984)}
"""Standard hours of a cycle since 2025."""


def rest_dates(month: Month) -> set[date]:
    """Return the dates worked that are rest days of the agent's own weeks: called in, and the last beyond five."""
    found = set()
    for monday in {d - timedelta(days=d.weekday()) for d in month.days}:
        week = [monday + timedelta(days=n) for n in range(7)]
        worked = [month.all_shifts[d] for d in week if d in month.all_shifts and not statutory(d)]
        found |= {s.day for s in worked if s.rest} | {s.day for s in [s for s in worked if not s.rest][5:]}
    return found


def split(month: Month, shift: Shift, resting: set[date]) -> tuple[Counter[date], int]:
    """Return a shift's rest-day minutes by date and its ordinary minutes, those on statutory holidays in neither."""
    rest: Counter[date] = Counter()
    by_calendar = month.option("hours", "rest_day", "roster") == "calendar"
    for day, minutes in shift.on.items():
        if statutory(day):
            continue
        if by_calendar and not works(day):
            rest[day] += minutes
        elif not by_calendar and shift.day in resting:
            rest[shift.day] += minutes
    holidays = sum(m for d, m in shift.on.items() if statutory(d))
    return rest, shift.minutes - holidays - sum(rest.values())


def rest_day(month: Month) -> Iterator[Line]:
    """Yield work on rest days at 200 % per date, under standard hours alone."""
    if month.comprehensive:
        return
    total: Counter[date] = Counter()
    resting = rest_dates(month)
    for shift in month.shifts:
        total.update(split(month, shift, resting)[0])
    for day, minutes in total.items():
        yield _hourly(month, "rest_day", "rest_day_200", day, Fraction(minutes, 60), Fraction(2))


def overtime(month: Month) -> Iterator[Line]:
    """Yield hours beyond 8 h of a shift under standard hours, beyond the cycles that end under comprehensive ones."""
    if month.comprehensive:
        for day, hours in cycle_excess(month):
            yield _hourly(month, "overtime", "overtime_150", day, hours, Fraction(3, 2))
        return
    resting = rest_dates(month)
    for shift in month.shifts:
        beyond = split(month, shift, resting)[1] - 480
        if beyond > 0:
            yield _hourly(month, "overtime", "overtime_150", shift.day, Fraction(beyond, 60), Fraction(3, 2))


def _hourly(month: Month, kind: str, code: str, day: date, hours: Fraction, times: Fraction) -> Line:
    if month.option("hours", "settle", "pay") == "toil":
        return Line(month.period, f"{code}_toil", day, cent(hours), "h", Fraction(0))
    wage = month.wage(kind)
    amount = None if wage is None else cent(hours * wage / 174 * times)
    return Line(month.period, code, day, cent(hours), "h", amount)


def cycle_excess(month: Month) -> Iterator[tuple[date, Fraction]]:
    """Yield the last day and the excess of each cycle that ends in the month, where its hours are known."""
    facts, unit = month.facts, month.option("hours", "cycle", "month")
    for first, last in dict.fromkeys(cycle_of(unit, d) for d in month.days):
        begin, end = max(first, facts.hired or first), min(last, facts.left or last)
        if end > month.days[-1]:
            continue
        days = [begin + timedelta(days=n) for n in range((end - begin).days + 1)]
        hours = _counted(month, days)
        standard = _standard(month, days, unit, (last - first).days + 1)
        if hours is not None and standard is not None and hours > standard:
            yield end, hours - standard


def cycle_of(unit: str, day: date) -> tuple[date, date]:
    """Return the first and the last day of the week, month, quarter or year of a date."""
    if unit == "week":
        first = day - timedelta(days=day.weekday())
        return first, first + timedelta(days=6)
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    first = date(day.year, day.month - (day.month - 1) % months, 1)
    after = first.month + months
    return first, date(first.year + (after > 12), (after - 1) % 12 + 1, 1) - timedelta(days=1)


def _counted(month: Month, days: list[date]) -> Fraction | None:
    facts, total = month.facts, Fraction(0)
    outside = [d for d in days if d < facts.first]
    if outside and facts.cycle_hours is not None:
        total, days = Fraction(str(facts.cycle_hours)), [d for d in days if d >= facts.first]
    elif any(d not in facts.days for d in outside):
        return None
    apart = month.option("hours", "exclude_holiday_hours", True)
    for shift in (month.all_shifts[d] for d in days if d in month.all_shifts):
        total += Fraction(sum(m for d, m in shift.on.items() if not (apart and statutory(d))), 60)
    return total


def _standard(month: Month, days: list[date], unit: str, size: int) -> Fraction | None:
    if month.option("hours", "basis", "mean") == "mean":
        full = STANDARD[unit] * len(days) / size
    else:
        full = Fraction(8 * sum(works(d) for d in days))
    taken = 8 * sum(works(d) for d in month.leave(days))
    return max((full - taken) * Fraction(str(month.facts.share)), Fraction(0))
