"""Calendars: one iCalendar file per agent with his shifts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from wfm.domain.clock import instant
from wfm.domain.event_uid import event_uid
from wfm.domain.text import Text
from wfm.export.base import Column, ExportFormat, Outgoing, Personal
from wfm.export.ical import Event, calendar, events_of, file_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster

EARLIER = ("out", "exports", "ics")
"""Where the files of the export before stand in the planning folder."""


class Ics(ExportFormat):
    """One file per agent with an event per shift, to import or to subscribe to; nothing about pay or colleagues.

    Start and end are instants in UTC, which every calendar shows on its own clock, also over a clock change. The UID is
    made from the centre, the agent and the business date: a changed shift is the same event with `SEQUENCE` + 1, and
    one that is gone stays in the file as `STATUS:CANCELLED`, so that a calendar takes it away. What was sent before is
    read from the roster published before and, later than that, the files of the export before (`out/exports/ics`).
    Days off and leave are no events, and somebody who left the staff list gets no file any more. The name of a file is
    the agent id where that is plain, else it ends in a hash.

    Source: RFC 5545.
    """

    kind: ClassVar[str] = "ics"
    phrase: ClassVar[Text] = Text(
        en="calendars: one iCalendar file per agent with his shifts", zh="日历：每人一个 iCalendar 文件，含其全部班次"
    )
    personal: ClassVar[tuple[Personal, ...]] = ("agent_id",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("UID", Text(en="id of the event, stable", zh="事件编号，保持不变"), "centre, agent_id, business_date"),
        Column(
            "DTSTAMP",
            Text(en="first day of the period, plus one second a change", zh="期间首日，每次变更加一秒"),
            "period",
        ),
        Column("SEQUENCE", Text(en="how often the event has changed", zh="变更次数"), "files of the export before"),
        Column("DTSTART", Text(en="start, UTC", zh="开始时间（UTC）"), "start_local"),
        Column("DTEND", Text(en="end, UTC", zh="结束时间（UTC）"), "end_local"),
        Column("SUMMARY", Text(en="name of the shift, or its code", zh="班次名称或代码"), "shift_code"),
        Column(
            "STATUS", Text(en="CONFIRMED, or CANCELLED when it is gone", zh="CONFIRMED；已取消为 CANCELLED"), "roster"
        ),
    )
    not_known: ClassVar[Text | None] = Text(
        en="Some calendars ignore cancellations in a file that is imported by hand; a subscribed one follows them.",
        zh="部分日历在手动导入文件时会忽略取消；以订阅方式使用时会同步取消。",
    )
    example: ClassVar[Mapping[str, Any]] = {}

    def write(self, outgoing: Outgoing, folder: Path) -> Sequence[str]:
        """Write `shifts-AGENT.ics` for every agent who has events; return the names."""
        plan, names = outgoing.plan, []
        midnight = instant(plan.days[0], 0, plan.settings.centre.zone)
        for agent in plan.agents:
            name = file_name(agent.agent_id)
            before = _before(outgoing, agent, name)
            events = revised(_events(outgoing.roster, plan, agent), before)
            if events:
                (folder / name).write_bytes(calendar(events, midnight))
                names.append(name)
        return names


def revised(now: Iterable[Event], before: Mapping[str, Event]) -> list[Event]:
    """Return the events to send: what is new or as before, what changed, and what is gone, by start.

    Parameters
    ----------
    before
        The events of the same days that were sent before, by UID.
    """
    events = {event.uid: event.after(before.get(event.uid)) for event in now}
    gone = [event.cancelled() for event in before.values() if event.uid not in events]
    return sorted([*events.values(), *gone], key=lambda event: (event.start, event.uid))


def _events(roster: Roster, plan: Plan, agent: Agent) -> list[Event]:
    centre, names = plan.settings.centre.name, {code: template.name for code, template in plan.templates.items()}
    cells = (roster.assignments.get((agent.agent_id, day)) for day in plan.days)
    return [
        Event.of(event_uid(centre, agent.agent_id, cell.date), cell.shift, names.get(cell.shift.code, ""))
        for cell in cells
        if cell is not None and cell.shift is not None
    ]


def _before(outgoing: Outgoing, agent: Agent, name: str) -> dict[str, Event]:
    """Return what was sent before for the days of the period, by UID; the files are later than the roster."""
    plan, centre = outgoing.plan, outgoing.plan.settings.centre.name
    published = _events(outgoing.before, plan, agent) if outgoing.before else []
    earlier = None if outgoing.folder is None else outgoing.folder.joinpath(*EARLIER, name)
    sent = events_of(earlier.read_bytes()) if earlier is not None and earlier.is_file() else []
    known = {event.uid: event for event in (*published, *sent)}
    days = plan.days if known else ()
    return {uid: known[uid] for day in days if (uid := event_uid(centre, agent.agent_id, day)) in known}
