"""`calendar.csv` held against the law."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from files_folder import PLAN, complaint, problems, read

from wfm.domain.errors import InputErrors
from wfm.files import from_frames

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "date,class,name,source\n"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("2026-10-01,workday,,", "2026-10-01 is the statutory holiday National Day (State Council Order 795 (2024))"),
        ("2026-02-19,weekend_workday,,", "2026-02-19 is the statutory holiday Chinese New Year"),
        ("2024-02-09,statutory,除夕,", "2024-02-09 is no statutory holiday (State Council Order 644 (2013))"),
        ("2026-05-04,statutory,,", "2026-05-04 is no statutory holiday (State Council Order 795 (2024))"),
        ("2030-10-01,workday,,", "2030-10-01 is the statutory holiday National Day"),
    ],
)
def test_a_calendar_without_source_cannot_contradict_the_law(tmp_path: Path, row: str, says: str) -> None:
    """A statutory holiday taken away or added without a source is one problem that says what the law has."""
    assert problems(tmp_path, calendar=HEADER + row + "\n") == [("calendar.csv", 2, "source", None)]
    text = complaint(tmp_path, calendar=HEADER + row + "\n")
    assert says in text
    assert "Name the notice or decision in the column source" in text


def test_with_a_source_it_wins_and_a_note_says_so(tmp_path: Path) -> None:
    """Both kinds of contradiction hold once they name their source; each is in a note, other rows are not."""
    rows = "2026-10-01,workday,,board 12\n2026-05-04,statutory,Youth Day,board 12\n2026-05-09,workday,,notice\n"
    inputs = read(tmp_path, calendar=HEADER + rows)
    assert len(inputs.calendar_overrides) == 3
    assert [note.en for note in inputs.notes] == [
        "calendar.csv: 2026-10-01 counts as workday, as its source says (board 12), "
        "though by law 2026-10-01 is the statutory holiday National Day (State Council Order 795 (2024))",
        "calendar.csv: 2026-05-04 counts as statutory, as its source says (board 12), "
        "though by law 2026-05-04 is no statutory holiday (State Council Order 795 (2024))",
    ]
    assert "法定休假日“国庆节”" in inputs.notes[0].zh


def test_every_other_row_needs_its_source_too(tmp_path: Path) -> None:
    """A class that contradicts nothing still says where it comes from, and bad cells of a file come in one report."""
    rows = "2026-05-09,workday,,\nsoon,workday,,x\n2026-10-01,free,,\n2026-10-02,workday,,\n2026-10-02,workday,,x\n"
    assert problems(tmp_path, calendar=HEADER + rows) == [
        ("calendar.csv", 2, "source", None),
        ("calendar.csv", 3, "date", "soon"),
        ("calendar.csv", 4, "class", "free"),
        ("calendar.csv", 4, "source", None),
        ("calendar.csv", 5, "source", None),
        ("calendar.csv", 6, "date", "2026-10-02"),
    ]


def test_the_law_is_that_of_the_country_and_its_part(tmp_path: Path) -> None:
    """Melbourne Cup Day is statutory in Victoria and not in New South Wales."""
    rows = HEADER + "2026-11-03,statutory,Cup Day,\n"
    place = 'timezone = "Australia/{}"\ncountry = "AU"\nsubdivision = "{}"'
    victoria = PLAN.replace('timezone = "Asia/Shanghai"', place.format("Melbourne", "VIC"))
    wales = PLAN.replace('timezone = "Asia/Shanghai"', place.format("Sydney", "NSW"))
    assert "holidays " not in complaint(tmp_path, plan=victoria, calendar=rows)
    assert "holidays " in complaint(tmp_path, plan=wales, calendar=rows)


def test_a_frame_is_held_against_the_law_as_well(tmp_path: Path) -> None:
    """Rows read from a table go the same way: the problem names the argument."""
    folder = read(tmp_path)
    table = pd.DataFrame({"date": ["2026-10-01"], "class": ["workday"], "source": [None]})
    with pytest.raises(InputErrors, match="calendar, line 1, column 'source'"):
        from_frames(folder.settings, pd.read_csv(tmp_path / "history.csv"), folder.agents, calendar=table)
