"""What a day off would cost in cover, and how many agents can be spared on a day."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from wfm.domain.clock import dates
from wfm.domain.cover import cover
from wfm.domain.roster import Roster

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    import pandas as pd

    from wfm.domain.agents import Absence, Agent, Request
    from wfm.domain.plan import Plan

ALL = "*"
"""The pool of everybody who serves any queue."""
TINY = 1e-6


@dataclass(frozen=True)
class Standing:
    """A roster that stands, without the shifts on days of leave approved since it was made."""

    plan: Plan
    roster: Roster

    @classmethod
    def of(cls, roster: Roster, plan: Plan) -> Standing:
        """Return the roster as it can be worked."""
        kept = (a for a in roster if not (a.works and plan.leave_type(a.agent_id, a.date)))
        return cls(plan, Roster.of(kept, roster.tail.values()))

    def loss(self, absence: Absence) -> pd.DataFrame:
        """Return the intervals in which cover would fall short, or shorter, if the agent were away.

        Returns
        -------
        DataFrame
            Columns `queue`, `interval_start`, `required`, `before`, `after` and `missing`, what would be lacking more
            than now; all in agents.
        """
        days = frozenset(dates(absence.first_date, absence.last_date))
        gone = Roster.of(a for a in self.roster if a.agent_id == absence.agent_id and a.date in days)
        table = self._cover[["required", "cover", "shortfall"]].copy()
        table["after"] = table["cover"] - cover(gone, self.plan)["cover"]
        short = np.maximum(table["required"] - table["after"], 0)
        table["missing"] = (short - table["shortfall"]).round(6)
        found = table[table["missing"] > TINY].rename(columns={"cover": "before"}).drop(columns="shortfall")
        return found[["required", "before", "after", "missing"]].reset_index()

    @cached_property
    def _cover(self) -> pd.DataFrame:
        return cover(self.roster, self.plan)


@dataclass(frozen=True)
class Room:
    """How many agents can be off on each day of the period, rest days included, and how many ask to be.

    An upper estimate: every queue needs at least the agents of its peak, and as many shifts as hold its hours; so does
    the centre as a whole. What the rules ask beside that is not counted.
    """

    plan: Plan
    asked: Sequence[Absence]
    """Leave that waits for a decision."""

    def spare(self, agent: Agent, day: date) -> int:
        """Return how many agents can still be off on a day where this one can serve; below 0 when too few are left."""
        return min((self._spare[pool, day] for pool in self._pools(agent)), default=0)

    def odds(self, agent: Agent, day: date) -> float:
        """Return the share of those who ask for a day off, where this agent can serve, that can have it."""
        return min((self._odds(pool, day) for pool in self._pools(agent)), default=1.0)

    def asking(self, agent: Agent, day: date) -> int:
        """Return how many agents ask for the day where the odds of this one are the worst."""
        pool = min(self._pools(agent), key=lambda p: self._odds(p, day), default=ALL)
        return len(self._asking.get((pool, day), ()))

    def wishes(self) -> Iterator[Request]:
        """Yield the wishes for a day off of agents who are employed and not on leave then."""
        for wish in self.plan.requests:
            agent = self.plan.by_id.get(wish.agent_id)
            if wish.kind == "off" and agent is not None and self._is_there(agent, wish.date):
                yield wish

    def _odds(self, pool: str, day: date) -> float:
        asking = len(self._asking.get((pool, day), ()))
        return min(1.0, max(0, self._spare[pool, day]) / asking) if asking else float(self._spare[pool, day] > 0)

    def _pools(self, agent: Agent) -> tuple[str, ...]:
        queues = self.plan.queues_of(agent)
        return (*queues, ALL) if queues else ()

    def _is_there(self, agent: Agent, day: date) -> bool:
        return agent.employed(day) and self.plan.leave_type(agent.agent_id, day) is None

    @cached_property
    def _spare(self) -> Mapping[tuple[str, date], int]:
        pools = (*self.plan.settings.queues, ALL)
        found = {(pool, day): -self._needed(pool, day) for pool in pools for day in self.plan.days}
        for agent in self.plan.agents:
            for pool in self._pools(agent):
                for day in self.plan.days:
                    found[pool, day] += self._is_there(agent, day)
        return found

    @cached_property
    def _asking(self) -> Mapping[tuple[str, date], Collection[str]]:
        wanted = {(w.agent_id, w.date) for w in self.wishes()}
        wanted |= {(a.agent_id, d) for a in self.asked for d in dates(a.first_date, a.last_date)}
        found: dict[tuple[str, date], set[str]] = {}
        for agent_id, day in wanted:
            for pool in self._pools(self.plan.by_id[agent_id]):
                found.setdefault((pool, day), set()).add(agent_id)
        return found

    def _needed(self, pool: str, day: date) -> int:
        """Return the fewest agents who can cover a day of a queue, or of all queues together."""
        hours, peak = self._demand[pool, day]
        return max(math.ceil(peak - TINY), math.ceil(hours / self._longest - TINY))

    @cached_property
    def _demand(self) -> Mapping[tuple[str, date], tuple[float, float]]:
        """Return agent-hours and peak agents by pool and date of the wall clock."""
        starts, hours = self.plan.grid.starts, self.plan.grid.minutes / 60
        needed = self.plan.requirement["required_rostered"].unstack("queue").reindex(starts)
        needed[ALL] = needed.sum(axis=1)
        found: dict[tuple[str, date], tuple[float, float]] = {}
        for day in self.plan.days:
            part = needed[starts.date == day]
            found |= {
                (pool, day): (float(part[pool].sum() * hours), float(part[pool].max())) for pool in needed.columns
            }
        return found

    @cached_property
    def _longest(self) -> float:
        """Return the most hours that one shift can be on the queue."""
        day = self.plan.days[0]
        shifts = (self.plan.shifts[code, day].on_queue() for code in self.plan.templates)
        return max(sum((end - start).total_seconds() for start, end in spans) for spans in shifts) / 3600
