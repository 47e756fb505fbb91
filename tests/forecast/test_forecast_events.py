"""Events: applied ahead, taken out of the past."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from forecast_house import grid_of, settings

from wfm.domain.errors import SettingsError
from wfm.forecast.events import ahead_factor, without_events

CN = settings()
GRID = grid_of(CN, date(2026, 5, 5), date(2026, 5, 5))


def events(
    kind: str, factor: float, *, queue: object = "sales", start: str = "10:00", end: str = "12:00"
) -> pd.DataFrame:
    """Return one event on 5 May 2026."""
    at = [pd.Timestamp(f"2026-05-05 {clock}", tz=CN.centre.zone) for clock in (start, end)]
    return pd.DataFrame({"queue": [queue], "start": at[:1], "end": at[1:], "kind": [kind], "factor": [factor]})


def factor(table: pd.DataFrame) -> list[float]:
    """Return the factors of 09:30 to 12:30."""
    return [float(f) for f in ahead_factor(table, "sales", GRID.starts, 30)[19:25]]


def test_a_campaign_multiplies() -> None:
    """A campaign of factor 1.5 gives half as much again, in its own hours only."""
    assert factor(events("campaign", 1.5)) == [1, 1.5, 1.5, 1.5, 1.5, 1]


def test_a_closure_is_zero_and_a_planned_outage_changes_nothing() -> None:
    """Nobody is served in a closure; an outage ahead is no reason for fewer contacts."""
    assert factor(events("closure", np.nan)) == [1, 0, 0, 0, 0, 1]
    assert factor(events("outage", np.nan)) == [1] * 6


def test_a_part_of_an_interval_gets_that_part() -> None:
    """A campaign from 10:15 fills half of the interval of 10:00."""
    assert factor(events("campaign", 2.0, start="10:15")) == [1, 1.5, 2, 2, 2, 1]


def test_events_reach_their_queue_or_all() -> None:
    """Another queue's event does nothing; `*` or no queue means every queue."""
    assert factor(events("campaign", 2.0, queue="other")) == [1] * 6
    assert factor(events("campaign", 2.0, queue="*"))[1] == 2
    assert factor(events("campaign", 2.0, queue=None))[1] == 2


def test_the_past_is_as_if_nothing_had_happened() -> None:
    """A campaign is divided out; closures, outages and a campaign of factor 0 leave a gap."""
    offered = pd.Series(30.0, index=GRID.starts)
    assert without_events(offered, events("campaign", 1.5), "sales", 30).iloc[19:25].tolist() == [
        30,
        20,
        20,
        20,
        20,
        30,
    ]
    for gone in (events("closure", 0.0), events("outage", np.nan), events("campaign", 0.0)):
        assert without_events(offered, gone, "sales", 30).isna().sum() == 4


def test_no_events_change_nothing() -> None:
    """An empty table without columns is no event."""
    assert (ahead_factor(pd.DataFrame(), "sales", GRID.starts, 30) == 1).all()


def test_an_unknown_kind_is_refused() -> None:
    """A kind that means nothing is an error that lists the kinds."""
    with pytest.raises(SettingsError, match="closure, campaign, outage"):
        factor(events("party", 2.0))
