"""Fixed assignments."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wfm.domain.text import Text
from wfm.roster.base import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.domain.agents import Agent, Pin
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Assignment, Roster, Violation
    from wfm.roster.model import Model


class Pinned(Rule):
    """What `pins.csv` fixes stays: the shift, the queue when one is named, or the day off.

    Source: the planner's own decisions.
    """

    kind: ClassVar[str] = "pinned"
    phrase: ClassVar[Text] = Text(en="fixed assignments are kept", zh="固定排班不得改动")
    always: ClassVar[bool] = True
    good: ClassVar[tuple[Example, ...]] = (Example("D!D E -!-"),)
    bad: ClassVar[tuple[Example, ...]] = (Example("E!D E -"), Example("-!D E -"), Example("D E!- -"))

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post the pinned shift, or the day off, and its queue."""
        for pin in _pins(model.plan, agent):
            if pin.shift_code is None:
                model.forbid(agent, model.works(agent, pin.date))
                continue
            model.any_of(agent, (works for s, works in model.starts(agent, pin.date) if s.code == pin.shift_code))
            if pin.queue is not None:
                model.serve_only(agent, pin.date, pin.queue)

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Compare every pin with the roster's cell."""
        for agent in plan.agents:
            for pin in _pins(plan, agent):
                cell = roster.assignments.get((agent.agent_id, pin.date))
                if cell is not None and not _kept(pin, cell):
                    yield self.broken(_CHANGED.fill(wanted=_wanted(pin)), agent, pin.date)


def _pins(plan: Plan, agent: Agent) -> list[Pin]:
    inside = set(plan.days)
    return [p for p in plan.pins if p.agent_id == agent.agent_id and p.date in inside]


def _kept(pin: Pin, cell: Assignment) -> bool:
    code = None if cell.shift is None else cell.shift.code
    return code == pin.shift_code and (pin.shift_code is None or pin.queue is None or cell.queues == (pin.queue,))


def _wanted(pin: Pin) -> Text:
    if pin.shift_code is None:
        return _DAY_OFF
    said = " ".join(filter(None, (pin.shift_code, pin.queue)))
    return Text(en=said, zh=said)


_CHANGED = Text(en="pinned to {wanted}, but the roster differs", zh="已固定为 {wanted}，但排班表不同")
_DAY_OFF = Text(en="a day off", zh="休息")
