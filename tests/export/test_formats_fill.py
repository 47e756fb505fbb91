"""The sheet exported from DingTalk, filled in: CSV and workbook."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from formats_house import LONG, NAMES, WORK, ZERO, form, outgoing, plan
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from wfm.domain.agents import Agent
from wfm.domain.errors import InputErrors

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from wfm.domain.errors import InputError
    from wfm.domain.plan import Plan

DAYS = ("4/30", "5月1日", "2", "03")
SHEET = [
    ["5月排班表（请勿改动表头）", "", "", "", "", "", ""],
    ["姓名", "工号", "部门", *DAYS],
    ["", "", "", "四", "五", "六", "日"],
    ["Zhao", ZERO, "原部门", "早班", "休息", "", "早班"],
    [NAMES[LONG], "", "", "", "", "", "早班"],
]
FILLED = [
    *SHEET[:3],
    ["Zhao", ZERO, "原部门", "早班", "大夜班", "休息", "早班"],
    [NAMES[LONG], "", "", "早班", "休息", "休息", "休息"],
]


def csv_sheet(rows: Sequence[Sequence[object]], encoding: str = "utf-8-sig", **options: Any) -> bytes:
    """Return rows as a CSV file."""
    file = io.StringIO(newline="")
    csv.writer(file, **options).writerows(rows)
    return file.getvalue().encode(encoding)


def workbook(rows: Sequence[Sequence[object]]) -> Workbook:
    """Return rows as a workbook of two sheets with a bold title."""
    book = Workbook()
    book.active.title = "排班"
    for row in rows:
        book.active.append(list(row))
    for row in book.active:
        for cell in row:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    book.active["A1"].font = Font(bold=True)
    book.create_sheet("说明")["A1"] = "保留"
    return book


def fill(
    folder: Path, data: bytes | Workbook, known: Plan | None = None, name: str = "sheet.csv", **options: Any
) -> Path:
    """Return the filled file."""
    place = folder / "exports"
    place.mkdir(exist_ok=True)
    if isinstance(data, bytes):
        (folder / name).write_bytes(data)
    else:
        data.save(folder / name)
    work = WORK if known is None else {}
    (written,) = form("dingtalk_fill", template=name, **options).write(outgoing(known, work, folder=folder), place)
    return place / written


def refused(
    folder: Path, rows: Sequence[Sequence[object]], known: Plan | None = None, **options: Any
) -> list[InputError]:
    """Return the problems of a sheet for which nothing was written."""
    with pytest.raises(InputErrors) as failed:
        fill(folder, csv_sheet(rows), known, **options)
    assert list((folder / "exports").iterdir()) == []
    return list(failed.value.errors)


def changed(row: int, column: int, value: object) -> list[list[object]]:
    """Return the sheet with one cell changed, counted from 0."""
    rows: list[list[object]] = [list(cells) for cells in SHEET]
    rows[row][column] = value
    return rows


@pytest.mark.parametrize(
    ("encoding", "options"),
    [("utf-8-sig", {}), ("gb18030", {"delimiter": "\t"}), ("utf-8", {"delimiter": ";", "lineterminator": "\n"})],
)
def test_csv(tmp_path: Path, encoding: str, options: dict[str, str]) -> None:
    """Cells of the period become shift names and 休息, all others stay, and so do encoding, delimiter and line ends."""
    path = fill(tmp_path, csv_sheet(SHEET, encoding, **options))
    assert path.read_bytes() == csv_sheet(FILLED, encoding, **options)


def test_workbook(tmp_path: Path) -> None:
    """A workbook keeps fonts, other sheets and cells; shift names are text; the bytes are the same every time."""
    path = fill(tmp_path, workbook(SHEET), name="sheet.xlsx")
    book = load_workbook(path)
    assert [[cell or "" for cell in row] for row in book["排班"].values] == FILLED
    assert book["排班"]["A1"].font.bold
    assert book["说明"]["A1"].value == "保留"
    first = path.read_bytes()
    assert fill(tmp_path, (tmp_path / "sheet.xlsx").read_bytes(), name="sheet.xlsx").read_bytes() == first


def test_dates_and_numbers_in_a_workbook(tmp_path: Path) -> None:
    """Headers that are dates of the spreadsheet or numbers, and ids that are numbers, are understood."""
    agents = (Agent(agent_id="7", contract="full"),)
    known = plan(date(2026, 5, 1), date(2026, 5, 2), agents)
    rows: list[list[object]] = [["工号", date(2026, 5, 1), 2.0], [7, None, None]]
    book = load_workbook(fill(tmp_path, workbook(rows), known, name="sheet.xlsx"))
    assert list(book["排班"].values)[1] == (7, "休息", "休息")


def test_a_workbook_under_another_name(tmp_path: Path) -> None:
    """A file is read by its content: a workbook called .csv is a workbook still."""
    assert fill(tmp_path, workbook(SHEET)).read_bytes().startswith(b"PK")


def test_a_shift_name_like_a_formula_stays_text(tmp_path: Path) -> None:
    """A shift called =1+1 is text in the workbook, no formula."""
    path = fill(tmp_path, workbook(changed(3, 3, "")), name="s.xlsx", names={"D8": "=1+1"}, other_names=["早班"])
    cell = load_workbook(path)["排班"]["G4"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


@pytest.mark.parametrize(
    "style", ["{0.day}", "{0:%d}", "{0:%Y-%m-%d}", "{0.month}月{0.day}日", "{0.month}/{0.day}", "{0:%Y/%m/%d} 周{1}"]
)
def test_headers_of_days(tmp_path: Path, style: str) -> None:
    """Days are found by 1, 01, 2026-05-01, 5月1日, 5/1, also with a weekday behind."""
    known = plan(agents=[Agent(agent_id="A", contract="full")])
    header = [style.format(day, "一二三四五六日"[day.weekday()]) for day in known.days]
    path = fill(tmp_path, csv_sheet([["工号", *header], ["A", "", "", "", ""]]), known)
    assert "A,休息,休息,休息,休息" in path.read_text("utf-8-sig")


def test_days_outside_stay(tmp_path: Path) -> None:
    """Columns of days outside the period, and an agent's days before his first, keep what they hold, known or not."""
    rows = [
        [*cells, tail] for cells, tail in zip(changed(3, 3, "别的班"), ["", "5月4日", "", "别的班", ""], strict=True)
    ]
    last = fill(tmp_path, csv_sheet(rows)).read_text("utf-8-sig").splitlines()[3]
    assert last == "Zhao,007,原部门,别的班,大夜班,休息,早班,别的班"


