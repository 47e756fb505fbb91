"""An uninterrupted rest in every week."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from wfm.domain.clock import dates, instant
from wfm.domain.text import Text
from wfm.roster.base import Example, Rule
from wfm.roster.linear import Linear
from wfm.roster.measures import free, post_least, shared

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.domain.shifts import Shift
    from wfm.roster.model import Model

MONDAY = date(2024, 1, 1)
REACH, MARGIN = timedelta(days=2), timedelta(days=1)
"""A shift that starts so long before a day, or longer, has ended when the day begins; as far as days are widened."""

Start = tuple[date, str]
"""Date and code of a shift."""


class Rest(NamedTuple):
    """A rest that is there when some shifts are not worked and, where that matters, one of others is."""

    without: frozenset[Start]
    after: frozenset[Start] = frozenset()
    """Shifts that end when the rest begins; empty when it does not matter."""


class WeeklyRest(Rule):
    """In every `days` days each agent has at least `hours` of rest without interruption, `times` times.

    The days are those from Monday to Sunday, or blocks of `days` days from an `anchor` on (`week`), or any that follow
    each other (`rolling`). They run from midnight to midnight of the wall clock and are judged when they end in the
    period. A rest is time without a shift; of one that reaches more than `beyond_hours` out of the days only the part
    up to there counts, and one of twice the hours counts as two. Clock changes, overnight shifts and the previous
    roster count as they are; a day of which nothing is known is free, one after the period among them. A soft rule pays
    its weight for every rest that is missing.

    Source: Directive 2003/88/EC art. 5 (24 h and the daily 11 h in every 7 days: 35 h, of which 11 h may lie outside;
    14 days by art. 16); Working Time Regulations 1998 reg. 11; Employment Ordinance of Hong Kong s. 17; Labor Standards
    Act of Taiwan art. 36 (two days in 7).
    """

    kind: ClassVar[str] = "weekly_rest"
    phrase: ClassVar[Text] = Text(
        en="at least {hours} h of uninterrupted rest in {days}", zh="{days}至少连续休息 {hours} 小时"
    )
    bounds: ClassVar[tuple[str, ...]] = ("hours", "beyond_hours", "days", "times")
    caps: ClassVar[tuple[str, ...]] = ("beyond_hours",)
    floors: ClassVar[tuple[str, ...]] = ("hours", "times")
    good: ClassVar[tuple[Example, ...]] = (
        Example("D D D D D D -"),
        Example("D D D D B B B"),
        Example("- - D D D D D", fields={"times": 2}),
        Example("D D D - D D D", tail="D D D", fields={"per": "rolling"}),
        Example("D D D D D D -", fields={"hours": 35, "beyond_hours": 11}),
    )
    bad: ClassVar[tuple[Example, ...]] = (
        Example("D D D D D D D"),
        Example("D D D D D D -", fields={"times": 2}),
        Example("B - B B B B B", fields={"hours": 41}),
        Example("D D D D D B -", fields={"hours": 35, "beyond_hours": 11}),
        Example("D D D D D D -", tail="D D D", fields={"per": "rolling"}),
    )

    hours: float = Field(default=24, gt=0, le=96)
    """Least rest."""
    beyond_hours: float = Field(default=0, ge=0, le=24)
    """How far it may reach out of the days, before them and after them."""
    days: int = Field(default=7, ge=1, le=56)
    """Days in which it lies."""
    times: int = Field(default=1, ge=1)
    """Rests in these days."""
    per: Literal["week", "rolling"] = "week"
    """Weeks (or blocks) one after the other, or any days that follow each other."""
    anchor: date | None = None
    """First day of one of the blocks; None is a Monday, for weeks."""

    @model_validator(mode="after")
    def _anchored(self) -> Self:
        if self.per == "week" and self.days != 7 and self.anchor is None:
            raise PydanticCustomError("anchor", "anchor: the first day of one of the blocks, unless they are weeks")
        return self

    def sentence(self) -> Text:
        """Return the phrase with the days in words."""
        days = _ANY if self.per == "rolling" else _WEEK if self.days == 7 else _BLOCK
        said = self.phrase if self.times == 1 else _TIMES
        return said.fill(times=self.times, hours=f"{self.hours:g}", days=days.fill(days=self.days))

    def _windows(self, days: Sequence[date]) -> Iterator[tuple[date, date]]:
        """Yield the first and last day of every window that ends on one of some days."""
        for last in days:
            first = last - timedelta(days=self.days - 1)
            if self.per == "rolling" or (first - (self.anchor or MONDAY)).days % self.days == 0:
                yield first, last

    def _open(self, first: date, last: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return the instants between which the rests of a window lie."""
        beyond = timedelta(hours=self.beyond_hours)
        return instant(first, 0, zone) - beyond, instant(last + timedelta(days=1), 0, zone) + beyond

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post for every window that there are enough of the rests that could be in it."""
        made: dict[Rest, Linear] = {}
        for first, last in self._windows(model.days):
            rests = self._rests(model, agent, first, last)
            made |= {rest: self._helper(model, agent, rest) for rest in rests if rest not in made}
            post_least(model, agent, Linear.total(made[rest] for rest in rests), self.times)

    def _rests(self, model: Model, agent: Agent, first: date, last: date) -> tuple[Rest, ...]:
        """Return the rests that could be in a window; those without shifts before the period are found once."""
        window = self._open(first, last, model.plan.settings.centre.zone)
        days = dates(first - REACH - MARGIN, model.first - timedelta(days=1))
        before = (shift for d in days for shift, _ in model.starts(agent, d))
        worked = tuple(shift for shift in before if shift.end > window[0])

        def planned() -> _Overlaps:
            return _Overlaps([shift for d in model.days for shift, _ in model.starts(agent, d)])

        def find() -> tuple[Rest, ...]:
            may = shared(model, self.kind, planned)
            return _possible(may, _Overlaps(worked), window, timedelta(hours=self.hours), self.times)

        return shared(model, (self.hours, self.times, window, worked), find)

    def _helper(self, model: Model, agent: Agent, rest: Rest) -> Linear:
        """Return 1 at most when a rest is there."""

        def find() -> list[Linear]:
            return list(self._needs(model, agent, rest))

        needs = shared(model, rest, find)
        return needs[0] if self.times == len(needs) == 1 else free(model, agent, needs)

    @staticmethod
    def _needs(model: Model, agent: Agent, rest: Rest) -> Iterator[Linear]:
        """Yield the 0/1 expressions that are all 1 when a rest is there: one a day, and the shift before it."""
        for day, group in groupby(sorted(rest.without), key=lambda start: start[0]):
            codes = {code for _, code in group}
            clash = [works for shift, works in model.starts(agent, day) if shift.code in codes]
            yield 1 - Linear.total(clash) if len(clash) < len(model.codes) else model.off(agent, day)
        if rest.after:
            cells = (cell for day in {d for d, _ in rest.after} for cell in model.starts(agent, day))
            yield Linear.total(works for s, works in cells if (s.date, s.code) in rest.after)

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Measure the time between the shifts of every window."""
        zone, least, reach = plan.settings.centre.zone, timedelta(hours=self.hours), timedelta(hours=self.beyond_hours)
        for agent in plan.agents:
            for first, last in self._windows(plan.days):
                free_from = instant(first, 0, zone) - reach
                end, found = instant(last + timedelta(days=1), 0, zone) + reach, 0
                for cell in roster.line(agent.agent_id, first - REACH - MARGIN, last + MARGIN):
                    if cell is not None and cell.shift is not None and cell.shift.start < end:
                        found += max(timedelta(), cell.shift.start - free_from) // least
                        free_from = max(free_from, cell.shift.end)
                found += max(timedelta(), end - free_from) // least
                if found < self.times:
                    said = _MISSING.fill(found=found, hours=f"{self.hours:g}", times=self.times)
                    yield self.broken(said, agent, first, last, amount=self.times - found)


