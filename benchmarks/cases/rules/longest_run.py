"""Longest run of worked days."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wfm.domain.text import Text
from wfm.roster.base import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.roster.model import Model


class LongestRun(Rule):
    """At most so many worked days in a row, each agent with a limit of his own."""

    kind: ClassVar[str] = "longest_run"
    phrase: ClassVar[Text] = Text(en="at most so many worked days in a row", zh="连续上班天数不超过上限")

    most: dict[str, int]
    """Upper limit by agent id."""

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post a day off in every window that is one day longer than a run may be."""
        length = self.most[agent.agent_id] + 1
        for at in range(len(model.days) - length + 1):
            model.any_of(agent, (model.off(agent, day) for day in model.days[at : at + length]))

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Count along each line."""
        for agent in plan.agents:
            run = 0
            for day in plan.days:
                run = run + 1 if roster.works(agent.agent_id, day) else 0
                if run > self.most[agent.agent_id]:
                    yield self.broken(_LONG.fill(n=run), agent, day)


_LONG = Text(en="{n} days worked in a row", zh="连续上班 {n} 天")
