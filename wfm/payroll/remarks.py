"""What a reader of the timesheet and the payroll has to know: what is empty and why, what is against the law."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from wfm.domain.errors import SettingsError
from wfm.domain.roster import State
from wfm.law import pay_parameters
from wfm.payroll import messages
from wfm.payroll.base import cents, element_names
from wfm.payroll.checks import check_pay, wages
from wfm.payroll.cycles import bounds, counted_hours
from wfm.payroll.hours import hours, paid_minutes_by_date
from wfm.payroll.months import work_months
from wfm.payroll.reckoning import WEEK_DAYS
from wfm.payroll.tables import pay_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    import pandas as pd

    from wfm.domain.plan import Plan
    from wfm.domain.roster import Assignment, Roster
    from wfm.domain.shifts import Shift
    from wfm.domain.text import Text
    from wfm.payroll.base import PayLine, WorkMonth

SHOWN = 12
"""Agents named in a note; the rest is counted."""


def notes(
    roster: Roster,
    plan: Plan,
    pay: pd.DataFrame,
    worked: pd.DataFrame | None = None,
    quality: pd.DataFrame | None = None,
) -> tuple[Text, ...]:
    """Return what a reader of the timesheet and the payroll has to know.

    That is what is empty and why, which days count as scheduled, hours beyond the cap of overtime, and every element
    that pays less than the law, with both figures. The tables are those of `payroll`.
    """
    paid = None if check_pay(plan, pay) else wages(plan, pay)
    months = tuple(work_months(roster, plan, paid, worked=worked, quality=quality))
    return notes_of(roster, plan, pay, months, (line for _, line in pay_lines(months, plan)))


def notes_of(
    roster: Roster, plan: Plan, pay: pd.DataFrame, months: Sequence[WorkMonth], lines: Iterable[PayLine]
) -> tuple[Text, ...]:
    """Return the notes on months and their lines; see `notes`."""
    return (
        *_about_wages_and_law(plan, pay),
        *_about_the_tail(roster, plan),
        *_about_the_system(plan, months),
        *_about_attendance(plan, months),
        *_about_cycles(plan, months),
        *_about_weeks(plan, months),
        *_about_the_cap(plan, months),
        *_about_less_than_the_law(lines),
    )


def _about_wages_and_law(plan: Plan, pay: pd.DataFrame) -> Iterator[Text]:
    if pay.empty:
        yield messages.NO_WAGES
    try:
        pay_parameters(plan.settings.centre.country, plan.days[0])
    except SettingsError as error:
        yield messages.NO_LAW.fill(why=error.message)


def _about_the_tail(roster: Roster, plan: Plan) -> Iterator[Text]:
    before = {a.agent_id: minutes for a in roster.tail.values() if (minutes := _into_the_period(a.shift, plan))}
    if before:
        total = cents(hours(sum(before.values())))
        yield messages.BEFORE_THE_PERIOD.fill(hours=total, agents=_named(before))


def _into_the_period(shift: Shift | None, plan: Plan) -> int:
    if shift is None:
        return 0
    split = paid_minutes_by_date(shift, plan.settings.centre.zone)
    return sum(minutes for day, minutes in split.items() if day >= plan.days[0] and plan.calendar.is_statutory(day))


def _about_the_system(plan: Plan, months: Sequence[WorkMonth]) -> Iterator[Text]:
    rules = plan.settings.hours
    if rules.in_force != rules.regime:
        yield messages.NOT_APPROVED
    asked = [kind for kind in ("overtime", "rest_day") if kind in plan.settings.pay]
    if asked and any(month.extra is None for month in months):
        yield messages.NO_MULTIPLIERS.fill(country=plan.settings.centre.country, elements=", ".join(asked))


def _about_attendance(plan: Plan, months: Sequence[WorkMonth]) -> Iterator[Text]:
    until = months[0].until if months else None
    if until is None:
        return
    days = [pair for month in months for pair in _attended(month, until)]
    missed = [done.agent_id for planned, done in days if planned.works and not done.works]
    extra = [done.agent_id for planned, done in days if done.works and not planned.works]
    whole = [done.agent_id for planned, done in days if _without_break(planned.shift, done.shift)]
    for ids, note in ((missed, messages.NOT_WORKED), (extra, messages.UNSCHEDULED), (whole, messages.NO_BREAK)):
        if ids:
            yield note.fill(count=len(ids), agents=_named(dict.fromkeys(ids)))
    if until < plan.days[-1]:
        yield messages.WORKED_UNTIL.fill(until=until)


def _attended(month: WorkMonth, until: date) -> Iterator[tuple[Assignment, Assignment]]:
    return (pair for pair in zip(month.assignments, month.days, strict=True) if pair[0].date <= until)


def _without_break(planned: Shift | None, done: Shift | None) -> bool:
    return planned is not None and done is not None and bool(planned.unpaid) and not done.unpaid


def _about_cycles(plan: Plan, months: Sequence[WorkMonth]) -> Iterator[Text]:
    if plan.settings.hours.in_force != "comprehensive" or not any(month.extra for month in months):
        return
    unknown: dict[tuple[date, date], list[str]] = defaultdict(list)
    for month in months:
        for cycle in month.extra.cycles if month.extra else ():
            if cycle.excess is None:
                unknown[cycle.first, cycle.last].append(month.agent.agent_id)
    for (first, last), ids in sorted(unknown.items()):
        before = plan.days[0] - timedelta(days=1)
        yield messages.UNKNOWN_CYCLE.fill(agents=_named(ids), first=first, last=last, before=before)
    first, end = bounds(plan.settings.hours.cycle, plan.days[-1])
    if end > plan.days[-1]:
        yield messages.OPEN_CYCLE.fill(last=end)
        yield from _about_open_cycle(plan, months, first)


def _about_open_cycle(plan: Plan, months: Sequence[WorkMonth], first: date) -> Iterator[Text]:
    """Note the agents whose hours of a cycle that goes on are not known."""
    last = plan.days[-1]
    ids = [
        month.agent.agent_id
        for month in months
        if month.assignments[-1].date == last
        and counted_hours(month, max(first, month.agent.hire_date or first), last) is None
    ]
    if ids:
        before = plan.days[0] - timedelta(days=1)
        yield messages.OPEN_UNKNOWN.fill(agents=_named(ids), first=first, before=before)


def _about_weeks(plan: Plan, months: Sequence[WorkMonth]) -> Iterator[Text]:
    """Note the agents who may have worked more than five days in a week whose first days are not known."""
    rules = plan.settings.hours
    monday, sunday = bounds("week", plan.days[0])
    if rules.in_force != "standard" or rules.rest_day != "roster" or monday == plan.days[0]:
        return
    ids = [m.agent.agent_id for m in months if m.extra and m.first <= plan.days[0] and _may_lack(m, monday, sunday)]
    if ids:
        yield messages.UNKNOWN_WEEK.fill(agents=_named(ids), first=monday, last=sunday)


def _may_lack(month: WorkMonth, monday: date, sunday: date) -> bool:
    known = {a.date: a for a in month.known if monday <= a.date <= sunday}
    days = (monday + timedelta(days=n) for n in range(7))
    missing = [d for d in days if d not in known and d < month.plan.days[0] and month.agent.employed(d)]
    worked = [
        a for a in known.values() if a.works and not month.plan.calendar.is_statutory(a.date) and _planned(month, a)
    ]
    return bool(missing) and len(worked) <= WEEK_DAYS < len(worked) + len(missing)


def _planned(month: WorkMonth, cell: Assignment) -> bool:
    return not any(a.date == cell.date and a.state is State.REST for a in month.scheduled)


def _about_the_cap(plan: Plan, months: Sequence[WorkMonth]) -> Iterator[Text]:
    """Note overtime above the cap: of a month under standard hours, as a mean over a cycle under comprehensive ones."""
    beyond: dict[tuple[str, Decimal], dict[str, Decimal]] = defaultdict(dict)
    for month in months:
        if month.law is None or month.extra is None:
            continue
        cap = month.law["overtime_month_cap"].value
        for what, total in _against_the_cap(month):
            if total > cap:
                beyond[what, cap][month.agent.agent_id] = total
    note = messages.BEYOND_MONTH if plan.settings.hours.in_force == "standard" else messages.BEYOND_MEAN
    for (what, cap), found in sorted(beyond.items()):
        figures = [f"{agent_id} {cents(total)}" for agent_id, total in found.items()]
        yield note.fill(period=what, cap=cap, agents=_named(figures))


def _against_the_cap(month: WorkMonth) -> Iterator[tuple[str, Decimal]]:
    if month.extra is None:
        return
    if month.plan.settings.hours.in_force == "standard":
        extra = month.extra
        minutes = sum(sum(part.values()) for part in (extra.daily, extra.rest, extra.statutory))
        yield month.period, hours(minutes)
    for cycle in month.extra.cycles:
        if cycle.excess is not None:
            yield f"{cycle.first}/{cycle.last}", cycle.excess / cycle.months


def _about_less_than_the_law(lines: Iterable[PayLine]) -> Iterator[Text]:
    less: dict[str, list[PayLine]] = defaultdict(list)
    for line in lines:
        if line.law_amount is not None:
            less[line.element_code].append(line)
    names = element_names()
    for code, short in less.items():
        yield messages.LESS_THAN_LAW.fill(
            element=names[code],
            paid=_total(line.amount for line in short),
            asked=_total(line.law_amount for line in short),
            count=len(short),
            agents=_named(dict.fromkeys(line.agent_id for line in short)),
            source=short[0].source,
        )


def _total(amounts: Iterable[Decimal | None]) -> Decimal:
    return cents(sum((a for a in amounts if a is not None), Decimal(0)))


def _named(ids: Iterable[str]) -> str:
    """Return the first dozen of some agents, and how many there are beside them."""
    every = list(ids)
    more = f", … (+{len(every) - SHOWN})" if len(every) > SHOWN else ""
    return ", ".join(every[:SHOWN]) + more
