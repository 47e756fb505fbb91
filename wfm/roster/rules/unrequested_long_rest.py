"""Long runs of days off that nobody asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from wfm.domain.clock import dates
from wfm.domain.roster import State
from wfm.domain.text import Text
from wfm.roster.base import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.roster.linear import Linear
    from wfm.roster.model import Model


class UnrequestedLongRest(Rule):
    """No run of `days` or more days off, unless approved leave or a statutory day off is part of it.

    Long leave (连休) is for the agent to apply for; the roster does not make one by chance. The run is the maximal run
    of days without a shift inside the period; days outside employment end it. A soft rule pays its weight for the
    `days`-th day of such a run and each one after it.

    Source: company rule A15 (连续休息 3 天（含）以上的为连休).
    """

    kind: ClassVar[str] = "unrequested_long_rest"
    phrase: ClassVar[Text] = Text(
        en="no unrequested run of {days} or more days off",
        zh="未经申请不得连续休息 {days} 天及以上",
    )
    bounds: ClassVar[tuple[str, ...]] = ("days",)
    good: ClassVar[tuple[Example, ...]] = (
        Example("D - - D D"),
        Example("D - - L D"),
        Example("D - H - D"),
        Example("D - - - H D"),
    )
    bad: ClassVar[tuple[Example, ...]] = (Example("D - - - D"), Example("D - - - D* D"), Example("- - - D L D"))

    days: int = Field(default=3, ge=2)
    """Length from which a run is long leave."""

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post for every window of rest days: one is worked, or the run goes on to a day that excuses it."""
        states = {d: model.plan.off_state(agent, d) for d in model.days}
        from_left = self._excused(model, agent, list(model.days), states)
        from_right = self._excused(model, agent, list(reversed(model.days)), states)
        for start, last in zip(model.days, model.days[self.days - 1 :], strict=False):
            window = dates(start, last)
            if all(states[d] is State.REST for d in window):
                excuses = [e for e in (from_left.get(start), from_right.get(last)) if e is not None]
                model.any_of(agent, [*(model.works(agent, d) for d in window), *excuses])

    @staticmethod
    def _excused(model: Model, agent: Agent, days: list[date], states: Mapping[date, State]) -> dict[date, Linear]:
        """Return, per rest day, a helper that may be 1 only when days off lead back from it to an excusing day.

        Back is against the order of `days`.
        """
        found: dict[date, Linear] = {}
        before: Linear | None = None
        for day in days:
            if states[day] in (State.LEAVE, State.STATUTORY_OFF):
                before = model.off(agent, day)
            elif states[day] is State.NOT_EMPLOYED:
                before = None
            elif before is not None:
                found[day] = before = model.flag(agent, before, model.off(agent, day))
        return found

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Collect the maximal runs of days off and look for an excuse in each."""
        for agent in plan.agents:
            run: list[date] = []
            for day in plan.days:
                cell = roster.assignments.get((agent.agent_id, day))
                off = cell is not None and cell.state in (State.REST, State.LEAVE, State.STATUTORY_OFF)
                if off:
                    run.append(day)
                if run and (not off or day == plan.days[-1]):
                    yield from self._judge(roster, agent, run)
                    run = []

    def _judge(self, roster: Roster, agent: Agent, run: list[date]) -> Iterator[Violation]:
        states = {roster.assignments[agent.agent_id, d].state for d in run}
        if len(run) >= self.days and states == {State.REST}:
            yield self.broken(_LONG.fill(n=len(run)), agent, run[0], run[-1], amount=len(run) - self.days + 1)


_LONG = Text(en="{n} days off in a row without a request", zh="未经申请连续休息 {n} 天")
