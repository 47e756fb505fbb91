"""Figures per queue and interval that were written to `out/`, read back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from pathlib import Path

    from wfm.domain.settings import Settings


def read_figures(path: Path, settings: Settings) -> pd.DataFrame:
    """Return `forecast.csv` or `requirement.csv` as it was written for these settings, to six decimals.

    Returns
    -------
    DataFrame
        Indexed by (`queue`, `interval_start`), queues in the order of the settings; every other column as it stands.
    """
    rows = pd.MultiIndex.from_product([settings.queues, settings.grid.starts], names=["queue", "interval_start"])
    table = pd.read_csv(path, dtype=str).drop(columns=list(rows.names)).set_axis(rows)
    return table.astype({column: float for column in table if column != "binding"})
