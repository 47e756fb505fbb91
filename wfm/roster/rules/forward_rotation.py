"""Shifts that move forward through the day."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from pydantic import Field

from wfm.domain.text import Text
from wfm.roster.base import Example, Rule
from wfm.roster.linear import Linear
from wfm.roster.starts import start_minute

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from zoneinfo import ZoneInfo

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.domain.shifts import Shift
    from wfm.roster.model import Model


class ForwardRotation(Rule):
    """From one work day to the next, shifts start at the same time of day or later, never much earlier.

    A shift may start up to `earlier_minutes` earlier than the one of the day before, on the wall clock. With
    `across_rest` the last shift before a run of days off, however long and whatever they are, counts too; without it
    any day off lets the rotation begin anew. Days before the period count as the earlier ones. A soft rule pays its
    weight for each shift that starts too early.

    Source: Directive 2003/88/EC, art. 13 (work adapted to the worker); forward rotation is the ergonomists' advice.
    """

    kind: ClassVar[str] = "forward_rotation"
    phrase: ClassVar[Text] = Text(
        en="the next day's shift starts at most {earlier_minutes} min earlier",
        zh="次日班次的开始时间最多提前 {earlier_minutes} 分钟",
    )
    bounds: ClassVar[tuple[str, ...]] = ("earlier_minutes",)
    caps: ClassVar[tuple[str, ...]] = ("earlier_minutes",)
    good: ClassVar[tuple[Example, ...]] = (
        Example("E D S B - E"),
        Example("S - E - - D"),
        Example("D E", fields={"earlier_minutes": 60}),
        Example("E - D - S L B", fields={"across_rest": True}),
    )
    bad: ClassVar[tuple[Example, ...]] = (
        Example("E D E - - -"),
        Example("D - - - - -", tail="S"),
        Example("D E", fields={"earlier_minutes": 59}),
        Example("S - - E - D", fields={"across_rest": True}),
        Example("- L D", tail="B -", fields={"across_rest": True}),
    )

    earlier_minutes: int = Field(default=0, ge=0)
    """How much earlier the next shift may start."""
    across_rest: bool = False
    """Whether shifts with days off between are compared too."""

    def sentence(self) -> Text:
        """Return the phrase, with the days off when they are looked across."""
        return (_ACROSS if self.across_rest else self.phrase).fill(earlier_minutes=self.earlier_minutes)

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post every two neighbouring days, and with `across_rest` each first day after a run of days off."""
        zone = model.plan.settings.centre.zone
        clash = _too_early(zone, self.earlier_minutes)
        for day in model.days:
            model.apart(agent, day - timedelta(days=1), day, clash)
        if self.across_rest:
            before = _last_start(model, agent, zone)
            starts = {start_minute(shift, zone) for day in model.days for shift, _ in model.starts(agent, day)}
            known = sorted(starts if before is None else {*starts, before})
            later = {s: tuple(b for b in known if b - s > self.earlier_minutes) for s in sorted(starts)}
            for late, early in groupby(later, key=later.__getitem__):
                if late:
                    self._after_rest(model, agent, set(late), set(early), before in late)

    @staticmethod
    def _after_rest(model: Model, agent: Agent, late: set[int], early: set[int], was_late: bool) -> None:
        """Post that after a day off an early shift starts only when the last shift before was not a late one.

        Parameters
        ----------
        late, early
            Starts that do not go together, in minutes after midnight.
        was_late
            Whether the last shift before the period was a late one.
        """
        zone = model.plan.settings.centre.zone
        fits = Linear(constant=0 if was_late else 1)
        for day in model.days:
            at = [(start_minute(shift, zone), works) for shift, works in model.starts(agent, day)]
            before = fits + model.works(agent, day - timedelta(days=1))
            if before.terms or not before.constant:
                model.at_least(agent, before - Linear.total(works for start, works in at if start in early), 0)
            not_late = 1 - Linear.total(works for start, works in at if start in late)
            fits = model.flag(agent, fits + model.works(agent, day), not_late)

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Compare the clock of each shift with that of the last one."""
        slack = timedelta(minutes=self.earlier_minutes)
        for agent in plan.agents:
            for before, shift in _pairs(roster, plan, agent):
                near = shift.date - before.date == timedelta(days=1)
                if (near or self.across_rest) and _clock(shift, plan) + slack < _clock(before, plan):
                    said = _EARLIER.fill(code=shift.code, before=before.code)
                    yield self.broken(said, agent, before.date, shift.date)


@cache
def _too_early(zone: ZoneInfo, slack: int) -> Callable[[Shift, Shift], bool]:
    """Return what tells whether the second shift starts too early; one function per zone and slack."""
    return lambda before, later: start_minute(before, zone) - start_minute(later, zone) > slack


def _last_start(model: Model, agent: Agent, zone: ZoneInfo) -> int | None:
    """Return the start of the last shift before the period; None when none is known."""
    cells = [cell for cell in model.tail.tail.values() if cell.agent_id == agent.agent_id and cell.date < model.first]
    worked = [cell.shift for cell in cells if cell.shift is not None]
    return start_minute(max(worked, key=lambda shift: shift.date), zone) if worked else None


def _pairs(roster: Roster, plan: Plan, agent: Agent) -> Iterator[tuple[Shift, Shift]]:
    """Yield each shift of the period with the one that the agent worked last before it."""
    before = None
    for (who, day), cell in sorted({**roster.tail, **roster.assignments}.items()):
        if who == agent.agent_id and cell.shift is not None and day <= plan.days[-1]:
            if before is not None and day >= plan.days[0]:
                yield before, cell.shift
            before = cell.shift


def _clock(shift: Shift, plan: Plan) -> timedelta:
    local = shift.start.astimezone(plan.settings.centre.zone)
    return timedelta(hours=local.hour, minutes=local.minute)


_ACROSS = Text(
    en="the next shift, days off between or not, starts at most {earlier_minutes} min earlier",
    zh="下一班次（无论中间是否休息）的开始时间最多提前 {earlier_minutes} 分钟",
)
_EARLIER = Text(en="{code} starts too early after {before}", zh="{before} 之后的 {code} 开始过早")
