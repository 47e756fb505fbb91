"""Forecasts that were made, against what came; snapshots that hold them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pytest
from forecast_house import calendar, contacts, inputs, settings

from wfm.forecast import look_ahead, review
from wfm.records.snapshots import Snapshot, keep, snapshots

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

CN = settings()
FIRST, LAST = date(2025, 12, 1), date(2026, 5, 31)
DAYS = calendar(CN, FIRST, LAST)
KNOWN_TO = date(2026, 4, 30)


@pytest.fixture(scope="module")
def made() -> pd.DataFrame:
    """Return the forecast of May from everything before."""
    return look_ahead(inputs(CN, contacts(CN, FIRST, KNOWN_TO, 2400)), DAYS, CN.grid).table


def test_errors_per_horizon_and_class_of_day(made: pd.DataFrame) -> None:
    """May 2026 has days of every horizon; the made contacts know no make-up workday, so the error is above chance."""
    came = inputs(CN, contacts(CN, FIRST, LAST, 2400)).history
    found = review([(KNOWN_TO, made)], came, DAYS).set_index(["horizon", "day_class"])
    assert set(found.index) == {("1w", "ordinary"), ("1w", "special"), ("month", "ordinary"), ("later", "ordinary")}
    row = found.to_dict("index")["month", "ordinary"]
    assert row["n"] == 21 * 48
    assert 0.9 < row["wape"] / row["floor"] < 1.5
    assert abs(row["bias"]) < 0.05
    assert 0.85 < row["coverage"] < 0.98


def test_only_what_has_come_is_judged(made: pd.DataFrame) -> None:
    """A week after the forecast one week is judged; before it nothing, and that is an empty table."""
    week = inputs(CN, contacts(CN, FIRST, KNOWN_TO + timedelta(days=7), 2400)).history
    assert review([(KNOWN_TO, made)], week, DAYS)["n"].sum() == 7 * 48
    none = inputs(CN, contacts(CN, FIRST, KNOWN_TO, 2400)).history
    assert review([(KNOWN_TO, made)], none, DAYS).empty
    assert review([], none, DAYS).empty


def test_snapshots_are_kept_once_and_never_overwritten(made: pd.DataFrame, tmp_path: Path) -> None:
    """The same forecast is one file; another one of the same day is a second; both are read back in order."""
    first = keep(tmp_path, Snapshot(KNOWN_TO, made))
    assert keep(tmp_path, Snapshot(KNOWN_TO, made)) == first
    second = keep(tmp_path, Snapshot(KNOWN_TO, made.assign(offered=made["offered"] * 2)))
    older = keep(tmp_path, Snapshot(KNOWN_TO - timedelta(days=30), made))
    assert [path.name for path in (first, second, older)] == [
        "known_to_2026-04-30.csv",
        "known_to_2026-04-30_2.csv",
        "known_to_2026-03-31.csv",
    ]
    found = list(snapshots(tmp_path, CN.centre.zone))
    assert [one.known_to for one in found] == [KNOWN_TO - timedelta(days=30), KNOWN_TO, KNOWN_TO]
    assert np.allclose(found[2].table["offered"], 2 * made["offered"], rtol=1e-4)
    assert (found[1].table.index == made.index).all()
