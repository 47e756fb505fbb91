"""Plain facts of a period as our own plan, roster, attendance and wages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pandas as pd
from pay_facts import Pattern

from wfm.domain.agents import Absence, Agent, Balance
from wfm.domain.calendar import Calendar, build_calendar
from wfm.domain.plan import Plan
from wfm.domain.roster import Assignment, Roster, State
from wfm.domain.settings import Settings

if TYPE_CHECKING:
    from pay_facts import Facts


@cache
def calendar() -> Calendar:
    """Return China's calendar of the years that the rosters lie in."""
    return build_calendar("CN", date(2024, 1, 1), date(2027, 12, 31), locale="en")


def plan_of(facts: Facts) -> Plan:
    """Return the plan of the facts."""
    patterns = {p.code: p for p in facts.days.values() if isinstance(p, Pattern)} or {"S": Pattern("S", 480, 960)}
    shifts = [
        {
            "code": p.code,
            "start": p.start,
            "end": p.end,
            "unpaid_breaks": [{"after_minutes": after, "minutes": minutes} for after, minutes in p.breaks],
        }
        for p in patterns.values()
    ]
    settings = Settings.model_validate(
        {
            "centre": {"name": "Hotline", "timezone": facts.zone, "locale": "en"},
            "period": {"first": facts.first, "last": facts.last},
            "queues": {"phone": {"target": {"service_level": 0.8}}},
            "contracts": {"full": {"hours_share": facts.share}},
            "shifts": shifts,
            **facts.tables,
        }
    )
    leave = [d for d, what in facts.days.items() if what == "leave"]
    return Plan(
        settings,
        (Agent(agent_id=facts.agent_id, contract="full", hire_date=facts.hired, leave_date=facts.left),),
        calendar(),
        pd.DataFrame(),
        tuple(Absence(agent_id=facts.agent_id, first_date=d, last_date=d) for d in leave),
        balances=_balances(facts),
    )


def _balances(facts: Facts) -> tuple[Balance, ...]:
    if facts.cycle_hours is None:
        return ()
    return (Balance(agent_id=facts.agent_id, cycle_hours=facts.cycle_hours),)


def roster_of(facts: Facts, plan: Plan) -> Roster:
    """Return the roster of the facts with its tail."""
    agent, cells = plan.agents[0], []
    for day in sorted({*facts.days, *plan.days}):
        what = facts.days.get(day)
        if isinstance(what, Pattern):
            shift = plan.templates[what.code].on(day, plan.settings.centre.zone)
            cells.append(Assignment(agent.agent_id, day, State.WORK, shift, "phone"))
        else:
            cells.append(plan.off(agent, day))
    first = plan.days[0]
    return Roster.of([c for c in cells if c.date >= first], [c for c in cells if c.date < first])


def worked_of(facts: Facts) -> pd.DataFrame:
    """Return attendance as `Inputs.worked`; empty when there is none."""
    columns = ["agent_id", "date", "start", "end", "unpaid_minutes"]
    zone = ZoneInfo(facts.zone)
    rows = [
        (facts.agent_id, day, start.astimezone(zone), end.astimezone(zone), unpaid)
        for day, spans in (facts.clocked or {}).items()
        for start, end, unpaid in spans
    ]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def quality_of(facts: Facts) -> pd.DataFrame:
    """Return checked contacts as `Inputs.quality`; empty when there are none."""
    rows = [(facts.agent_id, day, checked, failed) for day, (checked, failed) in (facts.quality or {}).items()]
    return pd.DataFrame(rows, columns=["agent_id", "date", "checked", "failed"], dtype=object)


def wages_of(facts: Facts) -> pd.DataFrame:
    """Return wages as `Inputs.pay`; empty when there are none."""
    if facts.wage is None:
        return pd.DataFrame()
    row = [Decimal(figure) for figure in facts.wage.values()]
    return pd.DataFrame(
        [row], index=pd.Index([facts.agent_id], name="agent_id"), columns=list(facts.wage), dtype=object
    )
