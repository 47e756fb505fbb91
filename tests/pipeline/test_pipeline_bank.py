"""A bank's calls of August 2003 in five-minute counts, weekdays only, planned for 300 made-up agents."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from real_folder import shared_data

from wfm.pipeline.plan import plan_folder

if TYPE_CHECKING:
    from pathlib import Path

PLAN = """\
[centre]
name = "Bank"
timezone = "America/New_York"
country = "US"
locale = "en"

[period]
first = 2003-08-01
last = 2003-08-31

[intervals]
open = { mon = "07:00-21:00", tue = "07:00-21:00", wed = "07:00-21:00", thu = "07:00-21:00", fri = "07:00-21:00" }

[history]
file = "bank_calls_to_2003-08.csv"
queue = "phone"

[queues.phone]
target = { service_level = 0.80, acceptable_wait_seconds = 20 }
aht_seconds = 200

[shrinkage]
unrostered = { adherence = 0.05 }

[contracts.full]

[rules.max_consecutive_days]
days = 5

[rules.rest_between_shifts]
hours = 11

[solve]
seed = 1
budget = "2s"
"""
SHIFTS = (
    ("E7", "07:00", "15:30"),
    ("E8", "08:00", "16:30"),
    ("E9", "09:00", "17:30"),
    ("D10", "10:00", "18:30"),
    ("D11", "11:00", "19:30"),
    ("L12", "12:30", "21:00"),
)
SHIFT = """
[[shifts]]
code = "{}"
start = "{}"
end = "{}"
unpaid_breaks = [{{ after_minutes = 240, minutes = 30 }}]
"""


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """Return a planning folder around the bank's calls."""
    source = shared_data() / "bank_calls_2003" / "bank_calls_to_2003-08.csv"
    if not source.is_file():
        pytest.skip("shared data not present")
    shutil.copy(source, tmp_path)
    (tmp_path / "plan.toml").write_text(PLAN + "".join(SHIFT.format(*shift) for shift in SHIFTS), encoding="utf-8")
    rows = "".join(f"B{n:03d},Agent B{n:03d},T{n % 10},full,phone\n" for n in range(1, 301))
    (tmp_path / "agents.csv").write_text("agent_id,name,team,contract,skills\n" + rows, encoding="utf-8")
    return tmp_path


def test_a_month_of_a_bank_runs_clean(bank: Path) -> None:
    """A roster without a hard violation, nothing forecast on weekends, and contacts within 5 % of what came."""
    result = plan_folder(bank)
    assert result.status == "solved"
    assert result.kpis is not None
    assert result.kpis.hard == 0
    offered = result.forecast["offered"].droplevel("queue")
    weekend = pd.DatetimeIndex(offered.index).day_of_week >= 5
    assert (offered[weekend] == 0).all()
    came = pd.read_csv(bank / "bank_calls_to_2003-08.csv", parse_dates=["interval_start"])
    came = came[came["interval_start"] >= "2003-08-01"]
    assert offered.sum() == pytest.approx(came["offered"].sum(), rel=0.05)
