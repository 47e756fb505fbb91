"""A roster read back from a matrix, whatever a spreadsheet did to it."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import TYPE_CHECKING

import openpyxl
import pytest
from import_house import LINES, LONG, MATRIX, back, faults, line, plan, problems, roster

from wfm.files.rosters.day_heads import dates_of
from wfm.files.rosters.workbook import text_of

if TYPE_CHECKING:
    from pathlib import Path

TWO_MONTHS = (date(2026, 5, 20), date(2026, 6, 25))
IDLE = {agent: "- - - - -" for agent in LINES}
"""A roster in which nobody works."""


def swapped(old: str, new: str) -> str:
    """Return the matrix with one cell changed."""
    assert old in MATRIX
    return MATRIX.replace(old, new, 1)


@pytest.mark.parametrize(
    "content",
    [
        MATRIX,
        "\ufeff" + MATRIX,
        MATRIX.encode("gb18030"),
        MATRIX.encode("utf-16"),
        MATRIX.replace(",", ";"),
        MATRIX.replace(",", "\t"),
        MATRIX.replace(",", "|"),
        MATRIX.replace("\n", "\r\n"),
        MATRIX.replace("\n", ",,\n") + ",,,,,,,,,\n\n",
        MATRIX.replace("001,", "1,").replace("002,", "2.0,"),
        MATRIX.replace('"=Cy"', "'=Cy").replace("D8", "早班").replace("N20", " 大夜 "),
        MATRIX.replace("休", "off").replace("法定", "holiday").replace("请假", "年假"),
        MATRIX.replace("1,2,3,4,5", "2026/5/1,2026-05-02,5月3日,5/4,5日", 1),
        MATRIX.replace("1,2,3,4,5", "01,02,03,4.0,5 (Tue)", 1),
        "排班表 2026年5月,,,,,,,\n" + MATRIX + "备注：,,,,,,,\n",
        MATRIX.replace("工号,姓名", "备注,姓名").replace("001", "").replace("002", "").replace(LONG, ""),
    ],
    ids=[
        *("as written", "BOM", "GB18030", "UTF-16", "semicolons", "tabs", "bars", "CRLF", "blank rows and columns"),
        *("lost zeros", "names of shifts", "other words", "dates", "numbers", "title and notes", "names of agents"),
    ],
)
def test_matrix_comes_back(tmp_path: Path, content: str | bytes) -> None:
    """A matrix says the same roster in every form in which a spreadsheet leaves it."""
    known = plan()
    found = back(tmp_path, content)
    assert found.profile == "matrix"
    assert found.roster.assignments == roster(known).assignments


def test_lost_zeros_are_noted(tmp_path: Path) -> None:
    """Ids that lost their zeros are matched, and named in one note."""
    found = back(tmp_path, MATRIX.replace("001,", "1,").replace("002,", "2,"))
    assert [note.en for note in found.notes] == [
        "roster.csv: 2 agent id(s) lack their leading zeros and were matched all the same: 1 = 001, 2 = 002"
    ]


@pytest.mark.parametrize(
    ("content", "fault", "words"),
    [
        (swapped("D8,N20", "D8,N2O"), (3, "2", "N2O"), "Did you mean “N20”?"),
        (swapped("D8,N20", "D8,早班A"), (3, "2", "早班A"), "Did you mean “早班”?"),
        (swapped("002,Bob", "009,Bob"), (4, "工号", "009"), "an agent of agents.csv"),
        (swapped("002,Bob", ",Rob"), (4, "姓名", "Rob"), "the name of one agent; 0 have this name"),
        (swapped("002,Bob", ","), (4, "工号", None), "the agent id"),
        ("姓名,1\nAnn,D8\n,D8\n", (3, None, None), "the agent id"),
        (swapped("法定,D8", "法定,请假"), (4, "2", "请假"), "no approved leave is on record"),
        (swapped(LONG, "3.10101E+17"), (5, "工号", "3.10101E+17"), "a spreadsheet rounded it"),
        (swapped(LONG, LONG[:-3] + "000"), (5, "工号", LONG[:-3] + "000"), "Format the column as text"),
        (swapped("五,六", "四,五"), (1, "1", None), "the weekday or the month"),
        (MATRIX.replace("002,Bob", "001,Ann"), (4, "1", "法定"), "line 3 has 2026-05-01 already"),
    ],
)
def test_problem_of_a_matrix(tmp_path: Path, content: str, fault: tuple[object, ...], words: str) -> None:
    """Each wrong cell of a matrix is reported at its line and column, with what to do."""
    error = problems(tmp_path, content)
    assert (error.errors[0].row, error.errors[0].column, error.errors[0].value) == fault
    assert words in error.message.en


def test_zeros_that_could_be_two_agents(tmp_path: Path) -> None:
    """An id without zeros that fits two agents is no guess but a problem."""
    known = plan()
    first = known.agents[0]
    twin = first.model_copy(update={"agent_id": "01"})
    both = type(known)(known.settings, (first, twin), known.calendar, known.requirement)
    standing = roster(both, {"001": LINES["001"], "01": LINES["001"]})
    error = problems(tmp_path, "工号,1\n1,D8\n", known=both, standing=standing)
    assert "it could be 001, 01" in error.message.en


def test_days_that_are_not_in_the_file_stay(tmp_path: Path) -> None:
    """Agents and days that a matrix leaves out keep what stands, after a note."""
    found = back(tmp_path, "工号,1,2\n001,N20,休\n")
    assert (line(found, "001"), line(found, "002")) == ("N20 - - D8 L", LINES["002"])
    assert found.notes[0].en.startswith("roster.csv: 12 day(s) of 3 agent(s) are not in the file")


def test_queue_of_a_new_shift(tmp_path: Path) -> None:
    """A shift keeps the queue of its day; a new one gets the queue that the agent has most often, after a note."""
    found = back(tmp_path, swapped("D8,N20,休,D8", "N20,N20,D8,N20"))
    mine = [cell.queue for cell in found.roster if cell.agent_id == "001"]
    assert mine == ["sales", "sales", "sales", "service", None]
    assert [note.en for note in found.notes] == [
        "roster.csv: no queue is given for 1 new shift(s); chosen was the agent's usual one: 001 2026-05-03 sales"
    ]


def test_queue_of_somebody_who_never_worked(tmp_path: Path) -> None:
    """Without any shift that stands, the first queue of the agent's skills is taken."""
    known = plan()
    found = back(tmp_path, MATRIX, known=known, standing=roster(known, IDLE))
    assert {c.queue for c in found.roster if c.agent_id == "001"} == {"sales", None}


