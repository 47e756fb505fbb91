"""Calendar periods, what is known of an agent before the roster begins, and what a shift counts as."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from weakref import WeakKeyDictionary

from wfm.domain.clock import dates, instant
from wfm.domain.errors import InputError
from wfm.domain.roster import State
from wfm.domain.text import Text
from wfm.law.nights import NightClass, night_class
from wfm.roster.linear import Linear
from wfm.roster.windows import parse_window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster
    from wfm.domain.shifts import Shift, Weekday
    from wfm.roster.model import Model

T = TypeVar("T")
_SHARED: WeakKeyDictionary[Model, dict[object, Any]] = WeakKeyDictionary()
Per = Literal["day", "week", "month", "quarter", "year", "period", "rolling"]
What = Literal[
    "hours",
    "days",
    "shifts",
    "nights",
    "small_nights",
    "big_nights",
    "weekend_days",
    "weekends",
    "statutory_days",
    "window",
]
MONTHS = {"month": 1, "quarter": 3, "year": 12}
"""Length of the longer periods in months."""


@dataclass(frozen=True, slots=True)
class Span:
    """A calendar period or window, whole even where the roster covers only a part of it."""

    first: date
    last: date

    @property
    def size(self) -> int:
        """Number of days."""
        return (self.last - self.first).days + 1

    def common_days(self, first: date, last: date) -> int:
        """Return how many days the span shares with those from `first` to `last`."""
        return max(0, (min(last, self.last) - max(first, self.first)).days + 1)


def spans(per: Per, days: Sequence[date], length: int = 1) -> list[Span]:
    """Return every calendar period that some dates touch; for `rolling`, each window of `length` days that ends there.

    Examples
    --------
    >>> found = spans("month", dates(date(2026, 1, 30), date(2026, 2, 2)))
    >>> [(str(s.first), s.size) for s in found]
    [('2026-01-01', 31), ('2026-02-01', 28)]
    """
    if per == "rolling":
        return [Span(day - timedelta(days=length - 1), day) for day in days]
    if per == "period":
        return [Span(days[0], days[-1])]
    found = [_around(per, days[0])]
    while found[-1].last < days[-1]:
        found.append(_around(per, found[-1].last + timedelta(days=1)))
    return found


def _around(per: Per, day: date) -> Span:
    """Return the calendar period that holds a date."""
    if per == "day":
        return Span(day, day)
    if per == "week":
        monday = day - timedelta(days=day.weekday())
        return Span(monday, monday + timedelta(days=6))
    length = MONTHS[per]
    first = date(day.year, (day.month - 1) // length * length + 1, 1)
    end = date(day.year, first.month + length - 1, 1)
    return Span(first, end.replace(day=monthrange(end.year, end.month)[1]))


def known_since(roster: Roster, agent: Agent, first: date) -> date:
    """Return the day from which on, up to `first`, every day of the agent is known; employment begins no gap.

    Parameters
    ----------
    roster
        Its tail is what is known.
    first
        First day of the period.
    """
    since = first
    while roster.at(agent.agent_id, since - timedelta(days=1)) is not None:
        since -= timedelta(days=1)
    return date.min if agent.hire_date is not None and agent.hire_date >= since else since


def on_leave(roster: Roster, plan: Plan, agent: Agent, day: date) -> bool:
    """Return whether the agent is on approved leave, before the period by what its roster says."""
    if day >= plan.days[0]:
        return agent.employed(day) and plan.leave_type(agent.agent_id, day) is not None
    cell = roster.at(agent.agent_id, day)
    return cell is not None and cell.state is State.LEAVE


def is_statutory(plan: Plan, day: date) -> bool:
    """Return whether a date is a statutory holiday; one that the calendar does not reach is none."""
    return day in plan.calendar.days and plan.calendar.is_statutory(day)


def brought(plan: Plan, agent: Agent, column: str) -> float | None:
    """Return what the agent's row of `balances.csv` has in a column of numbers; None when nothing is given there."""
    balance = plan.balance(agent)
    found: float | None = None
    if balance is not None and column in balance.model_fields_set:
        found = getattr(balance, column)
    return found


