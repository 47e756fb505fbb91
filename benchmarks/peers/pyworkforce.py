"""pyworkforce: head counts per day and shift, the part of a roster that it can express.

Its `MinAbsDifference` weighs a missing agent like a surplus one, knows no agents and sees each day alone: a shift over
midnight is given to it as if its morning lay on the day on which it starts, and is counted on the next day when its
answer is scored. Its second step, `MinHoursRoster`, takes the head counts as hard positions of every shift and so
cannot be given a need that the staff cannot meet in full; it is not measured.
"""

from __future__ import annotations

import importlib
import time
import warnings
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from benchmarks.cases.contact_centre import ContactCentre, cover_cost, paid_hours

if TYPE_CHECKING:
    from benchmarks.cases.base import Case
    from benchmarks.cases.contact_centre import Instance

CANNOT = (
    "name an agent",
    "skills and agents with several of them",
    "paid hours within each agent's limits",
    "leave, nights and wishes",
    "days in a row, rest between shifts, weekends",
    "a missing agent that weighs more than a surplus one",
    "a bound",
)
"""What an instance asks and its head counts cannot express."""


def measure(case: Case, seconds: float) -> dict[str, Any]:
    """Return what its head counts cost, skill by skill, and the hours that they take; or why nothing was measured."""
    result = {"benchmark": "roster", "instance": case.name, "solver": "pyworkforce", "asked_seconds": seconds}
    if not isinstance(case, ContactCentre):
        return result | {"status": "skipped", "reason": "cover is asked per shift, not per interval"}
    try:
        scheduler, found = importlib.import_module("pyworkforce.scheduling").MinAbsDifference, version("pyworkforce")
    except (ImportError, PackageNotFoundError) as error:
        return result | {"status": "skipped", "reason": f"not installed: {error}"}
    start = time.perf_counter()
    counts: dict[tuple[str, int, str], int] = {}
    for skill in case.instance["skills"]:
        counts.update(_head_counts(scheduler, case.instance, skill, seconds / len(case.instance["skills"])))
    taken = time.perf_counter() - start
    shifts = {shift["code"]: shift["paid_minutes"] / 60 for shift in case.instance["shifts"]}
    return result | {
        "status": "head counts",
        "cover_cost": cover_cost(case.instance, counts),
        "hours": round(sum(shifts[code] * n for (_, _, code), n in counts.items())),
        "hours_there_are": round(paid_hours(case.instance)),
        "wall_seconds": round(taken, 3),
        "cannot": CANNOT,
        "peer_version": found,
    }


def _head_counts(scheduler: Any, instance: Instance, skill: str, seconds: float) -> dict[tuple[str, int, str], int]:
    """Return agents per skill, day and shift."""
    periods = 1440 // instance["interval_minutes"]
    need = instance["demand"][skill]
    most = 2 * max(map(max, need)) + 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        answer = scheduler(
            num_days=instance["days"],
            periods=periods,
            shifts_coverage={shift["code"]: _pattern(shift, periods) for shift in instance["shifts"]},
            required_resources=need,
            max_period_concurrency=most,
            max_shift_concurrency=most,
            max_search_time=float(seconds),
            num_search_workers=2,
        ).solve()
    return {(skill, row["day"], row["shift"]): row["resources"] for row in answer["resources_shifts"]}


def _pattern(shift: Instance, periods: int) -> list[int]:
    """Return 1 for each period of the day that the shift covers, wrapped at midnight."""
    step = 1440 // periods
    first, length = shift["start_minute"] // step, shift["length_minutes"] // step
    covered = {(first + n) % periods for n in range(length)}
    return [int(period in covered) for period in range(periods)]
