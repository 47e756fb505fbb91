"""Real calls of an assistance company: a file with its own column names, gaps, and two clock changes a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from real_folder import real_folder

from wfm.pipeline.backtest import backtest_folder
from wfm.pipeline.staff import staff_folder

if TYPE_CHECKING:
    from pathlib import Path


def test_real_calls_become_a_requirement(tmp_path: Path) -> None:
    """Three years of real half-hours give a requirement that keeps occupancy below one in every interval."""
    known = staff_folder(real_folder(tmp_path / "real"))
    assert len(known.requirement) == 31 * 48
    assert known.requirement["occupancy"].max() < 1
    assert (known.requirement["required_rostered"] >= known.requirement["required_net"]).all()


def test_day_profile_beats_the_naive_forecast_on_real_calls(tmp_path: Path) -> None:
    """On ordinary days the day profile errs less than last week's calls, at every horizon."""
    table = backtest_folder(real_folder(tmp_path / "real"))
    ordinary = table[(table["model"] == "day_profile") & (table["horizon"] != "special")]
    assert (ordinary["relmae"] < 1).all()
