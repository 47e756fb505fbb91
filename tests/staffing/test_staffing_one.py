"""One interval in one line, and shrinkage."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pytest

from wfm.domain.errors import SettingsError
from wfm.domain.settings import Target
from wfm.erlang import Model
from wfm.staffing import parse_target, staff_one
from wfm.staffing.one import question
from wfm.staffing.sensitivity import explain
from wfm.staffing.shrinkage import combined, grossed_up, heads


def test_the_handbook_interval() -> None:
    """100 contacts of 180 s in half an hour, 80/20: 14 agents, 13.04 as a real number, 20 with 30 % shrinkage."""
    answer = staff_one(100, 1800, 180, "80/20", shrinkage=0.30)
    assert (answer.agents, answer.scheduled_agents, answer.binding) == (14, 20, "service_level")
    assert answer.load == 10
    assert answer.fractional_agents == pytest.approx(13.0372, abs=1e-4)
    assert answer.service_level == pytest.approx(0.88835, abs=1e-5)
    assert answer.asa_seconds == pytest.approx(7.8359, abs=1e-4)
    assert answer.occupancy == pytest.approx(10 / 14)


def test_the_explanation_says_why_in_both_languages() -> None:
    """The explanation names the load, the outcome, one agent less, and the target that decides."""
    answer = staff_one(100, 1800, 180)
    for text, words in ((answer.explanation.en, "service level"), (answer.explanation.zh, "服务水平")):
        for part in ("10.00", "14", "88.8%", "7.8", "13", "79.6%", words, "Erlang C"):
            assert part in text


def test_one_agent_less_may_be_no_queue_at_all() -> None:
    """Where one agent less could not keep up, the explanation says so."""
    assert "without end" in staff_one(100, 1800, 180, "10/300").explanation.en


def test_without_contacts() -> None:
    """No contacts need no agents, or the floor."""
    assert staff_one(0, 1800, 180).agents == 0
    assert staff_one(0, 1800, 180, min_agents=2).agents == 2
    assert "2" in staff_one(0, 1800, 180, min_agents=2).explanation.zh


def test_a_target_object_and_targets_beside_it() -> None:
    """A `Target` gives all targets; one given beside it stands instead."""
    target = Target(service_level=0.8, acceptable_wait_seconds=20, min_agents=16)
    assert staff_one(100, 1800, 180, target).binding == "min_agents"
    assert staff_one(100, 1800, 180, target, min_agents=0).agents == 14
    assert staff_one(100, 1800, 180, max_occupancy=0.6).binding == "occupancy"
    assert staff_one(100, 1800, 180, asa_target_seconds=1).binding == "asa"


@pytest.mark.parametrize("text", ["80/20", "80%/20s", " 80 / 20 "])
def test_targets_in_text(text: str) -> None:
    """Percent and seconds may carry their units."""
    assert parse_target(text) == {"service_level": 0.8, "acceptable_wait_seconds": 20.0}


@pytest.mark.parametrize("text", ["", "80", "101/20", "0/20", "80-20", "80/20/5", "a/b"])
def test_what_is_no_target_is_refused(text: str) -> None:
    """Anything else is refused with an example of what to write."""
    with pytest.raises(SettingsError, match="80/20"):
        parse_target(text)


@pytest.mark.parametrize("share", [-0.1, 1.0, float("nan")])
def test_shrinkage_out_of_range_is_refused(share: float) -> None:
    """Shrinkage is a share below one."""
    with pytest.raises(SettingsError, match="shrinkage"):
        staff_one(100, 1800, 180, shrinkage=share)


def test_one_answer_imports_little() -> None:
    """One answer needs neither pandas nor OR-Tools nor SciPy."""
    code = (
        "import sys; from wfm.staffing import staff_one; staff_one(100, 1800, 180);"
        "print([m for m in ('pandas', 'ortools', 'scipy', 'pydantic') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_shrinkage_divides() -> None:
    """14 agents with 30 % shrinkage are 20, not 18.2; 100 with 10 % and then 20 % are 139 heads."""
    assert heads(14 / 0.7) == 20
    assert heads(100 / (1 - combined([0.1, 0.2], "sequential"))) == 139
    assert combined([]) == 0


def test_rounding_is_half_up() -> None:
    """Rostered agents keep two decimals, half rounded up, and a rounding error of a float rounds nothing up."""
    assert grossed_up(np.array([0.125, 0.124, 1.005, 3.0]), 0.0).tolist() == [0.13, 0.12, 1.01, 3.0]
    assert heads(42.00000000000001) == 42


def test_patience_makes_it_erlang_a() -> None:
    """With patience fewer agents do, and the explanation says who gives up."""
    answer = staff_one(100, 1800, 180, patience_seconds=120)
    assert (answer.agents, answer.model, answer.flag) == (12, "erlang_a", "")
    assert answer.abandoned == pytest.approx(0.061597, abs=1e-6)
    for text in (answer.explanation.en, answer.explanation.zh):
        assert "6.2%" in text
        assert "Erlang A" in text


def test_targets_of_every_kind_bind() -> None:
    """A limit on abandonment binds and is named; the definition moves the number."""
    assert staff_one(100, 1800, 180, patience_seconds=120, max_abandonment=0.02).binding == "abandonment"
    agents = [
        staff_one(2000, 1800, 300, patience_seconds=120, definition=name).agents
        for name in ("offered", "offered_and_short_abandons")
    ]
    assert agents == [310, 302]


def test_given_agents_are_judged() -> None:
    """Given agents are told what they miss, or that they meet everything; too few are unstable without patience."""
    assert staff_one(100, 1800, 180, agents=12).binding == "service_level"
    assert staff_one(100, 1800, 180, agents=14).binding == "met"
    few = staff_one(100, 1800, 180, agents=9)
    assert (few.flag, few.asa_seconds, few.service_level) == ("unstable", np.inf, 0)
    assert "without end" in few.explanation.en
    assert staff_one(0, 1800, 180, agents=0).binding == "met"
    assert staff_one(0, 1800, 180, agents=1, min_agents=2).binding == "min_agents"
    assert staff_one(100, 1800, 180, agents=0, patience_seconds=60).abandoned == 1


def test_the_edges_are_flagged() -> None:
    """No contacts or no handle time are `empty`, a target of 100 % is `unreachable`; both say so in words."""
    for offered, aht in ((0, 180), (100, 0)):
        answer = staff_one(offered, 1800, aht)
        assert (answer.agents, answer.flag, answer.service_level) == (0, "empty", 1)
    hopeless = staff_one(100, 1800, 180, "100/20")
    assert (hopeless.flag, hopeless.binding) == ("unreachable", "unreachable")
    assert "无法达到" in hopeless.explanation.zh


@pytest.mark.parametrize("bad", [{"offered": -1.0}, {"aht_seconds": float("nan")}, {"interval_seconds": 0.0}])
def test_numbers_out_of_range_are_refused_by_name(bad: dict[str, Any]) -> None:
    """Negative contacts, missing handle times and empty intervals are refused before anything is computed."""
    numbers: dict[str, Any] = {"offered": 100.0, "interval_seconds": 1800.0, "aht_seconds": 180.0} | bad
    with pytest.raises(SettingsError, match=next(iter(bad))):
        staff_one(**numbers)
    with pytest.raises(SettingsError, match="agents"):
        staff_one(100, 1800, 180, agents=-1)


def test_other_models_answer_too() -> None:
    """Redials need more agents than none, chats fewer than calls, and whole-agent models have no real answer."""
    redials = staff_one(100, 1800, 180, model=Model("erlang_x", 120, redial_share=0.9))
    chats = staff_one(100, 1800, 180, model=Model("chat", concurrency=(1.0, 1.2, 1.5)))
    assert redials.agents >= 12
    assert chats.agents < 14
    assert chats.fractional_agents is None
    assert "会话" in chats.explanation.zh


def test_sensitivity_names_what_would_change() -> None:
    """10 % more contacts need an agent more; the curve runs through the answer and rises."""
    found = explain(question(100, 1800, 180, patience_seconds=120), 12)
    needed = {v.name: v.required for v in found.variations}
    assert (needed["as_asked"], needed["offered_up"], needed["aht_down"]) == (12, 13, 11)
    assert dict(found.curve)[12] == pytest.approx(0.8255826443617643)
    levels = [level for _, level in found.curve]
    assert levels == sorted(levels)
    assert explain(question(0, 1800, 180), 0).cushion_roots == 0
