"""Which shift may follow which."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from wfm.domain.text import Text
from wfm.roster.base import Example, Rule
from wfm.roster.codes import unknown_codes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.domain.agents import Agent
    from wfm.domain.errors import InputError
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.domain.shifts import Shift
    from wfm.roster.model import Model


class Succession(Rule):
    """After some shifts, some others may not start on the next day.

    With `days_between` they may not start either when one or two days lie between, whatever is done on these. Days
    before the period count as the earlier one. A soft rule pays its weight for each pair of shifts.

    Source: forward rotation and recovery after nights, as in Curtois and Qu (2014).
    """

    kind: ClassVar[str] = "succession"
    phrase: ClassVar[Text] = Text(
        en="after {after}, no {not_next} with {days_between} days or fewer between",
        zh="{after} 之后相隔不超过 {days_between} 天不得排 {not_next}",
    )
    bounds: ClassVar[tuple[str, ...]] = ("days_between",)
    floors: ClassVar[tuple[str, ...]] = ("days_between",)
    good: ClassVar[tuple[Example, ...]] = (
        Example("B B - D S", fields={"after": ["B"], "not_next": ["D", "E"]}),
        Example("S S - - E", tail="B", fields={"after": ["B"], "not_next": ["E"], "days_between": 2}),
        Example("D B E", fields={"after": ["B"], "not_next": ["D"]}),
    )
    bad: ClassVar[tuple[Example, ...]] = (
        Example("B D - - -", fields={"after": ["B"], "not_next": ["D", "E"]}),
        Example("E - - - -", tail="B", fields={"after": ["B"], "not_next": ["E"]}),
        Example("B - E - -", fields={"after": ["B", "S"], "not_next": ["E"], "days_between": 1}),
        Example("B S E - -", fields={"after": ["B"], "not_next": ["E"], "days_between": 2}),
    )

    after: tuple[str, ...] = Field(min_length=1)
    """Codes of the earlier shifts."""
    not_next: tuple[str, ...] = Field(min_length=1)
    """Codes of the shifts that may not follow."""
    days_between: int = Field(default=0, ge=0, le=2)
    """Days that may lie between for the rule still to hold; 0 is the next day only."""

    def sentence(self) -> Text:
        """Return the phrase with the codes in a row."""
        after, not_next = ", ".join(self.after), ", ".join(self.not_next)
        phrase = self.phrase if self.days_between else _NEXT_DAY
        return phrase.fill(after=after, not_next=not_next, days_between=self.days_between)

    def refuse(self, plan: Plan) -> Iterator[InputError]:
        """Yield every code that no shift has."""
        for field in ("after", "not_next"):
            yield from unknown_codes(f"rules.{self.kind}.{field}", getattr(self, field), plan)

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post every two days that are near enough."""
        for gap in range(1, self.days_between + 2):
            for day in model.days:
                model.apart(agent, day - timedelta(days=gap), day, self._bars)

    def _bars(self, before: Shift, later: Shift) -> bool:
        return before.code in self.after and later.code in self.not_next

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Look back from each shift that may not follow."""
        pairs = set(product(self.after, self.not_next))
        for agent in plan.agents:
            for day in plan.days:
                *earlier, this = roster.line(agent.agent_id, day - timedelta(days=1 + self.days_between), day)
                for before in earlier:
                    if this is None or before is None or this.shift is None or before.shift is None:
                        continue
                    if (before.shift.code, this.shift.code) in pairs:
                        said = _FOLLOWS.fill(after=before.shift.code, code=this.shift.code)
                        yield self.broken(said, agent, before.date, day)


_NEXT_DAY = Text(en="after {after}, no {not_next} on the next day", zh="{after} 次日不得排 {not_next}")
_FOLLOWS = Text(en="{code} too soon after {after}", zh="{after} 之后过早排 {code}")
