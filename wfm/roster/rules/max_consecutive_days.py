"""Days in a row."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from wfm.domain.text import Text
from wfm.roster.base import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.roster.model import Model


class MaxConsecutiveDays(Rule):
    """At most so many worked days in a row, more only under a recorded exception.

    Any day without a shift breaks the run; a night shift belongs to the date on which it starts; the run is counted
    across the start of the period. A day may end a run longer than `days`, up to `days_by_exception`, when
    `exceptions.csv` covers it and the `days` before it for this rule; longer runs are never allowed. Days before the
    period are fixed, only days of the period are judged; a soft rule pays its weight for each day too many.

    Source: company rule A9 (连续上班的天数≤5天…最长可延长至≤7天).
    """

    kind: ClassVar[str] = "max_consecutive_days"
    phrase: ClassVar[Text] = Text(
        en="at most {days} worked days in a row (up to {days_by_exception} with a recorded exception)",
        zh="连续上班不超过 {days} 天（有特殊情况记录的最长 {days_by_exception} 天）",
    )
    bounds: ClassVar[tuple[str, ...]] = ("days", "days_by_exception")
    caps: ClassVar[tuple[str, ...]] = ("days", "days_by_exception")
    good: ClassVar[tuple[Example, ...]] = (
        Example("D D D D D - D"),
        Example("D D D D D D D -", exempt=True),
        Example("D D - D D", tail="- D D D"),
        Example("D D H D D D D D"),
    )
    bad: ClassVar[tuple[Example, ...]] = (
        Example("D D D D D D -"),
        Example("D D D D D D D D", exempt=True),
        Example("D D D - -", tail="D D D"),
        Example("B B B B B B"),
    )

    days: int = Field(default=5, ge=1)
    """Longest run without an exception."""
    days_by_exception: int = Field(default=7, ge=1)
    """Longest run with one."""

    def sentence(self) -> Text:
        """Return the phrase, without the exception when it allows no more."""
        phrase = self.phrase if self.days_by_exception > self.days else _NO_EXCEPTION
        return phrase.fill(days=self.days, days_by_exception=self.days_by_exception)

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post a day off in the window that ends on each day: `days + 1` days, or as many as an exception allows."""
        for end in model.days:
            first = end - timedelta(days=self.days)
            if model.plan.is_exempt(agent.agent_id, self.kind, first, end):
                first = end - timedelta(days=max(self.days, self.days_by_exception))
            offs = model.days_off(agent, first, end)
            if offs.constant == 0:
                model.at_least(agent, offs, 1)

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Walk along every run of worked days that reaches into the period, counting the days too many."""
        for agent in plan.agents:
            for run in self._runs(roster, plan, agent.agent_id):
                if len(run) <= self.days:
                    continue
                excused = {d for d in run if plan.is_exempt(agent.agent_id, self.kind, d, d)}
                limits = [self._limit(run[:n], excused) for n in range(1, len(run) + 1)]
                over = [k for n, k in enumerate(limits, 1) if n > k and run[n - 1] >= plan.days[0]]
                if over:
                    said = _TOO_LONG.fill(n=len(run), limit=over[-1])
                    yield self.broken(said, agent, run[0], run[-1], amount=len(over))

    def _limit(self, run: list[date], excused: set[date]) -> int:
        """Return how long a run may be that ends as this one does."""
        return max(self.days, self.days_by_exception) if excused.issuperset(run[-self.days - 1 :]) else self.days

    @staticmethod
    def _runs(roster: Roster, plan: Plan, agent_id: str) -> Iterator[list[date]]:
        run: list[date] = []
        before = plan.days[0] - timedelta(days=1)
        while roster.works(agent_id, before):
            run.insert(0, before)
            before -= timedelta(days=1)
        for day in plan.days:
            if roster.works(agent_id, day):
                run.append(day)
            elif run:
                if run[-1] >= plan.days[0]:
                    yield run
                run = []
        if run and run[-1] >= plan.days[0]:
            yield run


_NO_EXCEPTION = Text(en="at most {days} worked days in a row", zh="连续上班不超过 {days} 天")
_TOO_LONG = Text(en="{n} days worked in a row, at most {limit} allowed", zh="连续上班 {n} 天，最多允许 {limit} 天")
