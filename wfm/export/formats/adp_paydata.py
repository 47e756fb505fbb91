"""ADP Workforce Now: hours and earnings as a paydata file."""

from __future__ import annotations

from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, ClassVar, Literal

import pandas as pd
from pydantic import Field

from wfm.domain.errors import InputError, InputErrors
from wfm.domain.text import Text
from wfm.export.base import Column, ExportFormat, Outgoing, Personal
from wfm.export.csv_file import MachineCsv, write_csv
from wfm.export.ids import agent_ids, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from wfm.domain.settings import Settings

Row = dict[Any, Any]
Who = tuple[str, str]
"""Agent id and month."""
Sum = tuple[str, Decimal]
"""Code and amount."""
HoursColumn = Literal["ot150_h", "ot200_h", "ot300_h", "leave_h", "toil_h"]
INSIDE = ("ot150_h", "ot200_h", "ot300_h", "toil_h")
"""Columns of the timesheet that are part of the hours worked."""

COMPANY = Text(en="one to three letters or digits", zh="一至三位字母或数字")
ONE_PLACE = Text(
    en="each column of hours in one place: it is in overtime too", zh="每类工时只归一处：overtime 中已有该列"
)
EACH_ELEMENT = Text(
    en="a code for every pay element (or name it in leave_out); missing: {missing}",
    zh="每个薪资项目的代码（或列入 leave_out）；缺少：{missing}",
)
AN_AMOUNT = Text(en="an amount on every line that is sent", zh="所有导出的薪资行均有金额")
GIVE_AMOUNT = Text(
    en="give the wage or the allowance, or name the element in leave_out",
    zh="请补充工资或津贴标准，或将该项目列入 leave_out",
)
NOT_MORE = Text(en="overtime of at most the hours worked ({hours})", zh="加班工时不超过实际工时（{hours}）")


