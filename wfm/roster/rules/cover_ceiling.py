"""Agents who must not be there all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field

from wfm.domain.text import Text
from wfm.roster.base import Example
from wfm.roster.online import OnlineRule
from wfm.roster.windows import inside_window

if TYPE_CHECKING:
    from wfm.roster.model import Model


class CoverCeiling(OnlineRule):
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
    side: ClassVar[int] = 1
    while_closed: ClassVar[bool] = True
    said: ClassVar[Text] = Text(
        en="{n} intervals from {first} above the ceiling: {number} on the queues, at most {agents} allowed",
        zh="自 {first} 起有 {n} 个时段高于上限：在线 {number} 人，最多 {agents} 人",
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

    agents: int = Field(ge=0)
    """Most agents."""

    def constrain_roster(self, model: Model) -> None:
        """Post the ceiling on every interval that the window meets."""
        allowed = np.where(inside_window(model.plan, self.window), self.agents, -1)
        model.ceiling_cover(self.queues(model), allowed, self.crew(model.plan))
