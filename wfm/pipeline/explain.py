"""Why a folder has no roster, and the ways out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.pipeline import stages
from wfm.pipeline.facts import facts_of
from wfm.pipeline.plan import plan_inputs
from wfm.pipeline.write import put_demand, put_roster, write_out

if TYPE_CHECKING:
    from pathlib import Path
    from threading import Event

    from wfm.domain.answer import Progress
    from wfm.domain.text import Locale
    from wfm.pipeline.result import PlanResult

LONGEST_SECONDS = 10
"""Search effort for the question whether there is a roster, where the folder's own is not smaller."""


def explain_folder(
    folder: Path,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
    budget: str | None = None,
    seed: int | None = None,
    locale: Locale | None = None,
) -> PlanResult:
    """Return what a short search makes of a folder; without a roster the draft is written to `out/draft/`.

    Where there is a roster, `out/` stays as it was. The parameters are those of `plan_folder`.
    """
    inputs = stages.read(folder, budget=budget, seed=seed, locale=locale)
    if budget is None and inputs.settings.solve.budget_seconds > LONGEST_SECONDS:
        inputs = stages.overridden(inputs, budget=f"{LONGEST_SECONDS}s", seed=None, locale=None)
    result = plan_inputs(inputs, progress=progress, stop=stop)

    def write(out: Path) -> None:
        put_demand(out, result)
        put_roster(out, result)

    if result.draft is not None and result.worth_writing:
        write_out(folder, inputs, write, facts_of(result))
    return result
