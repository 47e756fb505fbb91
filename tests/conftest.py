"""What several rooms' tests share: a planning folder small enough to be solved in a moment."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

PLAN = """\
[centre]
name = "Shop"
timezone = "Europe/Berlin"
country = "DE"
locale = "en"

[period]
first = 2026-05-04
last = 2026-05-10

[intervals]
minutes = 60
open = "09:00-17:00"

[queues.sales]
target = { service_level = 0.80, acceptable_wait_seconds = 20 }

[contracts.full]

[[shifts]]
code = "D"
start = "09:00"
end = "17:00"

[[shifts]]
code = "M"
start = "09:00"
end = "13:00"

[rules.max_consecutive_days]
days = 5

[solve]
seed = 1
budget = "1s"
"""
AGENTS = """\
agent_id,name,team,contract,skills
A1,Agent 1,red,full,sales
A2,Agent 2,red,full,sales
A3,Agent 3,blue,full,sales
A4,"=1+1, ""four"" 四",blue,full,sales
"""


def small_files() -> dict[str, str]:
    """Return the files of a small planning folder: one queue, four agents, one week."""
    start = datetime.fromisoformat("2026-04-06T09:00")
    times = [start + timedelta(days=d, hours=h) for d in range(28) for h in range(8)]
    rows = [f"{t:%Y-%m-%d %H:%M},sales,{10 + t.hour % 3 + t.weekday()},210" for t in times]
    history = "\n".join(["interval_start,queue,offered,aht_seconds", *rows, ""])
    return {"plan.toml": PLAN, "agents.csv": AGENTS, "history.csv": history}


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small planning folder that nobody may change."""
    place = tmp_path_factory.mktemp("small") / "centre"
    place.mkdir()
    for name, text in small_files().items():
        (place / name).write_text(text, encoding="utf-8")
    return place


@pytest.fixture(scope="session")
def planned(small_folder: Path) -> Path:
    """Return the small folder after it was planned once; copy it before you change it."""
    from wfm.pipeline.plan import plan_folder

    place = small_folder.parent / "planned"
    shutil.copytree(small_folder, place)
    plan_folder(place)
    return place


@pytest.fixture
def folder(small_folder: Path, tmp_path: Path) -> Path:
    """Return a small planning folder of its own."""
    shutil.copytree(small_folder, tmp_path / "centre")
    return tmp_path / "centre"


@pytest.fixture
def done(planned: Path, tmp_path: Path) -> Path:
    """Return a planned folder of its own."""
    shutil.copytree(planned, tmp_path / "done")
    return tmp_path / "done"
