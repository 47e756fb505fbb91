"""Paid hours of a cycle under comprehensive working hours."""

from __future__ import annotations

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from wfm.domain.clock import dates
from wfm.domain.errors import InputError
from wfm.domain.roster import Roster
from wfm.domain.text import Text
from wfm.roster.base import Example, Rule
from wfm.roster.linear import Linear
from wfm.roster.measures import Span, brought, known_since, missing_balance, post_most, spans, unknown_before

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Violation
    from wfm.roster.model import Model


class HoursCycle(Rule):
    """The paid hours of each cycle are at most its standard hours and `overtime_hours` for each of its months.

    Standard hours are 8 for every work day. `basis = "mean"` takes the mean number of work days: `work_days` for a
    year, a quarter and a twelfth of it (to two places) for a quarter and a month, 5 for a week. `basis = "calendar"`
    takes the working days of the country's calendar. A week is 12/52 of a month. All is pro rata of the cycle's days on
    which the agent is employed, up to the end of the period where the cycle goes on after it; the standard hours are
    also times the contract's share of full time. Leave does not raise or lower the cap, and hours on statutory
    holidays count, the stricter of two readings.

    Hours before the period come from the previous roster where it has every day of the cycle since its start or the
    agent's first day, else from `cycle_hours` in `balances.csv`. Without either, or where the calendar does not reach
    back to the start of the cycle, no roster keeps the rule: it says what is missing. A soft rule pays its weight per
    hour beyond, and once where hours or calendar are missing.

    Source: 劳部发〔1994〕503号 art. 5 (综合计算工时工作制); Labour Law art. 41, 36 h of overtime a month, as a mean
    over the cycle; 人社部发〔2025〕2号: 248 work days a year, 62 a quarter, 20.67 a month since 2025 (before: 250,
    62.5, 20.83).
    """

    kind: ClassVar[str] = "hours_cycle"
    phrase: ClassVar[Text] = Text(
        en="paid hours of the {cycle} at most its standard hours ({basis}) and {overtime_hours} h for each month",
        zh="每{cycle}工时不超过标准工时（{basis}）加每月 {overtime_hours} 小时",
    )
    bounds: ClassVar[tuple[str, ...]] = ("work_days", "overtime_hours")
    caps: ClassVar[tuple[str, ...]] = ("work_days", "overtime_hours")
    good: ClassVar[tuple[Example, ...]] = (
        Example("D D D D D - -", fields={"cycle": "month"}),
        Example("D D D D D - -", fields={"cycle": "week", "overtime_hours": 0}),
        Example("X X X X - - -", fields={"cycle": "week", "basis": "calendar"}),
    )
    bad: ClassVar[tuple[Example, ...]] = (
        Example("D D D D D D -", fields={"cycle": "month"}),
        Example("D D D D D D -", fields={"cycle": "week", "overtime_hours": 0}),
        Example("- - - - - - -", fields={"cycle": "quarter"}),
    )

    cycle: Literal["week", "month", "quarter", "year"]
    """Calendar cycle that was approved; weeks begin on Monday."""
    basis: Literal["mean", "calendar"] = "mean"
    """What the work days are counted by."""
    work_days: int = Field(default=248, ge=0, le=366)
    """Mean work days of a year (basis `mean`)."""
    overtime_hours: float = Field(default=36, ge=0)
    """Overtime for each month of the cycle."""

    def sentence(self) -> Text:
        """Return the phrase with the cycle in words."""
        week = self.cycle == "week" and self.basis == "mean"
        basis = _FIVE if week else _BASES[self.basis].fill(days=self.work_days)
        return self.phrase.fill(cycle=_CYCLES[self.cycle], basis=basis, overtime_hours=f"{self.overtime_hours:g}")

    def refuse(self, plan: Plan) -> Iterator[InputError]:
        """Yield every agent whose hours of the cycle so far are not known, or that the calendar is too short."""
        first = spans(self.cycle, plan.days)[0].first
        if not self._counted(plan, first):
            yield InputError("calendar.csv", None, "date", None, _REACHES.fill(first=first))
        for agent in plan.agents:
            since = known_since(Roster.of((), plan.previous), agent, plan.days[0])
            if since > first and brought(plan, agent, "cycle_hours") is None:
                yield missing_balance(plan, agent, first, "cycle_hours")

    def _counted(self, plan: Plan, first: date) -> bool:
        """Return whether the calendar knows the cycle from its first day, where that matters."""
        return self.basis == "mean" or first in plan.calendar.days

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post the cap on each cycle, or what cannot be where its hours so far are not known."""
        for span in spans(self.cycle, model.days):
            before = self._before(model, agent, span.first)
            if before is None or not self._counted(model.plan, span.first):
                model.forbid(agent, Linear(constant=1))
                continue
            paid = model.paid_minutes(agent, dates(max(span.first, model.first), min(span.last, model.days[-1])))
            post_most(model, agent, paid, floor(self._cap_minutes(model.plan, agent, span) - before), per=60)

    @staticmethod
    def _before(model: Model, agent: Agent, first: date) -> Fraction | None:
        """Return the minutes from the first day of a cycle up to the period; None when nobody knows."""
        if known_since(model.tail, agent, model.first) <= first:
            return Fraction(model.paid_minutes(agent, dates(first, model.first - timedelta(days=1))).constant)
        hours = brought(model.plan, agent, "cycle_hours")
        return None if hours is None else Fraction(str(hours)) * 60

    def _cap_minutes(self, plan: Plan, agent: Agent, span: Span) -> Fraction:
        begin = max(span.first, agent.hire_date or span.first)
        end = min(span.last, plan.days[-1], agent.leave_date or span.last)
        part = Fraction(span.common_days(begin, end), span.size)
        months = _MONTHS[self.cycle]
        if self.basis == "calendar":
            work_days = Fraction(sum(not plan.calendar.works_like_weekend(d) for d in dates(begin, end)))
        elif self.cycle == "week":
            work_days = 5 * part
        else:
            mean = self.work_days * months / 12
            work_days = (_two_places(mean) if self.cycle == "month" else mean) * part
        share = Fraction(plan.contract(agent).hours_share).limit_denominator(1000)
        return 60 * (8 * work_days * share + Fraction(str(self.overtime_hours)) * months * part)

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Add up the hours of each cycle, those before the period included."""
        for agent in plan.agents:
            since = known_since(roster, agent, plan.days[0])
            for span in spans(self.cycle, plan.days):
                brings = since > span.first
                before = brought(plan, agent, "cycle_hours") if brings else 0
                if before is None or not self._counted(plan, span.first):
                    yield self.broken(unknown_before(span.first, "cycle_hours"), agent, plan.days[0])
                    continue
                days = dates(span.first, min(span.last, plan.days[-1]))
                worked = [roster.at(agent.agent_id, d) for d in days if d >= plan.days[0] or not brings]
                minutes = sum(c.shift.paid_minutes for c in worked if c is not None and c.shift is not None)
                cap = self._allowed(plan, agent, [d for d in days if agent.employed(d)], span.size)
                beyond = ceil(minutes + Fraction(str(before)) * 60 - cap)
                if beyond > 0:
                    found, limit = f"{minutes / 60 + before:.2f}", f"{float(cap) / 60:.2f}"
                    said = _OVER.fill(found=found, limit=limit, first=span.first)
                    yield self.broken(said, agent, days[0], days[-1], amount=beyond, per=60)

    def _allowed(self, plan: Plan, agent: Agent, there: Sequence[date], size: int) -> Fraction:
        """Return the minutes that may be worked in a cycle of so many days, by the days on which the agent is there."""
        full_time = Fraction(plan.settings.contracts[agent.contract].hours_share).limit_denominator(1000)
        overtime = Fraction(str(self.overtime_hours)) * len(there) / size
        if self.basis == "calendar":
            standard = Fraction(
                8 * sum(str(plan.calendar[d].day_class) in ("workday", "weekend_workday") for d in there)
            )
        else:
            month = (Decimal(self.work_days) / 12).quantize(Decimal("0.01"), ROUND_HALF_UP)
            year = Decimal(self.work_days)
            days = {"week": Decimal(5), "month": month, "quarter": year / 4, "year": year}[self.cycle]
            standard = Fraction(days) * 8 * len(there) / size
        overtime *= {"week": Fraction(3, 13), "month": Fraction(1), "quarter": Fraction(3), "year": Fraction(12)}[
            self.cycle
        ]
        return (standard * full_time + overtime) * 60


def _two_places(number: Fraction) -> Fraction:
    return Fraction(floor(number * 100 + Fraction(1, 2)), 100)


_MONTHS = {"week": Fraction(12, 52), "month": Fraction(1), "quarter": Fraction(3), "year": Fraction(12)}
_CYCLES = {
    "week": Text(en="week", zh="周"),
    "month": Text(en="month", zh="月"),
    "quarter": Text(en="quarter", zh="季度"),
    "year": Text(en="year", zh="年"),
}
_BASES = {
    "mean": Text(en="mean of {days} work days a year", zh="按全年 {days} 个工作日平均"),
    "calendar": Text(en="working days of the calendar", zh="按日历工作日"),
}
_FIVE = Text(en="5 work days", zh="5 个工作日")
_REACHES = Text(en="a calendar that begins on {first} or before", zh="日历须从 {first} 或更早开始")
_OVER = Text(
    en="{found} paid hours in the cycle from {first}, at most {limit} allowed",
    zh="自 {first} 起的周期内工时 {found} 小时，最多允许 {limit} 小时",
)
