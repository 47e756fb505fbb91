"""Starts of history intervals: their grid, and wall-clock times to instants where the clock changes."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from wfm.files import messages
from wfm.files.cells import BadCell, day_parser, instant_of, moment_parser

if TYPE_CHECKING:
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    import numpy.typing as npt

    from wfm.files.cells import Moment
    from wfm.files.tables import Sheet

HOUR, DAY = 60, 1440
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001
_PLAIN = re.compile(r"((?:19[7-9]|20\d|21\d)\d[-/]\d{1,2}[-/]\d{1,2})[ T](\d{1,2}):([0-5]\d)(?::00(?:\.0+)?)?")


class Start(NamedTuple):
    """The start of an interval in minutes since 1970: on the wall clock, and as an instant.

    `first` and `second` are the same instant except where the clock changes: a repeated wall time has its first pass
    before its second, a skipped one has `second` before `first`.
    """

    wall: int
    first: int
    second: int


def start_parser(day_first: bool, zone: ZoneInfo) -> Callable[[str], Start]:
    """Return a parser of interval starts, which are whole minutes; without an offset the clock is that of `zone`.

    A log has few dates and few times of day, so each is looked at once; only dates of a clock change need more.
    """
    parse, parse_day = moment_parser(day_first), day_parser(day_first)

    @cache
    def steady_day(text: str) -> tuple[int, int] | None:
        midnight = datetime.combine(parse_day(text), time())
        hours = (midnight + timedelta(hours=h) for h in range(25))
        offsets = {h.replace(tzinfo=zone, fold=fold).utcoffset() for h in hours for fold in (0, 1)}
        offset = offsets.pop()
        return None if offsets or offset is None else (_minutes(midnight), offset // timedelta(minutes=1))

    def start(text: str) -> Start:
        plain = _PLAIN.fullmatch(text)
        if plain and (steady := steady_day(plain[1])) and (minute := int(plain[2]) * 60 + int(plain[3])) <= DAY:
            wall = steady[0] + minute
            return Start(wall, wall - steady[1], wall - steady[1])
        return _start(parse(text), zone)

    return start


def _start(moment: Moment, zone: ZoneInfo) -> Start:
    if moment.wall.second or moment.wall.microsecond:
        raise BadCell(messages.WHOLE_MINUTE)
    if moment.offset is not None:
        instant = instant_of(moment, zone)
        return Start(
            _minutes(instant.astimezone(zone).replace(tzinfo=None)), *[_minutes(instant.replace(tzinfo=None))] * 2
        )
    passes = (moment.wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return Start(_minutes(moment.wall), *(_minutes(p.replace(tzinfo=None)) for p in passes))


def _minutes(wall: datetime) -> int:
    return (wall - _EPOCH) // timedelta(minutes=1)


def usual_interval(walls: npt.NDArray[np.int64], default: int) -> int:
    """Return the length in minutes of the intervals that start at `walls`; `default` when there is only one.

    It is the greatest common divisor of the gaps between starts, without gaps so rare (below 1 in 100) that they are
    more likely a slip than a grid.
    """
    gaps, counts = np.unique(np.diff(np.unique(walls)), return_counts=True)
    usual = gaps[counts * 100 >= counts.sum()]
    return int(np.gcd.reduce(usual if len(usual) else gaps)) or default


def fits(minutes: int, planning: int) -> bool:
    """Return whether intervals of `minutes` can be summed or spread to the planning interval."""
    return planning % minutes == 0 or (minutes % planning == 0 and DAY % minutes == 0)


def on_grid(part: pd.DataFrame, minutes: int, queue: str, sheet: Sheet) -> pd.DataFrame:
    """Return the rows of a queue that start on its grid, counted from local midnight; report the others."""
    off = part["wall"] % DAY % minutes != 0
    for row in part.loc[off, "row"]:
        sheet.wrong_at(row, "interval_start", messages.ON_GRID.fill(minutes=minutes, queue=queue))
    return part[~off]


def to_instants(part: pd.DataFrame, minutes: int, zone: ZoneInfo, sheet: Sheet) -> pd.DataFrame:
    """Return the rows with `start`, the instant in minutes since 1970.

    A skipped wall time is wrong when it has contacts, else left out. In a repeated hour the first row of a wall time
    is the first pass and the next row the second; where the whole hour was given once, each row counts half on either
    pass. Intervals above an hour simply start where the clock first shows their start.
    """
    part = part.assign(start=part["first"])
    if minutes > HOUR:
        return part
    skipped, repeated = part["second"] < part["first"], part["second"] > part["first"]
    _report_skipped(part[skipped], zone, sheet)
    return pd.concat([part[~skipped & ~repeated], _passes(part[repeated], sheet)])


def _report_skipped(part: pd.DataFrame, zone: ZoneInfo, sheet: Sheet) -> None:
    busy = part["offered"] > 0
    for row in part.loc[busy, "row"]:
        sheet.wrong_at(row, "interval_start", messages.TIME_EXISTS.fill(zone=zone.key))
    if not busy.all():
        sheet.findings.note(messages.SKIPPED_HOUR, queue=part["queue"].iloc[0], count=int((~busy).sum()))


def _passes(part: pd.DataFrame, sheet: Sheet) -> pd.DataFrame:
    order = part.groupby("wall").cumcount()
    twice = order.groupby(part["wall"] // DAY).transform("max") > 0
    passes = part.assign(
        start=part["first"].where(~twice | (order == 0), part["second"]),
        offered=part["offered"].where(twice, part["offered"] / 2),
    )
    once = passes[~twice]
    if once.empty:
        return passes
    sheet.findings.note(messages.HALVED_HOUR, queue=once["queue"].iloc[0], count=len(once))
    return pd.concat([passes, once.assign(start=once["second"])])


def distinct(part: pd.DataFrame, zone: ZoneInfo, sheet: Sheet) -> pd.DataFrame:
    """Return the rows of a queue with each start once; report the later ones."""
    again = part.duplicated("start")
    first_row = part[~again].set_index("start")["row"]
    for row, start in part.loc[again, ["row", "start"]].itertuples(index=False):
        when = datetime.fromtimestamp(start * 60, zone).strftime("%Y-%m-%d %H:%M")
        line = sheet.table.lines[first_row[start]]
        sheet.wrong_at(row, "interval_start", messages.ONE_ROW_AN_INTERVAL.fill(line=line, start=when))
    return part[~again]