def missing_balance(plan: Plan, agent: Agent, first: date, column: str) -> InputError:
    """Return the problem that nobody knows what an agent worked from a day up to the period."""
    expected = _WORKED.fill(agent_id=agent.agent_id, first=first, last=plan.days[0] - timedelta(days=1))
    return InputError("balances.csv", None, column, None, expected, _BRING)


def unknown_before(first: date, column: str) -> Text:
    """Return what is said when nobody knows what was worked from a day up to the period."""
    return _UNKNOWN.fill(first=first, column=column)


def shared(model: Model, key: object, make: Callable[[], T]) -> T:
    """Return what `make` gives, made once for all agents of a model that ask by an equal key."""
    made = _SHARED.setdefault(model, {})
    if key not in made:
        made[key] = make()
    found: T = made[key]
    return found


def summed(
    model: Model, agent: Agent, days: Sequence[date], key: object, value: Callable[[Shift, Plan], int]
) -> Linear:
    """Return the sum of the values of the shifts that start on days that follow each other.

    Parameters
    ----------
    key
        What tells one value from another.
    value
        Depends on the shift and the plan alone: inside the period it is asked once for all agents.
    """
    fixed = (cell for d in days if d < model.first for cell in model.starts(agent, d))
    before = sum(value(shift, model.plan) * works.constant for shift, works in fixed)
    first, last = max(days[0], model.first), days[-1]

    def total() -> Linear:
        cells = (cell for d in dates(first, last) for cell in model.starts(agent, d))
        return Linear.total(works * value(shift, model.plan) for shift, works in cells)

    found = shared(model, (key, first, last), total)
    return found + before if before else found


def free(model: Model, agent: Agent, needs: Iterable[Linear]) -> Linear:
    """Return 1 at most when all of the 0/1 expressions are: a constant where they are fixed, else a helper."""
    open_ = []
    for need in needs:
        if need.terms:
            open_.append(need)
        elif need.constant < 1:
            return Linear()
    return model.flag(agent, *open_) if open_ else Linear(constant=1)


def post_most(model: Model, agent: Agent, what: Linear, limit: int, per: int = 1, *, one_of: bool = False) -> None:
    """Post `what <= limit` unless no values of 0/1 variables could break it.

    With `one_of`, where at most one of its variables is 1, it is posted as what each of them is beyond the limit.
    """
    if one_of and not what.constant:
        what, limit = Linear({v: c - limit for v, c in what.terms.items() if c > limit}), 0
    if sum(c for c in what.terms.values() if c > 0) + what.constant > limit:
        model.at_most(agent, what, limit, per)


def post_least(model: Model, agent: Agent, what: Linear, limit: int, per: int = 1) -> None:
    """Post `what >= limit` unless no values of 0/1 variables could break it."""
    if sum(c for c in what.terms.values() if c < 0) + what.constant < limit:
        model.at_least(agent, what, limit, per)


def post_weekends(
    model: Model, agent: Agent, found: Sequence[Sequence[Linear]], most: int | None, least: int | None
) -> None:
    """Post that enough weekends are free, and that enough have work; each is one or two days, 1 where that is free."""
    if most is not None and most < len(found):
        post_least(model, agent, Linear.total(free(model, agent, weekend) for weekend in found), len(found) - most)
    if least is not None and least > 0:
        worked = (free(model, agent, [len(weekend) - Linear.total(weekend)]) for weekend in found)
        post_least(model, agent, Linear.total(worked), least)


