"""Leave and employment."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wfm.domain.roster import State
from wfm.domain.text import Text
from wfm.roster.base import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.roster.model import Model


class Availability(Rule):
    """Every agent has exactly one state a day, and nobody works on leave or outside his employment.

    Approved leave covers every day of its range. A day off on a statutory holiday is a state of its own, never a rest
    day; on any other day it is a rest day.

    Source: the agent-day states of the rule book; company rule A6 (statutory days off are on top of rest days).
    """

    kind: ClassVar[str] = "availability"
    phrase: ClassVar[Text] = Text(
        en="nobody works on approved leave or outside employment",
        zh="已批准的休假日和未在职日不得排班",
    )
    always: ClassVar[bool] = True
    good: ClassVar[tuple[Example, ...]] = (Example("D L L -"), Example(". . D D"), Example("D* H D"))
    bad: ClassVar[tuple[Example, ...]] = (Example("D DL -"), Example("D. D D"))

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post a day off on every day of leave and outside employment."""
        for day in model.days:
            if model.plan.off_state(agent, day) in (State.LEAVE, State.NOT_EMPLOYED):
                model.forbid(agent, model.works(agent, day))

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Compare every cell with what is known about the agent's day."""
        for agent in plan.agents:
            for day in plan.days:
                cell = roster.assignments.get((agent.agent_id, day))
                if cell is None:
                    yield self.broken(_MISSING, agent, day)
                    continue
                on_leave = plan.leave_type(agent.agent_id, day) is not None
                if not agent.employed(day):
                    expected = State.NOT_EMPLOYED
                elif on_leave:
                    expected = State.LEAVE
                elif cell.works:
                    continue
                else:
                    expected = State.STATUTORY_OFF if plan.calendar.is_statutory(day) else State.REST
                if cell.state is not expected:
                    yield self.broken(_WRONG.fill(found=STATES[cell.state], expected=STATES[expected]), agent, day)


STATES = {
    State.WORK: Text(en="work", zh="上班"),
    State.REST: Text(en="rest day", zh="休息日"),
    State.STATUTORY_OFF: Text(en="statutory day off", zh="法定节假日休息"),
    State.LEAVE: Text(en="leave", zh="休假"),
    State.NOT_EMPLOYED: Text(en="not employed", zh="未在职"),
}
_MISSING = Text(en="no assignment for this day", zh="当日没有排班记录")
_WRONG = Text(en="the roster says {found}, the records say {expected}", zh="排班表为“{found}”，记录应为“{expected}”")
