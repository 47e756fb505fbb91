"""Paid minutes of the horizon, in a band of each agent's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wfm.domain.text import Text
from wfm.roster.base import Rule
from wfm.roster.linear import Linear

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.roster.model import Model


class PaidMinutes(Rule):
    """The paid minutes of all shifts of an agent lie in his band; the instance says what a shift pays."""

    kind: ClassVar[str] = "paid_minutes"
    phrase: ClassVar[Text] = Text(en="paid minutes within each agent's band", zh="每位座席的计薪分钟数在规定范围内")

    minutes: dict[str, int]
    """Paid minutes by shift code."""
    fewest: dict[str, int]
    """Lower limit by agent id."""
    most: dict[str, int]
    """Upper limit by agent id."""

    def constrain_roster(self, model: Model) -> None:
        """Post each agent's band on one sum over all starts, which has the same variables on every line."""
        agents = model.plan.agents
        if not agents:
            return
        paid = Linear.total(
            works * self.minutes[shift.code] for day in model.days for shift, works in model.starts(agents[0], day)
        )
        for agent in agents:
            model.at_most(agent, paid, self.most[agent.agent_id])
            model.at_least(agent, paid, self.fewest[agent.agent_id])

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Add up what every worked shift pays."""
        total = dict.fromkeys(plan.by_id, 0)
        for cell in roster:
            if cell.shift is not None:
                total[cell.agent_id] += self.minutes[cell.shift.code]
        for agent_id, paid in total.items():
            if not self.fewest[agent_id] <= paid <= self.most[agent_id]:
                yield self.broken(_OUTSIDE.fill(paid=paid), plan.by_id[agent_id], plan.days[0], plan.days[-1])


_OUTSIDE = Text(en="{paid} paid minutes are outside the band", zh="计薪 {paid} 分钟，超出规定范围")
