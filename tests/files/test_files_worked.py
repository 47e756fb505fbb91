"""`worked.csv`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from files_folder import complaint, problems, read

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "agent_id,date,start_local,end_local,unpaid_minutes\n"
HIRED = "agent_id,name,contract,skills,hire_date\n001,Ann,full,sales,2026-05-10\n"


def spans(folder: Path, text: str) -> list[tuple[str, ...]]:
    """Return agent, date, start, end and unpaid minutes of every row that is read."""
    table = read(folder, worked=text).worked
    return [
        (str(r.agent_id), str(r.date), f"{r.start:%m-%d %H:%M%z}", f"{r.end:%m-%d %H:%M%z}", str(r.unpaid_minutes))
        for r in table.itertuples()
    ]


@pytest.mark.parametrize(
    ("start", "end", "read_as"),
    [
        ("08:00", "17:00", ("05-04 08:00+0800", "05-04 17:00+0800")),
        ("16:00", "24:00", ("05-04 16:00+0800", "05-05 00:00+0800")),
        ("20:00", "08:00+1", ("05-04 20:00+0800", "05-05 08:00+0800")),
        ("8:30:00", "05:00:00 PM", ("05-04 08:30+0800", "05-04 17:00+0800")),
        ("12:30 am", "12:30:00 PM", ("05-04 00:30+0800", "05-04 12:30+0800")),
        ("2026-05-04 20:00", "2026/5/5 8:00", ("05-04 20:00+0800", "05-05 08:00+0800")),
        ("2026-05-04T14:00+02:00", "2026-05-05T00:00Z", ("05-04 20:00+0800", "05-05 08:00+0800")),
    ],
)
def test_times(tmp_path: Path, start: str, end: str, read_as: tuple[str, str]) -> None:
    """A time is one of its date, on the next day with +1, or has a date of its own, with or without an offset."""
    assert spans(tmp_path, f"{HEADER}001,2026-05-04,{start},{end},\n") == [("001", "2026-05-04", *read_as, "0")]


def test_chinese_headers_and_several_rows(tmp_path: Path) -> None:
    """Chinese headers mean the same; the rows of a date come in order of time."""
    text = "工号,日期,上班时间,下班时间,扣除分钟\n001,2026-05-04,13:00,17:00,15\n001,2026年5月4日,08:00,12:00,0\n"
    assert [row[2:] for row in spans(tmp_path, text)] == [
        ("05-04 08:00+0800", "05-04 12:00+0800", "0"),
        ("05-04 13:00+0800", "05-04 17:00+0800", "15"),
    ]


def test_without_the_file(tmp_path: Path) -> None:
    """Without the file the attendance is empty; unpaid minutes may be left out altogether."""
    assert read(tmp_path).worked.empty
    rows = read(tmp_path, worked="agent_id,date,start_local,end_local\n001,2026-05-04,08:00,12:00\n").worked
    assert rows["unpaid_minutes"].tolist() == [0]
    assert rows["date"].tolist() == [date(2026, 5, 4)]


@pytest.mark.parametrize(
    ("rows", "column"),
    [
        ("009,2026-05-04,08:00,17:00,", "agent_id"),
        ("001,2026-04-30,08:00,17:00,", "date"),
        ("001,2026-05-04,08:00,07:00,", "end_local"),
        ("001,2026-05-04,08:00,08:00,", "end_local"),
        ("001,2026-05-04,08:00,,", "end_local"),
        ("001,2026-05-04,eight,17:00,", "start_local"),
        ("001,2026-05-04,2026-05-04,17:00,", "start_local"),
        ("001,2026-05-04,2026-05-04 08:00:30,17:00,", "start_local"),
        ("001,2026-05-04,08:00,2026-05-05 08:01,", "end_local"),
        ("001,2026-05-04,2026-05-05 08:00,2026-05-05 12:00,", "start_local"),
        ("001,2026-05-04,08:00,09:00,60", "unpaid_minutes"),
        ("001,2026-05-04,08:00,09:00,-5", "unpaid_minutes"),
        ("001,2026-05-04,08:00,12:00,\n001,2026-05-04,11:59,17:00,", "start_local"),
        ("001,2026-05-04,20:00,08:00+1,\n001,2026-05-05,07:30,17:00,", "start_local"),
        ("001,2026-05-04,00:00,12:00,\n001,2026-05-04,20:00,01:00+1,", "end_local"),
    ],
)
def test_a_bad_row(tmp_path: Path, rows: str, column: str) -> None:
    """A row that cannot be right is one problem of its last line, in the column that is meant."""
    (found,) = problems(tmp_path, worked=f"{HEADER}{rows}\n")
    assert found[:3] == ("worked.csv", 2 + rows.count("\n"), column)


def test_the_day_before_the_hire_date(tmp_path: Path) -> None:
    """Nobody works before he is employed."""
    text = complaint(tmp_path, agents=HIRED, worked=f"{HEADER}001,2026-05-04,08:00,17:00,\n")
    assert "001 is employed" in text


def test_every_problem_at_once(tmp_path: Path) -> None:
    """All problems of the file come in one report, each with its line and how to mend it."""
    text = complaint(tmp_path, worked=f"{HEADER}009,2026-05-04,08:00,17:00,\n001,2026-05-04,20:00,08:00,\n")
    assert "line 2" in text
    assert "line 3" in text
    assert "08:00+1" in text


def test_spans_that_touch(tmp_path: Path) -> None:
    """A span may start where the one before it ends, also across midnight."""
    text = f"{HEADER}001,2026-05-04,16:00,24:00,\n001,2026-05-05,00:00,08:00,\n001,2026-05-05,08:00,09:00,\n"
    assert len(spans(tmp_path, text)) == 3
