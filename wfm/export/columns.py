"""The columns of the neutral tables in words: headings of the workbook and rows of the docs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.domain.text import Text
from wfm.export.base import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ROSTER: Mapping[str, Text] = {
    "agent_id": Text(en="agent id", zh="工号"),
    "name": Text(en="name", zh="姓名"),
    "team": Text(en="team", zh="部门"),
    "business_date": Text(en="date on which the shift starts", zh="日期（班次开始日）"),
    "day_class": Text(en="class of the day", zh="日期类别"),
    "state": Text(en="work, rest, statutory_off, leave or not_employed", zh="状态"),
    "shift_code": Text(en="shift", zh="班次"),
    "queue": Text(en="queue", zh="队列"),
    "start_local": Text(en="start, local time", zh="开始时间"),
    "end_local": Text(en="end, local time", zh="结束时间"),
    "tz": Text(en="time zone", zh="时区"),
    "end_day_offset": Text(en="midnights between start and end", zh="跨日数"),
    "paid_hours": Text(en="paid hours", zh="计薪工时"),
    "night_class": Text(en="small, big or no night", zh="夜班类别"),
    "status": Text(en="published or draft", zh="发布状态"),
    "roster_version": Text(en="version of the roster", zh="排班版本"),
}
TIMESHEET: Mapping[str, Text] = {
    "agent_id": ROSTER["agent_id"],
    "period": Text(en="month", zh="月份"),
    "scheduled_h": Text(en="rostered paid hours", zh="排班工时"),
    "worked_h": Text(en="worked hours", zh="实际工时"),
    "standard_h": Text(en="standard hours", zh="标准工时"),
    "excess_h": Text(en="hours beyond the standard", zh="超出标准工时"),
    "ot150_h": Text(en="overtime at 150 %", zh="150% 加班工时"),
    "ot200_h": Text(en="overtime at 200 %", zh="200% 加班工时"),
    "ot300_h": Text(en="overtime at 300 %", zh="300% 加班工时"),
    "toil_h": Text(en="time off in lieu", zh="调休工时"),
    "small_nights": Text(en="small nights", zh="小夜班次数"),
    "big_nights": Text(en="big nights", zh="大夜班次数"),
    "leave_type": Text(en="types of leave", zh="请假类型"),
    "leave_h": Text(en="hours of leave", zh="请假工时"),
    "basis": Text(en="scheduled or worked hours", zh="工时依据"),
    "toil_taken_h": Text(en="time off in lieu taken", zh="已用调休工时"),
    "toil_left_h": Text(en="time off in lieu left", zh="剩余调休工时"),
    "cycle_h": Text(en="hours of the cycle so far", zh="周期累计工时"),
    "scheduled_minutes": Text(en="rostered paid minutes", zh="排班分钟数"),
    "worked_minutes": Text(en="worked minutes", zh="实际分钟数"),
}
PAYROLL: Mapping[str, Text] = {
    "agent_id": ROSTER["agent_id"],
    "period": TIMESHEET["period"],
    "element_code": Text(en="pay element", zh="薪酬项目"),
    "quantity": Text(en="quantity", zh="数量"),
    "unit": Text(en="unit", zh="单位"),
    "rate": Text(en="rate", zh="单价"),
    "multiplier": Text(en="multiplier", zh="倍数"),
    "amount": Text(en="amount", zh="金额"),
    "currency": Text(en="currency", zh="币种"),
    "basis": TIMESHEET["basis"],
    "rule_id": Text(en="rule", zh="规则编号"),
    "source": Text(en="source of the rule", zh="依据"),
    "date": Text(en="date", zh="日期"),
    "reason": Text(en="reason", zh="说明"),
}
TABLES: Mapping[str, Mapping[str, Text]] = {"roster": ROSTER, "timesheet": TIMESHEET, "payroll": PAYROLL}
"""By table, the columns in their order."""


def documented(tables: Iterable[str] = TABLES, ending: str = ".csv") -> tuple[Column, ...]:
    """Return the columns of neutral tables for a page of the docs."""
    return tuple(
        Column(f"{table}{ending}: {name}", meaning, _source(table, name))
        for table in tables
        for name, meaning in TABLES[table].items()
    )


def _source(table: str, name: str) -> str:
    if table == "roster":
        return "agents.csv" if name in ("agent_id", "name", "team") else "the roster"
    return "agents.csv" if name == "agent_id" else table
