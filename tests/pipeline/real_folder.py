"""A planning folder around real half-hourly calls: the calls are read as they are, the people are made up."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

PLAN = """\
[centre]
name = "Assistance"
timezone = "Europe/Paris"
country = "FR"
locale = "en"

[period]
first = {month}-01
last = {month}-{last}

[history]
file = "telephonie.csv"
queue = "phone"
columns = {{ interval_start = "DATE", offered = "CSPL_RECEIVED_CALLS" }}

[queues.phone]
target = {{ service_level = 0.80, acceptable_wait_seconds = 20 }}
aht_seconds = 240

[shrinkage]
unrostered = {{ adherence = 0.05 }}

[contracts.full]

[rules]
preset = "iuni"

[solve]
seed = 1
budget = "{budget}"
"""
SHIFTS = (
    ("E6", "06:00", "14:00"),
    ("E7", "07:00", "15:00"),
    ("E8", "08:00", "16:30"),
    ("D85", "08:30", "17:00"),
    ("D9", "09:00", "17:30"),
    ("D10", "10:00", "18:30"),
    ("P12", "12:00", "20:30"),
    ("P14", "14:00", "22:30"),
    ("S13", "09:00", "16:30"),
    ("N22", "22:30", "07:00+1"),
)
SHIFT = """
[[shifts]]
code = "{}"
start = "{}"
end = "{}"
unpaid_breaks = [{{ after_minutes = 240, minutes = 30 }}]
"""


def shared_data() -> Path:
    """Return the folder of shared data; skip the test when it is absent."""
    place = Path(os.environ.get("WFM_SHARED_DATA") or Path(__file__).parents[3] / "shared" / "data")
    if not place.is_dir():
        pytest.skip("shared data not present")
    return place


def real_folder(place: Path, *, month: str = "2013-05", last: int = 31, agents: int = 80, budget: str = "60s") -> Path:
    """Return a planning folder of one month around the real calls of an assistance company."""
    place.mkdir(parents=True)
    shutil.copy(shared_data() / "axa_halfhour" / "telephonie.csv", place)
    shifts = "".join(SHIFT.format(*shift) for shift in SHIFTS)
    (place / "plan.toml").write_text(PLAN.format(month=month, last=last, budget=budget) + shifts, encoding="utf-8")
    rows = "".join(f"P{n:03d},Agent P{n:03d},T{n % 6},full,phone,{int(n % 10 == 0)}\n" for n in range(1, agents + 1))
    (place / "agents.csv").write_text("agent_id,name,team,contract,skills,no_night\n" + rows, encoding="utf-8")
    return place
