"""The profile of renamed columns."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from export_house import plan
from test_export_tables import outgoing

from wfm.domain.errors import InputErrors
from wfm.domain.settings import Settings
from wfm.export import EXPORTS, check_settings

DOCS = Path(__file__).parents[2] / "docs" / "exports.md"


def write(tmp_path: Path, encoding: str = "utf-8", **file: Any) -> list[str]:
    """Return the lines of one mapped file."""
    form = EXPORTS["mapping"].model_validate({"files": [{"encoding": encoding, **file}]})
    (name,) = form.write(outgoing(), tmp_path)
    return (tmp_path / name).read_bytes().decode(encoding).splitlines()


def test_columns_under_other_names(tmp_path: Path) -> None:
    """Columns have their own names and order, values are replaced, constants repeated, rows kept by their state."""
    columns = {
        "班次": {"from": "shift_code", "values": {"D": "早班"}, "default": "其他"},
        "工号": "agent_id",
        "日期": {"from": "business_date", "form": "YYYY/MM/DD"},
        "上班": {"from": "start_local", "form": "HH:mm"},
        "来源": {"value": "wfm"},
    }
    lines = write(tmp_path, "gb18030", file="x{first}-{last}.csv", where={"state": ["work"]}, columns=columns)
    assert lines[0] == "班次,工号,日期,上班,来源"
    assert lines[1:] == [
        "早班,007,2026/05/02,08:00,wfm",
        "其他,001,2026/05/01,20:00,wfm",
        "早班,001,2026/05/04,08:00,wfm",
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["x2026-05-01-2026-05-04.csv"]


def test_every_table_has_names(tmp_path: Path) -> None:
    """The payroll can be given the name of the agent, and amounts a decimal comma."""
    columns = {"name": "name", "amount": "amount"}
    lines = write(tmp_path, table="payroll", columns=columns, decimal=",", delimiter=";", quote_all=True)
    assert lines == ['"name";"amount"', '"Zhao ""=1+1"", 😀";"827,59"', '"=cmd|1";""']


def test_an_empty_cell_has_a_value_of_its_own(tmp_path: Path) -> None:
    """An empty cell is replaced only where `values` names it."""
    days_off = {"from": "shift_code", "values": {"": "休息", "D": "D", "N": "N"}}
    assert write(tmp_path, columns={"x": days_off})[1:4] == ["休息", "D", "休息"]
    assert write(tmp_path, columns={"x": "agent_id", "y": {"from": "shift_code"}})[1:3] == ["007,", "007,D"]


def test_a_value_without_a_replacement(tmp_path: Path) -> None:
    """A value that `values` leaves out is an error with its place, and nothing is written."""
    place = r"export\.mapping\.files\[1\]\.columns\.状态\.values.*statutory_off"
    with pytest.raises(InputErrors, match=place) as caught:
        write(tmp_path, columns={"状态": {"from": "state", "values": {"work": "1", "rest": "0", "not_employed": "0"}}})
    assert len(caught.value.errors) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("file", "key", "value"),
    [
        ({"columns": {"工号": "agentid"}}, "columns.工号", "agentid"),
        ({"table": "payroll", "columns": {"a": "shift_code"}}, "columns.a", "shift_code"),
        ({"columns": {"a": "name"}, "where": {"stat": ["work"]}}, "where", "stat"),
        ({"columns": {"a": {}}}, "columns.a", None),
        ({"columns": {"a": {"from": "name", "value": "x"}}}, "columns.a", None),
        ({"columns": {"a": {"from": "name", "form": "YYYY"}}}, "columns.a.form", "YYYY"),
        ({"columns": {"a": {"from": "start_local", "form": "hh"}}}, "columns.a.form", "hh"),
        ({"columns": {"a": {"from": "shift_code", "values": {"D": "1"}}}}, "columns.a.values", "N"),
        ({"columns": {"a": "name"}, "file": "../up.csv"}, "file", "../up.csv"),
        ({"columns": {"a": "name"}, "file": "{month}.csv"}, "file", "{month}.csv"),
        ({"columns": {"a": "name"}, "file": "totals.json"}, "file", "totals.json"),
    ],
)
def test_what_cannot_be_used(file: dict[str, Any], key: str, value: str | None) -> None:
    """Each mistake is one problem, found before anything is written, with its key and what was expected."""
    (problem,) = check_settings(plan(export={"mapping": {"files": [file]}}).settings)
    assert (problem.column, problem.value) == (f"export.mapping.files[1].{key}", value)
    assert problem.message.en
    assert problem.message.zh


def test_known_columns_are_named() -> None:
    """An unknown column is answered with those there are."""
    files = [{"table": "timesheet", "columns": {"a": "x"}}]
    (problem,) = check_settings(plan(export={"mapping": {"files": files}}).settings)
    assert "scheduled_h" in problem.message.en
    assert problem.message.zh.endswith("name, team")


def test_files_need_names_of_their_own() -> None:
    """Two files of one name are a problem: the second would replace the first."""
    files = [{"columns": {"a": "name"}}] * 2
    (problem,) = check_settings(plan(export={"mapping": {"files": files}}).settings)
    assert problem.column == "export.mapping.files[2].file"


def test_examples_in_the_docs() -> None:
    """Every example on the page of exports is TOML that the settings take."""
    blocks = [block.split("```")[0] for block in DOCS.read_text("utf-8").split("```toml\n")[1:]]
    assert len(blocks) > 5
    shifts = [{"code": "D8", "start": "08:00", "end": "17:00"}, {"code": "N20", "start": "20:00", "end": "08:00+1"}]
    for block in blocks:
        options = tomllib.loads(block)["export"]
        settings = Settings.model_validate({**plan().settings.model_dump(), "shifts": shifts, "export": options})
        assert check_settings(settings) == []
