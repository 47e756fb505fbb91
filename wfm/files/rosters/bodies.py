"""Bodies of roster calls back to agent-days: DingTalk, WeCom, Feishu."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from wfm.domain.errors import InputError
from wfm.files.rosters import messages as m
from wfm.files.rosters.shape import Reading, Shape
from wfm.files.rosters.told import Resolver, Spot, Told, sheet_of
from wfm.files.settings_file import PLAN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from zoneinfo import ZoneInfo

    from wfm.files.rosters.document import Document
    from wfm.files.rosters.shape import Ground


class _Call(NamedTuple):
    """The keys of one kind of call.

    Attributes
    ----------
    entries, user, shift
        Keys of the list of agent-days, and in it of the person and the shift.
    option
        Our option that maps shift codes to the target's ids.
    rest
        Id that means a day off.
    day
        The date of an entry, given its body and the zone of the centre.
    """

    entries: str
    user: str
    shift: str
    option: str
    rest: str
    day: Callable[[Mapping[str, Any], Mapping[str, Any], ZoneInfo], date]


def _from_instant(_: Mapping[str, Any], entry: Mapping[str, Any], zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(entry["work_date"] / 1000, zone).date()


def _from_month(body: Mapping[str, Any], entry: Mapping[str, Any], _: ZoneInfo) -> date:
    month = int(body["yearmonth"])
    return date(month // 100, month % 100, int(entry["day"]))


def _from_entry(_: Mapping[str, Any], entry: Mapping[str, Any], __: ZoneInfo) -> date:
    month = int(entry["month"])
    return date(month // 100, month % 100, int(entry["day_no"]))


CALLS = {
    "dingtalk_api": _Call("schedules", "userid", "shift_id", "shift_ids", "1", _from_instant),
    "wecom_api": _Call("items", "userid", "schedule_id", "schedule_ids", "0", _from_month),
    "feishu_api": _Call("user_daily_shifts", "user_id", "shift_id", "shift_ids", "0", _from_entry),
}


def shape(kind: str) -> Shape:
    """Return the reader of one kind of call."""
    call = CALLS[kind]
    return Shape(lambda document, _: _fits(document, call), lambda document, ground: _read(document, ground, call))


def _fits(document: Document, call: _Call) -> bool:
    return bool(document.bodies) and all(isinstance(body.get(call.entries), list) for _, body in document.bodies)


def _read(document: Document, ground: Ground, call: _Call) -> Reading | None:
    if not _fits(document, call):
        ground.findings.add(InputError(document.file, None, call.entries, None, m.BODIES.fill(key=call.entries)))
        return None
    words = ground.shifts(call.option)
    if not words:
        key = f"export.{ground.kind}.{call.option}"
        ground.findings.add(InputError(PLAN, None, key, None, m.SHIFT_IDS.fill(kind=ground.kind)))
        return None
    agents = Resolver(ground.users("user_ids"), ground.findings)
    told = [one for line, body in document.bodies for one in _told(document.file, line, body, call, ground, agents)]
    return Reading(sheet_of(document.file, told, ground.findings), words=words)


def _told(
    file: str, line: int, body: Mapping[str, Any], call: _Call, ground: Ground, agents: Resolver
) -> Iterator[Told]:
    zone = ground.plan.settings.centre.zone
    for n, entry in enumerate(body[call.entries]):
        place = f"{call.entries}[{n}]"
        try:
            user, shift, day = str(entry[call.user]), str(entry[call.shift]), call.day(body, entry, zone)
        except (KeyError, TypeError, ValueError, OverflowError):
            ground.findings.add(InputError(file, line, place, entry, m.ENTRY.fill(keys=f"{call.user}, {call.shift}")))
            continue
        agent_id = agents(Spot(file, line, f"{place}.{call.user}", user))
        if agent_id is not None:
            word = "" if shift == call.rest else shift
            yield Told(Spot(file, line, f"{place}.{call.shift}", shift), agent_id, day, word)
