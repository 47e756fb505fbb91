"""Agents who must not be there all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from wfm.domain.cover import cover
from wfm.domain.text import Text
from wfm.roster.base import Example, Rule
from wfm.roster.windows import Window, in_window, inside_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.roster.model import Model


class CoverCeiling(Rule):
    """At most so many agents are on the queues in every interval of a daily window: seats, licences, a pair kept apart.

    An agent counts by the share of the interval that he is on the queue, as in `cover_floor`. With `only`, those agents
    alone count: two names and `agents = 1` keep two people apart. A soft rule pays its weight per agent too many in an
    interval.

    Source: seats and licences of the centre; who may work with whom is the company's own.
    """

    kind: ClassVar[str] = "cover_ceiling"
    phrase: ClassVar[Text] = Text(
        en="at most {agents} agents on {queue} during {window}", zh="{window} {queue}最多 {agents} 位座席在线"
    )
    bounds: ClassVar[tuple[str, ...]] = ("agents",)
    good: ClassVar[tuple[Example, ...]] = (
        Example("D D\nE -", fields={"agents": 1, "window": "16:00-18:00"}),
        Example("E E\nS S", fields={"agents": 1, "window": "00:00-13:30"}),
        Example("B -\nE E", tail="B", fields={"agents": 1}),
    )
    bad: ClassVar[tuple[Example, ...]] = (
        Example("D D\nE -", fields={"agents": 1}),
        Example("B -\nB E", fields={"agents": 1, "window": "23:00-24:00"}),
    )

    window: Window = "00:00-24:00"
    """Daily wall-clock span; it may cross midnight."""
    agents: int = Field(ge=0)
    """Most agents."""
    queue: str | None = None
    """One queue; None counts all together."""

    def sentence(self) -> Text:
        """Return the phrase with the queue in words."""
        queue = _ALL if self.queue is None else _ONE.fill(name=self.queue)
        return self.phrase.fill(agents=self.agents, window=self.window, queue=queue)

    def constrain_roster(self, model: Model) -> None:
        """Post the ceiling on every interval that the window meets."""
        queues = model.queue_names if self.queue is None else (self.queue,)
        allowed = np.where(inside_window(model.plan, self.window), self.agents, -1)
        model.ceiling_cover(queues, allowed, self.crew(model.plan))

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Count the agents on the queues in every interval of the window; one violation a day."""
        crew = self.crew(plan)
        counted = cover(roster if crew is None else roster.of_agents(crew), plan)["cover"]
        online = counted.groupby("interval_start").sum() if self.queue is None else counted.xs(self.queue)
        beyond: dict[date, list[tuple[float, str]]] = {}
        for at, number in zip(online.index, online, strict=True):
            if number - self.agents > 1e-6 and in_window(self.window, at, plan.grid.minutes):
                beyond.setdefault(at.date(), []).append((number - self.agents, f"{at:%H:%M}"))
        for day, found in beyond.items():
            most = self.agents + max(n for n, _ in found)
            said = _BEYOND.fill(n=len(found), first=found[0][1], most=f"{most:g}", agents=self.agents)
            agent_minutes = sum(round(n * plan.grid.minutes) for n, _ in found)
            yield self.broken(said, None, day, amount=agent_minutes, per=plan.grid.minutes)


_ALL = Text(en="the queues", zh="各队列合计")
_ONE = Text(en="queue {name}", zh="队列 {name} ")
_BEYOND = Text(
    en="{n} intervals from {first} above the ceiling: {most} on the queues, at most {agents} allowed",
    zh="自 {first} 起有 {n} 个时段高于上限：在线 {most} 人，最多 {agents} 人",
)
