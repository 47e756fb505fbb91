"""Agents on queues against the requirement."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wfm.domain.cover import cover
from wfm.domain.roster import TICKS
from wfm.domain.text import Text
from wfm.roster.base import Goal

if TYPE_CHECKING:
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster
    from wfm.roster.model import Model


class Cover(Goal):
    """Every missing agent costs `under`, every surplus agent `over`, per queue and interval.

    The requirement is read to the hundredth of an agent; a missing 0.38 of an agent costs 0.38 of the weight. Closed
    intervals need nobody, so an agent on the queue there is surplus.
    """

    kind: ClassVar[str] = "cover"
    phrase: ClassVar[Text] = Text(en="cover of the requirement", zh="人力覆盖")
    counts: ClassVar[Text] = Text(
        en="per queue and interval, each missing agent costs {under} and each surplus agent {over}",
        zh="每个队列每个时段，每缺 1 名座席计 {under}，每多 1 名计 {over}",
    )

    def charge(self, model: Model) -> None:
        """Charge each queue's cover per interval."""
        for queue in model.plan.settings.queues:
            required = model.plan.requirement.xs(queue)["required_rostered"].to_numpy(dtype=float)
            model.charge_cover(queue, required, self.goals.under, self.goals.over)

    def score(self, roster: Roster, plan: Plan) -> int:
        """Add the weighted shortfall and surplus of the cover table."""
        table = cover(roster, plan)
        missing = (table["required"] * 100).round() * TICKS // 100 - (table["cover"] * TICKS).round()
        return int(self.goals.under * missing.clip(lower=0).sum() + self.goals.over * -missing.clip(upper=0).sum())