class AdpPaydata(ExportFormat, MachineCsv):
    """Hours and earnings per agent and month, file `PRcccEPI.csv` with the company code padded by `_`.

    Reg Hours are the hours worked (as scheduled where attendance is not known) less those that become time off and
    those in `overtime` and `hours_codes`, so that each hour stands in one column. That holds where overtime is settled
    by the month: the excess of a longer cycle was worked in earlier months too. Further codes of an agent follow on
    rows of their own. An element sent as an amount should not be sent as hours as well, or it is paid twice.

    Source: https://apps.adp.com (listing 372723), sundialtimesystems.freshdesk.com, support.timeportal.io.
    """

    kind: ClassVar[str] = "adp_paydata"
    phrase: ClassVar[Text] = Text(
        en="ADP Workforce Now: hours and earnings as a paydata file",
        zh="ADP Workforce Now：工时与薪资数据文件（paydata）",
    )
    personal: ClassVar[tuple[Personal, ...]] = ("agent_id", "hours", "pay")
    columns: ClassVar[tuple[Column, ...]] = (
        Column("Co Code", Text(en="company code", zh="公司代码"), "option company_code"),
        Column(
            "Batch ID",
            Text(en="batch; the month when not given", zh="批次；未填则为月份"),
            "option batch_id, or period",
        ),
        Column("File #", Text(en="file number of the employee", zh="员工档案号"), "option file_numbers, or agent_id"),
        Column("Reg Hours", Text(en="regular hours", zh="正常工时"), "worked_h or scheduled_h, less what stands apart"),
        Column("O/T Hours", Text(en="overtime hours", zh="加班工时"), "option overtime"),
        Column("Hours 3 Code", Text(en="code of further hours", zh="其他工时代码"), "option hours_codes"),
        Column("Hours 3 Amount", Text(en="further hours", zh="其他工时"), "timesheet.csv"),
        Column("Earnings 3 Code", Text(en="code of an earning", zh="薪资项目代码"), "option earnings_codes"),
        Column("Earnings 3 Amount", Text(en="amount of the month", zh="当月金额"), "amount of payroll.csv"),
    )
    not_known: ClassVar[Text | None] = Text(
        en="Which codes your company has, how long a batch id and a file number may be, and whether hours without"
        " an override take your pay rates: check with one agent first.",
        zh="贵公司已设置的代码；批次号与档案号的长度限制；无覆盖费率时是否按员工费率计薪。请先用一名员工试导入。",
    )
    example: ClassVar[Mapping[str, Any]] = {
        "company_code": "AB1",
        "hours_codes": {"ot300_h": "H"},
        "earnings_codes": {"small_night": "SN", "big_night": "BN"},
        "leave_out": ["holiday"],
    }

    company_code: str
    """Code of the company, up to three characters."""
    batch_id: str | None = Field(default=None, min_length=1)
    """Batch; without it the month as YYYYMM."""
    file_numbers: dict[str, str] = Field(default_factory=dict)
    """ADP's file number of every agent, by our id; without the table they are the same."""
    overtime: tuple[HoursColumn, ...] = ("ot150_h",)
    """Columns of the timesheet that are summed in O/T Hours."""
    hours_codes: dict[HoursColumn, str] = Field(default_factory=dict)
    """Hours 3 code by column of the timesheet."""
    earnings_codes: dict[str, str] = Field(default_factory=dict)
    """Earnings 3 code by element code of the payroll."""
    leave_out: tuple[str, ...] = ()
    """Element codes that are not sent, for instance because ADP pays them from the hours."""

    def problems(self, settings: Settings) -> list[InputError]:
        """Return what is wrong with the options: the company code, hours that would be sent twice."""
        found = super().problems(settings)
        code = self.company_code
        if not (1 <= len(code) <= 3 and code.isascii() and code.isalnum()):
            found.append(self.wrong("company_code", code, COMPANY))
        return found + [self.wrong(f"hours_codes.{c}", None, ONE_PLACE) for c in self.overtime if c in self.hours_codes]

    def write(self, outgoing: Outgoing, folder: Path) -> Sequence[str]:
        """Write `PRcccEPI.csv`; return its name."""
        numbers = agent_ids(self, "file_numbers", self.file_numbers, outgoing.plan)
        earnings = self._earnings(outgoing.payroll)
        months: dict[Who, Row] = {(m["agent_id"], m["period"]): m for m in outgoing.timesheet.to_dict("records")}
        problems = [_too_much(m) for m in months.values() if self._regular(m) < 0]
        if problems:
            raise InputErrors(problems)
        rows = []
        for agent, period in dict.fromkeys([*months, *earnings]):
            head = self.company_code, self.batch_id or period.replace("-", ""), numbers[agent]
            month, sums = months.get((agent, period)), earnings.get((agent, period), [])
            rows += [(*head, *line) for line in self._lines(month, sums)]
        name = f"PR{self.company_code.ljust(3, '_')}EPI.csv"
        write_csv(pd.DataFrame(rows, columns=[c.name for c in self.columns], dtype=object), folder / name, self)
        return (name,)

    def _lines(self, month: Row | None, sums: Sequence[Sum]) -> Iterator[tuple[object, ...]]:
        """Yield the cells behind the file number: hours on the first line, one code of each kind on every line."""
        coded = [(code, month[c]) for c, code in self.hours_codes.items() if month and month.get(c)]
        plain = (None, None) if month is None else (self._regular(month), self._overtime(month))
        nothing = (None, None)
        for n, (hours, amount) in enumerate(zip_longest(coded, sums) if coded or sums else [(None, None)]):
            yield (*(nothing if n else plain), *(hours or nothing), *(amount or nothing))

    def _regular(self, month: Row) -> Decimal:
        apart = {"toil_h", *self.overtime, *self.hours_codes}.intersection(INSIDE)
        elsewhere = (month[c] for c in apart if month.get(c) is not None)
        return _worked(month) - sum(elsewhere, Decimal(0))

    def _overtime(self, month: Row) -> Decimal | None:
        known = [month[c] for c in self.overtime if month.get(c) is not None]
        return sum(known, Decimal(0)) if known else None

    def _earnings(self, payroll: pd.DataFrame) -> dict[Who, list[Sum]]:
        """Return code and amount of each earning by agent and month; raise `InputErrors` when one cannot be sent."""
        lines = [line for line in payroll.to_dict("records") if line["element_code"] not in self.leave_out]
        problems = list(self._unsendable(lines))
        if problems:
            raise InputErrors(problems)
        sums: dict[Who, dict[str, Decimal]] = {}
        for line in lines:
            month = sums.setdefault((line["agent_id"], line["period"]), {})
            code = self.earnings_codes[line["element_code"]]
            month[code] = month.get(code, Decimal(0)) + line["amount"]
        return {who: list(month.items()) for who, month in sums.items()}

    def _unsendable(self, lines: Sequence[Row]) -> Iterator[InputError]:
        elements = dict.fromkeys(line["element_code"] for line in lines)
        missing = [element for element in elements if element not in self.earnings_codes]
        if missing:
            yield self.wrong("earnings_codes", None, EACH_ELEMENT.fill(missing=listed(missing)))
        for element in dict.fromkeys(line["element_code"] for line in lines if line["amount"] is None):
            yield InputError("payroll.csv", None, "amount", element, AN_AMOUNT, GIVE_AMOUNT)


def _worked(month: Row) -> Decimal:
    worked: Decimal | None = month.get("worked_h")
    return month["scheduled_h"] if worked is None else worked


def _too_much(month: Row) -> InputError:
    return InputError("timesheet.csv", None, "agent_id", month["agent_id"], NOT_MORE.fill(hours=_worked(month)))
