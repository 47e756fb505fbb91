"""Required agents of a CSV file, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wfm.export.csv_file import write_csv
from wfm.files.interval_rows import read_intervals
from wfm.staffing import parse_target
from wfm.staffing.rows import staff_rows

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from wfm.erlang import Model


def staff_file(
    path: Path, model: Model | None, interval_seconds: float, target: str, more: dict[str, Any]
) -> pd.DataFrame:
    """Return the rows of a file with the agents they need; see `wfm.staffing.rows.staff_rows`.

    Raises
    ------
    InputErrors
        With every cell that is no number or out of its range.
    """
    goals: dict[str, Any] = parse_target(target) | {name: value for name, value in more.items() if value is not None}
    return staff_rows(read_intervals(path), interval_seconds, goals, model)


def write_rows(rows: pd.DataFrame, path: Path) -> None:
    """Write answered rows as a CSV file for people."""
    write_csv(rows, path)
