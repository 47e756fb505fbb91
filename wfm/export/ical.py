"""iCalendar text (RFC 5545): events to a file and back."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from wfm.domain.shifts import Shift

_STAMP = "%Y%m%dT%H%M%SZ"
_OCTETS = 75
"""Longest content line, in octets, without its line break (section 3.1)."""
_PLAIN = re.compile("[0-9A-Z_-]{1,64}")
_ESCAPES = {ord("\\"): "\\\\", ord(";"): "\\;", ord(","): "\\,", ord("\n"): "\\n"}
_ESCAPED = {escaped: chr(code) for code, escaped in _ESCAPES.items()}
_EVENT = re.compile(
    r"BEGIN:VEVENT\nUID:(?P<uid>.*)\nDTSTAMP:.*\nSEQUENCE:(?P<sequence>\d+)\nDTSTART:(?P<start>\w+)\n"
    r"DTEND:(?P<end>\w+)\nSUMMARY:(?P<summary>.*)\nSTATUS:(?P<status>\w+)\nEND:VEVENT\n"
)


@dataclass(frozen=True, slots=True)
class Event:
    """One shift in a calendar.

    Attributes
    ----------
    start, end
        UTC, as they stand in the file (`20260501T000000Z`).
    sequence
        How often the event has changed since it was first sent.
    """

    uid: str
    start: str
    end: str
    summary: str
    sequence: int = 0
    status: str = "CONFIRMED"

    @classmethod
    def of(cls, uid: str, shift: Shift, name: str) -> Event:
        """Return the event of a shift; its code stands in when it has no name."""
        return cls(uid, shift.start.strftime(_STAMP), shift.end.strftime(_STAMP), _one_line(name or shift.code))

    def after(self, sent: Event | None) -> Event:
        """Return the event with its sequence: that of what was sent before, one more when it differs."""
        if sent is None:
            return self
        same = replace(self, sequence=sent.sequence)
        return same if same == sent else replace(same, sequence=sent.sequence + 1)

    def cancelled(self) -> Event:
        """Return the event as taken back; one that is taken back already stays as it is."""
        return (
            self.after(self)
            if self.status == "CANCELLED"
            else replace(self, status="CANCELLED", sequence=self.sequence + 1)
        )


def file_name(agent_id: str) -> str:
    """Return a file name that is safe on every system and different for every agent.

    Capitals, digits, `-` and `_` stay; an id with anything else ends in a hash, since some systems take `a` for `A`.

    Examples
    --------
    >>> file_name("A017"), file_name("../a b")
    ('shifts-A017.ics', 'shifts-_a_b-2c2c791a06.ics')
    """
    if _PLAIN.fullmatch(agent_id):
        return f"shifts-{agent_id}.ics"
    short = re.sub("[^0-9A-Za-z_-]+", "_", agent_id)[:40]
    return f"shifts-{short}-{hashlib.sha256(agent_id.encode()).hexdigest()[:10]}.ics"


def calendar(events: Iterable[Event], stamp: datetime) -> bytes:
    """Return a calendar file: UTF-8, lines of at most 75 octets that end in CR LF.

    Parameters
    ----------
    stamp
        Instant of the first version, UTC: `DTSTAMP` is that, later by a second for each change, so that the same roster
        gives the same bytes.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//wfm//roster//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for event in events:
        lines += (
            "BEGIN:VEVENT",
            f"UID:{event.uid}",
            f"DTSTAMP:{(stamp + timedelta(seconds=event.sequence)).strftime(_STAMP)}",
            f"SEQUENCE:{event.sequence}",
            f"DTSTART:{event.start}",
            f"DTEND:{event.end}",
            f"SUMMARY:{_escape(event.summary)}",
            f"STATUS:{event.status}",
            "END:VEVENT",
        )
    return b"".join(_folded(line) for line in [*lines, "END:VCALENDAR"])


def events_of(data: bytes) -> list[Event]:
    """Return the events of a file that `calendar` wrote; anything else in it is passed over."""
    text = data.replace(b"\r\n ", b"").replace(b"\r\n", b"\n").decode()
    return [
        Event(m["uid"], m["start"], m["end"], _unescape(m["summary"]), int(m["sequence"]), m["status"])
        for m in _EVENT.finditer(text)
    ]


def _folded(line: str) -> bytes:
    """Return a content line in octets, cut before it is too long and never inside a character."""
    data, room = line.encode(), _OCTETS
    pieces: list[bytes] = []
    while len(data) > room:
        cut = room
        while data[cut] & 0xC0 == 0x80:
            cut -= 1
        pieces.append(data[:cut])
        data, room = data[cut:], _OCTETS - 1
    return b"\r\n ".join([*pieces, data]) + b"\r\n"


def _one_line(text: str) -> str:
    """Return text as a calendar can hold it: line breaks are LF, no other control characters."""
    return re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]", "", text.replace("\r\n", "\n").replace("\r", "\n"))


def _escape(text: str) -> str:
    return text.translate(_ESCAPES)


def _unescape(text: str) -> str:
    return re.sub(r"\\.", lambda m: _ESCAPED.get(m[0], m[0][1:]), text)
