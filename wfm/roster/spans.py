"""What is wrong with a day on which an agent changes queues."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from wfm.domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from wfm.domain.intervals import Grid
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Assignment, Served

    Span = tuple[datetime, datetime]


def wrong_spans(cell: Assignment, plan: Plan) -> Text | None:
    """Return why the spans of a day are not every minute on the queues once; None when nothing is wrong.

    An interval is served as a whole: the queue changes only where an interval begins.
    """
    if not cell.serving:
        return None
    if cell.shift is None:
        return _NO_SHIFT
    if plan.settings.solve.serve == "shift":
        return _ONE_QUEUE
    zone, spans = plan.settings.centre.zone, sorted(cell.serving)
    twice = [after.start for before, after in pairwise(spans) if after.start < before.end]
    if twice:
        return _TWICE.fill(time=f"{twice[0].astimezone(zone):%H:%M}")
    apart = sorted(set(_joined(spans)) ^ set(cell.shift.on_queue()))
    if apart:
        return _NOT_COVERED.fill(time=f"{apart[0][0].astimezone(zone):%H:%M}")
    if _changes_inside(spans, plan.grid):
        return _INSIDE
    return None if cell.queue in cell.queues else _NEVER_SERVED.fill(queue=cell.queue)


def _joined(spans: Iterable[Served]) -> list[Span]:
    """Return what sorted spans cover together."""
    found: list[Span] = []
    for start, end, _ in spans:
        if found and found[-1][1] == start:
            start = found.pop()[0]
        found.append((start, end))
    return found


def _changes_inside(spans: Iterable[Served], grid: Grid) -> bool:
    """Return whether two queues are served in one interval."""
    length = timedelta(minutes=grid.minutes)
    served: dict[int, str] = {}
    for start, end, queue in spans:
        first, last = (start - grid.start) // length, -((grid.start - end) // length)
        if any(served.setdefault(at, queue) != queue for at in range(first, last)):
            return True
    return False


_NO_SHIFT = Text(
    en="serving.csv has rows for a day without a shift: delete them",
    zh="serving.csv 中有当天不上班的记录：请删除这些行",
)
_NEVER_SERVED = Text(
    en="the roster names queue {queue}, which serving.csv never serves on that day",
    zh="班表中的队列为 {queue}，但 serving.csv 当天没有该队列",
)
_ONE_QUEUE = Text(
    en='the shift changes queues, but [solve] serve is "shift"', zh='班次中途更换队列，但 [solve] serve 为 "shift"'
)
_TWICE = Text(en="two queues are served at {time}", zh="{time} 同时服务两个队列")
_NOT_COVERED = Text(
    en="serving.csv does not fit the shift at {time}: mend its rows of the day, or delete them where one queue is"
    " served for the whole shift",
    zh="serving.csv 与班次在 {time} 处不符：请修正该日各行；若整班只服务一个队列，请删除这些行",
)
_INSIDE = Text(en="the queue changes inside an interval", zh="在一个时段之内更换了队列")