def worth(what: What, window: str | None, shift: Shift, plan: Plan) -> int:
    """Return what a shift adds to a measure: its paid minutes for hours, else 1 when it counts and 0 when not."""
    zone, mode = plan.settings.centre.zone, plan.settings.nights.mode
    if what in _NIGHTS:
        return int(night_class(shift, zone, mode) in _NIGHTS[what])
    if what == "window":
        return int(_touches(shift, str(window), zone))
    if what == "weekend_days":
        return int(shift.date.weekday() >= 5)
    if what == "statutory_days":
        return int(is_statutory(plan, shift.date))
    return shift.paid_minutes if what == "hours" else 1


def _touches(shift: Shift, window: str, zone: ZoneInfo) -> bool:
    """Return whether a shift meets a daily wall-clock window on the day before it starts, on that day or the next."""
    start, stop = parse_window(window)
    around = dates(shift.date - timedelta(days=1), shift.date + timedelta(days=1))
    return any(shift.start < instant(d, stop, zone) and instant(d, start, zone) < shift.end for d in around)


@lru_cache
def weekends(first: date, last: date) -> tuple[tuple[date, ...], ...]:
    """Return the Saturday and Sunday of each weekend, as far as they lie between two dates, both included."""
    ends = (d for d in dates(first, last) if d.weekday() >= 5)
    return tuple(tuple(days) for _, days in groupby(ends, key=lambda d: d.isocalendar()[:2]))


_NIGHTS: Mapping[What, tuple[NightClass, ...]] = {
    "nights": (NightClass.SMALL, NightClass.BIG),
    "small_nights": (NightClass.SMALL,),
    "big_nights": (NightClass.BIG,),
}
MEASURES: Mapping[What, Text] = {
    "hours": Text(en="{n} paid hours", zh="工时{n} 小时"),
    "days": Text(en="{n} worked days", zh="上班{n} 天"),
    "shifts": Text(en="{n} shifts", zh="班次{n} 个"),
    "nights": Text(en="{n} night shifts", zh="夜班{n} 个"),
    "small_nights": Text(en="{n} small night shifts", zh="小夜班{n} 个"),
    "big_nights": Text(en="{n} big night shifts", zh="大夜班{n} 个"),
    "weekend_days": Text(en="{n} worked weekend days", zh="周末上班{n} 天"),
    "weekends": Text(en="{n} worked weekends", zh="上班的周末{n} 个"),
    "statutory_days": Text(en="{n} worked statutory holidays", zh="法定休假日上班{n} 天"),
    "window": Text(en="{n} shifts that touch {window}", zh="涉及 {window} 的班次{n} 个"),
}
PERIODS: Mapping[Per, Text] = {
    "day": Text(en="a day", zh="每天"),
    "week": Text(en="a week", zh="每周"),
    "month": Text(en="a month", zh="每月"),
    "quarter": Text(en="a quarter", zh="每季度"),
    "year": Text(en="a year", zh="每年"),
    "period": Text(en="in the period", zh="排班周期内"),
    "rolling": Text(en="in any {length} days", zh="任意连续 {length} 天内"),
}
DAY_NAMES: Mapping[Weekday, Text] = {
    "mon": Text(en="Monday", zh="周一"),
    "tue": Text(en="Tuesday", zh="周二"),
    "wed": Text(en="Wednesday", zh="周三"),
    "thu": Text(en="Thursday", zh="周四"),
    "fri": Text(en="Friday", zh="周五"),
    "sat": Text(en="Saturday", zh="周六"),
    "sun": Text(en="Sunday", zh="周日"),
}
_WORKED = Text(en="what {agent_id} worked from {first} to {last}", zh="座席 {agent_id} 自 {first} 至 {last} 的累计值")
_UNKNOWN = Text(
    en="what was worked from {first} up to the period is not known: give {column} in balances.csv, or a previous "
    "roster and a calendar from that day on",
    zh="自 {first} 至本周期前的累计值未知：请在 balances.csv 中填写 {column}，或提供自该日起的上期排班和日历",
)
_BRING = Text(
    en="Add a row with this column for the agent, or a previous roster that reaches back to that day",
    zh="请为该座席补充此列，或提供覆盖到该日的上期排班",
)
