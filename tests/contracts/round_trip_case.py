"""Plans and rosters made up without any search, and what every profile that keeps enough columns writes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd
from hypothesis import strategies as st

from wfm.domain.agents import Absence, Agent
from wfm.domain.calendar import Calendar, Day, DayClass
from wfm.domain.clock import dates
from wfm.domain.plan import Plan
from wfm.domain.roster import Assignment, Roster, State
from wfm.domain.settings import Settings
from wfm.export import EXPORTS, Outgoing, roster_table
from wfm.files.cells import normal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CODES = ("D8", "N20", "=E", "1")
SHIFTS = [
    {
        "code": "D8",
        "name": "早班",
        "start": "08:00",
        "end": "17:00",
        "unpaid_breaks": [{"after_minutes": 240, "minutes": 60}],
    },
    {"code": "N20", "start": "20:00", "end": "08:00+1"},
    {"code": "=E", "name": '晚班, "E"', "start": "13:30", "end": "22:00"},
    {"code": "1", "start": "09:00", "end": "15:00"},
]
ZONES = ("Asia/Shanghai", "Europe/Berlin", "America/New_York")
STARTS = (date(2026, 3, 5), date(2026, 3, 26), date(2026, 10, 22), date(2026, 10, 29), date(2026, 5, 1))
"""Each period is near a clock change, a holiday or the end of a month."""
FILES = [
    {
        "file": "mapped.csv",
        "encoding": "gb18030",
        "where": {"state": ["work"]},
        "columns": {
            "工号": "agent_id",
            "日期": {"from": "business_date", "form": "MM月DD日"},
            "班次": {"from": "shift_code", "values": {code: f"班{code}" for code in CODES}},
            "来源": {"value": "wfm"},
        },
    }
]
OPTIONS: Mapping[str, Mapping[str, Any]] = {
    "neutral": {},
    "matrix": {},
    "xlsx": {},
    "mapping": {"files": FILES},
    "punchclock_matrix": {"numbers": {code: n for n, code in enumerate(CODES, 1)}, "encoding": "utf-8"},
    "dingtalk_fill": {"template": "dingtalk.csv", "names": {"D8": "早班A"}},
    "dingtalk_api": {"group_id": 1, "op_user_id": "boss", "shift_ids": {code: n for n, code in enumerate(CODES, 11)}},
    "wecom_api": {"group_id": 1, "schedule_ids": {code: n for n, code in enumerate(CODES, 1)}, "items_per_call": 5},
    "feishu_api": {"group_id": "g", "shift_ids": {code: n for n, code in enumerate(CODES, 7)}},
    "workday_events": {},
    "ukg_shift": {},
    "ics": {},
}
"""Options of every profile that can be read back."""

_IDS = st.one_of(
    st.sampled_from(["007", "7", "310101199001011234", "123456789012345678"]),
    st.sampled_from(["'=A", "''-7", "'７", "t'Hart"]).map(normal),
    st.text("0A7-=+@' ,;\"工１_./＝", min_size=1, max_size=20).map(normal).filter(bool),
)
_NAMES = st.text("张三=+-@'\",;\n😀 A", max_size=8)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Plan, Roster]:
    """Return a plan and a roster of it that the rules are never asked about."""
    first = draw(st.sampled_from(STARTS))
    days = dates(first, first + timedelta(days=draw(st.integers(1, 8))))
    ids = draw(st.lists(_IDS, min_size=1, max_size=4, unique_by=lambda agent_id: agent_id.lstrip("'")))
    agents = tuple(_agent(draw, agent_id, days) for agent_id in ids)
    settings = Settings.model_validate(
        {
            "centre": {
                "name": "热线",
                "timezone": draw(st.sampled_from(ZONES)),
                "locale": draw(st.sampled_from(["en", "zh"])),
            },
            "period": {"first": days[0], "last": days[-1]},
            "queues": {q: {"target": {"service_level": 0.8}} for q in ("sales", "service")},
            "contracts": {"full": {}},
            "shifts": SHIFTS,
            "export": {"profiles": list(OPTIONS), **OPTIONS},
        }
    )
    holidays = draw(st.sets(st.sampled_from(days), max_size=2))
    span = dates(days[0] - timedelta(days=31), days[-1] + timedelta(days=31))
    calendar = Calendar({d: Day(d, DayClass.STATUTORY if d in holidays else DayClass.WORKDAY) for d in span})
    leave = tuple(
        Absence(agent_id=a.agent_id, first_date=day, last_date=day)
        for a in agents
        for day in draw(st.sets(st.sampled_from(days), max_size=2))
        if a.employed(day)
    )
    plan = Plan(settings, agents, calendar, pd.DataFrame(), leave)
    return plan, Roster.of(_cell(draw, plan, agent, day) for agent in agents for day in days)


def _agent(draw: st.DrawFn, agent_id: str, days: tuple[date, ...]) -> Agent:
    hired = draw(st.one_of(st.none(), st.sampled_from(days)))
    left = draw(st.one_of(st.none(), st.sampled_from([d for d in days if hired is None or d >= hired])))
    skills = draw(st.sampled_from([("sales",), ("service",), ("sales", "service")]))
    return Agent(agent_id=agent_id, name=draw(_NAMES), contract="full", skills=skills, hire_date=hired, leave_date=left)


def _cell(draw: st.DrawFn, plan: Plan, agent: Agent, day: date) -> Assignment:
    code = draw(st.sampled_from([None, *CODES]))
    if code is None or plan.off_state(agent, day) in (State.LEAVE, State.NOT_EMPLOYED):
        return plan.off(agent, day)
    queue = draw(st.sampled_from(plan.queues_of(agent)))
    return Assignment(agent.agent_id, day, State.WORK, plan.shifts[code, day], queue)


def other_shifts(roster: Roster, plan: Plan) -> Roster:
    """Return the roster with every shift replaced by the next one, so that no reader can copy what stands."""
    after = dict(zip(CODES, [*CODES[1:], CODES[0]], strict=True))
    cells = (
        cell if cell.shift is None else replace(cell, shift=plan.shifts[after[cell.shift.code], cell.date])
        for cell in roster
    )
    return Roster.of(cells)


def write(kind: str, plan: Plan, roster: Roster, folder: Path) -> None:
    """Write the files of a profile into a folder."""
    people = ["工号,姓名," + ",".join(d.isoformat() for d in plan.days)]
    quoted = ('"' + agent.agent_id.replace('"', '""') + '"' for agent in plan.agents)
    people += [f"{agent_id},," + "," * (len(plan.days) - 1) for agent_id in quoted]
    (folder.parent / "dingtalk.csv").write_text("\n".join(people), encoding="utf-8")
    empty = pd.DataFrame(columns=["agent_id"], dtype=object)
    table = roster_table(roster, plan, "20260501-0")
    outgoing = Outgoing(plan, roster, table, empty, empty, folder=folder.parent)
    EXPORTS[kind].model_validate(OPTIONS[kind]).write(outgoing, folder)


def month(*ids: str) -> tuple[Plan, Roster]:
    """Return a plan and a roster of May for some agents, every shift and day off in it."""
    days = dates(date(2026, 5, 1), date(2026, 5, 31))
    settings = Settings.model_validate(
        {
            "centre": {"name": "热线", "locale": "zh"},
            "period": {"first": days[0], "last": days[-1]},
            "queues": {q: {"target": {"service_level": 0.8}} for q in ("sales", "service")},
            "contracts": {"full": {}},
            "shifts": SHIFTS,
            "export": {"profiles": list(OPTIONS), **OPTIONS},
        }
    )
    agents = tuple(
        Agent(
            agent_id=agent_id,
            name=f'=张{n}, "三"',
            contract="full",
            skills=("sales", "service"),
            leave_date=days[-n - 1],
        )
        for n, agent_id in enumerate(ids)
    )
    span = dates(days[0] - timedelta(days=31), days[-1] + timedelta(days=31))
    calendar = Calendar({d: Day(d, DayClass.STATUTORY if d == days[1] else DayClass.WORKDAY) for d in span})
    leave = (Absence(agent_id=ids[0], first_date=days[4], last_date=days[5]),)
    plan = Plan(settings, agents, calendar, pd.DataFrame(), leave)
    cells = {(a.agent_id, d): plan.off(a, d) for a in agents for d in days}
    for n, key in enumerate(key for key, cell in cells.items() if cell.state is State.REST):
        if n % 3:
            shift = plan.shifts[CODES[n % len(CODES)], key[1]]
            cells[key] = Assignment(*key, State.WORK, shift, ("sales", "service")[n % 2])
    return plan, Roster(cells)
