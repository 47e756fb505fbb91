"""Leave as it is read, and a decision written into the file without touching anything else."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING

import pytest
from files_folder import PLAN, read

from wfm.domain.agents import Agent, Balance
from wfm.domain.errors import InputErrors, ManifestError
from wfm.domain.leave import LeaveType
from wfm.files import leave_lines, write_decision
from wfm.files.rewrite import rewrite

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "agent_id,first_date,last_date,type,status,approver,note\n"


def digest(data: bytes) -> str:
    """Return the hash of a file's bytes."""
    return hashlib.sha256(data).hexdigest()


def decided(folder: Path, data: bytes, line: int, *, by: str = "Mo", decision: str = "approved") -> bytes:
    """Return a leave file after one decision."""
    path = folder / "leave.csv"
    path.write_bytes(data)
    write_decision(path, line, decision, by, digest(data))  # type: ignore[arg-type]
    return path.read_bytes()


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_decision_changes_two_cells(tmp_path: Path, codec: str) -> None:
    """Encoding, mark, line ends, quotes, blank lines and extra columns stay; only status and approver change."""
    text = "\r\n\r\n" + HEADER.replace("\n", "\r\n")
    text += '"001", 2026-05-04,2026-05-05,年假,"requested",,"两行\r\n, ""quoted"""\r\n'
    text += '002,2026/5/6,2026-05-07,sick,requested,,5"'
    found = decided(tmp_path, text.encode(codec), 4)
    assert found.decode(codec) == text.replace('"requested",,', '"approved",Mo,', 1)
    assert found[:3] == text.encode(codec)[:3]
    again = decided(tmp_path, found, 6, decision="rejected", by='Li, "A"')
    assert again.decode(codec).endswith('sick,rejected,"Li, ""A""",5"')


def test_status_keeps_its_language(tmp_path: Path) -> None:
    """A status written in Chinese is decided in Chinese, also under Chinese headers and semicolons."""
    text = "工号;开始日期;结束日期;状态;审批人\n001;2026-05-04;2026-05-05;待审批;\n"
    assert (
        decided(tmp_path, text.encode(), 2, by="王").decode().splitlines()[1] == "001;2026-05-04;2026-05-05;已批准;王"
    )
    assert "已驳回" in decided(tmp_path, text.encode(), 2, by="王", decision="rejected").decode()


def test_an_approver_is_no_formula(tmp_path: Path) -> None:
    """A name that a spreadsheet would compute is guarded."""
    text = HEADER + "001,2026-05-04,2026-05-05,,requested,,\n"
    assert decided(tmp_path, text.encode(), 2, by="=1+1").decode().endswith(",approved,'=1+1,\n")


def test_a_file_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    """When the file is not the one that was read, nothing is written and nothing is left behind."""
    path = tmp_path / "leave.csv"
    path.write_text(HEADER + "001,2026-05-04,2026-05-05,,requested,,\n", "utf-8")
    before = path.read_bytes()
    with pytest.raises(ManifestError, match="changed by somebody else"):
        write_decision(path, 2, "approved", "Mo", digest(b"older"))
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["leave.csv"]


def test_a_name_the_encoding_lacks_is_refused(tmp_path: Path) -> None:
    """A lone surrogate, which no encoding holds, is refused before anything is written."""
    path = tmp_path / "leave.csv"
    path.write_text(HEADER + "001,2026-05-04,2026-05-05,,requested,,\n", "utf-8")
    before = path.read_bytes()
    with pytest.raises(ManifestError, match="byte for byte"):
        write_decision(path, 2, "approved", "\ud800", digest(before))
    assert path.read_bytes() == before


