"""What a case is: a plan and a rule book, rows to write, and an audit that knows neither."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Self

import pandas as pd

from wfm.domain.calendar import Calendar, Day, DayClass
from wfm.domain.clock import dates
from wfm.domain.roster import Assignment, Roster, State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from wfm.domain.plan import Plan
    from wfm.domain.settings import Settings, Solve
    from wfm.roster.book import RuleBook

MONDAY = date(2026, 6, 1)
"""The date of the first Monday of every case."""


class Audit(NamedTuple):
    """What an independent count says of a roster."""

    hard: list[str]
    """Every hard rule that is broken."""
    objective: int


@dataclass(frozen=True)
class Case(ABC):
    """An instance expressed with the product's own types, and its audit from the instance alone."""

    header: ClassVar[tuple[str, ...]]
    """Columns of the rows."""

    name: str
    plan: Plan
    book: RuleBook

    @abstractmethod
    def audit(self, rows: Sequence[tuple[str, ...]]) -> Audit:
        """Return what the instance says of a roster, by plain counting of its rows."""

    @abstractmethod
    def row(self, cell: Assignment, day: int) -> tuple[str, ...]:
        """Return the row of a worked day."""

    def rows(self, roster: Roster) -> list[tuple[str, ...]]:
        """Return one row for every worked day, by agent and day."""
        first = self.plan.days[0]
        return [self.row(cell, (cell.date - first).days) for cell in roster if cell.works]

    def roster(self, rows: Sequence[tuple[str, ...]]) -> Roster:
        """Return the roster that the rows describe; every other day is off."""
        plan, worked = self.plan, []
        for agent_id, day, code, *queue in rows:
            on = plan.days[int(day)]
            serves = queue[0] if queue else next(iter(plan.settings.queues))
            worked.append(Assignment(agent_id, on, State.WORK, plan.shifts[code, on], serves))
        return Roster.of([*(plan.off(agent, on) for agent in plan.agents for on in plan.days), *worked])

    def with_solve(self, solve: Solve) -> Self:
        """Return the case with other settings of the search."""
        settings = self.plan.settings.model_copy(update={"solve": solve})
        return replace(self, plan=replace(self.plan, settings=settings))


def plain_calendar(first: date, last: date) -> Calendar:
    """Return a calendar without holidays: the instances know none."""
    span = dates(first - timedelta(days=31), last + timedelta(days=31))
    return Calendar({d: Day(d, DayClass.WORKDAY) for d in span})


def requirement(settings: Settings, need: Mapping[str, Sequence[int]]) -> pd.DataFrame:
    """Return the requirement table from agents per queue and interval of the grid."""
    starts = settings.grid.starts
    frames = [
        pd.DataFrame({"queue": queue, "interval_start": starts, "required_rostered": [float(n) for n in needed]})
        for queue, needed in need.items()
    ]
    return pd.concat(frames).set_index(["queue", "interval_start"])
