"""WeCom 企业微信: bodies for the roster call of its attendance API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from wfm.domain.text import Text
from wfm.export.base import Column, ExportFormat, Outgoing, Personal
from wfm.export.cells import by_month, employed_cells
from wfm.export.ids import agent_ids, shift_problems
from wfm.export.json_files import batches, write_bodies

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from wfm.domain.errors import InputError
    from wfm.domain.settings import Settings

FILE = "wecom_schedules.jsonl"
REST = 0
"""Schedule id that means a day off."""


class WecomApi(ExportFormat):
    """Bodies of `checkin/setcheckinschedulist`, one call a line, each for one month.

    Every day inside employment is sent. Rest days, statutory days off and leave are all rest (`schedule_id` 0): WeCom
    takes leave from its own approvals. The rule of the group has to be by shifts (按班次上下班); 60 calls a minute.

    Source: https://developer.work.weixin.qq.com/document/path/94209
    """

    kind: ClassVar[str] = "wecom_api"
    phrase: ClassVar[Text] = Text(
        en="WeCom: the roster as bodies for its attendance API", zh="企业微信：打卡排班接口的请求体"
    )
    personal: ClassVar[tuple[Personal, ...]] = ("agent_id",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("groupid", Text(en="attendance rule", zh="打卡规则 ID"), "option group_id"),
        Column("items[].userid", Text(en="employee", zh="员工 userid"), "option user_ids, or agent_id"),
        Column("items[].day", Text(en="day of the month, 1 to 31", zh="日，1 至 31"), "business_date"),
        Column("items[].schedule_id", Text(en="shift; 0 is rest", zh="班次 ID；0 为休息"), "option schedule_ids"),
        Column("yearmonth", Text(en="month as the number YYYYMM", zh="月份，YYYYMM 格式的整数"), "business_date"),
    )
    not_known: ClassVar[Text | None] = Text(
        en="How many items one call takes: `items_per_call` is our own caution. The columns of its Excel template.",
        zh="单次调用允许的条数（items_per_call 仅为稳妥起见的取值）；其 Excel 模板的列。",
    )
    example: ClassVar[Mapping[str, Any]] = {"group_id": 226, "schedule_ids": {"D8": 234, "N20": 235}}

    group_id: int
    """Id of the attendance rule (打卡规则)."""
    schedule_ids: dict[str, Annotated[int, Field(gt=0)]]
    """WeCom's id of every shift under that rule, by our code."""
    user_ids: dict[str, str] = Field(default_factory=dict)
    """WeCom's userid of every agent, by our id; without the table they are the same."""
    items_per_call: int = Field(default=1000, ge=1)
    """Agent-days in one body at most."""

    def problems(self, settings: Settings) -> list[InputError]:
        """Return what is wrong with the options: a shift without an id, an id for no shift."""
        return super().problems(settings) + shift_problems(self, "schedule_ids", self.schedule_ids, settings)

    def write(self, outgoing: Outgoing, folder: Path) -> Sequence[str]:
        """Write `wecom_schedules.jsonl`; return its name."""
        write_bodies(self._bodies(outgoing), folder / FILE)
        return (FILE,)

    def _bodies(self, outgoing: Outgoing) -> Iterator[dict[str, object]]:
        users = agent_ids(self, "user_ids", self.user_ids, outgoing.plan)
        months: dict[int, list[dict[str, object]]] = {
            first.year * 100 + first.month: [] for first in by_month(outgoing.plan.days)
        }
        for cell in employed_cells(outgoing):
            schedule = self.schedule_ids[cell.shift.code] if cell.shift else REST
            item = {"userid": users[cell.agent_id], "day": cell.date.day, "schedule_id": schedule}
            months[cell.date.year * 100 + cell.date.month].append(item)
        for month, every in months.items():
            for items in batches(every, self.items_per_call):
                yield {"groupid": self.group_id, "items": items, "yearmonth": month}