def workbook(rows: list[list[object]], title: str = "排班") -> bytes:
    """Return a workbook with one sheet before an empty one."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(row)
    book.create_sheet("空")
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_workbook_with_numbers_and_dates(tmp_path: Path) -> None:
    """In a workbook ids may have become numbers, and headings dates; both are understood."""
    days = [datetime(2026, 5, n) for n in range(1, 6)]  # noqa: DTZ001
    rows: list[list[object]] = [["工号", "姓名", *days], [1, "Ann", "D8", "N20", None, "D8", "请假"]]
    found = back(tmp_path, workbook(rows), "roster.xlsx")
    assert (found.profile, line(found, "001")) == ("xlsx", LINES["001"])


def test_workbook_with_a_rounded_id(tmp_path: Path) -> None:
    """An id of eighteen digits that became a number is refused with the way to mend it."""
    error = problems(tmp_path, workbook([["工号", 1], [int(LONG), "D8"]]), "roster.xlsx")
    assert [(e.row, e.column) for e in error.errors] == [(2, "工号")]
    assert "copy the ids from agents.csv" in error.message.en


def test_workbook_of_a_long_table(tmp_path: Path) -> None:
    """A long table that was saved as a workbook may hold serial dates."""
    known = plan()
    rows: list[list[object]] = [["agent_id", "business_date", "shift_code", "queue"]]
    for cell in roster(known):
        serial = (cell.date - date(1899, 12, 30)).days
        rows.append([cell.agent_id, serial, cell.shift.code if cell.shift else "", cell.queue])
    found = back(tmp_path, workbook(rows), "roster.xlsx")
    assert (found.profile, found.roster.assignments) == ("neutral", roster(known).assignments)


def test_a_broken_workbook(tmp_path: Path) -> None:
    """A file that only starts like a workbook is a problem, not a traceback."""
    assert "a workbook" not in str(faults(tmp_path, b"PK\x03\x04 nothing", "roster.xlsx"))
    assert "can be opened" in problems(tmp_path, b"PK\x03\x04 nothing", "roster.xlsx").message.en


@pytest.mark.parametrize(
    ("value", "text"),
    [(7.0, "7"), (7.5, "7.5"), (True, "TRUE"), (None, ""), (time(8), "08:00"), (date(2026, 5, 1), "2026-05-01")],
)
def test_cell_of_a_workbook(value: object, text: str) -> None:
    """A cell of a workbook is the text that a CSV file would have."""
    assert text_of(value) == text


def test_two_months_in_two_files(tmp_path: Path) -> None:
    """Of a period with a day of the month twice, the month in the name of the file or the weekdays decide."""
    header = [str(n) for n in range(1, 31)]
    days = plan(*TWO_MONTHS).days
    june = dates_of(header, {}, " matrix-2026-06", days)
    assert [d.isoformat() for d in june.places.values()] == [f"2026-06-{n:02d}" for n in range(1, 26)]
    weekdays = {n: date(2026, 5, n + 1).weekday() for n in range(30)}
    may = dates_of(header, weekdays, "", days)
    assert [d.isoformat() for d in may.places.values()] == [f"2026-05-{n:02d}" for n in range(20, 31)]
    unknown = dates_of(header, {}, "", days)
    assert unknown.problem is not None
    assert "more than once" in unknown.problem[1].en


def test_the_file_of_another_month(tmp_path: Path) -> None:
    """The matrix of April is not read as May: its name or its weekdays tell."""
    april = MATRIX.replace("五,六,日,一,二", ",,,,", 1)
    assert faults(tmp_path, april, "matrix-2026-04.csv") == [(1, "1", None)]


def test_punch_clock(tmp_path: Path) -> None:
    """A punch clock has numbers for shifts, 25 for leave and nothing for days off; unknown numbers are wrong."""
    known = plan(punchclock_matrix={"numbers": {"D8": 1, "D9": 3, "N20": 2}})
    sheet = f"工号,姓名,所属部门,1,2,3,4,5,31\n001,Ann,A,1,2,,1,25,\n002,Bob,A,,1,1.0,,1,\n{LONG},,,2,,,1,,\n"
    found = back(tmp_path, sheet.encode("gb18030"), known=known)
    assert (found.profile, found.roster.assignments) == ("punchclock_matrix", roster(known).assignments)
    assert faults(tmp_path, sheet.replace("1,25", "7,25"), known=known) == [(2, "4", "7")]


def test_dingtalk_sheet(tmp_path: Path) -> None:
    """The filled DingTalk sheet has its own names; rows that are kept and days outside employment are not ours."""
    options = {
        "template": "ding.csv",
        "names": {"D8": "白班"},
        "rest": "休假日",
        "keep_rows": ["Zoe"],
        "id_column": "Staff No",
    }
    known = plan(dingtalk_fill=options)
    rows = ["姓名,Staff No,5-1,5-2,5-3,5-4,5-5", "Zoe,,X,X,X,X,X", "Ann,001,白班,大夜,休假日,白班,休假日"]
    rows += ["Bob,,休假日,白班,白班,休假日,白班", f"Cy,{LONG},大夜,休假日,休假日,白班,老班"]
    found = back(tmp_path, "\n".join(rows), "ding.csv", known=known)
    assert (found.profile, found.notes) == ("dingtalk_fill", ())
    assert found.roster.assignments == roster(known).assignments
