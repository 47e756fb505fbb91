"""What earlier events did: learnt campaigns and lasting changes."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from forecast_house import calendar, contacts, inputs, settings

from wfm.domain.errors import SettingsError
from wfm.forecast import forecast, look_ahead

CN = settings()
FIRST, LAST = date(2026, 1, 5), date(2026, 4, 26)
DAYS = calendar(CN, FIRST, LAST + timedelta(days=40))
ZONE = CN.centre.zone


def event(
    kind: str, first: str, last: str, factor: float = np.nan
) -> tuple[str, pd.Timestamp, pd.Timestamp, str, float]:
    """Return one event of every queue."""
    return "*", pd.Timestamp(first, tz=ZONE), pd.Timestamp(last, tz=ZONE), kind, factor


def table(*rows: tuple[str, pd.Timestamp, pd.Timestamp, str, float]) -> pd.DataFrame:
    """Return events as the files give them."""
    frame = pd.DataFrame(rows, columns=["queue", "start", "end", "kind", "factor"])
    return frame.astype({"queue": object, "kind": object, "factor": float})


def scaled(*spans: tuple[str, str, float]) -> pd.Series[float]:
    """Return contacts multiplied within some spans."""
    offered = contacts(CN, FIRST, LAST, 4800)
    for first, last, factor in spans:
        starts = pd.DatetimeIndex(offered.index)
        offered[(starts >= pd.Timestamp(first, tz=ZONE)) & (starts < pd.Timestamp(last, tz=ZONE))] *= factor
    return offered


def test_a_campaign_without_a_factor_is_learnt_and_shrunk() -> None:
    """Three campaigns of factor 1.5 teach 1.5 to the power of 3/4 for the next; the note says so."""
    past = [("2026-02-04", "2026-02-06"), ("2026-03-11", "2026-03-13"), ("2026-04-15", "2026-04-17")]
    ahead = event("campaign", "2026-05-12", "2026-05-14")
    events = table(*(event("campaign", first, last) for first, last in past), ahead)
    offered = scaled(*((first, last, 1.5) for first, last in past))
    found = look_ahead(inputs(CN, offered, events=events), DAYS, CN.grid)
    plain = forecast(inputs(CN, offered, events=events.iloc[:3]), DAYS, CN.grid)["offered"]
    ratio = found.table["offered"] / plain
    inside = (CN.grid.starts >= ahead[1]) & (CN.grid.starts < ahead[2])
    assert ratio.to_numpy()[inside] == pytest.approx(1.5**0.75, rel=0.04)
    assert ratio.to_numpy()[~inside] == pytest.approx(1.0)
    assert any("learnt from 3 earlier ones" in note.en for note in found.notes)


def test_a_first_campaign_without_a_factor_changes_nothing() -> None:
    """With no earlier one to learn from the factor is 1, and the note tells that none was seen."""
    events = table(event("campaign", "2026-05-12", "2026-05-14"))
    found = look_ahead(inputs(CN, scaled(), events=events), DAYS, CN.grid)
    pd.testing.assert_frame_equal(found.table, look_ahead(inputs(CN, scaled()), DAYS, CN.grid).table)
    assert any("1.00 times" in note.en and "from 0 earlier" in note.en for note in found.notes)


def test_a_declared_change_is_believed_at_once() -> None:
    """Eight days after a declared rise by half the forecast is within 10 % of the new level; undeclared it is lower."""
    offered = scaled(("2026-04-19", "2026-04-27", 1.5))
    events = table(event("change", "2026-04-19", "2026-04-20"))
    truth = forecast(inputs(CN, scaled()), DAYS, CN.grid)["offered"].sum() * 1.5
    declared = forecast(inputs(CN, offered, events=events), DAYS, CN.grid)["offered"].sum()
    unaware = forecast(inputs(CN, offered), DAYS, CN.grid)["offered"].sum()
    assert declared == pytest.approx(truth, rel=0.10)
    assert unaware < declared


def test_a_change_ahead_lasts() -> None:
    """A price change on 11 May with factor 1.2 lifts everything from then to the end of the month."""
    events = table(event("change", "2026-05-11", "2026-05-12", 1.2))
    ratio = forecast(inputs(CN, scaled(), events=events), DAYS, CN.grid) / forecast(inputs(CN, scaled()), DAYS, CN.grid)
    days = np.asarray(CN.grid.starts.day)
    assert ratio["offered"].to_numpy()[days < 11] == pytest.approx(1.0)
    assert ratio["offered"].to_numpy()[days >= 11] == pytest.approx(1.2)


def test_an_unknown_kind_stops_the_forecast() -> None:
    """A kind that means nothing is an error, not ignored."""
    with pytest.raises(SettingsError, match="party"):
        forecast(inputs(CN, scaled(), events=table(event("party", "2026-05-12", "2026-05-14"))), DAYS, CN.grid)
