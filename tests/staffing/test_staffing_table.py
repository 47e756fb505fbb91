"""The requirement of every queue and interval."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from wfm.domain.errors import SettingsError
from wfm.domain.intervals import Grid
from wfm.domain.settings import Settings
from wfm.staffing import notes, requirement, rollup

COLUMNS = [
    *("offered", "aht_seconds", "load", "required_net", "required_rostered", "required_gross"),
    *("service_level", "asa_seconds", "occupancy", "abandonment", "binding"),
]


def house(**changes: Any) -> Settings:
    """Return the settings of a small centre with two queues."""
    plain: dict[str, Any] = {
        "centre": {"name": "Test", "timezone": "Asia/Shanghai"},
        "period": {"first": date(2026, 5, 1), "last": date(2026, 5, 2)},
        "intervals": {"minutes": 30, "open": "08:00-20:00"},
        "queues": {
            "phone": {"target": {"service_level": 0.8, "acceptable_wait_seconds": 20}},
            "mail": {"target": {"max_occupancy": 0.9, "min_agents": 2}},
        },
        "shrinkage": {"unrostered": {"adherence": 0.05, "short_breaks": 0.04}, "rostered": {"leave": 0.1}},
        "contracts": {"full": {}},
        "shifts": [{"code": "D", "start": "08:00", "end": "17:00"}],
    }
    return Settings.model_validate(plain | changes)


def grid_of(settings: Settings) -> Grid:
    """Return the planning grid of the settings."""
    period, intervals = settings.period, settings.intervals
    return Grid(period.first, period.last, intervals.minutes, settings.centre.zone, intervals.opening)


def flat(settings: Settings, grid: Grid, **offered: float) -> pd.DataFrame:
    """Return a forecast of the same contacts in every open interval, 180 s each."""
    frames = {
        queue: pd.DataFrame({"offered": offered.get(queue, 0.0) * grid.open, "aht_seconds": 180.0}, index=grid.starts)
        for queue in settings.queues
    }
    return pd.concat(frames, names=["queue", "interval_start"])


def test_one_row_per_queue_and_interval() -> None:
    """The table has the columns of requirement.csv over the whole grid, queues in the order of the settings."""
    settings = house()
    grid = grid_of(settings)
    table = requirement(flat(settings, grid, phone=100), settings, grid)
    assert list(table.columns) == COLUMNS
    assert table.index.names == ["queue", "interval_start"]
    assert list(table.index.unique("queue")) == ["phone", "mail"]
    assert (table.xs("mail").index == grid.starts).all()


def test_the_handbook_interval() -> None:
    """100 contacts of 180 s need 14 agents; 9 % unrostered shrinkage makes 15.38, 10 % rostered 17.09."""
    settings = house()
    grid = grid_of(settings)
    row = requirement(flat(settings, grid, phone=100), settings, grid).xs("phone").iloc[20]
    assert row["load"] == pytest.approx(10)
    assert row["required_net"] == 14
    assert row["required_rostered"] == 15.38
    assert row["required_gross"] == 17.09
    assert row["service_level"] == pytest.approx(0.8883500191794669)
    assert row["asa_seconds"] == pytest.approx(7.835937011777243)
    assert row["occupancy"] == pytest.approx(10 / 14)
    assert row["abandonment"] == 0
    assert row["binding"] == "service_level"


def test_closed_intervals_need_nobody() -> None:
    """Where the centre is closed nothing is needed or predicted, whatever was forecast there."""
    settings = house()
    grid = grid_of(settings)
    forecast = flat(settings, grid, phone=100)
    forecast["offered"] = 7.0
    closed = requirement(forecast, settings, grid).xs("mail")[~grid.open]
    assert len(closed) == 2 * 24
    assert not closed[["offered", "load", "required_net", "required_rostered", "required_gross"]].to_numpy().any()
    assert np.isnan(closed[["service_level", "asa_seconds", "occupancy", "abandonment"]].to_numpy()).all()
    assert (closed["binding"] == "closed").all()


def test_open_without_contacts() -> None:
    """An open interval without contacts needs the floor of its queue, and nobody without a floor."""
    settings = house()
    grid = grid_of(settings)
    table = requirement(flat(settings, grid), settings, grid)
    for queue, agents, binding in (("phone", 0, "empty"), ("mail", 2, "min_agents")):
        rows = table.xs(queue)[grid.open]
        assert (rows["required_net"] == agents).all()
        assert (rows["binding"] == binding).all()


def test_shrinkage_can_be_sequential() -> None:
    """Sequential shares apply to what is left: 1 - 0.95 x 0.96 = 8.8 %."""
    settings = house(shrinkage={"unrostered": {"a": 0.05, "b": 0.04}, "combine": "sequential"})
    grid = grid_of(settings)
    table = requirement(flat(settings, grid, phone=100), settings, grid)
    assert table.loc[("phone", grid.starts[20]), "required_rostered"] == 15.35


def test_every_interval_meets_its_targets() -> None:
    """Predicted service levels and occupancies keep the targets over a wide range of contacts."""
    settings = house()
    grid = grid_of(settings)
    forecast = flat(settings, grid, phone=1, mail=1)
    forecast["offered"] *= np.tile(np.linspace(0.01, 400, grid.size), 2)
    table = requirement(forecast, settings, grid)
    phone, mail = table.xs("phone")[grid.open], table.xs("mail")[grid.open]
    assert (phone["service_level"] >= 0.8).all()
    assert (mail["occupancy"] <= 0.9).all()
    assert (mail["required_net"] >= 2).all()


def test_a_day_of_a_clock_change() -> None:
    """A day of 25 hours has 50 half-hours, all of them staffed."""
    settings = house(
        centre={"name": "Test", "timezone": "Europe/Berlin"},
        period={"first": date(2026, 10, 25), "last": date(2026, 10, 25)},
        intervals={"minutes": 30, "open": "00:00-24:00"},
    )
    grid = grid_of(settings)
    table = requirement(flat(settings, grid, phone=10), settings, grid)
    assert (table.xs("phone")["required_net"] > 0).sum() == 50


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("offered", np.nan, "no row"),
        ("offered", -1.0, "not negative"),
        ("offered", np.inf, "finite"),
        ("aht_seconds", np.nan, "handle time"),
        ("aht_seconds", 0.0, "handle time"),
    ],
)
def test_a_forecast_that_cannot_be_staffed_is_refused(column: str, value: float, said: str) -> None:
    """Missing, negative and endless contacts, or contacts without a handle time, are refused with queue and time."""
    settings = house()
    grid = grid_of(settings)
    forecast = flat(settings, grid, phone=10)
    forecast.loc[("phone", grid.starts[20]), column] = value
    with pytest.raises(SettingsError, match=said) as refused:
        requirement(forecast, settings, grid)
    for text in (refused.value.message.en, refused.value.message.zh):
        assert "phone" in text
        assert "2026-05-01 10:00" in text


def test_long_contacts_are_noted() -> None:
    """A queue whose contacts take more than a quarter of the interval gets a warning; others get none."""
    settings = house()
    grid = grid_of(settings)
    forecast = flat(settings, grid, phone=10, mail=10)
    assert notes(requirement(forecast, settings, grid), settings) == ()
    forecast.loc[("mail", grid.starts[20]), "aht_seconds"] = 451.0
    (note,) = notes(requirement(forecast, settings, grid), settings)
    assert "mail" in note.en
    assert "451" in note.zh


def test_totals_are_weighted_by_contacts() -> None:
    """Day and queue totals sum contacts and hours; service level and wait are weighted by contacts."""
    settings = house()
    grid = grid_of(settings)
    forecast = flat(settings, grid, phone=1)
    forecast["offered"] *= np.tile(np.linspace(0, 60, grid.size), 2)
    table = requirement(forecast, settings, grid)
    phone, total = table.xs("phone"), rollup(table, 30).loc["phone"]
    busy = phone[phone["offered"] > 0]
    assert total["offered"] == pytest.approx(phone["offered"].sum())
    assert total["net_hours"] == phone["required_net"].sum() / 2
    assert total["rostered_hours"] == pytest.approx(phone["required_rostered"].sum() / 2)
    assert total["service_level"] == pytest.approx(np.average(busy["service_level"], weights=busy["offered"]))
    assert total["asa_seconds"] == pytest.approx(np.average(busy["asa_seconds"], weights=busy["offered"]))
    assert total["occupancy"] == pytest.approx(phone["load"].sum() / phone["required_net"].sum())
    assert np.isnan(rollup(table, 30)["service_level"]["mail"])


def test_totals_per_day_add_up() -> None:
    """Totals per queue and date add up to those per queue and those per date."""
    settings = house()
    grid = grid_of(settings)
    table = requirement(flat(settings, grid, phone=30, mail=5), settings, grid)
    days = rollup(table, 30, "day")
    assert list(days.index.names) == ["queue", "date"]
    assert len(days) == 4
    for by in ("queue", "date"):
        assert days["gross_hours"].groupby(level=by).sum().to_dict() == pytest.approx(
            rollup(table, 30, by)["gross_hours"].to_dict()
        )


def test_weeks_begin_on_monday() -> None:
    """A week is named by its Monday and holds its days' totals: Friday and Saturday make one week here."""
    settings = house()
    grid = grid_of(settings)
    table = requirement(flat(settings, grid, phone=30), settings, grid)
    weeks = rollup(table, 30, "week")
    assert list(weeks.index) == [("phone", date(2026, 4, 27)), ("mail", date(2026, 4, 27))]
    assert weeks["offered"].tolist() == rollup(table, 30)["offered"].tolist()
