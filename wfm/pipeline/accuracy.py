"""How good the forecasts that were made for a folder turned out to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.forecast import review
from wfm.pipeline import stages
from wfm.pipeline.forecast_pictures import accuracy_page
from wfm.records.snapshots import snapshots

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

CHART = "accuracy.html"


def accuracy_folder(folder: Path) -> pd.DataFrame:
    """Return the errors of every stored forecast against the contacts that came, as `wfm.forecast.review` says.

    Where any came due, `accuracy.html` shows them beside the least that chance allows.

    Raises
    ------
    InputErrors
        With every problem of every file.
    """
    inputs = stages.read(folder)
    locale = inputs.settings.centre.locale
    made = [(one.known_to, one.table) for one in snapshots(folder, inputs.settings.centre.zone)]
    table = review(made, inputs.history, stages.calendar_of(inputs))
    if not table.empty:
        (folder / CHART).write_text(accuracy_page(table, locale), encoding="utf-8")
    return table
