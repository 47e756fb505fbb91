"""Fair shares of nights and weekends, known before the roster is made."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from wfm.domain.clock import instant
from wfm.law.nights import NightClass, night_class

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import numpy.typing as npt

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.shifts import Shift

    Floats = npt.NDArray[np.float64]

BURDENS = ("small_nights", "big_nights", "weekends")
"""What is shared fairly: small night shifts, big night shifts, shifts that start on Saturday or Sunday."""
_NIGHTS = {NightClass.SMALL: ("small_nights",), NightClass.BIG: ("big_nights",)}


def burdens(shift: Shift, plan: Plan) -> tuple[str, ...]:
    """Return which of `BURDENS` a shift is."""
    night = night_class(shift, plan.settings.centre.zone, plan.settings.nights.mode)
    found = _NIGHTS.get(night, ())
    return (*found, "weekends") if shift.date.weekday() >= 5 else found


def fair_shares(plan: Plan) -> Mapping[str, Mapping[str, int]]:
    """Return each agent's fair share by burden, in hundredths of a shift.

    A burden is what the requirement asks for by itself: on weekends the need in shifts of mean length, at night the
    mean need of the intervals that only such shifts can cover. It is divided among the agents who can take part, by
    the days they are there and their share of full time: for nights, those who serve a queue with need then, whose
    contract has such shifts, and who are not protected from them. Agents who cannot take part have no share.
    """
    found = {}
    for burden in BURDENS:
        needed = {queue: _needed(plan, burden, queue) for queue in plan.settings.queues}
        shares = _divide(plan, burden, sum(needed.values()), {q for q, n in needed.items() if n > 0})
        if shares:
            found[burden] = shares
    return found


def _needed(plan: Plan, burden: str, queue: str) -> float:
    """Return how many shifts of a kind a queue asks for over the period."""
    need = plan.requirement.xs(queue)["required_rostered"].to_numpy(dtype=float)
    total = 0.0
    for day in plan.days:
        shifts = [plan.shifts[code, day] for code in plan.templates]
        mine = [s for s in shifts if burden in burdens(s, plan)]
        if not mine:
            continue
        if burden == "weekends":
            total += _weekend_shifts(need, day, mine, plan)
        else:
            alone = _reach(mine, plan) & ~_reach([s for s in shifts if s not in mine], plan)
            total += float(need[alone].mean()) if alone.any() else 0.0
    return total


def _weekend_shifts(need: Floats, day: date, shifts: Sequence[Shift], plan: Plan) -> float:
    """Return the need of a calendar day in shifts of mean length."""
    zone = plan.settings.centre.zone
    lo, hi = plan.grid.share(instant(day, 0, zone), instant(day + timedelta(days=1), 0, zone)).span
    seconds = [sum((end - start).total_seconds() for start, end in s.on_queue()) for s in shifts]
    length = float(np.mean(seconds)) / (60 * plan.grid.minutes)
    return float(need[lo:hi].sum()) / length


def _reach(shifts: Sequence[Shift], plan: Plan) -> npt.NDArray[np.bool_]:
    """Return the intervals that some of the shifts are on the queue in."""
    covered = np.zeros(plan.grid.size, dtype=bool)
    for shift in shifts:
        for start, end in shift.on_queue():
            lo, hi = plan.grid.share(start, end).span
            covered[lo:hi] = True
    return covered


def _divide(plan: Plan, burden: str, needed: float, queues: set[str]) -> Mapping[str, int]:
    able: dict[str, float] = {}
    for agent in plan.agents:
        days = sum(agent.employed(d) and plan.leave_type(agent.agent_id, d) is None for d in plan.days)
        if days and queues.intersection(plan.queues_of(agent)) and _can(plan, agent, burden):
            able[agent.agent_id] = days * plan.contract(agent).hours_share
    whole = sum(able.values())
    return {a: round(100 * needed * w / whole) for a, w in able.items()}


def _can(plan: Plan, agent: Agent, burden: str) -> bool:
    if burden == "weekends":
        return True
    allowed = plan.contract(agent).shifts or tuple(plan.templates)
    return not agent.no_night and any(burden in burdens(plan.shifts[code, plan.days[0]], plan) for code in allowed)
