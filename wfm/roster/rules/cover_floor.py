"""Agents who must be there."""

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


class CoverFloor(OnlineRule):
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
    side: ClassVar[int] = -1
    while_closed: ClassVar[bool] = False
    said: ClassVar[Text] = Text(
        en="{n} intervals from {first} below the floor: {number} on the queues, at least {agents} required",
        zh="自 {first} 起有 {n} 个时段低于下限：在线 {number} 人，至少需 {agents} 人",
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

    agents: int = Field(ge=1)
    """Fewest agents."""

    def constrain_roster(self, model: Model) -> None:
        """Post the floor on every open interval that the window meets."""
        model.floor_cover(
            self.queues(model),
            np.where(inside_window(model.plan, self.window) & model.plan.grid.open, self.agents, 0),
            self.crew(model.plan),
        )
