"""Every forecast that was made, with the day up to which contacts were known: what accuracy is measured on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from zoneinfo import ZoneInfo

PLACE = "forecasts"
"""Folder of the snapshots, in the planning folder."""
_NAME = re.compile(r"known_to_(\d{4}-\d{2}-\d{2})(?:_(\d+))?\.csv$")
COLUMNS = ("queue", "interval_start", "offered", "dispersion", "aht_seconds")


@dataclass(frozen=True)
class Snapshot:
    """One forecast as it was made.

    Attributes
    ----------
    known_to
        The last day whose contacts were known.
    table
        Indexed by (`queue`, `interval_start`); `offered`, `dispersion`, `aht_seconds`.
    """

    known_to: date
    table: pd.DataFrame


def keep(folder: Path, snapshot: Snapshot) -> Path:
    """Return the file of a snapshot; one with the same content is not written twice, none is overwritten."""
    place = folder / PLACE
    place.mkdir(exist_ok=True)
    text = _text(snapshot.table)
    number = 1
    while True:
        suffix = "" if number == 1 else f"_{number}"
        path = place / f"known_to_{snapshot.known_to}{suffix}.csv"
        if not path.exists():
            path.write_text(text, encoding="utf-8")
            return path
        if path.read_text(encoding="utf-8") == text:
            return path
        number += 1


def snapshots(folder: Path, zone: ZoneInfo) -> Iterator[Snapshot]:
    """Yield every snapshot of a planning folder, the oldest knowledge first."""
    named = ((_NAME.match(path.name), path) for path in (folder / PLACE).glob("*.csv"))
    found = [(date.fromisoformat(match[1]), int(match[2] or 1), path) for match, path in named if match]
    for known_to, _, path in sorted(found):
        table = pd.read_csv(path, dtype={"queue": str})
        table["interval_start"] = pd.to_datetime(table["interval_start"], utc=True).dt.tz_convert(zone)
        yield Snapshot(known_to, table.set_index(["queue", "interval_start"]))


def _text(table: pd.DataFrame) -> str:
    rows = table.reset_index()[list(COLUMNS)]
    rows["interval_start"] = [start.isoformat() for start in rows["interval_start"]]
    return rows.to_csv(index=False, float_format="%.5g", lineterminator="\n")
