"""Fixed rotations of any length."""

from __future__ import annotations

from collections import deque
from datetime import date, timedelta
from itertools import cycle
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from wfm.domain.calendar import DayClass
from wfm.domain.errors import InputError
from wfm.domain.text import Text
from wfm.roster.base import Example, Rule
from wfm.roster.codes import unknown_codes
from wfm.roster.linear import Linear

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.roster.model import Model

MONDAY = date(2026, 6, 1)
"""First day of the examples."""


class Cycle(Rule):
    """Each day follows a pattern of shifts and days off that repeats without end, before `anchor` and after it.

    A token of the pattern is a shift code, `*` for any shift, `-` for a day off or `?` for anything. The pattern is at
    its first token on `anchor`; with `offset_by` each team, or agent, begins it `step` days later than the one before
    in `order`, and whoever is not in `order` breaks the rule on every day. A day of approved leave satisfies any token;
    with `holidays = "free"` a statutory holiday may be off whatever the token says, with `"work"` it is like any day.
    A soft rule pays its weight for each day that differs.

    Some patterns: `D D D D - - - -` is 4-on-4-off; `D D - - D D D - - D D - - -` Panama (2-2-3);
    `D D S S B B B - - D D S S S B B - - D D D S S B B - - -` Continental, of four teams with `step = 7` each shift has
    one at any time; `* * * * * * - -` has days off that move through the week (revolving weekends).

    Source: company rotation; nothing in law. Hours and rest have rules of their own.
    """

    kind: ClassVar[str] = "cycle"
    phrase: ClassVar[Text] = Text(en="the rotation {pattern} from {anchor} on", zh="自 {anchor} 起按 {pattern} 轮班")
    bounds: ClassVar[tuple[str, ...]] = ("step",)
    good: ClassVar[tuple[Example, ...]] = (
        Example("D D B - - D D B", fields={"pattern": ["D", "D", "B", "-", "-"], "anchor": MONDAY}),
        Example("- E S - D", fields={"pattern": ["*", "-", "*"], "anchor": date(2026, 6, 3)}),
        Example("D L - D D -", fields={"pattern": ["D", "D", "-"], "anchor": MONDAY}),
        Example("D H - D D -", fields={"pattern": ["D", "D", "-"], "anchor": MONDAY, "holidays": "free"}),
        Example("- E D - D", fields={"pattern": ["-", "*", "?"], "anchor": MONDAY}),
        Example(
            "- D - D -",
            agent={"team": "B"},
            fields={"pattern": ["D", "-"], "anchor": MONDAY, "offset_by": "team", "order": ["A", "B"]},
        ),
    )
    bad: ClassVar[tuple[Example, ...]] = (
        Example("D D B - D", fields={"pattern": ["D", "D", "B", "-", "-"], "anchor": MONDAY}),
        Example("D E - D D", fields={"pattern": ["D", "D", "-"], "anchor": MONDAY}),
        Example("D H - D D", fields={"pattern": ["D", "D", "-"], "anchor": MONDAY}),
        Example("D D D*", fields={"pattern": ["D", "D", "-"], "anchor": MONDAY, "holidays": "free"}),
        Example("D - D - D", fields={"pattern": ["D", "-"], "anchor": date(2026, 6, 2)}),
        Example(
            "D - D - D",
            agent={"team": "C"},
            fields={"pattern": ["D", "-"], "anchor": MONDAY, "offset_by": "team", "order": ["A", "B"]},
        ),
    )

    pattern: tuple[str, ...] = Field(min_length=1)
    """One token a day: a shift code, `*`, `-` or `?`."""
    anchor: date
    """A date on which the pattern begins."""
    offset_by: Literal["none", "team", "agent"] = "none"
    """Whether all begin together, or teams or agents one after the other."""
    order: tuple[str, ...] = Field(default=(), validate_default=True)
    """Names of the teams, or ids of the agents, in the order in which they begin."""
    step: int = Field(default=1, ge=0)
    """Days from one of `order` to the next."""
    holidays: Literal["work", "free"] = "work"
    """Whether a statutory holiday is worked like any day."""

    @field_validator("order")
    @classmethod
    def _each_once(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if (info.data.get("offset_by") == "none") != (not value) or len(set(value)) < len(value):
            raise PydanticCustomError("cycle_order", "each team or agent once when offset_by says so, else nothing")
        return value

    def sentence(self) -> Text:
        """Return the phrase with the pattern in a row."""
        return self.phrase.fill(pattern=" ".join(self.pattern), anchor=self.anchor)

    def refuse(self, plan: Plan) -> Iterator[InputError]:
        """Yield every code that no shift has, and every team or agent without a place in the order."""
        yield from unknown_codes(f"rules.{self.kind}.pattern", set(self.pattern) - {"*", "-", "?"}, plan)
        names = sorted({self._name(agent) for agent in plan.agents if self._place(agent) is None})
        yield from (InputError("plan.toml", None, f"rules.{self.kind}.order", name, _PLACES) for name in names)

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post for each day what its token leaves open."""
        place = self._place(agent)
        for day in model.days:
            if not agent.employed(day) or model.plan.leave_type(agent.agent_id, day) is not None:
                continue
            if place is None:
                model.forbid(agent, Linear(constant=1))
                continue
            token = self.pattern[((day - self.anchor).days - place * self.step) % len(self.pattern)]
            if token != "?":
                model.forbid(agent, self._unfit(model, agent, day, token))

    def _place(self, agent: Agent) -> int | None:
        """Return how many begin before the agent does; None when he is not in the order."""
        if self.offset_by == "none":
            return 0
        return self.order.index(self._name(agent)) if self._name(agent) in self.order else None

    def _name(self, agent: Agent) -> str:
        return agent.team if self.offset_by == "team" else agent.agent_id

    def _unfit(self, model: Model, agent: Agent, day: date, token: str) -> Linear:
        """Return 1 when the day is not what the token asks for, else 0."""
        if token == "-":
            return model.works(agent, day)
        free = self.holidays == "free" and model.plan.calendar.is_statutory(day)
        others = [works for shift, works in model.starts(agent, day) if token not in ("*", shift.code)]
        return Linear.total(others if free else [model.off(agent, day), *others])

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Lay the turned pattern beside each line."""
        for agent in plan.agents:
            for day, token in zip(plan.days, cycle(self._turned(plan.days[0], agent)), strict=False):
                on_leave = plan.leave_type(agent.agent_id, day) is not None
                if agent.employed(day) and not on_leave and not self._kept(roster, plan, agent, day, token):
                    yield self.broken(_NO_PLACE if token is None else _DIFFERS.fill(token=token), agent, day)

    def _turned(self, first: date, agent: Agent) -> deque[str | None]:
        """Return the agent's pattern from a date on; a single None when he has no place in it."""
        names = self.order if self.offset_by != "none" else (self._name(agent),)
        begins = {name: self.anchor + n * timedelta(days=self.step) for n, name in enumerate(names)}
        begin = begins.get(self._name(agent))
        turned: deque[str | None] = deque([None] if begin is None else self.pattern)
        turned.rotate(0 if begin is None else (begin - first).days)
        return turned

    def _kept(self, roster: Roster, plan: Plan, agent: Agent, day: date, token: str | None) -> bool:
        cell = roster.at(agent.agent_id, day)
        if cell is None or cell.shift is None:
            return token in ("-", "?") or (token is not None and self.holidays == "free" and _is_holiday(plan, day))
        return token in ("*", "?", cell.shift.code)


def _is_holiday(plan: Plan, day: date) -> bool:
    return plan.calendar[day].day_class is DayClass.STATUTORY


_DIFFERS = Text(en="the rotation has {token} here", zh="轮班表此日为 {token}")
_NO_PLACE = Text(en="no place in the order of the rotation", zh="不在轮班顺序 order 中")
_PLACES = Text(
    en="a place in the order of the rotation for every team or agent that it binds",
    zh="轮班顺序 order 须包含所适用的每个班组或座席",
)
