"""Two queues whose peaks lie apart, agents who serve both, and every roster's least cost by plain enumeration."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

import numpy as np
from roster_house import agent, plan, requirement, settings

from wfm.roster.book import RuleBook
from wfm.roster.goals.cover import Cover
from wfm.roster.rules.eligibility import Eligibility

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from wfm.domain.plan import Plan
    from wfm.domain.settings import Goals

MONDAY = date(2026, 6, 1)
QUEUES = {name: {"target": {"service_level": 0.8}} for name in ("a", "b", "c")}
BOTH, MORNING, AFTERNOON = ("a", "b"), ("a",), ("b",)


def peaks(
    skills: Sequence[tuple[str, ...]] = (BOTH, BOTH, MORNING, AFTERNOON),
    *,
    days: int = 1,
    codes: str = "ED",
    need: Any = None,
    queues: Sequence[str] = ("a", "b"),
    **solve: Any,
) -> Plan:
    """Return a plan in which queue `a` needs most before noon and queue `b` after it.

    Parameters
    ----------
    need
        Agents per queue and interval where the peaks are not wanted, shape (queues, intervals).
    """
    last = MONDAY + timedelta(days=days - 1)
    house = settings(
        MONDAY,
        last,
        codes,
        queues={name: QUEUES[name] for name in queues},
        intervals={"minutes": 60},
        solve={"budget": "1.5s", "target_gap": 0, "serve": "interval", **solve},
    )
    hour = house.grid.starts.hour
    morning, afternoon = np.where(hour < 12, 2.3, 0.4), np.where(hour < 12, 0.4, 1.6)
    wanted = np.concatenate([morning, afternoon]) if need is None else np.asarray(need).ravel()
    agents = [agent(n, skills=mine) for n, mine in enumerate(skills, 1)]
    return plan(house, agents, requirement=requirement(house, wanted.tolist()))


def shared(share: float) -> Plan:
    """Return a week of twelve agents, a share of whom serve both queues while the others are divided between them."""
    two = round(12 * share)
    skills = [BOTH] * two + [(MORNING, AFTERNOON)[n % 2] for n in range(12 - two)]
    made = peaks(skills, days=5, codes="EDX")
    hour = made.grid.starts.hour
    open_, early = (hour >= 8) & (hour < 20), hour < 13
    need = np.concatenate([np.where(open_, np.where(peak, 5.2, 1.3), 0.0) for peak in (early, ~early)])
    return replace(made, requirement=requirement(made.settings, need.tolist()))


def served(known: Plan, serve: str) -> Plan:
    """Return the plan with queues by the shift, or by the interval."""
    table = known.settings.solve.model_copy(update={"serve": serve})
    return replace(known, settings=known.settings.model_copy(update={"solve": table}))


def cover_only(known: Plan) -> RuleBook:
    """Return the book of nothing but cover."""
    return RuleBook((Eligibility(),), (Cover(known.settings),))


def least_cost(known: Plan) -> float:
    """Return the least cost of cover over all shifts of all agents and all choices of queues, interval by interval."""
    lines = list(product(product([None, *known.templates], repeat=len(known.days)), repeat=len(known.agents)))
    return min(_cost(known, chosen, {}) for chosen in lines)


def _cost(known: Plan, chosen: Sequence[Sequence[str | None]], memory: dict[Any, float]) -> float:
    goals, total = known.settings.goals, 0.0
    need = {q: known.requirement.xs(q)["required_rostered"].to_numpy() for q in known.settings.queues}
    spans = [
        (known.queues_of(person), known.shifts[code, day].on_queue())
        for person, codes in zip(known.agents, chosen, strict=True)
        for day, code in zip(known.days, codes, strict=True)
        if code is not None
    ]
    starts = [at.to_pydatetime() for at in known.grid.starts]
    for at, begin in enumerate(starts):
        on = [(queues, share) for queues, times in spans if (share := _share(begin, times, known.grid.minutes))]
        wanted = {q: round(float(need[q][at]), 2) for q in need}
        key = (tuple(sorted(on)), tuple(wanted.items()))
        if key not in memory:
            memory[key] = min(_missed(pick, on, wanted, goals) for pick in product(*(queues for queues, _ in on)))
        total += memory[key]
    return total


def _missed(pick: Sequence[str], on: Sequence[tuple[Any, float]], wanted: dict[str, float], goals: Goals) -> float:
    there = dict.fromkeys(wanted, 0.0)
    for queue, (_, share) in zip(pick, on, strict=True):
        there[queue] += share
    return sum(goals.under * max(n - there[q], 0) + goals.over * max(there[q] - n, 0) for q, n in wanted.items())


def _share(begin: datetime, times: Sequence[tuple[datetime, datetime]], minutes: int) -> float:
    end = begin + timedelta(minutes=minutes)
    covered = [(min(end, stop) - max(begin, start)).total_seconds() / 60 for start, stop in times]
    return sum(c for c in covered if c > 0) / minutes


def changes(spans: Sequence[tuple[Any, Any, str]]) -> int:
    """Return how often the queue changes in the spans of a shift."""
    return sum(before[2] != after[2] for before, after in pairwise(spans))