def _possible(
    may: _Overlaps, worked: _Overlaps, window: tuple[datetime, datetime], least: timedelta, times: int
) -> tuple[Rest, ...]:
    """Return the rests that could be in a window: at its start or after a shift, once and up to `times` in a row.

    Parameters
    ----------
    may
        Shifts that may be worked or not.
    worked
        Shifts that are worked for certain.
    """
    found = []
    for begin in sorted({window[0], *may.ends_in(*window), *worked.ends_in(*window)}):
        matters = times > 1 and begin > window[0] and begin not in worked.ends
        after = may.ends[begin] if matters else frozenset()
        for n in range(1, times + 1):
            stop = begin + n * least
            if stop <= window[1] and not worked.between(begin, stop):
                found.append(Rest(may.between(begin, stop), after))
    if times > 1:
        return tuple(found)
    return tuple(sorted({r for r in found if not any(o.without < r.without for o in found)}, key=_order))


class _Overlaps:
    """Finds the shifts that end, or are going on, in a span of time.

    Attributes
    ----------
    ends
        The shifts that end at an instant, in the order of these instants.
    """

    def __init__(self, shifts: Sequence[Shift]) -> None:
        self.shifts = sorted(shifts, key=lambda shift: shift.start)
        self.starts = [shift.start for shift in self.shifts]
        self.longest = max((shift.end - shift.start for shift in shifts), default=timedelta())
        by_end = groupby(sorted(shifts, key=lambda shift: shift.end), key=lambda shift: shift.end)
        self.ends = {end: frozenset((s.date, s.code) for s in group) for end, group in by_end}
        self.instants = list(self.ends)
        self._known: dict[tuple[datetime, datetime], frozenset[Start]] = {}

    def ends_in(self, begin: datetime, stop: datetime) -> Sequence[datetime]:
        """Return the instants after `begin` and before `stop` at which shifts end."""
        return self.instants[bisect_right(self.instants, begin) : bisect_left(self.instants, stop)]

    def between(self, begin: datetime, stop: datetime) -> frozenset[Start]:
        """Return the shifts that are going on at some time after `begin` and before `stop`."""
        if (begin, stop) not in self._known:
            first, last = bisect_right(self.starts, begin - self.longest), bisect_left(self.starts, stop)
            around = self.shifts[first:last]
            self._known[begin, stop] = frozenset((s.date, s.code) for s in around if s.end > begin)
        return self._known[begin, stop]


def _order(rest: Rest) -> list[Start]:
    return sorted(rest.without)


_WEEK = Text(en="every week", zh="每周")
_BLOCK = Text(en="every {days} days", zh="每 {days} 天")
_ANY = Text(en="any {days} days", zh="任意连续 {days} 天内")
_TIMES = Text(
    en="at least {times} times {hours} h of uninterrupted rest in {days}",
    zh="{days}至少 {times} 次连续休息 {hours} 小时",
)
_MISSING = Text(
    en="{found} uninterrupted rests of {hours} h, {times} required",
    zh="连续休息 {hours} 小时的次数为 {found}，至少需 {times} 次",
)
