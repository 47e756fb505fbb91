"""A small planning folder to break in one place at a time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from wfm.domain.errors import InputErrors
from wfm.files import read_folder

if TYPE_CHECKING:
    from pathlib import Path

    from wfm.domain.plan import Inputs

PLAN = """\
[centre]
name = "Hotline"
timezone = "Asia/Shanghai"

[period]
first = 2026-05-01
last = 2026-05-31

[intervals]
minutes = 30
open = "08:00-20:00"

[queues.sales]
[queues.sales.target]
service_level = 0.8

[queues.service]
skill = "care"
[queues.service.target]
service_level = 0.8

[contracts.full]
shifts = ["D8", "N20"]
[contracts.part]
hours_share = 0.5

[[shifts]]
code = "D8"
start = "08:00"
end = "17:00"

[[shifts]]
code = "N20"
start = "20:00"
end = "08:00+1"
"""

AGENTS = """\
agent_id,name,team,contract,skills,hire_date,leave_date,no_night,no_overtime,mentor
001,Ann,A,full,sales;care,,,,,
002,Bob,A,part,care,2024-03-01,,1,0,
"""


def clocks(first: str = "08:00", last: str = "20:00", minutes: int = 30) -> list[str]:
    """Return the times of day from `first` up to before `last`."""
    begin, end = (int(t[:2]) * 60 + int(t[3:]) for t in (first, last))
    return [f"{m // 60:02d}:{m % 60:02d}" for m in range(begin, end, minutes)]


def history_rows(
    days: int = 14, queues: tuple[str, ...] = ("sales", "service"), minutes: int = 30, first: date = date(2026, 4, 1)
) -> list[str]:
    """Return rows of a regular history without its header: 3 contacts of 240 s in every open interval."""
    return [
        f"{first + timedelta(days=n)} {clock},{queue},3,240"
        for n in range(days)
        for clock in clocks(minutes=minutes)
        for queue in queues
    ]


def history(*extra: str, days: int = 14) -> str:
    """Return the text of a regular history with some rows more."""
    return "\n".join(["interval_start,queue,offered,aht_seconds", *history_rows(days), *extra]) + "\n"


def write_folder(folder: Path, **files: str | bytes | None) -> Path:
    """Return a planning folder; a keyword replaces or adds a file (`plan` is `plan.toml`), None leaves it out."""
    folder.mkdir(exist_ok=True)
    contents = {"plan": PLAN, "history": history(), "agents": AGENTS, **files}
    for name, content in contents.items():
        path = folder / ("plan.toml" if name == "plan" else f"{name}.csv")
        if content is not None:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def read(folder: Path, **files: str | bytes | None) -> Inputs:
    """Return the inputs of such a folder."""
    return read_folder(write_folder(folder, **files))


def problems(folder: Path, **files: str | bytes | None) -> list[tuple[str, int | None, str | None, str | None]]:
    """Return file, line, column and value of every problem of such a folder."""
    with pytest.raises(InputErrors) as caught:
        read(folder, **files)
    return [(e.file, e.row, e.column, e.value) for e in caught.value.errors]


def complaint(folder: Path, **files: str | bytes | None) -> str:
    """Return the English report about such a folder."""
    with pytest.raises(InputErrors) as caught:
        read(folder, **files)
    return caught.value.message.en
