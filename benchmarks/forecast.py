"""Forecast benchmark: errors of the models on series of contacts, by a fixed protocol.

Twelve origins; one day, one week and the fourth week ahead; holidays and bridge days apart; prediction intervals made
from the errors of earlier origins only, the same way for every model.
"""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from benchmarks.forecast_day import update_gain
from wfm.domain.calendar import Calendar, Day, DayClass, build_calendar
from wfm.domain.clock import dates, parse_duration
from wfm.domain.intervals import OpeningHours
from wfm.forecast import FORECASTERS, QueueHistory
from wfm.forecast.backtest import backtest_queue
from wfm.forecast.models.analyst_mean import AnalystMean
from wfm.forecast.models.day_profile import DayProfile
from wfm.forecast.models.seasonal_naive import SeasonalNaive

if TYPE_CHECKING:
    from datetime import date

    from wfm.forecast import Forecaster

HORIZON_DAYS = 28
FIRST_ORIGINS = ((900, 740), (300, 140), (160, 112))
"""Least days of a series, and the days before its earliest origin; half of a shorter series."""
ROOT = Path(__file__).parents[1]
AXA = ("tech_axa", "cat", "medical", "domicile", "telephonie", "gestion_renault", "japon")
MAIN = ("bank_calls_to_2003-08", "tech_axa", "cat", "medical", "domicile")
"""Shared series of the geometric means; the others are stress."""
FIGURES = ("wape", "bias", "daily_wape", "relmae", "relmae_analyst", "coverage", "pinball", "n")


@dataclass(frozen=True)
class Series:
    """One series of contacts.

    Attributes
    ----------
    country
        Whose holidays; None knows no holidays.
    """

    file: Path
    country: str | None = None
    separator: str = ","
    columns: tuple[str, str] = ("interval_start", "offered")


