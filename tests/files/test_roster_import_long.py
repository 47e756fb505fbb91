"""A roster read back from long tables: our own, renamed ones, clock events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from import_house import LINES, LONG, MATRIX, back, faults, line, plan, problems, roster

from wfm.domain.errors import InputErrors, SettingsError
from wfm.files import read_back
from wfm.files.cells import BadCell
from wfm.files.rosters.words import AgentIds

if TYPE_CHECKING:
    from pathlib import Path

KNOWN = plan()
NEUTRAL = "\n".join(
    [
        "agent_id,business_date,state,shift_code,queue,start_local,paid_hours",
        *(
            f"{c.agent_id},{c.date},{c.state.value},{c.shift.code if c.shift else ''},{c.queue or ''},"
            f"{c.date}T{'20' if c.shift.code == 'N20' else '08'}:00+08:00,8.00"
            if c.shift
            else f"{c.agent_id},{c.date},{c.state.value},,,,"
            for c in roster(KNOWN)
        ),
        "",
    ]
)
EVENTS = """\
Employee_ID,Time_Clock_Event_Date_Time,Clock_Event_Type
001,2026-05-01T08:00:00+08:00,In
001,2026-05-01T12:00:00+08:00,Meal
001,2026-05-01T13:00:00+08:00,In
001,2026-05-01T17:00:00+08:00,Out
001,2026-05-02T12:00:00+00:00,In
001,2026-05-03T00:00:00+00:00,Out
"""


@pytest.mark.parametrize(
    "content",
    [
        NEUTRAL,
        NEUTRAL.replace("2026-05-0", "2026/5/"),
        NEUTRAL.replace("T08:00+08:00", " 8:00").replace("T20:00+08:00", " 20:00"),
        NEUTRAL.replace("001,", "1,").replace("002,", "002.0,"),
        NEUTRAL.replace("state,", "备注,").replace("D8", "早班"),
        NEUTRAL.replace(",", ";").encode("gb18030"),
        NEUTRAL.replace("agent_id,business_date", "工号,日期").replace(",rest,", ",休息,"),
    ],
    ids=["as written", "slashes", "local times", "lost zeros", "names and no state", "semicolons", "Chinese headings"],
)
def test_long_table_comes_back(tmp_path: Path, content: str | bytes) -> None:
    """The neutral table says the same roster in every form in which a spreadsheet leaves it."""
    found = back(tmp_path, content)
    assert (found.profile, found.roster.assignments) == ("neutral", roster(KNOWN).assignments)


@pytest.mark.parametrize(
    ("form", "first"), [("YYYYMMDD", "20260501"), ("DD/MM/YYYY", "01/05/2026"), ("MM/DD/YYYY", "05/01/2026")]
)
def test_dates_in_the_form_of_the_profile(tmp_path: Path, form: str, first: str) -> None:
    """Dates are read in the form in which the profile writes them."""
    known = plan(neutral={"date_format": form})
    rows = ["agent_id,business_date,shift_code,queue"]
    for cell in roster(known):
        day = first.replace("01", f"{cell.date.day:02d}", 1)
        if form != "DD/MM/YYYY":
            day = first[:-2] + f"{cell.date.day:02d}" if form == "YYYYMMDD" else f"05/{cell.date.day:02d}/2026"
        rows.append(f"{cell.agent_id},{day},{cell.shift.code if cell.shift else ''},{cell.queue or ''}")
    assert back(tmp_path, "\n".join(rows), known=known).roster.assignments == roster(known).assignments


def test_a_long_table_has_every_day(tmp_path: Path) -> None:
    """A row that is gone from the neutral table is a problem, never a day left as it stands."""
    cut = NEUTRAL.replace("002,2026-05-02,work,D8,service,2026-05-02T08:00+08:00,8.00\n", "")
    assert len(cut) < len(NEUTRAL)
    assert "002 lacks 2026-05-02" in problems(tmp_path, cut).message.en


def test_times_that_contradict_the_code(tmp_path: Path) -> None:
    """A start that is neither the shift's nor the one that stood there is a problem."""
    wrong = NEUTRAL.replace("work,D8,sales,2026-05-01T08", "work,N20,sales,2026-05-01T09")
    assert faults(tmp_path, wrong) == [(2, "start_local", "2026-05-01T09:00+08:00")]


