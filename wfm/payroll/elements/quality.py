"""Quality bonus: points for checked contacts, and what is left of the bonus."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from pydantic import Field, model_validator

from wfm.domain.text import Text
from wfm.payroll.base import PayElement, PayLine, WorkMonth, cents
from wfm.payroll.line import Sum, line_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

SOURCE = Text(
    en="company rules C1-C5: a smaller bonus, no fine and no deduction from wages",
    zh="公司规定 C1-C5：减发奖金，并非罚款，也不扣减工资",
)
SCORE = Text(
    en="{base} points - {lost} = {score}, days checked: {days}{where}; {what}",
    zh="{base} 分 - {lost} 分 = {score} 分，质检天数：{days}{where}；{what}",
)
LOST_ON = Text(en=", lost on {days}", zh="，扣分日期 {days}")
FULL = Text(
    en="full marks: the whole bonus {bonus}, and an extra bonus may be considered",
    zh="满分：奖金全得 {bonus}，并考虑额外奖金",
)
WHOLE = Text(en="at least {bound}: the whole bonus {bonus}", zh="不低于 {bound} 分：奖金全得 {bonus}")
LESS = Text(
    en="below {bound}: {bonus} - {deduction}, at least 0, = {amount}",
    zh="低于 {bound} 分：{bonus} - {deduction}（不低于 0）= {amount}",
)
NOTHING = Text(en="{bound} or less: no bonus", zh="{bound} 分及以下：无奖金")
NOT_CHECKED = Text(en="no contact was checked in the month (quality.csv)", zh="当月没有质检记录（quality.csv）")
NO_WAGE = Text(en="no wage was given", zh="未提供工资数据")
FULL_BASE = 26
"""Points to which the bounds belong; another base scales them."""


class QualityBonus(PayElement):
    """The column `bonus` of pay.csv, less what a month's quality score takes off.

    quality.csv says per agent and date how many contacts were checked and how many failed. A day with `fails` or more
    failed ones costs a point; where fewer than `sample` were checked, the limit is `fails` x checked / `sample`,
    rounded up. With `mode = "per4"` every so many cost one. Score = 26 - points lost.

    Full marks: the whole bonus, and the reason says that an extra one may be considered. At least `below`: the whole
    bonus. Below it: `deduction` less; below `far_below`: `far_deduction` less, not both; `nothing_at` or less: no
    bonus. The bonus never falls below 0. With `base = "work_days"` the score starts at the shifts of the month, and
    the bounds are scaled by shifts / 26. A month without any check has a line without amount.

    It makes a bonus smaller; it is no fine and touches no wage, for which articles 15 and 16 of 工资支付暂行规定 set
    limits.

    Source: company rules C1 to C5 (聊天记录质检, 26 分).
    """

    kind: ClassVar[str] = "quality"
    phrase: ClassVar[Text] = Text(en="quality bonus, less what failed checks take off", zh="质检奖金，按不合格扣分减发")
    names: ClassVar[Mapping[str, Text]] = {"quality_bonus": Text(en="Quality bonus", zh="质检奖金")}

    mode: Literal["threshold", "per4"] = "threshold"
    """`threshold`: at most one point a day. `per4`: a point for every `fails` failed contacts of a day."""
    sample: int = Field(default=20, ge=1)
    """Contacts checked on a day for which `fails` is meant."""
    fails: int = Field(default=4, ge=1)
    """Failed contacts of a day that cost a point."""
    base: Literal["fixed", "work_days"] = "fixed"
    """`fixed`: the score starts at 26. `work_days`: at the number of shifts of the month."""
    below: Decimal = Decimal(20)
    """A score below it costs `deduction`."""
    deduction: Decimal = Field(default=Decimal(50), ge=0)
    """Money."""
    far_below: Decimal = Decimal(15)
    """A score below it costs `far_deduction`."""
    far_deduction: Decimal = Field(default=Decimal(100), ge=0)
    """Money, in place of `deduction`."""
    nothing_at: Decimal = Decimal(12)
    """A score of it or less leaves no bonus."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.nothing_at < self.far_below <= self.below:
            raise ValueError("nothing_at < far_below <= below")
        return self

    @property
    def needs(self) -> tuple[str, ...]:
        """The column with the whole bonus of a month."""
        return ("bonus",)

    def lines(self, month: WorkMonth) -> Iterator[PayLine]:
        """Yield the month's bonus."""
        days = {d: n for d, n in (month.checked or {}).items() if d.replace(day=1) == month.first and n[0]}
        lost = {d: points for d, n in sorted(days.items()) if (points := self._lost(*n))}
        base = len(month.shifts) if self.base == "work_days" else FULL_BASE
        if not days or not base:
            yield self._line(month, 0, None, NOT_CHECKED)
            return
        score = base - sum(lost.values())
        amount, what = self._paid(month, score, Fraction(base, FULL_BASE), full=not lost)
        yield self._line(month, score, amount, _said(base, score, len(days), tuple(lost), what))

    def _lost(self, checked: int, failed: int) -> int:
        limit = min(self.fails, -(-self.fails * checked // self.sample))
        return failed // limit if self.mode == "per4" else int(failed >= limit)

    def _paid(self, month: WorkMonth, score: int, scale: Fraction, *, full: bool) -> tuple[Decimal | None, Text]:
        if month.wage is None:
            return None, NO_WAGE
        bonus = month.wage["bonus"]
        if score <= Fraction(self.nothing_at) * scale:
            return cents(Decimal(0)), NOTHING.fill(bound=_scaled(self.nothing_at, scale))
        for bound, less in ((self.far_below, self.far_deduction), (self.below, self.deduction)):
            if score < Fraction(bound) * scale:
                left = cents(max(bonus - less, Decimal(0)))
                return left, LESS.fill(bound=_scaled(bound, scale), bonus=bonus, deduction=less, amount=left)
        whole = FULL if full else WHOLE
        return cents(bonus), whole.fill(bonus=bonus, bound=_scaled(self.below, scale))

    def _line(self, month: WorkMonth, score: int, amount: Decimal | None, reason: Text) -> PayLine:
        found = Sum(Decimal(score), "point", amount=amount)
        return line_of(month, "quality_bonus", found, SOURCE, reason, rule_id="quality.bonus")


def _said(base: int, score: int, days: int, lost_on: tuple[date, ...], what: Text) -> Text:
    where: Text | str = LOST_ON.fill(days=", ".join(map(str, lost_on))) if lost_on else ""
    return SCORE.fill(base=base, lost=base - score, score=score, days=days, where=where, what=what)


def _scaled(bound: Decimal, scale: Fraction) -> Decimal:
    return bound if scale == 1 else cents(bound * scale.numerator / scale.denominator)
