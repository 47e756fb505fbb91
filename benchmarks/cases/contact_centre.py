"""Instances of `contact_centre.py`: half-hour need per skill, twelve shifts, unequal agents."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from benchmarks.cases.base import MONDAY, Audit, Case, plain_calendar, requirement
from benchmarks.cases.scopes import by_limits, paid_minutes
from wfm.domain.agents import Absence, Agent, Request
from wfm.domain.plan import Plan
from wfm.domain.settings import Settings
from wfm.roster.book import RuleBook
from wfm.roster.goals.cover import Cover
from wfm.roster.goals.requests import Requests
from wfm.roster.rules.availability import Availability
from wfm.roster.rules.eligibility import Eligibility
from wfm.roster.rules.max_consecutive_days import MaxConsecutiveDays
from wfm.roster.rules.rest_between_shifts import RestBetweenShifts
from wfm.roster.rules.work_limit import WorkLimit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from wfm.domain.roster import Assignment
    from wfm.roster.base import Rule, Scope

Instance = dict[str, Any]
"""The JSON object of an instance, as the generator writes it."""


@dataclass(frozen=True)
class ContactCentre(Case):
    """An instance of the generator."""

    header: ClassVar[tuple[str, ...]] = ("agent", "day", "shift", "skill")

    instance: Instance

    def row(self, cell: Assignment, day: int) -> tuple[str, ...]:
        """Return agent, day from 0, shift and skill of a worked day."""
        assert cell.shift is not None
        assert cell.queue is not None
        return cell.agent_id, str(day), cell.shift.code, cell.queue

    def audit(self, rows: Sequence[tuple[str, ...]]) -> Audit:
        """Return the broken rules and the objective, counted from the JSON object and the rows alone."""
        lines: dict[str, Line] = {person["id"]: {} for person in self.instance["agents"]}
        twice = []
        for agent, day, code, skill in rows:
            if int(day) in lines[agent]:
                twice.append(f"{agent} day {day}: two shifts")
            lines[agent][int(day)] = (code, skill)
        broken = [
            f"{person['id']} {said}"
            for person in self.instance["agents"]
            for said in _broken(self.instance, person, lines[person["id"]])
        ]
        there = Counter((skill, day, code) for line in lines.values() for day, (code, skill) in line.items())
        return Audit(twice + broken, cover_cost(self.instance, there) + _wish_cost(self.instance, lines))


def load(path: Path) -> ContactCentre:
    """Return the case of an instance file."""
    return case_of(json.loads(path.read_text("utf-8")))


def case_of(instance: Instance) -> ContactCentre:
    """Return the case of an instance."""
    settings = _settings(instance)
    days = settings.grid.first, settings.grid.last
    need = {skill: [n for day in table for n in day] for skill, table in instance["demand"].items()}
    plan = Plan(
        settings=settings,
        agents=tuple(_agent(person) for person in instance["agents"]),
        calendar=plain_calendar(*days),
        requirement=requirement(settings, need),
        absences=tuple(_absences(instance)),
        requests=tuple(_requests(instance)),
    )
    goals = (Cover(settings), Requests(settings))
    return ContactCentre(instance["name"], plan, RuleBook(tuple(_rules(instance)), goals), instance)


def _settings(instance: Instance) -> Settings:
    first = MONDAY + timedelta(days=instance["first_weekday"])
    by_day = [shift["code"] for shift in instance["shifts"] if not shift["night"]]
    return Settings.model_validate(
        {
            "centre": {"name": instance["name"], "locale": "en"},
            "period": {"first": first, "last": first + timedelta(days=instance["days"] - 1)},
            "intervals": {"minutes": instance["interval_minutes"]},
            "queues": {skill: {"target": {"service_level": 0.8}} for skill in instance["skills"]},
            "contracts": {"any": {}, "day": {"shifts": by_day}},
            "shifts": [_template(shift) for shift in instance["shifts"]],
            "goals": {**instance["weights"], "requests": 1, "fairness": 0},
        }
    )


def _template(shift: Instance) -> Instance:
    """Return the shift as people type it; what is not paid of it is a break taken in turn, which costs no cover."""
    unpaid, begin = shift["length_minutes"] - shift["paid_minutes"], shift["start_minute"]
    breaks = [{"after_minutes": 0, "minutes": unpaid, "in_turn": True}] if unpaid else []
    return {"code": shift["code"], "start": begin, "end": begin + shift["length_minutes"], "unpaid_breaks": breaks}


def _agent(person: Instance) -> Agent:
    contract = "any" if person["night_ok"] else "day"
    return Agent(agent_id=person["id"], contract=contract, skills=tuple(person["skills"]))


def _absences(instance: Instance) -> list[Absence]:
    first = MONDAY + timedelta(days=instance["first_weekday"])
    away = [(p["id"], first + timedelta(days=d)) for p in instance["agents"] for d in p["unavailable_days"]]
    return [Absence(agent_id=agent_id, first_date=day, last_date=day) for agent_id, day in away]


def _requests(instance: Instance) -> list[Request]:
    first = MONDAY + timedelta(days=instance["first_weekday"])
    return [
        Request(
            agent_id=wish["agent"],
            date=first + timedelta(days=wish["day"]),
            kind=wish["kind"],
            shift_code=wish["shift"],
            weight=wish["weight"],
        )
        for wish in instance["requests"]
    ]


def _rules(instance: Instance) -> list[Rule]:
    def scoped(*fields: str) -> Iterator[tuple[tuple[int, ...], Scope]]:
        return by_limits({person["id"]: tuple(person[field] for field in fields) for person in instance["agents"]})

    return [
        Availability(),
        Eligibility(),
        *(MaxConsecutiveDays(days=n, days_by_exception=n, only=who) for (n,), who in scoped("max_consecutive_days")),
        RestBetweenShifts(hours=instance["min_rest_minutes"] / 60),
        *(paid_minutes(low, high, who) for (low, high), who in scoped("min_paid_minutes", "max_paid_minutes")),
        *(WorkLimit(what="weekends", per="period", at_most=n, only=who) for (n,), who in scoped("max_weekends")),
    ]


Line = dict[int, tuple[str, str]]
"""Shift code and skill of one agent by day."""


def _broken(instance: Instance, person: Instance, line: Line) -> list[str]:
    """Return what one agent's line breaks."""
    shifts = {shift["code"]: shift for shift in instance["shifts"]}
    rest, longest = instance["min_rest_minutes"], person["max_consecutive_days"]
    found = [f"day {d}: skill {skill}" for d, (_, skill) in line.items() if skill not in person["skills"]]
    found += [f"day {d}: night" for d, (code, _) in line.items() if shifts[code]["night"] and not person["night_ok"]]
    found += [f"day {d}: unavailable" for d in line if d in person["unavailable_days"]]
    found += [f"day {d}: long run" for d in line if all(d + n in line for n in range(longest + 1))]
    found += [f"day {d}: rest" for d in line if d + 1 in line and _rest(line, d, shifts) < rest]
    paid = sum(shifts[code]["paid_minutes"] for code, _ in line.values())
    if not person["min_paid_minutes"] <= paid <= person["max_paid_minutes"]:
        found.append(f"{paid} paid minutes")
    worked = [d + instance["first_weekday"] for d in line]
    weekends = {d // 7 for d in worked if d % 7 in (5, 6)}
    return [*found, f"{len(weekends)} weekends"] if len(weekends) > person["max_weekends"] else found


def _rest(line: Line, day: int, shifts: Mapping[str, Instance]) -> int:
    """Return the minutes between the shift of a day and that of the next."""
    before, after = shifts[line[day][0]], shifts[line[day + 1][0]]
    return int(1440 + after["start_minute"] - before["start_minute"] - before["length_minutes"])


def cover_cost(instance: Instance, there: Mapping[tuple[str, int, str], int]) -> int:
    """Return what missing and surplus agents cost, from the agents per skill, day and shift."""
    step = instance["interval_minutes"]
    left = {skill: [n for day in table for n in day] for skill, table in instance["demand"].items()}
    span = {s["code"]: (s["start_minute"] // step, s["length_minutes"] // step) for s in instance["shifts"]}
    for (skill, day, code), agents in there.items():
        begin = day * 1440 // step + span[code][0]
        for at in range(begin, min(begin + span[code][1], len(left[skill]))):
            left[skill][at] -= agents
    weights = instance["weights"]
    return sum(weights["under"] * n if n > 0 else -weights["over"] * n for table in left.values() for n in table)


def paid_hours(instance: Instance) -> float:
    """Return the most hours that all agents together may be paid."""
    return sum(float(person["max_paid_minutes"]) for person in instance["agents"]) / 60


def _wish_cost(instance: Instance, lines: Mapping[str, Line]) -> int:
    """Return the weights of the wishes that are not met."""
    cost = 0
    for wish in instance["requests"]:
        got = lines[wish["agent"]].get(wish["day"], (None, None))[0]
        met = got is None if wish["kind"] == "off" else got == wish["shift"]
        cost += 0 if met else wish["weight"]
    return cost
