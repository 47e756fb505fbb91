"""The HTML page of a planned period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.domain.errors import NotEnoughHistory
from wfm.forecast import backtest
from wfm.payroll import element_names, one_more_shift
from wfm.pipeline.origin import versions
from wfm.report import Page, render

if TYPE_CHECKING:
    import pandas as pd

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
            one_more=one_more_shift(result.roster, result.plan, result.inputs.pay) if result.roster else None,
            forecast=result.forecast,
            backtest=_past_errors(result),
            notes=result.notes,
            facts=facts,
            names=element_names(),
            prices=result.prices,
        )
    )


def _past_errors(result: PlanResult) -> pd.DataFrame | None:
    """Return the backtest of the chosen model beside the naive one; None when the history is too short for one."""
    models = dict.fromkeys(("seasonal_naive", result.plan.settings.forecast.model))
    try:
        return backtest(result.inputs, result.calendar, models=tuple(models))
    except NotEnoughHistory:
        return None
