"""The workbook."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pytest
from export_house import plan
from test_export_tables import outgoing

from wfm.domain.errors import InputError
from wfm.domain.text import Text
from wfm.export import EXPORTS
from wfm.export.columns import TIMESHEET
from wfm.export.looks import DAY, DAYS_OFF, ID, NUMBER, PALETTE, WORD, shift_looks
from wfm.export.workbook import Book

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from wfm.export import Outgoing


def book(folder: Path, leaving: Outgoing | None = None, **options: Any) -> Any:
    """Return the workbook as openpyxl reads it."""
    form = EXPORTS["xlsx"].model_validate(options)
    (name,) = form.write((leaving or outgoing()).only(form.allowed), folder)
    return openpyxl.load_workbook(folder / name)


def one(folder: Path, *row: tuple[object, Any]) -> Any:
    """Return the sheet of a workbook of one row."""
    made = Book("Arial", "A4")
    made.sheet("x", [10] * len(row), frozen="A2", page_title="a & b").row(row)
    made.save(folder / "one.xlsx", datetime(2026, 5, 1, tzinfo=UTC))
    return openpyxl.load_workbook(folder / "one.xlsx")["x"]


def test_sheets(tmp_path: Path) -> None:
    """A sheet for the month, the legend, hours and pay; headings in the language of the centre."""
    made = book(tmp_path)
    assert made.sheetnames == ["排班表 2026-05", "图例", "工时表", "薪资明细"]
    rows = list(made["排班表 2026-05"].values)
    assert rows[0] == ("工号", "姓名", "部门", 1, 2, 3, 4, "出勤", "休息", "工时")
    assert rows[1][3:7] == ("五", "六", "日", "一")
    assert rows[2] == ("007", 'Zhao "=1+1", 😀', "客服一组", None, "D", "休", "休", 1, 2, 8)
    assert rows[3] == ("001", "=cmd|1", "B", "N", "法定", "请假", "D", 2, 1, 20)


def test_a_sheet_for_each_month(tmp_path: Path) -> None:
    """A period over a month's end gives one sheet for each month."""
    names = book(tmp_path, outgoing(date(2026, 4, 30), date(2026, 5, 4))).sheetnames
    assert names[:2] == ["排班表 2026-04", "排班表 2026-05"]


@pytest.mark.parametrize("columns", [TIMESHEET, ["agent_id"], []])
def test_nothing_to_pay(tmp_path: Path, columns: Iterable[str]) -> None:
    """Without any hours or pay the sheets hold their headings only."""
    empty = pd.DataFrame(columns=list(columns), dtype=object)
    made = book(tmp_path, replace(outgoing(), timesheet=empty, payroll=empty))
    assert [made[title].max_row for title in ("工时表", "薪资明细")] == [1, 1]
    assert [cell.value for cell in made["工时表"][1][:2]] == ["工号", "姓名"]


def test_colours_and_legend(tmp_path: Path) -> None:
    """Each shift and each kind of day off has a colour, the same in the month and in the legend."""
    made = book(tmp_path)
    month, legend = made["排班表 2026-05"], made["图例"]
    colours = {row[0].value: row[0].fill.fgColor.rgb for row in legend.iter_rows(min_row=2)}
    assert len(set(colours.values())) == len(colours) == 5
    drawn = {c.value: c.fill.fgColor.rgb for row in month["D3:G4"] for c in row if c.value}
    assert drawn == colours
    assert [c.value for c in legend[3]] == ["N", "N", "20:00", "08:00+1", 12]


def test_panes_and_print(tmp_path: Path) -> None:
    """Headings stay in sight, the print is landscape and as wide as the page, its headings on every page."""
    month = book(tmp_path, paper="A3").worksheets[0]
    assert month.freeze_panes == "D3"
    assert (month.page_setup.orientation, month.page_setup.paperSize) == ("landscape", 8)
    assert (month.page_setup.fitToWidth, month.page_setup.fitToHeight) == (1, 0)
    assert month.sheet_properties.pageSetUpPr.fitToPage
    assert month.print_title_rows == "$1:$2"
    assert "v1" in month.oddHeader.center.text


