"""Big and small weeks in turn."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import field_validator
from pydantic_core import PydanticCustomError

from wfm.domain.roster import State
from wfm.domain.text import Text
from wfm.roster.base import Example, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.roster.model import Model

MONDAY = date(2026, 6, 1)
"""First day of the examples."""


class BigSmallWeeks(Rule):
    """Weeks of six work days (Sunday off) and of five (Saturday and Sunday off) take turns.

    The week of `anchor_monday` is a big one, and so is every second week before and after it; `big_means` says whether
    a big week has six work days or, as some regions use the word, five. A work day that is a statutory holiday may be
    off or worked; days of leave and days outside employment are not judged. A soft rule pays its weight for each day
    that differs.

    The mean of 44 hours a week is above the 40-hour rule: it needs an approved comprehensive hours regime or paid
    overtime. Six days in a row are more than company rule A9 allows: the book of these posts needs
    `max_consecutive_days` with `days = 6`.

    Source: company rule A8 (主管岗位：按公司实施的大小周工作时间).
    """

    kind: ClassVar[str] = "big_small_weeks"
    phrase: ClassVar[Text] = Text(
        en="weeks of six and five work days in turn, the week of {anchor_monday} having {days}",
        zh="大小周轮换，{anchor_monday} 所在周工作 {days} 天",
    )
    good: ClassVar[tuple[Example, ...]] = (
        Example("D D D D D D - D D D D D - -", fields={"anchor_monday": MONDAY}),
        Example("D E D H L D - D D D D D - -", fields={"anchor_monday": MONDAY}),
        Example("D D D D D - - D D D D D D -", fields={"anchor_monday": MONDAY, "big_means": "five_days"}),
        Example("D D D D D - -", fields={"anchor_monday": date(2026, 5, 25)}),
    )
    bad: ClassVar[tuple[Example, ...]] = (
        Example("D D D D D D - D D D D D D -", fields={"anchor_monday": MONDAY}),
        Example("D D D D D - -", fields={"anchor_monday": MONDAY}),
        Example("D D D D D D D", fields={"anchor_monday": MONDAY}),
        Example("D - D D D - -", fields={"anchor_monday": MONDAY, "big_means": "five_days"}),
    )

    anchor_monday: date
    """The Monday of a big week."""
    big_means: Literal["six_days", "five_days"] = "six_days"
    """Work days of a big week."""

    @field_validator("anchor_monday")
    @classmethod
    def _is_monday(cls, value: date) -> date:
        if value.weekday():
            raise PydanticCustomError("monday", "a Monday")
        return value

    def sentence(self) -> Text:
        """Return the phrase with the days of the anchor's week."""
        return self.phrase.fill(anchor_monday=self.anchor_monday, days=6 if self.big_means == "six_days" else 5)

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post what each day is by its week and weekday."""
        for day in model.days:
            state = model.plan.off_state(agent, day)
            if day.weekday() < self._work_days(day - timedelta(days=day.weekday())):
                if state is State.REST:
                    model.forbid(agent, model.off(agent, day))
            elif state in (State.REST, State.STATUTORY_OFF):
                model.forbid(agent, model.works(agent, day))

    def _work_days(self, monday: date) -> int:
        is_big = (monday - self.anchor_monday).days // 7 % 2 == 0
        return 6 if is_big == (self.big_means == "six_days") else 5

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Lay the fortnight beside each line."""
        fortnight = _SIX + _FIVE if self.big_means == "six_days" else _FIVE + _SIX
        for agent in plan.agents:
            for day in filter(agent.employed, plan.days):
                works = roster.works(agent.agent_id, day)
                wanted = fortnight[(day.toordinal() - self.anchor_monday.toordinal()) % 14]
                free = plan.calendar.is_statutory(day) and not works
                if plan.leave_type(agent.agent_id, day) is None and works is not wanted and not free:
                    yield self.broken(_WORKS if wanted else _RESTS, agent, day)


_SIX = (True,) * 6 + (False,)
_FIVE = (True,) * 5 + (False,) * 2
_WORKS = Text(en="a work day of this big or small week", zh="按大小周此日应上班")
_RESTS = Text(en="a day off of this big or small week", zh="按大小周此日应休息")
