"""`wfm swap`: exit codes, what goes where, and both languages."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from wfm.cli import app

if TYPE_CHECKING:
    from pathlib import Path

CHINESE = re.compile(r"[\u4e00-\u9fff]")
NOW = ("--now", "2026-04-20T09:00")


def run(*arguments: object) -> Any:
    """Return the exit code of one command."""
    return app([str(a) for a in arguments], standalone_mode=False) or 0


def give(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    """Return the JSON object that a command prints."""
    assert run(*arguments, "--json") == 0
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def offer(done: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Return the first swap that is suggested to somebody of the planned folder."""
    for agent in ("A1", "A2", "A3", "A4"):
        for day in range(4, 11):
            rows = give(capsys, "swap", done, "suggest", agent, f"2026-05-{day:02d}", *NOW)["rows"]
            if rows:
                return {"agent": agent, "day": f"2026-05-{day:02d}", **rows[0]}
    raise AssertionError("nobody can swap anything")


def test_from_proposal_to_roster(done: Path, offer: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    """A suggested swap is proposed, agreed and approved; every step prints one JSON object, and the list has it."""
    deal = offer["agent"], offer["day"], offer["partner"], offer["partner_date"]
    assert give(capsys, "swap", done, "list")["rows"] == []
    made = give(capsys, "swap", done, "propose", *deal, *NOW)
    assert (made["swap_id"], made["status"], made["exchange"]) == ("S001", "proposed", offer["exchange"])
    assert run("swap", done, "approve", "S001", "--by", "Chen", *NOW) == 2
    assert "has not agreed" in capsys.readouterr().err
    assert give(capsys, "swap", done, "agree", "S001", "--by", offer["partner"], *NOW)["agreed_at"]
    before = (done / "out" / "roster.csv").read_bytes()
    assert give(capsys, "swap", done, "approve", "S001", "--by", "Chen", *NOW)["status"] == "approved"
    assert (done / "out" / "roster.csv").read_bytes() != before
    assert [row["status"] for row in give(capsys, "swap", done, "list")["rows"]] == ["approved"]
    assert run("swap", done) == 0
    assert "approved" in capsys.readouterr().out
    assert run("check", done) == 0
    assert run("export", done) == 0


@pytest.mark.parametrize("locale", ["en", "zh"])
def test_people_are_told_what_comes_next(
    done: Path, offer: dict[str, Any], locale: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Results go to standard output, hints to standard error, in the language that was asked for."""
    deal = offer["agent"], offer["day"], offer["partner"], offer["partner_date"]
    tail = (*NOW, "--locale", locale)
    assert run("swap", done, "list", "--locale", locale) == 0
    assert run("swap", done, "suggest", *deal[:2], *tail) == 0
    assert run("swap", done, "propose", *deal, *tail) == 0
    assert run("swap", done, "agree", "S001", "--by", offer["partner"], *tail) == 0
    assert run("swap", done, "reject", "S001", "--by", "Chen", "--reason", "no", *tail) == 0
    assert run("swap", done, "list", "--locale", locale) == 0
    told = capsys.readouterr()
    assert f"wfm swap {done} approve S001" in told.err
    assert bool(CHINESE.search(told.out + told.err)) == (locale == "zh")


def test_refusals_are_two_and_rules_are_three(done: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Terms of swapping end with 2, hard rules of the book with 3, both on standard error and without a traceback."""
    assert run("swap", done, "propose", "A1", "2026-05-04", "A1", "2026-05-05", *NOW) == 2
    assert "cannot swap with himself" in capsys.readouterr().err
    file = done / "out" / "roster.csv"
    lines = [line.split(",") for line in file.read_text("utf-8-sig").splitlines()]
    codes = {agent: [row[6] for row in lines if row[0] == agent] for agent in ("A1", "A2", "A3", "A4")}
    seventh = [
        (one, day, other)
        for one, mine in codes.items()
        for other, theirs in codes.items()
        for day in range(7)
        if mine[day] == "" and theirs[day] and _run(mine, day) > 5
    ]
    assert seventh, "nobody works around a day off"
    one, day, other = seventh[0]
    date = f"2026-05-{4 + day:02d}"
    assert run("swap", done, "propose", one, date, other, date, *NOW) == 3
    told = capsys.readouterr()
    assert told.out == ""
    assert "max_consecutive_days" in told.err
    assert not (done / "swaps.csv").exists()


def _run(codes: list[str], day: int) -> int:
    """Return the days in a row that would be worked with that day."""
    whole = "".join("x" if code or n == day else "-" for n, code in enumerate(codes))
    return max(len(part) for part in whole.split("-"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("swap", "nowhere", "list"),
        ("swap", "nowhere", "propose", "A1", "2026-05-04", "A2", "2026-05-05"),
        ("swap", "nowhere", "approve", "S001", "--by", "Chen"),
        ("swap", "nowhere", "suggest", "A1", "2026-05-04"),
    ],
)
def test_a_folder_that_is_not_there_is_two(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """A missing folder ends with 2 and a message."""
    assert run(*arguments) == 2
    assert capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("x", "list", "--help"),
        ("x", "propose", "--help"),
        ("x", "agree", "--help"),
        ("x", "approve", "--help"),
        ("x", "reject", "--help"),
        ("x", "suggest", "--help"),
    ],
)
def test_help_in_chinese(arguments: tuple[str, ...]) -> None:
    """Chinese help has a Chinese text on every line that explains something."""
    text = _wfm(*arguments).stdout
    lines = [line.strip("│╭╰─╮╯ ") for line in text.splitlines() if line.strip("│╭╰─╮╯ ")]
    assert len(lines) > 3
    assert [line for line in lines if not CHINESE.search(line)] == []


@pytest.mark.parametrize(
    "arguments",
    [(), ("x", "trade"), ("x", "approve", "S001"), ("x", "propose", "A1", "soon", "A2", "2026-05-05")],
)
def test_usage_errors_in_chinese(arguments: tuple[str, ...]) -> None:
    """No folder, an unknown command, no name and a date that is none end with 2 and a Chinese message."""
    done = _wfm(*arguments)
    assert done.returncode == 2
    assert CHINESE.search(done.stderr)
    assert not re.search(r"Usage|Missing|No such|Invalid|Error|Got", done.stderr)


def _wfm(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "WFM_LOCALE": "zh", "COLUMNS": "80", "NO_COLOR": "1"}
    command = [sys.executable, "-c", "from wfm.cli import app; app(prog_name='wfm')", "swap", *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
