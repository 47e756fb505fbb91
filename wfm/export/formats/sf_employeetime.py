"""SAP SuccessFactors: approved leave as EmployeeTime."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import pandas as pd
from pydantic import Field

from wfm.domain.errors import InputErrors
from wfm.domain.text import Text
from wfm.export.base import Column, ExportFormat, Outgoing, Personal
from wfm.export.csv_file import MachineCsv, write_csv
from wfm.export.ids import agent_ids, listed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from wfm.domain.agents import Absence
    from wfm.domain.errors import InputError
    from wfm.domain.plan import Plan

FILE = "EmployeeTime.csv"
EACH_TYPE = Text(
    en="a time type for every kind of leave in the period (or name it in leave_out); missing: {missing}",
    zh="本期各类假期对应的 timeType（或列入 leave_out）；缺少：{missing}",
)


class SfEmployeetime(ExportFormat, MachineCsv):
    """One row per approved leave that touches the period, with its own first and last day, also outside the period.

    `externalCode` is agent, first day and type: the same leave sent with two months is the same record. How many days
    or hours it counts for is left to SuccessFactors, which knows the person's work schedule.

    Source: OData entity EmployeeTime (SAP-archive/cloud-s4-sdk-book, time-off/employee-time.js).
    """

    kind: ClassVar[str] = "sf_employeetime"
    phrase: ClassVar[Text] = Text(
        en="SAP SuccessFactors: approved leave as EmployeeTime rows",
        zh="SAP SuccessFactors：已批准假期（EmployeeTime）",
    )
    personal: ClassVar[tuple[Personal, ...]] = ("agent_id", "leave_type")
    columns: ClassVar[tuple[Column, ...]] = (
        Column(
            "externalCode", Text(en="id of the leave, stable", zh="假期编号，保持不变"), "agent_id, first_date, type"
        ),
        Column("userId", Text(en="employee", zh="员工"), "option user_ids, or agent_id"),
        Column("timeType", Text(en="kind of leave", zh="假期类型"), "option time_types"),
        Column("startDate", Text(en="first day", zh="首日"), "first_date of leave.csv"),
        Column("endDate", Text(en="last day, included", zh="末日（含）"), "last_date of leave.csv"),
        Column("approvalStatus", Text(en="always APPROVED", zh="固定为 APPROVED"), "constant"),
    )
    not_known: ClassVar[Text | None] = Text(
        en="The columns of the CSV import of your tenant, which it generates: map these by name. Whether it wants"
        " quantityInDays or quantityInHours filled.",
        zh="贵方租户自动生成的 CSV 导入模板列（请按字段名对应）；是否必须填写 quantityInDays 或 quantityInHours。",
    )
    example: ClassVar[Mapping[str, Any]] = {
        "time_types": {"annual": "TT_ANNUAL", "sick": "TT_SICK"},
        "leave_out": ["training"],
    }

    time_types: dict[str, str]
    """SuccessFactors' timeType of every kind of leave, by our type."""
    leave_out: tuple[str, ...] = ("training",)
    """Kinds of leave that are not sent."""
    user_ids: dict[str, str] = Field(default_factory=dict)
    """SuccessFactors' userId of every agent, by our id; without the table they are the same."""

    def write(self, outgoing: Outgoing, folder: Path) -> Sequence[str]:
        """Write `EmployeeTime.csv`; return its name."""
        absences = [a for a in leaves(outgoing.plan) if a.type not in self.leave_out]
        problems = self._without_type(absences)
        if problems:
            raise InputErrors(problems)
        ids = agent_ids(self, "user_ids", self.user_ids, outgoing.plan)
        rows = [
            (
                f"{a.agent_id}-{a.first_date}-{a.type}",
                ids[a.agent_id],
                self.time_types[a.type],
                a.first_date,
                a.last_date,
                "APPROVED",
            )
            for a in absences
        ]
        write_csv(pd.DataFrame(rows, columns=[c.name for c in self.columns], dtype=object), folder / FILE, self)
        return (FILE,)

    def _without_type(self, absences: Sequence[Absence]) -> list[InputError]:
        missing = sorted({a.type for a in absences} - set(self.time_types))
        return [self.wrong("time_types", None, EACH_TYPE.fill(missing=listed(missing)))] if missing else []


def leaves(plan: Plan) -> list[Absence]:
    """Return the approved leave that touches the period, of agents employed in it: by agent as in the plan, by date."""
    first, last = plan.days[0], plan.days[-1]
    here = [
        a
        for a in plan.absences
        if a.status == "approved" and a.first_date <= last and a.last_date >= first and _employed(plan, a)
    ]
    order = {agent: n for n, agent in enumerate(plan.by_id)}
    return sorted(here, key=lambda a: (order[a.agent_id], a.first_date, a.type))


def _employed(plan: Plan, absence: Absence) -> bool:
    agent = plan.by_id.get(absence.agent_id)
    return agent is not None and any(
        agent.employed(d) for d in plan.days if absence.first_date <= d <= absence.last_date
    )
