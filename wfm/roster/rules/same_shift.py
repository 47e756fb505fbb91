"""One shift through the week."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, Literal

from pydantic import Field

from wfm.domain.clock import dates
from wfm.domain.text import Text
from wfm.roster.base import Example, Rule
from wfm.roster.linear import Linear
from wfm.roster.starts import start_minute

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from zoneinfo import ZoneInfo

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.domain.shifts import Shift
    from wfm.roster.model import Model


class SameShift(Rule):
    """All shifts of a week, or of a run of work days, are the same, or start at nearly the same time.

    Without `spread_minutes` they have one code; with it their starts on the wall clock lie within it (0: one start).
    A week is Monday to Sunday and includes its days before the period, unless these mix shifts already. In a run each
    day is compared with the day before. A soft rule pays its weight for each mixed week, or for each change in a run.

    Source: steady weeks, asked for by agents; what other products call start-time consistency.
    """

    kind: ClassVar[str] = "same_shift"
    phrase: ClassVar[Text] = Text(en="one shift through {within}", zh="{within}上同一班次")
    caps: ClassVar[tuple[str, ...]] = ("spread_minutes",)
    good: ClassVar[tuple[Example, ...]] = (
        Example("D D - D D - - E E E"),
        Example("D D - -", tail="- E S B"),
        Example("E D D E", fields={"spread_minutes": 60}),
        Example("E X E X", fields={"spread_minutes": 0}),
        Example("D D - E E", fields={"within": "run"}),
        Example("E D - S", fields={"within": "run", "spread_minutes": 60}),
    )
    bad: ClassVar[tuple[Example, ...]] = (
        Example("D D - D E - - E E E"),
        Example("E X", fields={}),
        Example("E D S -", fields={"spread_minutes": 60}),
        Example("D E - - -", fields={"spread_minutes": 59}),
        Example("D D E", fields={"within": "run"}),
        Example("D - - - -", tail="E", fields={"within": "run"}),
    )

    within: Literal["week", "run"] = "week"
    """Calendar week, or run of work days."""
    spread_minutes: int | None = Field(default=None, ge=0)
    """How far the starts may lie apart; only one code when not given."""

    def sentence(self) -> Text:
        """Return the phrase, with the spread when there is one."""
        phrase = self.phrase if self.spread_minutes is None else _SPREAD
        return phrase.fill(within=_WITHIN[self.within], spread_minutes=self.spread_minutes)

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post each week, or every two neighbouring days."""
        zone = model.plan.settings.centre.zone
        if self.within == "run":
            for day in model.days:
                model.apart(agent, day - timedelta(days=1), day, _differ(zone, self.spread_minutes))
            return
        for week in _weeks(model.days):
            starts = [[((s.code, start_minute(s, zone)), works) for s, works in model.starts(agent, d)] for d in week]
            known = {mark for day, cells in zip(week, starts, strict=True) if day < model.first for mark, _ in cells}
            marks = {mark for cells in starts for mark, _ in cells}
            groups = [group for group in self._groups(marks) if known <= group]
            if groups and marks not in groups:
                model.any_of(agent, [_only(model, agent, starts, group) for group in groups])

    def _groups(self, marks: set[Mark]) -> list[set[Mark]]:
        """Return the largest sets of shifts that go together."""
        sets = [{mark for mark in marks if self._from(first, mark)} for first in sorted(marks)]
        return [one for n, one in enumerate(sets) if one not in sets[:n] and not any(one < other for other in sets)]

    def _from(self, first: Mark, mark: Mark) -> bool:
        """Return whether a shift goes with one that starts no later."""
        if self.spread_minutes is None:
            return first[0] == mark[0]
        return 0 <= mark[1] - first[1] <= self.spread_minutes

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Collect the shifts of each week, or compare each with the one of the day before."""
        for agent in plan.agents:
            for days in _pairs(plan.days) if self.within == "run" else _weeks(plan.days):
                cells = roster.line(agent.agent_id, days[0], days[-1])
                worked = [cell.shift for cell in cells if cell is not None and cell.shift is not None]
                old = [shift for shift in worked if shift.date < plan.days[0]]
                if self._mixed(worked, plan) and not self._mixed(old, plan):
                    said = _MIXED.fill(codes=", ".join(shift.code for shift in worked))
                    yield self.broken(said, agent, worked[0].date, worked[-1].date)

    def _mixed(self, shifts: Sequence[Shift], plan: Plan) -> bool:
        if self.spread_minutes is None:
            return len({shift.code for shift in shifts}) > 1
        clocks = [shift.start.astimezone(plan.settings.centre.zone) for shift in shifts]
        since = [timedelta(hours=at.hour, minutes=at.minute) for at in clocks]
        return bool(since) and max(since) > min(since) + timedelta(minutes=self.spread_minutes)


Mark = tuple[str, int]
"""Code and start of a shift, in minutes after midnight."""


def _only(model: Model, agent: Agent, starts: Sequence[Sequence[tuple[Mark, Linear]]], group: set[Mark]) -> Linear:
    """Return a helper that may be 1 only when no other shift than those of a group is worked on any of the days."""
    others = [Linear.total(works for mark, works in cells if mark not in group) for cells in starts]
    return model.flag(agent, *(1 - works for works in others if works.terms))


@cache
def _differ(zone: ZoneInfo, spread: int | None) -> Callable[[Shift, Shift], bool]:
    """Return what tells whether two shifts do not go together; one function per zone and spread."""
    if spread is None:
        return lambda one, other: one.code != other.code
    return lambda one, other: abs(start_minute(one, zone) - start_minute(other, zone)) > spread


def _weeks(days: Sequence[date]) -> list[tuple[date, ...]]:
    """Return the weeks of a span from their Mondays on, the last as far as the span goes."""
    ends = [list(week)[-1] for _, week in groupby(days, key=lambda d: d.toordinal() - d.weekday())]
    return [dates(end - timedelta(days=end.weekday()), end) for end in ends]


def _pairs(days: Sequence[date]) -> list[tuple[date, ...]]:
    return [(day - timedelta(days=1), day) for day in days]


_WITHIN = {"week": Text(en="the week", zh="整周"), "run": Text(en="a run of work days", zh="连续上班期间")}
_SPREAD = Text(
    en="shifts through {within} start within {spread_minutes} min of each other",
    zh="{within}班次开始时间相差不超过 {spread_minutes} 分钟",
)
_MIXED = Text(en="{codes} do not go together", zh="班次不一致：{codes}")
