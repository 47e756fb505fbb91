"""Forecast: contacts and handle time per queue and interval, and how good such forecasts have been.

forecast        expected contacts and handle time of a period
look_ahead      the same with bounds, totals, repairs and notes
backtest        errors of each model on the user's own history
reforecast      the rest of a day from its morning
review          errors of forecasts that were really made
FORECASTERS     every model by kind
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from wfm.domain.errors import NotEnoughHistory
from wfm.forecast.ahead import Ahead, look_ahead, queue_history, queue_rows
from wfm.forecast.backtest import backtest_queue
from wfm.forecast.base import FORECASTERS, Forecaster
from wfm.forecast.chosen import check_settings, is_available, made, model_of
from wfm.forecast.history import QueueHistory
from wfm.forecast.messages import SHORT_BACKTEST
from wfm.forecast.review import review
from wfm.forecast.today import reforecast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from wfm.domain.calendar import Calendar
    from wfm.domain.intervals import Grid
    from wfm.domain.plan import Inputs

__all__ = [
    "FORECASTERS",
    "Ahead",
    "Forecaster",
    "QueueHistory",
    "backtest",
    "check_settings",
    "forecast",
    "is_available",
    "look_ahead",
    "reforecast",
    "review",
]

BACKTEST_DAYS = 28
"""Least history of a backtest."""
BACKTEST_ORIGINS, BACKTEST_FORECASTS = 6, 60
"""Origins of a backtest; fewer with many queues, so that it takes about so many forecasts of each model."""
NAIVE, ANALYST = "seasonal_naive", "analyst_mean"
"""The models that others are compared with."""


def forecast(inputs: Inputs, calendar: Calendar, grid: Grid) -> pd.DataFrame:
    """Return expected contacts and handle time of every queue and interval of the grid; see `look_ahead`.

    Returns
    -------
    DataFrame
        Indexed by (`queue`, `interval_start`); `offered` in contacts, 0 where closed; `aht_seconds` in seconds, 0 only
        on a queue without contacts whose handle time nobody knows.
    """
    return look_ahead(inputs, calendar, grid).at(None)


def backtest(
    inputs: Inputs,
    calendar: Calendar,
    *,
    models: Sequence[str] = (NAIVE, "day_profile"),
    origins: int | None = None,
    horizon_days: int = 28,
) -> pd.DataFrame:
    """Return the errors that each model would have made on each queue, from origins spread over the later history.

    As for a forecast, history from the period on is left out, and past events are taken out so that nobody is judged on
    them. Models run with their default options, but the one in the settings with its options there.

    Parameters
    ----------
    origins
        How many; None takes six, and fewer where there are more than ten queues, so that a page waits no longer for
        them than for the forecast itself.

    Returns
    -------
    DataFrame
        One row per queue, model and horizon (`1d` the first open day, `1w` days 1 to 7, `4w` days 22 to 28): `wape` and
        `bias` of intervals, `daily_wape` of day totals, `n` days judged, `relmae` and `relmae_analyst` error over that
        of the weekly naive and of the six-week mean, `coverage` of the interval of 90 % and `pinball` loss as a share
        of the volume (from the fifth origin on), `floor` the queue's Poisson floor as a WAPE. Holidays and bridge days
        are left out of these and have the horizon `special`, their errors as shares of an ordinary day's volume. NaN
        where no day could be judged.

    Raises
    ------
    NotEnoughHistory
        When a queue has less than four weeks of history.
    SettingsError
        When a model is unknown or its library is missing.
    """
    settings = inputs.settings
    chosen = {name: model_of(settings) if name == settings.forecast.model else made(name, {}) for name in models}
    peers = {"relmae": made(NAIVE, {}), "relmae_analyst": made(ANALYST, {})}
    tables = []
    tried = origins or max(1, min(BACKTEST_ORIGINS, BACKTEST_FORECASTS // len(settings.queues)))
    for queue in settings.queues:
        history = queue_history(queue_rows(inputs.history, queue), inputs, calendar, queue, settings.period.first)
        if history.days < BACKTEST_DAYS:
            raise NotEnoughHistory(SHORT_BACKTEST.fill(queue=queue, found=history.days, days=BACKTEST_DAYS))
        table = backtest_queue(history, calendar, chosen, peers, origins=tried, horizon_days=horizon_days)
        table.insert(0, "queue", queue)
        tables.append(table)
    return pd.concat(tables, ignore_index=True)
