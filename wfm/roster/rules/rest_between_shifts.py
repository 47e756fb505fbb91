"""Rest between two shifts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from wfm.domain.clock import dates
from wfm.domain.text import Text
from wfm.roster.base import Example, Rule
from wfm.roster.linear import Linear

if TYPE_CHECKING:
    from datetime import date

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Assignment, Roster, Violation
    from wfm.domain.shifts import Shift
    from wfm.roster.model import Model


class RestBetweenShifts(Rule):
    """Between the end of a shift and the start of the next lie at least `hours` of elapsed time.

    Seen across the start of the period and across clock changes.

    Source: ours, after Directive 2003/88/EC art. 3 (11 consecutive hours); no Chinese law sets a figure.
    """

    kind: ClassVar[str] = "rest_between_shifts"
    phrase: ClassVar[Text] = Text(en="at least {hours} h of rest between two shifts", zh="两班之间至少休息 {hours} 小时")
    bounds: ClassVar[tuple[str, ...]] = ("hours",)
    good: ClassVar[tuple[Example, ...]] = (Example("S D -"), Example("B - E"), Example("X X"))
    bad: ClassVar[tuple[Example, ...]] = (
        Example("S E -"),
        Example("B D -"),
        Example("E - -", tail="B"),
        Example("X X", fields={"hours": 12.5}),
    )

    hours: float = Field(default=11, ge=0, le=48)

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post that of a shift and the starts it rules out in the days after, only one is worked."""
        first = model.days[0] - timedelta(days=3)
        for day in dates(first, model.days[-1]):
            for later in (day + timedelta(days=n) for n in range(1, 4)):
                if model.days[0] <= later <= model.days[-1]:
                    self._post(model, agent, day, later)

    def _post(self, model: Model, agent: Agent, day: date, later: date) -> None:
        after = model.starts(agent, later)
        barred = [(self._bars(shift, after), works) for shift, works in model.starts(agent, day)]
        for group in sorted({bars for bars, _ in barred if bars}, key=sorted):
            earlier = Linear.total(works for bars, works in barred if bars >= group)
            model.at_most(agent, earlier + Linear.total(w for s, w in after if s.code in group), 1)

    def _bars(self, shift: Shift, after: list[tuple[Shift, Linear]]) -> frozenset[str]:
        free = shift.end + timedelta(hours=self.hours)
        return frozenset(s.code for s, _ in after if s.start < free)

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Measure the time between each shift and the one before it."""
        for agent in plan.agents:
            before: Assignment | None = None
            for day in dates(plan.days[0] - timedelta(days=31), plan.days[-1]):
                cell = roster.at(agent.agent_id, day)
                if cell is None or cell.shift is None:
                    continue
                if before is not None and before.shift is not None and day >= plan.days[0]:
                    rest = (cell.shift.start - before.shift.end).total_seconds() / 3600
                    if rest < self.hours:
                        said = _SHORT.fill(found=f"{rest:g}", hours=f"{self.hours:g}")
                        yield self.broken(said, agent, before.date, day)
                before = cell


_SHORT = Text(en="{found} h of rest between shifts, at least {hours} required", zh="两班之间仅休息 {found} 小时，至少需 {hours} 小时")
