"""Paid hours of the month."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from wfm.domain.roster import State
from wfm.domain.text import Text
from wfm.roster.base import Example, Rule
from wfm.roster.periods import days_in_month, months

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.roster.model import Model


class MonthHours(Rule):
    """The paid hours of each agent's calendar month lie in a band around a target.

    The target is `hours` (basis `fixed`), or 8 hours for each day that is not one of `days_off` (basis `work_days`), or
    8 hours for each working day of the country's calendar (basis `calendar`), times the contract's share of full time,
    pro rata where the agent is employed, or the period covers, only part of the month. Every day of approved leave
    that is not a statutory holiday lowers the target by `leave_credit_hours`. A shift counts in full for the month in
    which it starts; unpaid breaks are not paid hours. With `cap_only` there is no lower limit. A soft rule pays its
    weight per hour outside the band.

    Source: company rule A4 (每月工作时间为正负 176 小时; tolerance and leave credit are ours).
    """

    kind: ClassVar[str] = "month_hours"
    phrase: ClassVar[Text] = Text(
        en="paid hours of the month within {tolerance_hours} h of {target}, leave credited",
        zh="每月工时为{target}，上下浮动 {tolerance_hours} 小时（休假折算工时）",
    )
    bounds: ClassVar[tuple[str, ...]] = ("hours", "tolerance_hours", "leave_credit_hours", "days_off")
    good: ClassVar[tuple[Example, ...]] = (
        Example("D D D D - - D D", fields={"hours": 176, "tolerance_hours": 2}),
        Example("D D L L - - D D", fields={"hours": 176, "tolerance_hours": 2}),
        Example("D - - - - - - -", fields={"hours": 176, "cap_only": True}),
    )
    bad: ClassVar[tuple[Example, ...]] = (
        Example("D D D D D - D D", fields={"hours": 176, "tolerance_hours": 2}),
        Example("D D D D - - - D", fields={"hours": 176, "tolerance_hours": 2}),
        Example("D D D D D D D D", fields={"hours": 176, "cap_only": True, "tolerance_hours": 0}),
    )

    hours: float = Field(default=176, ge=0)
    """Target of a full month at full time (basis `fixed`)."""
    tolerance_hours: float = Field(default=8, ge=0)
    """Half width of the band."""
    leave_credit_hours: float = Field(default=8, ge=0)
    """Hours by which a day of leave lowers the target."""
    basis: Literal["fixed", "work_days", "calendar"] = "fixed"
    """What the target is counted from."""
    days_off: int = Field(default=4, ge=0)
    """Days of a full month that are no work days (basis `work_days`)."""
    cap_only: bool = False
    """True when only the upper limit holds."""

    def sentence(self) -> Text:
        """Return the phrase with the target in words."""
        phrase = self.phrase if not self.cap_only else _AT_MOST if self.tolerance_hours else _NOT_ABOVE
        target = _TARGETS[self.basis].fill(hours=f"{self.hours:g}", days_off=self.days_off)
        return phrase.fill(target=target, tolerance_hours=f"{self.tolerance_hours:g}")

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post the band on the paid minutes of each month."""
        for month in months(model.days):
            target = self._target_minutes(model.plan, agent, month)
            band = _exact(self.tolerance_hours) * 60
            paid = model.paid_minutes(agent, month)
            model.at_most(agent, paid, max(0, floor(target + band)), per=60)
            if not self.cap_only and target - band > 0:
                model.at_least(agent, paid, ceil(target - band), per=60)

    def _target_minutes(self, plan: Plan, agent: Agent, month: list[date]) -> Fraction:
        whole = days_in_month(month[0])
        employed = [d for d in month if agent.employed(d)]
        leave = [d for d in employed if plan.off_state(agent, d) is State.LEAVE and not plan.calendar.is_statutory(d)]
        if self.basis == "calendar":
            full = Fraction(480 * sum(not plan.calendar.works_like_weekend(d) for d in employed))
        else:
            hours = _exact(self.hours) if self.basis == "fixed" else Fraction(8 * (whole - self.days_off))
            full = hours * 60 * len(employed) / whole
        share = Fraction(plan.contract(agent).hours_share).limit_denominator(1000)
        return full * share - _exact(self.leave_credit_hours) * 60 * len(leave)

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Add the paid hours up and compare them with the band."""
        for agent in plan.agents:
            for month in months(plan.days):
                cells = [roster.assignments.get((agent.agent_id, d)) for d in month]
                minutes = sum(c.shift.paid_minutes for c in cells if c is not None and c.shift is not None)
                low, high = self._band_hours(plan, agent, month)
                over, under = minutes - max(0, floor(high * 60)), ceil(low * 60) - minutes
                if over > 0 or (under > 0 and not self.cap_only):
                    said = _OUTSIDE.fill(
                        found=f"{minutes / 60:.2f}", low=f"{float(low):.2f}", high=f"{float(high):.2f}"
                    )
                    yield self.broken(said, agent, month[0], month[-1], amount=max(over, under), per=60)

    def _band_hours(self, plan: Plan, agent: Agent, month: list[date]) -> tuple[Fraction, Fraction]:
        present = [d for d in month if agent.employed(d)]
        if self.basis == "calendar":
            hours = Fraction(
                8 * sum(str(plan.calendar[d].day_class) in ("workday", "weekend_workday") for d in present)
            )
        elif self.basis == "work_days":
            hours = Fraction(8 * (days_in_month(month[0]) - self.days_off) * len(present), days_in_month(month[0]))
        else:
            hours = _exact(self.hours) * len(present) / days_in_month(month[0])
        hours *= Fraction(plan.settings.contracts[agent.contract].hours_share).limit_denominator(1000)
        for d in present:
            if plan.leave_type(agent.agent_id, d) and not plan.calendar.is_statutory(d):
                hours -= _exact(self.leave_credit_hours)
        return hours - _exact(self.tolerance_hours), hours + _exact(self.tolerance_hours)


def _exact(hours: float) -> Fraction:
    """Return the number as it is typed: 165.36 is 16536/100."""
    return Fraction(str(hours))


_AT_MOST = Text(
    en="paid hours of the month at most {tolerance_hours} h above {target}, leave credited",
    zh="每月工时不超过{target}加 {tolerance_hours} 小时（休假折算工时）",
)
_NOT_ABOVE = Text(
    en="paid hours of the month at most {target}, leave credited",
    zh="每月工时不超过{target}（休假折算工时）",
)
_TARGETS = {
    "fixed": Text(en="{hours} h", zh=" {hours} 小时"),
    "work_days": Text(en="8 h for every day but {days_off}", zh="除 {days_off} 天外每天 8 小时"),
    "calendar": Text(en="8 h for every working day", zh="每个工作日 8 小时"),
}
_OUTSIDE = Text(
    en="{found} paid hours, the band is {low} to {high}", zh="工时 {found} 小时，允许范围 {low} 至 {high} 小时"
)