def run(
    series: Path | None = None,
    *,
    models: str | None = None,
    country: str | None = None,
    interval: str = "30min",
    origins: int = 12,
    first_origin: int | None = None,
) -> dict[str, Any]:
    """Return the errors of each model on one series, or on the shared ones with geometric means.

    A day without rows is unknown; an interval without a row on a day that has rows counts as 0. Contacts are summed to
    `interval`. A weekday without a row is closed. `relmae` compares with the plain weekly naive (no calendar),
    `relmae_analyst` with the six-week mean, on the same cells; `coverage` is that of the 90 % interval.

    Parameters
    ----------
    series
        CSV with `interval_start` (wall clock) and `offered`; None takes the shared series.
    models
        Kinds, joined by commas; None takes every one whose library is there.
    country
        ISO 3166 code: whose holidays; None knows no holidays.
    first_origin
        Days of history before the earliest origin; None takes `FIRST_ORIGINS`.
    """
    asked = models.split(",") if models else list(FORECASTERS)
    chosen = {kind: FORECASTERS[kind]() for kind in asked if FORECASTERS[kind].available()}
    wanted = [Series(series, country)] if series else list(shared())
    minutes = int(parse_duration(interval) // 60)
    results = [_one(one, chosen, minutes, origins, first_origin) for one in wanted]
    about = {
        "missing": {kind: _missing(FORECASTERS[kind].library) for kind in asked if kind not in chosen},
        "versions": {name: version(name) for name in ("wfm", "numpy", "pandas", "holidays")},
    }
    return results[0] | about if series else {"series": results, "geometric_means": _means(results, chosen)} | about


def shared() -> list[Series]:
    """Return the shared series that are there.

    Raises
    ------
    SystemExit
        When there is none.
    """
    home = Path(os.environ.get("WFM_SHARED_DATA", ROOT / "../shared/data"))
    found = [Series(home / "bank_calls_2003" / "bank_calls_to_2003-08.csv", "US")]
    found += [Series(home / "axa_halfhour" / f"{n}.csv", "FR", ";", ("DATE", "CSPL_RECEIVED_CALLS")) for n in AXA]
    found = [one for one in found if one.file.is_file()]
    if not found:
        raise SystemExit("shared data not present: give --series FILE.csv")
    return found


def _one(
    series: Series, models: dict[str, Forecaster], minutes: int, origins: int, first_origin: int | None
) -> dict[str, Any]:
    history = read_series(series, minutes)
    calendar = calendar_of(series.country, history.first, history.last + timedelta(days=HORIZON_DAYS))
    first = first_origin or next((start for least, start in FIRST_ORIGINS if history.days >= least), None)
    peers = {"relmae": SeasonalNaive(skip_special=False), "relmae_analyst": AnalystMean()}
    errors = backtest_queue(history, calendar, models, peers, origins=origins, first_origin=first)
    update = {"update_at_11": update_gain(history, calendar)} if DayProfile.kind in models else {}
    return {
        "instance": series.file.name,
        "days": history.days,
        "errors": {kind: _by_horizon(rows) for kind, rows in errors.groupby("model", sort=False)},
        "poisson_floor": _number(errors["floor"].iloc[0]),
        "seconds": {kind: _seconds(model, history, calendar) for kind, model in models.items()},
        **update,
    }


def _missing(library: str | None) -> str:
    return f"not run: needs the library {library}, which is not installed (pip install {library})"


def _seconds(model: Forecaster, history: QueueHistory, calendar: Calendar) -> float:
    grid = history.grid(history.last + timedelta(days=1), history.last + timedelta(days=HORIZON_DAYS))
    begin = time.perf_counter()
    model.predict(history, calendar, grid)
    return round(time.perf_counter() - begin, 4)


def calendar_of(country: str | None, first: date, last: date) -> Calendar:
    """Return a country's calendar, or one that knows weekends only."""
    if country:
        return build_calendar(country, first, last)
    kinds = (DayClass.WORKDAY,) * 5 + (DayClass.WEEKEND,) * 2
    return Calendar({d: Day(d, kinds[d.weekday()]) for d in dates(first, last)})


def read_series(series: Series, minutes: int) -> QueueHistory:
    """Return a CSV of contacts as a history; weekdays without a row are closed."""
    begin, count = series.columns
    table = pd.read_csv(series.file, sep=series.separator, parse_dates=[begin])
    starts = pd.DatetimeIndex(table[begin]).floor(f"{minutes}min")
    offered = table[count].astype(float).groupby(starts).sum()
    days = starts.normalize().unique()
    length = pd.Timedelta(minutes=minutes)
    steps = [day + n * length for day in days for n in range(24 * 60 // minutes)]
    filled = offered.reindex(pd.DatetimeIndex(steps), fill_value=0.0)
    span = ((0, 24 * 60),)
    opening = OpeningHours(tuple(span if weekday in set(days.day_of_week) else () for weekday in range(7)))
    shown = pd.DatetimeIndex(filled.index).tz_localize("UTC")
    return QueueHistory.of(filled.set_axis(shown), minutes, ZoneInfo("UTC"), opening)


def _by_horizon(rows: pd.DataFrame) -> dict[str, dict[str, float | None]]:
    kept = rows.set_index("horizon")[list(FIGURES)]
    return {str(name): {str(k): _number(value) for k, value in row.items()} for name, row in kept.iterrows()}


def _means(results: list[dict[str, Any]], models: dict[str, Forecaster]) -> dict[str, Any]:
    """Return the geometric means of the relative errors over the main series, per model and horizon."""
    main = [one["errors"] for one in results if Path(one["instance"]).stem in MAIN]
    return {
        kind: {
            horizon: {ratio: _geometric([one[kind][horizon][ratio] for one in main]) for ratio in FIGURES[3:5]}
            for horizon in ("1d", "1w", "4w", "special")
        }
        for kind in models
    }


def _geometric(values: list[float | None]) -> float | None:
    known = [value for value in values if value]
    return _number(float(np.exp(np.mean(np.log(known))))) if known else None


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 4)
