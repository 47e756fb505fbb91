"""What the roster does not cover, and the reasons that can be counted.

Nothing here guesses: a reason is a count of the agents who have the skill, by what they do at that time, or the
price of one more shift at the weights of `[goals]`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from wfm.domain.roster import State
from wfm.domain.shifts import WEEKDAYS
from wfm.report import messages as m
from wfm.report.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster
    from wfm.domain.shifts import Shift
    from wfm.domain.text import Text

FloatArray = npt.NDArray[np.float64]
SMALLEST = 0.005
"""Agents: a shortfall that would be printed as 0.00 is none."""


@dataclass(frozen=True, slots=True)
class Hole:
    """Consecutive intervals of one queue and one local date with too few agents."""

    queue: str
    date: date
    start: datetime
    end: datetime
    """First instant after the hole, seen through the centre's zone."""
    worst: float
    """Most agents missing at once."""
    hours: float
    """Agent-hours missing."""


@dataclass(frozen=True, slots=True)
class ExtraShift:
    """What one more agent would do to a queue."""

    code: str
    filled_hours: float
    surplus_hours: float
    gain: float
    """Weight of the missing intervals it fills less the weight of the surplus it adds."""


def holes(plan: Plan, cover: pd.DataFrame) -> tuple[Hole, ...]:
    """Return all holes, the one with the most missing agent-hours first."""
    found = (hole for queue in plan.settings.queues for hole in _of_queue(plan, queue, _of(cover, queue, "shortfall")))
    return tuple(sorted(found, key=lambda h: (-h.hours, h.start, h.queue)))


def _of(cover: pd.DataFrame, queue: str, column: str) -> FloatArray:
    return np.asarray(cover.loc[queue, column], dtype=float)


def _of_queue(plan: Plan, queue: str, short: FloatArray) -> Iterator[Hole]:
    starts, step = plan.grid.starts, pd.Timedelta(minutes=plan.grid.minutes)
    missing = short > SMALLEST
    days = starts.normalize()
    begins = missing & np.concatenate([[True], ~missing[:-1] | (days[1:] != days[:-1])])
    run = np.cumsum(begins)
    for k in range(1, int(run[-1]) + 1):
        (at,) = np.nonzero((run == k) & missing)
        yield Hole(
            queue=queue,
            date=starts[at[0]].date(),
            start=starts[at[0]].to_pydatetime(),
            end=(starts[at[-1]] + step).to_pydatetime(),
            worst=float(short[at].max()),
            hours=float(short[at].sum()) * plan.grid.minutes / 60,
        )


def staff(plan: Plan, roster: Roster, hole: Hole) -> Counter[str]:
    """Return how many employed agents with the queue's skill do what at that time.

    Returns
    -------
    Counter
        `here` (on this queue for a part of the hole at least), `elsewhere` (on another queue), `other_hours` (at work
        that day, but not then), and the states `rest`, `statutory_off`, `leave`.
    """
    skill = plan.settings.skill_of(hole.queue)
    skilled = [a for a in plan.agents if skill in a.skills and a.employed(hole.date)]
    return Counter(_doing(roster, agent, hole) for agent in skilled)


def _doing(roster: Roster, agent: Agent, hole: Hole) -> str:
    for day in (hole.date - timedelta(days=1), hole.date):
        known = roster.at(agent.agent_id, day)
        spans = known.served() if known else ()
        served = [queue for start, end, queue in spans if start < hole.end and hole.start < end]
        if served:
            return "here" if hole.queue in served else "elsewhere"
    today = roster.at(agent.agent_id, hole.date)
    if today is None or today.state is State.NOT_EMPLOYED:
        return str(State.NOT_EMPLOYED)
    return "other_hours" if today.works else str(today.state)


def _overlaps(shift: Shift, hole: Hole) -> bool:
    return any(start < hole.end and hole.start < end for start, end in shift.on_queue())


def extra_shift(plan: Plan, cover: pd.DataFrame, hole: Hole) -> ExtraShift | None:
    """Return the shift by which one more agent would help most; None when no shift is on the queue at that time."""
    short, zone = _of(cover, hole.queue, "shortfall"), plan.settings.centre.zone
    days = (hole.date - timedelta(days=1), hole.date)
    dated = [t.on(day, zone) for day in days for t in plan.settings.shifts if WEEKDAYS[day.weekday()] in t.weekdays]
    priced = [_price(plan, short, shift) for shift in dated if _overlaps(shift, hole)]
    return max(priced, key=lambda extra: extra.gain, default=None)


def _price(plan: Plan, short: FloatArray, shift: Shift) -> ExtraShift:
    added = np.zeros(plan.grid.size)
    for start, end in shift.on_queue():
        share = plan.grid.share(start, end)
        lo, hi = share.span
        added[lo:hi] += share.part
    filled = float(np.minimum(added, short).sum())
    wasted, goals, hours = float(added.sum()) - filled, plan.settings.goals, plan.grid.minutes / 60
    return ExtraShift(shift.code, filled * hours, wasted * hours, goals.under * filled - goals.over * wasted)


def reason(plan: Plan, cover: pd.DataFrame, hole: Hole, doing: Mapping[str, int], extra: ExtraShift | None) -> Text:
    """Return the hardest reason that holds: no skill, no shift, no gain, or what most skilled agents do instead."""
    total = sum(doing.values())
    if not total:
        return m.NOBODY_SKILLED.fill(skill=plan.settings.skill_of(hole.queue))
    if extra is None:
        return m.NO_SHIFT_THEN
    if extra.gain <= 0:
        return _not_worth(plan, extra)
    off = doing["rest"] + doing["statutory_off"]
    most, n = max(
        (
            ("off", off),
            ("leave", doing["leave"]),
            ("elsewhere", doing["elsewhere"]),
            ("other_hours", doing["other_hours"]),
        ),
        key=lambda group: group[1],
    )
    if not n:
        return m.ALL_USED
    if most == "off":
        return m.MOST_OFF.fill(n=n, total=total, rest=doing["rest"], statutory=doing["statutory_off"])
    if most == "leave":
        return m.MOST_LEAVE.fill(n=n, total=total)
    if most == "elsewhere":
        return m.MOST_ELSEWHERE.fill(n=n, total=total, h=number(_surplus_then(plan, cover, hole)))
    return m.MOST_OTHER_HOURS.fill(n=n, total=total, h=number(_surplus_that_day(plan, cover, hole)))


def _not_worth(plan: Plan, extra: ExtraShift) -> Text:
    filled, spare, goals = number(extra.filled_hours), number(extra.surplus_hours), plan.settings.goals
    return m.NOT_WORTH.fill(code=extra.code, h=filled, s=spare, u=goals.under, o=goals.over)


def _surplus_then(plan: Plan, cover: pd.DataFrame, hole: Hole) -> float:
    """Return the surplus agent-hours of all other queues during the hole."""
    starts = plan.grid.starts
    lo, hi = starts.searchsorted([pd.Timestamp(hole.start), pd.Timestamp(hole.end)])
    others = (queue for queue in plan.settings.queues if queue != hole.queue)
    return sum(float(_of(cover, queue, "surplus")[lo:hi].sum()) for queue in others) * plan.grid.minutes / 60


def _surplus_that_day(plan: Plan, cover: pd.DataFrame, hole: Hole) -> float:
    """Return the surplus agent-hours of the hole's own queue on its date."""
    that_day = np.asarray(plan.grid.starts.date) == hole.date
    return float(_of(cover, hole.queue, "surplus")[that_day].sum()) * plan.grid.minutes / 60
