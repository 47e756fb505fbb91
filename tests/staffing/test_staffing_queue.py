"""Queues under other models, arrivals that lag, deferred work, and rows of a table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from wfm.domain.errors import SettingsError
from wfm.domain.settings import Queue, Settings, Target
from wfm.erlang import DEFINITIONS, MODEL_NAMES, Model, erlang_a, required_agents
from wfm.staffing import notes, requirement
from wfm.staffing.queue import load_of
from wfm.staffing.rows import staff_rows

if TYPE_CHECKING:
    from wfm.domain.intervals import Grid

TARGET = {"service_level": 0.8, "acceptable_wait_seconds": 20}


def house(queue: dict[str, Any], arrivals: str = "sipp") -> tuple[Settings, Grid]:
    """Return a centre of one queue, open 08:00-20:00 for two days, and its grid."""
    settings = Settings.model_validate(
        {
            "centre": {"name": "Test", "timezone": "Asia/Shanghai"},
            "period": {"first": date(2026, 5, 1), "last": date(2026, 5, 2)},
            "intervals": {"minutes": 30, "open": "08:00-20:00"},
            "queues": {"phone": {"target": TARGET} | queue},
            "staffing": {"arrivals": arrivals},
            "contracts": {"full": {}},
            "shifts": [{"code": "D", "start": "08:00", "end": "17:00"}],
        }
    )
    return settings, settings.grid


def flat(grid: Grid, offered: float, aht: float = 180.0) -> pd.DataFrame:
    """Return a forecast of the same contacts in every open interval."""
    rows = pd.DataFrame({"offered": offered * grid.open, "aht_seconds": aht}, index=grid.starts)
    return pd.concat({"phone": rows}, names=["queue", "interval_start"])


def staffed(queue: dict[str, Any]) -> pd.DataFrame:
    """Return the requirement of the queue at 100 contacts of 180 s per open half-hour."""
    settings, grid = house(queue)
    return pd.DataFrame(requirement(flat(grid, 100), settings, grid).xs("phone"))


@pytest.mark.parametrize(
    ("queue", "agents"),
    [
        ({"model": "erlang_a", "patience_seconds": 120}, 12),
        ({"model": "erlang_b"}, 11),
        ({"model": "erlang_c", "patience_seconds": 120}, 14),
        ({"model": "lines", "lines": 400}, 14),
        ({"model": "chat", "concurrency": [1.0]}, 14),
        ({"model": "uncertain", "load_cv": 0.2}, 15),
    ],
)
def test_the_model_of_a_queue_decides(queue: dict[str, Any], agents: int) -> None:
    """100 contacts of 180 s need as many agents as the model of the queue says, and it predicts what they achieve."""
    row = staffed(queue).iloc[20]
    assert row["required_net"] == agents
    assert row["binding"] == "service_level"
    assert row["service_level"] >= 0.8


def test_predictions_come_from_the_model() -> None:
    """With patience the mean wait and occupancy are those of Erlang A."""
    row, exact = staffed({"model": "erlang_a", "patience_seconds": 120}).iloc[20], erlang_a(12, 10, 180, 120)
    assert row["service_level"] == pytest.approx(float(exact.answered_within))
    assert row["asa_seconds"] == pytest.approx(float(exact.wait_seconds))
    assert row["occupancy"] == pytest.approx(float(exact.occupancy))


def test_abandonment_can_bind_a_queue() -> None:
    """A limit on abandonment is a target like any other."""
    queue = {"model": "erlang_a", "patience_seconds": 120, "target": {"max_abandonment": 0.02}}
    row = staffed(queue).iloc[20]
    assert (row["required_net"], row["binding"]) == (15, "abandonment")
    assert row["abandonment"] == pytest.approx(float(erlang_a(15, 10, 180, 120).abandoned))


@pytest.mark.parametrize("model", ["erlang_a", "erlang_x", "lines", "chat", "uncertain", "deferred"])
def test_a_queue_without_what_its_model_needs_is_refused(model: str) -> None:
    """A model that lacks its number is refused by name when the settings are read."""
    with pytest.raises(ValidationError, match=f"{model} needs"):
        Queue.model_validate({"target": TARGET, "model": model})


def test_settings_and_formulas_know_the_same_names() -> None:
    """Every model and definition that can be typed exists, and the other way round."""
    models = get_args(Queue.model_fields["model"].annotation)
    assert set(models) == {*MODEL_NAMES, "deferred"}
    assert get_args(Target.model_fields["definition"].annotation) == DEFINITIONS


def test_long_contacts_are_followed() -> None:
    """With contacts of 40 minutes the modified load starts at its settled value, and lags what comes later."""
    offered, aht = np.array([10.0, 10, 40, 40, 10, 10]), np.full(6, 2400.0)
    at_once, _ = load_of(offered, aht, 1800, "sipp")
    lagged, _ = load_of(offered, aht, 1800, "lagged")
    followed, _ = load_of(offered, aht, 1800, "modified_load")
    assert at_once[2] > lagged[2]
    assert at_once[2] > followed[2] > at_once[1]
    assert followed[4] > at_once[4]
    assert lagged[4] > at_once[4]


def test_whoever_follows_the_load_is_not_warned() -> None:
    """The warning about long contacts is given to intervals that are staffed each for itself only."""
    for arrivals, warned in (("sipp", 1), ("modified_load", 0)):
        settings, grid = house({}, arrivals)
        assert len(notes(requirement(flat(grid, 100, aht=900.0), settings, grid), settings)) == warned


def test_intervals_without_contacts_still_finish_work() -> None:
    """After the last contacts the modified load fades; the queue still needs agents while it is open."""
    load, aht = load_of(np.array([0.0, 60, 0, 0]), np.array([0.0, 1800, 0, 0]), 1800, "modified_load")
    assert load[0] == 0
    assert load[2] > load[3] > 0
    assert (aht == 1800).all()


def test_deferred_work_that_never_changes_needs_the_same_agents_all_day() -> None:
    """Equal contacts due within a day are worked off by a constant number of agents."""
    table = staffed({"model": "deferred", "due_hours": 24, "target": {"max_occupancy": 1.0}})
    is_open = table["binding"] != "closed"
    assert set(table.loc[is_open, "required_net"]) == {10}
    assert set(table.loc[is_open, "binding"]) == {"due"}
    assert (table.loc[~is_open, "required_net"] == 0).all()
    assert table.loc[is_open, "asa_seconds"].isna().all()


def test_deferred_work_is_staffed_where_it_comes() -> None:
    """A second day of four times the contacts needs more agents than the first, and no hour more than its work."""
    settings, grid = house({"model": "deferred", "due_hours": 4, "target": {"max_occupancy": 1.0}})
    forecast = flat(grid, 100)
    forecast["offered"] = np.where(grid.open, np.where(np.arange(96) < 48, 40.0, 160.0), 0.0)
    forecast.loc[np.array([hour > 15 for hour in grid.starts.hour]), "offered"] = 0.0
    table = requirement(forecast, settings, grid).xs("phone")
    first, second = table["required_net"].iloc[16:40], table["required_net"].iloc[64:88]
    work = (table["offered"] * 180 / 3600).iloc[:48].sum()
    assert first.max() < second.max()
    assert work <= first.sum() / 2 < 1.25 * work
    assert second.max() <= 16
    assert (table["occupancy"].dropna() <= 1).all()


@pytest.mark.parametrize("due_hours", [0.25, 4])
def test_deferred_work_that_falls_due_while_closed_is_told_by_its_queue_and_time(due_hours: float) -> None:
    """Contacts that no open time is left for are named with their queue and interval, and how to mend it."""
    settings, grid = house({"model": "deferred", "due_hours": due_hours})
    forecast = flat(grid, 100)
    forecast["offered"] = np.where((grid.starts.hour == 19) & (grid.starts.minute == 30), 1.0, 0.0)
    with pytest.raises(SettingsError, match=r"queue phone: .* 19:30 .* due_hours"):
        requirement(forecast, settings, grid)


def test_rows_have_their_own_targets() -> None:
    """Each row of a table is answered for itself: own patience, own targets, given agents judged."""
    rows = pd.DataFrame(
        {
            "offered": [100.0, 100, 0, 100, 100],
            "aht_seconds": 180.0,
            "patience_seconds": [np.nan, 120, 120, np.nan, np.nan],
            "service_level": [np.nan, 0.8, np.nan, np.nan, 1.0],
            "agents": [np.nan, np.nan, np.nan, 9, np.nan],
        }
    )
    found = staff_rows(rows, 1800, {"service_level": 0.8})
    assert found["agents"].tolist()[:4] == [14, 12, 0, 9]
    assert found["flag"].tolist() == ["", "", "empty", "unstable", "unreachable"]
    assert found["binding"].tolist()[1:4] == ["service_level", "empty", "service_level"]
    assert found["abandoned"][1] == pytest.approx(0.061597, abs=1e-6)
    assert not found[["service_level_reached", "occupancy", "load"]].isna().to_numpy().any()


def test_rows_know_other_models() -> None:
    """A model that is given holds for every row."""
    rows = pd.DataFrame({"offered": [100.0], "aht_seconds": 180.0})
    assert staff_rows(rows, 1800, {"service_level": 0.8}, Model("erlang_b"))["agents"].tolist() == [11]


def test_rows_without_a_target_are_refused() -> None:
    """Without any target there is no answer."""
    with pytest.raises(SettingsError, match="at least one"):
        staff_rows(pd.DataFrame({"offered": [1.0], "aht_seconds": 180.0}), 1800, {})


def test_the_table_equals_the_single_answers() -> None:
    """A queue's column of agents is what the formula gives interval by interval."""
    settings, grid = house({"model": "erlang_a", "patience_seconds": 60})
    forecast = flat(grid, 1)
    forecast["offered"] *= np.linspace(0, 300, grid.size)
    net = requirement(forecast, settings, grid).xs("phone")["required_net"].to_numpy()
    each = required_agents(forecast["offered"], 180, 1800, service_level=0.8, patience_seconds=60).agents
    assert (net == np.where(grid.open, each, 0)).all()
