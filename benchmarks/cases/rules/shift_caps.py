"""How often an agent works a shift."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, ClassVar

from wfm.domain.text import Text
from wfm.roster.base import Rule
from wfm.roster.linear import Linear

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.roster.model import Model


class ShiftCaps(Rule):
    """An agent works each kind of shift at most so often in the horizon."""

    kind: ClassVar[str] = "shift_caps"
    phrase: ClassVar[Text] = Text(en="at most so many of each shift", zh="每种班次的次数不超过上限")

    most: dict[str, dict[str, int]]
    """Upper limit by agent id and shift code; a code that is absent has none."""

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post one sum for each shift whose limit the horizon could exceed."""
        for code, most in self.most[agent.agent_id].items():
            if most < len(model.days):
                starts = (
                    works for day in model.days for shift, works in model.starts(agent, day) if shift.code == code
                )
                model.at_most(agent, Linear.total(starts), most)

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Count every agent's shifts."""
        worked = Counter((cell.agent_id, cell.shift.code) for cell in roster if cell.shift is not None)
        for (agent_id, code), n in worked.items():
            if n > self.most[agent_id].get(code, n):
                yield self.broken(_OFTEN.fill(code=code, n=n), plan.by_id[agent_id], plan.days[0], plan.days[-1])


_OFTEN = Text(en="shift {code} worked {n} times", zh="班次 {code} 上了 {n} 次")
