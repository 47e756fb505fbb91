"""Random periods of work and attendance as plain facts, made without the solver and without any code of ours."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Mapping

ZONES = ("Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Europe/Berlin")
CHANGES = {
    "Asia/Shanghai": ("2025-05-01", "2025-10-01", "2026-02-01", "2026-10-01"),
    "America/New_York": ("2025-03-01", "2025-11-01", "2026-03-01", "2026-11-01"),
    "Australia/Lord_Howe": ("2025-04-01", "2025-10-01", "2026-04-01", "2026-10-01"),
    "Europe/Berlin": ("2025-03-01", "2025-10-01", "2026-03-01", "2026-10-01"),
}
"""Months with a clock change, in Shanghai months with many holidays."""
Instants = tuple[datetime, datetime]


@dataclass(frozen=True)
class Pattern:
    """A shift on the wall clock: minutes after midnight of its date, unpaid breaks as (minutes after start, length)."""

    code: str
    start: int
    end: int
    breaks: tuple[tuple[int, int], ...] = ()


@dataclass
class Facts:
    """One agent's period as plain facts.

    Attributes
    ----------
    days
        By date, from the tail on: a pattern, or `"rest"` or `"leave"`.
    clocked
        Attendance by date: spans of instants with their unpaid minutes; None when none was given.
    tables
        Tables of the settings: `hours`, `pay`, `nights`.
    wage
        Columns of `pay.csv`; None when no wages were given.
    """

    agent_id: str
    zone: str
    first: date
    last: date
    days: dict[date, Pattern | Literal["rest", "leave"]]
    clocked: dict[date, list[tuple[datetime, datetime, int]]] | None = None
    hired: date | None = None
    left: date | None = None
    share: float = 1.0
    cycle_hours: float | None = None
    wage: dict[str, str] | None = None
    quality: dict[date, tuple[int, int]] | None = None
    tables: dict[str, Any] = field(default_factory=dict)

    def employed(self, day: date) -> bool:
        """Return whether the agent is employed on a date."""
        return (self.hired is None or day >= self.hired) and (self.left is None or day <= self.left)


def instant_of(zone: str, day: date, minute: int) -> datetime:
    """Return the instant at which a wall clock shows so many minutes after midnight."""
    wall = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)) + timedelta(minutes=minute)
    return wall.astimezone(UTC)


def spans_of(zone: str, day: date, pattern: Pattern) -> list[Instants]:
    """Return the paid spans of a pattern on a date."""
    at, end = instant_of(zone, day, pattern.start), instant_of(zone, day, pattern.end)
    begin, spans = at, []
    for after, minutes in pattern.breaks:
        spans.append((at, begin + timedelta(minutes=after)))
        at = begin + timedelta(minutes=after + minutes)
    return [*spans, (at, end)]


def random_facts(
    seed: int,
    zone: str,
    *,
    tables: Mapping[str, Any] | None = None,
    attendance: bool | None = None,
    whole: bool = False,
    busy: float = 0.75,
) -> Facts:
    """Return an agent's random period with a tail: shifts over midnight, month ends and clock changes, odd minutes.

    Parameters
    ----------
    attendance
        Whether attendance is given; None leaves it to chance.
    whole
        Whether the period is one calendar month, its agent employed throughout.
    busy
        Share of the days on which a shift is rostered where the one before has ended.
    """
    chance = Random(seed)
    month = date.fromisoformat(chance.choice(CHANGES[zone]))
    first = month if whole else month + timedelta(days=chance.randrange(-10, 28))
    length = (date(month.year + month.month // 12, month.month % 12 + 1, 1) - month).days
    last = first + timedelta(days=(length if whole else chance.randrange(1, 45)) - 1)
    days = _days(chance, zone, first - timedelta(days=chance.randrange(9)), last, busy)
    facts = Facts("007", zone, first, last, days, tables=dict(tables or {}))
    if not whole and chance.random() < 0.2:
        facts.hired = first + timedelta(days=chance.randrange((last - first).days + 1))
    if not whole and chance.random() < 0.2:
        facts.left = max(facts.hired or first, last - timedelta(days=chance.randrange(5)))
    facts.days = {d: what for d, what in days.items() if facts.employed(d)}
    if attendance if attendance is not None else chance.random() < 0.5:
        facts.clocked = _clocked(chance, facts)
    return facts


def _days(
    chance: Random, zone: str, first: date, last: date, busy: float
) -> dict[date, Pattern | Literal["rest", "leave"]]:
    patterns = [_pattern(chance, f"S{n}") for n in range(5)]
    days: dict[date, Pattern | Literal["rest", "leave"]] = {}
    free = instant_of(zone, first, 0)
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        pattern = chance.choice(patterns)
        if chance.random() < busy and instant_of(zone, day, pattern.start) >= free:
            days[day], free = pattern, instant_of(zone, day, pattern.end)
        else:
            days[day] = "leave" if chance.random() < 0.2 else "rest"
    return days


def _pattern(chance: Random, code: str) -> Pattern:
    start = chance.choice((0, 480, 1200, 1320, 1380, chance.randrange(1440)))
    end = chance.choice((1319, 1320, 1380, 1381, 1438, 1439, 1440, 1919, 1920, 1921))
    length = chance.choice((480, 540, 720, chance.randrange(240, 1000), end - start))
    length = length if 240 <= length <= 1000 else 480
    pauses = chance.choice(((), ((240, 60),) if length >= 480 else (), ((61, 17), (100, 7))))
    return Pattern(code, start, start + length, pauses)


def _clocked(chance: Random, facts: Facts) -> dict[date, list[tuple[datetime, datetime, int]]]:
    """Return attendance up to some date: on time, late, early, in two spans, absent, or called in on a day off."""
    until = facts.first + timedelta(days=chance.randrange((facts.last - facts.first).days + 1))
    found: dict[date, list[tuple[datetime, datetime, int]]] = {}
    free = instant_of(facts.zone, facts.first, 0) + timedelta(days=1)
    for day, what in sorted(facts.days.items()):
        if not facts.first <= day <= until or chance.random() < 0.1:
            continue
        pattern = what if isinstance(what, Pattern) else Pattern("", 9 * 60, 17 * 60)
        if not isinstance(what, Pattern) and chance.random() < (0.9 if what == "leave" else 0.7):
            continue
        begin = instant_of(facts.zone, day, pattern.start) + timedelta(minutes=chance.randrange(0, 30))
        end = instant_of(facts.zone, day, pattern.end) + timedelta(minutes=chance.randrange(-30, 0))
        if begin < free:
            continue
        free = end
        pause = sum(minutes for _, minutes in pattern.breaks)
        middle = begin + (end - begin) // 2
        middle = middle.replace(second=0, microsecond=0)
        split = [(begin, middle, 0), (middle + timedelta(minutes=20), end, 0)]
        found[day] = chance.choice(([(begin, end, pause)], [(begin, end, 0)], [(begin, end, 37)], split))
    return found


def random_quality(seed: int, facts: Facts) -> dict[date, tuple[int, int]]:
    """Return contacts checked and failed on some dates, beyond the period too: few, none, or the usual twenty."""
    chance = Random(seed)
    found = {}
    for n in range(-3, (facts.last - facts.first).days + 3):
        if chance.random() < 0.8:
            checked = chance.choice((0, 1, 4, 5, 6, 10, 11, 20, 20, 24))
            found[facts.first + timedelta(days=n)] = checked, min(checked, chance.choice((0, 0, 1, 2, 3, 4, 5, 8, 9)))
    return found
