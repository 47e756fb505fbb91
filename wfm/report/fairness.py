"""How work is spread over the agents: hours, nights, weekends, wishes, each beside the agent's fair share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from wfm.domain.roster import State
from wfm.law.nights import NightClass, night_class

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from wfm.domain.agents import Agent, Request
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Assignment, Roster
    from wfm.law.nights import NightMode

BURDENS = ("hours", "small_nights", "big_nights", "weekends")
"""Columns that have a fair share beside them, named with the suffix `_share`."""
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Wish:
    """A request for a day of the period, and what the agent got."""

    request: Request
    given: Assignment
    granted: bool


def wishes(plan: Plan, roster: Roster) -> tuple[Wish, ...]:
    """Return every request whose day the roster holds; a request outside the period is left out."""
    found = ((request, roster.assignments.get((request.agent_id, request.date))) for request in plan.requests)
    return tuple(Wish(r, given, granted(r, given)) for r, given in found if given is not None)


def granted(request: Request, given: Assignment) -> bool:
    """Return whether the assignment is what was asked for: no shift, any shift, or the wished shift."""
    if request.kind == "off":
        return not given.works
    return given.shift is not None and request.shift_code in (None, given.shift.code)


def agent_counts(plan: Plan, roster: Roster, mode: NightMode = "extended") -> pd.DataFrame:
    """Return one row per agent, in the order of the plan.

    Returns
    -------
    DataFrame
        Indexed by `agent_id`; `hours` (paid, of shifts that start in the period), `rest_days` (state REST only),
        `small_nights`, `big_nights`, `nights` (both), `weekends` (shifts that start on Saturday or Sunday), `asked`
        and `granted` requests, and a `_share` for each of `BURDENS`: the agent's part of the total in proportion to
        available days times the contract's share of full-time hours, among the agents who can work such shifts.
    """
    table = pd.DataFrame([_counts(plan, roster, agent, mode) for agent in plan.agents]).set_index("agent_id")
    asked = wishes(plan, roster)
    for column, picked in (("asked", asked), ("granted", tuple(w for w in asked if w.granted))):
        per_agent = pd.Series([w.request.agent_id for w in picked], dtype=object).value_counts()
        table[column] = per_agent.reindex(table.index, fill_value=0).astype(int)
    kinds = {
        t.code: night_class(plan.shifts[t.code, plan.days[0]], plan.settings.centre.zone, mode)
        for t in plan.settings.shifts
    }
    for column in BURDENS:
        weight = pd.Series({a.agent_id: _weight(plan, a) if _can(plan, a, column, kinds) else 0.0 for a in plan.agents})
        table[f"{column}_share"] = table[column].sum() * weight / weight.sum() if weight.sum() else 0.0
    return table


def _counts(plan: Plan, roster: Roster, agent: Agent, mode: NightMode) -> dict[str, object]:
    zone = plan.settings.centre.zone
    line = [a for day in plan.days if (a := roster.assignments.get((agent.agent_id, day))) is not None]
    nights = [night_class(a.shift, zone, mode) for a in line if a.shift is not None]

    def days(test: Callable[[Assignment], bool]) -> int:
        return sum(1 for a in line if test(a))

    return {
        "agent_id": agent.agent_id,
        "hours": sum(a.shift.paid_minutes for a in line if a.shift is not None) / 60,
        "rest_days": days(lambda a: a.state is State.REST),
        "small_nights": nights.count(NightClass.SMALL),
        "big_nights": nights.count(NightClass.BIG),
        "nights": nights.count(NightClass.SMALL) + nights.count(NightClass.BIG),
        "weekends": days(lambda a: a.works and a.date.weekday() >= SATURDAY),
    }


def _can(plan: Plan, agent: Agent, burden: str, kinds: Mapping[str, NightClass]) -> bool:
    """Return whether the agent can take a part of it at all: skills, contract and protection from night work."""
    if not plan.queues_of(agent):
        return False
    if not burden.endswith("_nights"):
        return True
    codes = plan.contract(agent).shifts or kinds
    return not agent.no_night and any(burden == f"{kinds[code]}_nights" for code in codes)


def _weight(plan: Plan, agent: Agent) -> float:
    available = sum(1 for day in plan.employed_days(agent) if plan.leave_type(agent.agent_id, day) is None)
    return available * plan.contract(agent).hours_share
