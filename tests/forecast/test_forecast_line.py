"""The room's public functions: forecast, backtest and the check of the settings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from forecast_house import calendar, contacts, inputs, settings

from wfm.domain.errors import NotEnoughHistory, SettingsError
from wfm.domain.text import LOCALES
from wfm.forecast import FORECASTERS, backtest, check_settings, forecast
from wfm.forecast.backtest import origin_days

if TYPE_CHECKING:
    from wfm.domain.plan import Inputs

ROOT = Path(__file__).parents[2]
CN = settings()
FIRST, LAST = date(2025, 12, 1), date(2026, 4, 26)
DAYS = calendar(CN, FIRST, LAST + timedelta(days=30))


def by_horizon(errors: pd.DataFrame, model: str) -> dict[str, dict[str, float]]:
    """Return one model's errors by horizon and measure."""
    rows = errors[errors["model"] == model]
    return {str(row["horizon"]): {str(k): v for k, v in row.items()} for row in rows.to_dict("records")}


def test_a_forecast_has_every_queue_and_interval() -> None:
    """The table covers the grid, closed intervals are 0, and the handle time falls back to the settings."""
    known = settings(intervals={"minutes": 15, "open": "08:00-20:00"})
    found = forecast(inputs(known, contacts(known, FIRST, LAST)), DAYS, known.grid)
    assert list(found.columns) == ["offered", "aht_seconds"]
    assert found.index.names == ["queue", "interval_start"]
    starts = found.xs("sales").index
    assert (starts == known.grid.starts).all()
    assert (found["offered"].to_numpy()[~known.grid.open] == 0).all()
    assert (found["aht_seconds"] == 200).all()


def test_the_handle_time_comes_from_the_history() -> None:
    """A history with handle times wins over the settings."""
    found = forecast(inputs(CN, contacts(CN, FIRST, LAST), aht_seconds=240.0), DAYS, CN.grid)
    assert np.allclose(found["aht_seconds"], 240)


def test_contacts_without_any_handle_time_are_refused() -> None:
    """Neither history nor settings know it: the message names the queue."""
    known = settings(queues={"sales": {"target": {"service_level": 0.8}}})
    offered = contacts(known, FIRST, LAST)
    with pytest.raises(NotEnoughHistory, match="sales"):
        forecast(inputs(known, offered), DAYS, known.grid)
    assert (forecast(inputs(known, offered * 0), DAYS, known.grid) == 0).all(axis=None)


def test_nothing_of_the_period_is_learnt_from() -> None:
    """History inside the period changes nothing."""
    offered = contacts(CN, FIRST, date(2026, 5, 31))
    spoilt = offered.where(pd.DatetimeIndex(offered.index) < CN.grid.starts[0], 1000.0)
    pd.testing.assert_frame_equal(
        forecast(inputs(CN, offered), DAYS, CN.grid), forecast(inputs(CN, spoilt), DAYS, CN.grid)
    )


def test_short_or_missing_history_is_refused() -> None:
    """Thirteen days are too few, and so is a queue without rows."""
    short = inputs(CN, contacts(CN, date(2026, 4, 18), date(2026, 4, 30)))
    with pytest.raises(NotEnoughHistory, match="13 days"):
        forecast(short, DAYS, CN.grid)
    other = settings(queues={"service": {"target": {"service_level": 0.8}}})
    with pytest.raises(NotEnoughHistory, match="service"):
        forecast(inputs(other, contacts(CN, FIRST, LAST)), DAYS, CN.grid)


