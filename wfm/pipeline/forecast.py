"""Expected contacts of a folder, and how good such forecasts were in the past."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.pipeline import stages
from wfm.pipeline.snapshots import keep_snapshot
from wfm.pipeline.write import put_forecast, write_stage

if TYPE_CHECKING:
    from pathlib import Path

    from wfm.domain.text import Locale


def forecast_folder(folder: Path, *, locale: Locale | None = None) -> stages.Demand:
    """Return the demand of a folder after writing `forecast.csv`; raises as `plan_folder` does."""
    known = stages.demand(stages.read(folder, locale=locale))
    write_stage(folder, known.inputs, lambda out: put_forecast(out, known))
    keep_snapshot(folder, known)
    return known
