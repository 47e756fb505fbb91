"""Which shift may follow which."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from wfm.domain.text import Text
from wfm.roster.base import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.domain.shifts import Shift
    from wfm.roster.model import Model


class Succession(Rule):
    """Some shifts may not start on the day after another."""

    kind: ClassVar[str] = "succession"
    phrase: ClassVar[Text] = Text(en="some shifts may not follow others", zh="部分班次次日不得接续")

    barred: dict[str, frozenset[str]]
    """Shift codes that may not follow, by the code of the shift before."""

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post every two neighbouring days on which one shift may not follow the other."""
        for today, tomorrow in pairwise(model.days):
            model.apart(agent, today, tomorrow, self._bars)

    def _bars(self, before: Shift, after: Shift) -> bool:
        return after.code in self.barred.get(before.code, ())

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Look at every two neighbouring days."""
        for agent in plan.agents:
            for today, tomorrow in pairwise(plan.days):
                one, two = roster.at(agent.agent_id, today), roster.at(agent.agent_id, tomorrow)
                if one is None or two is None or one.shift is None or two.shift is None:
                    continue
                if two.shift.code in self.barred.get(one.shift.code, ()):
                    said = _FOLLOWS.fill(after=two.shift.code, before=one.shift.code)
                    yield self.broken(said, agent, today, tomorrow)


_FOLLOWS = Text(en="{after} follows {before}", zh="{before} 之后接 {after}")
