"""Forecast benchmark: errors of the models on series of contacts, by a fixed protocol.

Twelve origins; one day, one week and the fourth week ahead; holidays and bridge days apart; prediction intervals made
from the errors of earlier origins only, the same way for every model. Apart from it: what outages and spikes in the
history cost, and the seconds of many queues.
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
from benchmarks.forecast_injected import injected_loss
from benchmarks.forecast_speed import look_ahead_seconds
from benchmarks.origin import machine
from wfm.domain.calendar import Calendar, Day, DayClass, build_calendar
from wfm.domain.clock import DAY_MINUTES, dates, parse_duration
from wfm.domain.intervals import OpeningHours
from wfm.forecast import FORECASTERS, QueueHistory
from wfm.forecast.backtest import backtest_queue
from wfm.forecast.models.analyst_mean import AnalystMean
from wfm.forecast.models.day_profile import DayProfile
from wfm.forecast.models.seasonal_naive import SeasonalNaive

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from wfm.forecast import Forecaster

HORIZON_DAYS = 28
REPEATS = 3
"""Times a model is timed."""
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
    injected: bool = False,
    queues: int | None = None,
) -> dict[str, Any]:
    """Return the errors of each model on one series, or on the shared ones with geometric means.

    A day without rows is unknown; an interval without a row on a day that has rows counts as 0. Contacts are summed to
    `interval`, or stay as they are when the file's own are longer. A weekday without a row is closed. `relmae` compares
    with the plain weekly naive (no calendar), `relmae_analyst` with the six-week mean, on the same cells; `coverage` is
    that of the 90 % interval, `seconds` processor time of one fit and four weeks ahead on the whole series.

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
    injected
        Instead, what outages and spikes in the history cost the default model, in points of WAPE.
    queues
        Instead, the seconds of a whole forecast of one made queue and of so many.
    """
    load = os.getloadavg()[0]
    if queues:
        return {"seconds": [look_ahead_seconds(n) for n in (1, queues)], **_about(load)}
    minutes = int(parse_duration(interval) // 60)
    wanted = [Series(series, country)] if series else list(shared())
    if injected:
        return {"injected": [_injected(one, minutes, first_origin) for one in wanted], **_about(load)}
    asked = models.split(",") if models else list(FORECASTERS)
    chosen = {kind: FORECASTERS[kind]() for kind in asked if FORECASTERS[kind].available()}
    results = [_one(one, chosen, minutes, origins, first_origin) for one in wanted]
    missing = {kind: _missing(FORECASTERS[kind].library) for kind in asked if kind not in chosen}
    about = {"missing": missing, **_about(load)}
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


def _injected(series: Series, minutes: int, first_origin: int | None) -> dict[str, Any]:
    found = injected_loss(*_known(series, minutes, first_origin))
    return {"instance": series.file.name, **{name: _number(value) for name, value in found.items()}}


def _known(series: Series, minutes: int, first_origin: int | None) -> tuple[QueueHistory, Calendar, int | None]:
    """Return a series, its calendar, and the days before its earliest origin."""
    history = read_series(series, minutes)
    calendar = calendar_of(series.country, history.first, history.last + timedelta(days=HORIZON_DAYS))
    first = next((start for least, start in FIRST_ORIGINS if history.days >= least), None)
    return history, calendar, first_origin or first


def _one(
    series: Series, models: dict[str, Forecaster], minutes: int, origins: int, first_origin: int | None
) -> dict[str, Any]:
    history, calendar, first = _known(series, minutes, first_origin)
    peers = {"relmae": SeasonalNaive(skip_special=False), "relmae_analyst": AnalystMean()}
    errors = backtest_queue(history, calendar, models, peers, origins=origins, first_origin=first)
    update = {"update_at_11": update_gain(history, calendar)} if DayProfile.kind in models else {}
    return {
        "instance": series.file.name,
        "days": history.days,
        "interval_minutes": history.minutes,
        "errors": {kind: _by_horizon(rows) for kind, rows in errors.groupby("model", sort=False)},
        "poisson_floor": _number(errors["floor"].iloc[0]),
        "seconds": {kind: _seconds(model, history, calendar) for kind, model in models.items()},
        **update,
    }


def _about(load: float) -> dict[str, Any]:
    return {
        "versions": {name: version(name) for name in ("wfm", "numpy", "pandas", "holidays")},
        "machine": machine(load),
    }


def _missing(library: str | None) -> str:
    return f"not run: needs the library {library}, which is not installed (pip install {library})"


def _seconds(model: Forecaster, history: QueueHistory, calendar: Calendar) -> float:
    """Return the least of several processor times: the one that other work on the machine disturbed least."""
    grid = history.grid(history.last + timedelta(days=1), history.last + timedelta(days=HORIZON_DAYS))
    return round(min(_timed(lambda: model.predict(history, calendar, grid)) for _ in range(REPEATS)), 4)


def _timed(act: Callable[[], object]) -> float:
    begin = time.process_time()
    act()
    return time.process_time() - begin


def calendar_of(country: str | None, first: date, last: date) -> Calendar:
    """Return a country's calendar, or one that knows weekends only."""
    if country:
        return build_calendar(country, first, last)
    kinds = (DayClass.WORKDAY,) * 5 + (DayClass.WEEKEND,) * 2
    return Calendar({d: Day(d, kinds[d.weekday()]) for d in dates(first, last)})


def read_series(series: Series, minutes: int) -> QueueHistory:
    """Return a CSV of contacts in intervals of at least so many minutes; weekdays without a row are closed."""
    begin, count = series.columns
    table = pd.read_csv(series.file, sep=series.separator, parse_dates=[begin])
    minutes = max(minutes, _shortest(table[begin]))
    starts = pd.DatetimeIndex(table[begin]).floor(f"{minutes}min")
    offered = table[count].astype(float).groupby(starts).sum()
    days = starts.normalize().unique()
    length = pd.Timedelta(minutes=minutes)
    steps = [day + n * length for day in days for n in range(DAY_MINUTES // minutes)]
    filled = offered.reindex(pd.DatetimeIndex(steps), fill_value=0.0)
    span = ((0, DAY_MINUTES),)
    opening = OpeningHours(tuple(span if weekday in set(days.day_of_week) else () for weekday in range(7)))
    shown = pd.DatetimeIndex(filled.index).tz_localize("UTC")
    return QueueHistory.of(filled.set_axis(shown), minutes, ZoneInfo("UTC"), opening)


def _shortest(starts: pd.Series[pd.Timestamp]) -> int:
    """Return the least minutes between two starts of one day, at most a day."""
    steps = np.diff(np.unique(starts.dt.hour * 60 + starts.dt.minute))
    return int(steps.min()) if len(steps) else DAY_MINUTES


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
