"""Worked weekends."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from wfm.domain.text import Text
from wfm.roster.base import Rule
from wfm.roster.linear import Linear

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.roster.model import Model


class Weekends(Rule):
    """At most so many weekends are worked; one counts when a shift starts on its Saturday or Sunday."""

    kind: ClassVar[str] = "weekends"
    phrase: ClassVar[Text] = Text(en="at most so many worked weekends", zh="周末上班次数不超过上限")

    most: dict[str, int]
    """Upper limit by agent id."""

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post that enough weekends are free of shifts."""
        weekends = _weekends(model.days)
        free = len(weekends) - self.most[agent.agent_id]
        if free > 0:
            flags = [model.flag(agent, *(model.off(agent, day) for day in weekend)) for weekend in weekends]
            model.at_least(agent, Linear.total(flags), free)

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Collect the ISO weeks in which a Saturday or Sunday is worked."""
        worked: dict[str, set[tuple[int, int]]] = {agent_id: set() for agent_id in plan.by_id}
        for cell in roster:
            if cell.works and cell.date.isoweekday() > 5:
                worked[cell.agent_id].add(cell.date.isocalendar()[:2])
        for agent_id, weeks in worked.items():
            if len(weeks) > self.most[agent_id]:
                yield self.broken(_MANY.fill(n=len(weeks)), plan.by_id[agent_id], plan.days[0], plan.days[-1])


def _weekends(days: Sequence[date]) -> list[list[date]]:
    """Return the days of each weekend that the horizon touches."""
    ends = [day for day in days if day.weekday() >= 5]
    return [list(group) for _, group in groupby(ends, key=lambda day: (day.toordinal() - 1) // 7)]


_MANY = Text(en="{n} weekends worked", zh="周末上班 {n} 次")
