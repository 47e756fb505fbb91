"""Rest between two shifts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from wfm.domain.clock import dates
from wfm.domain.text import Text
from wfm.roster.base import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.domain.shifts import Shift
    from wfm.roster.model import Model


class RestBetweenShifts(Rule):
    """Between the end of a shift and the start of the next lie at least `hours` of elapsed time.

    Seen across the start of the period and across clock changes. A soft rule pays its weight for every two shifts that
    are too close.

    Source: ours, after Directive 2003/88/EC art. 3 (11 consecutive hours); no Chinese law sets a figure.
    """

    kind: ClassVar[str] = "rest_between_shifts"
    phrase: ClassVar[Text] = Text(
        en="at least {hours} h of rest between two shifts", zh="两班之间至少休息 {hours} 小时"
    )
    bounds: ClassVar[tuple[str, ...]] = ("hours",)
    floors: ClassVar[tuple[str, ...]] = ("hours",)
    good: ClassVar[tuple[Example, ...]] = (Example("S D -"), Example("B - E"), Example("X X"))
    bad: ClassVar[tuple[Example, ...]] = (
        Example("S E -"),
        Example("B D -"),
        Example("E - -", tail="B"),
        Example("X X", fields={"hours": 12.5}),
    )

    hours: float = Field(default=11, ge=0, le=48)
    """Least rest."""

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post that of two shifts that are too close, at most one is worked."""
        first = model.days[0] - timedelta(days=3)
        for day in dates(first, model.days[-1]):
            for later in (day + timedelta(days=n) for n in range(1, 4)):
                if model.days[0] <= later <= model.days[-1]:
                    model.apart(agent, day, later, self._too_close)

    def _too_close(self, before: Shift, after: Shift) -> bool:
        return before.end > after.start - timedelta(hours=self.hours)

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Measure the time between each shift and those that start up to three days before it."""
        for agent in plan.agents:
            cells = roster.line(agent.agent_id, plan.days[0] - timedelta(days=3), plan.days[-1])
            for n, this in enumerate(cells[3:]):
                for before in cells[n : n + 3]:
                    if this is None or before is None or this.shift is None or before.shift is None:
                        continue
                    rest = (this.shift.start - before.shift.end).total_seconds() / 3600
                    if rest < self.hours:
                        said = _SHORT.fill(found=f"{rest:g}", hours=f"{self.hours:g}")
                        yield self.broken(said, agent, before.date, this.date)


_SHORT = Text(
    en="{found} h of rest between shifts, at least {hours} required",
    zh="两班之间仅休息 {found} 小时，至少需 {hours} 小时",
)
