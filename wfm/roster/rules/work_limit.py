"""How much is worked in a calendar period or window."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from functools import lru_cache
from math import floor
from typing import TYPE_CHECKING, ClassVar, Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from wfm.domain.clock import dates, elapsed_minutes
from wfm.domain.roster import Roster
from wfm.domain.shifts import WEEKDAYS, Weekday
from wfm.domain.text import Text
from wfm.law.nights import NightClass, night_class
from wfm.roster.base import Example, Rule
from wfm.roster.codes import unknown_codes
from wfm.roster.linear import Linear
from wfm.roster.measures import (
    DAY_NAMES,
    MEASURES,
    PERIODS,
    Per,
    Span,
    What,
    brought,
    is_statutory,
    known_since,
    missing_balance,
    on_leave,
    post_least,
    post_most,
    post_weekends,
    spans,
    summed,
    unknown_before,
    weekends,
    worth,
)
from wfm.roster.windows import Window, in_window

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from wfm.domain.agents import Agent
    from wfm.domain.errors import InputError
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Violation
    from wfm.domain.shifts import Shift
    from wfm.roster.model import Model


class WorkLimit(Rule):
    """At least or at most so much work in every calendar period, or in every window of `length` days.

    A shift counts in full for the date on which it starts, in one of these measures: paid `hours`; worked `days`;
    `shifts`; `nights` (small and big), `small_nights`, `big_nights` by the end of the shift, as payroll has them;
    `weekend_days`; `weekends` with any work (one cut by the end of a period counts on both sides, each for its own
    days); `statutory_days`; shifts that touch a daily `window`. `shifts` and `weekdays` leave other starts out. Several
    limits are a list of tables, `[[rules.work_limit]]`.

    Days before the period come from the previous roster; one of which nothing is known counts as a day off. Hours and
    nights of a quarter or year that began before the known days come from `cycle_hours` and `nights` of `balances.csv`,
    counted from the same first day; where that is not given no roster keeps the rule, which says what is missing. Every
    other measure, and starts left out, see the known days alone, and holidays as far back as the calendar goes.

    An upper limit holds in every period that the roster touches; a lower one where the whole period is planned or
    known and the agent is employed all through it. With `pro_rata` both hold in every period, times the contract's
    share of full time and the share of the period's days that are planned or known and in employment, rounded to whole
    minutes of hours or whole numbers, halves up. A day of approved leave that is no statutory holiday lowers a lower
    limit of hours by `leave_credit_hours`. A soft rule pays its weight per hour, or per unit, beyond.

    Source: limits that laws, awards and companies set, for instance 152 h in four weeks (MA000023), 12 h a day (Labor
    Standards Act of Taiwan art. 32).
    """

    kind: ClassVar[str] = "work_limit"
    phrase: ClassVar[Text] = Text(en="{what}{filter} {per}{share}", zh="{per}{what}{filter}{share}")
    bounds: ClassVar[tuple[str, ...]] = ("length", "leave_credit_hours")
    caps: ClassVar[tuple[str, ...]] = ("at_most",)
    floors: ClassVar[tuple[str, ...]] = ("at_least",)
    good: ClassVar[tuple[Example, ...]] = (
        Example("D D D D D - - D", fields={"what": "hours", "per": "week", "at_most": 40}),
        Example("B - - B - -", fields={"what": "nights", "per": "rolling", "length": 3, "at_most": 1}),
        Example("D - - - - - D", fields={"what": "weekends", "per": "month", "at_most": 1}),
        Example("E E - - - - -", fields={"what": "shifts", "shifts": ("E",), "per": "week", "at_least": 2}),
    )
    bad: ClassVar[tuple[Example, ...]] = (
        Example("D D D D D E -", fields={"what": "hours", "per": "week", "at_most": 40}),
        Example("B - B - - -", fields={"what": "nights", "per": "rolling", "length": 3, "at_most": 1}),
        Example("D - - - -", tail="B -", fields={"what": "days", "per": "rolling", "length": 3, "at_most": 1}),
        Example("D* D", fields={"what": "statutory_days", "per": "month", "at_most": 0}),
        Example("D S -", fields={"what": "window", "window": "21:00-22:00", "per": "day", "at_most": 0}),
        Example("E - - - - - -", fields={"what": "shifts", "shifts": ("E",), "per": "week", "at_least": 2}),
    )

    what: What
    """What is counted."""
    at_least: float | None = Field(default=None, ge=0)
    """Lower limit; None is no limit."""
    at_most: float | None = Field(default=None, ge=0)
    """Upper limit; None is no limit."""
    per: Per
    """Calendar period (weeks begin on Monday), `period` for the planned days, `rolling` for windows."""
    length: int = Field(default=7, ge=1)
    """Days of a window (`rolling`)."""
    shifts: tuple[str, ...] = ()
    """Codes of the shifts that count; empty means all."""
    weekdays: tuple[Weekday, ...] = ()
    """Days of the week whose starts count; empty means all."""
    window: Window | None = None
    """Daily wall-clock span of the measure `window`."""
    pro_rata: bool = False
    """Whether the limits are scaled."""
    leave_credit_hours: float = Field(default=8, ge=0)
    """Hours by which a day of leave lowers a lower limit of hours."""

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        limits = [n for n in (self.at_least, self.at_most) if n is not None]
        if not limits:
            raise PydanticCustomError("limit_missing", "at_least or at_most, or both")
        if limits != sorted(limits):
            raise PydanticCustomError("limit_order", "an at_most that is not below at_least")
        if self.what != "hours" and any(n != int(n) for n in limits):
            raise PydanticCustomError("limit_whole", "whole numbers, since only hours have parts")
        if self.what == "shifts" and not self.shifts:
            raise PydanticCustomError("limit_shifts", "shifts: the codes to count")
        if (self.what == "window") != (self.window is not None):
            raise PydanticCustomError("limit_window", "window: a daily span, exactly when what is window")
        return self

    def sentence(self) -> Text:
        """Return the phrase in words."""
        low, high = (None if n is None else f"{n:g}" for n in (self.at_least, self.at_most))
        limits = (_MOST if low is None else _LEAST if high is None else _BETWEEN).fill(low=low, high=high)
        only = [*(Text(en=code, zh=code) for code in self.shifts), *(DAY_NAMES[day] for day in self.weekdays)]
        listed = Text(en=", ".join(t.en for t in only), zh="、".join(t.zh for t in only))
        return self.phrase.fill(
            what=MEASURES[self.what].fill(n=limits, window=self.window),
            per=PERIODS[self.per].fill(length=self.length),
            filter=_ONLY.fill(only=listed) if only else "",
            share=_PRO_RATA if self.pro_rata else "",
        )

    def refuse(self, plan: Plan) -> Iterator[InputError]:
        """Yield codes that no shift has, and agents whose hours or nights of the quarter or year are not known."""
        yield from unknown_codes(f"rules.{self.kind}.shifts", self.shifts, plan)
        first = spans(self.per, plan.days, self.length)[0].first
        for agent in plan.agents if self._column else ():
            since = known_since(Roster.of((), plan.previous), agent, plan.days[0])
            if since > first and brought(plan, agent, self._column) is None:
                yield missing_balance(plan, agent, first, self._column)

    @property
    def _column(self) -> Literal["cycle_hours", "nights", ""]:
        """The column of `balances.csv` that can say what was worked before the known days."""
        if self.per not in ("quarter", "year") or self.shifts or self.weekdays:
            return ""
        return "cycle_hours" if self.what == "hours" else "nights" if self.what == "nights" else ""

    @property
    def _unit(self) -> int:
        """Minutes of an hour for hours, else 1."""
        return 60 if self.what == "hours" else 1

    def constrain(self, model: Model, agent: Agent) -> None:
        """Post the limits on the sum of each period."""
        since = known_since(model.tail, agent, model.first)
        for span in spans(self.per, model.days, self.length):
            before = brought(model.plan, agent, self._column) if span.first < since else None
            if self._column and before is None and span.first < since:
                model.forbid(agent, Linear(constant=1))
                continue
            most, least = self._limits(model, agent, span, since if before is None else span.first)
            days = dates(span.first if before is None else model.first, min(span.last, model.days[-1]))
            if self.what == "weekends":
                ends = [[self._free(model, agent, d) for d in weekend] for weekend in weekends(days[0], days[-1])]
                post_weekends(model, agent, ends, most, least)
                continue
            total = self._sum(model, agent, days)
            total = total if before is None else total + round(before * self._unit)
            if most is not None:
                post_most(model, agent, total, most, self._unit, one_of=span.size == 1)
            if least is not None:
                post_least(model, agent, total, least, self._unit)

    def _limits(self, model: Model, agent: Agent, span: Span, since: date) -> tuple[int | None, int | None]:
        """Return the most and the least of a span of which everything is known from a day on."""
        plan, last = model.plan, model.days[-1]
        share = Fraction(1)
        begin, end = max(since, agent.hire_date or since), min(last, agent.leave_date or last)
        there = span.common_days(begin, end)
        if self.pro_rata:
            share = Fraction(plan.contract(agent).hours_share).limit_denominator(1000) * there / span.size
        most, least = (_scaled(n, self._unit, share) for n in (self.at_most, self.at_least))
        if not self.pro_rata and there < span.size:
            return most, None
        if least is not None and self.what == "hours" and self.leave_credit_hours > 0:
            leave = [d for d in dates(span.first, min(span.last, last)) if on_leave(model.tail, plan, agent, d)]
            credited = sum(not is_statutory(plan, d) for d in leave)
            least -= floor(Fraction(str(self.leave_credit_hours)) * 60 * credited)
        return most, least

    def _value(self, shift: Shift, plan: Plan) -> int:
        """Return what a shift adds."""
        if self.shifts and shift.code not in self.shifts:
            return 0
        if self.weekdays and WEEKDAYS[shift.date.weekday()] not in self.weekdays:
            return 0
        return worth(self.what, self.window, shift, plan)

    def _sum(self, model: Model, agent: Agent, days: Sequence[date]) -> Linear:
        """Return what the shifts that start on some days add up to."""
        if self.what == "days" and not (self.shifts or self.weekdays):
            return Linear.total(model.works(agent, d) for d in days)
        return summed(model, agent, days, (self.what, self.window, self.shifts, self.weekdays), self._value)

    def _free(self, model: Model, agent: Agent, day: date) -> Linear:
        """Return 1 when no shift that counts starts on a day, else 0."""
        return 1 - self._sum(model, agent, [day]) if self.shifts or self.weekdays else model.off(agent, day)

    def check(self, roster: Roster, plan: Plan) -> Iterator[Violation]:
        """Count the work of each period, shift by shift."""
        for agent in plan.agents:
            since = known_since(roster, agent, plan.days[0])
            for span in spans(self.per, plan.days, self.length):
                before = brought(plan, agent, self._column) if since > span.first else None
                if before is None and since > span.first and self._column:
                    yield self.broken(unknown_before(span.first, self._column), agent, plan.days[0])
                    continue
                days = dates(span.first, min(span.last, plan.days[-1]))
                found = self._counted(roster, plan, agent, days, before)
                known = sum(agent.employed(d) and (before is not None or d >= since) for d in days)
                credits = days if self.what == "hours" and self.at_least is not None else ()
                leave = sum(on_leave(roster, plan, agent, d) and not is_statutory(plan, d) for d in credits)
                most, least = self._allowed(plan, agent, span, known, leave)
                if most is not None and found > most:
                    yield self._outside(_TOO_MUCH, agent, days, found, most)
                if least is not None and found < least:
                    yield self._outside(_TOO_LITTLE, agent, days, found, least)

    def _counted(self, roster: Roster, plan: Plan, agent: Agent, days: Sequence[date], before: float | None) -> int:
        first = days[0] if before is None else plan.days[0]
        cells = roster.line(agent.agent_id, first, days[-1])
        worked = [c.shift for c in cells if c is not None and c.shift is not None]
        worked = [s for s in worked if s.code in (self.shifts or (s.code,))]
        worked = [s for s in worked if WEEKDAYS[s.date.isoweekday() - 1] in (self.weekdays or WEEKDAYS)]
        if self.what == "hours":
            return sum(s.paid_minutes for s in worked) + round((before or 0) * 60)
        if self.what == "weekends":
            return len({s.date.isocalendar()[:2] for s in worked if s.date.isoweekday() > 5})
        return sum(self._counts(s, plan) for s in worked) + round(before or 0)

    def _counts(self, shift: Shift, plan: Plan) -> bool:
        zone, mode = plan.settings.centre.zone, plan.settings.nights.mode
        if self.what == "window":
            return _meets(shift, str(self.window), zone)
        night = night_class(shift, zone, mode)
        found = {
            "nights": night in (NightClass.SMALL, NightClass.BIG),
            "small_nights": night is NightClass.SMALL,
            "big_nights": night is NightClass.BIG,
            "weekend_days": shift.date.isoweekday() > 5,
            "statutory_days": is_statutory(plan, shift.date),
        }
        return found.get(self.what, True)

    def _allowed(self, plan: Plan, agent: Agent, span: Span, known: int, leave: int) -> tuple[int | None, int | None]:
        """Return the most and the least of a period with so many known days and days of leave."""
        share, found = Fraction(1), list[int | None]()
        if self.pro_rata:
            full_time = plan.settings.contracts[agent.contract].hours_share
            share = Fraction(full_time).limit_denominator(1000) * known / span.size
        for limit in (self.at_most, self.at_least):
            exact = None if limit is None else Fraction(str(limit)) * self._unit * share
            found.append(None if exact is None else int(exact * 2 + 1) // 2)
        most, least = found
        if least is None or (known < span.size and not self.pro_rata):
            return most, None
        return most, least - int(Fraction(str(self.leave_credit_hours)) * 60 * leave)

    def _outside(self, text: Text, agent: Agent, days: Sequence[date], found: int, limit: int) -> Violation:
        number, allowed = self._figure(found), self._figure(limit)
        work = MEASURES[self.what].fill(n=Text(en=number, zh=f" {number}"), window=self.window)
        said = text.fill(found=work, limit=allowed)
        return self.broken(said, agent, days[0], days[-1], amount=abs(found - limit), per=self._unit)

    def _figure(self, amount: int) -> str:
        return f"{amount / 60:.2f}" if self.what == "hours" else str(amount)


@lru_cache
def _scaled(limit: float | None, unit: int, share: Fraction) -> int | None:
    """Return a share of a limit in its unit, rounded halves up."""
    return None if limit is None else floor(Fraction(str(limit)) * unit * share + Fraction(1, 2))


@lru_cache(maxsize=1 << 16)
def _meets(shift: Shift, window: str, zone: ZoneInfo) -> bool:
    """Return whether a shift meets a daily window, going through it by the quarter of an hour."""
    minutes = elapsed_minutes(shift.start, shift.end)
    quarters = ((shift.start + timedelta(minutes=n), min(15, minutes - n)) for n in range(0, minutes, 15))
    return any(in_window(window, at.astimezone(zone), length) for at, length in quarters)


_MOST = Text(en="at most {high}", zh="最多 {high}")
_LEAST = Text(en="at least {low}", zh="至少 {low}")
_BETWEEN = Text(en="{low} to {high}", zh=" {low} 至 {high}")
_ONLY = Text(en=" (only {only})", zh="（仅计{only}）")
_PRO_RATA = Text(en=", pro rata", zh="（按比例折算）")
_TOO_MUCH = Text(en="{found}, at most {limit} allowed", zh="{found}，最多允许 {limit}")
_TOO_LITTLE = Text(en="{found}, at least {limit} required", zh="{found}，至少需要 {limit}")
