"""The HTML page of a planned period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.pipeline.origin import versions
from wfm.report import Page, render

if TYPE_CHECKING:
    from wfm.pipeline.result import PlanResult


def html(result: PlanResult) -> str:
    """Return the page as one self-contained HTML text in the language of the centre."""
    settings = result.plan.settings
    facts = {
        "roster_version": result.version,
        "seed": str(settings.solve.seed),
        "budget": settings.solve.budget,
        **versions(),
        **result.inputs.hashes,
    }
    return render(
        Page(
            plan=result.plan,
            answer=result.answer,
            cover=result.cover,
            timesheet=result.timesheet,
            payroll=result.payroll,
            forecast=result.forecast,
            notes=result.notes,
            facts=facts,
            night_mode=settings.nights.mode,
        )
    )
