"""Forecast: contacts and handle time per queue and interval, and how good such forecasts have been.

forecast        expected contacts and handle time of a period
backtest        errors of each model on the user's own history
FORECASTERS     every model by kind
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from pydantic import ValidationError

from wfm.domain.errors import InputError, NotEnoughHistory, SettingsError
from wfm.domain.text import Text
from wfm.forecast.aht import aht_on_grid, aht_profile
from wfm.forecast.backtest import backtest_queue
from wfm.forecast.base import FORECASTERS, Forecaster
from wfm.forecast.events import ahead_factor, without_events
from wfm.forecast.history import QueueHistory
from wfm.forecast.messages import (
    BAD_OPTION,
    BAD_SETTING,
    KNOWN_OPTION,
    NO_AHT,
    NO_HISTORY,
    SHORT_BACKTEST,
    SHORT_HISTORY,
    UNKNOWN_MODEL,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from wfm.domain.calendar import Calendar
    from wfm.domain.intervals import Grid
    from wfm.domain.plan import Inputs
    from wfm.domain.settings import Settings
    from wfm.forecast.history import FloatArray

__all__ = ["FORECASTERS", "Forecaster", "QueueHistory", "backtest", "check_settings", "forecast"]

FORECAST_DAYS = 14
"""Least history of a forecast."""
BACKTEST_DAYS = 28
"""Least history of a backtest."""
NAIVE = "seasonal_naive"
"""The model that others are compared with."""


def forecast(inputs: Inputs, calendar: Calendar, grid: Grid) -> pd.DataFrame:
    """Return expected contacts and handle time of every queue and interval of the grid.

    Only history before the grid's first date is learnt from. Past campaigns, closures and outages are taken out before
    learning; those ahead are applied.

    Parameters
    ----------
    calendar
        Knows every date of the history and of the grid.

    Returns
    -------
    DataFrame
        Indexed by (`queue`, `interval_start`); `offered` in contacts, 0 where closed; `aht_seconds` in seconds, 0 only
        on a queue without contacts whose handle time nobody knows.

    Raises
    ------
    NotEnoughHistory
        When a queue has less than two weeks of history, or contacts without any handle time.
    SettingsError
        When the forecaster, its options or an event's kind is unknown.
    """
    model = _model(inputs.settings)
    frames = []
    for queue in inputs.settings.queues:
        rows = _rows(inputs.history, queue)
        history = _history(rows, inputs, queue, grid.first)
        offered = model.predict(history, calendar, grid)
        offered = offered * ahead_factor(inputs.events, queue, grid.starts, grid.minutes)
        columns = {"queue": queue, "interval_start": grid.starts, "offered": offered}
        frames.append(pd.DataFrame({**columns, "aht_seconds": _aht(rows, inputs.settings, queue, offered, grid)}))
    return pd.concat(frames).set_index(["queue", "interval_start"])


def backtest(
    inputs: Inputs,
    calendar: Calendar,
    *,
    models: Sequence[str] = ("seasonal_naive", "day_profile"),
    origins: int = 6,
    horizon_days: int = 28,
) -> pd.DataFrame:
    """Return the errors that each model would have made on each queue, from origins spread over the later history.

    As for a forecast, history from the period on is left out, and past events are taken out so that nobody is judged on
    them. Models run with their default options, but the one in the settings with its options there.

    Returns
    -------
    DataFrame
        One row per queue, model and horizon (`1d` the first open day, `1w` days 1 to 7, `4w` days 22 to 28): `wape` and
        `bias` of intervals, `daily_wape` of day totals, `n` days judged, `relmae` error over that of the weekly naive,
        `floor` the queue's Poisson floor as a WAPE. Holidays and bridge days are left out of these and have the horizon
        `special`, their errors as shares of an ordinary day's volume. NaN where no day could be judged.

    Raises
    ------
    NotEnoughHistory
        When a queue has less than four weeks of history.
    SettingsError
        When a model is unknown.
    """
    settings = inputs.settings
    chosen = {name: _model(settings) if name == settings.forecast.model else _made(name, {}) for name in models}
    tables = []
    for queue in settings.queues:
        history = _history(_rows(inputs.history, queue), inputs, queue, settings.period.first)
        if history.days < BACKTEST_DAYS:
            raise NotEnoughHistory(SHORT_BACKTEST.fill(queue=queue, found=history.days, days=BACKTEST_DAYS))
        table = backtest_queue(history, calendar, chosen, _made(NAIVE, {}), origins=origins, horizon_days=horizon_days)
        table.insert(0, "queue", queue)
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def check_settings(settings: Settings) -> list[InputError]:
    """Return what is wrong with `[forecast]`: an unknown model, or options that the model does not have or take."""
    chosen = settings.forecast
    if chosen.model not in FORECASTERS:
        return [_problem("forecast.model", chosen.model, UNKNOWN_MODEL.fill(known=", ".join(FORECASTERS)))]
    cls = FORECASTERS[chosen.model]
    try:
        cls(**chosen.options)
    except ValidationError as error:
        return [_option_problem(cls, detail) for detail in error.errors()]
    return []


def _option_problem(cls: type[Forecaster], detail: Any) -> InputError:
    name = str(detail["loc"][0])
    known = Text(en=", ".join(cls.model_fields) or "none", zh="、".join(cls.model_fields) or "无")
    unknown = detail["type"] == "extra_forbidden"
    expected = KNOWN_OPTION.fill(known=known) if unknown else BAD_OPTION.fill(problem=detail["msg"])
    return _problem("forecast.model", f"{name} = {detail['input']!r}", expected)


def _problem(column: str, value: str, expected: Text) -> InputError:
    return InputError("plan.toml", None, column, value, expected)


def _model(settings: Settings) -> Forecaster:
    problems = check_settings(settings)
    if problems:
        raise SettingsError(BAD_SETTING.fill(problem=problems[0].message))
    return _made(settings.forecast.model, settings.forecast.options)


def _made(kind: str, options: Mapping[str, Any]) -> Forecaster:
    if kind not in FORECASTERS:
        problem = UNKNOWN_MODEL.fill(known=", ".join(FORECASTERS))
        raise SettingsError(BAD_SETTING.fill(problem=_problem("forecast.model", kind, problem).message))
    return FORECASTERS[kind](**options)


def _rows(history: pd.DataFrame, queue: str) -> pd.DataFrame:
    if queue not in history.index.get_level_values("queue"):
        raise NotEnoughHistory(NO_HISTORY.fill(queue=queue, days=FORECAST_DAYS))
    return history.loc[history.index.get_level_values("queue") == queue].droplevel("queue")


def _history(rows: pd.DataFrame, inputs: Inputs, queue: str, before: date) -> QueueHistory:
    """Return a queue's history without events, up to the day before a date; at least two weeks of it."""
    centre, intervals = inputs.settings.centre, inputs.settings.intervals
    past = rows[rows.index < pd.Timestamp(before, tz=centre.zone)]
    found = 0
    if past["offered"].notna().any():
        offered = without_events(past["offered"].astype(float), inputs.events, queue, intervals.minutes)
        history = QueueHistory.of(offered, intervals.minutes, centre.zone, intervals.opening)
        found = history.days
    if found < FORECAST_DAYS:
        raise NotEnoughHistory(SHORT_HISTORY.fill(queue=queue, found=found, first=before, days=FORECAST_DAYS))
    return history


def _aht(rows: pd.DataFrame, settings: Settings, queue: str, offered: FloatArray, grid: Grid) -> FloatArray:
    past = rows[rows.index < grid.starts[0]].tz_convert(grid.zone)
    profile = aht_profile(past, grid.first) if "aht_seconds" in past else None
    if profile is not None:
        return aht_on_grid(profile, grid)
    fixed = settings.queues[queue].aht_seconds
    if fixed is None and offered.sum() > 0:
        raise NotEnoughHistory(NO_AHT.fill(queue=queue))
    return np.full(grid.size, fixed or 0.0)
