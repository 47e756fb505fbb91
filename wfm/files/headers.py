"""Header names: ours, the Chinese ones, and the user's own from `plan.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from wfm.domain.errors import InputError
from wfm.files import messages
from wfm.files.cells import clean
from wfm.files.tables import Sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wfm.domain.text import Text
    from wfm.files.findings import Findings
    from wfm.files.tables import Table

ALIASES: Mapping[str, tuple[str, ...]] = {
    "agent_id": ("工号", "座席工号", "员工编号"),
    "name": ("姓名", "座席", "名称"),
    "team": ("班组", "团队", "部门"),
    "contract": ("合同", "合同类型"),
    "skills": ("技能", "技能组"),
    "hire_date": ("入职日期",),
    "leave_date": ("离职日期",),
    "no_night": ("不上夜班", "免夜班"),
    "no_overtime": ("不加班", "免加班"),
    "mentor": ("师傅", "导师"),
    "tags": ("标签",),
    "cycle_hours": ("周期工时", "本周期工时"),
    "overtime_hours": ("加班工时", "本年加班工时"),
    "toil_hours": ("调休余额", "调休工时"),
    "nights": ("夜班数", "夜班次数"),
    "date": ("日期",),
    "business_date": ("日期", "排班日期", "班次日期"),
    "kind": ("类型", "需求类型", "事件类型"),
    "shift_code": ("班次", "班次代码", "班次编码"),
    "weight": ("权重",),
    "first_date": ("开始日期", "起始日期"),
    "last_date": ("结束日期", "截止日期"),
    "type": ("假别", "请假类型", "类型"),
    "status": ("状态", "审批状态"),
    "approver": ("审批人",),
    "queue": ("队列", "技能队列", "业务"),
    "rule": ("规则",),
    "reason": ("原因", "事由"),
    "class": ("日期类型", "类别", "类型"),
    "source": ("来源", "依据"),
    "start": ("开始", "开始时间"),
    "end": ("结束", "结束时间"),
    "factor": ("倍数", "系数"),
    "interval_start": ("时段", "时段开始", "开始时间"),
    "offered": ("呼入量", "话务量", "来电量"),
    "aht_seconds": ("平均处理时长", "平均处理时长（秒）"),
    "handled": ("接通量", "接听量"),
    "abandoned": ("放弃量",),
    "wait_seconds": ("等待时长", "等待时长（秒）"),
    "state": ("状态", "出勤状态"),
    "start_local": ("开始时间", "上班时间"),
    "end_local": ("结束时间", "下班时间"),
    "paid_hours": ("计薪工时", "工时"),
    "unpaid_minutes": ("扣除分钟", "无薪分钟", "休息分钟"),
    "base": ("基本工资", "底薪"),
    "performance": ("绩效工资", "绩效"),
    "hourly": ("时薪", "小时工资"),
    "calls": ("电话量", "接听电话量", "接听量"),
    "penalty": ("扣罚", "扣款"),
    "bonus": ("奖金", "质检奖金"),
    "checked": ("质检条数", "抽检条数"),
    "failed": ("不合格条数",),
}
"""Header names in Chinese that mean a column of ours; each file looks only for its own columns."""


@dataclass(frozen=True)
class Columns:
    """The columns of a file."""

    needed: tuple[str, ...]
    others: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Needed and other columns."""
        return self.needed + self.others


def bind(table: Table, columns: Columns, findings: Findings, mapping: Mapping[str, str] | None = None) -> Sheet | None:
    """Return the table with its columns known by our names; None after a report when a needed one is missing.

    Parameters
    ----------
    mapping
        Our column name to the file's own (`[history] columns`); it wins over our names and the Chinese ones. None
        where columns cannot be mapped.
    """
    header, before = [_plain(name) for name in table.header], findings.about(table.file)
    own, places = mapping or {}, dict[str, int]()
    for column in columns.all:
        wanted = {_plain(own[column])} if column in own else spellings(column)
        found = [n for n, name in enumerate(header) if name in wanted]
        mend = None if mapping is None else _mend(column)
        if len(found) > 1:
            first, second = (table.header[n].strip() for n in found[:2])
            expected = messages.ONE_COLUMN_EACH.fill(column=column, first=first, second=second)
            findings.add(InputError(table.file, table.header_line, second, None, expected, mend))
        elif found:
            places[column] = found[0]
        elif column in columns.needed:
            expected = messages.NEEDED_COLUMN.fill(columns=listed(table))
            findings.add(InputError(table.file, table.header_line, column, None, expected, mend or _chinese(column)))
    return Sheet(table, places, findings) if findings.about(table.file) == before else None


def _mend(column: str) -> Text:
    return messages.QUEUE_COLUMN_OR_SETTING if column == "queue" else messages.MAP_COLUMN.fill(column=column)


def _chinese(column: str) -> Text | None:
    """Return the Chinese names of a column; None where it has none."""
    names = ALIASES.get(column, ())
    return messages.OTHER_NAMES.fill(names=", ".join(names)) if names else None


def spellings(column: str) -> set[str]:
    """Return the header names, in plain form, that mean a column of ours."""
    return {_plain(name) for name in (column, *ALIASES.get(column, ()))}


def listed(table: Table) -> str:
    """Return the file's column names for a message."""
    return ", ".join(name.strip() for name in table.header)


def _plain(name: str) -> str:
    return clean(name).casefold()
