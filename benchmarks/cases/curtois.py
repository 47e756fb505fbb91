"""Shift scheduling instances of Curtois and Qu, in their text format.

Cover is asked per day and kind of shift. Each kind begins at a place of its own on the day's grid and is on the queue
there alone, the rest of it being a paid break: cover of that interval is the number of agents on that shift.

Source: Curtois and Qu, "Computational results on new staff scheduling benchmark instances", 2014.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from benchmarks.cases.avoided import Avoided
from benchmarks.cases.base import MONDAY, Audit, Case, plain_calendar, requirement
from benchmarks.cases.curtois_text import Instance, parse
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
from wfm.roster.rules.rest_run import RestRun
from wfm.roster.rules.succession import Succession
from wfm.roster.rules.work_limit import WorkLimit
from wfm.roster.rules.work_run import WorkRun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from benchmarks.cases.curtois_text import Person, Shift
    from benchmarks.cases.scopes import Limits
    from wfm.domain.roster import Assignment
    from wfm.roster.base import Rule, Scope

QUEUE = "cover"
"""The one queue."""
PLACES = (60, 30, 20, 15, 10, 5)
"""Minutes that the place of one kind of shift may take on the day's grid."""


@dataclass(frozen=True)
class Curtois(Case):
    """An instance of the collection."""

    header: ClassVar[tuple[str, ...]] = ("employee", "day", "shift")

    instance: Instance

    def row(self, cell: Assignment, day: int) -> tuple[str, ...]:
        """Return employee, day from 0 and shift of a worked day."""
        assert cell.shift is not None
        return cell.agent_id, str(day), cell.shift.code

    def audit(self, rows: Sequence[tuple[str, ...]]) -> Audit:
        """Return the broken rules and the objective, counted from the text and the rows alone."""
        return self.instance.audit([(who, int(day), code) for who, day, code in rows])


def load(path: Path) -> Curtois:
    """Return the case of an instance file.

    Raises
    ------
    ValueError
        When the file is no such instance, or asks for cover in a way that one queue cannot express.
    """
    return case_of(path.stem, parse(path.read_text("utf-8")))


def case_of(name: str, instance: Instance) -> Curtois:
    """Return the case of an instance."""
    settings = _settings(name, instance)
    agents = tuple(Agent(agent_id=who, contract="any", skills=(QUEUE,)) for who in instance.staff)
    plan = Plan(
        settings=settings,
        agents=agents,
        calendar=plain_calendar(settings.period.first, settings.period.last),
        requirement=requirement(settings, {QUEUE: _need(settings, instance)}),
        absences=tuple(
            Absence(agent_id=who, first_date=_date(day), last_date=_date(day)) for who, day in instance.days_off
        ),
        requests=tuple(
            Request(agent_id=who, date=_date(day), kind="on", shift_code=code, weight=weight)
            for who, day, code, weight in instance.on
        ),
    )
    avoided = Avoided(settings, [(who, _date(day), code, weight) for who, day, code, weight in instance.off])
    goals = (Cover(settings), Requests(settings), avoided)
    return Curtois(name, plan, RuleBook(tuple(_rules(instance)), goals), instance)


def _date(day: int) -> date:
    return MONDAY + timedelta(days=day)


def _settings(name: str, instance: Instance) -> Settings:
    weights = {(asked.under, asked.over) for asked in instance.cover.values()}
    if len(weights) != 1:
        raise ValueError(f"{name}: all cover rows must have the same weights, found {sorted(weights)}")
    ((under, over),) = weights
    kinds, shortest = len(instance.shifts), min(shift.minutes for shift in instance.shifts.values())
    place = next((minutes for minutes in PLACES if kinds * minutes <= 1440 and minutes <= shortest), None)
    if place is None:
        raise ValueError(f"{name}: more than {1440 // PLACES[-1]} kinds of shift, or one under {PLACES[-1]} minutes")
    return Settings.model_validate(
        {
            "centre": {"name": name, "locale": "en"},
            "period": {"first": MONDAY, "last": _date(instance.days - 1)},
            "intervals": {"minutes": place},
            "queues": {QUEUE: {"target": {"service_level": 0.8}}},
            "contracts": {"any": {}},
            "shifts": [
                _template(code, k * place, place, shift) for k, (code, shift) in enumerate(instance.shifts.items())
            ],
            "goals": {"under": under, "over": over, "requests": 1, "fairness": 0},
        }
    )


def _template(code: str, start: int, place: int, shift: Shift) -> dict[str, Any]:
    """Return the shift as people type it: on the queue in its place, then on a break up to the end of its minutes."""
    rest = [{"after_minutes": place, "minutes": shift.minutes - place}] if shift.minutes > place else []
    return {"code": code, "start": start, "end": start + shift.minutes, "paid_breaks": rest}


def _need(settings: Settings, instance: Instance) -> list[int]:
    """Return the agents asked for in each interval of the grid."""
    per_day = 1440 // settings.intervals.minutes
    need = [0] * settings.grid.size
    for day in range(instance.days):
        for k, code in enumerate(instance.shifts):
            if (day, code) not in instance.cover:
                raise ValueError(f"{settings.centre.name}: no cover row for day {day}, shift {code}")
            need[day * per_day + k] = instance.cover[day, code].need
    return need


def _rules(instance: Instance) -> list[Rule]:
    staff = instance.staff

    def scoped(limit: Callable[[Person], Limits]) -> Iterator[tuple[Limits, Scope]]:
        return by_limits({who: limit(person) for who, person in staff.items()})

    return [
        Availability(),
        Eligibility(),
        *(cap for code in instance.shifts for cap in _caps(instance, code)),
        *_successions(instance),
        *(MaxConsecutiveDays(days=n, days_by_exception=n, only=who) for n, who in scoped(lambda p: p.longest_run)),
        *(WorkRun(least=n, only=who) for n, who in scoped(lambda p: p.shortest_run)),
        *(RestRun(least=n, only=who) for n, who in scoped(lambda p: p.shortest_rest)),
        *(WorkLimit(what="weekends", per="period", at_most=n, only=who) for n, who in scoped(lambda p: p.weekends)),
        *(paid_minutes(low, high, who) for (low, high), who in scoped(lambda p: (p.fewest_minutes, p.most_minutes))),
    ]


def _caps(instance: Instance, code: str) -> Iterator[WorkLimit]:
    """Yield how often the agents may work a shift."""
    caps = by_limits({who: person.caps[code] for who, person in instance.staff.items()})
    return (WorkLimit(what="shifts", shifts=(code,), per="period", at_most=n, only=who) for n, who in caps)


def _successions(instance: Instance) -> Iterator[Succession]:
    """Yield one rule for all the shifts that may not follow the same ones."""
    barred: dict[tuple[str, ...], list[str]] = {}
    for code in instance.shifts:
        after = tuple(before for before, shift in instance.shifts.items() if code in shift.barred)
        barred.setdefault(after, []).append(code)
    return (Succession(after=after, not_next=tuple(codes)) for after, codes in barred.items() if after)
