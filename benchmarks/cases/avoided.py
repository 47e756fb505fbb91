"""Wishes not to work one particular shift."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from wfm.domain.roster import TICKS
from wfm.domain.text import Text
from wfm.roster.base import Goal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster
    from wfm.domain.settings import Settings
    from wfm.roster.model import Model


class Avoided(Goal):
    """Every shift that an agent asked not to work on a day, and works, costs the weight of the wish.

    Parameters
    ----------
    wishes
        Agent id, date, shift code and weight of each wish.
    """

    kind: ClassVar[str] = "avoided"
    phrase: ClassVar[Text] = Text(en="shifts that agents asked not to work", zh="座席希望避开的班次")

    def __init__(self, settings: Settings, wishes: Sequence[tuple[str, date, str, int]]) -> None:
        super().__init__(settings)
        self.wishes = tuple(wishes)

    def charge(self, model: Model) -> None:
        """Charge the start of each avoided shift."""
        for agent_id, day, code, weight in self.wishes:
            agent = model.plan.by_id[agent_id]
            for shift, works in model.starts(agent, day):
                if shift.code == code:
                    model.charge(agent, works, weight * TICKS)

    def score(self, roster: Roster, plan: Plan) -> int:
        """Look every wish up in the roster."""
        worked = {(c.agent_id, c.date, c.shift.code) for c in roster if c.shift is not None}
        return TICKS * sum(weight for *cell, weight in self.wishes if tuple(cell) in worked)
