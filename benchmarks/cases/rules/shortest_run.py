"""Shortest run of worked days."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, ClassVar

from wfm.domain.text import Text
from wfm.roster.base import Rule
from wfm.roster.linear import Linear

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.roster.model import Model


class ShortestRun(Rule):
    """A run of worked days is at least so long; one that touches an end of the horizon may go on beyond it."""

    kind: ClassVar[str] = "shortest_run"
    phrase: ClassVar[Text] = Text(en="at least so many worked days in a row", zh="连续上班天数不低于下限")

    fewest: dict[str, int]
    """Lower limit by agent id."""

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post for every shorter run between two days off that it is not there."""
        for length in range(1, self.fewest[agent.agent_id]):
            for at in range(len(model.days) - length - 1):
                first, *run, last = model.days[at : at + length + 2]
                around = model.off(agent, first) + model.off(agent, last)
                pattern = Linear.total([around, *(model.works(agent, day) for day in run)])
                model.at_most(agent, pattern, length + 1)

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Measure the runs of worked days that lie inside the horizon."""
        for agent in plan.agents:
            line = [(day, roster.works(agent.agent_id, day)) for day in plan.days]
            runs = [(works, [day for day, _ in cells]) for works, cells in groupby(line, key=itemgetter(1))]
            for works, days in runs[1:-1]:
                if works and len(days) < self.fewest[agent.agent_id]:
                    yield self.broken(_SHORT.fill(n=len(days)), agent, days[0], days[-1])


_SHORT = Text(en="only {n} days worked in a row", zh="仅连续上班 {n} 天")
