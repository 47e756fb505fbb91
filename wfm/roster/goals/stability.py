"""Little change against a roster that people know already."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wfm.domain.roster import TICKS
from wfm.domain.text import Text
from wfm.roster.base import Goal
from wfm.roster.linear import Linear

if TYPE_CHECKING:
    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Assignment, Roster
    from wfm.domain.shifts import Shift
    from wfm.roster.model import Model


class Stability(Goal):
    """Every agent-day that differs from the roster already published for the period costs `stability`.

    A day differs when there is a shift on one side only, or when the shifts differ in code, start or end. Another queue
    with the same shift does not count, nor does another kind of day off: the agent's day stays the same. Days that the
    published roster (`published_roster.csv`) does not have do not count, and without one nothing differs.

    The weight is 10 unless given, as much as one agent missing for one interval: who gives the file wants its days kept
    where changing them gains little, and 0 would leave the file without effect.
    """

    kind: ClassVar[str] = "stability"
    phrase: ClassVar[Text] = Text(en="little change against the published roster", zh="尽量少改动已发布班表")
    counts: ClassVar[Text] = Text(
        en="each agent-day whose shift or day off differs from the published roster costs {stability}",
        zh="与已发布班表相比，班次或休息有变的每个人日计 {stability}",
    )

    def charge(self, model: Model) -> None:
        """Charge one minus sameness of each published day."""
        for cell in model.plan.published:
            agent = model.plan.by_id.get(cell.agent_id)
            if agent is not None and model.days[0] <= cell.date <= model.days[-1]:
                model.charge(agent, 1 - _kept(model, agent, cell), self.goals.stability * TICKS)

    def score(self, roster: Roster, plan: Plan) -> int:
        """Count the published days on which the roster has another shift, or a shift on one side only."""
        known = [c for c in plan.published if c.agent_id in plan.by_id and plan.days[0] <= c.date <= plan.days[-1]]
        changed = sum(_hours(c.shift) != _hours(_shift(roster, c)) for c in known)
        return changed * self.goals.stability * TICKS


def _kept(model: Model, agent: Agent, cell: Assignment) -> Linear:
    """Return 1 when the published day is kept, else 0; always 0 when its shift is no longer there."""
    if cell.shift is None:
        return model.off(agent, cell.date)
    same = _hours(cell.shift)
    return Linear.total(works for shift, works in model.starts(agent, cell.date) if _hours(shift) == same)


def _shift(roster: Roster, cell: Assignment) -> Shift | None:
    now = roster.at(cell.agent_id, cell.date)
    return None if now is None else now.shift


def _hours(shift: Shift | None) -> object:
    """Return what people know of a shift: code, start and end; None on a day off."""
    return shift and (shift.code, shift.start, shift.end)
