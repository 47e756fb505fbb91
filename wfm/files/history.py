"""The call log: `history.csv` to contacts per queue and planning interval."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from wfm.files import messages
from wfm.files.cells import clean, count, seconds
from wfm.files.headers import Columns, listed, spellings
from wfm.files.resample import resample
from wfm.files.walltime import DAY, distinct, fits, on_grid, start_parser, to_instants, usual_interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from wfm.domain.settings import HistoryFormat, Settings
    from wfm.files.names import Names
    from wfm.files.settings_file import Source
    from wfm.files.tables import Sheet, Table

    Floats = npt.NDArray[np.float64]

OTHERS = ("aht_seconds", "handled", "abandoned", "wait_seconds")
LEAST_DAYS = 14


def history_columns(table: Table, form: HistoryFormat, source: Source) -> Columns | None:
    """Return the columns to look for; None after a report when `[history]` does not fit the file."""
    header = {clean(name).casefold() for name in table.header}
    fits = True
    for column, name in form.columns.items():
        if clean(name).casefold() not in header:
            fits = False
            expected = messages.MAPPED_COLUMN.fill(file=table.file, columns=listed(table))
            source.wrong(("history", "columns", column), name, expected)
    if form.queue is None:
        return Columns(("interval_start", "queue", "offered"), OTHERS) if fits else None
    taken = [name.strip() for name in table.header if clean(name).casefold() in spellings("queue")]
    if taken or "queue" in form.columns:
        fits = False
        column = form.columns.get("queue") or taken[0]
        source.wrong(("history", "queue"), form.queue, messages.NO_SECOND_QUEUE.fill(file=table.file, column=column))
    return Columns(("interval_start", "offered"), OTHERS) if fits else None


def read_history(sheet: Sheet, settings: Settings, names: Names) -> pd.DataFrame:
    """Return contacts per queue and planning interval, as `Inputs.history` wants them.

    The rows go through: cells, grid, clock changes, duplicates, resampling. Whatever is wrong is reported; what is
    left out without being wrong becomes a note.
    """
    before = sheet.findings.about(sheet.file)
    planning, zone = settings.intervals.minutes, settings.centre.zone
    rows = _rows(sheet, settings, names)
    tables = []
    for queue, part in rows.groupby("queue", sort=True):
        minutes = settings.history.interval_minutes or usual_interval(part["wall"].to_numpy(), planning)
        if not fits(minutes, planning):
            expected = messages.FITS_PLANNING.fill(planning=planning, queue=queue, minutes=minutes)
            sheet.wrong(None, "interval_start", None, expected, messages.CHANGE_MINUTES)
            continue
        placed = distinct(to_instants(on_grid(part, minutes, str(queue), sheet), minutes, zone, sheet), zone, sheet)
        tables.append(resample(str(queue), placed, minutes, settings, sheet.findings))
    if sheet.findings.about(sheet.file) == before:
        own = [q for q in names.queues if q not in settings.queues or settings.queues[q].sibling is None]
        _check_span(rows, sheet, own)
    return pd.concat(tables) if tables else pd.DataFrame()


def _rows(sheet: Sheet, settings: Settings, names: Names) -> pd.DataFrame:
    """Return the rows without a wrong cell: `row, queue, wall, first, second, offered, aht_seconds`."""
    form = settings.history
    starts = sheet.parsed("interval_start", start_parser(form.day_first, settings.centre.zone))
    queues = sheet.parsed("queue", names.queues) if "queue" in sheet else [form.queue] * len(starts)
    offered, aht, good = _numbers(sheet)
    good &= np.array([s is not None and q is not None for s, q in zip(starts, queues, strict=True)], dtype=bool)
    times = np.fromiter(chain.from_iterable(s or (0, 0, 0) for s in starts), dtype=np.int64).reshape(-1, 3)
    columns = {"wall": times[:, 0], "first": times[:, 1], "second": times[:, 2], "offered": offered, "aht_seconds": aht}
    frame = pd.DataFrame({"row": np.arange(len(starts)), "queue": np.array(queues, dtype=object), **columns})
    return frame[good]


def _numbers(sheet: Sheet) -> tuple[Floats, Floats, npt.NDArray[np.bool_]]:
    """Return contacts, handle times (NaN without contacts) and which rows are right in every number."""
    parsers = {"offered": _contacts, **{column: seconds for column in OTHERS if column in sheet}}
    columns = {column: sheet.parsed(column, parse) for column, parse in parsers.items()}
    good = np.array([None not in row for row in zip(*columns.values(), strict=True)], dtype=bool)
    offered = np.array(columns["offered"], dtype=float)
    aht = np.array(columns["aht_seconds"], dtype=float) if "aht_seconds" in columns else np.full(len(offered), np.nan)
    for row in np.flatnonzero((offered > 0) & (aht == 0)):
        sheet.wrong_at(int(row), "aht_seconds", messages.AHT_OF_CONTACTS)
        good[row] = False
    return offered, np.where(offered > 0, aht, np.nan), good


def _contacts(text: str) -> float:
    return float(count(text))


def _check_span(rows: pd.DataFrame, sheet: Sheet, queues: Sequence[str]) -> None:
    for queue in queues:
        walls = rows.loc[rows["queue"] == queue, "wall"] // DAY
        days = 0 if walls.empty else int(walls.max() - walls.min()) + 1
        if not days:
            sheet.wrong(None, "queue", queue, messages.HISTORY_OF_QUEUE.fill(queue=queue))
        elif days < LEAST_DAYS:
            sheet.wrong(None, "interval_start", None, messages.TWO_WEEKS.fill(queue=queue, days=days))
