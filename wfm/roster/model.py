"""The model that rules and goals write into: cells of agents and days, rows on them, costs; no solver in sight.

Every rule posts its constraints once for each agent, over cells that are all still open. The rows are plain integer
data, so the engine can solve any subset of agents and days while the rest stands, switch a rule off to explain a
conflict, or add the rows of equal agents up to a bound.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from wfm.domain.clock import dates
from wfm.domain.roster import TICKS, Roster, State
from wfm.roster.linear import Linear

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    import numpy.typing as npt

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.shifts import Shift

HARD = -1
"""Weight of a rule that must hold."""
NO_CEILING = 10**9
"""Need of a ceiling, in hundredths of an agent, where there is none."""


@dataclass(frozen=True, slots=True)
class Row:
    """`low <= sum(coefficient x variable) <= high`; None is no bound."""

    owner: str
    """Kind of the rule that posted it; empty for the structure of the cells."""
    terms: tuple[tuple[int, int], ...]
    low: int | None
    high: int | None


@dataclass(slots=True)
class Line:
    """The variables, rows and costs of one agent.

    Variable `day` (0 … days-1) is 1 when no shift starts on that day; variable `days + day * templates + k` is 1 when
    template k starts on it; the others are auxiliary.
    """

    agent: Agent
    queues: list[list[int]]
    """Per day, the indices of the queues the agent may serve."""
    high: list[int] = field(default_factory=list)
    """Upper bound per variable; every lower bound is 0."""
    cost: list[int] = field(default_factory=list)
    """Cost in ticks per unit of each variable."""
    constant: int = 0
    """Cost in ticks that does not depend on the roster."""
    templates: int = 0
    """Number of shift templates."""
    rows: list[Row] = field(default_factory=list)

    def new(self, high: int, cost: int = 0) -> int:
        """Return a new variable between 0 and `high`."""
        self.high.append(high)
        self.cost.append(cost)
        return len(self.high) - 1


@dataclass(frozen=True, slots=True)
class Count:
    """A convex cost on the number of agents on a set of queues, per interval."""

    owner: str
    queues: tuple[int, ...]
    required: npt.NDArray[np.int64]
    """Need per interval in hundredths of an agent; shape (size,)."""
    under: int
    """Weight of a missing agent; `HARD` when none may be missing."""
    over: int
    """Weight of a surplus agent; `HARD` when there may be none."""
    agents: frozenset[str] | None = None
    """Ids of the agents who count; None counts all."""

    @property
    def groups(self) -> tuple[frozenset[str], ...]:
        """The groups of agents that it tells apart from others."""
        return () if self.agents is None else (self.agents,)

    @property
    def hard(self) -> bool:
        """Whether it must hold rather than cost."""
        return HARD in (self.under, self.over)

    def binds(self, at: int) -> bool:
        """Return whether it says anything about an interval."""
        if self.under == HARD:
            return bool(self.required[at] > 0)
        return self.over == 0 or bool(self.required[at] < NO_CEILING)


@dataclass(frozen=True, slots=True)
class Tie:
    """Some agent starts no shift that another one does not start."""

    owner: str
    follower: frozenset[str]
    """The id of the one."""
    leader: frozenset[str]
    """The id of the other."""
    days: tuple[int, ...]
    """Indices of the days on which it holds."""
    weight: int
    """Weight of each day on which it does not; `HARD` when there may be none."""

    @property
    def groups(self) -> tuple[frozenset[str], ...]:
        """The groups of agents that it tells apart from others."""
        return (self.follower, self.leader)

    @property
    def hard(self) -> bool:
        """Whether it must hold rather than cost."""
        return self.weight == HARD


class Model:
    """A façade over the cells: expressions to read, constraints and costs to post.

    Parameters
    ----------
    plan
        What the roster is solved against.
    scales
        By kind of a goal or soft rule, what its costs are multiplied by (see `wfm.roster.order`); 1 for the others.
    """

    def __init__(self, plan: Plan, scales: Mapping[str, int] = MappingProxyType({})) -> None:
        self.plan, self.scales = plan, scales
        self.days = plan.days
        self.first = plan.days[0]
        self.codes = tuple(plan.templates)
        self.queue_names = tuple(plan.settings.queues)
        self.tail = Roster.of((), plan.previous)
        self._rows: dict[Row, Row] = {}
        self._cells = [self._one_cell(d) for d in range(len(self.days))]
        self.counts: list[Count | Tie] = []
        self._owner, self._weight = "", HARD
        self._starts: dict[date, list[tuple[Shift, Linear]]] = {}
        self._paid: dict[tuple[date, ...], Linear] = {}
        self._offs: dict[tuple[date, date], Linear] = {}
        self._clashes: dict[object, list[Linear]] = {}
        self._apart: dict[object, list[Row]] = {}

    @cached_property
    def lines(self) -> dict[str, Line]:
        """The line of every agent, by id."""
        return {a.agent_id: self._new_line(a) for a in self.plan.agents}

    def _new_line(self, agent: Agent) -> Line:
        names = list(self.plan.settings.queues)
        mine = [names.index(q) for q in self.plan.queues_of(agent)]
        line = Line(agent, queues=[list(mine) for _ in self.days], templates=len(self.codes))
        cells = len(self.days) * (1 + len(self.codes))
        line.high, line.cost = [1] * cells, [0] * cells
        line.rows += self._cells
        return line

    def _one_cell(self, d: int) -> Row:
        cells = (d, *(len(self.days) + d * len(self.codes) + k for k in range(len(self.codes))))
        return Row("", tuple((v, 1) for v in cells), 1, 1)

    @contextmanager
    def posting(self, owner: str, weight: int = HARD) -> Iterator[None]:
        """Mark all rows posted inside as those of one rule: hard, or soft with a weight per unit beyond the bound."""
        before = self._owner, self._weight
        self._owner, self._weight = owner, weight
        try:
            yield
        finally:
            self._owner, self._weight = before

    # ── reading the cells ────────────────────────────────────────────────────────────────────────────────────────

    def off(self, agent: Agent, day: date) -> Linear:
        """Return 1 when no shift of the agent starts on that day, else 0; a constant before the period.

        A day before the period of which nothing is known counts as a day off.
        """
        at = (day - self.first).days
        if at < 0:
            return Linear(constant=0 if self.tail.works(agent.agent_id, day) else 1)
        return Linear({at: 1})

    def days_off(self, agent: Agent, first: date, last: date) -> Linear:
        """Return on how many days from the first to the last no shift of the agent starts."""
        known = self._offs.get((first, last))
        if known is None:
            known = Linear.total(self.off(agent, day) for day in dates(first, last))
            if first >= self.first:
                self._offs[first, last] = known
        return known

    def works(self, agent: Agent, day: date) -> Linear:
        """Return 1 when a shift of the agent starts on that day, else 0."""
        return 1 - self.off(agent, day)

    def rests(self, agent: Agent, day: date) -> Linear:
        """Return 1 when the day is a rest day of the agent (not leave, not a statutory day off), else 0."""
        if day < self.first:
            known = self.tail.at(agent.agent_id, day)
            return Linear(constant=1 if known is not None and known.state is State.REST else 0)
        return self.off(agent, day) if self.plan.off_state(agent, day) is State.REST else Linear()

    def starts(self, agent: Agent, day: date) -> list[tuple[Shift, Linear]]:
        """Return every shift that may start on that day with 1 when the agent works it, else 0."""
        at = (day - self.first).days
        if at < 0:
            known = self.tail.at(agent.agent_id, day)
            return [(known.shift, Linear(constant=1))] if known is not None and known.shift is not None else []
        if day not in self._starts:
            base = len(self.days) + at * len(self.codes)
            cells = [(self.plan.shifts[code, day], Linear({base + k: 1})) for k, code in enumerate(self.codes)]
            self._starts[day] = cells
        return self._starts[day]

    def paid_minutes(self, agent: Agent, days: Iterable[date]) -> Linear:
        """Return the paid minutes of the shifts that start on the given days."""
        span = tuple(days)
        if span and span[0] < self.first:
            return Linear.total(x * shift.paid_minutes for day in span for shift, x in self.starts(agent, day))
        if span not in self._paid:
            parts = (x * shift.paid_minutes for day in span for shift, x in self.starts(agent, day))
            self._paid[span] = Linear.total(parts)
        return self._paid[span]

    # ── constraints on one agent ─────────────────────────────────────────────────────────────────────────────────

    def at_most(self, agent: Agent, what: Linear, bound: int, per: int = 1) -> None:
        """Post `what <= bound`; a soft rule pays its weight for every `per` units beyond."""
        self._post(agent, what, None, bound, per)

    def at_least(self, agent: Agent, what: Linear, bound: int, per: int = 1) -> None:
        """Post `what >= bound`; a soft rule pays its weight for every `per` units short of it."""
        self._post(agent, what, bound, None, per)

    def exactly(self, agent: Agent, what: Linear, bound: int, per: int = 1) -> None:
        """Post `what == bound`; a soft rule pays its weight for every `per` units away from it."""
        if self._weight == HARD:
            self._post(agent, what, bound, bound, per)
        else:
            self._post(agent, what, bound, None, per)
            self._post(agent, what, None, bound, per)

    def forbid(self, agent: Agent, what: Linear) -> None:
        """Post `what == 0` for an expression that is never negative."""
        self.at_most(agent, what, 0)

    def any_of(self, agent: Agent, choices: Iterable[Linear]) -> None:
        """Post that at least one of the 0/1 expressions is 1."""
        self.at_least(agent, Linear.total(choices), 1)

    def flag(self, agent: Agent, *needs: Linear) -> Linear:
        """Return a new 0/1 helper that may be 1 only when all of the given 0/1 expressions are; never soft."""
        flag = Linear({self.lines[agent.agent_id].new(high=1): 1})
        with self.posting(self._owner):
            for need in needs:
                self.at_least(agent, need - flag, 0)
        return flag

    def apart(self, agent: Agent, day: date, later: date, clash: Callable[[Shift, Shift], bool]) -> None:
        """Post that of two shifts that clash, one starting on `day` and one on `later`, at most one is worked.

        `clash` must depend on the two shifts alone: inside the period it is asked once for all agents.
        """
        key = (self._owner, clash, day, later)
        if day < self.first or key not in self._clashes:
            clashes = _clashes(self.starts(agent, day), self.starts(agent, later), clash)
            if day >= self.first:
                self._clashes[key] = clashes
        else:
            clashes = self._clashes[key]
        if self._weight != HARD or day < self.first:
            for either in clashes:
                self.at_most(agent, either, 1)
            return
        if key not in self._apart:
            self._apart[key] = [Row(self._owner, tuple(sorted(e.terms.items())), None, 1) for e in clashes]
        self.lines[agent.agent_id].rows += self._apart[key]

    def serve_only(self, agent: Agent, day: date, queue: str) -> None:
        """Post that the agent serves no queue but this one on that day; no shift where he cannot serve it."""
        at = (day - self.first).days
        line = self.lines[agent.agent_id]
        line.queues[at] = [q for q in line.queues[at] if self.queue_names[q] == queue]
        if not line.queues[at]:
            self.forbid(agent, self.works(agent, day))

    def _post(self, agent: Agent, what: Linear, low: int | None, high: int | None, per: int) -> None:
        line = self.lines[agent.agent_id]
        low = None if low is None else low - what.constant
        high = None if high is None else high - what.constant
        terms = dict(what.terms)
        if self._weight != HARD:
            if TICKS % per:
                raise ValueError(f"per={per} does not divide {TICKS}")
            price = self._weight * self._scale * TICKS // per
            if not terms:
                line.constant += price * max(0, -high if high is not None else low or 0)
                return
            slack = line.new(self._reach(line, what, low, high), price)
            terms[slack] = 1 if high is None else -1
        row = Row(self._owner, tuple(sorted(terms.items())), low, high)
        line.rows.append(self._rows.setdefault(row, row))

    @staticmethod
    def _reach(line: Line, what: Linear, low: int | None, high: int | None) -> int:
        """Return how far `what` can lie beyond its one bound."""
        top = sum(c * line.high[v] for v, c in what.terms.items() if c > 0)
        bottom = sum(c * line.high[v] for v, c in what.terms.items() if c < 0)
        return max(0, top - high if high is not None else (low or 0) - bottom)

    @property
    def _scale(self) -> int:
        """What the costs posted now are multiplied by."""
        return self.scales.get(self._owner, 1)

    # ── costs ────────────────────────────────────────────────────────────────────────────────────────────────────

    def charge(self, agent: Agent, what: Linear, ticks: int) -> None:
        """Add `ticks` to the objective for every unit of `what`."""
        line, ticks = self.lines[agent.agent_id], ticks * self._scale
        line.constant += what.constant * ticks
        for var, coef in what.terms.items():
            line.cost[var] += coef * ticks

    def charge_convex(self, agent: Agent, count: Linear, most: int, ticks: Callable[[int], int]) -> None:
        """Add `ticks(count)` to the objective, a convex function of a count between 0 and `most`."""
        line = self.lines[agent.agent_id]
        value = [ticks(n) for n in range(most + 2)]
        slope = [b - a for a, b in zip(value, value[1:], strict=False)]
        line.constant += value[0] * self._scale
        self.charge(agent, count, slope[0])
        for n in range(1, most + 1):
            bend = slope[n] - slope[n - 1]
            if bend < 0:
                raise ValueError("the cost of a count must be convex")
            if bend:
                beyond = Linear({line.new(high=most, cost=bend * self._scale): 1})
                with self.posting(self._owner):
                    self.at_most(agent, count - beyond, n)

    # ── agents on queues ─────────────────────────────────────────────────────────────────────────────────────────

    def charge_cover(self, queue: str, required: npt.NDArray[np.float64], under: int, over: int) -> None:
        """Charge every missing and every surplus agent of a queue per interval.

        Parameters
        ----------
        required
            Agents needed per interval of the grid, shape (size,); read to the hundredth.
        under, over
            Weight of one agent missing, or too many, for one interval.
        """
        need = np.rint(required * 100).astype(np.int64)
        at = (self.queue_names.index(queue),)
        self.counts.append(Count(self._owner, at, need, under * self._scale, over * self._scale))

    def floor_cover(
        self, queues: Sequence[str], required: npt.NDArray[np.int64], agents: frozenset[str] | None = None
    ) -> None:
        """Post that at least so many agents are on these queues together in every interval, shape (size,).

        `agents` are the ids of those who count; None counts all.
        """
        at = tuple(self.queue_names.index(q) for q in queues)
        self.counts.append(Count(self._owner, at, required.astype(np.int64) * 100, self._price, 0, agents))

    def ceiling_cover(
        self, queues: Sequence[str], allowed: npt.NDArray[np.int64], agents: frozenset[str] | None = None
    ) -> None:
        """Post that at most so many agents are on these queues together in every interval, shape (size,).

        Parameters
        ----------
        allowed
            Below 0 where there is no limit.
        agents
            Ids of those who count; None counts all.
        """
        at = tuple(self.queue_names.index(q) for q in queues)
        most = np.where(allowed < 0, NO_CEILING, allowed.astype(np.int64) * 100)
        self.counts.append(Count(self._owner, at, most, 0, self._price, agents))

    def follow(self, follower: Agent, leader: Agent, days: Iterable[date]) -> None:
        """Post that on some days an agent starts no shift that another one does not start."""
        at = tuple((day - self.first).days for day in days)
        one, other = (frozenset((agent.agent_id,)) for agent in (follower, leader))
        self.counts.append(Tie(self._owner, one, other, at, self._price))

    @property
    def _price(self) -> int:
        return HARD if self._weight == HARD else self._weight * self._scale


def _clashes(
    before: Sequence[tuple[Shift, Linear]], after: Sequence[tuple[Shift, Linear]], clash: Callable[[Shift, Shift], bool]
) -> list[Linear]:
    """Return one sum per set of earlier shifts that rule out the same later ones; no two sums share a pair."""
    ruled_out: dict[frozenset[str], list[Linear]] = {}
    for shift, works in after:
        ruled_out.setdefault(frozenset(s.code for s, _ in before if clash(s, shift)), []).append(works)
    return [
        Linear.total([*starts, *(works for s, works in before if s.code in codes)])
        for codes, starts in ruled_out.items()
        if codes
    ]
