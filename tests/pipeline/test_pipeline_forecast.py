"""Forecasts in a folder: what is written, stored, updated during the day and judged afterwards."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from wfm.domain.errors import SettingsError
from wfm.files import read_folder
from wfm.pipeline import stages
from wfm.pipeline.accuracy import accuracy_folder
from wfm.pipeline.backtest import backtest_folder
from wfm.pipeline.confidence import chance_of_target
from wfm.pipeline.forecast import forecast_folder
from wfm.pipeline.reforecast import reforecast_folder

if TYPE_CHECKING:
    from pathlib import Path

NOON = datetime.fromisoformat("2026-05-05T12:00")


def add_week(folder: Path, factor: float = 1.0) -> None:
    """Add the contacts of Monday, and of Tuesday up to noon, to the history."""
    hours = [(4, hour) for hour in range(9, 17)] + [(5, hour) for hour in range(9, 12)]
    rows = [f"2026-05-{d:02d} {h:02d}:00,sales,{round((10 + h % 3 + d - 4) * factor)},210\n" for d, h in hours]
    with (folder / "history.csv").open("a", encoding="utf-8") as file:
        file.writelines(rows)


def test_a_forecast_writes_bounds_totals_and_pictures(folder: Path) -> None:
    """Bounds enclose the expectation, totals are those of the intervals, pictures need no network."""
    forecast_folder(folder)
    table = pd.read_csv(folder / "out" / "forecast.csv", encoding="utf-8-sig")
    assert (table["low"] <= table["offered"]).all()
    assert (table["offered"] <= table["high"]).all()
    totals = pd.read_csv(folder / "out" / "forecast_totals.csv", encoding="utf-8-sig")
    for unit in ("day", "week"):
        assert totals.loc[totals["unit"] == unit, "offered"].sum() == pytest.approx(table["offered"].sum())
    page = (folder / "out" / "forecast.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 4
    assert "http" not in page


def test_every_fallback_has_its_reason(folder: Path) -> None:
    """Four weeks of history say that neither the year nor the errors can be learnt."""
    known = forecast_folder(folder)
    assert known.ahead is not None
    notes = " ".join(note.en for note in known.ahead.notes)
    assert "28 days of history: the year's own shape is not learnt" in notes
    assert "too few to measure forecast errors" in notes


def test_staffing_to_a_quantile_needs_more(folder: Path) -> None:
    """At the quantile 0.9 more agents are required than for the expectation, at 0.5 about as many."""
    text = (folder / "plan.toml").read_text(encoding="utf-8")
    known = [stages.demand(stages.read(folder))]
    for tau in (0.5, 0.9):
        (folder / "plan.toml").write_text(f"{text}\n[forecast]\nquantile = {tau}\n", encoding="utf-8")
        known.append(stages.demand(stages.read(folder)))
    plain, middle, high = (float(one.requirement["required_net"].sum()) for one in known)
    assert middle == pytest.approx(plain, rel=0.05)
    assert high > plain
    assert (known[2].forecast["offered"] == known[0].forecast["offered"]).all()


def test_the_chance_grows_with_cover(folder: Path) -> None:
    """Nobody on the queue meets no target, a hundred agents meet every one, the requirement about every second."""
    known = stages.demand(stages.read(folder))
    need = known.requirement["required_rostered"]
    chance = {
        agents: chance_of_target(known, pd.DataFrame({"cover": need if agents is None else need * 0 + agents}))
        for agents in (0, None, 100)
    }
    assert (chance[0]["chance"] == 0).all()
    assert (chance[100]["chance"] == 1).all()
    assert 0.4 < chance[None]["chance"].mean() < 1
    assert len(chance[None]) == 7 * 8


def test_the_chance_is_written_with_the_roster(planned: Path) -> None:
    """`plan` writes the chance of every open interval beside its cover."""
    table = pd.read_csv(planned / "out" / "confidence.csv", encoding="utf-8-sig")
    assert list(table.columns) == ["queue", "interval_start", "required", "cover", "chance"]
    assert table["chance"].between(0, 1).all()
    assert len(table) == 7 * 8


def test_a_busy_morning_asks_for_more_agents(folder: Path) -> None:
    """Twice the usual contacts until noon lift the afternoon and the agents it needs; the update is written."""
    add_week(folder, 2.0)
    found = reforecast_folder(folder, NOON).table
    rest = found[~found["over"] & (found["planned"] > 0)]
    assert len(rest) == 5
    assert (rest["offered"] > 1.05 * rest["planned"]).all()
    assert (rest["required"] >= rest["planned_required"]).all()
    assert found["actual"].notna().sum() == 3
    assert (folder / "reforecast.csv").is_file()
    assert not [note for note in read_folder(folder).notes if "reforecast.csv" in note.en]
    with pytest.raises(SettingsError, match="2026-05-06"):
        reforecast_folder(folder, datetime.fromisoformat("2026-05-06T12:00"))


def test_what_was_forecast_is_judged_when_it_has_come(folder: Path) -> None:
    """A stored forecast is judged on the eleven hours that came since; without any the table is empty."""
    forecast_folder(folder)
    forecast_folder(folder)
    assert [path.name for path in (folder / "forecasts").iterdir()] == ["known_to_2026-05-03.csv"]
    assert accuracy_folder(folder).empty
    add_week(folder)
    (row,) = accuracy_folder(folder).to_dict("records")
    assert (row["queue"], row["horizon"], row["day_class"], row["n"]) == ("sales", "1w", "ordinary", 11)
    assert row["wape"] < 0.15
    assert "<svg" in (folder / "accuracy.html").read_text(encoding="utf-8")


def test_a_backtest_of_chosen_models(folder: Path) -> None:
    """Only the models that are asked for are judged; one that is unknown is refused."""
    found = backtest_folder(folder, models=["analyst_mean"])
    assert set(found["model"]) == {"analyst_mean"}
    assert np.isfinite(found.loc[found["horizon"] == "1w", "wape"]).all()
    with pytest.raises(SettingsError, match="oracle"):
        backtest_folder(folder, models=["oracle"])