@pytest.mark.parametrize("where", [{"state": ["work"]}, None])
def test_mapped_columns(tmp_path: Path, where: dict[str, list[str]] | None) -> None:
    """Columns that a mapping renamed, and its words, are put back; a filter on work leaves days off out."""
    columns = {
        "员工": "agent_id",
        "日": {"from": "business_date", "form": "MM/DD"},
        "班": {"from": "shift_code", "values": {"D8": "白", "D9": "白", "N20": "夜", "": "无"}},
        "线": {"from": "queue", "values": {"sales": "甲", "service": "乙"}},
        "态": {"from": "state", "values": {"work": "1"}, "default": "0"},
    }
    known = plan(mapping={"files": [{"columns": columns} | ({"where": where} if where else {})]})
    words = {"D8": "白", "N20": "夜"}
    rows = ["序,员工,日,班,线,态"]
    for n, cell in enumerate(roster(known)):
        if cell.shift is not None:
            queue = {"sales": "甲", "service": "乙"}[cell.queue or ""]
            rows.append(f"{n},{cell.agent_id},05/{cell.date.day:02d},{words[cell.shift.code]},{queue},1")
        elif where is None:
            rows.append(f"{n},{cell.agent_id},05/{cell.date.day:02d},无,,")
    found = back(tmp_path, "\n".join(rows), known=known)
    assert (found.profile, found.roster.assignments) == ("mapping", roster(known).assignments)
    rows[1] = rows[1].replace("白", "晚")
    assert faults(tmp_path, "\n".join(rows), known=known)[0] == (2, "班", "晚")


def test_a_file_of_no_mapping(tmp_path: Path) -> None:
    """A table asked for as `mapping` whose columns are in no file of the profile is a problem."""
    assert "[[export.mapping.files]]" in problems(tmp_path, MATRIX, profile="mapping").message.en


def test_clock_events(tmp_path: Path) -> None:
    """Clock events make shifts by their instants, in any offset; the other days of these people are days off."""
    found = back(tmp_path, EVENTS)
    assert (found.profile, line(found, "001")) == ("workday_events", "D8 N20 - - L")
    assert line(found, "002") == LINES["002"]
    moved = back(tmp_path, EVENTS.replace("2026-05-01", "2026-05-03"))
    assert line(moved, "001") == "- N20 D8 - L"
    assert moved.notes[0].en == (
        "roster.csv: 1 new shift(s) can be several of the same times; taken was the first: 001 2026-05-03 D8"
    )


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("01T17:00:00+08:00,Out", "01T17:00:00+08:00,Meal", (2, "Time_Clock_Event_Date_Time")),
        ("001,2026-05-03T00:00:00+00:00,Out\n", "", (6, "Clock_Event_Type")),
        ("001,2026-05-01T08:00:00+08:00,In", "001,2026-05-01T08:00:00+08:00,Out", (2, "Clock_Event_Type")),
        ("01T08:00", "01T08:30", (2, "Time_Clock_Event_Date_Time")),
        ("001,2026-05-01T08", "009,2026-05-01T08", (2, "Employee_ID")),
    ],
)
def test_problem_of_clock_events(tmp_path: Path, old: str, new: str, fault: tuple[int, str]) -> None:
    """Events without their other end, of no shift or of nobody are problems at their line."""
    assert fault in [found[:2] for found in faults(tmp_path, EVENTS.replace(old, new))]


def test_files_that_are_no_roster(tmp_path: Path) -> None:
    """A file of no shape, one that is not there, an empty folder and an unknown profile are named as such."""
    assert "a roster file: one of" in problems(tmp_path, "a,b\n1,2\n").message.en
    assert "a column for each day" in problems(tmp_path, "a,b\n1,2\n", profile="matrix").message.en
    assert faults(tmp_path, "a,b\n1,2\n", profile="neutral")[0][1] == "agent_id"
    (tmp_path / "empty").mkdir()
    for path in (tmp_path / "none.csv", tmp_path / "empty"):
        with pytest.raises(InputErrors, match="or a folder of them"):
            read_back(path, KNOWN, roster(KNOWN))
    with pytest.raises(SettingsError, match="no profile that holds shifts"):
        read_back(tmp_path / "roster.csv", KNOWN, roster(KNOWN), "adp_paydata")


def test_where_nothing_stands(tmp_path: Path) -> None:
    """Without a roster that stands, a file has to have every agent-day, and the queue of who serves several."""
    path = tmp_path / "roster.csv"
    path.write_text(NEUTRAL, encoding="utf-8")
    assert read_back(path, KNOWN).roster.assignments == roster(KNOWN).assignments
    path.write_text("工号,1,2\n001,D8,休\n", encoding="utf-8")
    with pytest.raises(InputErrors) as caught:
        read_back(path, KNOWN)
    assert [(e.row, e.column) for e in caught.value.errors] == [*[(None, "business_date")] * 3, (2, "1")]


