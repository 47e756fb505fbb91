"""Plans with a conflict planted among many harmless rules and records; what takes part is known by construction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from roster_house import MONDAY, agent, plan, requirement, settings

from wfm.domain.agents import Absence, Pin
from wfm.roster import build_book

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfm.domain.plan import Plan
    from wfm.roster import RuleBook

SEED = 20260601
HARMLESS: dict[str, Any] = {
    "max_consecutive_days": {"days": 14, "days_by_exception": 14},
    "rest_between_shifts": {"hours": 7},
    "rest_days": {"days": 0, "mode": "at_least"},
    "month_hours": {"hours": 700, "tolerance_hours": 0, "cap_only": True},
    "night_eligibility": {"window": "03:00-04:00"},
    "overtime_protection": {"hours": 700},
    "shift_hours": {"min_hours": 4, "max_hours": 12},
    "unrequested_long_rest": {"days": 14},
}
"""Every rule of the book with limits that take no part; a case replaces some."""
SHIFTS = "EDSB"
BY_DAY = "09:00-12:00"


@dataclass(frozen=True)
class Planted:
    """A plan with one conflict.

    Attributes
    ----------
    rules
        Kinds of the rules that take part, those of records included.
    records
        Agent and first date of every record that takes part.
    agents
        Agents who have no line of their own; empty for a conflict between agents.
    """

    plan: Plan
    book: RuleBook
    rules: frozenset[str]
    records: frozenset[tuple[str, date]] = frozenset()
    agents: tuple[str, ...] = ()


class Builder:
    """A random but harmless surrounding: agents, days, leave, fixed shifts and rules that can all be kept together.

    Parameters
    ----------
    number
        Number of the case; the same number gives the same case.
    """

    def __init__(self, number: int) -> None:
        self.random = np.random.default_rng([SEED, number])
        self.agents = [f"A{n}" for n in range(1, int(self.random.integers(6, 13)) + 1)]
        self.days = [MONDAY + timedelta(days=n) for n in range(int(self.random.integers(8, 15)))]
        self.rules: dict[str, Any] = {kind: dict(fields) for kind, fields in HARMLESS.items()}
        self.absences: list[Absence] = []
        self.pins: list[Pin] = []
        self.protected: set[str] = set()

    def some(self, number: int) -> list[str]:
        """Return some of the agents."""
        return [str(a) for a in self.random.choice(self.agents, number, replace=False)]

    def leave(self, agent_id: str, first: date, days: int = 1) -> None:
        """Put an agent on leave."""
        last = first + timedelta(days=days - 1)
        self.absences.append(Absence(agent_id=agent_id, first_date=first, last_date=last))

    def pin(self, agent_id: str, day: date, code: str | None) -> None:
        """Fix an agent's day."""
        self.pins.append(Pin(agent_id=agent_id, date=day, shift_code=code))

    def floors(self, *floors: tuple[int, str]) -> None:
        """Ask for so many agents in daily windows."""
        self.rules["cover_floor"] = [{"agents": n, "window": window} for n, window in floors]

    def harmless_records(self, taken: set[str]) -> None:
        """Add a leave and a fixed shift of agents who are not taken."""
        free = [a for a in self.agents if a not in taken]
        if len(free) > 1:
            self.leave(free[0], self.days[1])
            self.pin(free[1], self.days[2], "D")

    def planted(self, *rules: str, **facts: Any) -> Planted:
        """Return the case."""
        tables: dict[str, Any] = {"rules": self.rules, "intervals": {"minutes": 60}, "solve": {"budget": "0.5s"}}
        house = settings(self.days[0], self.days[-1], SHIFTS, **tables)
        staff = [agent(n, no_night=a in self.protected) for n, a in enumerate(self.agents, 1)]
        absences, pins = tuple(self.absences), tuple(self.pins)
        made = plan(house, staff, requirement=requirement(house), absences=absences, pins=pins)
        return Planted(made, build_book(house), frozenset(rules), **facts)


def pin_on_leave(b: Builder) -> Planted:
    """Return a shift fixed in the middle of an approved leave."""
    (who,), at = b.some(1), int(b.random.integers(1, len(b.days) - 3))
    b.leave(who, b.days[at], 3)
    b.pin(who, b.days[at + 1], "E")
    b.harmless_records({who})
    records = frozenset({(who, b.days[at]), (who, b.days[at + 1])})
    return b.planted("availability", "pinned", records=records, agents=(who,))


def pins_in_a_row(b: Builder) -> Planted:
    """Return one fixed shift too many in a row."""
    (who,), most = b.some(1), int(b.random.integers(3, 6))
    b.rules["max_consecutive_days"] = {"days": most, "days_by_exception": most}
    run = b.days[1 : most + 2]
    for day in run:
        b.pin(who, day, "D")
    b.harmless_records({who})
    return b.planted("max_consecutive_days", "pinned", records=frozenset((who, d) for d in run), agents=(who,))


