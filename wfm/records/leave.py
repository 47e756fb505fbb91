"""What is asked of a long leave (连休) before it is granted: company rules A15 to A20.

A long leave is a run of days off that holds leave. A request counts with the days off that already stand beside it.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from wfm.domain.clock import dates
from wfm.records import leave_messages as messages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from wfm.domain.agents import Absence, Agent
    from wfm.domain.leave import Leave
    from wfm.domain.text import Text

Rank = Literal["unknown", "supervisor", "manager"]
RANKS: tuple[Rank, ...] = ("unknown", "supervisor", "manager")
"""The lower ranks first."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked of a long leave; the fields of the rule `long_leave`, None asks nothing."""

    days: int | None = 3
    most_days: int = 15
    tenure_months: int | None = 3
    per_quarter: int | None = 1
    most_types: int | None = 2
    supervisor_days: int | None = 4
    except_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Objection:
    """Why a leave should not be granted."""

    article: str
    """Where it stands: a row of the company's rules, or the name of a file or table of ours."""
    message: Text


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last day of a shorter month.

    Examples
    --------
    >>> add_months(date(2026, 1, 31), 3).isoformat()
    '2026-04-30'
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def whole_years(first: date, day: date) -> int:
    """Return the whole years from a first day to another day, 0 when it comes later."""
    years = max(0, day.year - first.year)
    return years - (years > 0 and add_months(first, 12 * years) > day)


def rank_of(name: str, leave: Leave, agents: Iterable[Agent]) -> Rank:
    """Return the rank of an approver: by the words of `[leave]`, or by the tags of the agent of that id or name."""
    word = name.strip().casefold()
    tagged = (a for a in agents if a.tags and word)
    tags = {tag for a in tagged if word in (a.agent_id.casefold(), a.name.casefold()) for tag in a.tags}
    if word in map(str.casefold, leave.managers) or "manager" in tags:
        return "manager"
    return "supervisor" if word in map(str.casefold, leave.supervisors) or "supervisor" in tags else "unknown"


def run_around(absence: Absence, off: Collection[date]) -> tuple[date, ...]:
    """Return the days of a leave with the days off that join on to it on either side."""
    first, last = absence.first_date, absence.last_date
    while first - timedelta(days=1) in off:
        first -= timedelta(days=1)
    while last + timedelta(days=1) in off:
        last += timedelta(days=1)
    return dates(first, last)


def leave_days(absences: Iterable[Absence]) -> dict[date, str]:
    """Return the kind of leave by day."""
    return {day: a.type for a in absences for day in dates(a.first_date, a.last_date)}


def is_long(absence: Absence, run: Collection[date], terms: Terms) -> bool:
    """Return whether a leave that is part of a run is a long one (A15)."""
    return terms.days is not None and len(run) >= terms.days and absence.type not in terms.except_types


def long_leave_objections(
    absence: Absence, agent: Agent, others: Iterable[Absence], off: Collection[date], terms: Terms
) -> Iterator[Objection]:
    """Yield what rules A16 to A19 have against a leave; nothing when it is no long one.

    Parameters
    ----------
    others
        Approved leave of the agent beside it.
    off
        Other days on which the agent is known to be off.
    """
    taken = leave_days(others)
    run = run_around(absence, {*taken, *off})
    if not is_long(absence, run, terms):
        return
    if terms.tenure_months is not None and agent.hire_date is not None:
        earliest = add_months(agent.hire_date, terms.tenure_months)
        if run[0] < earliest:
            yield Objection("A16", messages.TENURE.fill(months=terms.tenure_months, day=earliest))
    before = [r[0] for r in _long_runs(taken, terms) if _quarter(r[0]) == _quarter(run[0]) and r[0] not in run]
    if terms.per_quarter is not None and len(before) >= terms.per_quarter:
        yield Objection("A17", messages.QUARTER.fill(count=terms.per_quarter, day=before[-1]))
    if len(run) > terms.most_days:
        said = messages.LENGTH.fill(count=len(run), most=terms.most_days, first=run[0], last=run[-1])
        yield Objection("A18", said)
    kinds = sorted({absence.type} | {kind for day, kind in taken.items() if day in run})
    if terms.most_types is not None and len(kinds) > terms.most_types:
        yield Objection("A19", messages.KINDS.fill(most=terms.most_types, kinds=", ".join(kinds)))


def _long_runs(taken: Mapping[date, str], terms: Terms) -> Iterator[list[date]]:
    """Yield the runs of leave days that are long leave by themselves, in order."""
    counted = sorted(day for day, kind in taken.items() if kind not in terms.except_types)
    for _, group in groupby(enumerate(counted), lambda pair: pair[1].toordinal() - pair[0]):
        run = [day for _, day in group]
        if terms.days is not None and len(run) >= terms.days:
            yield run


def _quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month - 1) // 3


def needed_rank(absence: Absence, run: Collection[date], terms: Terms) -> Rank:
    """Return the lowest rank that may approve a leave (A20); `unknown` when anybody may."""
    if terms.supervisor_days is None or not is_long(absence, run, terms):
        return "unknown"
    return "supervisor" if len(run) <= terms.supervisor_days else "manager"


def approver_objection(found: Rank, needed: Rank, length: int) -> Objection | None:
    """Return what rule A20 has against an approver; None when the rank is high enough."""
    if RANKS.index(found) >= RANKS.index(needed):
        return None
    return Objection("A20", messages.APPROVER.fill(count=length, rank=messages.RANK[needed]))