def test_bytes_that_cannot_be_given_back_are_refused(tmp_path: Path) -> None:
    """A text that its codec would write with other bytes is left alone."""
    path = tmp_path / "leave.csv"
    text = HEADER + "001,2026-05-04,2026-05-05,,requested,,\n"
    path.write_bytes(b"\xef\xbb\xbf" * 2 + text.encode())
    rewrite(path, 2, {4: "approved"}, digest(path.read_bytes()))
    assert path.read_bytes() == b"\xef\xbb\xbf" * 2 + text.replace("requested", "approved").encode()


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    """The file keeps its mode, and a link still points to it."""
    real, link = tmp_path / "real.csv", tmp_path / "leave.csv"
    real.write_text(HEADER + "001,2026-05-04,2026-05-05,,requested,,\n", "utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    write_decision(link, 2, "approved", "Mo", digest(real.read_bytes()))
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert ",approved,Mo," in real.read_text("utf-8")


def test_without_a_column_for_the_approver_nothing_is_decided(tmp_path: Path) -> None:
    """A file without the columns that a decision needs is told which ones."""
    path = tmp_path / "leave.csv"
    path.write_text("agent_id,first_date,last_date\n001,2026-05-04,2026-05-05\n", "utf-8")
    with pytest.raises(InputErrors) as caught:
        write_decision(path, 2, "approved", "Mo", digest(path.read_bytes()))
    assert [(e.row, e.column) for e in caught.value.errors] == [(1, "approver"), (1, "status")]


def test_lines_of_leave(tmp_path: Path) -> None:
    """Each absence is found on the line on which its row starts, blank and broken lines counted."""
    path = tmp_path / "leave.csv"
    path.write_text(HEADER + '001,2026-05-04,2026-05-05,,,,"a\nb"\n\n002,2026-05-06,2026-05-06,,,,\n', "utf-8")
    assert leave_lines(path) == (2, 5)


def test_requests_for_days_that_are_taken_are_noted(tmp_path: Path) -> None:
    """A request that overlaps approved leave or another request is noted with both lines; rejected ones are not."""
    rows = "001,2026-05-04,2026-05-06,,requested,,\n001,2026-05-05,2026-05-05,,approved,Mo,\n"
    rows += "001,2026-05-06,2026-05-08,,requested,,\n001,2026-05-04,2026-05-09,,rejected,Mo,\n"
    notes = [n.en for n in read(tmp_path, leave=HEADER + rows).notes]
    assert notes == [
        "leave.csv line 2: 001 asks for days that line 3 covers already (2026-05-05 to 2026-05-05)",
        "leave.csv line 4: 001 asks for days that line 2 covers already (2026-05-04 to 2026-05-06)",
        "2 leave request(s) of the period wait for approval and bind nothing yet",
    ]


def test_leave_beyond_the_employment_is_noted(tmp_path: Path) -> None:
    """Leave that only partly lies outside the employment is kept, and noted with its line."""
    agents = "agent_id,contract,leave_date\n001,full,2026-05-10\n"
    inputs = read(tmp_path, agents=agents, leave=HEADER + "001,2026-05-08,2026-05-14,,approved,Mo,\n")
    assert [a.last_date for a in inputs.absences] == [date(2026, 5, 14)]
    assert "line 2: the leave of 001 reaches beyond the employment (open to 2026-05-10)" in inputs.notes[0].en


def test_tags_and_mentors(tmp_path: Path) -> None:
    """Tags are parted like skills; a mentor may stand anywhere in the file and have several trainees."""
    rows = "agent_id,contract,mentor,标签\n1,full,3,new；day\n2,full,3,\n3,full,,senior;senior\n"
    assert read(tmp_path, agents=rows).agents == (
        Agent(agent_id="1", contract="full", mentor="3", tags=("new", "day")),
        Agent(agent_id="2", contract="full", mentor="3"),
        Agent(agent_id="3", contract="full", tags=("senior",)),
    )


def test_balances(tmp_path: Path) -> None:
    """Days of leave come by kind, empty ones are not known; hours in lieu and days of leave may be overdrawn."""
    rows = "工号,cycle_hours,加班工时,toil_hours,nights,leave_annual,剩余婚假,note\n001,120.5,3,-4,6,-0.5,,x\n"
    assert read(tmp_path, balances=rows).balances == (
        Balance(
            agent_id="001", cycle_hours=120.5, overtime_hours=3, toil_hours=-4, nights=6, leave_days={"annual": -0.5}
        ),
    )
    assert read(tmp_path, balances="agent_id\n002\n").balances == (Balance(agent_id="002"),)


def test_kinds_of_leave_of_the_plan(tmp_path: Path) -> None:
    """Where the plan names kinds of leave, files use these names."""
    annual = '[leave.types.annual]\nallowance_days = 7\nstatutory = true\ncounts = "work"\n'
    plan = PLAN + annual + '[leave.types."婚假"]\npaid = false\n'
    inputs = read(
        tmp_path,
        plan=plan,
        leave=HEADER + "001,2026-05-04,2026-05-05,婚假,approved,Mo,\n",
        balances="agent_id,leave_annual\n001,3\n",
    )
    types = inputs.settings.leave.types
    assert types["annual"] == LeaveType(allowance_days=7, statutory=True, counts="work")
    assert types["婚假"] == LeaveType(paid=False)


def test_an_unknown_kind_is_one_problem(tmp_path: Path) -> None:
    """A kind of leave that the plan does not name is one problem, an empty cell where `annual` is unknown another."""
    for kind, said in (("sick", "婚假"), ("", "empty")):
        with pytest.raises(InputErrors) as caught:
            read(
                tmp_path,
                plan=PLAN + '[leave.types."婚假"]\n',
                leave=f"{HEADER}001,2026-05-04,2026-05-05,{kind},approved,Mo,\n",
            )
        (error,) = caught.value.errors
        assert said in error.message.en
