"""Rest days per month or week."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from wfm.domain.roster import State
from wfm.domain.text import Text
from wfm.roster.base import Example, Rule
from wfm.roster.linear import Linear
from wfm.roster.periods import days_in_month, months, weeks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.roster.model import Model


class RestDays(Rule):
    """Each agent has so many rest days in every calendar month (or week).

    Only the state rest counts: statutory days off and approved leave are on top. A month that is planned or worked
    in part is pro rata: round(days x employed days / days in the month). Where leave and statutory holidays leave fewer
    days than that, all of them are rest days. Per week (Monday to Sunday) the number holds for whole weeks in which
    the agent is employed every day, seen across the start of the period; leave and statutory days off count there,
    since the law asks for a day without work. A soft rule pays its weight per day too many or too few.

    Source: company rule A6 (每月休息 7 天); Labour Law art. 38 for one day a week.
    """

    kind: ClassVar[str] = "rest_days"
    phrase: ClassVar[Text] = Text(en="exactly {days} rest days a {per}", zh="每{per}休息 {days} 天")
    bounds: ClassVar[tuple[str, ...]] = ("days",)
    floors: ClassVar[tuple[str, ...]] = ("days",)
    good: ClassVar[tuple[Example, ...]] = (
        Example("D D D D - - D D", fields={"days": 7}),
        Example("D D D H - - D D", fields={"days": 7}),
        Example("D L L D - - D D", fields={"days": 7}),
        Example("- D D D D D D -", fields={"days": 1, "per": "week", "mode": "at_least"}),
        Example("D - - - D D D D", fields={"days": 7, "mode": "at_least"}),
    )
    bad: ClassVar[tuple[Example, ...]] = (
        Example("D D D D - D D D", fields={"days": 7}),
        Example("D D D D - - - D", fields={"days": 7}),
        Example("D D D D H - D D", fields={"days": 7}),
        Example("D D D D D D D -", fields={"days": 1, "per": "week", "mode": "at_least"}),
    )

    days: int = Field(default=7, ge=0)
    """Rest days in a full month (or week)."""
    mode: Literal["exactly", "at_least"] = "exactly"
    """Whether more are allowed."""
    per: Literal["month", "week"] = "month"
    """Calendar month, or week from Monday to Sunday."""

    def sentence(self) -> Text:
        """Return the phrase with its words in both languages."""
        phrase = self.phrase if self.mode == "exactly" else _AT_LEAST
        return phrase.fill(days=self.days, per=_PERIODS[self.per])

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post the number of rest days of each month or week."""
        post = model.exactly if self.mode == "exactly" else model.at_least
        if self.per == "week":
            for week in weeks(model.days):
                if all(agent.employed(d) for d in week):
                    post(agent, Linear.total(model.off(agent, d) for d in week), self.days)
            return
        for month in months(model.days):
            post(agent, Linear.total(model.rests(agent, d) for d in month), self._quota(model.plan, agent, month))

    def _quota(self, plan: Plan, agent: Agent, month: list[date]) -> int:
        employed = sum(agent.employed(d) for d in month)
        whole = days_in_month(month[0])
        can_rest = sum(plan.off_state(agent, d) is State.REST for d in month)
        return min((2 * self.days * employed + whole) // (2 * whole), can_rest)

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Count the rest days of each month, or the days off of each week."""
        for agent in plan.agents:
            spans = [w for w in weeks(plan.days) if agent.employed(w[0]) and agent.employed(w[-1])]
            for span in spans if self.per == "week" else months(plan.days):
                if self.per == "week":
                    wanted, found = self.days, 7 - sum(roster.works(agent.agent_id, d) for d in span)
                else:
                    wanted, found = self._expected(plan, agent, span), _rested(roster, agent, span)
                if found < wanted or (found > wanted and self.mode == "exactly"):
                    said = _COUNT.fill(found=found, wanted=wanted)
                    yield self.broken(said, agent, span[0], span[-1], amount=abs(found - wanted))

    def _expected(self, plan: Plan, agent: Agent, month: list[date]) -> int:
        employed = [d for d in month if agent.employed(d)]
        share = self.days * len(employed) / days_in_month(month[0])
        free = [d for d in employed if not plan.calendar.is_statutory(d) and not plan.leave_type(agent.agent_id, d)]
        return min(int(share + 0.5), len(free))


def _rested(roster: Roster, agent: Agent, month: list[date]) -> int:
    cells = (roster.at(agent.agent_id, d) for d in month)
    return sum(1 for c in cells if c is not None and c.state is State.REST)


_COUNT = Text(en="{found} rest days, the rule asks for {wanted}", zh="休息 {found} 天，规则要求 {wanted} 天")
_AT_LEAST = Text(en="at least {days} rest days a {per}", zh="每{per}至少休息 {days} 天")
_PERIODS = {"month": Text(en="month", zh="月"), "week": Text(en="week", zh="周")}
