"""`wfm simulate`: the roster in `out/` played, its file, its tables, and staffing adjusted by simulation."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from wfm.cli import app
from wfm.domain.errors import ManifestError, SettingsError
from wfm.domain.settings import Target
from wfm.files import verify_manifest
from wfm.pipeline import stages
from wfm.pipeline.load import published
from wfm.pipeline.simulate import simulate_folder
from wfm.pipeline.simulate_tables import FIGURES, missed
from wfm.pipeline.simulated import closing_seconds, required_team, stream_of, teams_of
from wfm.simulation import exponential

if TYPE_CHECKING:
    from pathlib import Path


def test_the_roster_is_scored(done: Path) -> None:
    """Every interval of every queue has a row; the manifest knows the file; a second run gives the same bytes."""
    told: list[float] = []
    scored = simulate_folder(done, replications=30, progress=told.append)
    first = (done / "out" / "simulation.csv").read_bytes()
    simulate_folder(done, replications=30)
    assert (done / "out" / "simulation.csv").read_bytes() == first
    assert "simulation.csv" in verify_manifest(done / "out")["outputs"]
    rows = list(csv.DictReader(first.decode("utf-8-sig").splitlines()))
    assert len(rows) == len(scored.intervals) == 7 * 24
    assert list(rows[0])[:5] == ["queue", "interval_start", "offered", "agents", "service_level"]
    assert not any(value == "" for row in rows for name, value in row.items() if name != "missed")
    assert len(scored.days) == 7
    assert len(scored.queues) == 1
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1)


def test_who_misses_is_named(done: Path) -> None:
    """An interval with contacts and without agents misses its service level."""
    table = simulate_folder(done, replications=30).intervals
    alone = table[(table["offered"] > 1) & (table["agents"] == 0)]
    assert set(alone["missed"]) <= {"service_level"}
    good = table[table["service_level"] >= 0.8]
    assert "service_level" not in set(good["missed"])


def test_agents_are_those_of_the_roster(done: Path) -> None:
    """Seconds on the queue are those that cover counts, and shared skills add queues behind the rostered one."""
    base = published(done)
    (team,) = teams_of(base.roster, base.plan, ("sales",), shared=False)
    spans = sum(end - begin for agent in team.spans for begin, end in agent)
    worked = [a.shift for a in base.roster if a.shift is not None]
    assert spans == sum((end - begin).total_seconds() for shift in worked for begin, end in shift.on_queue())
    (shared,) = teams_of(base.roster, base.plan, ("sales",), shared=True)
    assert shared.skills == ("sales",)


def test_calls_end_with_the_opening_hours(done: Path) -> None:
    """Who still waits at 17:00 is sent away then."""
    base = published(done)
    rows = base.known.requirement
    stream = stream_of("sales", rows, base.plan.settings, base.plan.grid, exponential(1.0))
    closing = np.asarray(stream.closing_seconds)
    assert closing[9] == closing[16] == 17 * 3600
    assert closing_seconds(np.array([True]), 60).tolist() == [60]


def test_no_roster(folder: Path) -> None:
    """Without a roster there is nothing to simulate."""
    with pytest.raises(ManifestError):
        simulate_folder(folder)


def test_impossible_spread(done: Path) -> None:
    """A coefficient of variation that is not above 0 is refused, and nothing is written."""
    with pytest.raises(SettingsError):
        simulate_folder(done, handle_cv=-1.0)
    assert not (done / "out" / "simulation.csv").exists()


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_the_command(done: Path, locale: str) -> None:
    """The command prints the queues in both languages."""
    run = CliRunner().invoke(app, ["simulate", str(done), "--replications", "20", "--locale", locale])
    assert run.exit_code == 0, run.output
    assert "sales" in run.stdout
    assert ("Contacts" if locale == "en" else "服务水平") in run.stdout


def test_the_command_for_machines(done: Path) -> None:
    """`--json` gives one object with queues and days, for any routing."""
    command = [
        "simulate",
        str(done),
        "--replications",
        "20",
        "--json",
        "--routing",
        "longest_wait",
        "--handle-cv",
        "1.2",
    ]
    run = CliRunner().invoke(app, command)
    facts = json.loads(run.stdout)
    assert facts["replications"] == 20
    assert len(facts["days"]) == 7
    assert 0 <= facts["queues"][0]["service_level"] <= 1


def test_staffing_can_be_adjusted(folder: Path) -> None:
    """With `arrivals = "simulated"` every interval of the requirement meets its target in the simulation."""
    inputs = stages.read(folder)
    staffing = inputs.settings.staffing.model_copy(update={"arrivals": "simulated"})
    known = stages.demand(replace(inputs, settings=inputs.settings.model_copy(update={"staffing": staffing})))
    table = known.requirement
    busy = table[table["offered"] > 0]
    assert (busy["service_level"] >= 0.795).all()
    assert (table["required_rostered"] >= table["required_net"]).all()
    assert table.loc[table["offered"] == 0, "required_net"].sum() == 0
    assert list(table.columns) == list(stages.demand(inputs).requirement.columns)


@pytest.mark.parametrize(
    ("model", "more", "patience", "scale", "redials"),
    [
        ("erlang_c", {"patience_seconds": 60}, np.inf, 200, 0),
        ("erlang_a", {"patience_seconds": 60}, 60, 200, 0),
        ("erlang_b", {}, 0, 200, 0),
        ("erlang_x", {"patience_seconds": 60, "redial_share": 0.5}, 60, 200, 0.5),
        ("chat", {"concurrency": (1.0, 1.2, 1.5)}, np.inf, 300, 0),
    ],
)
def test_each_model_is_played(
    folder: Path, model: str, more: dict[str, Any], patience: float, scale: float, redials: float
) -> None:
    """Patience, handle times and redials are those of the queue's model; a chat agent is as many as he has places."""
    settings = stages.read(folder).settings
    queue = settings.queues["sales"].model_copy(update={"model": model, **more})
    settings = settings.model_copy(update={"queues": {"sales": queue}})
    grid = settings.grid
    rows = pd.DataFrame({"offered": np.full(grid.size, 5.0), "aht_seconds": 200.0, "required_net": 2})
    stream = stream_of("sales", rows, settings, grid, exponential(1.0))
    assert stream.patience.mean == patience
    assert set(np.asarray(stream.handle_scale)) == {scale}
    assert stream.redial_share == redials
    assert len(required_team("sales", rows, settings, 3600.0).spans) == 2 * max(1, len(queue.concurrency))


def test_missed_targets_are_named() -> None:
    """A target is missed when even the better end of the interval does not reach it, and only with contacts."""
    ends = {f"{name}{end}": [0.0] * 4 for name in FIGURES for end in ("_low", "_high")}
    rows = pd.DataFrame(ends).assign(
        offered=[5.0, 5.0, 5.0, 0.0], service_level_high=[0.7, 0.9, 0.9, 0.0], asa_seconds_low=[0.0, 40.0, 20.0, 0.0]
    )
    target = Target(service_level=0.8, asa_seconds=30)
    assert missed(rows, target).tolist() == ["service_level", "asa", "", ""]
