"""The commands about forecasts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from wfm.cli import app

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: object) -> Any:
    """Return the exit code of one command."""
    return app([str(a) for a in arguments], standalone_mode=False) or 0


def test_backtest_of_two_models(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--models` names what is compared; JSON has every error."""
    assert run("backtest", folder, "--models", "analyst_mean, day_profile", "--json") == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert {row["model"] for row in rows} == {"analyst_mean", "day_profile"}
    assert {"wape", "relmae_analyst", "coverage", "pinball", "floor"} <= set(rows[0])


def test_accuracy_before_and_after(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing due is said so in the language of the run; what came is shown per horizon and class of day."""
    assert run("forecast", folder) == 0
    capsys.readouterr()
    assert run("accuracy", folder, "--locale", "zh") == 0
    assert "尚无到期" in capsys.readouterr().err
    with (folder / "history.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"2026-05-04 {hour:02d}:00,sales,{10 + hour % 3},210\n" for hour in range(9, 17))
    assert run("accuracy", folder) == 0
    told = capsys.readouterr()
    assert "ordinary" in told.out
    assert "accuracy.html" in told.err.replace("\n", "")


def test_reforecast_prints_the_rest_of_the_day(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The table has the open hours of the day; the reason follows on standard error."""
    with (folder / "history.csv").open("a", encoding="utf-8") as file:
        file.writelines(f"2026-05-04 {hour:02d}:00,sales,20,210\n" for hour in (9, 10, 11))
    assert run("reforecast", folder, "--at", "2026-05-04T12:00") == 0
    told = capsys.readouterr()
    assert told.out.count("sales") == 8
    assert "60 contacts so far" in told.err
    assert run("reforecast", folder, "--at", "2026-05-04T12:00", "--json") == 0
    assert len(json.loads(capsys.readouterr().out)["rows"]) == 24


@pytest.mark.parametrize("verb", ["forecast", "staff"])
def test_notes_are_told_before_the_roster(folder: Path, verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What was noted about files and forecast is told by the stages too, on standard error."""
    (folder / "request.csv").write_text("agent_id\n")
    assert run(verb, folder) == 0
    told = capsys.readouterr().err
    assert "did you mean requests.csv?" in told
    assert "the year's own shape is not learnt" in told
    assert run(verb, folder, "--json") == 0
    assert capsys.readouterr().err == ""
