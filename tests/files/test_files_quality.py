"""`quality.csv`, and figures of `pay.csv` that are no wages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from files_folder import complaint, problems, read

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "agent_id,date,checked,failed\n"


def test_quality(tmp_path: Path) -> None:
    """Each row is an agent, a date, what was checked and what failed; without the file there is no row."""
    found = read(tmp_path, quality=HEADER + "001,2026-05-04,20,4\n001,2026/5/5,12,0\n").quality
    assert found.to_numpy().tolist() == [["001", date(2026, 5, 4), 20, 4], ["001", date(2026, 5, 5), 12, 0]]
    assert list(found.columns) == ["agent_id", "date", "checked", "failed"]


def test_no_checks(tmp_path: Path) -> None:
    """Without the file, or without a row, there is no check."""
    assert read(tmp_path).quality.empty
    assert read(tmp_path, quality=HEADER).quality.empty


def test_chinese_headers(tmp_path: Path) -> None:
    """The columns may have their Chinese names."""
    found = read(tmp_path, quality="工号,日期,质检条数,不合格条数\n001,2026-05-04,20,4\n").quality
    assert found["failed"].tolist() == [4]


def test_days_outside_the_period_are_counted(tmp_path: Path) -> None:
    """Rows outside the period are left aside and counted in one note."""
    inputs = read(tmp_path, quality=HEADER + "001,2025-05-04,20,4\n001,2026-05-05,20,4\n")
    assert len(inputs.quality) == 1
    assert [n.en for n in inputs.notes] == ["1 row(s) of quality.csv lie outside the period and were left aside"]


@pytest.mark.parametrize(
    ("rows", "line", "column", "value"),
    [
        ("001,2026-05-04,20,21", 2, "failed", "21"),
        ("001,2026-05-04,,2", 2, "checked", None),
        ("001,2026-05-04,20,-1", 2, "failed", "-1"),
        ("001,2026-05-04,20,1.5", 2, "failed", "1.5"),
        ("001,2026-05-04,many,1", 2, "checked", "many"),
        ("009,2026-05-04,20,1", 2, "agent_id", "009"),
        ("001,4 May,20,1", 2, "date", "4 May"),
        ("001,2026-05-04,20,1\n001,2026-05-04,20,2", 3, "date", "2026-05-04"),
    ],
)
def test_bad_rows(tmp_path: Path, rows: str, line: int, column: str, value: str | None) -> None:
    """A number that cannot be, an unknown agent or date and a second row of a day are problems of their cells."""
    assert problems(tmp_path, quality=f"{HEADER}{rows}\n") == [("quality.csv", line, column, value)]


def test_every_bad_row_is_listed(tmp_path: Path) -> None:
    """All problems come at once, each with its line and what was expected."""
    text = complaint(tmp_path, quality=HEADER + "001,2026-05-04,3,4\n001,2026-05-04,3,0\n009,2026-05-05,1,0\n")
    assert "at most as many as were checked on that day (3)" in text
    assert "line 2 has this one already" in text
    assert "009" in text


def test_figures_of_pay(tmp_path: Path) -> None:
    """Calls, penalties, bonus and hourly wage are read under their Chinese names; a penalty may be negative."""
    pay = read(tmp_path, pay="工号,底薪,电话量,扣罚,奖金,时薪,adjustment\n001,2500,1200,-150,500,20.5,-3\n").pay
    figures = {"base": "2500", "calls": "1200", "penalty": "-150", "bonus": "500", "hourly": "20.5", "adjustment": "-3"}
    assert dict(pay.iloc[0]) == {column: Decimal(figure) for column, figure in figures.items()}


@pytest.mark.parametrize("column", ["base", "performance", "hourly", "calls", "bonus"])
def test_other_figures_of_pay_are_not_negative(tmp_path: Path, column: str) -> None:
    """A negative wage, price or number of calls is a problem of its cell."""
    assert problems(tmp_path, pay=f"agent_id,{column}\n001,-5\n") == [("pay.csv", 2, column, "-5")]