def pins_too_close(b: Builder) -> Planted:
    """Return a late shift fixed before an early one."""
    (who,), at = b.some(1), int(b.random.integers(0, len(b.days) - 1))
    b.rules["rest_between_shifts"] = {"hours": 11}
    b.pin(who, b.days[at], "S")
    b.pin(who, b.days[at + 1], "E")
    b.harmless_records({who})
    records = frozenset({(who, b.days[at]), (who, b.days[at + 1])})
    return b.planted("rest_between_shifts", "pinned", records=records, agents=(who,))


def night_pin_of_protected(b: Builder) -> Planted:
    """Return a night fixed for a protected agent."""
    (who,) = b.some(1)
    b.rules["night_eligibility"] = {"window": "22:00-06:00"}
    b.protected.add(who)
    b.pin(who, b.days[2], "B")
    b.harmless_records({who})
    return b.planted("night_eligibility", "pinned", records=frozenset({(who, b.days[2])}), agents=(who,))


def rest_against_hours(b: Builder) -> Planted:
    """Return rest days that leave too few days for the least hours of the month, for everybody."""
    days = len(b.days)
    b.rules["rest_days"] = {"days": round(30 * 0.6), "mode": "at_least"}
    b.rules["month_hours"] = {"hours": round(30 / days * 8 * (days * 0.4 + 2.6)), "tolerance_hours": 4}
    return b.planted("rest_days", "month_hours", agents=tuple(b.agents))


def long_rest_against_run(b: Builder) -> Planted:
    """Return work asked for after every single day off, and days off after every single day of work, with more rest."""
    b.rules["unrequested_long_rest"] = {"days": 2}
    b.rules["rest_days"] = {"days": 24, "mode": "at_least"}
    return b.planted("unrequested_long_rest", "rest_days", agents=tuple(b.agents))


def leave_against_floor(b: Builder) -> Planted:
    """Return one agent too many on leave on a day with a floor."""
    at, away = int(b.random.integers(2, len(b.days) - 1)), int(b.random.integers(2, 4))
    gone = b.some(away)
    b.floors((len(b.agents) - away + 1, BY_DAY), (1, "14:00-18:00"))
    for who in gone:
        b.leave(who, b.days[at], 2 if who == gone[0] and at < len(b.days) - 1 else 1)
    return b.planted("cover_floor", "availability", records=frozenset((who, b.days[at]) for who in gone))


def run_against_floor(b: Builder) -> Planted:
    """Return a floor that needs one agent more than a day off in so many days leaves."""
    every = int(b.random.integers(2, 4))
    there = len(b.agents) - -(-len(b.agents) // (every + 1))
    b.rules["max_consecutive_days"] = {"days": every, "days_by_exception": every}
    b.floors((there + 1, BY_DAY), (1, "23:00-24:00"))
    return b.planted("cover_floor", "max_consecutive_days")


def hours_against_floor(b: Builder) -> Planted:
    """Return a floor that takes more shifts than the hours of the month allow."""
    days, agents, each = len(b.days), len(b.agents), int(b.random.integers(4, 7))
    b.rules["month_hours"] = {"hours": round(30 * 7 * each / days) + 4, "tolerance_hours": 0, "cap_only": True}
    b.floors((agents * each // days + 1, "10:00-11:00"))
    return b.planted("cover_floor", "month_hours")


def rest_against_floor(b: Builder) -> Planted:
    """Return a floor that takes more days of work than the rest days leave."""
    days, agents = len(b.days), len(b.agents)
    off = int(b.random.integers(3, 5))
    b.rules["rest_days"] = {"days": round(30 * off / days), "mode": "at_least"}
    off = (2 * round(30 * off / days) * days + 30) // 60
    b.floors((agents * (days - off) // days + 1, "09:30-11:30"))
    return b.planted("cover_floor", "rest_days")


def nights_against_floor(b: Builder) -> Planted:
    """Return a night floor with one agent too few who may work nights."""
    able = int(b.random.integers(2, 4))
    b.protected = set(b.agents[able:])
    b.rules["night_eligibility"] = {"window": "22:00-06:00"}
    b.floors((able + 1, "23:00-24:00"), (1, BY_DAY))
    return b.planted("cover_floor", "night_eligibility")


def rest_hours_against_floor(b: Builder) -> Planted:
    """Return a floor that more than half of the agents have to meet, where nobody may work two days in a row."""
    b.rules["rest_between_shifts"] = {"hours": 30}
    b.floors((len(b.agents) // 2 + 1, BY_DAY), (1, "14:00-18:00"))
    return b.planted("cover_floor", "rest_between_shifts")


KINDS: tuple[Callable[[Builder], Planted], ...] = (
    pin_on_leave,
    pins_in_a_row,
    pins_too_close,
    night_pin_of_protected,
    rest_against_hours,
    long_rest_against_run,
    leave_against_floor,
    run_against_floor,
    hours_against_floor,
    rest_against_floor,
    nights_against_floor,
    rest_hours_against_floor,
)
"""Conflicts that are planted, one after the other."""
NUMBER = 30


def planted(number: int) -> Planted:
    """Return one of the cases."""
    return KINDS[number % len(KINDS)](Builder(number))
