"""The page of the files says the columns that are read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wfm.files.balances import balance_columns
from wfm.files.calendar_file import CALENDAR
from wfm.files.dates import EVENTS
from wfm.files.headers import ALIASES, Columns
from wfm.files.history import OTHERS
from wfm.files.leave import LEAVE
from wfm.files.pay import pay_columns
from wfm.files.people import AGENTS, EXCEPTIONS, PINS, REQUESTS
from wfm.files.quality import QUALITY
from wfm.files.tables import Table
from wfm.files.worked import WORKED

PAGE = (Path(__file__).parents[2] / "docs" / "files.md").read_text(encoding="utf-8")
NOTHING = Table("x.csv", (), 1, (), ())
FILES = {
    "history.csv": Columns(("interval_start", "queue", "offered"), OTHERS),
    "agents.csv": AGENTS,
    "requests.csv": REQUESTS,
    "leave.csv": LEAVE,
    "pins.csv": PINS,
    "exceptions.csv": EXCEPTIONS,
    "events.csv": EVENTS,
    "calendar.csv": CALENDAR,
    "pay.csv": pay_columns(NOTHING),
    "balances.csv": balance_columns(NOTHING),
    "worked.csv": WORKED,
    "quality.csv": QUALITY,
}


@pytest.mark.parametrize("file", FILES)
def test_columns_of_a_file(file: str) -> None:
    """The row of a file has its columns, the needed ones bold, each with a header that is understood."""
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{file}` |"))
    told = re.findall(r"(\*\*)?`(\w+)`(?:\*\*)? ([^,| ]+)", row.split("|")[2])
    own = [name for _, name, _ in told if name != "leave_annual"]
    assert sorted(own) == sorted(FILES[file].all)
    assert {name for bold, name, _ in told if bold} == set(FILES[file].needed)
    assert all(chinese in ALIASES[name] for _, name, chinese in told if name != "leave_annual")
