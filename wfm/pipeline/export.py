"""Hours, pay and the files of other systems, from the roster in `out/`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.pipeline.load import load
from wfm.pipeline.write import write_after

if TYPE_CHECKING:
    from pathlib import Path

    from wfm.domain.text import Locale
    from wfm.pipeline.result import PlanResult


def export_folder(folder: Path, *, locale: Locale | None = None) -> PlanResult:
    """Return the planned period of a folder after writing what HR and payroll import.

    Raises
    ------
    ManifestError
        When the roster in `out/` is not the one that was written, or was made from other inputs.
    """
    result = load(folder, locale=locale)
    write_after(folder, result, pay=True)
    return result
