"""Fair shares of nights and weekends."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from wfm.domain.roster import TICKS
from wfm.domain.text import Text
from wfm.roster.base import Goal
from wfm.roster.fair_shares import burdens, fair_shares
from wfm.roster.linear import Linear

if TYPE_CHECKING:
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster
    from wfm.roster.model import Model

TOLERANCE = 100
"""Distance to the share that costs nothing, in hundredths of a shift."""


class Fairness(Goal):
    """Every night or weekend shift more than one away from an agent's fair share costs `fairness`.

    Shifts are whole and shares are not, so one shift more or less is as fair as it gets. The share is known before the
    roster is made (see `wfm.roster.fair_shares`), so the cost belongs to the agent's own line and can be bounded.
    """

    kind: ClassVar[str] = "fairness"
    phrase: ClassVar[Text] = Text(en="fair shares of nights and weekends", zh="夜班与周末公平分配")
    counts: ClassVar[Text] = Text(
        en="each night or weekend shift more than one away from an agent's fair share costs {fairness}",
        zh="夜班或周末班次数与公平份额相差 1 班以上的部分，每班计 {fairness}",
    )

    def charge(self, model: Model) -> None:
        """Charge the distance of each agent's count to his share."""
        for burden, share in fair_shares(model.plan).items():
            for agent_id, hundredths in share.items():
                agent = model.plan.by_id[agent_id]
                count = Linear.total(
                    works
                    for day in model.days
                    for shift, works in model.starts(agent, day)
                    if burden in burdens(shift, model.plan)
                )
                model.charge_convex(agent, count, len(model.days), partial(self._ticks, hundredths))

    def _ticks(self, share: int, count: int) -> int:
        return max(0, abs(100 * count - share) - TOLERANCE) * self.goals.fairness * TICKS // 100

    def score(self, roster: Roster, plan: Plan) -> int:
        """Count each agent's nights and weekends and add up the distances."""
        counted: dict[tuple[str, str], int] = {}
        for cell in roster:
            for burden in burdens(cell.shift, plan) if cell.shift is not None else ():
                counted[burden, cell.agent_id] = counted.get((burden, cell.agent_id), 0) + 1
        return sum(
            self._ticks(hundredths, counted.get((burden, agent_id), 0))
            for burden, share in fair_shares(plan).items()
            for agent_id, hundredths in share.items()
        )
