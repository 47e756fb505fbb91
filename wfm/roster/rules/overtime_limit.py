"""Overtime of a month, quarter or year, added up by day and by week."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from math import floor, gcd
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from wfm.domain.clock import dates
from wfm.domain.roster import Roster
from wfm.domain.text import Text
from wfm.roster.base import Example, Rule
from wfm.roster.linear import Linear
from wfm.roster.measures import (
    Span,
    brought,
    is_statutory,
    known_since,
    missing_balance,
    shared,
    spans,
    summed,
    unknown_before,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from wfm.domain.agents import Agent
    from wfm.domain.errors import InputError
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Violation
    from wfm.domain.shifts import Shift
    from wfm.roster.model import Model


class OvertimeLimit(Rule):
    """The hours beyond `day_hours` a day and `week_hours` a week are at most `at_most` in each month, quarter or year.

    A shift counts in full for the date on which it starts. What it pays beyond `day_hours` is overtime of that date;
    what the rest of a week, Monday to Sunday, pays beyond `week_hours` is overtime of its Sunday: nothing counts twice,
    and a week across the end of a month counts for the month in which it ends. With `holidays_in_full` every
    paid hour of a statutory holiday is overtime, and none of it counts to the week. `rolling` looks at any `months`
    calendar months in a row.

    Days before the period come from the previous roster; one of which nothing is known counts as a day off. Overtime of
    a year that began before the known days comes from `overtime_hours` of `balances.csv`, up to the day before the
    period; where that is not given no roster keeps the rule, which says what is missing. A soft rule pays its weight
    per hour beyond.

    Source: Labour Law art. 41 (36 h a month); Labour Standards Act of Japan art. 36 (45 h a month, 360 h a year; 720 h,
    under 100 h and means of 80 h with the special clause); Labor Standards Act of Taiwan art. 32 (46 h a month, or 54 h
    and 138 h in three months). No act says to which month a week across its end belongs.
    """

    kind: ClassVar[str] = "overtime_limit"
    phrase: ClassVar[Text] = Text(
        en="at most {at_most} h of overtime {per} ({beyond})", zh="{per}加班最多 {at_most} 小时（{beyond}）"
    )
    bounds: ClassVar[tuple[str, ...]] = ("at_most", "months")
    caps: ClassVar[tuple[str, ...]] = ("at_most",)
    good: ClassVar[tuple[Example, ...]] = (
        Example("D D D D D D -", fields={"at_most": 8}),
        Example("X X X X - - -", fields={"at_most": 12}),
        Example("X X X X X - -", fields={"at_most": 15, "day_hours": None}),
        Example("D D D D* D D D", tail="- - -", fields={"at_most": 16, "holidays_in_full": True}),
        Example("D D D D", tail="D D D", fields={"at_most": 0}),
    )
    bad: ClassVar[tuple[Example, ...]] = (
        Example("D D D D D D -", fields={"at_most": 7}),
        Example("X X X X - - -", fields={"at_most": 11}),
        Example("X X X X X - -", fields={"at_most": 14, "day_hours": None}),
        Example("D D D D* - - -", fields={"at_most": 7, "holidays_in_full": True}),
        Example("- - - -", fields={"per": "year"}),
    )

    at_most: float = Field(default=36, ge=0)
    """Most hours of overtime."""
    per: Literal["month", "quarter", "year", "rolling"] = "month"
    """Calendar period, or months in a row."""
    months: int = Field(default=3, ge=1, le=12)
    """Calendar months in a row (`rolling`)."""
    day_hours: float | None = Field(default=8, ge=0)
    """Paid hours of a day that are no overtime; None asks for the week alone."""
    week_hours: float | None = Field(default=40, ge=0)
    """Paid hours of a week that are no overtime; None asks for the day alone."""
    holidays_in_full: bool = False
    """Whether all work on statutory holidays is overtime."""

    @model_validator(mode="after")
    def _beyond_something(self) -> Self:
        if self.day_hours is None and self.week_hours is None:
            raise PydanticCustomError("overtime_base", "day_hours or week_hours, or both")
        return self

    def sentence(self) -> Text:
        """Return the phrase in words."""
        day, week = (None if n is None else f"{n:g}" for n in (self.day_hours, self.week_hours))
        beyond = _BOTH if day and week else _DAY if day else _WEEK
        per = _PERIODS[self.per].fill(months=self.months)
        return self.phrase.fill(at_most=f"{self.at_most:g}", per=per, beyond=beyond.fill(day=day, week=week))

    def refuse(self, plan: Plan) -> Iterator[InputError]:
        """Yield every agent whose overtime of the year so far is not known."""
        first = self._spans(plan.days)[0].first
        for agent in plan.agents if self.per == "year" else ():
            since = known_since(Roster.of((), plan.previous), agent, plan.days[0])
            if since > first and brought(plan, agent, "overtime_hours") is None:
                yield missing_balance(plan, agent, first, "overtime_hours")

    def _spans(self, days: Sequence[date]) -> list[Span]:
        """Return every period that some dates touch."""
        if self.per != "rolling":
            return spans(self.per, days)
        return [Span(_months_before(s.first, self.months - 1), s.last) for s in spans("month", days)]

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post the limit on the overtime of the days and weeks of each period."""
        since = known_since(model.tail, agent, model.first)
        weeks: dict[date, Linear] = {}
        for span in self._spans(model.days):
            first, hours = span.first, 0.0
            if self.per == "year" and since > first:
                known = brought(model.plan, agent, "overtime_hours")
                if known is None:
                    model.forbid(agent, Linear(constant=1))
                    continue
                first, hours = model.first, known
            parts = [self._beyond_days(model, agent, first, min(span.last, model.days[-1]))]
            for sunday in _sundays(first, span.last, model.days[-1]):
                if sunday not in weeks:
                    weeks[sunday] = self._beyond_week(model, agent, sunday)
                parts.append(weeks[sunday])
            limit = floor(Fraction(str(self.at_most)) * 60) - floor(Fraction(str(hours)) * 60)
            total = Linear.total(parts)
            if total.terms or total.constant > limit:
                model.at_most(agent, total, limit, per=60)

    def _beyond_days(self, model: Model, agent: Agent, first: date, last: date) -> Linear:
        """Return the minutes of overtime that single days bring."""
        return summed(model, agent, dates(first, last), (self.kind, *self._regular), self._beyond_day)

    @property
    def _regular(self) -> tuple[float | None, bool]:
        """What tells the regular minutes of a shift under this rule from those under another."""
        return self.day_hours, self.holidays_in_full

    def _beyond_day(self, shift: Shift, plan: Plan) -> int:
        if self.holidays_in_full and is_statutory(plan, shift.date):
            return shift.paid_minutes
        return 0 if self.day_hours is None else max(0, shift.paid_minutes - floor(Fraction(str(self.day_hours)) * 60))

    def _within_day(self, shift: Shift, plan: Plan) -> int:
        return shift.paid_minutes - self._beyond_day(shift, plan)

    def _beyond_week(self, model: Model, agent: Agent, sunday: date) -> Linear:
        """Return the minutes of overtime that a week brings beside those of its days: a constant, or a helper.

        The helper says how much less it is than it may be, in the largest steps that hold every sum of shifts.
        """
        if self.week_hours is None:
            return Linear()
        week = dates(sunday - timedelta(days=6), min(sunday, model.days[-1]))
        paid = summed(model, agent, week, ("within", self.kind, *self._regular), self._within_day)
        limit = floor(Fraction(str(self.week_hours)) * 60)

        def find() -> int:
            planned = [d for d in week if d >= model.first]
            return sum(max(self._within_day(s, model.plan) for s, _ in model.starts(agent, d)) for d in planned)

        most = shared(model, (self.kind, *self._regular, "most", sunday), find) + paid.constant - limit
        if not paid.terms or most <= 0:
            return Linear(constant=max(0, most))
        step = gcd(*paid.terms.values(), limit - paid.constant)
        steps = (min(most, floor(Fraction(str(self.at_most)) * 60)) if self.hard else most) // step
        spare = model.lines[agent.agent_id].new(high=steps)
        beyond = Linear({spare: -step}, step * steps)
        with model.posting(self.kind):
            model.at_most(agent, paid - beyond, limit)
        return beyond

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Add up the overtime of each period, day by day and week by week."""
        for agent in plan.agents:
            since = known_since(roster, agent, plan.days[0])
            for span in self._spans(plan.days):
                carried = self.per == "year" and since > span.first
                before = brought(plan, agent, "overtime_hours") if carried else 0
                if before is None:
                    yield self.broken(unknown_before(span.first, "overtime_hours"), agent, plan.days[0])
                    continue
                first, last = plan.days[0] if carried else span.first, min(span.last, plan.days[-1])
                by_day, by_week = self._found(roster, plan, agent, Span(first, span.last))
                found = _whole(before) + sum(by_day.values()) + sum(by_week.values())
                if found > (allowed := _whole(self.at_most)):
                    said = _OVER.fill(found=f"{found / 60:.2f}", limit=f"{self.at_most:g}", first=span.first)
                    yield self.broken(said, agent, first, last, amount=found - allowed, per=60)

    def _found(
        self, roster: Roster, plan: Plan, agent: Agent, span: Span
    ) -> tuple[Mapping[date, int], Mapping[date, int]]:
        """Return the overtime of the days of a span by date, and that of its weeks by Sunday."""
        by_day, regular = dict[date, int](), defaultdict[date, int](int)
        monday = span.first - timedelta(days=span.first.isoweekday() - 1)
        for cell in roster.line(agent.agent_id, monday, min(span.last, plan.days[-1])):
            if cell is None or cell.shift is None:
                continue
            paid = cell.shift.paid_minutes
            holiday = self.holidays_in_full and is_statutory(plan, cell.date)
            kept = 0 if holiday else paid if self.day_hours is None else min(paid, _whole(self.day_hours))
            regular[cell.date + timedelta(days=7 - cell.date.isoweekday())] += kept
            if cell.date >= span.first:
                by_day[cell.date] = paid - kept
        ended = {sunday: minutes for sunday, minutes in regular.items() if sunday <= span.last}
        if self.week_hours is None:
            return by_day, {}
        return by_day, {sunday: max(minutes - _whole(self.week_hours), 0) for sunday, minutes in ended.items()}


def _whole(hours: float) -> int:
    """Return the whole minutes of some hours."""
    return timedelta(hours=hours) // timedelta(minutes=1)


def _months_before(first: date, months: int) -> date:
    """Return the first day of the month so many months before that of a date."""
    year, month = divmod(first.year * 12 + first.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _sundays(first: date, last: date, end: date) -> list[date]:
    """Return the Sundays from `first` to `last` whose weeks begin by the end of the period."""
    sunday = first + timedelta(days=6 - first.weekday())
    found = []
    while sunday <= last and sunday - timedelta(days=6) <= end:
        found.append(sunday)
        sunday += timedelta(days=7)
    return found


_PERIODS = {
    "month": Text(en="a month", zh="每月"),
    "quarter": Text(en="a quarter", zh="每季度"),
    "year": Text(en="a year", zh="每年"),
    "rolling": Text(en="in any {months} months", zh="任意连续 {months} 个月内"),
}
_BOTH = Text(en="beyond {day} h a day and {week} h a week", zh="每天超过 {day} 小时、每周超过 {week} 小时的部分")
_DAY = Text(en="beyond {day} h a day", zh="每天超过 {day} 小时的部分")
_WEEK = Text(en="beyond {week} h a week", zh="每周超过 {week} 小时的部分")
_OVER = Text(
    en="{found} h of overtime in the time from {first}, at most {limit} allowed",
    zh="自 {first} 起加班 {found} 小时，最多允许 {limit} 小时",
)
