"""Fair shares of nights and weekends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from wfm.domain.roster import TICKS
from wfm.domain.text import Text
from wfm.law.nights import NightClass, night_class
from wfm.roster.base import Goal
from wfm.roster.linear import Linear

if TYPE_CHECKING:
    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster
    from wfm.domain.shifts import Shift
    from wfm.roster.model import Model

BURDENS = ("small_nights", "big_nights", "weekends")
"""What is shared fairly: small night shifts, big night shifts, shifts that start on Saturday or Sunday."""


class Fairness(Goal):
    """Every night or weekend shift away from an agent's fair share costs `fairness`.

    The share is known before the roster is made, so the cost belongs to the agent's own line: the shifts of a kind
    that the requirement asks for, divided among the agents who can work them by the days they are there and their
    share of full time. A kind that the requirement does not ask for by itself (nights that day shifts cover as
    well) is not shared out.
    """

    kind: ClassVar[str] = "fairness"
    phrase: ClassVar[Text] = Text(en="fair shares of nights and weekends", zh="夜班与周末公平分配")

    def charge(self, model: Model) -> None:
        """Charge the distance of each agent's count to his share."""
        for burden, share in shares(model.plan).items():
            for agent_id, hundredths in share.items():
                agent = model.plan.by_id[agent_id]
                count = Linear.total(
                    works
                    for day in model.days
                    for shift, works in model.starts(agent, day)
                    if burden in burdens(shift, model.plan)
                )
                model.charge_convex(agent, count, len(model.days), _distance(hundredths, self.goals.fairness))

    def score(self, roster: Roster, plan: Plan) -> int:
        """Count each agent's nights and weekends and add up the distances."""
        counted: dict[tuple[str, str], int] = {}
        for cell in roster:
            for burden in burdens(cell.shift, plan) if cell.shift is not None else ():
                counted[burden, cell.agent_id] = counted.get((burden, cell.agent_id), 0) + 1
        return sum(
            abs(100 * counted.get((burden, agent_id), 0) - hundredths) * self.goals.fairness * TICKS // 100
            for burden, share in shares(plan).items()
            for agent_id, hundredths in share.items()
        )


@dataclass(frozen=True, slots=True)
class _distance:
    """Cost in ticks of a count, a distance to a share in hundredths."""

    share: int
    weight: int

    def __call__(self, count: int) -> int:
        return abs(100 * count - self.share) * self.weight * TICKS // 100


def burdens(shift: Shift, plan: Plan) -> tuple[str, ...]:
    """Return which of `BURDENS` a shift is."""
    zone = plan.settings.centre.zone
    night = night_class(shift, zone, plan.settings.nights.mode)
    found = {NightClass.SMALL: ("small_nights",), NightClass.BIG: ("big_nights",)}.get(night, ())
    return (*found, "weekends") if shift.date.weekday() >= 5 else found


def shares(plan: Plan) -> Mapping[str, Mapping[str, int]]:
    """Return each agent's fair share by burden, in hundredths of a shift; agents who cannot work it are left out."""
    return {b: s for b in BURDENS if (s := _divide(plan, b, _needed(plan, b)))}


def _needed(plan: Plan, burden: str) -> float:
    """Return how many shifts of a kind the requirement asks for over the period."""
    need = np.zeros(plan.grid.size)
    for queue in plan.settings.queues:
        need += plan.requirement.xs(queue)["required_rostered"].to_numpy(dtype=float)
    total = 0.0
    for day in plan.days:
        shifts = [plan.shifts[code, day] for code in plan.templates]
        mine = [s for s in shifts if burden in burdens(s, plan)]
        if burden == "weekends":
            total += _work(need, mine, plan)
        elif mine:
            total += float(np.max(need * _only(mine, [s for s in shifts if s not in mine], plan), initial=0))
    return total


def _work(need: np.ndarray, shifts: list[Shift], plan: Plan) -> float:
    """Return the need of a calendar day in shifts of mean length."""
    if not shifts:
        return 0.0
    lo, hi = plan.grid.share(*_day(plan, shifts[0])).span
    mean = np.mean([sum(plan.grid.share(*span).part.sum() for span in s.on_queue()) or 1 for s in shifts])
    return float(need[lo:hi].sum() / mean)


def _day(plan: Plan, shift: Shift) -> tuple:  # type: ignore[type-arg]
    from datetime import timedelta

    from wfm.domain.clock import instant

    zone = plan.settings.centre.zone
    return instant(shift.date, 0, zone), instant(shift.date + timedelta(days=1), 0, zone)


def _only(mine: list[Shift], others: list[Shift], plan: Plan) -> np.ndarray:
    """Return which intervals only these shifts can cover."""
    return _reach(mine, plan) & ~_reach(others, plan)


def _reach(shifts: list[Shift], plan: Plan) -> np.ndarray:
    covered = np.zeros(plan.grid.size, dtype=bool)
    for shift in shifts:
        for start, end in shift.on_queue():
            lo, hi = plan.grid.share(start, end).span
            covered[lo:hi] = True
    return covered


def _divide(plan: Plan, burden: str, needed: float) -> Mapping[str, int]:
    able: dict[str, float] = {}
    for agent in plan.agents:
        days = sum(agent.employed(d) and plan.leave_type(agent.agent_id, d) is None for d in plan.days)
        if days and plan.queues_of(agent) and _can(plan, agent, burden):
            able[agent.agent_id] = days * plan.contract(agent).hours_share
    whole = sum(able.values())
    return {a: round(100 * needed * w / whole) for a, w in able.items()} if needed else {}


def _can(plan: Plan, agent: Agent, burden: str) -> bool:
    allowed = plan.contract(agent).shifts or tuple(plan.templates)
    if burden == "weekends":
        return True
    return not agent.no_night and any(burden in burdens(plan.shifts[c, plan.days[0]], plan) for c in allowed)
