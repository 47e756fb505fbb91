"""A rule of the user's own, taken from its page in the docs: does exactly what the page says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from own_rule_page import KIND, NAME, PAGE, entry_point, plan_table, rule_file

from wfm.cli import app

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def centre(folder: Path) -> Path:
    """Return a planning folder of two weeks with the rule switched on as the page says."""
    rule_file(folder)
    plan = folder / "plan.toml"
    text = plan.read_text("utf-8").replace("last = 2026-05-10", "last = 2026-05-17")
    plan.write_text(text.replace("[rules.max_consecutive_days]\ndays = 5\n", plan_table()), encoding="utf-8")
    return folder


def run(*arguments: object) -> Any:
    """Return the exit code of one command."""
    return app([str(a) for a in arguments], standalone_mode=False) or 0


def test_it_is_documented(centre: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`wfm rules FOLDER KIND` prints its page: sentence, manual, field, examples and file."""
    assert run("rules", centre, KIND) == 0
    text = " ".join(capsys.readouterr().out.split())
    for part in (
        "1 days off after a weekend worked",
        "Whoever works on Saturday and on Sunday is off on the days that follow.",
        "days 1 Days off after the weekend.",
        "D D | - D D # days = 2",
        f"your file {NAME}",
    ):
        assert part in text
    assert run("rules", centre, KIND, "--locale", "zh") == 0
    assert "周末两天都上班后连休 1 天" in capsys.readouterr().out


def test_it_plans_and_checks(centre: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`wfm plan` keeps it, `wfm check` is silent on that roster and finds it broken in one edited by hand."""
    assert run("plan", centre) == 0
    assert run("check", centre) == 0
    rows = (centre / "out" / "roster.csv").read_text("utf-8-sig").splitlines()
    days = ("2026-05-09", "2026-05-10", "2026-05-11")
    edited = [
        re.sub(r",rest,,,", ",work,D,sales,", row) if row.startswith("A2,") and any(d in row for d in days) else row
        for row in rows
    ]
    (centre / "edited.csv").write_text("\n".join(edited), encoding="utf-8")
    capsys.readouterr()
    assert run("check", centre, "--roster", centre / "edited.csv") == 3
    text = " ".join(capsys.readouterr().out.split())
    assert f"{KIND} hard A2 2026-05-11 works after a whole weekend" in text


def test_it_is_named_when_nothing_works(centre: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`wfm explain` names it when pins make it impossible, in both languages, and the way out without it."""
    pins = [f"A1,2026-05-{day:02d},D" for day in (9, 10, 11)]
    (centre / "pins.csv").write_text("\n".join(["agent_id,date,shift_code", *pins, ""]), encoding="utf-8")
    assert run("explain", centre) == 3
    assert "1 days off after a weekend worked" in capsys.readouterr().out
    assert run("explain", centre, "--locale", "zh") == 3
    assert "周末两天都上班后连休 1 天" in capsys.readouterr().out


def test_its_values_have_their_origin(centre: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`wfm rules FOLDER --agent` says where each of its values comes from."""
    assert run("rules", centre, "--agent", "A1") == 0
    assert "days = 1 plan.toml hard = true default" in " ".join(capsys.readouterr().out.split())


def test_it_is_linted_when_it_is_not_switched_on(centre: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is listed without a table of its rule is a warning of `--lint` and a note of the run."""
    plan = centre / "plan.toml"
    plan.write_text(plan.read_text("utf-8").replace(f"[rules.{KIND}]\ndays = 1\n", ""), encoding="utf-8")
    assert run("rules", centre, "--lint") == 0
    assert "switches it on" in " ".join(capsys.readouterr().out.split())
    assert run("plan", centre) == 0
    assert f"{NAME} brings the rule {KIND}" in capsys.readouterr().err


def test_it_comes_with_a_package(centre: Path) -> None:
    """Named by an entry point of another package, it is listed and checked everywhere without `files`."""
    package = centre.parent / "site" / "our_rules"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    rule_file(package)
    info = package.parent / "our_rules-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: our-rules\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[wfm.rules]\n{KIND} = {entry_point()}\n", encoding="utf-8")
    (centre / NAME).unlink()
    plan = centre / "plan.toml"
    plan.write_text(plan.read_text("utf-8").replace(f'files = ["{NAME}"]\n', ""), encoding="utf-8")
    where = os.pathsep.join([str(package.parent), *sys.path])
    environment = {**os.environ, "PYTHONPATH": where, "WFM_LOCALE": "en", "COLUMNS": "80"}
    for arguments in (("rules", KIND), ("plan", str(centre), "--jobs", "2")):
        command = [sys.executable, "-c", "from wfm.cli import app; app(prog_name='wfm')", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
        assert done.returncode == 0, done.stderr
    command[-4:] = ["rules", KIND]
    listed = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert "1 days off after a weekend worked" in listed.stdout


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (f"[rules.{KIND}]", "[rules.free_after_weekends]", "Did you mean 'free_after_weekend'?"),
        (f'"{NAME}"', '"nowhere.py"', "nowhere.py"),
        ("days = 1", "days = 9", "a number of at most 5"),
    ],
)
def test_what_is_wrong_in_the_settings(
    centre: Path, before: str, after: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A misspelt kind, a file that is not there and a wrong value end with exit code 2 and their line."""
    plan = centre / "plan.toml"
    assert before in plan.read_text("utf-8")
    plan.write_text(plan.read_text("utf-8").replace(before, after), encoding="utf-8")
    assert run("plan", centre) == 2
    told = capsys.readouterr().err
    assert re.search(r"plan\.toml, line \d+, column 'rules\.", told)
    assert said in told


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("class FreeAfterWeekend(Rule):", "class FreeAfterWeekend:", "at least one subclass of wfm.Rule"),
        ('"free_after_weekend"', '"rest_days"', "a kind that no other rule has"),
        ("    def check(", "    def chekc(", "the class FreeAfterWeekend lacks check"),
        ("        for day in model.days:", "        for day in model.dayz:", "at free_after_weekend.py:43 (Attr"),
        ("owed, saturday = 0, False", "owed, saturday = 0, 1 / 0", "ZeroDivisionError: division by zero"),
    ],
)
def test_what_is_wrong_in_the_file(
    centre: Path, before: str, after: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file without a rule, a kind that exists, a part that lacks, a rule that raises: named, nothing written."""
    file = centre / NAME
    assert before in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(before, after), encoding="utf-8")
    assert run("plan", centre) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told
    assert not (centre / "out").exists()


def test_the_page_says_what_goes_wrong() -> None:
    """Every kind of mistake tested here has its row on the page."""
    text = PAGE.read_text("utf-8")
    for part in ("is not there", "no rule in it", "is missing", "one of ours", "misspelt", "it raises"):
        assert part in text
