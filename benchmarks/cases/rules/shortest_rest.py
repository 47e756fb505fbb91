"""Shortest run of days off."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wfm.domain.text import Text
from wfm.roster.base import Rule
from wfm.roster.linear import Linear

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.roster.model import Model


class ShortestRest(Rule):
    """A run of days off is at least so long; one that touches an end of the horizon may go on beyond it."""

    kind: ClassVar[str] = "shortest_rest"
    phrase: ClassVar[Text] = Text(en="at least so many days off in a row", zh="连续休息天数不低于下限")

    fewest: dict[str, int]
    """Lower limit by agent id."""

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post for every shorter run between two worked days that it is not there."""
        for length in range(1, self.fewest[agent.agent_id]):
            for at in range(len(model.days) - length - 1):
                first, *run, last = model.days[at : at + length + 2]
                around = model.works(agent, first) + model.works(agent, last)
                pattern = Linear.total([around, *(model.off(agent, day) for day in run)])
                model.at_most(agent, pattern, length + 1)

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Measure the days between each worked day and the one before it."""
        for agent in plan.agents:
            before: date | None = None
            for day in plan.days:
                if roster.works(agent.agent_id, day):
                    off = 0 if before is None else (day - before).days - 1
                    if 0 < off < self.fewest[agent.agent_id]:
                        yield self.broken(_SHORT.fill(n=off), agent, day)
                    before = day


_SHORT = Text(en="only {n} days off in a row before this day", zh="此前仅连续休息 {n} 天")
