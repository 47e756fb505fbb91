"""Piece rate: base pay, a price per call, and penalties."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from wfm.domain.text import Text
from wfm.payroll import messages
from wfm.payroll.base import PayElement, PayLine, WorkMonth, cents
from wfm.payroll.line import Sum, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SOURCE = Text(
    en="company rule D12: base + calls x price + penalty x coefficient",
    zh="公司规定 D12：底薪+电话量*单价+扣罚*提成系数",
)
FLOOR_SOURCE = Text(
    en="local minimum wage, the amount in [pay.piece]; in China Labour Law article 48",
    zh="当地最低工资标准，金额取自 [pay.piece]；《劳动法》第四十八条",
)
CALLS = Text(en="{count} calls x {rate} = {amount}", zh="电话量 {count} × 单价 {rate} = {amount}")
CALLS_TIMES = Text(
    en="{count} calls x {rate} x {times} = {amount}", zh="电话量 {count} × 单价 {rate} × 提成系数 {times} = {amount}"
)
PENALTY = Text(en="penalty {rate} x {times} = {amount}", zh="扣罚 {rate} × 提成系数 {times} = {amount}")
AS_IT_STANDS = Text(en="{column} {amount}, as it stands", zh="{column} {amount}，按原额计")
TOP_UP = Text(en="minimum {minimum} - earned {earned} = {amount}", zh="最低工资 {minimum} - 应得 {earned} = {amount}")
NO_WAGE = Text(en="no wage was given", zh="未提供工资数据")
MONTHS = Text(
    en="the period has more than one month, and pay.csv does not say what belongs to which: plan one month at a time",
    zh="排班周期跨多个月，pay.csv 未说明各月数据：请按月排班",
)
NOT_POSITIVE = Text(en="0 or less: a penalty is written with a minus sign", zh="不大于 0：扣罚须写为负数")


class Piece(PayElement):
    """Piece rate (计件): base + calls x `unit_price` + penalty x `coefficient`, one line each.

    The columns `calls` and `penalty` of pay.csv are the month's; a penalty is 0 or negative. With
    `grouping = "literal"` the coefficient is read as applying to both: base + (calls x `unit_price` + penalty) x
    `coefficient`. Where the lines add up to less than `minimum`, a line tops them up to it; other elements are not
    counted. The columns of `wage` are paid as they stand, whole months and parts alike.

    Source: company rule D12, 底薪+电话量*单价+扣罚*提成系数; Labour Law (劳动法) article 48 for the minimum wage, whose
    amount is local and has to be given. Deductions for damage have a limit of their own, which is not checked: 20 % of
    the month's wage, and the rest at least the minimum wage (工资支付暂行规定 article 16).
    """

    kind: ClassVar[str] = "piece"
    phrase: ClassVar[Text] = Text(
        en="piece rate: base pay, a price per call, penalties, up to a minimum",
        zh="计件工资：底薪、电话量单价、扣罚，不低于最低工资",
    )
    names: ClassVar[Mapping[str, Text]] = {
        "piece_base": Text(en="Base pay", zh="底薪"),
        "piece_calls": Text(en="Pay per call", zh="电话量提成"),
        "piece_penalty": Text(en="Penalties", zh="扣罚"),
        "piece_minimum": Text(en="Top-up to the minimum wage", zh="最低工资补足"),
    }

    unit_price: Decimal = Field(ge=0)
    """Money per call."""
    coefficient: Decimal = Field(ge=0)
    """What penalties, or with `literal` calls and penalties, are multiplied by."""
    grouping: Literal["separate", "literal"] = "separate"
    """`separate`: the coefficient is that of the penalty. `literal`: that of calls and penalty together."""
    minimum: Decimal | None = Field(default=None, ge=0)
    """Least that the lines add up to in a month; without it there is no such line."""
    wage: tuple[str, ...] = ("base",)
    """Columns of `pay.csv` that are paid as they stand; `[]` where `[pay.base]` pays them already."""

    @property
    def needs(self) -> tuple[str, ...]:
        """Columns that the formula computes with."""
        return (*self.wage, "calls", "penalty")

    def refuses(self, column: str, value: Decimal) -> Text | None:
        """Return what is expected: a penalty of 0 or less, anything else of 0 or more."""
        if column == "penalty":
            return NOT_POSITIVE if value > 0 else None
        return messages.NOT_NEGATIVE if value < 0 else None

    def lines(self, month: WorkMonth) -> Iterator[PayLine]:
        """Yield one line per part of the formula, and the top-up where one is due."""
        found = list(self._parts(month))
        yield from found
        amounts = [line.amount for line in found if line.amount is not None]
        earned = sum(amounts, Decimal(0))
        if self.minimum is not None and len(amounts) == len(found) and earned < self.minimum:
            amount = cents(self.minimum - earned)
            why = TOP_UP.fill(minimum=self.minimum, earned=earned, amount=amount)
            yield _line(month, "piece_minimum", Sum(Decimal(1), "month", amount, None, amount), FLOOR_SOURCE, why)

    def _parts(self, month: WorkMonth) -> Iterator[PayLine]:
        first, last = month.plan.days[0], month.plan.days[-1]
        if month.wage is None or (first.year, first.month) != (last.year, last.month):
            why = NO_WAGE if month.wage is None else MONTHS
            yield _line(month, "piece_calls", Sum(Decimal(0), "call", self.unit_price), SOURCE, why)
            return
        for column in self.wage:
            amount = cents(month.wage[column])
            why = AS_IT_STANDS.fill(column=column, amount=amount)
            yield _line(month, "piece_base", Sum(Decimal(1), "month", amount, None, amount), SOURCE, why)
        count, penalty = month.wage["calls"], month.wage["penalty"]
        times, phrase = (self.coefficient, CALLS_TIMES) if self.grouping == "literal" else (Decimal(1), CALLS)
        amount = cents(count * self.unit_price * times)
        why = phrase.fill(count=count, rate=self.unit_price, times=times, amount=amount)
        yield _line(month, "piece_calls", Sum(count, "call", self.unit_price, times, amount), SOURCE, why)
        amount = cents(penalty * self.coefficient)
        why = PENALTY.fill(rate=penalty, times=self.coefficient, amount=amount)
        yield _line(month, "piece_penalty", Sum(Decimal(1), "month", penalty, self.coefficient, amount), SOURCE, why)


def _line(month: WorkMonth, code: str, found: Sum, source: Text, reason: Text) -> PayLine:
    return line_of(month, code, found, source, reason, rule_id=code.replace("_", ".", 1))
