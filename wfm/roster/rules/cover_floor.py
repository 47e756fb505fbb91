"""Agents who must be there."""

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


class CoverFloor(Rule):
    """At least so many agents are on the queues in every interval of a daily window while the centre is open.

    An agent counts by the share of the interval that he is on the queue: not while in a break, in training or in a
    meeting. An interval belongs to the window when any minute of it does. Without `queue` all queues count together. A
    soft rule pays its weight per agent missing from an interval.

    Source: company rules B3 (至少 8 位坐席在线) and B4 (夜班至少 2 位坐席通宵在线).
    """

    kind: ClassVar[str] = "cover_floor"
    phrase: ClassVar[Text] = Text(
        en="at least {agents} agents on {queue} during {window}", zh="{window} {queue}至少 {agents} 位座席在线"
    )
    bounds: ClassVar[tuple[str, ...]] = ("agents",)
    good: ClassVar[tuple[Example, ...]] = (
        Example("D D\nE E", fields={"agents": 2, "window": "09:00-12:00"}),
        Example("D -\nX X", fields={"agents": 1, "window": "15:00-20:00"}),
        Example("B B", fields={"agents": 1, "window": "23:00-24:00"}),
        Example("B -", tail="B", fields={"agents": 1, "window": "00:00-06:00"}),
    )
    bad: ClassVar[tuple[Example, ...]] = (
        Example("D D\nE -", fields={"agents": 2, "window": "09:00-12:00"}),
        Example("D D", fields={"agents": 1, "window": "12:00-14:00"}),
        Example("B -", fields={"agents": 1, "window": "00:00-06:00"}),
    )

    window: Window = "00:00-24:00"
    """Daily wall-clock span; it may cross midnight."""
    agents: int = Field(ge=1)
    """Fewest agents."""
    queue: str | None = None
    """One queue; None counts all together."""

    def sentence(self) -> Text:
        """Return the phrase with the queue in words."""
        queue = _ALL if self.queue is None else _ONE.fill(name=self.queue)
        return self.phrase.fill(agents=self.agents, window=self.window, queue=queue)

    def constrain_roster(self, model: Model) -> None:
        """Post the floor on every open interval that the window meets."""
        queues = model.queue_names if self.queue is None else (self.queue,)
        model.floor_cover(
            queues,
            np.where(inside_window(model.plan, self.window) & model.plan.grid.open, self.agents, 0),
            self.crew(model.plan),
        )

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Count the agents on the queues in every interval of the window; one violation a day."""
        crew = self.crew(plan)
        counted = cover(roster if crew is None else roster.of_agents(crew), plan)["cover"]
        online = counted.groupby("interval_start").sum() if self.queue is None else counted.xs(self.queue)
        short: dict[date, list[tuple[float, str]]] = {}
        for at, number, is_open in zip(online.index, online, plan.grid.open, strict=True):
            missing = self.agents - number
            if missing > 1e-6 and is_open and in_window(self.window, at, plan.grid.minutes):
                short.setdefault(at.date(), []).append((missing, f"{at:%H:%M}"))
        for day, found in short.items():
            least = self.agents - max(n for n, _ in found)
            said = _SHORT.fill(n=len(found), first=found[0][1], least=f"{least:g}", agents=self.agents)
            agent_minutes = sum(round(n * plan.grid.minutes) for n, _ in found)
            yield self.broken(said, None, day, amount=agent_minutes, per=plan.grid.minutes)


_ALL = Text(en="the queues", zh="各队列合计")
_ONE = Text(en="queue {name}", zh="队列 {name} ")
_SHORT = Text(
    en="{n} intervals from {first} below the floor: {least} on the queues, at least {agents} required",
    zh="自 {first} 起有 {n} 个时段低于下限：在线 {least} 人，至少需 {agents} 人",
)
