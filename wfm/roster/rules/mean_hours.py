"""Mean paid hours of a week over many weeks."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from wfm.domain.clock import dates
from wfm.domain.text import Text
from wfm.roster.base import Example, Rule
from wfm.roster.measures import on_leave, post_most

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.roster.model import Model


class MeanHours(Rule):
    """The mean of paid hours a week over a reference period of `weeks` weeks is at most `hours`.

    A reference period ends with every Sunday of the period and with its last day. The mean is the paid hours of its
    shifts over its counted days, times seven: days that are planned or known from the previous roster, in employment
    and, with `leave = "excluded"`, not of approved leave. Fewer than seven counted days are taken as seven, so that a
    few known days are judged as a week. A shift counts in full for the date on which it starts. A soft rule pays its
    weight for every hour beyond, in each reference period.

    Source: Directive 2003/88/EC art. 6 and 16 (48 h, up to four months, leave left out or neutral); Working Time
    Regulations 1998 reg. 4 (48 h over 17 weeks).
    """

    kind: ClassVar[str] = "mean_hours"
    phrase: ClassVar[Text] = Text(
        en="at most {hours} paid hours a week in the mean of {weeks} weeks",
        zh="{weeks} 周平均每周工时不超过 {hours} 小时",
    )
    bounds: ClassVar[tuple[str, ...]] = ("hours", "weeks")
    caps: ClassVar[tuple[str, ...]] = ("hours",)
    good: ClassVar[tuple[Example, ...]] = (
        Example("D D D D D D -"),
        Example("X X X X X - -", tail="D D D - - - -", fields={"weeks": 2}),
        Example("X X X L L - -", fields={"hours": 40, "leave": "counted"}),
    )
    bad: ClassVar[tuple[Example, ...]] = (
        Example("X X X X X - -"),
        Example("X X X X X - -", tail="D D D D D D -", fields={"weeks": 2}),
        Example("X X X X L L L L", fields={"hours": 40, "weeks": 2}),
    )

    hours: float = Field(default=48, gt=0)
    """Highest mean."""
    weeks: int = Field(default=17, ge=1, le=52)
    """Length of the reference period."""
    leave: Literal["excluded", "counted"] = "excluded"
    """Whether days of approved leave are left out, or count as days without work."""

    def _periods(self, days: Sequence[date]) -> Iterator[tuple[date, ...]]:
        """Yield the dates of every reference period."""
        for last in days:
            if last.weekday() == 6 or last == days[-1]:
                yield dates(last - timedelta(days=7 * self.weeks - 1), last)

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post the limit on the paid minutes of each reference period."""
        for days in self._periods(model.days):
            counted = sum(self._counts(model, agent, d) for d in days)
            limit = floor(Fraction(str(self.hours)) * 60 * max(counted, 7) / 7)
            post_most(model, agent, model.paid_minutes(agent, days), limit, per=60)

    def _counts(self, model: Model, agent: Agent, day: date) -> bool:
        known = day >= model.first or model.tail.at(agent.agent_id, day) is not None
        excluded = self.leave == "excluded" and on_leave(model.tail, model.plan, agent, day)
        return known and agent.employed(day) and not excluded

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Add up the hours and the days of each reference period."""
        for agent in plan.agents:
            for days in self._periods(plan.days):
                minutes, counted = 0, 0
                for day, cell in zip(days, roster.line(agent.agent_id, days[0], days[-1]), strict=True):
                    if cell is not None:
                        minutes += 0 if cell.shift is None else cell.shift.paid_minutes
                        left_out = self.leave == "excluded" and on_leave(roster, plan, agent, day)
                        counted += agent.employed(day) and not left_out
                allowed = int(Fraction(str(self.hours)) * max(counted * 60, 420)) // 7
                if minutes > allowed:
                    mean = minutes / 60 / max(counted, 7) * 7
                    said = _OVER.fill(found=f"{mean:.2f}", hours=f"{self.hours:g}", days=counted)
                    yield self.broken(said, agent, days[0], days[-1], amount=minutes - allowed, per=60)


_OVER = Text(
    en="{found} paid hours a week in the mean of {days} counted days, at most {hours} allowed",
    zh="计入的 {days} 天平均每周工时 {found} 小时，最多允许 {hours} 小时",
)
