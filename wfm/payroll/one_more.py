"""What one more shift on a statutory holiday would cost: pay with it less pay without it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd

from wfm.domain.roster import Assignment, Roster, State
from wfm.domain.shifts import WEEKDAYS
from wfm.payroll.base import cents
from wfm.payroll.checks import pay_elements, wages
from wfm.payroll.hours import hours
from wfm.payroll.months import work_months

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan

COLUMNS = ("date", "name", "shift_code", "paid_hours", "agents", "low", "middle", "high", "currency")
MOST_AGENTS = 25
"""Agents that are asked for each holiday: all who are off, or so many of them from the lowest wage to the highest."""


def one_more_shift(roster: Roster, plan: Plan, pay: pd.DataFrame) -> pd.DataFrame:
    """Return per statutory holiday of the period what one more shift would cost, as rostered.

    The shift is the one that most agents work on that day. Each agent who is off that day is asked what his pay of the
    period would be with it: holiday pay, night allowance and overtime that it brings are all in. `low`, `middle` and
    `high` are the least, the median and the most over them. No rows without wages, or where nobody is off.
    """
    rows = [] if pay.empty else list(_rows(roster, plan, pay))
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _rows(roster: Roster, plan: Plan, pay: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    alone: dict[str, _Alone] = {}
    for day in plan.days:
        if not plan.calendar.is_statutory(day):
            continue
        code = _usual(roster, plan, day)
        off = [a for a in plan.agents if (cell := roster.at(a.agent_id, day)) is not None and _is_free(cell)]
        if code is None or not off:
            continue
        asked = _spread(sorted(off, key=lambda a: _wage(pay, a)))
        for agent in asked:
            if agent.agent_id not in alone:
                alone[agent.agent_id] = _Alone(agent, roster, plan, pay)
        costs = sorted(alone[agent.agent_id].more(day, code) for agent in asked)
        middle = (costs[(len(costs) - 1) // 2] + costs[len(costs) // 2]) / 2
        paid = cents(hours(plan.shifts[code, day].paid_minutes))
        figures = (costs[0], cents(middle), costs[-1])
        yield day, plan.calendar[day].name, code, paid, len(off), *figures, plan.settings.centre.currency


class _Alone:
    """One agent with his days and what he is paid for them."""

    def __init__(self, agent: Agent, roster: Roster, plan: Plan, pay: pd.DataFrame) -> None:
        self.plan, self.pay, self.agent_id = replace(plan, agents=(agent,)), pay, agent.agent_id
        days = roster.line(agent.agent_id, plan.days[0], plan.days[-1])
        tail = (cell for cell in roster.tail.values() if cell.agent_id == agent.agent_id)
        self.roster = Roster.of((cell for cell in days if cell is not None), tail)
        self.paid = self._paid(self.roster)

    def more(self, day: date, code: str) -> Decimal:
        """Return what a shift on a day would add."""
        works = Assignment(self.agent_id, day, State.WORK, self.plan.shifts[code, day], None)
        longer = Roster({**self.roster.assignments, (self.agent_id, day): works}, self.roster.tail)
        return self._paid(longer) - self.paid

    def _paid(self, roster: Roster) -> Decimal:
        elements = pay_elements(self.plan.settings)
        months = work_months(roster, self.plan, wages(self.plan, self.pay))
        lines = (line for month in months for element in elements for line in element.booked(month))
        return sum((line.amount for line in lines if line.amount is not None), Decimal(0))


def _is_free(cell: Assignment) -> bool:
    return cell.state in (State.REST, State.STATUTORY_OFF)


def _usual(roster: Roster, plan: Plan, day: date) -> str | None:
    """Return the code that most shifts of the day have; the first that may start on it where nobody works."""
    worked = Counter(a.shift.code for a in roster if a.date == day and a.shift is not None)
    if worked:
        return max(sorted(worked), key=lambda code: worked[code])
    return next((t.code for t in plan.settings.shifts if WEEKDAYS[day.weekday()] in t.weekdays), None)


def _wage(pay: pd.DataFrame, agent: Agent) -> Decimal:
    figures = (Decimal(str(figure)) for figure in pay.loc[agent.agent_id].dropna())
    return sum(figures, Decimal(0))


def _spread(agents: Sequence[Agent]) -> list[Agent]:
    if len(agents) <= MOST_AGENTS:
        return list(agents)
    return [agents[n * (len(agents) - 1) // (MOST_AGENTS - 1)] for n in range(MOST_AGENTS)]
