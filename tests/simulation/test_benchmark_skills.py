"""The benchmark of skill sets: its contacts, its judgement, and its bounds on a bank's day."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.simulation import data
from benchmarks.simulation_skills import HALF_HOUR, TARGET, contacts, judged
from wfm.simulation import Stream, exponential
from wfm.simulation.skill_case import Case
from wfm.simulation.skill_sets import all_pairs, staff_skill_sets


def test_the_judge_finds_what_is_too_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Dedicated agents keep every half-hour, and two agents fewer in each queue miss them surely."""
    monkeypatch.setattr("benchmarks.simulation_skills.REPLICATIONS", 100)
    streams = [Stream(name, [60.0] * 4, exponential(240), exponential(300)) for name in "ab"]
    alone = staff_skill_sets(streams, TARGET, HALF_HOUR, flexible_share=0, replications=4)
    kept = judged(alone, streams, 1)
    assert kept["between_bounds"]
    assert kept["recovered"] == 0
    assert kept["half_hours_surely_below"] == 0
    alone.agents[:2] -= 2
    assert judged(alone, streams, 1)["half_hours_surely_below"] > 4


def test_a_bank_has_seventeen_services() -> None:
    """The day has 62,625 expected contacts, and one pool needs a seventh fewer agents than teams."""
    folder = data() / "usbank_2003"
    if not folder.exists():
        pytest.skip("shared data not present")
    streams = contacts(folder)
    case = Case(tuple(streams), all_pairs([s.name for s in streams]), np.full(17, TARGET), HALF_HOUR, 0.2)
    assert round(case.offered.sum()) == 62_625
    assert case.dedicated.sum() == 9_989
    assert case.pooled.sum() == 8_463
