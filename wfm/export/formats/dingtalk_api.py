"""DingTalk 钉钉: bodies for the roster call of its attendance API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from wfm.domain.clock import instant
from wfm.domain.text import Text
from wfm.export.base import Column, ExportFormat, Outgoing, Personal
from wfm.export.cells import employed_cells
from wfm.export.ids import agent_ids, shift_problems
from wfm.export.json_files import batches, write_bodies

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from wfm.domain.errors import InputError
    from wfm.domain.settings import Settings

FILE = "dingtalk_schedules.jsonl"
REST = 1
"""Shift id that means a day off."""
LIMIT = 201
"""Schedules that one call takes."""


class DingtalkApi(ExportFormat):
    """Bodies of `dingtalk.oapi.attendance.group.schedule.async`, one call a line, at most 201 agent-days each.

    Every day inside employment is sent, so that sending the file again leaves the group as the roster says. Rest days,
    statutory days off and leave are all rest (`shift_id` 1): DingTalk takes leave from its own approvals.

    Source: class OapiAttendanceGroupScheduleAsyncRequest of the official Java SDK.
    """

    kind: ClassVar[str] = "dingtalk_api"
    phrase: ClassVar[Text] = Text(
        en="DingTalk: the roster as bodies for its attendance API", zh="钉钉：考勤组排班接口的请求体"
    )
    personal: ClassVar[tuple[Personal, ...]] = ("agent_id",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("op_user_id", Text(en="who sends the roster", zh="操作人 userid"), "option op_user_id"),
        Column("group_id", Text(en="attendance group", zh="考勤组 ID"), "option group_id"),
        Column("schedules[].userid", Text(en="employee", zh="员工 userid"), "option user_ids, or agent_id"),
        Column(
            "schedules[].work_date",
            Text(en="date: milliseconds since 1970 at local midnight", zh="排班日期：当地零点的毫秒时间戳"),
            "business_date",
        ),
        Column("schedules[].shift_id", Text(en="shift; 1 is rest", zh="班次 ID；1 为休息"), "option shift_ids"),
        Column("schedules[].is_rest", Text(en="whether it is a day off", zh="是否休息"), "state"),
    )
    not_known: ClassVar[Text | None] = Text(
        en="How many calls a minute DingTalk takes, and what it does with a day that is locked on its side.",
        zh="钉钉每分钟允许的调用次数，以及对其已锁定日期的处理方式。",
    )
    example: ClassVar[Mapping[str, Any]] = {
        "group_id": 1001,
        "op_user_id": "manager01",
        "shift_ids": {"D8": 123, "N20": 124},
    }

    group_id: int
    """Id of the attendance group (考勤组)."""
    op_user_id: str = Field(min_length=1)
    """DingTalk userid of the person on whose behalf the roster is sent."""
    shift_ids: dict[str, Annotated[int, Field(gt=1)]]
    """DingTalk's id of every shift, by our code."""
    user_ids: dict[str, str] = Field(default_factory=dict)
    """DingTalk's userid of every agent, by our id; without the table they are the same."""

    def problems(self, settings: Settings) -> list[InputError]:
        """Return what is wrong with the options: a shift without an id, an id for no shift."""
        return super().problems(settings) + shift_problems(self, "shift_ids", self.shift_ids, settings)

    def write(self, outgoing: Outgoing, folder: Path) -> Sequence[str]:
        """Write `dingtalk_schedules.jsonl`; return its name."""
        calls = batches(self._schedules(outgoing), LIMIT)
        head = {"op_user_id": self.op_user_id, "group_id": self.group_id}
        write_bodies([{**head, "schedules": schedules} for schedules in calls], folder / FILE)
        return (FILE,)

    def _schedules(self, outgoing: Outgoing) -> Iterator[dict[str, object]]:
        users = agent_ids(self, "user_ids", self.user_ids, outgoing.plan)
        zone = outgoing.plan.settings.centre.zone
        midnights = {day: round(instant(day, 0, zone).timestamp()) * 1000 for day in outgoing.plan.days}
        for cell in employed_cells(outgoing):
            yield {
                "userid": users[cell.agent_id],
                "work_date": midnights[cell.date],
                "shift_id": self.shift_ids[cell.shift.code] if cell.shift else REST,
                "is_rest": cell.shift is None,
            }
