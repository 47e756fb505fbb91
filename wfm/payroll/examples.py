"""One example per pay element: an agent's days and wages, for the manual and for tests."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

from wfm.domain.agents import Agent
from wfm.domain.calendar import Calendar, Day, DayClass
from wfm.domain.clock import dates
from wfm.domain.plan import Plan
from wfm.domain.roster import Assignment, Roster, State
from wfm.domain.settings import Settings
from wfm.payroll.base import PAY_ELEMENTS
from wfm.payroll.months import work_months

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from wfm.payroll.base import PayLine, WorkMonth

TAIL_DAYS = 14
"""Days before the period that are known."""
ZONES = {
    "AU": "Australia/Sydney",
    "CN": "Asia/Shanghai",
    "HK": "Asia/Hong_Kong",
    "JP": "Asia/Tokyo",
    "TW": "Asia/Taipei",
    "US": "America/New_York",
}
AGENT = "A017"


@dataclass(frozen=True)
class PayExample:
    """One agent's days.

    Attributes
    ----------
    first, last
        The period.
    shifts
        What is worked, by date: `"22:00-07:00+1"`, with an unpaid break `"09:00-18:00 240+60"` (60 minutes after 240).
        Any other day is off.
    wage
        Columns of `pay.csv`; None when no wages are given.
    fields
        Options of the element.
    tables
        Further tables of `plan.toml`.
    holidays
        Statutory holidays.
    checked
        Contacts checked and failed by date.
    agent
        Fields of the agent.
    tail
        Whether the days before the period are known, off where `shifts` has none.
    """

    first: date = date(2026, 5, 1)
    last: date = date(2026, 5, 31)
    shifts: Mapping[date, str] = field(default_factory=dict)
    wage: Mapping[str, object] | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    country: str = "CN"
    currency: str = "CNY"
    tables: Mapping[str, Any] = field(default_factory=dict)
    holidays: Collection[date] = ()
    checked: Mapping[date, tuple[int, int]] | None = None
    agent: Mapping[str, Any] = field(default_factory=dict)
    tail: bool = True

    def lines(self, kind: str) -> tuple[PayLine, ...]:
        """Return what the element of a kind pays."""
        return tuple(PAY_ELEMENTS[kind].model_validate(dict(self.fields)).booked(self.month()))

    def month(self) -> WorkMonth:
        """Return the first month of the period."""
        plan = self._plan()
        wages = None if self.wage is None else {AGENT: {c: Decimal(str(v)) for c, v in self.wage.items()}}
        quality = (
            None
            if self.checked is None
            else pd.DataFrame(
                [(AGENT, day, *counts) for day, counts in self.checked.items()],
                columns=["agent_id", "date", "checked", "failed"],
            )
        )
        before = dates(self.first - timedelta(days=TAIL_DAYS), self.first - timedelta(days=1))
        tail = [_cell(plan, d, self.shifts.get(d)) for d in before if self.tail or d in self.shifts]
        roster = Roster.of([_cell(plan, d, self.shifts.get(d)) for d in plan.days], tail)
        return next(work_months(roster, plan, wages, quality=quality))

    def _plan(self) -> Plan:
        settings = Settings.model_validate(
            {
                "centre": {
                    "name": "Hotline",
                    "locale": "en",
                    "country": self.country,
                    "timezone": ZONES[self.country],
                    "currency": self.currency,
                },
                "period": {"first": self.first, "last": self.last},
                "queues": {"phone": {"target": {"service_level": 0.8}}},
                "contracts": {"full": {}},
                "shifts": [_template(code) for code in sorted({"09:00-17:00", *self.shifts.values()})],
                **self.tables,
            }
        )
        span = dates(self.first - timedelta(days=31), self.last + timedelta(days=31))
        calendar = Calendar({d: _day(d, self.holidays) for d in span})
        agent = Agent.model_validate({"agent_id": AGENT, "contract": "full", **self.agent})
        return Plan(settings, (agent,), calendar, pd.DataFrame())


def _template(code: str) -> dict[str, Any]:
    times, *breaks = code.split()
    start, end = times.split("-")
    pauses = [tuple(map(int, pause.split("+"))) for pause in breaks]
    unpaid = [{"after_minutes": after, "minutes": minutes} for after, minutes in pauses]
    return {"code": code, "start": start, "end": end, "unpaid_breaks": unpaid}


def _day(day: date, holidays: Collection[date]) -> Day:
    if day in holidays:
        return Day(day, DayClass.STATUTORY, "holiday")
    return Day(day, DayClass.WEEKEND if day.weekday() >= 5 else DayClass.WORKDAY)


def _cell(plan: Plan, day: date, code: str | None) -> Assignment:
    if code is None:
        return plan.off(plan.agents[0], day)
    shift = plan.templates[code].on(day, plan.settings.centre.zone)
    return Assignment(AGENT, day, State.WORK, shift, "phone")


def _run(first: date, days: int, code: str) -> dict[date, str]:
    return {first + timedelta(days=n): code for n in range(days)}


_LONG_DAY = "09:00-21:00 240+60"
_WEEK = _run(date(2026, 5, 4), 5, "09:00-18:00 240+60")
_WAGE = {"base": 4000, "performance": 2000}

EXAMPLES: Mapping[str, PayExample] = {
    "australia": PayExample(
        shifts={
            date(2026, 5, 4): "10:00-21:00 240+60",
            date(2026, 5, 5): "14:00-24:00",
            **_run(date(2026, 5, 7), 2, "08:00-18:00"),
            date(2026, 5, 9): "09:00-13:00",
            date(2026, 5, 10): "17:00-21:00",
        },
        wage={"hourly": 30},
        country="AU",
        currency="AUD",
        agent={"tags": ("casual",)},
        fields={"casual_tag": "casual"},
    ),
    "base": PayExample(wage=_WAGE, agent={"hire_date": date(2026, 5, 17)}),
    "holiday": PayExample(
        shifts={date(2026, 5, 1): "20:00-08:00+1"}, wage=_WAGE, holidays=(date(2026, 5, 1), date(2026, 5, 2))
    ),
    "hong_kong": PayExample(
        shifts=_run(date(2026, 5, 18), 7, "09:00-18:00 240+60"),
        country="HK",
        currency="HKD",
        holidays=(date(2026, 5, 24),),
    ),
    "hourly": PayExample(
        shifts=_run(date(2026, 5, 4), 3, "09:00-17:20 240+30"), wage={"hourly": "20.50"}, country="US", currency="USD"
    ),
    "japan": PayExample(
        shifts={**_run(date(2026, 5, 4), 5, "14:00-24:00 240+60"), date(2026, 5, 9): "09:00-13:00"},
        wage={"base": 272000},
        fields={"month_hours": 160},
        country="JP",
        currency="JPY",
    ),
    "nights": PayExample(
        shifts={date(2026, 5, 4): "14:00-22:30", date(2026, 5, 6): "23:00-07:00+1"},
        fields={"small_amount": 20, "big_amount": 35},
    ),
    "overtime": PayExample(shifts={date(2026, 5, 4): _LONG_DAY}, wage=_WAGE),
    "piece": PayExample(
        wage={"base": 2000, "calls": 600, "penalty": -150},
        fields={"unit_price": "0.80", "coefficient": "1.2", "minimum": 2490},
    ),
    "quality": PayExample(
        shifts=_WEEK,
        wage={"bonus": 400},
        checked={date(2026, 5, 4 + n): (20, 4 + n) for n in range(7)},
    ),
    "rest_day": PayExample(shifts=_run(date(2026, 5, 4), 6, "09:00-18:00 240+60"), wage=_WAGE),
    "taiwan": PayExample(
        shifts={**_run(date(2026, 5, 4), 5, "09:00-21:00 240+60"), date(2026, 5, 9): "09:00-13:00"},
        wage={"base": 36000},
        fields={"month_hours": 240, "pays": "whole"},
        country="TW",
        currency="TWD",
        holidays=(date(2026, 5, 8),),
    ),
    "united_states": PayExample(
        shifts={**_run(date(2026, 4, 26), 4, "09:00-19:00"), date(2026, 5, 1): "22:00-08:00+1"},
        wage={"hourly": 20},
        country="US",
        currency="USD",
    ),
}
"""By kind of element."""
