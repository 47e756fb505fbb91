"""Every export that keeps enough of a roster is read back as the roster that was written."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from round_trip_case import OPTIONS, cases, month, other_shifts, write

from wfm.domain.errors import InputErrors
from wfm.export import write_csv
from wfm.files import read_back
from wfm.files.rosters import SHAPES

if TYPE_CHECKING:
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster

SLOW = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))


def test_every_shape_is_tried() -> None:
    """Every shape that can be read back is written and read here."""
    assert set(OPTIONS) == set(SHAPES)


@pytest.mark.parametrize("kind", OPTIONS)
@given(case=cases())
@SLOW
def test_reading_undoes_writing(kind: str, case: tuple[Plan, Roster]) -> None:
    """A roster with hostile names and ids, leave, holidays and a clock change comes back whole, told by its content."""
    plan, roster = case
    with TemporaryDirectory() as place:
        folder = Path(place) / kind
        folder.mkdir()
        write(kind, plan, roster, folder)
        profile = kind if kind in ("ics", "workday_events", "ukg_shift", "mapping") else None
        if not any(cell.works for cell in roster) and profile is not None:
            return
        found = read_back(folder, plan, other_shifts(roster, plan), profile)
    assert found.roster.assignments == roster.assignments
    assert found.profile == kind


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of LibreOffice's own folder, which takes long to make."""
    return tmp_path_factory.mktemp("office").as_uri()


def saved(form: str, place: Path, profile: str, *files: Path, separators: str = "44") -> Path:
    """Return the folder with the files as LibreOffice saves them, opened as somebody would who picks UTF-8."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    options = [f"-env:UserInstallation={profile}", f"--infilter=CSV:{separators},34,76"]
    target = ["--convert-to", form, "--outdir", str(place / "saved")]
    subprocess.run(
        [soffice, "--headless", *options, *target, *map(str, files)], check=True, capture_output=True, timeout=120
    )
    return place / "saved"


def test_csv_that_a_spreadsheet_saved(tmp_path: Path, profile: str) -> None:
    """CSV saved by LibreOffice is read back, lost zeros put back; an id of eighteen digits is refused by name."""
    plan, roster = month("007", "A-3")
    long_plan, long_roster = month("310101199001011234")
    for kind, known, found in (
        ("neutral", plan, roster),
        ("matrix", plan, roster),
        ("mapping", long_plan, long_roster),
    ):
        (tmp_path / kind).mkdir()
        write(kind, known, found, tmp_path / kind)
    (tmp_path / "neutral" / "roster.csv").rename(tmp_path / "neutral.csv")
    files = [tmp_path / "neutral.csv", tmp_path / "matrix" / "matrix-2026-05.csv", tmp_path / "mapping" / "mapped.csv"]
    data = files[2].read_bytes().decode("gb18030")
    files[2].write_text(data, encoding="utf-8")
    place = saved("csv:Text - txt - csv (StarCalc):44,34,76,1", tmp_path, profile, *files)
    for file in files[:2]:
        back = read_back(place / file.name, plan, other_shifts(roster, plan))
        assert back.roster.assignments == roster.assignments
        assert ["7 = 007" in note.en for note in back.notes] == [True]
    with pytest.raises(InputErrors) as caught:
        read_back(place / "mapped.csv", long_plan, long_roster)
    assert {(e.column, e.value) for e in caught.value.errors} == {("工号", "3.10101199001011E+017")}
    assert "a spreadsheet rounded it" in caught.value.message.en


def test_csv_that_a_spreadsheet_opens(tmp_path: Path, profile: str) -> None:
    """With what its dialog offers (UTF-8; tab, comma, semicolon) LibreOffice shows each field of ours in a cell."""
    rows = [["座席", "备注"], ["张三", "夜班津贴; 20 元"], ["李四", "a\tb, c"], ["王五", '他说"好"']]
    write_csv(pd.DataFrame(rows[1:], columns=rows[0]), tmp_path / "ours.csv")
    place = saved(
        "csv:Text - txt - csv (StarCalc):44,34,76,1", tmp_path, profile, tmp_path / "ours.csv", separators="9/44/59"
    )
    with (place / "ours.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == rows


def test_workbook_that_a_spreadsheet_saved(tmp_path: Path, profile: str) -> None:
    """The workbook saved by LibreOffice is read back with every id as it was."""
    plan, roster = month("007", "310101199001011234", "=A")
    (tmp_path / "xlsx").mkdir()
    write("xlsx", plan, roster, tmp_path / "xlsx")
    place = saved("xlsx:Calc MS Excel 2007 XML", tmp_path, profile, tmp_path / "xlsx" / "roster.xlsx")
    found = read_back(place / "roster.xlsx", plan, other_shifts(roster, plan))
    assert (found.roster.assignments, found.profile, found.notes) == (roster.assignments, "xlsx", ())
