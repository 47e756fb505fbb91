"""Commands: exit codes, what goes where, and both languages."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from wfm.cli import app

if TYPE_CHECKING:
    from pathlib import Path

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def run(*arguments: object) -> Any:
    """Return the exit code of one command."""
    return app([str(a) for a in arguments], standalone_mode=False) or 0


def test_plan_prints_a_summary(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`wfm plan` ends with 0, prints a summary and says where the page and the CSV files are."""
    assert run("plan", folder) == 0
    told = capsys.readouterr()
    assert "Gap" in told.out
    assert str(folder / "out" / "report.html") in told.out.replace("\n", "")
    assert "roster.csv" in told.out


def test_plan_prints_one_json_object(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--json` standard output is one JSON object."""
    assert run("plan", folder, "--json") == 0
    assert json.loads(capsys.readouterr().out)["status"] == "solved"


def test_plan_speaks_chinese(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--locale zh` every label of the summary is Chinese."""
    assert run("plan", folder, "--locale", "zh") == 0
    labels = [
        line.split("  ")[0]
        for line in capsys.readouterr().out.splitlines()
        if line.startswith(" ") and ".csv" not in line
    ]
    assert [label for label in labels if label.strip(" ─") and not CHINESE.search(label)] == []


def test_plan_says_what_the_objective_is_made_of(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The summary has every goal with its cost, its share and what costs how much, in both languages."""
    assert run("plan", folder) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "Goal or rule Weighted cost Share What costs how much" in told
    assert "Changes to the published roster 0.0 0.0%" in told
    assert run("plan", folder, "--locale", "zh") == 0
    told = "".join(capsys.readouterr().out.split())
    assert "目标或规则加权代价占比计价方式" in told
    assert "已发布班表的变动0.00.0%" in told


@pytest.mark.parametrize("name", ["forecast", "staff", "backtest"])
def test_tables_of_a_folder(folder: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Stages before the roster print a table, or its rows as JSON."""
    assert run(name, folder) == 0
    assert "sales" in capsys.readouterr().out
    assert run(name, folder, "--json") == 0
    assert json.loads(capsys.readouterr().out)["rows"][0]["queue"] == "sales"


def test_check_is_silent_or_three(done: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`wfm check` ends with 0 on a roster of ours and with 3 when a hard rule is broken."""
    assert run("check", done) == 0
    file = done / "out" / "roster.csv"
    text = file.read_text("utf-8-sig")
    rows = [
        re.sub(r",(rest|statutory_off),,", ",work,D,sales", line) if line.startswith("A2") else line
        for line in text.splitlines()
    ]
    (done / "edited.csv").write_text("\n".join(rows), encoding="utf-8")
    assert run("check", done, "--roster", done / "edited.csv") == 3
    assert "max_consecutive_days" in capsys.readouterr().out


def test_bad_input_is_two_without_a_traceback(done: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every problem of every file is told at once on standard error, in the language of the folder."""
    (done / "agents.csv").write_text("agent_id,contract,skills\nA1,part,sales\n")
    (done / "requests.csv").write_text("agent_id,date,kind\nA1,2026-13-01,off\n")
    assert run("plan", done) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert {"agents.csv", "requests.csv"} <= set(re.findall(r"\w+\.csv", told.err))
    assert "Traceback" not in told.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("plan", "nowhere"),
        ("check", "nowhere"),
        ("staff",),
        ("staff", "--offered", "1", "--aht", "soon"),
        ("export", "nowhere"),
    ],
)
def test_what_cannot_be_used_is_two(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """Missing folders, missing options and unreadable values end with 2 and a message."""
    assert run(*arguments) == 2
    assert capsys.readouterr().err


def test_check_without_a_roster_is_two(folder: Path) -> None:
    """There is nothing to audit before the first plan."""
    assert run("check", folder) == 2


def test_an_impossible_month_is_three(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A month without a lawful roster ends with 3 and names the conflict on standard error."""
    pins = "".join(f"A1,2026-05-{d:02d},D\n" for d in range(4, 11))
    (folder / "pins.csv").write_text("agent_id,date,shift_code\n" + pins)
    assert run("plan", folder) == 3
    assert "cannot hold together" in capsys.readouterr().err


def test_a_bug_is_not_hidden(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception that is no user's error reaches the top with its traceback."""

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("wfm.pipeline.forecast.forecast_folder", broken)
    with pytest.raises(ZeroDivisionError):
        run("forecast", folder)


def test_init_writes_a_folder_that_plans(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`wfm init` writes a folder in either language, once."""
    for locale in ("en", "zh"):
        assert run("init", tmp_path / locale, "--locale", locale) == 0
        assert run("staff", tmp_path / locale) == 0
    assert run("init", tmp_path / "en") == 2
    assert run("init", tmp_path / "new", "--example", "nothing") == 2
    assert "hotline" in capsys.readouterr().err


def test_one_interval(capsys: pytest.CaptureFixture[str]) -> None:
    """A one-line `wfm staff` answers 100 contacts of 180 s in half an hour with 14 agents."""
    assert run("staff", "--offered", 100, "--aht", "180s", "--json") == 0
    assert json.loads(capsys.readouterr().out)["agents"] == 14
