"""A hotline of forty agents in May 2026: a plausible roster made by a plain greedy, for looking at the page."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from wfm.domain.agents import Absence, Agent, Request
from wfm.domain.answer import Infeasible, OutOfTime, Solved, TracePoint, WayOut
from wfm.domain.calendar import Calendar, Day, DayClass
from wfm.domain.clock import dates
from wfm.domain.cover import cover
from wfm.domain.plan import Plan
from wfm.domain.roster import TICKS, Assignment, Roster, State, Violation
from wfm.domain.settings import Settings
from wfm.domain.text import Text
from wfm.law.nights import NightClass, night_class
from wfm.report import Page

if TYPE_CHECKING:
    from wfm.domain.shifts import Shift

FIRST, LAST = date(2026, 5, 1), date(2026, 5, 31)
NASTY = (
    "<script>alert(1)</script>",
    'O"Neil & Söhne',
    "=SUM(A1:A9)",
    "小红 🎧",
    "</script><b>x</b>",
    "Anastasia Konstantinopolskaya-Featherstonehaugh",
)
SPECIAL = {
    1: (DayClass.STATUTORY, "劳动节", "Labour Day"),
    2: (DayClass.STATUTORY, "劳动节", "Labour Day"),
    4: (DayClass.MAKEUP_OFF, "劳动节（补假）", "Labour Day (in lieu)"),
    5: (DayClass.ADJUSTED_OFF, "调休", "exchanged day off"),
    9: (DayClass.WEEKEND_WORKDAY, "", ""),
}
MEAL = ({"after_minutes": 240, "minutes": 60},)
SHIFTS = (
    ("E7", "07:00", "15:00"),
    ("E8", "08:00", "17:00"),
    ("D9", "09:00", "18:00"),
    ("D10", "10:00", "19:00"),
    ("M12", "12:00", "20:30"),
    ("L14", "14:00", "22:30"),
    ("L16", "15:30", "23:59"),
    ("N22", "22:30", "07:30+1"),
)
QUEUES = {"sales": ("售前咨询", 11.0), "service": ("售后服务", 8.0), "complaint": ("投诉", 3.0)}


def settings(locale: str = "zh") -> Settings:
    """Return the settings of the hotline."""
    return Settings.model_validate(
        {
            "centre": {"name": "示例热线 <A&B>" if locale == "zh" else "Hotline <A&B>", "locale": locale},
            "period": {"first": FIRST, "last": LAST},
            "queues": {
                key: {"target": {"service_level": 0.8}, "name": zh if locale == "zh" else key.title()}
                for key, (zh, _) in QUEUES.items()
            },
            "contracts": {"full": {}, "part": {"hours_share": 0.5}},
            "shifts": [
                {"code": code, "start": start, "end": end, "unpaid_breaks": MEAL} for code, start, end in SHIFTS
            ],
        }
    )


def calendar(locale: str) -> Calendar:
    """Return May 2026 as the law has it, and the days around it."""
    days = {}
    for day in dates(FIRST - timedelta(days=31), LAST + timedelta(days=31)):
        kind = DayClass.WEEKEND if day.weekday() >= 5 else DayClass.WORKDAY
        special = SPECIAL.get(day.day) if day.month == 5 else None
        name = special[1 if locale == "zh" else 2] if special else ""
        days[day] = Day(day, special[0] if special else kind, name)
    return Calendar(days)


def agents(count: int) -> tuple[Agent, ...]:
    """Return agents with unequal skills; the first bear names that would break a careless page."""
    rng = np.random.default_rng(7)
    keys = list(QUEUES)
    made = []
    for n in range(count):
        skills = {keys[n % 3]} | {
            key for key, chance in zip(keys, (0.5, 0.5, 0.25), strict=True) if rng.random() < chance
        }
        made.append(
            Agent(
                agent_id=f"{n + 1:04d}",
                name=NASTY[n] if n < len(NASTY) else f"座席{n + 1:02d}" if n % 2 else f"Agent {n + 1:02d}",
                team="ABCD"[n % 4],
                contract="part" if n % 13 == 12 else "full",
                skills=tuple(sorted(skills)),
                no_night=n % 9 == 4,
                hire_date=date(2026, 5, 11) if n == 20 else None,
            )
        )
    return tuple(made)


def requirement(plan_grid_starts: pd.DatetimeIndex, scale: float) -> pd.DataFrame:
    """Return a need with a morning and an afternoon peak, lower on weekends."""
    hour = np.asarray(plan_grid_starts.hour + plan_grid_starts.minute / 60, dtype=float)
    shape = np.exp(-(((hour - 10.5) / 2.4) ** 2)) + 0.85 * np.exp(-(((hour - 16) / 3) ** 2)) + 0.12
    weekend = np.where([day.weekday() >= 5 for day in plan_grid_starts], 0.75, 1.0)
    frames = [
        pd.DataFrame(
            {
                "queue": key,
                "interval_start": plan_grid_starts,
                "required_rostered": np.round(0.62 * scale * size * shape * weekend, 2),
            }
        )
        for key, (_, size) in QUEUES.items()
    ]
    return pd.concat(frames).set_index(["queue", "interval_start"])


def plan(locale: str = "zh", count: int = 40) -> Plan:
    """Return the plan with leave and requests."""
    rng = np.random.default_rng(3)
    made, people = settings(locale), agents(count)
    bare = Plan(made, people, calendar(locale), pd.DataFrame())
    wished = [
        Request(
            agent_id=people[int(rng.integers(count))].agent_id,
            date=FIRST + timedelta(days=int(rng.integers(31))),
            kind="off" if n % 3 else "on",
            shift_code=None if n % 3 else "L14",
            weight=1 + n % 3,
        )
        for n in range(45)
    ]
    return Plan(
        settings=made,
        agents=people,
        calendar=bare.calendar,
        requirement=requirement(bare.grid.starts, count / 40),
        absences=(
            Absence(agent_id=people[3].agent_id, first_date=date(2026, 5, 11), last_date=date(2026, 5, 15)),
            Absence(agent_id=people[8].agent_id, first_date=date(2026, 5, 4), last_date=date(2026, 5, 6), type="sick"),
        ),
        requests=tuple(wished),
    )


def greedy(plan: Plan) -> Roster:
    """Return a roster that fills the largest need day by day; it looks real, it is not good."""
    left = {queue: plan.requirement.xs(queue)["required_rostered"].to_numpy(dtype=float).copy() for queue in QUEUES}
    days = [
        Assignment(agent.agent_id, day, *_day(plan, agent, n, k, left))
        for n, agent in enumerate(plan.agents)
        for k, day in enumerate(plan.days)
    ]
    return Roster.of(days)


def _day(
    plan: Plan, agent: Agent, n: int, k: int, left: dict[str, np.ndarray]
) -> tuple[State, Shift | None, str | None, str | None]:
    day = plan.days[k]
    if not agent.employed(day):
        return State.NOT_EMPLOYED, None, None, None
    if leave := plan.leave_type(agent.agent_id, day):
        return State.LEAVE, None, None, leave
    if plan.calendar.is_statutory(day) and n % 3:
        return State.STATUTORY_OFF, None, None, None
    if (k + 2 * n) % 9 in (0, 5):
        return State.REST, None, None, None
    block = (k + 2 * n) // 9 + n
    codes = [("E7", "E8", "D9"), ("D9", "D10", "M12"), ("M12", "L14", "L16"), ("N22",)][block % 4 if block % 3 else 1]
    if agent.no_night and "N22" in codes:
        codes = ("E8",)
    options = [(plan.shifts[code, day], queue) for code in codes for queue in plan.queues_of(agent)]
    shift, queue = max(options, key=lambda o: _filled(plan, o[0], left[o[1]]))
    for start, end in shift.on_queue():
        share = plan.grid.share(start, end)
        left[queue][slice(*share.span)] -= share.part
    return State.WORK, shift, queue, None


def _filled(plan: Plan, shift: Shift, need: np.ndarray) -> float:
    shares = [plan.grid.share(start, end) for start, end in shift.on_queue()]
    return float(sum(np.minimum(s.part, np.maximum(need[slice(*s.span)], 0)).sum() for s in shares))


def violations(plan: Plan, severity: str = "soft") -> tuple[Violation, ...]:
    """Return a dozen broken rules."""
    return tuple(
        Violation(
            rule="month_hours" if n % 2 else "shift_hours",
            severity=severity,  # type: ignore[arg-type]
            message=Text(
                en=f"{170 + n} h <worked>, the band is 168 to 184 h", zh=f"工时 {170 + n} <小时>，应在 168 至 184 之间"
            ),
            agent_id=agent.agent_id,
            first_date=FIRST,
            last_date=LAST,
            amount=n,
            cost=n * TICKS,
        )
        for n, agent in enumerate(plan.agents[:12], start=1)
    )


def trace() -> tuple[TracePoint, ...]:
    """Return a search that gets better."""
    objective = [None, None, 5210.0, 4630.0, 4402.5, 4311.0, 4290.5]
    bound = [None, 4012.0, 4080.0, 4101.0, 4101.0, 4150.0, 4160.25]
    return tuple(TracePoint(n * 8.5, "improve", o, b) for n, (o, b) in enumerate(zip(objective, bound, strict=True)))


def timesheet(plan: Plan, roster: Roster) -> pd.DataFrame:
    """Return the hours of each agent, as the payroll room would."""
    zone = plan.settings.centre.zone
    rows = []
    for agent in plan.agents:
        line = [a for a in roster if a.agent_id == agent.agent_id]
        nights = [night_class(a.shift, zone) for a in line if a.shift]
        rows.append(
            {
                "agent_id": agent.agent_id,
                "scheduled_h": Decimal(sum(a.shift.paid_minutes for a in line if a.shift)) / 60,
                "worked_h": None,
                "ot150_h": None,
                "ot300_h": Decimal(8) * sum(1 for a in line if a.shift and plan.calendar.is_statutory(a.date)),
                "small_nights": nights.count(NightClass.SMALL),
                "big_nights": nights.count(NightClass.BIG),
                "leave_h": Decimal(8) * sum(1 for a in line if a.state is State.LEAVE),
            }
        )
    return pd.DataFrame(rows)


def payroll(plan: Plan, roster: Roster, *, wages: bool = True) -> pd.DataFrame:
    """Return holiday lines and night counts, as the payroll room would."""
    rows = [
        {
            "agent_id": a.agent_id,
            "period": "2026-05",
            "element_code": "holiday",
            "date": a.date,
            "quantity": Decimal("8.00"),
            "unit": "hour",
            "amount": Decimal("827.59") if wages else None,
            "currency": "CNY",
            "rule_id": "holiday.legal_floor" if wages else "holiday.hours",
            "reason": "company formula 750.00; legal floor 827.59 <larger>",
        }
        for a in roster
        if a.works and plan.calendar.is_statutory(a.date)
    ]
    return pd.DataFrame(rows)


def backtest() -> pd.DataFrame:
    """Return accuracy rows."""
    rows = [
        {
            "queue": q,
            "model": model,
            "horizon": h,
            "wape": w,
            "bias": b,
            "daily_wape": 0.08,
            "n": 168,
            "relmae": r,
            "floor": 0.1,
        }
        for q in QUEUES
        for model, w, b, r in (("seasonal_naive", 0.214, 0.012, 1.0), ("day_profile", 0.171, -0.008, 0.80))
        for h in ("1d", "1w", "4w", "special")
    ]
    return pd.DataFrame(rows)


def forecast(plan: Plan) -> pd.DataFrame:
    """Return contacts in proportion to the need."""
    made = (plan.requirement["required_rostered"] * 6.5).rename("offered").to_frame()
    made["aht_seconds"] = 225.0
    return made


def page(locale: str = "zh", count: int = 40, *, kind: str = "solved", wages: bool = True) -> Page:
    """Return what a page is made from: `solved`, `infeasible`, `draft` (out of time) or `nothing` (no draft)."""
    planned = plan(locale, count)
    roster = greedy(planned)
    notes = (Text(en="3 requests lie outside the period.", zh="有 3 项申请不在本周期内。"),)
    facts = {"seed": "1", "wfm": "0.1.0", "ortools": "9.15", "history.csv": "9f2c" * 16, "agents.csv": "77ab" * 16}
    shown = None if kind == "nothing" else roster
    if kind == "solved":
        answer: Solved | Infeasible | OutOfTime = Solved(
            roster=roster,
            objective=4290.5,
            bound=4160.25,
            stopped="budget",
            seconds=60.0,
            wall_seconds=41.7,
            shares={"cover": 3890.5, "fairness": 260.0, "requests": 74.0, "month_hours": 66.0},
            violations=violations(planned),
            trace=trace(),
        )
    elif kind == "infeasible":
        answer = Infeasible(
            conflict=(
                Text(en="On 1 May 30 agents are needed, 12 may work.", zh="5 月 1 日需要 30 人，可上班的仅 12 人。"),
                Text(en="Every agent has 7 rest days.", zh="每名座席每月休息 7 天。"),
            ),
            rules=("cover_floor", "rest_days"),
            agents=("0001", "0003"),
            ways_out=(WayOut("Lower the floor to 10.", "将最低在线人数降到 10 人。", 3, "exceptions", 3.0),),
            draft=shown,
            violations=violations(planned, "hard"),
        )
    else:
        answer = OutOfTime(bound=None, draft=shown, violations=violations(planned, "hard") if shown else ())
    paid = kind == "solved"
    return Page(
        plan=planned,
        answer=answer,
        cover=cover(shown, planned) if shown else None,
        timesheet=timesheet(planned, roster) if paid else None,
        payroll=payroll(planned, roster, wages=wages) if paid else None,
        forecast=forecast(planned),
        backtest=backtest(),
        notes=notes,
        facts=facts,
    )
