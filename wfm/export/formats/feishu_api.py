"""Feishu 飞书 (Lark): bodies for the roster call of its attendance API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

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

FILE = "feishu_shifts.jsonl"
REST = "0"
"""Shift id that means a day off."""
LIMIT = 50
"""Agent-days that one call takes."""


class FeishuApi(ExportFormat):
    """Bodies of `POST attendance/v1/user_daily_shifts/batch_create`, one call a line, at most 50 agent-days each.

    Every day inside employment is sent. Rest days, statutory days off and leave are all rest (`shift_id` "0"): Feishu
    takes leave from its own approvals. The ids of people are those of the call's parameter `employee_type`
    (`employee_no` where they are our agent ids); 50 calls a second.

    Source: https://open.larksuite.com, reference of user_daily_shift/batch_create.
    """

    kind: ClassVar[str] = "feishu_api"
    phrase: ClassVar[Text] = Text(
        en="Feishu (Lark): the roster as bodies for its attendance API", zh="飞书：考勤排班接口的请求体"
    )
    personal: ClassVar[tuple[Personal, ...]] = ("agent_id",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("user_daily_shifts[].group_id", Text(en="attendance group", zh="考勤组 ID"), "option group_id"),
        Column("user_daily_shifts[].shift_id", Text(en="shift; 0 is rest", zh="班次 ID；0 为休息"), "option shift_ids"),
        Column(
            "user_daily_shifts[].month",
            Text(en="month as the number YYYYMM", zh="月份，YYYYMM 格式的整数"),
            "business_date",
        ),
        Column("user_daily_shifts[].user_id", Text(en="employee", zh="员工 ID 或工号"), "option user_ids, or agent_id"),
        Column("user_daily_shifts[].day_no", Text(en="day of the month", zh="日"), "business_date"),
        Column(
            "operator_id",
            Text(en="who sends the roster; left out when not given", zh="操作人 ID；未填则不写"),
            "option operator_id",
        ),
    )
    not_known: ClassVar[Text | None] = Text(
        en="The columns of its Excel template. Somebody can be in one attendance group a day only.",
        zh="其 Excel 模板的列。注意：每人每天只能属于一个考勤组。",
    )
    example: ClassVar[Mapping[str, Any]] = {
        "group_id": "6737202939523236110",
        "shift_ids": {"D8": 6753520403404030215, "N20": 6753520403404030216},
    }

    group_id: str = Field(min_length=1)
    """Id of the attendance group (考勤组)."""
    shift_ids: dict[str, Annotated[int, Field(gt=0)]]
    """Feishu's id of every shift, by our code; it is sent as text."""
    user_ids: dict[str, str] = Field(default_factory=dict)
    """Feishu's id of every agent, by our id; without the table they are the same."""
    operator_id: str | None = Field(default=None, min_length=1)
    """Feishu's id of the person on whose behalf the roster is sent."""

    def problems(self, settings: Settings) -> list[InputError]:
        """Return what is wrong with the options: a shift without an id, an id for no shift."""
        return super().problems(settings) + shift_problems(self, "shift_ids", self.shift_ids, settings)

    def write(self, outgoing: Outgoing, folder: Path) -> Sequence[str]:
        """Write `feishu_shifts.jsonl`; return its name."""
        calls = batches(self._shifts(outgoing), LIMIT)
        tail = {} if self.operator_id is None else {"operator_id": self.operator_id}
        write_bodies([{"user_daily_shifts": shifts, **tail} for shifts in calls], folder / FILE)
        return (FILE,)

    def _shifts(self, outgoing: Outgoing) -> Iterator[dict[str, object]]:
        users = agent_ids(self, "user_ids", self.user_ids, outgoing.plan)
        for cell in employed_cells(outgoing):
            yield {
                "group_id": self.group_id,
                "shift_id": str(self.shift_ids[cell.shift.code]) if cell.shift else REST,
                "month": cell.date.year * 100 + cell.date.month,
                "user_id": users[cell.agent_id],
                "day_no": cell.date.day,
            }
