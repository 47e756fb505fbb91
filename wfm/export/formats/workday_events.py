"""Workday: the roster as time clock events."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd
from pydantic import Field

from wfm.domain.text import Text
from wfm.export.base import Column, ExportFormat, Outgoing, Personal
from wfm.export.cells import worked_shifts
from wfm.export.csv_file import MachineCsv, write_csv
from wfm.export.ids import agent_ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from wfm.domain.shifts import Shift

FILE = "time_clock_events.csv"


class WorkdayEvents(ExportFormat, MachineCsv):
    """One row per clock event as rostered: `In`, `Meal` at an unpaid break and `In` after it, `Out`.

    These are planned times, for a tenant that pays by the roster; they are no punches. A paid break is no event. Times
    are `xsd:dateTime` with the offset in force, so that a night over a clock change has its true length. The id of an
    event is agent, business date and position: the same events keep their ids when they are sent again.

    Source: fields of Import_Time_Clock_Events and Put_Time_Clock_Events, web service Time_Tracking v44.1.
    """

    kind: ClassVar[str] = "workday_events"
    phrase: ClassVar[Text] = Text(
        en="Workday: rostered shifts as time clock events (in, meal, out)",
        zh="Workday：按排班生成打卡事件（上班、用餐、下班）",
    )
    personal: ClassVar[tuple[Personal, ...]] = ("agent_id",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "Time_Clock_Event_ID",
            Text(en="id of the event, stable", zh="事件编号，保持不变"),
            "agent_id, business_date",
        ),
        Column("Employee_ID", Text(en="employee", zh="员工编号"), "option employee_ids, or agent_id"),
        Column(
            "Time_Clock_Event_Date_Time", Text(en="time with offset", zh="带时区偏移的时间"), "start_local, end_local"
        ),
        Column("Clock_Event_Type", Text(en="In, Meal or Out", zh="In（上班）、Meal（用餐）、Out（下班）"), "constant"),
        Column("Time_Zone", Text(en="zone of the centre", zh="中心所在时区"), "tz"),
    )
    not_known: ClassVar[Text | None] = Text(
        en="The columns of an EIB sheet of your tenant: map these by name. Names of zones and event types are reference"
        " ids that a tenant can change.",
        zh="贵方租户 EIB 表的列（请按字段名对应）；时区与事件类型为租户可修改的引用编号。",
    )
    example: ClassVar[Mapping[str, Any]] = {}

    employee_ids: dict[str, str] = Field(default_factory=dict)
    """Workday's Employee_ID of every agent, by our id; without the table they are the same."""

    def write(self, outgoing: Outgoing, folder: Path) -> Sequence[str]:
        """Write `time_clock_events.csv`; return its name."""
        ids = agent_ids(self, "employee_ids", self.employee_ids, outgoing.plan)
        zone = outgoing.plan.settings.centre.zone
        stamps = cache(partial(_stamps, zone=zone))
        rows = [
            (f"{agent}-{shift.date}-{number}", ids[agent], time, kind, zone.key)
            for agent, shift in worked_shifts(outgoing)
            for number, (time, kind) in enumerate(stamps(shift), 1)
        ]
        write_csv(pd.DataFrame(rows, columns=[c.name for c in self.columns], dtype=object), folder / FILE, self)
        return (FILE,)


def _stamps(shift: Shift, zone: ZoneInfo) -> list[tuple[str, str]]:
    return [(moment.astimezone(zone).isoformat(timespec="seconds"), kind) for kind, moment in events(shift)]


def events(shift: Shift) -> Iterator[tuple[str, datetime]]:
    """Yield the clock events of a shift in order; instants."""
    spans = shift.paid_spans()
    for begin, end in spans:
        yield "In", begin
        yield ("Out" if end == spans[-1][1] else "Meal"), end
