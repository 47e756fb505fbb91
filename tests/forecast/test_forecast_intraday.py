"""The rest of a day from its morning."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from forecast_house import calendar, contacts, inputs, settings

from wfm.domain.errors import SettingsError
from wfm.forecast import reforecast
from wfm.forecast.intraday import DayFactor, day_factor, factor_from_trials

if TYPE_CHECKING:
    from wfm.forecast.history import FloatArray

RNG = np.random.default_rng(3)
CN = settings()
FIRST, TODAY = date(2026, 1, 5), date(2026, 4, 22)
DAYS = calendar(CN, FIRST, TODAY)
ELEVEN = datetime(2026, 4, 22, 11, 0, tzinfo=CN.centre.zone)


def made(spread: float, kept: float, days: int = 4000) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return contacts of mornings and afternoons whose surprise the afternoon keeps in part."""
    surprise = RNG.normal(0, spread, days)
    f, g = np.full(days, 400.0), np.full(days, 900.0)
    return RNG.poisson(f * (1 + surprise)).astype(float), f, g * (1 + kept * surprise), g


@pytest.mark.parametrize("kept", [0.3, 0.9])
def test_what_lasts_is_learnt(kept: float) -> None:
    """The carry-over and the variance are those the days were made with."""
    found = day_factor(*made(0.2, kept))
    assert found.carry == pytest.approx(kept, abs=0.05)
    assert found.variance == pytest.approx(0.04, rel=0.1)


def test_quiet_mornings_are_hardly_believed() -> None:
    """Where days never differ a surplus of a tenth is chance; where they do it is most of the truth."""
    assert day_factor(*made(0.0, 0.0)).rest(440, 400) == pytest.approx(1.0, abs=0.01)
    assert day_factor(*made(0.2, 1.0)).rest(440, 400) == pytest.approx(1.094, abs=0.01)


def test_the_update_is_never_the_plain_ratio() -> None:
    """Two contacts where one was expected do not double the day."""
    assert DayFactor(0.02, 0.8, 40).rest(2, 1) < 1.05


def test_without_past_days_half_is_carried() -> None:
    """With fewer than 20 days the carry-over is one half."""
    assert factor_from_trials((), np.arange(48) < 22).carry == 0.5
    assert day_factor(*made(0.2, 1.0, days=10)).carry == 0.5


def busy_day(lift: float) -> pd.Series[float]:
    """Return contacts up to 11:00 of a day that runs above its forecast; earlier days differ as much."""
    offered = contacts(CN, FIRST, TODAY, 4800)
    starts = pd.DatetimeIndex(offered.index)
    days = np.array([(d - FIRST).days for d in starts.date])
    offered *= np.clip(RNG.normal(1, 0.12, days.max() + 1), 0.6, 1.4)[days]
    offered[days == days.max()] = contacts(CN, TODAY, TODAY, 4800).to_numpy() * lift
    morning: pd.Series[float] = offered.round()[starts < pd.Timestamp(ELEVEN)]
    return morning


def test_a_busy_morning_lifts_the_afternoon() -> None:
    """A morning a third above its forecast lifts the rest of the day by a part of that; the morning stays."""
    usual, _ = reforecast(inputs(CN, busy_day(1.0)), DAYS, ELEVEN)
    found, notes = reforecast(inputs(CN, busy_day(1.33)), DAYS, ELEVEN)
    ratio = (found["offered"] / found["planned"]).to_numpy()
    assert (ratio[:22] == 1).all()
    assert np.ptp(ratio[22:]) < 1e-9
    assert 1.1 < ratio[30] < 1.4
    assert 0.85 < (usual["offered"] / usual["planned"]).iloc[30] < 1.15
    assert found["actual"].notna().sum() == 22
    assert "learnt from" in notes[0].en


def test_long_calls_lift_the_handle_time() -> None:
    """A morning of calls a quarter longer than planned lengthens the rest by half of that."""
    rows = inputs(CN, busy_day(1.0), aht_seconds=200.0)
    morning = rows.history.index.get_level_values("interval_start") >= pd.Timestamp(TODAY, tz=CN.centre.zone)
    rows.history.loc[morning, "aht_seconds"] = 250.0
    found, _ = reforecast(rows, DAYS, ELEVEN)
    assert found["planned_aht_seconds"].iloc[30] == pytest.approx(200)
    assert found["aht_seconds"].iloc[30] == pytest.approx(225, abs=3)


def test_a_day_without_contacts_on_record_is_refused() -> None:
    """Without the morning's rows there is nothing to go by."""
    with pytest.raises(SettingsError, match="2026-04-23"):
        reforecast(inputs(CN, busy_day(1.0)), DAYS, ELEVEN + timedelta(days=1))
