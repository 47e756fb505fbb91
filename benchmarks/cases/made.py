"""Centres that we make ourselves, seeded: a uniform one, whose agents do not differ, a mixed one, and one of teams.

Unlike the instances of others they have short shifts for part-timers, a shift that crosses midnight in full pay, a
queue that is closed at night, and runs whose limit depends on the contract. The teams of a centre of teams are mixed
centres of about 100 agents for a month of 31 days, each with queues of its own.
"""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING, Any

from benchmarks.cases.contact_centre import case_of

if TYPE_CHECKING:
    from benchmarks.cases.contact_centre import ContactCentre, Instance

DAYS, MONTH, HALF_HOURS = 28, 31, 48
TEAM = 100
"""Agents of a team, about."""
SHIFTS = {"E06": (6, 8), "E08": (8, 8), "D10": (10, 8), "L12": (12, 8), "L14": (14, 8), "N22": (22, 8)}
"""Start and length in hours of the shifts of everybody."""
SHORT = {"P09": (9, 4), "P17": (17, 4)}
"""Those that a mixed centre has besides."""
PEAKS = {"calls": ((10.0, 2.5, 1.0), (17.0, 3.0, 0.8)), "chat": ((14.0, 2.0, 1.0), (20.0, 1.5, 0.7))}
"""Hour, width in hours and height of the peaks of a queue's day."""
WEEK = (1.1, 1.0, 0.95, 1.0, 1.05, 0.8, 0.7)
FULL_HOURS, PART_HOURS, SLACK_HOURS = 160, 80, 16
LEAVE_HOURS = 6
"""Hours by which a day of leave lowers the least that an agent works."""


def made(name: str) -> ContactCentre:
    """Return the centre of a name such as `mixed-100-1`: kind, number of agents, seed.

    Raises
    ------
    ValueError
        When the name is none.
    """
    kind, agents, seed = name.split("-")
    if kind == "teams":
        return case_of(teams(name, agents=int(agents), seed=int(seed)))
    if kind not in ("mixed", "uniform"):
        raise ValueError(f"mixed-AGENTS-SEED, uniform-AGENTS-SEED or teams-AGENTS-SEED, not {name!r}")
    return case_of(instance(name, mixed=kind == "mixed", agents=int(agents), seed=int(seed)))


def instance(name: str, *, mixed: bool, agents: int, seed: int, days: int = DAYS) -> Instance:
    """Return a centre in the form of an instance file."""
    rng = random.Random(seed)
    people = [_mixed(rng, n) if mixed else _person(n, ["calls"], FULL_HOURS) for n in range(agents)]
    hours = sum(person["max_paid_minutes"] / 60 - SLACK_HOURS / 2 for person in people)
    shares = {"calls": 0.7, "chat": 0.3} if mixed else {"calls": 1.0}
    needs = {queue: (2 * hours * share, rng if mixed else None) for queue, share in shares.items()}
    return {
        "name": name,
        "days": days,
        "first_weekday": 0,
        "interval_minutes": 30,
        "min_rest_minutes": 660,
        "shifts": [_shift(code, *times) for code, times in (SHIFTS | (SHORT if mixed else {})).items()],
        "skills": list(shares),
        "agents": people,
        "demand": {queue: _need(queue, half_hours, noise, days) for queue, (half_hours, noise) in needs.items()},
        "weights": {"under": 10, "over": 1},
        "requests": [wish for person in people for wish in _wishes(rng, person)] if mixed else [],
    }


def teams(name: str, *, agents: int, seed: int) -> Instance:
    """Return a centre of teams that share neither agents nor queues; a team differs from the others by its seed."""
    count = max(1, round(agents / TEAM))
    sizes = [agents // count + (n < agents % count) for n in range(count)]
    whole = [_team(n, size, 1000 * seed + n) for n, size in enumerate(sizes)]
    joined: Instance = {**whole[0], "name": name}
    for field in ("skills", "agents", "requests"):
        joined[field] = [one for team in whole for one in team[field]]
    return joined | {"demand": {queue: need for team in whole for queue, need in team["demand"].items()}}


def _team(number: int, agents: int, seed: int) -> Instance:
    """Return a mixed centre whose queues and agents have names of their own."""
    made = instance("", mixed=True, agents=agents, seed=seed, days=MONTH)
    own = {queue: f"{queue}{number:02d}" for queue in made["skills"]}
    made["agents"] = [
        {**person, "id": _in_team(number, person["id"]), "skills": [own[queue] for queue in person["skills"]]}
        for person in made["agents"]
    ]
    made["requests"] = [{**wish, "agent": _in_team(number, wish["agent"])} for wish in made["requests"]]
    return made | {"skills": list(own.values()), "demand": {own[q]: need for q, need in made["demand"].items()}}


def _in_team(number: int, agent: str) -> str:
    return f"t{number:02d}{agent}"


def _shift(code: str, start: int, length: int) -> Instance:
    minutes = {"start_minute": start * 60, "length_minutes": length * 60, "paid_minutes": length * 60}
    return {"code": code, **minutes, "night": start + length > 24}


def _person(number: int, skills: list[str], hours: int, away: frozenset[int] = frozenset(), **own: Any) -> Instance:
    return {
        "id": f"m{number:04d}",
        "skills": skills,
        "night_ok": True,
        "min_paid_minutes": max(0, hours - SLACK_HOURS - LEAVE_HOURS * len(away)) * 60,
        "max_paid_minutes": hours * 60,
        "max_consecutive_days": 5,
        "max_weekends": 4,
        "unavailable_days": sorted(away),
        **own,
    }


def _mixed(rng: random.Random, number: int) -> Instance:
    skills = rng.choices((["calls"], ["chat"], ["calls", "chat"]), (60, 25, 15))[0]
    part = rng.random() < 0.3
    first, length = rng.randrange(DAYS), rng.randint(3, 10)
    away = frozenset(range(first, min(DAYS, first + length))) if rng.random() < 0.3 else frozenset[int]()
    own = {"night_ok": rng.random() < 0.6, "max_consecutive_days": 4 if part else 5, "max_weekends": 3}
    return _person(number, skills, PART_HOURS if part else FULL_HOURS, away, **own)


def _need(queue: str, half_hours: float, noise: random.Random | None, days: int) -> list[list[int]]:
    """Return agents per day and half hour that add up to about the half hours there are."""
    shape = [[week * _at(queue, h / 2) for h in range(HALF_HOURS)] for week in WEEK]
    if noise is not None:
        shape = [[value * noise.uniform(0.9, 1.1) for value in day] for day in shape]
    scale = 7 / days * half_hours / sum(map(sum, shape))
    return [[round(value * scale) for value in shape[day % 7]] for day in range(days)]


def _at(queue: str, hour: float) -> float:
    if queue == "chat" and not 8 <= hour < 22:
        return 0.0
    return 0.1 + sum(height * math.exp(-(((hour - peak) / width) ** 2)) for peak, width, height in PEAKS[queue])


def _wishes(rng: random.Random, person: Instance) -> list[Instance]:
    codes = [code for code in SHIFTS if person["night_ok"] or code != "N22"]
    found = []
    for day in rng.sample(range(DAYS), rng.randint(0, 4)):
        shift = rng.choice(codes) if rng.random() < 0.4 else None
        kind = "off" if shift is None else "on"
        found.append({"agent": person["id"], "day": day, "shift": shift, "kind": kind, "weight": rng.randint(2, 12)})
    return found
