"""The example house: small plans and rosters in the notation of `wfm.roster.base.Example`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pandas as pd

from wfm.domain.agents import Absence, Agent, Exemption, Pin
from wfm.domain.calendar import Calendar, Day, DayClass
from wfm.domain.clock import dates
from wfm.domain.plan import Plan
from wfm.domain.roster import Assignment, Roster, State
from wfm.domain.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from wfm.roster.base import Example

MONDAY = date(2026, 6, 1)
CLOCKS = {
    "E": ("08:00", "16:00"),
    "D": ("09:00", "18:00"),
    "S": ("13:30", "22:00"),
    "B": ("23:00", "07:00+1"),
    "X": ("08:00", "20:00"),
}
"""Start and end of every shift of the house; all but `B` have an unpaid hour after four."""
TOKEN = re.compile(r"([EDSBX\-HL.])([*L.]?)(?:!([EDSBX\-]))?")
STATES = {"-": State.REST, "H": State.STATUTORY_OFF, "L": State.LEAVE, ".": State.NOT_EMPLOYED}


def settings(first: date, last: date, codes: Iterable[str] = CLOCKS, **tables: Any) -> Settings:
    """Return the settings of the house; `tables` replace whole tables."""
    shifts = [
        {
            "code": code,
            "start": CLOCKS[code][0],
            "end": CLOCKS[code][1],
            "unpaid_breaks": [] if code == "B" else [{"after_minutes": 240, "minutes": 60}],
        }
        for code in codes
    ]
    house: dict[str, Any] = {
        "centre": {"name": "House"},
        "period": {"first": first, "last": last},
        "queues": {"calls": {"target": {"service_level": 0.8}}},
        "contracts": {"full": {}, "half": {"hours_share": 0.5}, "early": {"shifts": ["E"]}},
        "shifts": shifts,
    }
    return Settings.model_validate(house | tables)


def calendar(first: date, last: date, statutory: Iterable[date] = ()) -> Calendar:
    """Return a calendar of plain weeks in which only the given dates are holidays."""
    holidays = set(statutory)

    def day_class(day: date) -> DayClass:
        if day in holidays:
            return DayClass.STATUTORY
        return DayClass.WEEKEND if day.weekday() >= 5 else DayClass.WORKDAY

    around = dates(first - timedelta(days=31), last + timedelta(days=31))
    return Calendar({d: Day(d, day_class(d)) for d in around})


def requirement(house: Settings, agents: Iterable[float] = ()) -> pd.DataFrame:
    """Return a requirement: the given numbers of agents over queues and intervals, or nobody."""
    index = pd.MultiIndex.from_product([list(house.queues), house.grid.starts], names=["queue", "interval_start"])
    need = list(agents) or [0.0] * len(index)
    return pd.DataFrame({"required_rostered": need}, index=index)


def agent(number: int = 1, **fields: Any) -> Agent:
    """Return an agent of the house."""
    return Agent(**{"agent_id": f"A{number}", "contract": "full", "skills": ("calls",)} | fields)


def plan(house: Settings, agents: Sequence[Agent], statutory: Iterable[date] = (), **facts: Any) -> Plan:
    """Return a plan of the house; without a requirement nobody is needed."""
    facts.setdefault("requirement", requirement(house))
    days = house.period.first, house.period.last
    return Plan(settings=house, agents=tuple(agents), calendar=calendar(*days, statutory), **facts)


@dataclass(frozen=True)
class Token:
    """One day in the notation."""

    code: str
    """Shift code, or the sign of a day off."""
    mark: str
    """`*`, `L` or `.`: the day that the shift falls on."""
    pin: str | None

    @property
    def kind(self) -> str:
        """`H`, `L`, `.` or `-`: what kind of day it is for the agent."""
        if self.mark:
            return "H" if self.mark == "*" else self.mark
        return "-" if self.code in CLOCKS else self.code


def tokens(line: str) -> list[Token]:
    """Return the tokens of a line."""
    found = [TOKEN.fullmatch(word) for word in line.split()]
    assert all(found), f"no line of the notation: {line!r}"
    return [Token(m[1], m[2], m[3]) for m in found if m]


def spans(days: Iterable[date]) -> list[tuple[date, date]]:
    """Return runs of consecutive dates as (first, last)."""
    ordered = sorted(days)
    runs = [[d for _, d in run] for _, run in groupby(enumerate(ordered), lambda p: p[1].toordinal() - p[0])]
    return [(run[0], run[-1]) for run in runs]


def example_plan(
    example: Example, kind: str, codes: Iterable[str] = CLOCKS, exempt: Iterable[int] = (), **tables: Any
) -> Plan:
    """Return the plan that an example is about.

    Parameters
    ----------
    kind
        Kind of the rule that the exception is recorded for.
    codes
        Shifts of the house.
    exempt
        Days, from 0, that an exception covers when not the whole period; negative ones are in the tail.
    """
    lines = [tokens(line) for line in example.line.split("\n")]
    tails = [tokens(line) for line in example.tail.split("\n")] if example.tail else []
    first, last = MONDAY, MONDAY + timedelta(days=len(lines[0]) - 1)
    house = settings(first, last, codes, **tables)
    skills = tuple(house.queues)
    agents, absences, pins, previous, exemptions = [], [], [], [], []
    for number, line in enumerate(lines, 1):
        tail = tails[number - 1] if number <= len(tails) else []
        whole = {first + timedelta(days=n - len(tail)): token for n, token in enumerate([*tail, *line])}
        there = [d for d in dates(first, last) if whole[d].kind != "."]
        ends = {
            "hire_date": there[0] if there[0] > first else None,
            "leave_date": there[-1] if there[-1] < last else None,
        }
        person = agent(number, **{"skills": skills, **ends, **example.agent})
        agents.append(person)
        leave = spans(d for d, t in whole.items() if t.kind == "L")
        absences += [Absence(agent_id=person.agent_id, first_date=a, last_date=b) for a, b in leave]
        pins += [
            Pin(agent_id=person.agent_id, date=d, shift_code=None if t.pin == "-" else t.pin)
            for d, t in whole.items()
            if t.pin
        ]
        previous += [cell(person, d, t, house) for d, t in whole.items() if d < first]
        covered = [first + timedelta(days=n) for n in exempt] if not example.exempt else [first, last]
        exemptions += [
            Exemption(agent_id=person.agent_id, rule=kind, first_date=a, last_date=b)
            for a, b in ([(covered[0], covered[-1])] if example.exempt else spans(covered))
        ]
    statutory = {first + timedelta(days=n) for line in lines for n, token in enumerate(line) if token.kind == "H"}
    return plan(
        house,
        agents,
        statutory,
        absences=tuple(absences),
        pins=tuple(pins),
        previous=tuple(previous),
        exemptions=tuple(exemptions),
    )


def cell(person: Agent, day: date, token: Token, house: Settings) -> Assignment:
    """Return the assignment that a token writes down."""
    if token.code not in CLOCKS:
        leave_type = "annual" if token.code == "L" else None
        return Assignment(person.agent_id, day, STATES[token.code], leave_type=leave_type)
    everything = {t.code: t for t in settings(day, day).shifts}
    shift = everything[token.code].on(day, house.centre.zone)
    return Assignment(person.agent_id, day, State.WORK, shift, next(iter(house.queues)))


def example_roster(example: Example, made: Plan) -> Roster:
    """Return the roster that an example writes down, with the tail."""
    cells = [
        cell(person, day, token, made.settings)
        for person, line in zip(made.agents, example.line.split("\n"), strict=True)
        for day, token in zip(made.days, tokens(line), strict=True)
    ]
    return Roster.of(cells, made.previous)


def worked(made: Plan, lines: Sequence[Sequence[str | None]], queue: str = "calls") -> Roster:
    """Return the roster in which agents work the given shift codes, None for a day off, with the tail."""
    cells = [
        made.off(person, day)
        if code is None
        else Assignment(person.agent_id, day, State.WORK, made.shifts[code, day], queue)
        for person, line in zip(made.agents, lines, strict=True)
        for day, code in zip(made.days, line, strict=True)
    ]
    return Roster.of(cells, made.previous)
