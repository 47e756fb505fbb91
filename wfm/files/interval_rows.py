"""A table of intervals to staff, each row for itself: CSV to numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from wfm.domain.text import Text
from wfm.files.cells import BadCell, seconds
from wfm.files.findings import Findings
from wfm.files.headers import Columns, bind
from wfm.files.tables import load_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHARES = ("service_level", "max_abandonment", "max_occupancy")
LENGTHS = ("interval_seconds",)
OTHERS = (
    *("interval_seconds", "patience_seconds", "service_level", "acceptable_wait_seconds", "asa_seconds"),
    *("max_abandonment", "max_occupancy", "min_agents", "agents"),
)
COLUMNS = Columns(("offered", "aht_seconds"), OTHERS)
A_SHARE = Text(en="a share above 0 and at most 1, such as 0.8", zh="大于 0 且不超过 1 的比例，例如 0.8")
A_LENGTH = Text(en="a number of seconds above 0", zh="大于 0 的秒数")
A_QUANTITY = Text(en="a number that is not negative", zh="非负数")


def read_intervals(path: Path) -> pd.DataFrame:
    """Return the rows: `offered`, `aht_seconds` and, where the file has them, `OTHERS`; an empty cell is NaN.

    Raises
    ------
    InputErrors
        With every cell that is no number or out of its range.
    """
    findings = Findings()
    table = load_table(path, findings)
    sheet = None if table is None else bind(table, COLUMNS, findings)
    columns = (
        {} if sheet is None else {name: sheet.parsed(name, _parser(name)) for name in COLUMNS.all if name in sheet}
    )
    findings.raise_if_any()
    return pd.DataFrame(columns, dtype=float)


def _parser(column: str) -> Callable[[str], float]:
    def parse(text: str) -> float:
        value = seconds(text)
        if column in COLUMNS.needed and value != value:
            raise BadCell(A_QUANTITY)
        if column in SHARES and not (value != value or 0 < value <= 1):
            raise BadCell(A_SHARE)
        if column in LENGTHS and value == 0:
            raise BadCell(A_LENGTH)
        return value

    return parse
