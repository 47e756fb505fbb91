"""Bad input is refused with file, line and column."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from files_folder import AGENTS, PLAN, complaint, history, history_rows, problems, read, write_folder

from wfm.domain.errors import InputErrors
from wfm.files import read_folder
from wfm.files.findings import LIMIT

if TYPE_CHECKING:
    from pathlib import Path

LAST = 2 + 14 * 24 * 2
"""Line of the first row added to the regular history."""


def agents(*rows: str) -> str:
    """Return the regular agents with some rows more."""
    return AGENTS + "".join(f"{row}\n" for row in rows)


def plan(old: str, new: str) -> str:
    """Return the regular plan with one place changed."""
    assert PLAN.count(old) == 1
    return PLAN.replace(old, new)


LEAVE = "agent_id,first_date,last_date,type,status\n"
REQUESTS = "agent_id,date,kind,shift_code,weight\n"
BALANCES = "agent_id,cycle_hours,overtime_hours,toil_hours,nights,leave_annual\n"
PINS = "agent_id,date,shift_code,queue\n"
THIRD_SHIFT = '[[shifts]]\ncode = "D8"\nstart = "09:00"\nend = "18:00"\n'
CASES: list[tuple[str, dict[str, str | bytes | None], tuple[str, int | None, str | None, str | None]]] = [
    # settings
    ("unknown setting", {"plan": plan("timezone", "timezon")}, ("plan.toml", 3, "centre.timezon", "timezon")),
    ("unknown table", {"plan": PLAN + "[soup]\n"}, ("plan.toml", 36, "soup", "soup")),
    (
        "unknown zone",
        {"plan": plan("Asia/Shanghai", "Asia/Shangai")},
        ("plan.toml", 3, "centre.timezone", "Asia/Shangai"),
    ),
    (
        "mapping to no column",
        {"plan": plan("[queues.sales]\n", '[history]\ncolumns = { offered = "calls" }\n[queues.sales]\n')},
        ("plan.toml", 14, "history.columns.offered", "calls"),
    ),
    (
        "mapping of no column",
        {"plan": plan("[queues.sales]\n", '[history.columns]\nofferd = "offered"\n[queues.sales]\n')},
        ("plan.toml", 14, "history.columns.offerd", "offerd"),
    ),
    ("month without days", {"plan": plan("2026-05-31", "2026-04-30")}, ("plan.toml", 7, "period.last", "2026-04-30")),
    (
        "impossible date in TOML",
        {"plan": plan("2026-05-31", "2026-02-30")},
        ("plan.toml", 7, None, "last = 2026-02-30"),
    ),
    ("shift ends before it starts", {"plan": plan("08:00+1", "08:00")}, ("plan.toml", 35, "shifts[2].end", "08:00")),
    ("shift at 32:00", {"plan": plan("08:00+1", "32:00")}, ("plan.toml", 35, "shifts[2].end", "32:00")),
    ("shift code twice", {"plan": PLAN + THIRD_SHIFT}, ("plan.toml", 37, "shifts[3].code", "D8")),
    (
        "contract with unknown shift",
        {"plan": plan('"D8", "N20"', '"D8", "N2"')},
        ("plan.toml", 23, "contracts.full.shifts[2]", "N2"),
    ),
    ("setting missing", {"plan": plan('name = "Hotline"\n', "")}, ("plan.toml", 1, "centre.name", None)),
    (
        "setting above its bound",
        {"plan": plan("hours_share = 0.5", "hours_share = 1.5")},
        ("plan.toml", 25, "contracts.part.hours_share", "1.5"),
    ),
    ("no TOML", {"plan": PLAN.replace('"Hotline"', '"Hotline')}, ("plan.toml", 2, None, 'name = "Hotline')),
    ("no plan", {"plan": None}, ("plan.toml", None, None, None)),
    ("empty plan", {"plan": ""}, ("plan.toml", None, None, None)),
    # whole files
    ("no history", {"history": None}, ("history.csv", None, None, None)),
    ("empty file", {"agents": b""}, ("agents.csv", None, None, None)),
    ("empty optional file", {"leave": b"\n \n"}, ("leave.csv", None, None, None)),
    ("header only", {"agents": "agent_id,contract\n"}, ("agents.csv", 1, None, None)),
    ("binary file", {"agents": b"agent_id,contract\n\x00\x01\x02\n"}, ("agents.csv", 2, None, None)),
    ("workbook", {"agents": b"PK\x03\x04abc"}, ("agents.csv", None, None, None)),
    ("undecodable bytes", {"agents": AGENTS.encode() + b"003,\xff\xff,A,full\n"}, ("agents.csv", 4, None, None)),
    ("half a file, quoted", {"agents": agents('003,"Cy')}, ("agents.csv", 4, None, None)),
    ("half a file, fields", {"agents": agents("003,Cy,A")}, ("agents.csv", 4, None, None)),
    ("unquoted thousands", {"history": history("2026-04-20 08:00,sales,1,775,240")}, ("history.csv", LAST, None, None)),
    ("missing column", {"agents": "agent_id,name\n1,Ann\n"}, ("agents.csv", 1, "contract", None)),
    ("column twice", {"agents": "agent_id,工号,contract\n1,1,full\n"}, ("agents.csv", 1, "工号", None)),
    # history
    (
        "impossible date",
        {"history": history("2026-02-30 08:00,sales,1,240")},
        ("history.csv", LAST, "interval_start", "2026-02-30 08:00"),
    ),
    (
        "hour 32",
        {"history": history("2026-04-20 32:00,sales,1,240")},
        ("history.csv", LAST, "interval_start", "2026-04-20 32:00"),
    ),
    ("time alone", {"history": history("08:00,sales,1,240")}, ("history.csv", LAST, "interval_start", "08:00")),
    ("negative calls", {"history": history("2026-04-20 08:00,sales,-1,240")}, ("history.csv", LAST, "offered", "-1")),
    (
        "fractional calls",
        {"history": history("2026-04-20 08:00,sales,3.5,240")},
        ("history.csv", LAST, "offered", "3.5"),
    ),
    ("no number of calls", {"history": history("2026-04-20 08:00,sales,,240")}, ("history.csv", LAST, "offered", None)),
    (
        "AHT zero with calls",
        {"history": history("2026-04-20 08:00,sales,3,0")},
        ("history.csv", LAST, "aht_seconds", "0"),
    ),
    ("negative AHT", {"history": history("2026-04-20 08:00,sales,3,-5")}, ("history.csv", LAST, "aht_seconds", "-5")),
    ("unknown queue", {"history": history("2026-04-20 08:00,sale,3,240")}, ("history.csv", LAST, "queue", "sale")),
    (
        "duplicate interval",
        {"history": history("2026-04-01 08:00,sales,3,240")},
        ("history.csv", LAST, "interval_start", "2026-04-01 08:00"),
    ),
    (
        "off the grid",
        {"history": history("2026-04-20 08:07,sales,3,240")},
        ("history.csv", LAST, "interval_start", "2026-04-20 08:07"),
    ),
    (
        "seconds in a start",
        {"history": history("2026-04-20 08:00:07,sales,3,240")},
        ("history.csv", LAST, "interval_start", "2026-04-20 08:00:07"),
    ),
    # agents
    ("duplicate agent", {"agents": agents("001,Cy,A,full,sales,,,,,")}, ("agents.csv", 4, "agent_id", "001")),
    ("no contract", {"agents": agents("003,Cy,A,,sales,,,,,")}, ("agents.csv", 4, "contract", None)),
    ("unknown contract", {"agents": agents("003,Cy,A,ful,sales,,,,,")}, ("agents.csv", 4, "contract", "ful")),
    (
        "unknown skill",
        {"agents": agents("003,Cy,A,full,sales;service,,,,,")},
        ("agents.csv", 4, "skills", "sales;service"),
    ),
    (
        "leaves before hired",
        {"agents": agents("003,Cy,A,full,sales,2026-05-02,2026-05-01,,,")},
        ("agents.csv", 4, "leave_date", "2026-05-01"),
    ),
    ("neither yes nor no", {"agents": agents("003,Cy,A,full,sales,,,maybe,,")}, ("agents.csv", 4, "no_night", "maybe")),
    ("unknown mentor", {"agents": agents("003,Cy,A,full,sales,,,,,009")}, ("agents.csv", 4, "mentor", "009")),
    ("mentor of oneself", {"agents": agents("003,Cy,A,full,sales,,,,,003")}, ("agents.csv", 4, "mentor", "003")),
    (
        "circle of mentors",
        {"agents": agents("003,Cy,A,full,sales,,,,,004", "004,Di,A,full,sales,,,,,003")},
        ("agents.csv", 4, "mentor", "004"),
    ),
    ("no agent id", {"agents": agents(",Cy,A,full,sales,,,,,")}, ("agents.csv", 4, "agent_id", None)),
    # balances
    ("balance of nobody", {"balances": BALANCES + "009,0,0,0,0,5\n"}, ("balances.csv", 2, "agent_id", "009")),
    ("two balances", {"balances": BALANCES + "001,0,0,0,0,5\n" * 2}, ("balances.csv", 3, "agent_id", "001")),
    ("hours below zero", {"balances": BALANCES + "001,-1,0,0,0,5\n"}, ("balances.csv", 2, "cycle_hours", "-1")),
    ("part of a night", {"balances": BALANCES + "001,0,0,0,1.5,5\n"}, ("balances.csv", 2, "nights", "1.5")),
    ("hours left open", {"balances": BALANCES + "001,0,,0,0,5\n"}, ("balances.csv", 2, "overtime_hours", None)),
    ("leave in words", {"balances": BALANCES + "001,0,0,0,0,five\n"}, ("balances.csv", 2, "leave_annual", "five")),
    (
        "balance of an unknown kind of leave",
        {"plan": PLAN + "[leave.types.anual]\n", "balances": BALANCES + "001,0,0,0,0,5\n"},
        ("balances.csv", 1, "leave_annual", "annual"),
    ),
    # requests, leave, pins, exceptions
    (
        "leave of an unknown kind",
        {"plan": PLAN + "[leave.types.annual]\n", "leave": LEAVE + "001,2026-05-03,2026-05-03,anual,\n"},
        ("leave.csv", 2, "type", "anual"),
    ),
    (
        "leave of no kind, where kinds are named",
        {"plan": PLAN + '[leave.types."年假"]\n', "leave": LEAVE + "001,2026-05-03,2026-05-03,,\n"},
        ("leave.csv", 2, "type", None),
    ),
    (
        "allowance of no days",
        {"plan": PLAN + "[leave.types.annual]\nallowance_days = -1\n"},
        ("plan.toml", 37, "leave.types.annual.allowance_days", "-1"),
    ),
    (
        "leave after the last day",
        {
            "agents": agents("003,Cy,A,full,sales,,2026-05-10,,,"),
            "leave": LEAVE + "003,2026-05-11,2026-05-12,annual,\n",
        },
        ("leave.csv", 2, "first_date", "2026-05-11"),
    ),
    (
        "leave before the first day",
        {"leave": LEAVE + "002,2024-02-01,2024-02-29,annual,\n"},
        ("leave.csv", 2, "last_date", "2024-02-29"),
    ),
    ("request of nobody", {"requests": REQUESTS + "009,2026-05-03,off,,\n"}, ("requests.csv", 2, "agent_id", "009")),
    (
        "request for unknown shift",
        {"requests": REQUESTS + "001,2026-05-03,on,D9,\n"},
        ("requests.csv", 2, "shift_code", "D9"),
    ),
    ("request of no kind", {"requests": REQUESTS + "001,2026-05-03,away,,\n"}, ("requests.csv", 2, "kind", "away")),
    ("request without weight", {"requests": REQUESTS + "001,2026-05-03,off,,0\n"}, ("requests.csv", 2, "weight", "0")),
    ("off with a shift", {"requests": REQUESTS + "001,2026-05-03,off,D8,\n"}, ("requests.csv", 2, "shift_code", "D8")),
    (
        "contradictory requests",
        {"requests": REQUESTS + "001,2026-05-03,off,,\n001,2026-05-03,on,,\n"},
        ("requests.csv", 3, "date", "2026-05-03"),
    ),
    (
        "overlapping leave",
        {"leave": LEAVE + "001,2026-05-01,2026-05-03,annual,\n001,2026-05-03,2026-05-09,sick,approved\n"},
        ("leave.csv", 3, "first_date", "2026-05-03"),
    ),
    (
        "leave backwards",
        {"leave": LEAVE + "001,2026-05-05,2026-05-03,annual,\n"},
        ("leave.csv", 2, "last_date", "2026-05-03"),
    ),
    (
        "leave of no status",
        {"leave": LEAVE + "001,2026-05-05,2026-05-05,annual,maybe\n"},
        ("leave.csv", 2, "status", "maybe"),
    ),
    ("pin of unknown shift", {"pins": PINS + "001,2026-05-05,X,\n"}, ("pins.csv", 2, "shift_code", "X")),
    ("pin of unknown queue", {"pins": PINS + "001,2026-05-05,D8,X\n"}, ("pins.csv", 2, "queue", "X")),
    ("two pins", {"pins": PINS + "001,2026-05-05,D8,\n001,2026-05-05,,\n"}, ("pins.csv", 3, "date", "2026-05-05")),
    (
        "exception without end",
        {"exceptions": "agent_id,rule,first_date,last_date\n001,rest,2026-05-05,\n"},
        ("exceptions.csv", 2, "last_date", None),
    ),
    # calendar, events, pay
    ("class of no day", {"calendar": "date,class,source\n2026-05-04,free,me\n"}, ("calendar.csv", 2, "class", "free")),
    (
        "class without source",
        {"calendar": "date,class,source\n2026-05-04,statutory,\n"},
        ("calendar.csv", 2, "source", None),
    ),
    (
        "event backwards",
        {"events": "queue,start,end,kind,factor\n*,2026-05-04 10:00,2026-05-04 09:00,campaign,2\n"},
        ("events.csv", 2, "end", "2026-05-04 09:00"),
    ),
    (
        "negative factor",
        {"events": "queue,start,end,kind,factor\n*,2026-05-04,2026-05-04,campaign,-1\n"},
        ("events.csv", 2, "factor", "-1"),
    ),
    ("negative money", {"pay": "agent_id,base\n001,-5\n"}, ("pay.csv", 2, "base", "-5")),
    ("paid twice", {"pay": "agent_id,base\n001,5\n001,6\n"}, ("pay.csv", 3, "agent_id", "001")),
]


@pytest.mark.parametrize(("files", "place"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_one_problem_is_placed(
    tmp_path: Path,
    files: dict[str, str | bytes | None],
    place: tuple[str, int | None, str | None, str | None],
) -> None:
    """A folder with one fault gives one problem, at its file, line, column and value."""
    assert problems(tmp_path, **files) == [place]


def test_regular_folder_is_sound(tmp_path: Path) -> None:
    """The folder that the other tests break has no problem of its own and nothing to note."""
    inputs = read(tmp_path)
    assert (len(inputs.agents), inputs.notes) == (2, ())


def test_short_history(tmp_path: Path) -> None:
    """Thirteen days of history are refused for each queue, fourteen are enough."""
    assert problems(tmp_path, history=history(days=13)) == [("history.csv", None, "interval_start", None)] * 2


def test_queue_without_history(tmp_path: Path) -> None:
    """A queue of the plan without a row in the history is a problem."""
    rows = "\n".join(["interval_start,queue,offered", *(r[:-4] for r in history_rows(queues=("sales",)))])
    assert problems(tmp_path, history=rows) == [("history.csv", None, "queue", "service")]


def test_interval_that_fits_no_grid(tmp_path: Path) -> None:
    """Intervals of 20 minutes fit no planning interval of 30 minutes."""
    text = "\n".join(["interval_start,queue,offered,aht_seconds", *history_rows(minutes=20)])
    assert problems(tmp_path, history=text) == [("history.csv", None, "interval_start", None)] * 2
    assert "20-minute intervals" in complaint(tmp_path, history=text)


def test_every_file_in_one_report(tmp_path: Path) -> None:
    """Problems of the plan and of every file come in one report, sorted by file and line."""
    found = problems(
        tmp_path,
        plan=plan("2026-05-31", "2026-04-30").replace("08:00+1", "08:00").replace("minutes = 30", "minute = 30"),
        agents=agents("001,Cy,A,,sales,,,,,"),
        history=history("2026-04-20 08:00,sales,-1,240", "2026-04-01 08:00,sales,3,240"),
        leave=LEAVE + "009,2026-05-05,2026-05-05,annual,\n",
        requests=b"\xff\xff",
        balances="agent_id,nights\n001,\n",
        worked="agent_id,date,start_local,end_local\n001,2026-05-04,08:00,07:00\n",
    )
    assert [place[:3] for place in found] == [
        ("agents.csv", 4, "agent_id"),
        ("agents.csv", 4, "contract"),
        ("balances.csv", 2, "nights"),
        ("history.csv", LAST, "offered"),
        ("history.csv", LAST + 1, "interval_start"),
        ("leave.csv", 2, "agent_id"),
        ("plan.toml", 7, "period.last"),
        ("plan.toml", 10, "intervals.minute"),
        ("plan.toml", 35, "shifts[2].end"),
        ("requests.csv", 1, None),
        ("worked.csv", 2, "end_local"),
    ]


def test_unreadable_plan_does_not_hide_other_files(tmp_path: Path) -> None:
    """With a plan that is no TOML, the other files are checked as far as they can be."""
    found = problems(tmp_path, plan="[centre\n", agents=agents("001,Cy,A,zzz,sales,2026-13-01,,,,"))
    assert found == [
        ("agents.csv", 4, "agent_id", "001"),
        ("agents.csv", 4, "hire_date", "2026-13-01"),
        ("plan.toml", 1, None, "[centre"),
    ]


def test_many_problems_of_a_kind_are_counted(tmp_path: Path) -> None:
    """Beyond a hundred problems of one file and column the rest is one line with its count."""
    rows = [f"2026-04-{d:02d} {h:02d}:00,sales,x,240" for d in range(16, 28) for h in range(8, 18)]
    found = problems(tmp_path, history=history(*rows))
    assert len(found) == LIMIT + 1
    assert "20 more rows" in complaint(tmp_path, history=history(*rows))


def test_messages_name_both_lines_and_mend(tmp_path: Path) -> None:
    """A duplicate names the line that has it already, an unknown name the closest known one."""
    assert "line 2 has it already" in complaint(tmp_path, agents=agents("001,Cy,A,full,sales,,,,,"))
    assert "Did you mean “sales”?" in complaint(tmp_path, history=history("2026-04-20 08:00,sale,3,240"))
    twice = complaint(tmp_path, agents=AGENTS, history=history("2026-04-01 08:00,sales,3,240"))
    assert "line 2 has 2026-04-01 08:00 already" in twice


def test_report_is_written_in_chinese_too(tmp_path: Path) -> None:
    """The report has a Chinese text with the same places."""
    with pytest.raises(InputErrors) as caught:
        read_folder(write_folder(tmp_path, agents=agents("001,Cy,A,full,sales,,,,,")))
    assert (
        caught.value.message.zh.splitlines()[1]
        == "  agents.csv 第 4 行 “agent_id”：“001”；应为：不重复的工号；第 2 行已使用"
    )


def test_missing_folder(tmp_path: Path) -> None:
    """A folder that does not exist is one problem."""
    with pytest.raises(InputErrors, match="an existing folder"):
        read_folder(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("9999-12-31 24:00,sales,1,240", "interval_start"),
        ("0001-01-01 00:00+14:00,sales,1,240", "interval_start"),
        ("2026-04-20 08:00,sales,1e99999999,240", "offered"),
        ("2026-04-20 08:00,sales,9999999999999999,240", "offered"),
        ("2026-04-20 08:00,sales,1,1e400", "aht_seconds"),
    ],
)
def test_extreme_cells(tmp_path: Path, row: str, column: str) -> None:
    """Years and numbers beyond all measure are problems of their cell."""
    assert [place[:3] for place in problems(tmp_path, history=history(row))] == [("history.csv", LAST, column)]


def test_open_ends_may_be_far_away(tmp_path: Path) -> None:
    """A leave date of 9999-12-31 means that the agent stays."""
    assert read(tmp_path, agents=agents("003,Cy,A,full,sales,,9999-12-31,,,")).agents[2].leave_date is not None


@pytest.mark.parametrize("name", ["plan", "history", "agents"])
def test_half_a_file(tmp_path: Path, name: str) -> None:
    """A file cut off anywhere is refused, or read when the cut leaves whole rows; it never ends in a traceback."""
    whole = {"plan": PLAN, "history": history(), "agents": AGENTS}[name].encode()
    for size in range(1, len(whole), max(1, len(whole) // 40)):
        folder = write_folder(tmp_path, **{name: whole[:size]})
        with suppress(InputErrors):
            read_folder(folder)


def test_lost_quote_swallows_no_memory(tmp_path: Path) -> None:
    """A quote that is never closed is reported where it opens, however long the rest is."""
    assert problems(tmp_path, agents='agent_id,contract\n1,"full\n' + "2,full\n" * 30000) == [
        ("agents.csv", 2, None, None)
    ]


def test_missing_column_says_how_to_map_it(tmp_path: Path) -> None:
    """A missing history column names the columns that are there and the setting that maps one."""
    text = complaint(tmp_path, history=history().replace("offered", "calls"))
    assert "the file has: interval_start, queue, calls, aht_seconds" in text
    assert '[history] columns = { offered = "…" }' in text
