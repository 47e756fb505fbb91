"""Required agents of a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.pipeline import stages
from wfm.pipeline.write import put_demand, write_stage

if TYPE_CHECKING:
    from pathlib import Path

    from wfm.domain.text import Locale


def staff_folder(folder: Path, *, locale: Locale | None = None) -> stages.Demand:
    """Return the demand of a folder after writing `forecast.csv` and `requirement.csv`."""
    known = stages.demand(stages.read(folder, locale=locale))
    write_stage(folder, known.inputs, lambda out: put_demand(out, known))
    return known
