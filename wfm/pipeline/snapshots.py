"""A forecast kept for later: what was expected, and up to which day contacts were known."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from wfm.records.snapshots import Snapshot, keep

if TYPE_CHECKING:
    from pathlib import Path

    from wfm.pipeline.stages import Demand


def keep_snapshot(folder: Path, known: Demand) -> None:
    """Store the forecast of a folder; contacts of the period itself were not looked at."""
    before = known.inputs.settings.period.first
    starts = known.inputs.history.index.get_level_values("interval_start")
    last = min(starts.max().date(), before - timedelta(days=1))
    keep(folder, Snapshot(last, known.forecast))
