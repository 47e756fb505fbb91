"""iCalendar files of agents back to agent-days."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wfm.domain.event_uid import event_uid
from wfm.files.rosters import messages as m
from wfm.files.rosters.timed import TimedShifts
from wfm.files.rosters.told import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wfm.files.rosters.document import Document
    from wfm.files.rosters.shape import Ground, Reading

_LINE = re.compile(r"(?P<name>[A-Za-z-]+)(?:;[^:]*?TZID=(?P<zone>[^;:]+))?(?:;[^:]*)?:(?P<value>.*)")
_ZONE = " TZID"
_ESCAPED = re.compile(r"\\(.)")


def fits(document: Document, _: Ground) -> bool:
    """Return whether it is an iCalendar file."""
    return bool(document.calendar)


def read(document: Document, ground: Ground) -> Reading | None:
    """Return the events of agents by their UID, which is made from the centre, the agent and the business date.

    A cancelled event is a day off. The times of an event say the day and the shift, so that it may have been moved.
    """
    if not document.calendar:
        ground.findings.add(Spot(document.file, None, None, "").problem(m.A_CALENDAR))
        return None
    plan, zone = ground.plan, ground.plan.settings.centre.zone
    owners = _owners(plan.settings.centre.name, tuple(plan.by_id), plan.days)
    shifts = TimedShifts(document.file, ground)
    seen: list[str] = []
    for line, event in _events(document.calendar):
        agent_id = owners.get(event.get("UID", ""))
        start, end = (_instant(event.get(side, ""), event.get(side + _ZONE, ""), zone) for side in ("DTSTART", "DTEND"))
        if agent_id is None or start is None or end is None:
            ground.findings.add(Spot(document.file, line, "UID", event.get("UID", "")).problem(m.AN_EVENT_OF_OURS))
            continue
        seen.append(agent_id)
        if event.get("STATUS") != "CANCELLED":
            spot = Spot(document.file, line, "DTSTART", event["DTSTART"])
            shifts.add(spot, agent_id, (start, end), _ESCAPED.sub(r"\1", event.get("SUMMARY", "")))
    return shifts.reading(seen)


@lru_cache(maxsize=1)
def _owners(centre: str, agents: tuple[str, ...], days: tuple[date, ...]) -> Mapping[str, str]:
    """Return the agent of every event that there can be; made once for all files of a folder."""
    return {event_uid(centre, agent, day): agent for agent in agents for day in days}


def _events(text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """Yield each event with its line: its properties by name, and their zones by the name and `_ZONE`."""
    begun, found = 0, dict[str, str]()
    for number, line in _unfolded(text):
        if line == "BEGIN:VEVENT":
            begun, found = number, {}
        elif line == "END:VEVENT":
            yield begun, found
            begun = 0
        elif begun and (match := _LINE.fullmatch(line)):
            name = match["name"].upper()
            found.setdefault(name, match["value"])
            found.setdefault(name + _ZONE, match["zone"] or "")


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Yield the content lines with their number; a line that starts with a blank goes on the one before."""
    lines: list[tuple[int, str]] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if line[:1] in (" ", "\t") and lines:
            lines[-1] = lines[-1][0], lines[-1][1] + line[1:]
        else:
            lines.append((number, line))
    yield from lines


def _instant(value: str, named: str, zone: ZoneInfo) -> datetime | None:
    """Return the instant of a time in UTC, in a named zone, or on the clock of the centre; None when it is none."""
    try:
        moment = datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        clock = UTC if value.endswith("Z") else ZoneInfo(named) if named else zone
    except (ValueError, ZoneInfoNotFoundError):
        return None
    return moment.replace(tzinfo=clock).astimezone(UTC)
