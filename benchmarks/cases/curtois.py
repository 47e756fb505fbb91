"""Shift scheduling instances of Curtois and Qu, in their text format.

Cover is asked per day and kind of shift. Each kind gets a place of its own on the day's grid, so that cover of that
interval is the number of agents on that shift; what a shift pays comes from the instance, not from that place.

Source: Curtois and Qu, "Computational results on new staff scheduling benchmark instances", 2014.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from benchmarks.cases.avoided import Avoided
from benchmarks.cases.base import MONDAY, Audit, Case, plain_calendar, requirement
from benchmarks.cases.curtois_text import Instance, parse
from benchmarks.cases.rules.longest_run import LongestRun
from benchmarks.cases.rules.paid_minutes import PaidMinutes
from benchmarks.cases.rules.shift_caps import ShiftCaps
from benchmarks.cases.rules.shortest_rest import ShortestRest
from benchmarks.cases.rules.shortest_run import ShortestRun
from benchmarks.cases.rules.succession import Succession
from benchmarks.cases.rules.weekends import Weekends
from wfm.domain.agents import Absence, Agent, Request
from wfm.domain.plan import Plan
from wfm.domain.settings import Settings
from wfm.roster.book import RuleBook
from wfm.roster.goals.cover import Cover
from wfm.roster.goals.requests import Requests
from wfm.roster.rules.availability import Availability
from wfm.roster.rules.eligibility import Eligibility

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from wfm.domain.roster import Assignment
    from wfm.roster.base import Rule

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
    place = next((minutes for minutes in PLACES if len(instance.shifts) * minutes <= 1440), None)
    if place is None:
        raise ValueError(f"{name}: more than {1440 // PLACES[-1]} kinds of shift")
    return Settings.model_validate(
        {
            "centre": {"name": name, "locale": "en"},
            "period": {"first": MONDAY, "last": _date(instance.days - 1)},
            "intervals": {"minutes": place},
            "queues": {QUEUE: {"target": {"service_level": 0.8}}},
            "contracts": {"any": {}},
            "shifts": [
                {"code": code, "start": k * place, "end": (k + 1) * place} for k, code in enumerate(instance.shifts)
            ],
            "goals": {"under": under, "over": over, "requests": 1, "fairness": 0},
        }
    )


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
    staff = instance.staff.items()
    return [
        Availability(),
        Eligibility(),
        ShiftCaps(most={who: dict(person.caps) for who, person in staff}),
        Succession(barred={code: shift.barred for code, shift in instance.shifts.items() if shift.barred}),
        LongestRun(most={who: person.longest_run for who, person in staff}),
        ShortestRun(fewest={who: person.shortest_run for who, person in staff}),
        ShortestRest(fewest={who: person.shortest_rest for who, person in staff}),
        Weekends(most={who: person.weekends for who, person in staff}),
        PaidMinutes(
            minutes={code: shift.minutes for code, shift in instance.shifts.items()},
            fewest={who: person.fewest_minutes for who, person in staff},
            most={who: person.most_minutes for who, person in staff},
        ),
    ]
