"""Days and minutes of work for the pay oracle: a calendar of its own, minutes one by one, none of our code."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pay_facts import Facts, Pattern, instant_of, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterator

SPECIAL = {
    2025: {
        "statutory": "01-01 01-28 01-29 01-30 01-31 04-04 05-01 05-02 05-31 10-01 10-02 10-03 10-06",
        "off": "02-03 02-04 05-05 10-07 10-08",
        "in_place": "06-02",
        "work": "01-26 02-08 04-27 09-28 10-11",
    },
    2026: {
        "statutory": "01-01 02-16 02-17 02-18 02-19 04-05 05-01 05-02 06-19 09-25 10-01 10-02 10-03",
        "off": "01-02 02-20 02-23 05-05 10-06 10-07",
        "in_place": "04-06 05-04 10-05",
        "work": "01-04 02-14 02-28 05-09 09-20 10-10",
    },
    2027: {"statutory": "01-01", "off": "", "work": ""},
}
"""China: statutory holidays, other days off on weekdays, weekends worked; of 2027 January alone.

`in_place` are the days off in place of a statutory holiday on a weekend.
"""
KIND_OF = {
    date.fromisoformat(f"{year}-{day}"): kind
    for year, kinds in SPECIAL.items()
    for kind, days in kinds.items()
    for day in days.split()
}


@dataclass(frozen=True)
class Line:
    """One payroll line: what it pays, for which date, how much."""

    period: str
    code: str
    day: date | None
    quantity: Fraction
    unit: str
    amount: Fraction | None

    @property
    def key(self) -> tuple[Any, ...]:
        """What lines are sorted by."""
        return self.period, self.code, self.day or date.min, self.quantity


@dataclass(frozen=True)
class Shift:
    """What was worked on a business date."""

    day: date
    on: Counter[date]
    """Paid minutes by local date."""
    end: datetime
    """Local time."""
    planned: bool
    """Whether the roster has work on the date."""
    rest: bool
    """Whether it has rest."""

    @property
    def minutes(self) -> int:
        """All paid minutes."""
        return sum(self.on.values())


def cent(value: Fraction) -> Fraction:
    """Return a value at two places, halves away from zero."""
    whole = floor(abs(value) * 100 + Fraction(1, 2))
    return Fraction(whole if value >= 0 else -whole, 100)


def statutory(day: date) -> bool:
    """Return whether a date is a statutory holiday."""
    return KIND_OF.get(day) == "statutory"


def given_off(day: date) -> bool:
    """Return whether a date is a statutory holiday or the day off in place of one."""
    return KIND_OF.get(day) in ("statutory", "in_place")


def works(day: date) -> bool:
    """Return whether most of the country works on a date."""
    return KIND_OF[day] == "work" if day in KIND_OF else day.weekday() < 5


def shifts_of(facts: Facts) -> dict[date, Shift]:
    """Return every known shift by business date: attendance up to its last date, else the roster."""
    found = {}
    until = max(facts.clocked, default=None) if facts.clocked else None
    for day in sorted({*facts.days, *(facts.clocked or {})}):
        what = facts.days.get(day)
        planned = isinstance(what, Pattern)
        rest = what == "rest"
        if until is not None and facts.first <= day <= until:
            clocked = (facts.clocked or {}).get(day)
            if clocked:
                on = _minutes(_paid(facts, day, clocked), facts.zone)
                found[day] = Shift(day, on, clocked[-1][1].astimezone(ZoneInfo(facts.zone)), planned, rest)
        elif isinstance(what, Pattern):
            spans = spans_of(facts.zone, day, what)
            found[day] = Shift(
                day, _minutes(spans, facts.zone), spans[-1][1].astimezone(ZoneInfo(facts.zone)), True, rest
            )
    return found


def _paid(
    facts: Facts, day: date, clocked: list[tuple[datetime, datetime, int]]
) -> Iterator[tuple[datetime, datetime]]:
    """Yield paid spans of attendance: unpaid minutes lie where the roster has them, else in the middle of a span."""
    what = facts.days.get(day)
    begin = instant_of(facts.zone, day, what.start) if isinstance(what, Pattern) else None
    pauses = what.breaks if isinstance(what, Pattern) else ()
    for start, end, unpaid in clocked:
        rostered = [
            (begin + timedelta(minutes=after), begin + timedelta(minutes=after + minutes))
            for after, minutes in pauses
            if begin is not None
        ]
        fitting = [(b, e) for b, e in rostered if start <= b and e <= end]
        if sum((e - b).total_seconds() for b, e in fitting) != unpaid * 60:
            middle = start + timedelta(minutes=((end - start).total_seconds() // 60 - unpaid) // 2)
            fitting = [(middle, middle + timedelta(minutes=unpaid))]
        at = start
        for pause_begin, pause_end in fitting:
            yield at, pause_begin
            at = pause_end
        yield at, end


def _minutes(spans: Any, zone: str) -> Counter[date]:
    """Return minutes by local date, each minute looked up in the zone by itself."""
    found: Counter[date] = Counter()
    local = ZoneInfo(zone)
    for start, end in spans:
        at = start
        while at < end:
            found[at.astimezone(local).date()] += 1
            at += timedelta(minutes=1)
    return found


@dataclass(frozen=True)
class Month:
    """One calendar month of an agent: his days in the period, and the shifts that start on them."""

    facts: Facts
    days: list[date]
    all_shifts: dict[date, Shift]

    @property
    def period(self) -> str:
        """The month as text."""
        return f"{self.days[0]:%Y-%m}"

    @property
    def shifts(self) -> list[Shift]:
        """The shifts of the month."""
        return [self.all_shifts[d] for d in self.days if d in self.all_shifts]

    def leave(self, days: list[date]) -> list[date]:
        """Return the days of leave on which nothing was worked."""
        return [d for d in days if self.facts.days.get(d) == "leave" and d not in self.all_shifts]

    def option(self, table: str, name: str, default: Any) -> Any:
        """Return a setting of `[hours]`, or of `[pay.TABLE]`."""
        tables = self.facts.tables
        return (tables.get("hours", {}) if table == "hours" else tables.get("pay", {}).get(table, {})).get(
            name, default
        )

    @property
    def comprehensive(self) -> bool:
        """Whether comprehensive hours hold: only with an approval."""
        return self.option("hours", "regime", "standard") == "comprehensive" and bool(
            self.option("hours", "approval", "")
        )

    def wage(self, table: str, default: tuple[str, ...] = ("base", "performance")) -> Fraction | None:
        """Return the wage that an element computes with."""
        columns = self.option(table, "wage", default)
        return None if self.facts.wage is None else sum((Fraction(self.facts.wage[c]) for c in columns), Fraction(0))


def months_of(facts: Facts) -> Iterator[Month]:
    """Yield the months of the period in which the agent is employed."""
    span = [facts.first + timedelta(days=n) for n in range((facts.last - facts.first).days + 1)]
    shifts = shifts_of(facts)
    for period in dict.fromkeys((d.year, d.month) for d in span):
        days = [d for d in span if (d.year, d.month) == period and facts.employed(d)]
        if days:
            yield Month(facts, days, shifts)
