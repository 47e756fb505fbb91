"""The round-the-clock examples: readable, with the head counts that their comments promise."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from wfm.cli import app
from wfm.domain.agents import Agent
from wfm.domain.answer import Infeasible, Solved, WayOut
from wfm.files import read_folder
from wfm.pipeline import stages
from wfm.roster import build_book, solve, verify
from wfm.samples import pos24x7, pos24x7_40

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wfm.domain.plan import Plan
    from wfm.domain.text import Locale

HOURS_ON_SHIFT = 16 * 12
"""Of an agent in June: 16 shifts of 12 hours, since 17 x 11 paid hours are more than 184."""


def written(folder: Path, texts: dict[str, str]) -> Path:
    """Return the folder after the files were written into it."""
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def plan_of(folder: Path, agents: int, budget: str = "3s") -> Plan:
    """Return the plan of a folder with so many agents."""
    plan = stages.plan_of(stages.demand(stages.read(folder, budget=budget)))
    more = range(len(plan.agents), agents)
    new = tuple(Agent(agent_id=f"B{n}", contract="full", skills=("hotline",)) for n in more)
    return replace(plan, agents=(*plan.agents[:agents], *new))


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize(("example", "agents"), [(pos24x7, 12), (pos24x7_40, 40)])
def test_the_examples_read_without_a_problem(
    example: Callable[..., dict[str, str]], agents: int, locale: Locale, tmp_path: Path
) -> None:
    """The reader finds nothing to complain about; every shift has 11 paid hours and counts as cover throughout."""
    inputs = read_folder(written(tmp_path, example(locale=locale)))
    assert inputs.settings.centre.locale == locale
    assert (len(inputs.agents), inputs.notes) == (agents, ())
    plan = stages.plan_of(stages.demand(inputs))
    assert {shift.paid_minutes for shift in plan.shifts.values()} == {11 * 60}
    assert all(shift.on_queue() == ((shift.start, shift.end),) for shift in plan.shifts.values())


def test_calls_worth_about_forty_people(tmp_path: Path) -> None:
    """The calls of the larger example take 95-105 % of what 40 agents can work."""
    plan = plan_of(written(tmp_path, pos24x7_40()), 40)
    hours = plan.requirement["required_rostered"].sum() / 2
    assert 0.95 <= hours / (40 * HOURS_ON_SHIFT) <= 1.05


def test_twelve_agents_are_told_that_nineteen_are_the_fewest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`wfm explain` ends with 3 within 10 seconds, names hours and floor, and offers 7 more agents, 19 in all."""
    folder = written(tmp_path, pos24x7())
    start = time.process_time()
    assert app(["explain", str(folder), "--locale", "en"], standalone_mode=False) == 3
    assert time.process_time() - start < 10
    told = capsys.readouterr().out
    assert "184 h" in told
    assert "at least 8 agents on the queues during 08:00-20:00" in told
    assert "take at least 240 shifts, and 12 agents can work at most 192" in told
    assert "1. 7 more agents" in told
    assert "19 in all; 18 are proven to be too few" in told
    assert (folder / "out" / "draft" / "roster.csv").exists()


def test_eighteen_are_too_few_and_nineteen_enough(tmp_path: Path) -> None:
    """Solved with 18 agents there is no roster, one more is offered; solved with 19 there is one that keeps all."""
    folder = written(tmp_path, pos24x7())
    few, enough = plan_of(folder, 18), plan_of(folder, 19)
    book = build_book(few.settings)
    without = solve(few, book)
    assert isinstance(without, Infeasible)
    assert any(isinstance(way, WayOut) and (way.amount, way.unit) == (1, "agents") for way in without.ways_out)
    found = solve(enough, book)
    assert isinstance(found, Solved)
    assert [v for v in verify(found.roster, enough, book) if v.severity == "hard"] == []


def test_forty_agents_are_solved_clean(tmp_path: Path) -> None:
    """A short search for 40 agents breaks no hard rule and meets both floors."""
    plan = plan_of(written(tmp_path, pos24x7_40()), 40)
    book = build_book(plan.settings)
    found = solve(plan, book)
    assert isinstance(found, Solved)
    assert verify(found.roster, plan, book) == ()