def test_text_is_never_a_formula(tmp_path: Path) -> None:
    """Formula-like text, ids with zeros and eighteen digits are text, also after somebody edits the cell."""
    texts = ["=1+1", "＝1", "+86", "#N/A", "007", "310101199001011234", "a\r\nb", "<b> & 'q'", " x "]
    cells = one(tmp_path, *((text, ID) for text in texts))[1]
    assert [c.value for c in cells] == texts
    assert {c.data_type for c in cells} == {"s"}
    assert [c.quotePrefix for c in cells][:5] == [True, True, True, False, False]


def test_numbers_and_dates(tmp_path: Path) -> None:
    """Numbers are numbers with two places, dates are dates, nothing is an empty cell."""
    row = (Decimal("827.59"), NUMBER), (date(2026, 5, 1), DAY), (None, WORD)
    cells = one(tmp_path, *row)[1]
    assert [cells[0].value, cells[1].value.date(), cells[2].value] == [827.59, date(2026, 5, 1), None]
    assert [c.number_format for c in cells] == ["0.00", "yyyy-mm-dd", "General"]
    assert cells[1].is_date


def test_a_character_that_no_workbook_holds(tmp_path: Path) -> None:
    """A control character in a text is an error that names it."""
    with pytest.raises(InputError, match="xlsx"):
        one(tmp_path, ("a\x0bb", WORD))


def test_the_archive_has_no_clock(tmp_path: Path) -> None:
    """No time in the file is that of the run: parts of 1980, properties of the first day."""
    book(tmp_path)
    with ZipFile(io.BytesIO((tmp_path / "roster.xlsx").read_bytes())) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert parts.read("docProps/core.xml").count(b"2026-05-01T00:00:00Z") == 2


def test_hours_and_pay_stay_at_home(tmp_path: Path) -> None:
    """Without hours and pay in the allow-list their sheets and the sum of hours are gone."""
    made = book(tmp_path, personal_data=["agent_id", "name"])
    assert made.sheetnames == ["排班表 2026-05", "图例"]
    assert [c.value for c in made.worksheets[0][1]][-2:] == ["出勤", "休息"]


def test_colours_of_many_shifts() -> None:
    """Colours are spread over the palette by the start of the shift, and repeat only when there are more shifts."""
    shifts = [{"code": f"S{n}", "start": f"{n:02d}:00", "end": f"{n + 1:02d}:00"} for n in range(23)]
    for count in (1, 2, 10, 23):
        fills = [look.fill for look in shift_looks(plan(shifts=shifts[:count])).values()]
        assert len(set(fills)) == min(count, len(PALETTE))
    assert len({look.fill for look in DAYS_OFF.values()} | set(PALETTE)) == len(DAYS_OFF) + len(PALETTE)


def test_words_in_place_of_codes(tmp_path: Path) -> None:
    """The sheets of hours and pay say elements, units, leave and basis in words; a code without a name stays."""
    pay = pd.DataFrame(
        [["007", "base", "day", "worked"], ["001", "own", "box", "worked_until_2026-05-02"]],
        columns=["agent_id", "element_code", "unit", "basis"],
        dtype=object,
    )
    hours = pd.DataFrame([["007", "annual;ours"], ["001", None]], columns=["agent_id", "leave_type"], dtype=object)
    names = {"base": Text(en="Wage", zh="月工资")}
    made = book(tmp_path, replace(outgoing(), payroll=pay, timesheet=hours, names=names))
    assert [row[2:] for row in made["薪资明细"].iter_rows(min_row=2, values_only=True)] == [
        ("月工资", "天", "按考勤"),
        ("own", "box", "2026-05-02 及以前按考勤，之后按排班"),
    ]
    assert [row[2] for row in made["工时表"].iter_rows(min_row=2, values_only=True)] == ["年休假、ours", None]