def test_events_ahead_and_behind() -> None:
    """A closure ahead is 0; a past campaign that is declared leaves the forecast as it was."""
    offered = contacts(CN, FIRST, LAST, 4800)
    zone = CN.centre.zone
    closed = [pd.Timestamp("2026-05-12 00:00", tz=zone), pd.Timestamp("2026-05-13 00:00", tz=zone)]
    past = [pd.Timestamp("2026-04-13 00:00", tz=zone), pd.Timestamp("2026-04-20 00:00", tz=zone)]
    rows = [("sales", *closed, "closure", 0.0), ("*", *past, "campaign", 2.0)]
    events = pd.DataFrame(rows, columns=["queue", "start", "end", "kind", "factor"])
    starts = pd.DatetimeIndex(offered.index)
    doubled = offered.where((starts < past[0]) | (starts >= past[1]), offered * 2)
    plain = forecast(inputs(CN, offered), DAYS, CN.grid)["offered"].to_numpy()
    found = forecast(inputs(CN, doubled, events=events), DAYS, CN.grid)["offered"].to_numpy()
    in_closure = (CN.grid.starts >= closed[0]) & (CN.grid.starts < closed[1])
    assert (found[in_closure] == 0).all()
    assert np.allclose(found[~in_closure], plain[~in_closure])


def test_settings_of_the_forecast_are_checked() -> None:
    """An unknown model, an unknown option and a bad value are each named; good settings have no problem."""
    assert check_settings(CN) == []
    for table, word in [
        ({"model": "oracle"}, "day_profile, mstl, seasonal_naive"),
        ({"options": {"speed": 3}}, "profile_half_life_days"),
        ({"options": {"profile_half_life_days": -1}}, "profile_half_life_days = -1"),
    ]:
        known = settings(forecast=table)
        (problem,) = check_settings(known)
        assert problem.column == "forecast.model"
        assert word in problem.message.en
        with pytest.raises(SettingsError):
            forecast(inputs(known, contacts(known, FIRST, LAST)), DAYS, known.grid)


def test_every_forecaster_speaks_both_languages() -> None:
    """The registry has every model, each with its phrase."""
    plain = ["analyst_mean", "day_profile", "seasonal_naive"]
    assert list(FORECASTERS) == ["analyst_mean", "auto_ets", "boosted_trees", "day_profile", "mstl", "seasonal_naive"]
    assert [kind for kind, cls in FORECASTERS.items() if cls.library is None] == plain
    assert all(cls.phrase.in_(locale) for cls in FORECASTERS.values() for locale in LOCALES)


def test_a_backtest_has_every_model_and_horizon() -> None:
    """Rows are queue, model and horizon; the naive compared with itself is 1 and the day profile beats it."""
    found = backtest(inputs(CN, contacts(CN, FIRST, LAST, 2000)), DAYS)
    errors = ["wape", "bias", "daily_wape", "n", "relmae", "relmae_analyst", "coverage", "pinball"]
    assert list(found.columns) == ["queue", "model", "horizon", *errors, "floor"]
    assert found["horizon"].tolist() == ["1d", "1w", "4w", "special"] * 2
    naive, day_profile = (by_horizon(found, model) for model in ("seasonal_naive", "day_profile"))
    for horizon in ("1d", "1w", "4w"):
        assert naive[horizon]["relmae"] == 1
        assert day_profile[horizon]["relmae"] < 0.85
        assert 0.7 < day_profile[horizon]["wape"] / day_profile[horizon]["floor"] < 1.3
    assert day_profile["1w"]["n"] + day_profile["4w"]["n"] > 40


def test_a_backtest_never_sees_the_future() -> None:
    """Contacts after the last origin's first week do not change what was forecast for it."""
    offered = contacts(CN, FIRST, LAST, 2000)
    late = pd.DatetimeIndex(offered.index) >= pd.Timestamp("2026-03-01", tz=CN.centre.zone)
    first = backtest(inputs(CN, offered), DAYS, models=["day_profile"], origins=1, horizon_days=7)
    second = backtest(inputs(CN, offered.where(~late, 7.0)), DAYS, models=["day_profile"], origins=1, horizon_days=7)
    assert first["wape"][1] == second["wape"][1]


