"""The roster already published for the period: from a file, a table or objects."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from files_folder import PLAN, problems, read

from wfm.domain.roster import Assignment, State
from wfm.files import from_frames

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "agent_id,business_date,state,shift_code,queue,start_local,end_local"
ROWS = (
    "001,2026-05-01,work,D8,sales,2026-05-01T08:00+08:00,2026-05-01T17:00+08:00",
    "001,2026-05-02,rest,,,,",
    "002,2026-05-02,work,D8,service,2026-05-02 07:00,2026-05-02 16:00",
)


def published(*rows: str) -> str:
    """Return the text of a published roster."""
    return "\n".join([HEADER, *rows, ""])


def test_without_a_file_nothing_is_published(tmp_path: Path) -> None:
    """A folder without `published_roster.csv` has no published days and no note about them."""
    inputs = read(tmp_path)
    assert inputs.published == ()
    assert not any("published" in note.en for note in inputs.notes)


def test_days_of_the_period_are_read(tmp_path: Path) -> None:
    """Shifts keep the times that were published; the note says how many days there are and what a change costs."""
    inputs = read(tmp_path, published_roster=published(*ROWS))
    assert [(c.agent_id, c.date.day, c.state) for c in inputs.published] == [
        ("001", 1, State.WORK),
        ("001", 2, State.REST),
        ("002", 2, State.WORK),
    ]
    usual = {t.code: t for t in inputs.settings.shifts}["D8"]
    same, _, moved = (c.shift for c in inputs.published)
    assert same == usual.on(date(2026, 5, 1), inputs.settings.centre.zone)
    assert moved is not None
    assert moved.start < usual.on(date(2026, 5, 2), inputs.settings.centre.zone).start
    (note,) = inputs.notes
    assert note.en.startswith("3 day(s) stand in the published roster")
    assert "costs 10" in note.en
    assert "3 个人日" in note.zh
    assert set(inputs.hashes) == {"plan.toml", "history.csv", "agents.csv", "published_roster.csv"}


def test_other_days_and_former_agents_are_left_aside(tmp_path: Path) -> None:
    """Days outside the period and agents who are not in `agents.csv` are counted, not read."""
    rows = ("001,2026-04-30,work,OLD,,,", "001,2026-06-01,rest,,,,", "009,2026-05-01,work,D8,sales,,", *ROWS)
    inputs = read(tmp_path, published_roster=published(*rows))
    assert len(inputs.published) == 3
    assert [note.en[:8] for note in inputs.notes] == ["3 day(s)", "3 day(s)"]
    assert "left aside" in inputs.notes[0].en


@pytest.mark.parametrize(
    ("row", "line", "column", "value"),
    [
        ("001,2026-05-03,work,OLD,sales,,", 5, "shift_code", "OLD"),
        ("001,2026-05-01,rest,,,,", 5, "business_date", "2026-05-01"),
        ("001,2026-13-01,rest,,,,", 5, "business_date", "2026-13-01"),
        ("001,2026-05-03,work,,sales,,", 5, "shift_code", None),
    ],
)
def test_problem_of_a_published_row(tmp_path: Path, row: str, line: int, column: str, value: str | None) -> None:
    """A row of the period that cannot be read is reported at its line and column."""
    found = problems(tmp_path, published_roster=published(*ROWS, row))
    assert ("published_roster.csv", line, column, value) in found


def test_tables_and_objects_are_taken_too(tmp_path: Path) -> None:
    """A table and assignments give the same published days; objects outside the period are left aside."""
    known = read(tmp_path, plan=PLAN, published_roster=published(*ROWS))
    history, agents = pd.read_csv(tmp_path / "history.csv"), pd.read_csv(tmp_path / "agents.csv", dtype=str)
    table = pd.read_csv(tmp_path / "published_roster.csv", dtype=str)
    assert from_frames(known.settings, history, agents, published_roster=table).published == known.published
    before = Assignment("001", date(2026, 4, 30), State.REST)
    given = from_frames(known.settings, history, agents, published_roster=(before, *known.published))
    assert given.published == known.published
    assert len(given.notes) == 2
