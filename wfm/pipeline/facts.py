"""What the manifest says about a roster, and the answer made again from it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from wfm import export
from wfm.domain.answer import Infeasible, OutOfTime, Solved, TracePoint

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wfm.domain.answer import Cause, WayOut
    from wfm.domain.roster import Roster, Violation
    from wfm.domain.text import Locale
    from wfm.pipeline.result import PlanResult

DIGITS = 6
"""Digits kept of a measured figure."""


def facts_of(result: PlanResult) -> dict[str, Any]:
    """Return what the manifest and `--json` say about a result: plain values only."""
    return {
        "status": result.status,
        "period": [result.plan.days[0].isoformat(), result.plan.days[-1].isoformat()],
        "roster_version": result.version if result.roster or result.draft else None,
        "jobs": result.jobs,
        **_search(result),
        "kpis": {k: round(v, DIGITS) for k, v in asdict(result.kpis).items()} if result.kpis else None,
        "control_totals": _control_totals(result),
        "demand_notes": [[note.en, note.zh] for note in result.demand_notes],
        "notes": [note.in_(result.plan.settings.centre.locale) for note in result.notes],
    }


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, DIGITS)


def _control_totals(result: PlanResult) -> Mapping[str, Any] | None:
    if result.roster_table is None or result.timesheet is None or result.payroll is None:
        return None
    return export.control_totals(result.roster_table, result.timesheet, result.payroll)


def _search(result: PlanResult) -> dict[str, Any]:
    locale = result.plan.settings.centre.locale
    match result.answer:
        case Solved() as found:
            return {
                "stopped": found.stopped,
                "objective": round(found.objective, DIGITS),
                "bound": round(found.bound, DIGITS),
                "gap": round(found.gap, DIGITS),
                "seconds": round(found.seconds, DIGITS),
                "wall_seconds": round(found.wall_seconds, 3),
                "shares": _shares(found, result),
                "scales": dict(found.scales),
                "trace": [[p.seconds, p.phase, _rounded(p.objective), _rounded(p.bound)] for p in found.trace],
            }
        case Infeasible() as none:
            return {
                "conflict": [text.in_(locale) for text in none.conflict],
                "rules": list(none.rules),
                "agents": list(none.agents),
                "causes": [_cause(cause, locale) for cause in none.causes],
                "ways_out": [_way_out(way, locale) for way in none.ways_out],
            }
        case OutOfTime() as late:
            return {"bound": late.bound, "stopped": "interrupted" if late.interrupted else "budget"}


def _shares(found: Solved, result: PlanResult) -> dict[str, Any]:
    """Return by kind the cost in units of weight, its percentage of all costs, and what costs how much."""
    locale = result.plan.settings.centre.locale
    return {
        kind: {
            "cost": round(found.shares[kind], DIGITS),
            "percent": round(100 * part, DIGITS),
            "counts": result.prices[kind].in_(locale),
        }
        for kind, part in found.parts.items()
    }


def _cause(cause: Cause, locale: Locale) -> dict[str, Any]:
    return {
        "rule": cause.rule,
        "sentence": cause.sentence.in_(locale),
        "agent_id": cause.agent_id,
        "first_date": cause.first_date and cause.first_date.isoformat(),
        "last_date": cause.last_date and cause.last_date.isoformat(),
    }


def _way_out(way: WayOut, locale: Locale) -> dict[str, Any]:
    return {"sentence": way.in_(locale), "amount": way.amount, "unit": way.unit, "agent_days": way.agent_days}


def solved_from(facts: Mapping[str, Any], roster: Roster, violations: tuple[Violation, ...]) -> Solved:
    """Return the answer that a manifest describes, around the roster read back from `roster.csv`."""
    return Solved(
        roster=roster,
        objective=facts["objective"],
        bound=facts["bound"],
        stopped=facts["stopped"],
        seconds=facts["seconds"],
        wall_seconds=facts["wall_seconds"],
        shares={kind: share["cost"] for kind, share in facts["shares"].items()},
        scales=facts["scales"],
        violations=violations,
        trace=tuple(TracePoint(*point) for point in facts["trace"]),
    )
