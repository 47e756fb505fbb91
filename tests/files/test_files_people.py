"""Agents, wishes, leave, pins, exceptions, calendar, events and pay as they are read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from files_folder import AGENTS, PLAN, complaint, problems, read, write_folder

from wfm.domain.agents import Absence, Agent, Exemption, Pin, Request
from wfm.domain.errors import InputErrors
from wfm.files import read_folder

if TYPE_CHECKING:
    from pathlib import Path


def test_agents(tmp_path: Path) -> None:
    """Agents come in the order of the file, with empty cells as their defaults."""
    assert read(tmp_path).agents == (
        Agent(agent_id="001", name="Ann", team="A", contract="full", skills=("sales", "care")),
        Agent(
            agent_id="002",
            name="Bob",
            team="A",
            contract="part",
            skills=("care",),
            hire_date=date(2024, 3, 1),
            no_night=True,
        ),
    )


@pytest.mark.parametrize(
    "text", ["sales;care", "sales；care", "care、sales、care", "sales|care", '"sales, care"', "ｓａｌｅｓ；care"]
)
def test_skills_are_parted_by_any_mark(tmp_path: Path, text: str) -> None:
    """Skills may be parted by half-width and full-width marks; each counts once."""
    assert set(read(tmp_path, agents=f"agent_id,contract,skills\n1,full,{text}\n").agents[0].skills) == {
        "sales",
        "care",
    }


def test_full_width_names_in_the_plan_are_met(tmp_path: Path) -> None:
    """A contract written with full-width marks in the plan is found however the file writes it."""
    plan = PLAN.replace("[contracts.part]", '[contracts."兼职（甲）"]')
    for text in ("兼职（甲）", "兼职(甲)"):
        assert read(tmp_path, plan=plan, agents=AGENTS.replace("part", text)).agents[1].contract == "兼职（甲）"


def test_long_ids_and_leading_zeros_stay(tmp_path: Path) -> None:
    """Ids are texts: leading zeros and eighteen digits stay."""
    rows = "agent_id,contract\n007,full\n110101199003070011,full\n"
    assert [a.agent_id for a in read(tmp_path, agents=rows).agents] == ["007", "110101199003070011"]


def test_requests(tmp_path: Path) -> None:
    """Wishes of the period are kept, the others counted in one note."""
    rows = "agent_id,date,kind,shift_code,weight\n001,2026-05-03,off,,\n002,2026-05-04,on,N20,3\n001,2026-04-30,off,,\n"
    inputs = read(tmp_path, requests=rows + "001,2026-06-01,on,,\n")
    assert inputs.requests == (
        Request(agent_id="001", date=date(2026, 5, 3), kind="off"),
        Request(agent_id="002", date=date(2026, 5, 4), kind="on", shift_code="N20", weight=3),
    )
    assert [n.en for n in inputs.notes] == ["2 request(s) lie outside the period and were left aside"]


def test_leave(tmp_path: Path) -> None:
    """Leave may reach over the period's ends; rejected leave may overlap."""
    header = "agent_id,first_date,last_date,type,status,approver\n"
    rows = header + "001,2026-04-28,2026-05-03,,,\n001,2026-05-02,2026-05-02,sick,rejected,Cy\n"
    assert read(tmp_path, leave=rows).absences == (
        Absence(agent_id="001", first_date=date(2026, 4, 28), last_date=date(2026, 5, 3)),
        Absence(
            agent_id="001",
            first_date=date(2026, 5, 2),
            last_date=date(2026, 5, 2),
            type="sick",
            status="rejected",
            approver="Cy",
        ),
    )


def test_overlapping_leave_names_both_lines(tmp_path: Path) -> None:
    """Overlapping leave names the line and the dates of the other."""
    rows = "001,2026-05-01,2026-05-03\n002,2026-05-01,2026-05-09\n001,2026-05-02,2026-05-02\n"
    assert "line 2 covers 2026-05-01 to 2026-05-03" in complaint(
        tmp_path, leave=f"agent_id,first_date,last_date\n{rows}"
    )


def test_pins_and_exceptions(tmp_path: Path) -> None:
    """An empty code, a dash or 休 pins the day off."""
    inputs = read(
        tmp_path,
        pins="agent_id,date,shift_code,queue\n"
        "001,2026-05-01,,\n001,2026-05-02,-,\n001,2026-05-03,休,\n001,2026-05-04,D8,sales\n",
        exceptions="agent_id,rule,first_date,last_date,reason\n"
        '001,max_consecutive_days,2026-05-01,2026-05-07,"rush, agreed"\n',
    )
    assert [p.shift_code for p in inputs.pins] == [None, None, None, "D8"]
    assert inputs.pins[3] == Pin(agent_id="001", date=date(2026, 5, 4), shift_code="D8", queue="sales")
    assert inputs.exemptions == (
        Exemption(
            agent_id="001",
            rule="max_consecutive_days",
            first_date=date(2026, 5, 1),
            last_date=date(2026, 5, 7),
            reason="rush, agreed",
        ),
    )


