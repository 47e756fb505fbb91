"""A forecaster, a pay element and an export of the user's own, taken from their page in the docs."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from own_parts_page import ELEMENT, EXPORT, FORECASTER, KINDS, PAGE, installed, shown_tests, with_tables

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def package(folder: Path) -> Path:
    """Return the page's package, installed beside the planning folder."""
    return installed(folder.parent / "site")


@pytest.fixture
def centre(folder: Path, package: Path) -> Path:
    """Return a planning folder that names the three parts as the page says."""
    assert package.exists()
    switch_on(folder, *KINDS)
    return folder


def switch_on(folder: Path, *kinds: str) -> None:
    """Write the page's tables into the settings of a folder."""
    plan = folder / "plan.toml"
    plan.write_text(with_tables(plan.read_text("utf-8"), *kinds), encoding="utf-8")


def edit(file: Path, before: str, after: str) -> None:
    """Change one place of a file."""
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")


def started(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Return a Python process that ended, in which the package beside the folder is installed."""
    where = os.pathsep.join([str(folder.parent / "site"), *sys.path])
    environment = {**os.environ, "PYTHONPATH": where, "WFM_LOCALE": "en", "COLUMNS": "80"}
    return subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, env=environment, check=False, cwd=folder.parent
    )


def run(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Return a command that ended."""
    return started(folder, "-c", "from wfm.cli import app; app(prog_name='wfm')", *map(str, arguments))


def refused(folder: Path, *arguments: object) -> str:
    """Return what a command says that refuses the user's input without a traceback."""
    done = run(folder, *arguments)
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_three_of_the_page_plan_a_folder(centre: Path) -> None:
    """Named in plan.toml, the forecaster forecasts, the element pays and the export writes, from entry points alone."""
    done = run(centre, "plan", centre)
    assert done.returncode == 0, done.stderr
    history = [row for row in rows_of(centre / "history.csv") if row["interval_start"] >= "2026-04-27"]
    forecast = rows_of(centre / "out" / "forecast.csv")
    assert [float(row["offered"]) for row in forecast if float(row["offered"])] == [
        float(r["offered"]) for r in history
    ]
    roster = rows_of(centre / "out" / "roster.csv")
    bonus = [row for row in rows_of(centre / "out" / "payroll.csv") if row["element_code"] == ELEMENT]
    sundays = sum(row["state"] == "work" and row["business_date"] == "2026-05-10" for row in roster)
    assert sum(float(row["amount"]) for row in bonus) == 35 * sundays > 0
    gate = rows_of(centre / "out" / "exports" / EXPORT / "gate.csv")
    shifts = [row for row in roster if row["state"] == "work"]
    assert [(r["day"], r["badge"]) for r in gate] == [(r["business_date"], r["agent_id"]) for r in shifts]
    totals = json.loads((centre / "out" / "exports" / EXPORT / "totals.json").read_text("utf-8"))
    assert (list(totals["files"]), totals["personal_data"]) == (["gate.csv"], ["agent_id"])


def test_the_tests_of_the_page_pass(folder: Path, package: Path) -> None:
    """The page's own tests pass, and one fails when the part that it is about is wrong."""
    (folder.parent / "test_our_parts.py").write_text(shown_tests(), encoding="utf-8")
    command = ("-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir=.", "test_our_parts.py")
    done = started(folder, *command)
    assert done.returncode == 0, done.stdout
    assert "3 passed" in done.stdout
    edit(package / "sunday_bonus.py", "SUNDAY = 6", "SUNDAY = 5")
    assert "1 failed, 2 passed" in started(folder, *command).stdout


def test_they_are_listed_and_judged(folder: Path, package: Path) -> None:
    """`wfm export --list` has the export and `wfm backtest` judges the forecaster, whatever plan.toml names."""
    assert package.exists()
    assert "who is expected at the gate" in run(folder, "export", "--list").stdout
    judged = run(folder, "backtest", folder, "--models", f"{FORECASTER},seasonal_naive")
    assert judged.returncode == 0, judged.stderr
    assert FORECASTER in judged.stdout


@pytest.mark.parametrize(
    ("kind", "before", "after", "said"),
    [
        (FORECASTER, "return on_grid(", "return 1 / 0 + on_grid(", ":35 (ZeroDivisionError: division by zero)"),
        (
            FORECASTER,
            "return on_grid(",
            "return -on_grid(",
            ":26 (predict gave contacts below 0 for 2026-05-04 09:00)",
        ),
        (
            FORECASTER,
            "return on_grid(",
            "return week  # ",
            ":26 (predict gave an array of the shape (7, 24)",
        ),
        (FORECASTER, "weeks: int = Field(default=8, ge=1)", "weeks: int = Field(default=8, ge=7)", "weeks = 6"),
        (ELEMENT, "amount: Decimal = Field(", "price: Decimal = Field(", "pay.sunday_bonus.amount"),
    ],
)
def test_nothing_is_written_before_the_search(
    centre: Path, package: Path, kind: str, before: str, after: str, said: str
) -> None:
    """What fails before the search is told in one sentence with its place, and nothing is written."""
    edit(package / f"{kind}.py", before, after)
    told = refused(centre, "plan", centre)
    assert said in told
    assert not (centre / "out").exists()


@pytest.mark.parametrize(
    ("kind", "before", "after", "said"),
    [
        (ELEMENT, "paid = cents(", "paid = 1 / 0 + cents(", "sunday_bonus.py:36 (ZeroDivisionError: division by zero)"),
        (ELEMENT, "yield line_of(month,", "return line_of(month,", "PayLine"),
        (ELEMENT, 'line_of(month, "sunday_bonus"', 'line_of(month, "sonntag"', "the element code 'sonntag'"),
        (EXPORT, "table = outgoing.roster_table\n", "table = outgoing.rooster\n", "gate_list.py:37 (AttributeError"),
        (EXPORT, 'return ("gate.csv",)', 'return ("gates.csv",)', "other names than those of the files it wrote"),
    ],
)
def test_the_roster_is_kept_after_the_search(
    centre: Path, package: Path, kind: str, before: str, after: str, said: str
) -> None:
    """What fails after the search is told in one sentence; the roster is kept, and what is missing follows later."""
    edit(package / f"{kind}.py", before, after)
    told = refused(centre, "plan", centre)
    assert len(told.strip().splitlines()) == 1
    assert "the roster is in out/" in told
    assert f"{kind} failed at {kind}.py:" in told
    assert said in told
    roster = (centre / "out" / "roster.csv").read_bytes()
    assert not (centre / "out" / "exports").exists()
    assert said in refused(centre, "export", centre)
    assert (centre / "out" / "roster.csv").read_bytes() == roster
    edit(package / f"{kind}.py", after, before)
    for command in ("export", "report"):
        assert run(centre, command, centre).returncode == 0
    for name in ("roster.csv", "payroll.csv", "report.html", "exports/gate_list/gate.csv"):
        assert (centre / "out" / name).exists()


def test_the_page_does_not_cost_the_roster(centre: Path, package: Path) -> None:
    """A forecaster that fails on a shorter past only, after the search, costs the page and nothing else."""
    place = package / "weekday_median.py"
    edit(place, "        counts = ", "        assert history.days > 27, 'too short'\n        counts = ")
    told = refused(centre, "plan", centre)
    assert "weekday_median.py:28 (AssertionError: too short)" in told
    written = {path.name for path in (centre / "out").iterdir()}
    assert {"roster.csv", "payroll.csv", "exports"} <= written
    assert "report.html" not in written


def test_a_roster_alone_is_kept(centre: Path, package: Path) -> None:
    """`wfm roster` writes its roster and says that pay will fail."""
    edit(package / "sunday_bonus.py", "paid = cents(", "paid = 1 / 0 + cents(")
    assert "sunday_bonus.py:36" in refused(centre, "roster", centre)
    assert (centre / "out" / "roster.csv").exists()


def test_ours_that_fails_shows_a_traceback(centre: Path) -> None:
    """A pay element of ours that fails is exit code 1 and a traceback, beside parts of the user's too."""
    code = """
import wfm.payroll.elements.nights as nights
def fail(*_): raise KeyError("ours")
nights.NightAllowance.lines = fail
from wfm.cli import app
app(["plan", "centre"])
"""
    edit(centre / "plan.toml", 'country = "DE"', 'country = "CN"')
    done = started(centre, "-c", code)
    assert done.returncode == 1
    assert done.stderr.strip().endswith("KeyError: 'ours'")
    assert not (centre / "out").exists()


def test_it_is_told_in_chinese(centre: Path, package: Path) -> None:
    """The sentence is there in Chinese as well."""
    edit(package / "weekday_median.py", "return on_grid(", "return -on_grid(")
    told = refused(centre, "plan", centre, "--locale", "zh")
    assert "预测模型 weekday_median 在 weekday_median.py:26 出错" in told
    assert "predict 返回：2026-05-04 09:00 的负话务量" in told
    assert "位于类 WeekdayMedian" in told


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("from wfm import ", "from wfn import ", "ModuleNotFoundError: No module named 'wfn' gate_list.py:7"),
        ("class GateList(CsvOptions, ExportFormat):", "class GateList(CsvOptions):", "is not a ExportFormat"),
        ("    def write(", "    def wriet(", "GateList at gate_list.py:19 lacks write"),
        ('"gate_list"', '"neutral"', "two classes call themselves 'neutral'"),
    ],
)
def test_a_class_that_cannot_be_used(folder: Path, package: Path, before: str, after: str, said: str) -> None:
    """A class that cannot be loaded stops every command that asks for its kind, named with its file."""
    edit(package / "gate_list.py", before, after)
    assert said in refused(folder, "plan", folder)
    assert not (folder / "out").exists()


def test_the_page_says_what_goes_wrong() -> None:
    """Every kind of mistake tested here has its row on the page."""
    text = PAGE.read_text("utf-8")
    for part in ("cannot be imported", "is missing", "one of ours", "out of range", "it raises", "must not"):
        assert part in text
