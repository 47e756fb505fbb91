"""`wfm explain`: exit codes, both languages, one JSON object, and where the draft is."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from wfm.cli import app

if TYPE_CHECKING:
    from pathlib import Path

PINS = "agent_id,date,shift_code\n" + "".join(f"A1,2026-05-{d:02d},D\n" for d in range(4, 10))
"""Six days of work in a row, where five are allowed."""


def run(*arguments: object) -> Any:
    """Return the exit code of one command."""
    return app([str(a) for a in arguments], standalone_mode=False) or 0


def below(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def impossible(done: Path) -> Path:
    """Return a planned folder that was made impossible since."""
    (done / "pins.csv").write_text(PINS)
    return done


def test_a_roster_exists(done: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where there is a roster the command ends with 0, says so with the gap, and changes nothing."""
    before = below(done / "out")
    assert run("explain", done, "--budget", "1s") == 0
    assert "A roster exists" in capsys.readouterr().out
    assert below(done / "out") == before


def test_conflict_ways_out_and_draft(impossible: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a roster it ends with 3: the conflict, numbered ways out with prices, and where the draft is."""
    assert run("explain", impossible) == 3
    told = capsys.readouterr().out
    assert "A1 is fixed to shift D on 2026-05-04" in told
    assert "at most 5 worked days in a row" in told
    assert "  1. " in told
    assert "  2. " in told
    assert "(price: 1 " in told
    assert str(impossible / "out" / "draft") in told.replace("\n", "")


def test_the_draft_is_kept_apart(impossible: Path) -> None:
    """The draft and its violations are in a folder of their own, and nothing that could be paid is left."""
    assert run("explain", impossible) == 3
    files = set(below(impossible / "out"))
    assert {"draft/roster.csv", "draft/cover.csv", "draft/violations.csv", "manifest.json"} <= files
    assert not {name for name in files if "pay" in name or "timesheet" in name or "exports" in name}
    assert "hard" in (impossible / "out" / "draft" / "violations.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("command", ["check", "export", "report"])
def test_who_asks_for_the_roster_is_shown_the_draft(
    impossible: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Commands about the roster say that there is a draft only, and where."""
    assert run("explain", impossible) == 3
    capsys.readouterr()
    assert run(command, impossible) == 2
    told = capsys.readouterr().err.replace("\n", " ")
    assert "is a draft that breaks rules" in told
    assert "draft" in told


def test_chinese(impossible: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--locale zh` conflict and ways out are Chinese."""
    assert run("explain", impossible, "--locale", "zh") == 3
    told = capsys.readouterr().out
    assert "A1 在 2026-05-04 固定上班次 D" in told
    assert "代价" in told
    assert "price" not in told


def test_one_json_object(impossible: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With `--json` causes, ways out with amounts and units, and the place of the draft are one object."""
    assert run("explain", impossible, "--json") == 3
    told = json.loads(capsys.readouterr().out)
    assert told["status"] == "infeasible"
    assert told["agents"] == ["A1"]
    assert {cause["rule"] for cause in told["causes"]} == {"pinned", "max_consecutive_days"}
    assert {"sentence", "amount", "unit", "agent_days"} == set(told["ways_out"][0])
    assert told["draft"].endswith("draft")


def test_plan_shows_the_same(impossible: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`wfm plan` ends with 3 on the same folder and tells the same conflict and ways out."""
    assert run("explain", impossible) == 3
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
    assert lines
    assert run("plan", impossible) == 3
    assert set(lines) <= set(capsys.readouterr().err.splitlines())


def test_bad_input_is_two(done: Path) -> None:
    """A folder that cannot be read ends with 2."""
    (done / "agents.csv").write_text("agent_id\n")
    assert run("explain", done) == 2


@pytest.mark.parametrize("verb", ["explain", "plan", "staff", "forecast"])
def test_a_finished_roster_is_never_lost(impossible: Path, verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Where a command leaves no roster in `out/`, the one that stood there is kept beside it, and that is said."""
    before = below(impossible / "out")
    run(verb, impossible)
    assert not (impossible / "out" / "roster.csv").exists()
    assert below(impossible / "out.before") == before
    assert str(impossible / "out.before") in capsys.readouterr().err
    run("staff", impossible)
    assert below(impossible / "out.before") == before
    assert "out.before" not in capsys.readouterr().err
