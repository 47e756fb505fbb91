"""Who may work overtime."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from wfm.domain.text import Text
from wfm.roster.base import Example, Rule
from wfm.roster.periods import days_in_month, months

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.roster.model import Model


class OvertimeProtection(Rule):
    """An agent who is protected from overtime works at most the standard hours of the month.

    The flag `no_overtime` of the staff list says who is protected, never why. Part months are pro rata. A soft rule
    pays its weight per hour beyond.

    Source: Labour Law art. 61 and 63; standard hours of a month 165.36 (人社部发〔2025〕2号: 20.67 days of 8 h).
    """

    kind: ClassVar[str] = "overtime_protection"
    phrase: ClassVar[Text] = Text(
        en="agents protected from overtime work at most {hours} h a month", zh="不得加班的座席每月最多 {hours} 小时"
    )
    bounds: ClassVar[tuple[str, ...]] = ("hours",)
    good: ClassVar[tuple[Example, ...]] = (
        Example("D D D D D - - -", agent={"no_overtime": True}),
        Example("D D D D D D D D"),
    )
    bad: ClassVar[tuple[Example, ...]] = (Example("D D D D D D - -", agent={"no_overtime": True}),)

    hours: float = Field(default=165.36, gt=0)
    """Most paid hours of a full month."""

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post the limit on the paid minutes of each month."""
        for month in months(model.days) if agent.no_overtime else ():
            employed = sum(agent.employed(d) for d in month)
            limit = floor(Fraction(str(self.hours)) * 60 * employed / days_in_month(month[0]))
            model.at_most(agent, model.paid_minutes(agent, month), limit, per=60)

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Add up the paid minutes of each month of a protected agent."""
        for agent in plan.agents:
            for month in months(plan.days) if agent.no_overtime else ():
                cells = [roster.assignments.get((agent.agent_id, d)) for d in month]
                worked = sum(c.shift.paid_minutes for c in cells if c is not None and c.shift is not None)
                share = len([d for d in month if agent.employed(d)]) / days_in_month(month[0])
                allowed = int(self.hours * 60 * share + 1e-6)
                if worked > allowed:
                    said = _OVER.fill(found=f"{worked / 60:.2f}", limit=f"{allowed / 60:.2f}")
                    yield self.broken(said, agent, month[0], month[-1], amount=worked - allowed, per=60)


_OVER = Text(
    en="{found} paid hours, protected from more than {limit}", zh="工时 {found} 小时，该座席不得超过 {limit} 小时"
)