def test_rule_of_an_exception_is_checked_when_rules_are_known(tmp_path: Path) -> None:
    """A misspelt rule in exceptions.csv is a problem once the kinds are given."""
    folder = write_folder(tmp_path, exceptions="agent_id,rule,first_date,last_date\n001,rset,2026-05-01,2026-05-07\n")
    assert read_folder(folder).exemptions[0].rule == "rset"
    with pytest.raises(InputErrors, match="Did you mean “rest”"):
        read_folder(folder, rule_kinds=lambda _: ["rest", "hours"])


def test_calendar(tmp_path: Path) -> None:
    """The user's calendar is sorted by date and keeps its source."""
    rows = "date,class,name,source\n2026-05-09,weekend_workday,,notice 7\n2026-05-04,adjusted_off,Youth Day,notice 7\n"
    table = read(tmp_path, calendar=rows).calendar_overrides
    assert table.to_numpy().tolist() == [
        [date(2026, 5, 4), "adjusted_off", "Youth Day", "notice 7"],
        [date(2026, 5, 9), "weekend_workday", "", "notice 7"],
    ]


def test_events(tmp_path: Path) -> None:
    """Event times are instants of the centre; an end without a time includes its day; closures count zero."""
    header = "queue,start,end,kind,factor\n"
    rows = f"{header}sales,2026-05-04 10:00,2026-05-04 24:00,campaign,1.5\n*,2026-05-05,2026-05-06,closure,\n"
    table = read(tmp_path, events=rows).events
    zone = "Asia/Shanghai"
    assert list(table["start"]) == [pd.Timestamp("2026-05-04 10:00", tz=zone), pd.Timestamp("2026-05-05", tz=zone)]
    assert list(table["end"]) == [pd.Timestamp("2026-05-05", tz=zone), pd.Timestamp("2026-05-07", tz=zone)]
    assert (list(table["queue"]), list(table["factor"])) == (["sales", "*"], [1.5, 0.0])
    assert str(table["start"].dt.tz) == zone


def test_optional_files_may_have_no_rows(tmp_path: Path) -> None:
    """A header without rows in a file that need not be there means that there is nothing."""
    inputs = read(
        tmp_path,
        requests="agent_id,date,kind\n",
        events="queue,start,end,kind,factor\n",
        calendar="date,class,source\n",
        pay="agent_id,base\n",
        previous_roster="agent_id,business_date,shift_code\n",
    )
    assert (inputs.requests, len(inputs.events), len(inputs.calendar_overrides), len(inputs.pay)) == ((), 0, 0, 0)
    assert str(inputs.events["start"].dt.tz) == "Asia/Shanghai"


def test_pay(tmp_path: Path) -> None:
    """Money is exact; empty and NaN mean unknown; columns without a number are no money."""
    rows = '工号,base,绩效,meals,grade,note\n001,6000.10,,15,P5,ok\n002,"7,000",NaN,,P6,\n'
    pay = read(tmp_path, pay=rows).pay
    assert list(pay.columns) == ["base", "performance", "meals"]
    assert list(pay.loc["001"]) == [Decimal("6000.10"), None, Decimal(15)]
    assert list(pay.loc["002"]) == [Decimal(7000), None, None]
    assert problems(tmp_path, pay=rows.replace("15", "much").replace(",,P6", ",20,P6")) == [
        ("pay.csv", 2, "meals", "much")
    ]


def test_a_file_with_a_slip_in_its_name_is_noted(tmp_path: Path) -> None:
    """A file whose name is nearly one of ours is not passed over in silence; others are none of our business."""
    inputs = read(tmp_path, request="agent_id\n", phonebook="a\n")
    assert [n.en for n in inputs.notes] == [
        "request.csv is none of the files of a planning folder and was not read; did you mean requests.csv?"
    ]


def test_every_file_read_is_hashed(tmp_path: Path) -> None:
    """The hashes name every file that was read, and no other."""
    inputs = read(tmp_path, requests="agent_id,date,kind\n", phonebook="a\n")
    assert set(inputs.hashes) == {"plan.toml", "history.csv", "agents.csv", "requests.csv"}
    assert all(len(digest) == 64 for digest in inputs.hashes.values())


def test_undecided_leave_is_noted(tmp_path: Path) -> None:
    """Leave of the period that waits for approval is counted in a note; decided leave and leave outside is not."""
    header = "agent_id,first_date,last_date,status\n"
    rows = "001,2026-05-04,2026-05-05,待审批\n001,2020-01-01,2020-01-02,requested\n002,2026-05-04,2026-05-05,rejected\n"
    notes = [note.zh for note in read(tmp_path, leave=header + rows).notes]
    assert notes == ["1 条请假尚待审批，未予安排"]


def test_an_agent_list_without_rows_is_one_problem(tmp_path: Path) -> None:
    """Other files are not blamed for naming agents when the list of agents has no row."""
    write_folder(
        tmp_path, agents="agent_id,contract\n", leave="agent_id,first_date,last_date\n001,2026-05-04,2026-05-05\n"
    )
    with pytest.raises(InputErrors) as caught:
        read_folder(tmp_path)
    assert [error.file for error in caught.value.errors] == ["agents.csv"]


def test_a_folder_may_be_named_by_a_text(tmp_path: Path) -> None:
    """Callers from Python need no `Path`."""
    folder = write_folder(tmp_path)
    assert read_folder(str(folder)).agents == read_folder(folder).agents
