"""A bank's weekday of 17 services staffed together: what two-skilled agents recover of what one pool would save.

Dedicated agents and the pool are those of Erlang A, half-hour by half-hour, 80 % within 20 s. The mix is judged on
contacts that the search has not seen: each service over its day, and every half-hour for itself. A half-hour misses
surely when it lies more than half a point below its target even two standard errors up.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import numpy as np

from wfm.simulation import Stream, exponential
from wfm.simulation.skill_case import Case
from wfm.simulation.skill_sets import TOLERANCE, staff_skill_sets

if TYPE_CHECKING:
    from pathlib import Path

    from wfm.simulation.skill_sets import SkillMix

HALF_HOUR = 1800.0
TARGET = 0.8
MIXES = ((0.2, 0.009), (0.2, 0.02), (0.25, 0.02))
"""Largest share of flexible agents, and how far above the target the search aims."""
REPLICATIONS = 200
SERVICES = (
    "Retail_Node1",
    "Retail_Node2",
    "Retail_Node3",
    "Premier",
    "Business",
    "Platinum",
    "Consumer_Loans",
    "Online_Banking",
    "EBO",
    "Telesales",
    "Subanco",
    "Case_Quality",
    "Priority_Service",
    "AST",
    "CCO",
    "Brokerage",
    "BPS",
)
BUSY = 1.0
"""Expected contacts from which a half-hour is looked at for itself."""


def measure(folder: Path, seed: int) -> dict[str, Any]:
    """Return agents, what is recovered, service levels on fresh contacts and seconds, by share of flexible agents."""
    streams = contacts(folder)
    staff_skill_sets(streams[:2], TARGET, HALF_HOUR, rounds=2, checks=1, replications=2)
    rows = []
    for share, margin in MIXES:
        begin, spent = time.perf_counter(), time.process_time()
        found = staff_skill_sets(streams, TARGET, HALF_HOUR, flexible_share=share, margin=margin, seed=seed)
        seconds = {"seconds": round(time.perf_counter() - begin, 1), "cpu_seconds": round(time.process_time() - spent)}
        rows.append({"margin": margin} | seconds | judged(found, streams, seed + 1))
    return {"services": len(streams), "contacts": round(float(sum(np.sum(s.offered) for s in streams))), "mixes": rows}


def contacts(folder: Path) -> list[Stream]:
    """Return the contacts of every service; 400 x lambda + 20 x zeta arrive per hour, in 5-minute slots."""
    lambdas, zetas = (
        np.loadtxt(folder / f"{name}_matrix_hourly_17dim.csv", delimiter=",") for name in ("lambd", "zeta")
    )
    rate = np.maximum(400 * lambdas + 20 * zetas, 0.0)
    offered = rate.reshape(len(SERVICES), -1, 6).mean(axis=2) / 2
    aht, patience = (3600 / np.loadtxt(folder / f"{name}_hourly_17dim.csv") for name in ("mu", "theta"))
    return [
        Stream(name, row, exponential(h), exponential(p))
        for name, row, h, p in zip(SERVICES, offered, aht, patience, strict=True)
    ]


def judged(found: SkillMix, streams: list[Stream], seed: int) -> dict[str, Any]:
    """Return what the mix achieves on fresh contacts, and whether it keeps between its bounds."""
    case = Case(tuple(streams), found.skill_sets, np.full(len(streams), TARGET), HALF_HOUR, 1.0)
    level, error = case.simulated(found.agents, REPLICATIONS, seed + 10_000)
    busy = found.offered >= BUSY
    total = found.agents.sum(axis=0)
    day = (level * found.offered).sum(axis=1) / found.offered.sum(axis=1)
    return {
        "flexible_share": round(found.flexible, 4),
        "agents": int(total.sum()),
        "dedicated": int(found.dedicated.sum()),
        "pool": int(found.pooled.sum()),
        "recovered": round(found.recovered, 4),
        "between_bounds": bool(((total >= found.pooled) & (total <= found.dedicated.sum(axis=0))).all()),
        "service_level": round(float(np.average(level, weights=found.offered)), 4),
        "worst_service_over_its_day": round(float(day.min()), 4),
        "half_hours": int(busy.sum()),
        "half_hours_below": int((busy & (level < TARGET - TOLERANCE)).sum()),
        "half_hours_surely_below": int((busy & (level + 2 * error < TARGET - TOLERANCE)).sum()),
        "worst_half_hour": round(float(level[busy].min()), 4),
    }