def test_many_queues_are_tried_from_fewer_origins(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where six forecasts are to be made two queues are tried from three origins; who asks for a number gets it."""
    monkeypatch.setattr("wfm.forecast.BACKTEST_FORECASTS", 6)
    one = inputs(CN, contacts(CN, date(2026, 1, 26), LAST))
    target = {"target": {"service_level": 0.8}, "aht_seconds": 200}
    queues = {f"q{n}": target for n in range(2)}
    rows = one.history.droplevel("queue")
    many = replace(
        one,
        settings=settings(queues=queues),
        history=pd.concat(dict.fromkeys(queues, rows), names=["queue", "interval_start"]),
    )

    def days(given: Inputs, **more: int) -> int:
        found = backtest(given, DAYS, models=["seasonal_naive"], **more)
        return int(found.loc[found["horizon"] == "1d", "n"].iloc[0])

    assert (days(many), days(one), days(one, origins=2)) == (3, 6, 2)


@pytest.mark.parametrize(("days", "rows"), [(28, {"1d", "1w"}), (60, {"1d", "1w", "4w"})])
def test_short_histories_have_fewer_horizons(days: int, rows: set[str]) -> None:
    """From four weeks on there is a backtest; the horizon `4w` needs six."""
    found = backtest(inputs(CN, contacts(CN, date(2026, 3, 2), date(2026, 3, 1) + timedelta(days=days))), DAYS)
    assert set(found.loc[found["wape"].notna() & (found["horizon"] != "special"), "horizon"]) == rows


def test_a_backtest_needs_four_weeks() -> None:
    """27 days are too few."""
    with pytest.raises(NotEnoughHistory, match="27 days"):
        backtest(inputs(CN, contacts(CN, date(2026, 4, 4), date(2026, 4, 30))), DAYS)
    with pytest.raises(SettingsError, match="oracle"):
        backtest(inputs(CN, contacts(CN, FIRST, LAST)), DAYS, models=["oracle"])


def test_origins_are_spread_and_leave_room() -> None:
    """Origins know at least two weeks, are distinct, and end a horizon before the end where there is room."""
    for days in (28, 40, 60, 100, 1000):
        found = origin_days(days, 6, 28)
        assert found[0] >= 14
        assert len(set(found)) == len(found) <= 6
        assert found[-1] <= max(14, days - 28)


def test_the_benchmark_takes_any_series(tmp_path: Path) -> None:
    """A CSV of contacts gives errors, seconds and versions that JSON can hold; closed weekdays are seen."""
    known = settings(intervals={"minutes": 30, "open": {d: "08:00-20:00" for d in ("mon", "tue", "wed", "thu", "fri")}})
    offered = contacts(known, FIRST, LAST, 2000)
    file = tmp_path / "series.csv"
    starts = pd.DatetimeIndex(offered.index).tz_localize(None)
    pd.DataFrame({"interval_start": starts, "offered": offered.to_numpy()}).to_csv(file, index=False)
    command = [sys.executable, "-m", "benchmarks", "forecast", "--series", str(file)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert found["errors"]["day_profile"]["1w"]["relmae"] < 1
    assert found["errors"]["day_profile"]["1w"]["n"] <= 12 * 5
    assert {"analyst_mean", "day_profile", "seasonal_naive"} <= set(found["seconds"])
    assert set(found["missing"]) | set(found["seconds"]) == set(FORECASTERS)
    assert found["errors"]["analyst_mean"]["4w"]["relmae_analyst"] == 1
    assert 0.8 < found["errors"]["day_profile"]["1w"]["coverage"] <= 1


def test_a_real_queue_is_forecast_well() -> None:
    """On a real medical queue the day profile's error is below 0.9 of the weekly naive's at every horizon."""
    source = Path(os.environ.get("WFM_SHARED_DATA", ROOT / "../shared/data")) / "axa_halfhour" / "medical.csv"
    if not source.is_file():
        pytest.skip("shared data not present")
    table = pd.read_csv(source, sep=";", parse_dates=["DATE"]).set_index("DATE")["CSPL_RECEIVED_CALLS"]
    known = settings(zone="UTC", country="FR")
    offered = table.astype(float).tz_localize("UTC")
    days = calendar(known, date(2011, 1, 1), date(2013, 12, 31))
    rows = by_horizon(backtest(inputs(known, offered), days, models=["day_profile"]), "day_profile")
    assert all(rows[horizon]["relmae"] < 0.9 for horizon in ("1d", "1w", "4w"))
