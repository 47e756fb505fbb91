"""What is known about hours of certain dates: `events.csv`."""

from __future__ import annotations

from datetime import timedelta
from math import nan
from typing import TYPE_CHECKING

import pandas as pd

from wfm.files import messages
from wfm.files.cells import amount, choice, clean, instant_of, moment_parser
from wfm.files.headers import Columns

if TYPE_CHECKING:
    from datetime import datetime

    from wfm.domain.settings import Settings
    from wfm.files.people import Reader
    from wfm.files.tables import Row, Sheet

EVENTS = Columns(("queue", "start", "end", "kind"), ("factor",))

_EVENTS = choice(
    {
        "campaign": "campaign",
        "活动": "campaign",
        "outage": "outage",
        "故障": "outage",
        "closure": "closure",
        "停业": "closure",
        "change": "change",
        "变化": "change",
    }
)
_NATURAL_FACTOR = {"closure": 0.0, "outage": 1.0, "campaign": nan, "change": nan}
"""Factor of an event that gives none: nobody calls a closed queue; the calls of an outage are not learnt from; what a
campaign or a lasting change does is learnt (NaN)."""


def read_events(sheet: Sheet, reader: Reader, settings: Settings) -> pd.DataFrame:
    """Return `queue, start, end, kind, factor`; times zone-aware, `*` for every queue.

    An end that is a date without a time includes that date.
    """
    rows = [event for row in sheet if (event := _event(row, reader, settings)) is not None]
    frame = pd.DataFrame(rows, columns=["queue", "start", "end", "kind", "factor"])
    for column in ("start", "end"):
        frame[column] = pd.to_datetime(frame[column], utc=True).dt.tz_convert(settings.centre.zone)
    return frame.astype({"queue": object, "kind": object, "factor": float})


def _event(row: Row, reader: Reader, settings: Settings) -> tuple[str, datetime, datetime, str, float] | None:
    parse = moment_parser(settings.history.day_first)
    queue = "*" if clean(row.text("queue")) == "*" else row.need("queue", reader.names.queues)
    begins, ends, kind = row.need("start", parse), row.need("end", parse), row.need("kind", _EVENTS)
    factor = row.maybe("factor", lambda text: float(amount(text)), _NATURAL_FACTOR.get(kind or ""))
    if begins is None or ends is None or queue is None or kind is None or factor is None:
        return None
    if not ends.timed:
        ends = ends._replace(wall=ends.wall + timedelta(days=1))
    start, end = instant_of(begins, settings.centre.zone), instant_of(ends, settings.centre.zone)
    if end <= start:
        row.wrong("end", messages.END_AFTER_START.fill(start=row.text("start").strip()))
    return (queue, start, end, kind, factor) if row.ok else None
