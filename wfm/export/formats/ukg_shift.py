"""UKG Pro WFM: bodies for its create-shift call."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import Field

from wfm.domain.text import Text
from wfm.export.base import Column, ExportFormat, Outgoing, Personal
from wfm.export.cells import worked_shifts
from wfm.export.ids import agent_ids
from wfm.export.json_files import write_bodies

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path
    from zoneinfo import ZoneInfo

    from wfm.domain.shifts import Shift

FILE = "ukg_shifts.jsonl"


class UkgShift(ExportFormat):
    """Bodies of `POST /v1/scheduling/schedule/shifts` (create-shift), one shift a line.

    A shift is cut into regular segments and, at its unpaid breaks, break segments; paid breaks are regular time, so
    that UKG counts the hours that we do. Times are local without an offset, as UKG takes them: an hour that the clock
    shows twice in autumn cannot be told apart. Days off and leave are not sent.

    Source: https://developer.ukg.com/wfm/reference/create-shift and /reference/shifts.
    """

    kind: ClassVar[str] = "ukg_shift"
    phrase: ClassVar[Text] = Text(
        en="UKG Pro WFM: shifts as bodies for its create-shift call", zh="UKG Pro WFM：创建班次接口的请求体"
    )
    personal: ClassVar[tuple[Personal, ...]] = ("agent_id",)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("employee.qualifier", Text(en="person number", zh="人员编号"), "option person_numbers, or agent_id"),
        Column("startDateTime", Text(en="local start", zh="当地上班时间"), "start_local"),
        Column("endDateTime", Text(en="local end", zh="当地下班时间"), "end_local"),
        Column("label", Text(en="shift code", zh="班次代码"), "shift_code"),
        Column("segments[].startDateTime", Text(en="local start of a part", zh="时段开始"), "breaks of the shift"),
        Column("segments[].endDateTime", Text(en="local end of a part", zh="时段结束"), "breaks of the shift"),
        Column(
            "segments[].segmentTypeRef.qualifier",
            Text(en="REGULAR_SEGMENT or, unpaid, BREAK_SEGMENT", zh="REGULAR_SEGMENT 或 BREAK_SEGMENT"),
            "breaks of the shift",
        ),
        Column("posted", Text(en="whether employees see it", zh="是否已发布给员工"), "option posted"),
        Column("generated", Text(en="always true: a program made it", zh="固定为 true：由程序生成"), "constant"),
        Column("locked", Text(en="always false", zh="固定为 false"), "constant"),
        Column("open", Text(en="always false: it has an employee", zh="固定为 false：已有人员"), "constant"),
    )
    not_known: ClassVar[Text | None] = Text(
        en="The columns of its flat-file import. REGULAR_SEGMENT was seen in a client of the API, BREAK_SEGMENT named"
        " after it. Whether a tenant asks for a job or a labour category on a segment.",
        zh="其平面文件导入的列；REGULAR_SEGMENT 见于公开的接口客户端，BREAK_SEGMENT 由此类推；"
        "租户是否要求时段带岗位或人工类别。",
    )
    example: ClassVar[Mapping[str, Any]] = {}

    person_numbers: dict[str, str] = Field(default_factory=dict)
    """UKG's person number of every agent, by our id; without the table they are the same."""
    posted: bool = False
    """Whether the shifts arrive as posted, visible to employees."""

    def write(self, outgoing: Outgoing, folder: Path) -> Sequence[str]:
        """Write `ukg_shifts.jsonl`; return its name."""
        ids = agent_ids(self, "person_numbers", self.person_numbers, outgoing.plan)
        times = cache(partial(_times, zone=outgoing.plan.settings.centre.zone))
        flags = {"posted": self.posted, "generated": True, "locked": False, "open": False}
        bodies = (
            {"employee": {"qualifier": ids[agent]}, **times(shift), **flags} for agent, shift in worked_shifts(outgoing)
        )
        write_bodies(bodies, folder / FILE)
        return (FILE,)


def _times(shift: Shift, zone: ZoneInfo) -> dict[str, object]:
    parts = [(*span, "REGULAR_SEGMENT") for span in shift.paid_spans()]
    parts += [(*span, "BREAK_SEGMENT") for span in shift.unpaid]
    segments = [
        {**_span(begin, end, zone), "segmentTypeRef": {"qualifier": kind}} for begin, end, kind in sorted(parts)
    ]
    return {**_span(shift.start, shift.end, zone), "label": shift.code, "segments": segments}


def _span(begin: datetime, end: datetime, zone: ZoneInfo) -> dict[str, str]:
    return {"startDateTime": _local(begin, zone), "endDateTime": _local(end, zone)}


def _local(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).replace(tzinfo=None).isoformat(timespec="seconds")
