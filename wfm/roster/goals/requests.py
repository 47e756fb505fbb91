"""Wishes of agents."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wfm.domain.roster import TICKS
from wfm.domain.text import Text
from wfm.roster.base import Goal
from wfm.roster.linear import Linear

if TYPE_CHECKING:
    from wfm.domain.agents import Request
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster
    from wfm.roster.model import Model


class Requests(Goal):
    """Every wish that is not met costs its weight times `requests`.

    `off` is met by a day without a shift; `on` by the named shift, or by any shift when none is named. Night wishes
    are `on` wishes for a night shift (company rule A14). Wishes outside the period or of unknown agents do not count.
    """

    kind: ClassVar[str] = "requests"
    phrase: ClassVar[Text] = Text(en="wishes of agents", zh="座席意愿")
    counts: ClassVar[Text] = Text(
        en="each wish that is not met costs {requests} times its weight",
        zh="每项未满足的申请计其权重的 {requests} 倍",
    )

    def charge(self, model: Model) -> None:
        """Charge one minus the fulfilment of each wish."""
        for request in model.plan.requests:
            agent = model.plan.by_id.get(request.agent_id)
            if agent is None or request.date not in model.days:
                continue
            if request.kind == "off":
                met = model.off(agent, request.date)
            elif request.shift_code is None:
                met = model.works(agent, request.date)
            else:
                starts = model.starts(agent, request.date)
                met = Linear.total(works for shift, works in starts if shift.code == request.shift_code)
            model.charge(agent, 1 - met, self.goals.requests * request.weight * TICKS)

    def score(self, roster: Roster, plan: Plan) -> int:
        """Add the weights of the wishes that the roster does not meet."""
        inside = [r for r in plan.requests if r.agent_id in plan.by_id and plan.days[0] <= r.date <= plan.days[-1]]
        return TICKS * self.goals.requests * sum(r.weight for r in inside if not met(r, roster))


def met(request: Request, roster: Roster) -> bool:
    """Return whether the roster meets a wish."""
    cell = roster.at(request.agent_id, request.date)
    if request.kind == "off":
        return cell is None or not cell.works
    worked = None if cell is None or cell.shift is None else cell.shift.code
    return worked is not None and request.shift_code in (None, worked)
