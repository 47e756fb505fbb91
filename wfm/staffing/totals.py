"""Day, week and queue totals of a requirement."""

from __future__ import annotations

from typing import Literal

import pandas as pd

_KEYS = {"day": ["queue", "date"], "week": ["queue", "week"], "queue": ["queue"], "date": ["date"]}


def rollup(
    table: pd.DataFrame, interval_minutes: int, by: Literal["day", "week", "queue", "date"] = "queue"
) -> pd.DataFrame:
    """Return totals of a requirement per queue and date (`day`) or week, per queue, or per date over all queues.

    A week is named by its Monday.

    Service level and mean wait are weighted by contacts, so an empty interval does not count; occupancy is load over
    agents. All three are NaN where there are no contacts.

    Returns
    -------
    DataFrame
        Columns `offered` (contacts), `load_hours`, `net_hours`, `rostered_hours`, `gross_hours` (agent-hours),
        `service_level`, `asa_seconds`, `occupancy`; rows in the order of the table.
    """
    hours = interval_minutes / 60
    starts = pd.DatetimeIndex(table.index.get_level_values("interval_start"))
    parts = pd.DataFrame(
        {
            "queue": table.index.get_level_values("queue"),
            "date": starts.date,
            "week": (starts.tz_localize(None) - pd.to_timedelta(starts.day_of_week, unit="D")).date,
            "offered": table["offered"].to_numpy(),
            "load_hours": table["load"].to_numpy() * hours,
            "net_hours": table["required_net"].to_numpy() * hours,
            "rostered_hours": table["required_rostered"].to_numpy() * hours,
            "gross_hours": table["required_gross"].to_numpy() * hours,
            "service_level": (table["service_level"] * table["offered"]).to_numpy(),
            "asa_seconds": (table["asa_seconds"] * table["offered"]).to_numpy(),
        }
    )
    totals = parts.groupby(_KEYS[by], sort=False).sum(numeric_only=True)
    contacts = totals["offered"].where(totals["offered"] > 0)
    totals["service_level"] /= contacts
    totals["asa_seconds"] /= contacts
    totals["occupancy"] = totals["load_hours"] / totals["net_hours"].where(totals["load_hours"] > 0)
    return totals
