"""`wfm staff FOLDER --skill-sets`: skill sets of the staff list, the file, both languages."""

from __future__ import annotations

import csv
import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from wfm.cli import app
from wfm.files import verify_manifest

if TYPE_CHECKING:
    from pathlib import Path

QUEUES = """\
[queues.sales]
target = { service_level = 0.80, acceptable_wait_seconds = 20 }

[queues.service]
target = { service_level = 0.80, acceptable_wait_seconds = 20 }

[queues.letters]
target = { asa_seconds = 600 }
"""
AGENTS = """\
agent_id,name,team,contract,skills
A1,Agent 1,red,full,sales
A2,Agent 2,red,full,service;letters
A3,Agent 3,blue,full,service;sales
A4,Agent 4,blue,full,sales;service
"""


@pytest.fixture
def shared(small_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of three queues for one day, simulated a few times only."""
    monkeypatch.setattr("wfm.simulation.skill_sets.CONTACTS", 3000)
    one = (small_folder / "plan.toml").read_text("utf-8")
    old = one[one.index("[queues.sales]") : one.index("[contracts.full]")]
    plan = one.replace(old, QUEUES + "\n").replace("2026-05-10", "2026-05-04")
    start = datetime.fromisoformat("2026-04-06T09:00")
    times = [start + timedelta(days=d, hours=h) for d in range(28) for h in range(8)]
    rows = [f"{t:%Y-%m-%d %H:%M},{q},60,210" for q in ("sales", "service", "letters") for t in times]
    (tmp_path / "plan.toml").write_text(plan, encoding="utf-8")
    (tmp_path / "agents.csv").write_text(AGENTS, encoding="utf-8")
    (tmp_path / "history.csv").write_text("\n".join(["interval_start,queue,offered,aht_seconds", *rows, ""]), "utf-8")
    return tmp_path


def run(*arguments: object, code: int = 0) -> str:
    """Run `wfm staff`, check its exit code and return what it printed."""
    done = CliRunner().invoke(app, ["staff", *map(str, arguments)], catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.output


def test_skill_sets_of_the_staff_list(shared: Path) -> None:
    """Each queue alone and the one set that two agents have; the file adds up to the printed hours."""
    found = json.loads(run(shared, "--skill-sets", "--flexible", 30, "--json"))
    assert {row["skill_set"]: row["people"] for row in found["skill_sets"]} == {
        "sales": 1,
        "service": 1,
        "sales;service": 2,
    }
    assert found["left_out"] == ["letters"]
    assert found["flexible_share"] <= 0.3
    apart, mix, pool = (row["required_hours"] for row in found["ways"])
    assert pool <= mix <= apart
    assert "skill_sets.csv" in verify_manifest(shared / "out")["outputs"]
    text = (shared / "out" / "skill_sets.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(text.splitlines()))
    assert list(rows[0]) == ["skill_set", "interval_start", "agents"]
    assert len(rows) == 3 * 24
    assert sum(int(row["agents"]) for row in rows) == mix
    run(shared, "--skill-sets", "--flexible", 30, "--json")
    assert (shared / "out" / "skill_sets.csv").read_text("utf-8-sig") == text


@pytest.mark.parametrize(("locale", "word"), [("en", "one pool"), ("zh", "统一座席池")])
def test_both_languages(shared: Path, locale: str, word: str) -> None:
    """The three ways to staff stand in the language that is asked for."""
    said = run(shared, "--skill-sets", "--locale", locale)
    assert word in said
    assert "sales;service" in said


def test_one_queue_cannot_share(small_folder: Path, tmp_path: Path) -> None:
    """A folder with one queue, and no folder at all, are refused with exit code 2."""
    place = tmp_path / "one"
    place.mkdir()
    for name in ("plan.toml", "agents.csv", "history.csv"):
        (place / name).write_bytes((small_folder / name).read_bytes())
    assert "two queues" in run(place, "--skill-sets", code=2)
    assert "--skill-sets" in run("--skill-sets", "--offered", 10, "--aht", "60s", "--locale", "en", code=2)
