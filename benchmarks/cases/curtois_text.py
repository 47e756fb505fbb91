"""The text format of Curtois and Qu, and the audit of a roster against it: no part of the product is used."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from benchmarks.cases.base import Audit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Wish = tuple[str, int, str, int]
"""Employee, day from 0, shift, weight."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A kind of shift."""

    minutes: int
    barred: frozenset[str]
    """Shifts that may not follow it on the next day."""


@dataclass(frozen=True, slots=True)
class Person:
    """The limits of one employee."""

    caps: Mapping[str, int]
    """Most shifts of each kind."""
    most_minutes: int
    fewest_minutes: int
    longest_run: int
    shortest_run: int
    shortest_rest: int
    weekends: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Cover asked for on one day for one kind of shift."""

    need: int
    under: int
    over: int


@dataclass(frozen=True, slots=True)
class Instance:
    """A whole instance."""

    days: int
    shifts: Mapping[str, Shift]
    staff: Mapping[str, Person]
    days_off: Sequence[tuple[str, int]]
    on: Sequence[Wish]
    off: Sequence[Wish]
    cover: Mapping[tuple[int, str], Asked]

    def audit(self, rows: Sequence[tuple[str, int, str]]) -> Audit:
        """Return the broken rules and the objective of a roster given as (employee, day, shift)."""
        seen = Counter((who, day) for who, day, _ in rows)
        work = {(who, day): code for who, day, code in rows}
        broken = [f"{who} day {day}: two shifts" for (who, day), n in seen.items() if n > 1]
        broken += [f"{who} day {day}: day off" for who, day in self.days_off if (who, day) in work]
        for who, person in self.staff.items():
            line = [work.get((who, day), "") for day in range(self.days)]
            broken += [f"{who}: {said}" for said in self._broken(person, line)]
        wishes = sum(weight for who, day, code, weight in self.on if work.get((who, day)) != code)
        wishes += sum(weight for who, day, code, weight in self.off if work.get((who, day)) == code)
        return Audit(broken, wishes + self._cover_cost(Counter((day, code) for (_, day), code in work.items())))

    def _broken(self, person: Person, line: Sequence[str]) -> list[str]:
        """Return what one line breaks; an empty string is a day off."""
        worked = Counter(code for code in line if code)
        found = [f"{n} x {code}" for code, n in worked.items() if n > person.caps[code]]
        found += [f"{b} after {a}" for a, b in pairwise(line) if a and b in self.shifts[a].barred]
        minutes = sum(self.shifts[code].minutes * n for code, n in worked.items())
        if not person.fewest_minutes <= minutes <= person.most_minutes:
            found.append(f"{minutes} minutes")
        weekends = sum(1 for saturday in range(5, self.days, 7) if any(line[saturday : saturday + 2]))
        if weekends > person.weekends:
            found.append(f"{weekends} weekends")
        runs = [(bool(code), len(list(days))) for code, days in groupby(line, key=bool)]
        found += [f"{n} days in a row" for works, n in runs if works and n > person.longest_run]
        for works, n in runs[1:-1]:
            if n < (person.shortest_run if works else person.shortest_rest):
                found.append(f"only {n} days {'worked' if works else 'off'} in a row")
        return found

    def _cover_cost(self, there: Mapping[tuple[int, str], int]) -> int:
        cost = 0
        for place, asked in self.cover.items():
            surplus = there.get(place, 0) - asked.need
            cost += asked.over * surplus if surplus > 0 else -asked.under * surplus
        return cost


def parse(text: str) -> Instance:
    """Return the instance of a text.

    Raises
    ------
    ValueError
        When a section or a field is missing or no number.
    """
    sections: dict[str, list[list[str]]] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("SECTION_"):
            rows = sections.setdefault(line, [])
        elif not line.startswith("#"):
            if not sections:
                raise ValueError(f"a line before the first section: {line!r}")
            rows.append([field.strip() for field in line.split(",")])
    try:
        return _instance(sections)
    except KeyError as error:
        raise ValueError(f"no {error.args[0]}") from error


def _instance(sections: Mapping[str, list[list[str]]]) -> Instance:
    return Instance(
        days=int(sections["SECTION_HORIZON"][0][0]),
        shifts={code: Shift(int(minutes), _names(barred)) for code, minutes, barred in sections["SECTION_SHIFTS"]},
        staff={who: _person(fields) for who, *fields in sections["SECTION_STAFF"]},
        days_off=[(who, int(day)) for who, *days in sections["SECTION_DAYS_OFF"] for day in days if day],
        on=[_wish(row) for row in sections["SECTION_SHIFT_ON_REQUESTS"]],
        off=[_wish(row) for row in sections["SECTION_SHIFT_OFF_REQUESTS"]],
        cover={
            (int(day), code): Asked(int(need), int(under), int(over))
            for day, code, need, under, over in sections["SECTION_COVER"]
        },
    )


def _names(field: str) -> frozenset[str]:
    return frozenset(filter(None, field.split("|")))


def _person(fields: Sequence[str]) -> Person:
    caps = dict(cap.split("=") for cap in fields[0].split("|"))
    return Person({code: int(most) for code, most in caps.items()}, *map(int, fields[1:]))


def _wish(row: Sequence[str]) -> Wish:
    who, day, code, weight = row
    return who, int(day), code, int(weight)
