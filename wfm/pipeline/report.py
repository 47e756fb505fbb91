"""The page of the roster in `out/`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.pipeline.load import load
from wfm.pipeline.write import write_after

if TYPE_CHECKING:
    from pathlib import Path

    from wfm.domain.text import Locale
    from wfm.pipeline.result import PlanResult


def report_folder(folder: Path, *, locale: Locale | None = None) -> PlanResult:
    """Return the planned period of a folder after writing `report.html`; raises as `export_folder` does."""
    result = load(folder, locale=locale)
    write_after(folder, result, page=True)
    return result