def test_default_names(tmp_path: Path) -> None:
    """Without `names` a cell is the name of the shift template, or its code."""
    rows = [[cell if cell != "早班" else "" for cell in row] for row in SHEET]
    with (fill(tmp_path, csv_sheet(rows), names={})).open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[3][3:] == ["", "大夜, 班", "休息", "D8"]


@pytest.mark.parametrize(
    ("rows", "place", "word"),
    [
        (changed(3, 4, "中班"), ("sheet.csv", 4, "5月1日", "中班"), "早班"),
        (changed(3, 1, "0007"), ("sheet.csv", 4, "工号", "0007"), "agent of the roster"),
        (changed(4, 0, "nobody"), ("sheet.csv", 5, "姓名", "nobody"), "agent of the roster"),
        (changed(4, 1, ZERO), ("sheet.csv", 5, "工号", ZERO), "line 4"),
        (SHEET[:4], ("sheet.csv", None, "工号", LONG), "row for every agent"),
        (changed(1, 3, "总计"), ("sheet.csv", 2, None, None), "missing: 2026-04-30"),
        (changed(1, 3, "2026-05-03"), ("sheet.csv", 2, "03", "03"), "same day"),
        (changed(0, 0, "2026年4月1日"), None, ""),
        (changed(0, 0, "2025-05 排班"), ("sheet.csv", 1, None, "2025-05 排班"), "2026-04-30 to 2026-05-03"),
        (changed(2, 4, "周四"), ("sheet.csv", 3, "5月1日", "周四"), "another month"),
        ([["a", "b"], ["1", "2"]], ("sheet.csv", None, None, None), "工号 or 姓名"),
    ],
    ids=["shift", "id", "name", "twice", "absent", "day", "day-twice", "export-date", "month", "weekday", "header"],
)
def test_what_does_not_fit(
    tmp_path: Path, rows: list[list[object]], place: tuple[object, ...] | None, word: str
) -> None:
    """An unknown shift or person, an agent without a row, another month: the place is named, nothing is written."""
    if place is None:
        fill(tmp_path, csv_sheet(rows))
        return
    errors = refused(tmp_path, rows)
    found = {(e.file, e.row, e.column, e.value): e.message for e in errors}
    assert place in found
    assert word in found[place].en
    assert found[place].zh