def test_a_folder_of_files(tmp_path: Path) -> None:
    """The files of a folder are one roster, whatever else lies beside them; a cell in two of them is a problem."""
    (tmp_path / "totals.json").write_text('{"profile": "matrix"}', encoding="utf-8")
    for name in ("~$a.csv", "page.html"):
        (tmp_path / name).write_bytes(b"\x00\x01")
    first, second = MATRIX.splitlines(keepends=True)[:3], MATRIX.splitlines(keepends=True)[3:]
    (tmp_path / "a.csv").write_text("".join(first), encoding="utf-8")
    (tmp_path / "b.csv").write_text("".join([first[0], *second]), encoding="utf-8")
    found = read_back(tmp_path, KNOWN, roster(KNOWN, {a: "- - - - -" for a in LINES}))
    assert [line(found, agent) for agent in LINES] == list(LINES.values())
    (tmp_path / "c.csv").write_text("".join(first), encoding="utf-8")
    with pytest.raises(InputErrors, match="is in another too"):
        read_back(tmp_path, KNOWN, roster(KNOWN))


@pytest.mark.parametrize(
    ("text", "agent"),
    [("007", "007"), ("7", "7"), ("8", "008"), ("8.0", "008"), ("００８", "008"), ("'-A", "-A"), (" A1 ", "A1")],
)
def test_agent_ids(text: str, agent: str) -> None:
    """An id is matched as written, then without decimals and leading zeros."""
    assert AgentIds(["007", "7", "008", "-A", "A1", LONG])(text) == agent


@pytest.mark.parametrize(
    ("text", "agent"), [("'=A", "=A"), ("''=A", "'=A"), ("'＝A", "=A"), ("'=B", "'=B"), ("''=B", "'=B"), ("=A", "=A")]
)
def test_agent_ids_under_a_guard(text: str, agent: str) -> None:
    """The sign that guards a formula is taken off; where nobody is left then, it belongs to the id."""
    assert AgentIds(["=A", "'=A", "'=B"])(text) == agent


@pytest.mark.parametrize("text", ["3.10101E+17", "3.10101199001011E+017", "310101199001011000", "09", "A", "a1"])
def test_agent_ids_that_cannot_be_told(text: str) -> None:
    """Ids that were rounded, or that nobody has, are refused."""
    with pytest.raises(BadCell):
        AgentIds(["007", "7", "008", "A1", LONG])(text)


def test_encoding_of_the_profile(tmp_path: Path) -> None:
    """Bytes that are no UTF-8 are read in the encoding of the profile that is asked for."""
    known = plan(neutral={"encoding": "big5"})
    text = NEUTRAL.replace("D8", "早班").encode("big5")
    found = back(tmp_path, text, known=known, profile="neutral")
    assert found.roster.assignments == roster(known).assignments
    assert back(tmp_path, NEUTRAL, known=known, profile="neutral").roster == found.roster


def test_a_word_for_all_other_shifts(tmp_path: Path) -> None:
    """A mapping's word for all other shifts is the shift that stands, elsewhere a problem; tables of pay are none."""
    shifts = {"from": "shift_code", "values": {"N20": "夜"}, "default": "班"}
    columns = {"agent": "agent_id", "day": "business_date", "shift": shifts}
    pay = {"table": "payroll", "columns": {"agent": "agent_id", "day": "date"}}
    known = plan(mapping={"files": [pay, {"columns": columns, "where": {"shift_code": ["D8", "N20"]}}]})
    found = back(tmp_path, "agent,day,shift\n001,2026-05-01,班\n001,2026-05-02,夜\n", known=known)
    assert (found.profile, line(found, "001")) == ("mapping", LINES["001"])
    assert faults(tmp_path, "agent,day,shift\n001,2026-05-03,班\n", known=known) == [(2, "shift", "班")]


def test_only_the_shift_code_was_changed(tmp_path: Path) -> None:
    """State, times and queue that stood there before do not contradict a code that somebody typed over the old one."""
    worked = next(c for c in roster(KNOWN) if c.shift is not None and c.shift.code == "D8")
    rested = next(c for c in roster(KNOWN) if c.state.value == "rest")
    lines = NEUTRAL.splitlines()
    at = {tuple(text.split(",")[:2]): n for n, text in enumerate(lines)}
    for cell, old, new in ((worked, ",D8,", ",休,"), (rested, ",rest,,", ",rest,D8,")):
        n = at[cell.agent_id, str(cell.date)]
        assert old in lines[n]
        lines[n] = lines[n].replace(old, new)
    found = back(tmp_path, "\n".join(lines)).roster.assignments
    assert found[worked.agent_id, worked.date].shift is None
    now = found[rested.agent_id, rested.date].shift
    assert now is not None
    assert now.code == "D8"


def test_shift_typed_over_another(tmp_path: Path) -> None:
    """A code typed over another one counts, though the times beside it are those of the old shift."""
    cell = next(c for c in roster(KNOWN) if c.shift is not None and c.shift.code == "D8")
    old = f"{cell.agent_id},{cell.date},work,D8,"
    found = back(tmp_path, NEUTRAL.replace(old, old.replace("D8", "N20"))).roster
    shift = found.assignments[cell.agent_id, cell.date].shift
    assert shift is not None
    assert shift.code == "N20"
