"""Paid hours of a shift."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from wfm.domain.text import Text
from wfm.roster.base import Example, Rule
from wfm.roster.linear import Linear

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.roster.model import Model


class ShiftHours(Rule):
    """Each worked shift has between `min_hours` and `max_hours` paid hours.

    Unpaid breaks are not paid hours; a limit between two whole minutes is drawn in to the next one. A soft rule pays
    its weight per hour outside.

    Source: company rule A2 (每天的工作时间为 7 至 8 小时, in principle).
    """

    kind: ClassVar[str] = "shift_hours"
    phrase: ClassVar[Text] = Text(
        en="a shift has {min_hours} to {max_hours} paid hours", zh="每班工时 {min_hours} 至 {max_hours} 小时"
    )
    bounds: ClassVar[tuple[str, ...]] = ("min_hours", "max_hours")
    caps: ClassVar[tuple[str, ...]] = ("max_hours",)
    good: ClassVar[tuple[Example, ...]] = (Example("D E S - B"),)
    bad: ClassVar[tuple[Example, ...]] = (Example("D X -"), Example("E -", fields={"min_hours": 7.5}))

    min_hours: float = Field(default=7, ge=0)
    """Fewest paid hours."""
    max_hours: float = Field(default=8, ge=0)
    """Most paid hours."""

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post that the minutes outside the limits add up to none on each day."""
        low, high = ceil(Fraction(str(self.min_hours)) * 60), floor(Fraction(str(self.max_hours)) * 60)
        for day in model.days:
            outside = Linear.total(
                works * max(0, low - shift.paid_minutes, shift.paid_minutes - high)
                for shift, works in model.starts(agent, day)
            )
            if outside.terms:
                model.at_most(agent, outside, 0, per=60)

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Look at the paid hours of every worked shift."""
        for agent in plan.agents:
            for day in plan.days:
                cell = roster.assignments.get((agent.agent_id, day))
                if cell is None or cell.shift is None:
                    continue
                hours = cell.shift.paid_minutes / 60
                outside = max(self.min_hours - hours, hours - self.max_hours)
                if outside > 1e-9:
                    said = _OUTSIDE.fill(
                        code=cell.shift.code, found=f"{hours:g}", low=self.min_hours, high=self.max_hours
                    )
                    yield self.broken(said, agent, day, amount=ceil(outside * 60 - 1e-6), per=60)


_OUTSIDE = Text(
    en="{code} has {found} paid hours, {low} to {high} allowed", zh="{code} 工时 {found} 小时，允许 {low} 至 {high}"
)
