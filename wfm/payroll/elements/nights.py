"""Night allowances: small and big nights of a month."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from wfm.domain.text import Text
from wfm.law.nights import NightClass
from wfm.payroll.base import PayElement, PayLine, WorkMonth, cents
from wfm.payroll.line import Sum, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SOURCE = Text(
    en="company rule: end 22:00-23:00 small night, 23:59-07:59 big night; the law names no amount",
    zh="公司规定：22:00-23:00 下班为小夜班，23:59-07:59 下班为大夜班；法律未规定津贴金额",
)
SMALL = Text(en="{count} small nights: {dates}{sum}", zh="小夜班 {count} 个：{dates}{sum}")
BIG = Text(en="{count} big nights: {dates}{sum}", zh="大夜班 {count} 个：{dates}{sum}")
PAID = Text(en="; {count} x {rate} = {amount}", zh="；{count} × {rate} = {amount}")
OPEN = Text(en="; no amount was given ([pay.nights])", zh="；未设置津贴金额（[pay.nights]）")


class NightAllowance(PayElement):
    """Small and big nights (小夜班, 大夜班) of the month, counted, and paid where the company gives an amount.

    A shift is a night by the time at which it ends (`[nights] mode`). There is no default amount: without one the line
    has the count and no amount.

    Source: company rules A12 and A13; no national amount of a night allowance exists.
    """

    kind: ClassVar[str] = "nights"
    phrase: ClassVar[Text] = Text(
        en="small and big night shifts, at the company's amounts", zh="小夜班、大夜班津贴，金额由公司确定"
    )

    countries: ClassVar[frozenset[str]] = frozenset({"CN"})

    names: ClassVar[Mapping[str, Text]] = {
        "small_night": Text(en="Small night allowance", zh="小夜班津贴"),
        "big_night": Text(en="Big night allowance", zh="大夜班津贴"),
    }

    small_amount: Decimal | None = Field(default=None, ge=0)
    """Money per small night; None leaves the amount open."""
    big_amount: Decimal | None = Field(default=None, ge=0)
    """Money per big night; None leaves the amount open."""

    def lines(self, month: WorkMonth) -> Iterator[PayLine]:
        """Yield one line per night class that the month has."""
        for which, rate, phrase in (
            (NightClass.SMALL, self.small_amount, SMALL),
            (NightClass.BIG, self.big_amount, BIG),
        ):
            nights = month.nights(which)
            if not nights:
                continue
            count = Decimal(len(nights))
            amount = None if rate is None else cents(count * rate)
            found = Sum(count, "shift", rate, None if rate is None else Decimal(1), amount)
            paid = OPEN if rate is None else PAID.fill(count=count, rate=rate, amount=amount)
            reason = phrase.fill(count=count, dates=", ".join(map(str, nights)), sum=paid)
            yield line_of(month, f"{which}_night", found, SOURCE, reason, rule_id=f"nights.{which}")
