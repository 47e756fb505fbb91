"""Agents who must be there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from pydantic import Field, field_validator

from wfm.domain.clock import dates, instant, parse_clock
from wfm.domain.cover import cover
from wfm.domain.text import Text
from wfm.roster.base import Rule

if TYPE_CHECKING:
    from datetime import date

    import numpy.typing as npt

    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.roster.model import Model


class CoverFloor(Rule):
    """At least so many agents are on the queues, at every moment of a daily window while the centre is open.

    An agent in a break, in training or in a meeting is not on the queue. Without `queue` all queues count together.

    Source: company rules B3 (至少 8 位坐席在线) and B4 (夜班至少 2 位坐席通宵在线).
    """

    kind: ClassVar[str] = "cover_floor"
    phrase: ClassVar[Text] = Text(
        en="at least {agents} agents on the queues between {window}", zh="{window} 至少 {agents} 位座席在线"
    )
    bounds: ClassVar[tuple[str, ...]] = ("agents",)

    window: str = "00:00-24:00"
    """Daily wall-clock span; it may cross midnight."""
    agents: int = Field(ge=1)
    queue: str | None = None
    """One queue; None counts all together."""

    @field_validator("window")
    @classmethod
    def _readable(cls, value: str) -> str:
        begin, dash, end = value.partition("-")
        if not dash:
            raise ValueError("write a span such as 08:00-20:00")
        parse_clock(begin), parse_clock(end)
        return value

    def constrain_roster(self, model: Model) -> None:
        """Post the floor on every open interval that the window meets."""
        queues = model.queue_names if self.queue is None else (self.queue,)
        model.floor_cover(queues, np.where(self._inside(model.plan), self.agents, 0))

    def _inside(self, plan: Plan) -> npt.NDArray[np.bool_]:
        begin, _, end = self.window.partition("-")
        start, stop = parse_clock(begin), parse_clock(end)
        stop = stop if stop > start else stop + 1440
        grid, zone = plan.grid, plan.settings.centre.zone
        inside = np.zeros(grid.size, dtype=bool)
        for day in dates(plan.days[0] - timedelta(days=1), plan.days[-1]):
            lo, hi = grid.share(instant(day, start, zone), instant(day, stop, zone)).span
            inside[lo:hi] = True
        return inside & grid.open

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Count the agents on the queues in every interval of the window; one violation a day."""
        counted = cover(roster, plan)["cover"]
        online = counted.groupby("interval_start").sum() if self.queue is None else counted.xs(self.queue)
        begin, _, end = self.window.partition("-")
        start, stop = parse_clock(begin) % 1440, parse_clock(end) % 1440
        short: dict[date, list[tuple[float, str]]] = {}
        for at, number, is_open in zip(online.index, online, plan.grid.open, strict=True):
            minute = at.hour * 60 + at.minute
            meets = start == stop or ((start <= minute < stop) if start < stop else (minute >= start or minute < stop))
            if meets and is_open and number < self.agents - 1e-6:
                short.setdefault(at.date(), []).append((number, f"{at:%H:%M}"))
        for day, found in short.items():
            least = min(n for n, _ in found)
            said = _SHORT.fill(n=len(found), first=found[0][1], least=f"{least:g}", agents=self.agents)
            missing = round(100 * sum(self.agents - n for n, _ in found))
            yield self.broken(said, None, day, amount=missing, per=100)


_SHORT = Text(
    en="{n} intervals from {first} below the floor: {least} on the queues, at least {agents} required",
    zh="自 {first} 起有 {n} 个时段低于下限：在线 {least} 人，至少需 {agents} 人",
)
