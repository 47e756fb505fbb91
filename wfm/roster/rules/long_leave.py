"""Long leave (连休): how long it may get, and what is asked of whoever applies for it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from wfm.domain.clock import dates
from wfm.domain.roster import State
from wfm.domain.text import Text
from wfm.roster.base import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.roster.model import Model


class LongLeave(Rule):
    """Leave, with the days off beside it, lasts at most `most_days` days in a row.

    The roster can lengthen a leave by days off next to it, so the length binds the roster: of any `most_days` + 1 days
    in a row with approved leave among them, one is worked, unless `exceptions.csv` covers them all. Days before the
    period count when they are known, days after it while they are leave; days outside employment end the run. A soft
    rule pays its weight for each day that ends such a stretch.

    The other fields ask something of the application, which no roster can mend: they are judged when leave is asked
    for (`wfm leave`) and when `leave.csv` is read. There a request counts with the days off that already stand beside
    it, and approved leave by its own days, since nobody asked for what a roster put beside it later. None asks nothing.

    Source: company rules A15 to A20 (连续休息 3 天以上的为连休 … 每次连休最长时间为 15 天).
    """

    kind: ClassVar[str] = "long_leave"
    phrase: ClassVar[Text] = Text(
        en="leave and the days off beside it last at most {most_days} days in a row",
        zh="连休（含前后休息日）最长 {most_days} 天",
    )
    bounds: ClassVar[tuple[str, ...]] = ("most_days",)
    good: ClassVar[tuple[Example, ...]] = (
        Example("D L L - D", fields={"most_days": 3}),
        Example("D - - - - D", fields={"most_days": 3}),
        Example("D L L - - D", fields={"most_days": 3}, exempt=True),
        Example("D L L - - D", fields={"most_days": 3, "except_types": ["annual"]}),
    )
    bad: ClassVar[tuple[Example, ...]] = (
        Example("D L L - - D", fields={"most_days": 3}),
        Example("D - H L - D", fields={"most_days": 3}),
        Example("- D D", tail="D - L -", fields={"most_days": 3}),
    )

    most_days: int = Field(default=15, ge=1)
    """Longest run of days off that holds leave (A18)."""
    except_types: tuple[str, ...] = ("sick", "injury", "maternity", "病假", "工伤", "产假")
    """Kinds of leave that nobody chooses; they are no long leave."""
    days: int | None = Field(default=3, ge=2)
    """Days off in a row from which leave is long (A15)."""
    tenure_months: int | None = Field(default=3, ge=0)
    """Months of employment before the first day of a long leave (A16)."""
    per_quarter: int | None = Field(default=1, ge=0)
    """Long leaves that begin in one calendar quarter (A17)."""
    most_types: int | None = Field(default=2, ge=1)
    """Kinds of leave in one long leave; rest days are none (A19)."""
    supervisor_days: int | None = Field(default=4, ge=0)
    """Longest long leave that a supervisor approves; above it a manager does (A20: 5 days are in both of its lists)."""

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post a worked day in every stretch that is too long, holds leave and could be off as a whole."""
        beyond = timedelta(days=self.most_days)
        for start in dates(model.first - beyond, model.days[-1]):
            stretch = dates(start, start + beyond)
            holds_leave = any(self._is_leave(model.plan, agent, d) for d in stretch)
            if not holds_leave or not all(_may_be_off(model, agent, d) for d in stretch):
                continue
            if not model.plan.is_exempt(agent.agent_id, self.kind, stretch[0], stretch[-1]):
                model.any_of(agent, [model.works(agent, d) for d in stretch if model.first <= d <= model.days[-1]])

    def _is_leave(self, plan: Plan, agent: Agent, day: date) -> bool:
        kind = plan.leave_type(agent.agent_id, day)
        return kind is not None and kind not in self.except_types

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Measure every run of days off that reaches into the period."""
        beyond = timedelta(days=self.most_days)
        around = dates(plan.days[0] - beyond, plan.days[-1] + beyond)
        for agent in plan.agents:
            for off, group in groupby(around, partial(_is_off, roster, plan, agent)):
                run = list(group)
                over = self._days_over(plan, agent, run) if off and len(run) > self.most_days else 0
                if over:
                    said = _TOO_LONG.fill(n=len(run), most=self.most_days)
                    yield self.broken(said, agent, run[0], run[-1], amount=over)

    def _days_over(self, plan: Plan, agent: Agent, run: list[date]) -> int:
        """Return how many days of a run are one too many: the leave is near enough, and not all of it is excused."""
        over, excused, since = 0, 0, self.most_days
        for n, day in enumerate(run, 1):
            since = 0 if self._is_leave(plan, agent, day) else since + 1
            excused = excused + 1 if plan.is_exempt(agent.agent_id, self.kind, day, day) else 0
            over += n > self.most_days and since <= self.most_days and excused <= self.most_days
        return over


def _may_be_off(model: Model, agent: Agent, day: date) -> bool:
    """Return whether a day is known to be off, or is one of the period on which the agent is employed."""
    known = model.tail.at(agent.agent_id, day) if day < model.first else None
    if known is not None:
        return known.state not in (State.WORK, State.NOT_EMPLOYED)
    if model.first <= day <= model.days[-1]:
        return agent.employed(day)
    return agent.employed(day) and model.plan.leave_type(agent.agent_id, day) is not None


def _is_off(roster: Roster, plan: Plan, agent: Agent, day: date) -> bool:
    cell = roster.at(agent.agent_id, day)
    if cell is None:
        return agent.employed(day) and plan.leave_type(agent.agent_id, day) is not None
    return cell.state in (State.REST, State.LEAVE, State.STATUTORY_OFF)


_TOO_LONG = Text(
    en="{n} days off in a row with leave among them, at most {most} allowed", zh="连休 {n} 天，最多允许 {most} 天"
)
