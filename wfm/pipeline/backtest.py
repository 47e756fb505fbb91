"""How good forecasts of a folder's history would have been."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm import forecast
from wfm.pipeline import stages

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd


def backtest_folder(folder: Path) -> pd.DataFrame:
    """Return forecast errors by queue, model and horizon, from rolling origins in the history.

    Raises
    ------
    InputErrors
        With every problem of every file.
    NotEnoughHistory
        When the history is too short to hold any of it back.
    """
    inputs = stages.read(folder)
    return forecast.backtest(inputs, stages.calendar_of(inputs), models=tuple(forecast.FORECASTERS))
