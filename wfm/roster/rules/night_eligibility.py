"""Who may work at night."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, ClassVar

from wfm.domain.clock import dates, elapsed_minutes, instant
from wfm.domain.text import Text
from wfm.roster.base import Example, Rule
from wfm.roster.windows import Window, in_window, parse_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.domain.shifts import Shift
    from wfm.roster.model import Model


class NightEligibility(Rule):
    """An agent who is protected from night work works no shift that reaches into the night window.

    The flag `no_night` of the staff list says who is protected, never why.

    Source: Labour Law art. 61 and 63, Special Provisions on the Labour Protection of Female Employees art. 6 and 9;
    night window 22:00-06:00.
    """

    kind: ClassVar[str] = "night_eligibility"
    phrase: ClassVar[Text] = Text(
        en="agents protected from night work do not work during {window}",
        zh="不得安排夜班的座席 {window} 不上班",
    )
    good: ClassVar[tuple[Example, ...]] = (Example("D E S -", agent={"no_night": True}), Example("B B"))
    bad: ClassVar[tuple[Example, ...]] = (
        Example("B -", agent={"no_night": True}),
        Example("S -", agent={"no_night": True}, fields={"window": "21:30-06:00"}),
    )

    window: Window = "22:00-06:00"
    """Daily wall-clock span; it may cross midnight."""

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post that no shift starts which meets the window of the day before, the day itself or the next."""
        if not agent.no_night:
            return
        for day in model.days:
            nights = self._nights(model.plan, day)
            for shift, works in model.starts(agent, day):
                if any(shift.start < end and start < shift.end for start, end in nights):
                    model.forbid(agent, works)

    def _nights(self, plan: Plan, day: date) -> list[tuple[datetime, datetime]]:
        start, stop = parse_window(self.window)
        zone = plan.settings.centre.zone
        around = dates(day - timedelta(days=1), day + timedelta(days=1))
        return [(instant(d, start, zone), instant(d, stop, zone)) for d in around]

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Step through every shift of a protected agent by the quarter of an hour on the wall clock."""
        touches_night = cache(lambda shift: self._touches_night(shift, plan))
        for agent in plan.agents:
            for day in plan.days if agent.no_night else ():
                cell = roster.assignments.get((agent.agent_id, day))
                if cell is not None and cell.shift is not None and touches_night(cell.shift):
                    yield self.broken(_NIGHT.fill(code=cell.shift.code, window=self.window), agent, day)

    def _touches_night(self, shift: Shift, plan: Plan) -> bool:
        length, zone = elapsed_minutes(shift.start, shift.end), plan.settings.centre.zone
        for n in range(0, length, 15):
            local = (shift.start + timedelta(minutes=n)).astimezone(zone)
            if in_window(self.window, local, min(15, length - n)):
                return True
        return False


_NIGHT = Text(
    en="{code} reaches into the night ({window}), from which the agent is protected",
    zh="{code} 涉及夜间（{window}），该座席不得安排夜班",
)
