"""What every export format keeps to: its docs, its options, the people in its files, the bytes it wrote before."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from export_case import (
    HOURS,
    LEAVE_TYPE,
    LONG,
    NAMES,
    PAY,
    TEAM,
    ZERO,
    cells,
    form_of,
    golden,
    outgoing,
    plan,
    said,
    write,
)

from wfm.domain.errors import InputError
from wfm.export import EXPORTS, PERSONAL, CsvOptions, check_settings
from wfm.export.columns import PAYROLL, ROSTER, TIMESHEET
from wfm.export.tables import ROSTER_COLUMNS
from wfm.payroll.tables import PAYROLL_COLUMNS, TIMESHEET_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wfm.export.base import Personal

GOLDEN = Path(__file__).parents[1] / "golden"
TOKENS: Mapping[Personal, tuple[str, ...]] = {
    "name": ("Zhao", "全角公式", "=1+1"),
    "team": (TEAM,),
    "leave_type": (LEAVE_TYPE,),
    "hours": (str(HOURS),),
    "pay": (str(PAY),),
}
"""Text that betrays a kind of personal data."""

every = pytest.mark.parametrize("kind", list(EXPORTS))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """Return the files of every format by kind."""
    return {kind: write(kind, tmp_path_factory.mktemp(kind)) for kind in EXPORTS}


@every
def test_a_format_documents_itself(kind: str) -> None:
    """Every format says in both languages what it writes, means and does not know, and names its source."""
    form = EXPORTS[kind]
    assert "Source:" in (form.__doc__ or "")
    assert set(form.personal) <= set(PERSONAL)
    assert "agent_id" in form.personal
    assert form.columns
    assert len({column.name for column in form.columns}) == len(form.columns)
    texts = [form.phrase, *(column.meaning for column in form.columns), *([form.not_known] if form.not_known else [])]
    assert all(text.en and text.zh for text in texts)
    assert all(column.source for column in form.columns)


@every
def test_the_example_works(kind: str) -> None:
    """The options shown in the docs have no problem; an unknown option is one, named with its path."""
    example = dict(EXPORTS[kind].example)
    assert check_settings(plan(export={"profiles": [kind], kind: example}).settings) == []
    found = check_settings(plan(export={kind: {**example, "colour": 1}}).settings)
    assert [problem.column for problem in found] == [f"export.{kind}.colour"]


@every
def test_golden_files(kind: str, files: Mapping[str, Mapping[str, bytes]]) -> None:
    """The files are, byte for byte, those in `tests/golden`; `python tests/golden/regenerate.py` writes them again."""
    kept = dict(golden(name, data) for name, data in files[kind].items())
    before = {
        p.relative_to(GOLDEN / kind).as_posix(): p.read_bytes() for p in (GOLDEN / kind).rglob("*") if p.is_file()
    }
    assert kept == before


@every
def test_equal_rosters_give_equal_files(kind: str, tmp_path: Path, files: Mapping[str, Mapping[str, bytes]]) -> None:
    """Written again, every file has the same bytes, so that the manifest is stable."""
    assert write(kind, tmp_path) == files[kind]


@every
def test_the_sidecar_names_every_file(kind: str, files: Mapping[str, Mapping[str, bytes]]) -> None:
    """`totals.json` has the SHA-256 of every file, the version, and rows; hours and pay only where they may leave."""
    written = dict(files[kind])
    said_of = json.loads(written.pop("totals.json"))
    assert said_of["files"] == {name: hashlib.sha256(data).hexdigest() for name, data in sorted(written.items())}
    assert (said_of["profile"], said_of["roster_version"]) == (kind, "20260501-0123456789")
    totals = said_of["control_totals"]
    assert (totals["roster_rows"], totals["roster_work_days"]) == (15, 5)
    assert ("timesheet_scheduled_h" in totals) == ("hours" in EXPORTS[kind].personal)
    assert ("payroll_amount_CNY" in totals) == ("pay" in EXPORTS[kind].personal)


@every
def test_nothing_personal_that_is_not_declared(kind: str, files: Mapping[str, Mapping[str, bytes]]) -> None:
    """Names, teams, types of leave, hours and pay stand in no file of a format that does not declare them."""
    barred = set(PERSONAL) - set(EXPORTS[kind].personal)
    text = "\n".join(said(name, data) for name, data in files[kind].items())
    assert [token for personal in TOKENS if personal in barred for token in TOKENS[personal] if token in text] == []


@every
def test_an_allow_list_narrows(kind: str, tmp_path: Path) -> None:
    """With `personal_data = ["agent_id"]` no name, team, type of leave, hours or pay leave."""
    if kind == "sf_employeetime":
        pytest.skip("a file of leave is nothing without the type of leave")
    text = "\n".join(said(name, data) for name, data in write(kind, tmp_path, personal_data=["agent_id"]).items())
    own = TOKENS["name"] if kind == "dingtalk_fill" else ()  # they stand in the sheet that is filled
    assert [token for tokens in TOKENS.values() for token in tokens if token in text and token not in own] == []


@every
def test_an_allow_list_never_widens(kind: str) -> None:
    """Personal data that a format does not declare cannot be asked for: one problem each."""
    more = [p for p in PERSONAL if p not in EXPORTS[kind].personal]
    found = check_settings(plan(export={kind: {**EXPORTS[kind].example, "personal_data": more}}).settings)
    assert [(p.column, p.value) for p in found] == [(f"export.{kind}.personal_data", p) for p in more]
    assert form_of(kind, personal_data=more).allowed == ()


@every
def test_hostile_people_survive(kind: str, files: Mapping[str, Mapping[str, bytes]]) -> None:
    """Leading zeros and eighteen digits stay, and names with commas, quotes, line breaks, emoji and triggers too."""
    text = "\n".join(name + said(name, data) for name, data in files[kind].items())
    assert LONG in text
    assert re.search(rf"(?<!\d){ZERO}(?!\d)", text) or kind == "sf_employeetime"
    found = {cell for name, data in files[kind].items() for cell in cells(name, data)}
    if "name" in EXPORTS[kind].personal and kind != "mapping":
        assert set(NAMES.values()) <= found
    assert not {7, 310101199001011234} & found


@every
def test_no_formula(kind: str, files: Mapping[str, Mapping[str, bytes]]) -> None:
    """No cell of a workbook is a formula, and in a CSV file for people none starts like one."""
    form = form_of(kind)
    for name, data in files[kind].items():
        if name.endswith(".xlsx"):
            assert "<f>" not in said(name, data)
            assert "<v>=" not in said(name, data)
        elif isinstance(form, CsvOptions) and form.guard and name.endswith(".csv"):
            assert not re.search(r'(^|[,\r\n"])[=@＝]', said(name, data))


@every
def test_an_allow_list_blanks_before_the_format_sees(kind: str, tmp_path: Path) -> None:
    """What a format gets holds no more about people than it may write: not even the plan does."""
    got = outgoing(tmp_path).only(form_of(kind).allowed)
    barred = set(PERSONAL) - set(EXPORTS[kind].personal)
    assert all(not agent.name for agent in got.plan.agents) or "name" not in barred
    assert got.payroll.empty or "pay" not in barred
    assert (got.plan.requests, got.plan.exemptions, got.plan.balances) == ((), (), ())
    assert not any(agent.mentor or agent.tags or agent.no_night or agent.no_overtime for agent in got.plan.agents)


def test_columns_of_the_neutral_tables() -> None:
    """Each column of the neutral tables has a heading in both languages, in the order in which it is written."""
    assert tuple(ROSTER) == ROSTER_COLUMNS
    assert tuple(TIMESHEET) == TIMESHEET_COLUMNS
    assert tuple(PAYROLL) == PAYROLL_COLUMNS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings_that_hold_everything(encoding: str, tmp_path: Path) -> None:
    """Unicode in any form and GB18030 hold every name."""
    text = write("neutral", tmp_path, encoding=encoding)["roster.csv"].decode(encoding)
    assert "😀" in text
    assert "'＝全角公式" in text


@pytest.mark.parametrize("encoding", ["gbk", "big5", "shift_jis", "cp1252", "ascii"])
def test_encodings_that_do_not(encoding: str, tmp_path: Path) -> None:
    """A name that the encoding does not hold is refused, file and encoding named: never a question mark."""
    with pytest.raises(InputError, match=f"roster.csv.*{encoding}"):
        write("neutral", tmp_path, encoding=encoding)