def test_all_problems_at_once(tmp_path: Path) -> None:
    """Every wrong cell of the sheet is reported in one go."""
    rows = changed(3, 4, "中班")
    rows[3][6], rows[4][5] = "白班", "?"
    assert [(e.row, e.value) for e in refused(tmp_path, rows)] == [(4, "白班"), (4, "中班"), (5, "?")]


def test_other_months_by_full_dates(tmp_path: Path) -> None:
    """A sheet whose dates are all of another month has no column for any day."""
    (found,) = refused(tmp_path, [["工号", "2026-06-01"], [ZERO, ""]])
    assert "2026-04-30, 2026-05-01, 2026-05-02, 2026-05-03" in found.message.zh


def test_a_number_of_two_days(tmp_path: Path) -> None:
    """A bare number is refused when the period has two such days."""
    known = plan(date(2026, 4, 20), date(2026, 5, 31))
    (found,) = refused(tmp_path, [["工号", "20"], [ZERO, ""]], known)
    assert (found.row, found.column) == (1, "20")


def test_namesakes(tmp_path: Path) -> None:
    """Two agents of one name need their ids in the sheet."""
    known = plan(agents=[Agent(agent_id=i, name="Li", contract="full") for i in ("1", "2")])
    found = refused(tmp_path, [["姓名", *DAYS], ["Li", "", "", "", ""]], known)
    assert "1, 2 have this name" in " ".join(e.message.en for e in found)


def test_rows_that_stay(tmp_path: Path) -> None:
    """People in `keep_rows` and shift names in `other_names` do not stop the export."""
    rows: list[list[object]] = [*changed(3, 4, "中班"), ["Boss", "99", "", "中班", "", "", ""]]
    text = fill(tmp_path, csv_sheet(rows), keep_rows=["99"], other_names=["中班"]).read_text("utf-8-sig")
    assert text.splitlines()[-1] == "Boss,99,,中班,,,"
    assert text.splitlines()[3].split(",")[4] == "大夜班"


def test_full_width_and_guarded_cells(tmp_path: Path) -> None:
    """Full-width digits and a guarded name in the sheet are the same agent, and stay as they stand."""
    rows = changed(3, 1, "００７")
    rows[4][0] = "'" + NAMES[LONG]
    text = fill(tmp_path, csv_sheet(rows)).read_text("utf-8-sig")
    assert "Zhao,００７,原部门,早班,大夜班" in text


@pytest.mark.parametrize(
    "data", [b"\xd0\xcf\x11\xe0old", b"PK\x03\x04broken", b"\xff\xff\xff", b""], ids=["xls", "zip", "bytes", "empty"]
)
def test_a_file_that_is_no_sheet(tmp_path: Path, data: bytes) -> None:
    """An old workbook, a broken one, bytes and an empty file are input errors."""
    with pytest.raises(InputErrors):
        fill(tmp_path, data)


def test_a_merged_cell(tmp_path: Path) -> None:
    """A merged cell cannot be filled, which is said."""
    book = workbook(SHEET)
    book.active.merge_cells("E4:F4")
    with pytest.raises(InputErrors, match="merged") as failed:
        fill(tmp_path, book, name="s.xlsx")
    assert (failed.value.errors[0].row, failed.value.errors[0].column) == (4, "E4")


def test_a_word_that_no_workbook_holds(tmp_path: Path) -> None:
    """A control character in the name of a shift is an input error, and nothing is written."""
    with pytest.raises(InputErrors, match="xlsx"):
        fill(tmp_path, workbook(SHEET), name="s.xlsx", names={"D8": "a\x01", "N20": "早班"})
    assert list((tmp_path / "exports").iterdir()) == []


def test_a_template_that_is_not_there(tmp_path: Path) -> None:
    """A missing template names the option."""
    for folder in (tmp_path, None):
        with pytest.raises(InputErrors) as failed:
            form("dingtalk_fill").write(outgoing(folder=folder), tmp_path)
        (found,) = failed.value.errors
        assert (found.column, found.value) == ("export.dingtalk_fill.template", "dingtalk.csv")


def test_a_name_for_no_shift() -> None:
    """A name for a shift that does not exist is a problem of the settings."""
    (found,) = form("dingtalk_fill", names={"X": "早班"}).problems(plan().settings)
    assert found.column == "export.dingtalk_fill.names.X"
