"""Scenarios against the plan as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from wfm.cli import app
from wfm.domain.errors import InputErrors, SettingsError
from wfm.domain.scenario import Scenario
from wfm.domain.settings import Settings
from wfm.files.scenarios import read_scenarios
from wfm.pipeline.whatif import scenario_of
from wfm.staffing.scenarios import figures, scenario_forecast, scenario_settings

if TYPE_CHECKING:
    from pathlib import Path

TARGET = {"service_level": 0.8, "acceptable_wait_seconds": 20}


def settings(**queues: dict[str, Any]) -> Settings:
    """Return settings of one day of hours with the given queues, each 80/20 unless told otherwise."""
    return Settings.model_validate(
        {
            "centre": {"name": "Test", "locale": "en"},
            "period": {"first": "2026-05-11", "last": "2026-05-11"},
            "intervals": {"minutes": 60},
            "queues": {name: {"target": TARGET, **facts} for name, facts in queues.items()},
            "contracts": {"full": {}},
            "shifts": [{"code": "D", "start": "08:00", "end": "16:00"}],
        }
    )


def forecast(known: Settings, **calls: tuple[float, float]) -> pd.DataFrame:
    """Return the same contacts and handle time in every hour, by queue."""
    starts = known.grid.starts
    frames = {
        queue: pd.DataFrame({"offered": np.full(len(starts), offered), "aht_seconds": aht}, index=starts)
        for queue, (offered, aht) in calls.items()
    }
    return pd.concat(frames, names=["queue", "interval_start"])


REGIONS = settings(**{f"r{i}": {} for i in range(10)})
REGIONAL = forecast(REGIONS, **{f"r{i}": (21.3, 300.0) for i in range(10)})
ALL = tuple(f"r{i}" for i in range(10))


def test_ten_regions_become_one_centre() -> None:
    """213 calls of 300 s an hour need 40 agents in ten equal regions and 22 in one centre."""
    apart = figures("base", Scenario(), REGIONAL, REGIONS, 8.0, 10.0)
    together = figures("one", Scenario(merge={"centre": ALL}), REGIONAL, REGIONS, 8.0, 10.0)
    assert (apart.peak_agents, together.peak_agents) == (40, 22)
    assert (apart.queues, together.queues) == (10, 1)
    assert together.offered == pytest.approx(apart.offered)
    assert apart.cost == pytest.approx(24 * 40 * 10.0)
    assert together.cost == pytest.approx(24 * 22 * 10.0)
    assert (apart.heads, together.heads) == (24 * 40 // 8, 24 * 22 // 8)


def test_merged_handle_time_is_weighted_by_contacts() -> None:
    """Thirty contacts of 100 s and ten of 500 s are forty of 200 s."""
    known = settings(a={}, b={})
    merged = scenario_forecast(
        Scenario(merge={"ab": ("a", "b")}), forecast(known, a=(30.0, 100.0), b=(10.0, 500.0)), known
    )
    assert merged.index.get_level_values("queue").unique().tolist() == ["ab"]
    assert merged["offered"].tolist() == [40.0] * 24
    assert merged["aht_seconds"].tolist() == [200.0] * 24


def test_factors_by_queue() -> None:
    """A factor for one queue leaves the others as they are."""
    known = settings(a={}, b={})
    changed = scenario_forecast(Scenario(volume={"a": 1.5}, aht=2.0), forecast(known, a=(10, 60), b=(10, 60)), known)
    by_queue = changed.groupby(level="queue").first()
    assert by_queue["offered"].to_dict() == {"a": 15.0, "b": 10.0}
    assert by_queue["aht_seconds"].to_dict() == {"a": 120.0, "b": 120.0}


def test_merger_of_unlike_queues_is_refused() -> None:
    """Queues with other targets need a target in the scenario; queues with other models cannot be one."""
    known = settings(a={}, b={"target": {"asa_seconds": 30}}, c={"model": "erlang_a", "patience_seconds": 60})
    with pytest.raises(SettingsError, match="different targets"):
        scenario_settings(Scenario(merge={"ab": ("a", "b")}), known)
    with pytest.raises(SettingsError, match="different models"):
        scenario_settings(Scenario(merge={"ac": ("a", "c")}), known)
    given = Scenario.model_validate({"merge": {"ab": ("a", "b")}, "targets": {"ab": TARGET}})
    assert scenario_settings(given, known).queues["ab"].target.service_level == 0.8


def test_bad_file_lists_every_problem(tmp_path: Path) -> None:
    """Unknown queues, a queue that two mergers take and a name in use are told with their lines."""
    path = tmp_path / "scenarios.toml"
    path.write_text(
        '[scenarios.x]\nvolume = { zz = 2 }\n[scenarios.x.merge]\nm = ["a", "b"]\nn = ["b", "q"]\nc = ["a"]\n',
        encoding="utf-8",
    )
    with pytest.raises(InputErrors) as caught:
        read_scenarios(path, settings(a={}, b={}, c={}))
    text = str(caught.value)
    assert "line 2" in text
    assert "'zz'" in text
    assert "'q'" in text
    assert "only one merger" in text
    assert "a name of its own" in text
    path.write_text("[scenarios.x]\nvolumes = 2\n", encoding="utf-8")
    with pytest.raises(InputErrors, match="line 2.*one of the fields"):
        read_scenarios(path, settings(a={}))
    with pytest.raises(InputErrors, match=r"none\.toml"):
        read_scenarios(tmp_path / "none.toml", settings(a={}))


def test_options_that_ask_for_nothing_are_no_scenario() -> None:
    """Without a change there is no scenario, and a merger needs a name and two queues."""
    assert scenario_of(1.0, 1.0, None, []) is None
    assert scenario_of(1.1, 1.0, "90/10", ["x=a,b"]) == Scenario.model_validate(
        {"volume": 1.1, "target": {"service_level": 0.9, "acceptable_wait_seconds": 10}, "merge": {"x": ("a", "b")}}
    )
    with pytest.raises(SettingsError, match="NEW=QUEUE,QUEUE"):
        scenario_of(1.0, 1.0, None, ["x=a"])


def test_options_beyond_what_is_possible() -> None:
    """A target that nobody reaches and a factor above 100 are told as problems of the input."""
    with pytest.raises(InputErrors, match=r"'target\.service_level': found '1\.0'; expected a number below 1"):
        scenario_of(1.0, 1.0, "100/20", [])
    with pytest.raises(InputErrors, match=r"^1 problem.*\n.*'aht': found '1000\.0'; expected a number of at most 100"):
        scenario_of(1.0, 1000.0, None, [])


def test_a_bad_factor_is_told_once_by_its_key(tmp_path: Path) -> None:
    """A factor is one number or one by queue: only what was written is complained of."""
    path = tmp_path / "scenarios.toml"
    path.write_text("[scenarios.a]\nvolume = 1000\n[scenarios.b]\naht = { q = -1 }\n", encoding="utf-8")
    with pytest.raises(InputErrors) as caught:
        read_scenarios(path, settings(q={}))
    assert [(e.row, e.column) for e in caught.value.errors] == [(2, "scenarios.a.volume"), (4, "scenarios.b.aht.q")]


def test_command_without_a_folder() -> None:
    """The command line answers the question of the regional centres in one line."""
    found = CliRunner().invoke(
        app, ["whatif", "--offered", "213", "--aht", "300s", "--centres", "10", "--locale", "en"]
    )
    assert "need 40 agents; one pool needs 22: 18 fewer" in found.output
