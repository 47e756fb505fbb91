"""How good forecasts that were really made turned out to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from wfm.forecast.accuracy import TAUS, bias, coverage, pinball, poisson_floor, wape
from wfm.forecast.special import day_table
from wfm.forecast.spread import counts_bounds, counts_quantile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from wfm.domain.calendar import Calendar

HORIZONS = (("1w", 7), ("month", 28))
"""Last day ahead of each horizon."""
LATER = "later"
COLUMNS = ("queue", "horizon", "day_class", "n", "wape", "bias", "pinball", "coverage", "floor")


def review(made: Iterable[tuple[date, pd.DataFrame]], history: pd.DataFrame, calendar: Calendar) -> pd.DataFrame:
    """Return the errors of forecasts against what came, per queue, horizon and class of day.

    Parameters
    ----------
    made
        The last day whose contacts were known, and the forecast, indexed by (`queue`, `interval_start`) with `offered`
        and `dispersion`.
    history
        Indexed alike; `offered` contacts.
    calendar
        Dates that it does not know are left out.

    Returns
    -------
    DataFrame
        One row per queue, horizon (`1w` up to seven days ahead, `month` up to 28, `later`) and class (`ordinary`,
        `special`) with `n` intervals; `wape`, `bias` and `pinball` as shares of the contacts, `coverage` of the
        interval of 90 %, `floor` the least WAPE that chance allows. Empty when nothing forecast has come yet.
    """
    parts = [_joined(known_to, table, history) for known_to, table in made]
    rows = pd.concat(parts) if parts else pd.DataFrame(columns=["queue", "date"])
    rows = rows[rows["date"].isin(calendar.days)]
    if rows.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    days = sorted(set(rows["date"]))
    table = day_table(days, calendar)
    special = {day for day, off in zip(days, table.holiday | table.bridge, strict=True) if off}
    rows["day_class"] = np.where(rows["date"].isin(special), "special", "ordinary")
    order = [name for name, _ in HORIZONS] + [LATER]
    rows["horizon"] = pd.Categorical(rows["horizon"], order, ordered=True)
    keys = ["queue", "horizon", "day_class"]
    found = [
        {**dict(zip(keys, names, strict=True)), **_errors(part)}
        for names, part in rows.groupby(keys, observed=True, sort=True)
    ]
    return pd.DataFrame(found, columns=list(COLUMNS))


def _joined(known_to: date, table: pd.DataFrame, history: pd.DataFrame) -> pd.DataFrame:
    """Return forecast and actual contacts of the intervals that have come since."""
    actual = history["offered"].rename("actual").dropna()
    rows = table[["offered", "dispersion"]].join(actual, how="inner").reset_index()
    rows["date"] = [start.date() for start in rows["interval_start"]]
    ahead = np.array([(day - known_to).days for day in rows["date"]], dtype=int)
    rows["horizon"] = np.select([ahead <= last for _, last in HORIZONS], [name for name, _ in HORIZONS], LATER)
    return rows[ahead > 0]


def _errors(rows: pd.DataFrame) -> dict[str, float]:
    actual, expected, phi = (rows[name].to_numpy(dtype=np.float64) for name in ("actual", "offered", "dispersion"))
    quantiles = np.array([counts_quantile(expected, phi, tau) for tau in TAUS])
    return {
        "n": len(rows),
        "wape": wape(actual, expected),
        "bias": bias(actual, expected),
        "pinball": pinball(actual, quantiles),
        "coverage": coverage(actual, *counts_bounds(expected, phi)),
        "floor": poisson_floor(expected),
    }
