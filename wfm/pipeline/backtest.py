"""How good forecasts of a folder's history would have been."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm import forecast
from wfm.pipeline import stages

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd


def backtest_folder(folder: Path, *, models: Sequence[str] = ()) -> pd.DataFrame:
    """Return forecast errors by queue, model and horizon, from rolling origins in the history.

    Parameters
    ----------
    models
        Kinds of forecasters; none takes every one whose library is installed.

    Raises
    ------
    InputErrors
        With every problem of every file.
    NotEnoughHistory
        When the history is too short to hold any of it back.
    SettingsError
        When a model is unknown or its library is missing.
    """
    inputs = stages.read(folder)
    chosen = models or [kind for kind, cls in forecast.FORECASTERS.items() if forecast.is_available(cls)]
    return forecast.backtest(
        inputs, stages.calendar_of(inputs), models=tuple(chosen), origins=forecast.BACKTEST_ORIGINS
    )
