"""Free weekends."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from wfm.domain.clock import dates, instant
from wfm.domain.text import Text
from wfm.roster.base import Example, Rule
from wfm.roster.linear import Linear
from wfm.roster.measures import free, on_leave, post_least, spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.roster.model import Model

WEEK = timedelta(days=7)


class WeekendsOff(Rule):
    """Each agent has at least `weekends` free weekends in every month, or in any `of` weekends in a row.

    A weekend is free when no shift starts on its Saturday or Sunday and, with `from_friday_night`, none that started
    on Friday goes on into Saturday. It belongs to the month of its Saturday. Judged are months and runs of weekends
    that end with, or hold, a weekend of the period; days before the period come from the previous roster, and days of
    which nothing is known yet, before or after it, count as free.

    `in_a_row` is the most worked weekends one after the other. With `whole`, a weekend is worked on both days or on
    none, where both days are planned or known, in employment and not of approved leave. A soft rule pays its weight for
    every free weekend that is missing, every run of weekends too many, and every weekend worked by half.

    Source: company rules; free weekends are agreed in contracts and awards, no law of the packs asks for them.
    """

    kind: ClassVar[str] = "weekends_off"
    phrase: ClassVar[Text] = Text(en="at least {weekends} free weekends a month", zh="每月至少 {weekends} 个周末休息")
    bounds: ClassVar[tuple[str, ...]] = ("weekends", "of")
    caps: ClassVar[tuple[str, ...]] = ("in_a_row",)
    floors: ClassVar[tuple[str, ...]] = ("weekends",)
    good: ClassVar[tuple[Example, ...]] = (
        Example("D D D D D - -", fields={"weekends": 3}),
        Example("D D D D - D -", tail="- -", fields={"per": "rolling", "of": 2}),
        Example("D D D D - D D", fields={"weekends": 0, "whole": True}),
        Example("D D D D - D -", tail="- -", fields={"weekends": 0, "in_a_row": 1}),
    )
    bad: ClassVar[tuple[Example, ...]] = (
        Example("D D D D D D -", fields={"weekends": 4}),
        Example("D D D D B - -", fields={"weekends": 4, "from_friday_night": True}),
        Example("D D D D - D -", tail="- D", fields={"per": "rolling", "of": 2}),
        Example("D D D D - D -", fields={"weekends": 0, "whole": True}),
        Example("D D D D - D -", tail="- D", fields={"weekends": 0, "in_a_row": 1}),
    )

    weekends: int = Field(default=1, ge=0)
    """Fewest free weekends; 0 asks for none."""
    per: Literal["month", "rolling"] = "month"
    """Calendar month, or weekends in a row."""
    of: int = Field(default=4, ge=1)
    """Weekends in a row (`rolling`)."""
    from_friday_night: bool = False
    """Whether a night shift of Friday makes the weekend a worked one."""
    whole: bool = False
    """Whether a weekend is worked on both days or on none."""
    in_a_row: int | None = Field(default=None, ge=0)
    """Most worked weekends one after the other; None is no limit."""

    def sentence(self) -> Text:
        """Return the parts of the rule that ask for something."""
        parts = [self.phrase if self.per == "month" else _ROLLING] if self.weekends else []
        parts += [_ROW] if self.in_a_row is not None else []
        parts += [_WHOLE] if self.whole else []
        parts += [_FRIDAY] if self.from_friday_night else []
        said = [p.fill(weekends=self.weekends, of=self.of, n=self.in_a_row) for p in parts] or [_NOTHING]
        return Text(en=", ".join(t.en for t in said), zh="，".join(t.zh for t in said))

    def _saturdays(self, days: Sequence[date]) -> list[date]:
        """Return the Saturday of every weekend that some dates touch."""
        first = days[0] - timedelta(days=1) if days[0].weekday() == 6 else days[0]
        return [d for d in dates(first, days[-1]) if d.weekday() == 5]

    def _groups(self, days: Sequence[date]) -> Iterator[tuple[list[date], int]]:
        """Yield the Saturdays of weekends among which some must be free, with how many."""
        touched = self._saturdays(days)
        if self.weekends and self.per == "month" and touched:
            for month in spans("month", touched):
                yield [d for d in dates(month.first, month.last) if d.weekday() == 5], self.weekends
        for saturday in touched:
            if self.weekends and self.per == "rolling":
                yield [saturday - n * WEEK for n in reversed(range(self.of))], self.weekends
            if self.in_a_row is not None:
                yield [saturday - n * WEEK for n in reversed(range(self.in_a_row + 1))], 1

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post for each group of weekends that enough are free, and for each weekend that it is whole."""
        made: dict[date, Linear] = {}
        for saturdays, least in self._groups(model.days):
            made |= {s: self._free(model, agent, s) for s in saturdays if s not in made}
            post_least(model, agent, Linear.total(made[s] for s in saturdays), least)
        for saturday in self._saturdays(model.days) if self.whole else ():
            if self._can_be_whole(model.tail, model.plan, agent, saturday):
                sunday = saturday + timedelta(days=1)
                post_least(model, agent, model.off(agent, saturday) + model.works(agent, sunday), 1)
                post_least(model, agent, model.works(agent, saturday) + model.off(agent, sunday), 1)

    def _free(self, model: Model, agent: Agent, saturday: date) -> Linear:
        """Return 1 at most when the weekend is free."""
        friday, sunday = saturday - timedelta(days=1), saturday + timedelta(days=1)
        needs = [model.off(agent, d) for d in (saturday, sunday) if d <= model.days[-1]]
        if self.from_friday_night and friday <= model.days[-1]:
            midnight = instant(saturday, 0, model.plan.settings.centre.zone)
            late = (works for shift, works in model.starts(agent, friday) if shift.end > midnight)
            needs.append(1 - Linear.total(late))
        return free(model, agent, needs)

    @staticmethod
    def _can_be_whole(roster: Roster, plan: Plan, agent: Agent, saturday: date) -> bool:
        """Return whether both days are planned or known, in employment and not of leave; `roster` has the tail."""
        sunday = saturday + timedelta(days=1)
        known = saturday >= plan.days[0] or roster.at(agent.agent_id, saturday) is not None
        there = all(agent.employed(d) and not on_leave(roster, plan, agent, d) for d in (saturday, sunday))
        return known and sunday <= plan.days[-1] and there

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Count the free weekends of each group, and compare Saturdays with Sundays."""
        for agent in plan.agents:
            for saturdays, least in self._groups(plan.days):
                found = sum(not self._is_worked(roster, plan, agent, s) for s in saturdays)
                if found < least:
                    said = _FEW.fill(found=found, n=len(saturdays), least=least)
                    last = min(saturdays[-1] + timedelta(days=1), plan.days[-1])
                    yield self.broken(said, agent, saturdays[0], last, amount=least - found)
            for saturday in self._saturdays(plan.days) if self.whole else ():
                sunday = saturday + timedelta(days=1)
                half = roster.works(agent.agent_id, saturday) != roster.works(agent.agent_id, sunday)
                if half and self._can_be_whole(roster, plan, agent, saturday):
                    yield self.broken(_HALF, agent, saturday, sunday)

    def _is_worked(self, roster: Roster, plan: Plan, agent: Agent, saturday: date) -> bool:
        friday, *weekend = roster.line(agent.agent_id, saturday - timedelta(days=1), saturday + timedelta(days=1))
        if any(cell is not None and cell.works for cell in weekend):
            return True
        if not self.from_friday_night or friday is None or friday.shift is None:
            return False
        end = friday.shift.end.astimezone(plan.settings.centre.zone)
        return end.date() > saturday or (end.date() == saturday and end.time() > time())


_ROLLING = Text(
    en="at least {weekends} of any {of} weekends in a row are free", zh="任意连续 {of} 个周末中至少 {weekends} 个休息"
)
_ROW = Text(en="at most {n} weekends in a row are worked", zh="连续上班的周末不超过 {n} 个")
_WHOLE = Text(en="a weekend is worked on both days or on none", zh="周末两天同上或同休")
_FRIDAY = Text(en="counted from Friday night", zh="自周五夜间起算")
_NOTHING = Text(en="no weekend has to be free", zh="不要求周末休息")
_FEW = Text(
    en="{found} of {n} weekends are free, at least {least} required",
    zh="{n} 个周末中休息 {found} 个，至少需 {least} 个",
)
_HALF = Text(en="one day of the weekend is worked, the other is not", zh="该周末只上班一天")
