"""`wfm staff`: one interval with every option, a table, and how long it takes."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from wfm.cli import app

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: object, code: int = 0) -> str:
    """Run `wfm staff`, check its exit code and return what it printed."""
    done = CliRunner().invoke(app, ["staff", *map(str, arguments)], catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.output


def answer(*arguments: object) -> dict[str, Any]:
    """Return the JSON answer for 100 contacts of 180 s in half an hour."""
    found: dict[str, Any] = json.loads(run("--offered", 100, "--aht", "180s", "--json", *arguments))
    return found


@pytest.mark.parametrize(
    ("options", "agents", "binding"),
    [
        ((), 14, "service_level"),
        (("--patience", "2min"), 12, "service_level"),
        (("--patience", "2min", "--max-abandonment", 2), 15, "abandonment"),
        (("--max-occupancy", 60), 17, "occupancy"),
        (("--asa", "5s"), 15, "asa"),
        (("--min-agents", 20), 20, "min_agents"),
        (("--model", "erlang_b"), 11, "service_level"),
        (("--model", "erlang_x", "--patience", "2min", "--redial", 50), 13, "service_level"),
        (("--model", "lines", "--lines", 400), 14, "service_level"),
        (("--model", "chat", "--concurrency", "1"), 14, "service_level"),
        (("--model", "uncertain", "--load-cv", 20), 15, "service_level"),
        (("--patience", "2min", "--definition", "answered"), 11, "service_level"),
        (("--agents", 12), 12, "service_level"),
        (("--agents", 16), 16, "met"),
    ],
)
def test_every_option_counts(options: tuple[object, ...], agents: int, binding: str) -> None:
    """Models, targets and given agents reach the answer."""
    found = answer(*options)
    assert (found["agents"], found["binding"]) == (agents, binding)


def test_shrinkage_and_short_calls_are_options() -> None:
    """Shrinkage divides; the short-call cut changes what is excluded."""
    assert answer("--shrinkage", 30)["scheduled_agents"] == 20
    levels = [
        answer("--patience", "2min", "--definition", "excluding_short_abandons", "--agents", 11, "--short", cut)
        for cut in ("0s", "20s")
    ]
    assert levels[0]["service_level"] < levels[1]["service_level"]


def test_what_has_no_end_is_null_in_json() -> None:
    """An unstable queue waits without end: null for machines, a sentence for people."""
    found = answer("--agents", 9)
    assert (found["asa_seconds"], found["flag"]) == (None, "unstable")
    assert "without end" in run("--offered", 100, "--aht", "180s", "--agents", 9, "--locale", "en")


@pytest.mark.parametrize(
    ("locale", "words"), [("en", ("cushion", "one agent more", "Give up")), ("zh", ("余量", "多 1 名座席", "放弃率"))]
)
def test_explain_in_both_languages(locale: str, words: tuple[str, ...]) -> None:
    """`--explain` tells load, cushion and sensitivities, and draws the service level against the agents."""
    told = run("--offered", 100, "--aht", "180s", "--patience", "2min", "--explain", "--locale", locale)
    for word in words:
        assert word in told
    bars = [line for line in told.splitlines() if "█" in line]
    assert [line.split()[0] for line in bars] == [str(n) for n in range(7, 18)]
    assert next(line for line in bars if line.endswith("<")).split()[:2] == ["12", "82.6%"]


def test_explain_as_json() -> None:
    """The same for machines: seven variations and the curve."""
    found = answer("--explain")["explained"]
    assert [v["name"] for v in found["variations"]][:3] == ["as_asked", "one_less", "one_more"]
    assert {"agents": 14, "service_level": pytest.approx(0.8883500191794669)} in found["curve"]


TABLE = "offered,aht_seconds,patience_seconds\n100,180,\n100,180,120\n0,180,\n"


def test_a_table_is_answered_row_by_row(tmp_path: Path) -> None:
    """A CSV file comes back with the agents of every row, printed or written."""
    (tmp_path / "in.csv").write_text(TABLE)
    rows = list(csv.DictReader(io.StringIO(run("--table", tmp_path / "in.csv"))))
    assert [row["agents"] for row in rows] == ["14", "12", "0"]
    run("--table", tmp_path / "in.csv", "--out", tmp_path / "out.csv", "--target", "90/10")
    text = (tmp_path / "out.csv").read_text("utf-8-sig")
    assert [row["agents"] for row in csv.DictReader(io.StringIO(text))] == ["15", "14", "0"]
    as_json = json.loads(run("--table", tmp_path / "in.csv", "--json"))["rows"]
    assert as_json[2]["flag"] == "empty"


def test_every_bad_cell_of_a_table_is_named(tmp_path: Path) -> None:
    """Negative, missing and unreadable numbers are listed with their lines; a missing file too."""
    (tmp_path / "in.csv").write_text("offered,aht_seconds,service_level\n-1,180,0.8\n5,,0.8\n5,180,80\n")
    told = run("--table", tmp_path / "in.csv", "--locale", "en", code=2)
    for line in ("line 2", "line 3", "line 4"):
        assert line in told
    run("--table", tmp_path / "nothing.csv", code=2)


@pytest.mark.parametrize(
    "options",
    [
        ("--model", "erlang_z"),
        ("--model", "erlang_a"),
        ("--model", "chat", "--concurrency", "1,x"),
        ("--patience", "soon"),
        ("--definition", "best"),
        ("--target", "101/20"),
        ("--shrinkage", 100),
    ],
)
def test_options_that_mean_nothing_are_two(options: tuple[object, ...]) -> None:
    """Unknown names, unreadable durations and shares out of range end with 2 and a message."""
    assert run("--offered", 100, "--aht", "180s", *options, code=2)


def test_one_answer_is_quick() -> None:
    """One line answers within three times the start of Python with NumPy and Typer, on whatever machine."""

    def seconds(*command: str) -> float:
        begin = time.perf_counter()
        subprocess.run([sys.executable, *command], check=True, capture_output=True)
        return time.perf_counter() - begin

    line = "from wfm.cli import app; app(['staff', '--offered', '100', '--aht', '180s'])"
    pairs = [(seconds("-c", line), seconds("-c", "import numpy, typer")) for _ in range(5)]
    assert min(ours for ours, _ in pairs) < 3 * min(base for _, base in pairs) + 0.1


def test_one_answer_imports_no_pandas() -> None:
    """One interval needs neither pandas nor SciPy nor OR-Tools."""
    line = (
        "import sys; from wfm.cli import app\n"
        "try: app(['staff', '--offered', '100', '--aht', '180s', '--explain'])\n"
        "except SystemExit: pass\n"
        "print([m for m in ('pandas', 'ortools', 'scipy') if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", line], check=True, capture_output=True, text=True)
    assert done.stderr.strip() == "[]"
