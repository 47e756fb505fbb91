"""How a table becomes a CSV file."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest
from export_house import plan
from hypothesis import given
from hypothesis import strategies as st

from wfm.domain.errors import InputError
from wfm.domain.guard import guard, unguard
from wfm.export import MACHINE, PEOPLE, CsvOptions, check_settings, write_csv

if TYPE_CHECKING:
    from pathlib import Path

AWKWARD = [
    "a, b",
    'say "hi"',
    "two\nlines",
    "two\r\nlines",
    "😀 emoji",
    "007",
    "310101199001011234",
    "=HYPERLINK(1)",
    "+86 21",
    "-1",
    "@sum",
    "\tx",
    "\rx",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "'=x",
    "'quoted",
    " spaces ",
    "",
]


def read(path: Path, profile: CsvOptions = PEOPLE) -> list[list[str]]:
    """Return the fields of a file as text, guards taken off."""
    with path.open(encoding=profile.encoding, newline="") as file:
        rows = list(csv.reader(file, delimiter=profile.delimiter))
    return [[unguard(cell) if profile.guard else cell for cell in row] for row in rows]


@pytest.mark.parametrize("profile", [PEOPLE, MACHINE, CsvOptions(delimiter="\t"), CsvOptions(encoding="gb18030")])
def test_awkward_text_comes_back(tmp_path: Path, profile: CsvOptions) -> None:
    """Commas, quotes, line breaks, emoji, leading zeros, 18-digit ids and formula-like names come back unchanged."""
    table = pd.DataFrame({"agent_id": AWKWARD, "n": range(len(AWKWARD))})
    write_csv(table, tmp_path / "t.csv", profile)
    assert read(tmp_path / "t.csv", profile) == [["agent_id", "n"], *([t, str(n)] for n, t in enumerate(AWKWARD))]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")), min_size=1))
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    """Any text written for people is read back the same."""
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    write_csv(pd.DataFrame({"text": texts, "n": 1}), path)
    assert [row[0] for row in read(path)[1:]] == texts


@given(st.text())
def test_guard_and_unguard(text: str) -> None:
    """A guarded text never starts like a formula, and `unguard` gives the text back."""
    assert not guard(text).startswith(tuple("=+-@\t\r＝＋－＠"))
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("text", AWKWARD[7:17])
def test_formula_like_text_is_guarded_for_people_only(tmp_path: Path, text: str) -> None:
    """Each trigger gets a leading apostrophe in a file for people and none in one for machines."""
    for profile, expected in ((PEOPLE, "'" + text), (MACHINE, text)):
        write_csv(pd.DataFrame({"name": [text]}), tmp_path / "t.csv", profile)
        with (tmp_path / "t.csv").open(encoding=profile.encoding, newline="") as file:
            assert list(csv.reader(file)) == [["name"], [expected]]


def test_bytes_of_a_file_for_people(tmp_path: Path) -> None:
    """A file for people starts with the byte order mark and ends its lines with CR LF; one for machines has no mark."""
    table = pd.DataFrame({"姓名": ["小夜"]})
    write_csv(table, tmp_path / "p.csv")
    write_csv(table, tmp_path / "m.csv", MACHINE)
    text = "姓名\r\n小夜\r\n".encode()
    assert (tmp_path / "p.csv").read_bytes() == b"\xef\xbb\xbf" + text
    assert (tmp_path / "m.csv").read_bytes() == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Decimal("827.586"), "827.59"),
        (Decimal("-150"), "-150.00"),
        (Decimal("0.125"), "0.13"),
        (date(2026, 5, 1), "2026-05-01"),
        (datetime(2026, 2, 16, 20, tzinfo=ZoneInfo("Asia/Shanghai")), "2026-02-16T20:00+08:00"),
        (datetime(2026, 2, 16, 20, 0, 30, tzinfo=ZoneInfo("Asia/Shanghai")), "2026-02-16T20:00:30+08:00"),
        (pd.Timestamp("2026-10-25 02:30", tz="UTC").tz_convert("Europe/Berlin"), "2026-10-25T03:30+01:00"),
        (None, ""),
        (pd.NA, ""),
        (pd.NaT, ""),
        (float("nan"), ""),
        (np.float64(1 / 3), "0.333333"),
        (2.0, "2"),
        (1e-9, "0"),
        (-1e-9, "0"),
        (1e7, "10000000"),
        (float("inf"), "inf"),
        (7, "7"),
        (np.int64(-7), "-7"),
        (True, "true"),
        (np.bool_(False), "false"),
        ("007", "007"),
    ],
)
def test_cells(tmp_path: Path, cell: object, text: str) -> None:
    """Amounts have two places, instants their offset, numbers no exponent and no guard, and nothing is empty."""
    write_csv(pd.DataFrame({"a": pd.Series([cell], dtype=object), "b": [1]}), tmp_path / "t.csv")
    assert read(tmp_path / "t.csv")[1][0] == text


def test_a_cell_without_text_is_refused(tmp_path: Path) -> None:
    """A cell that is no text, number or time is an error, not its Python representation."""
    with pytest.raises(TypeError, match="list"):
        write_csv(pd.DataFrame({"a": pd.Series([[1]], dtype=object)}), tmp_path / "t.csv")


def test_a_delimiter_is_one_character() -> None:
    """A delimiter of two characters is refused."""
    (problem,) = check_settings(plan(export={"neutral": {"delimiter": ";;"}}).settings)
    assert (problem.column, problem.value) == ("export.neutral.delimiter", ";;")
    assert "one of: ',', ';'" in problem.message.en


def test_text_that_the_encoding_cannot_hold(tmp_path: Path) -> None:
    """A name that the encoding cannot hold is an error with its line and column, and no file is written."""
    table = pd.DataFrame({"id": ["1", "2"], "name": ["Ann", "小夜"]})
    with pytest.raises(InputError) as caught:
        write_csv(table, tmp_path / "t.csv", CsvOptions(encoding="cp1252"))
    assert (caught.value.row, caught.value.column, caught.value.value) == (3, "name", "小夜")
    assert "cp1252" in caught.value.message.zh
    assert list(tmp_path.iterdir()) == []


def test_forms_of_numbers_and_dates(tmp_path: Path) -> None:
    """Decimal mark, date form and quotes are options; a time keeps its offset."""
    at = datetime(2026, 2, 16, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
    table = pd.DataFrame({"d": [date(2026, 2, 16)], "t": [at], "h": [Decimal("7.5")], "f": [0.25]})
    options = CsvOptions(decimal=",", date_format="DD.MM.YYYY", delimiter=";", quote_all=True)
    write_csv(table, tmp_path / "t.csv", options)
    line = (tmp_path / "t.csv").read_text("utf-8-sig").splitlines()[1]
    assert line == '"16.02.2026";"16.02.2026 20:00+08:00";"7,50";"0,25"'


def test_columns_keep_their_order(tmp_path: Path) -> None:
    """Columns stand in the order of the table, and the index is not written."""
    table = pd.DataFrame({"z": [1], "a": [2]}, index=["i"])
    write_csv(table, tmp_path / "t.csv", MACHINE)
    assert read(tmp_path / "t.csv", MACHINE) == [["z", "a"], ["1", "2"]]


def test_quotes_that_are_needed(tmp_path: Path) -> None:
    """A field with what some program takes for its end stands in quotes, no other does; a lone empty one does too."""
    write_csv(pd.DataFrame({"t": ["a;b", "c d", "e\tf", "|", ""]}), tmp_path / "t.csv", MACHINE)
    assert (tmp_path / "t.csv").read_bytes() == b't\r\n"a;b"\r\nc d\r\n"e\tf"\r\n|\r\n""\r\n'
