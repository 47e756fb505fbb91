"""Payroll worked out again from plain facts with fractions, one function per element, none of our code.

Follows the law and the manual pages of the pay elements. Premiums by the hour are counted in `pay_minutes`.
"""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from pay_days import Line, Month, cent, given_off, months_of, statutory, works
from pay_overtime import overtime, rest_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from pay_facts import Facts


def expected(facts: Facts) -> list[Line]:
    """Return every payroll line of a period, sorted."""
    found = [
        line
        for month in months_of(facts)
        for element in (base, holiday, hong_kong, hourly, nights, overtime, piece, quality, rest_day)
        for line in element(month)
    ]
    return sorted(found, key=lambda line: line.key)


def base(month: Month) -> Iterator[Line]:
    """Yield the monthly wage by calendar days of employment, and the work days of unpaid leave that it lacks."""
    facts, wage = month.facts, month.wage("base", ("base",))
    if "base" not in facts.tables.get("pay", {}):
        return
    size, days = monthrange(month.days[0].year, month.days[0].month)[1], len(month.days)
    earned = None if wage is None else cent(wage * days / size)
    yield Line(month.period, "base", None, Fraction(days), "day", earned)
    kinds = facts.tables.get("leave", {}).get("types", {})
    leave = month.leave(month.days)
    if wage is None or earned is None or not leave or kinds.get("annual", {}).get("paid", True):
        return
    off = sum(map(works, leave))
    less = earned if len(leave) == days else min(cent(wage * off / Fraction("21.75")), earned)
    yield Line(month.period, "unpaid_leave", None, Fraction(-off), "day", -less)


def holiday(month: Month) -> Iterator[Line]:
    """Yield per shift and statutory date the larger of the company's formula and the legal floor."""
    option = month.option
    times = Fraction(2 if option("holiday", "inclusive", False) else 3)
    by_day, divisor = option("holiday", "unit", "hour_share") == "day", Fraction(str(option("holiday", "divisor", 24)))
    wage = month.wage("holiday")
    for shift in month.shifts:
        for day, minutes in shift.on.items():
            if not statutory(day):
                continue
            hours = cent(Fraction(minutes, 60))
            if wage is None:
                yield Line(month.period, "holiday", day, hours, "h", None)
                continue
            started = Fraction(shift.day == day)
            company = cent(wage / divisor * times * (started if by_day else Fraction(minutes, shift.minutes)))
            law = cent(Fraction(minutes, 60) * wage / 174 * times)
            if option("holiday", "legal_floor", True) and law > company:
                yield Line(month.period, "holiday", day, hours, "h", law)
            else:
                yield Line(
                    month.period, "holiday", day, started if by_day else hours, "day" if by_day else "h", company
                )


def hong_kong(month: Month) -> Iterator[Line]:
    """Yield days due, where they are asked for: one per holiday, with the first shift that reaches it, and per week."""
    table = month.facts.tables.get("pay", {}).get("hong_kong")
    if table is None:
        return
    reached = {day: start for start in sorted(month.all_shifts, reverse=True) for day in month.all_shifts[start].on}
    for day, start in reached.items():
        if given_off(day) and start in month.days:
            yield Line(month.period, "hk_holiday", day, Fraction(1), "day", Fraction(0))
    begins = ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(table.get("week_begins", "mon"))
    for last in month.days:
        if last == month.facts.left or (last + timedelta(days=1)).weekday() == begins:
            yield from _rest_due(month, last, (last.weekday() - begins) % 7 + 1)


def _rest_due(month: Month, last: date, length: int) -> Iterator[Line]:
    """Yield the day due for seven shifts in a week; an open line where a day of employment is not known."""
    facts = month.facts
    week = [d for d in (last - timedelta(days=n) for n in range(length)) if facts.employed(d)]
    if any(d < facts.first and d not in facts.days for d in week):
        yield Line(month.period, "hk_rest_day", last, Fraction(0), "day", None)
    elif sum(d in month.all_shifts for d in week) == 7:
        yield Line(month.period, "hk_rest_day", last, Fraction(1), "day", Fraction(0))


