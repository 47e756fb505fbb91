"""The roster of a folder, without its pay and its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.domain.errors import PluginError
from wfm.files import ready
from wfm.pipeline import stages
from wfm.pipeline.facts import facts_of
from wfm.pipeline.jobs import processes
from wfm.pipeline.messages import ROSTER_STANDS
from wfm.pipeline.plan import plan_inputs
from wfm.pipeline.write import put_demand, put_roster, write_out

if TYPE_CHECKING:
    from pathlib import Path
    from threading import Event

    from wfm.domain.answer import Progress
    from wfm.domain.text import Locale
    from wfm.pipeline.result import PlanResult


def roster_folder(
    folder: Path,
    *,
    progress: Progress | None = None,
    stop: Event | None = None,
    budget: str | None = None,
    seed: int | None = None,
    locale: Locale | None = None,
    jobs: int = 1,
) -> PlanResult:
    """Return the planned period of a folder after writing its roster; `plan_folder` also writes pay and the page.

    Raises what `plan_folder` raises.
    """
    inputs = stages.read(folder, budget=budget, seed=seed, locale=locale)
    ready(folder)
    with processes(jobs) as executor:
        result = plan_inputs(inputs, progress=progress, stop=stop, executor=executor, jobs=jobs)

    def write(out: Path) -> None:
        put_demand(out, result)
        put_roster(out, result)

    if result.worth_writing:
        write_out(folder, inputs, write, facts_of(result))
    if result.unpaid is not None:
        raise PluginError(ROSTER_STANDS.fill(problem=result.unpaid.message)) from result.unpaid
    return result