def hourly(month: Month) -> Iterator[Line]:
    """Yield the paid hours of the month's shifts at the hourly wage, where it is asked for."""
    minutes = sum(shift.minutes for shift in month.shifts)
    if minutes and "hourly" in month.facts.tables.get("pay", {}):
        hours, wage = Fraction(minutes, 60), month.wage("hourly", ("hourly",))
        yield Line(month.period, "hourly", None, cent(hours), "h", None if wage is None else cent(hours * wage))


def nights(month: Month) -> Iterator[Line]:
    """Yield nights by their end: small from 22:00 to 23:00, big from 23:01 to 08:00; strictly 23:59 to 07:59."""
    found: Counter[str] = Counter()
    strict = month.facts.tables.get("nights", {}).get("mode") == "strict"
    for shift in month.shifts:
        clock = f"{shift.end:%H:%M}"
        if "22:00" <= clock <= "23:00":
            found["small"] += 1
        elif clock >= ("23:59" if strict else "23:01") or clock <= ("07:59" if strict else "08:00"):
            found["big"] += 1
    for which, count in found.items():
        rate = month.option("nights", f"{which}_amount", None)
        amount = None if rate is None else cent(Fraction(str(rate)) * count)
        yield Line(month.period, f"{which}_night", None, Fraction(count), "shift", amount)


def piece(month: Month) -> Iterator[Line]:
    """Yield base, calls and penalty of the piece rate, and the top-up to its minimum, where it is asked for."""
    table, facts = month.facts.tables.get("pay", {}).get("piece"), month.facts
    if table is None:
        return
    if facts.wage is None or (facts.first.year, facts.first.month) != (facts.last.year, facts.last.month):
        yield Line(month.period, "piece_calls", None, Fraction(0), "call", None)
        return
    price, times = Fraction(str(table["unit_price"])), Fraction(str(table["coefficient"]))
    calls, fine = Fraction(facts.wage["calls"]), Fraction(facts.wage["penalty"])
    of_calls = calls * price * (times if table.get("grouping") == "literal" else 1)
    parts = [("base", Fraction(1), "month", cent(Fraction(facts.wage["base"])))]
    parts += [("calls", calls, "call", cent(of_calls)), ("penalty", Fraction(1), "month", cent(fine * times))]
    short = Fraction(str(table.get("minimum", 0))) - sum(amount for *_, amount in parts)
    if "minimum" in table and short > 0:
        parts.append(("minimum", Fraction(1), "month", cent(short)))
    for code, quantity, unit, amount in parts:
        yield Line(month.period, f"piece_{code}", None, quantity, unit, amount)


def quality(month: Month) -> Iterator[Line]:
    """Yield the month's bonus by its points, where `[pay.quality]` asks for it."""
    table = month.facts.tables.get("pay", {}).get("quality")
    if table is None:
        return
    points = len(month.shifts) if table.get("base") == "work_days" else 26
    checks = [n for d, n in (month.facts.quality or {}).items() if f"{d:%Y-%m}" == month.period and n[0] > 0]
    if not checks or not points:
        yield Line(month.period, "quality_bonus", None, Fraction(0), "point", None)
        return
    score = points
    for checked, failed in checks:
        limit = 4 if checked >= 20 else -(-4 * checked // 20)
        score -= failed // limit if table.get("mode") == "per4" else failed >= limit
    amount = None
    if month.facts.wage is not None:
        bonus, full = Fraction(month.facts.wage["bonus"]), Fraction(score * 26, points)
        less = bonus if full <= 12 else 100 if full < 15 else 50 if full < 20 else 0
        amount = cent(max(bonus - less, Fraction(0)))
    yield Line(month.period, "quality_bonus", None, Fraction(score), "point", amount)
