"""Forms of rows with two faces: what is posted on the cells of one agent, and what it means, told by plain counting.

A line is one shift code per day, `-` on a day off.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby, product
from typing import TYPE_CHECKING

import numpy as np
from roster_house import example_plan

from wfm.domain.roster import TICKS
from wfm.roster.base import Example
from wfm.roster.engine.kernel import FAR, solve_line
from wfm.roster.engine.lines import pack
from wfm.roster.engine.problem import compile_problem
from wfm.roster.linear import Linear
from wfm.roster.model import HARD, Model

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from wfm.domain.agents import Agent
    from wfm.roster.engine.kernel import Tables
    from wfm.roster.engine.problem import Problem

CODES = "ED"
BEFORE = 8
"""Days before the period that a form may look at; nothing is known of the first ones, so they are days off."""


class Form(ABC):
    """Something to ask of a line."""

    @abstractmethod
    def post(self, model: Model, agent: Agent) -> None:
        """Write it into the model."""

    @abstractmethod
    def cost(self, past: Sequence[str], line: Sequence[str]) -> int | None:
        """Return what a line costs in ticks, None when it is not allowed; `past` are the `BEFORE` days before."""


@dataclass(frozen=True)
class LongestRun(Form):
    """At most so many days of one kind in a row; the run may begin before the period."""

    off: bool
    most: int

    def post(self, model: Model, agent: Agent) -> None:
        """Post one day of the other kind in every window."""
        for last in range(len(model.days)):
            window = [_day(model, n) for n in range(max(-BEFORE, last - self.most), last + 1)]
            what = Linear.total((model.works if self.off else model.off)(agent, day) for day in window)
            if what.constant + sum(min(0, c) for c in what.terms.values()) < 1:
                model.at_least(agent, what, 1)

    def cost(self, past: Sequence[str], line: Sequence[str]) -> int | None:
        """Measure the runs."""
        for off, first, last in _runs([*past, *line]):
            if off == self.off and last >= BEFORE and last - max(first, 0) + 1 > self.most:
                return None
        return 0


@dataclass(frozen=True)
class ShortestRun(Form):
    """At least so many days of one kind in a row; `known` days before the period count, the rest does not."""

    off: bool
    fewest: int
    known: int = 0
    at_end: bool = False
    """Whether the last day of the period ends a run."""

    def post(self, model: Model, agent: Agent) -> None:
        """Post for every shorter run that it is not there."""
        inside, outside = (model.off, model.works) if self.off else (model.works, model.off)
        for length in range(1, self.fewest):
            for at in range(-self.known, len(model.days) - length):
                ends = at + length + 1
                if ends < 0 or (ends == len(model.days) and not self.at_end):
                    continue
                around = [n for n in (at, ends) if n < len(model.days)]
                pattern = [inside(agent, _day(model, n)) for n in range(at + 1, ends)]
                pattern += [outside(agent, _day(model, n)) for n in around]
                what = Linear.total(pattern)
                if _reaches(what, len(pattern)):
                    model.at_most(agent, what, len(pattern) - 1)

    def cost(self, past: Sequence[str], line: Sequence[str]) -> int | None:
        """Measure the runs that begin after a known day and end in the period."""
        whole, end = [*past, *line], BEFORE + len(line) - 1
        for off, first, last in _runs(whole):
            begins = first - 1 >= BEFORE - self.known
            stops = self.at_end if last == end else last >= BEFORE - 1
            if off == self.off and begins and stops and last - first + 1 < self.fewest:
                return None
        return 0


@dataclass(frozen=True)
class Barred(Form):
    """Some shifts may not follow others on the next day."""

    pairs: frozenset[str]

    def post(self, model: Model, agent: Agent) -> None:
        """Post every two neighbouring days."""
        for n in range(-1, len(model.days) - 1):
            model.apart(agent, _day(model, n), _day(model, n + 1), lambda a, b: a.code + b.code in self.pairs)

    def cost(self, past: Sequence[str], line: Sequence[str]) -> int | None:
        """Look at every two neighbouring days."""
        whole = [past[-1], *line]
        return None if any(a + b in self.pairs for a, b in zip(whole, line, strict=False)) else 0


@dataclass(frozen=True)
class Band(Form):
    """A sum over the days lies between limits, or costs a weight per unit outside them."""

    value: tuple[tuple[str, int], ...]
    """What a shift code, or `-`, adds."""
    low: int | None
    high: int | None
    weight: int = HARD
    first: int = 0
    end: int | None = None

    def post(self, model: Model, agent: Agent) -> None:
        """Post both limits on one sum."""
        value, days = dict(self.value), model.days[self.first : self.end]
        parts = [works * value.get(s.code, 0) for d in days for s, works in model.starts(agent, d)]
        parts += [model.off(agent, d) * value.get("-", 0) for d in days]
        what = Linear.total(parts)
        with model.posting("band", self.weight):
            if self.low is not None:
                model.at_least(agent, what, self.low)
            if self.high is not None:
                model.at_most(agent, what, self.high)

    def cost(self, past: Sequence[str], line: Sequence[str]) -> int | None:
        """Add up."""
        del past
        total = sum(dict(self.value).get(code, 0) for code in line[self.first : self.end])
        beyond = max(0, total - self.high) if self.high is not None else 0
        beyond += max(0, self.low - total) if self.low is not None else 0
        if self.weight == HARD:
            return None if beyond else 0
        return beyond * self.weight * TICKS


@dataclass(frozen=True)
class Convex(Form):
    """The number of shifts of a code costs its squared distance to a wish, in ticks."""

    code: str
    wish: int

    def post(self, model: Model, agent: Agent) -> None:
        """Charge the count."""
        count = Linear.total(works for d in model.days for s, works in model.starts(agent, d) if s.code == self.code)
        model.charge_convex(agent, count, len(model.days), self._ticks)

    def _ticks(self, count: int) -> int:
        return (count - self.wish) ** 2

    def cost(self, past: Sequence[str], line: Sequence[str]) -> int | None:
        """Count."""
        del past
        return self._ticks(list(line).count(self.code))


@dataclass(frozen=True)
class FreePairs(Form):
    """At least so many of the given days and pairs of neighbouring days are without work."""

    groups: tuple[tuple[int, ...], ...]
    fewest: int

    def post(self, model: Model, agent: Agent) -> None:
        """Post one flag a group."""
        flags = [model.flag(agent, *(model.off(agent, model.days[n]) for n in group)) for group in self.groups]
        model.at_least(agent, Linear.total(flags), self.fewest)

    def cost(self, past: Sequence[str], line: Sequence[str]) -> int | None:
        """Count the groups."""
        del past
        free = sum(all(line[n] == "-" for n in group) for group in self.groups)
        return 0 if free >= self.fewest else None


@dataclass(frozen=True)
class Excused(Form):
    """No run of so many days off or more, unless one of some days is part of it.

    With `rationed`, no more than one day may hand its excuse on to a neighbour.
    """

    length: int
    excusing: tuple[int, ...]
    rationed: bool = False

    def post(self, model: Model, agent: Agent) -> None:
        """Post every window without an excusing day, with helpers that lead to the nearest ones."""
        days = range(len(model.days))
        left, right = self._flags(model, agent, days), self._flags(model, agent, reversed(days))
        for at in range(len(days) - self.length + 1):
            window = range(at, at + self.length)
            if not set(window) & set(self.excusing):
                excuses = [e for e in (left.get(window[0]), right.get(window[-1])) if e is not None]
                model.any_of(agent, [*(model.works(agent, model.days[n]) for n in window), *excuses])
        if self.rationed:
            model.at_most(agent, Linear.total([*left.values(), *right.values()]), 1)

    def _flags(self, model: Model, agent: Agent, days: Iterable[int]) -> dict[int, Linear]:
        found: dict[int, Linear] = {}
        before: Linear | None = None
        for n in days:
            off = model.off(agent, model.days[n])
            if n in self.excusing:
                before = off
            elif before is not None:
                found[n] = before = model.flag(agent, before, off)
        return found

    def cost(self, past: Sequence[str], line: Sequence[str]) -> int | None:
        """Look at every maximal run of days off."""
        del past
        for off, first, last in _runs(line):
            if off and last - first + 1 >= self.length and not set(self.excusing) & set(range(first, last + 1)):
                return None
        return 0


@dataclass(frozen=True)
class Paid(Form):
    """Each shift of a code costs so many ticks on one day, or saves them."""

    code: str
    day: int
    ticks: int

    def post(self, model: Model, agent: Agent) -> None:
        """Charge the start, or the day off."""
        day = model.days[self.day]
        what = dict((s.code, works) for s, works in model.starts(agent, day)) | {"-": model.off(agent, day)}
        model.charge(agent, what[self.code], self.ticks)

    def cost(self, past: Sequence[str], line: Sequence[str]) -> int | None:
        """Look at the day."""
        del past
        return self.ticks if line[self.day] == self.code else 0


def program(forms: Sequence[Form], days: int, tail: str = "") -> Problem:
    """Return the problem of one agent of whom forms are asked; `tail` are the codes of the days before."""
    plan = example_plan(Example(" ".join("-" * days), tail=" ".join(tail)), "none", CODES)
    model = Model(plan)
    for form in forms:
        form.post(model, plan.agents[0])
    return compile_problem(model)


def meaning(forms: Sequence[Form], days: int, tail: str = "") -> dict[tuple[str, ...], int | None]:
    """Return what every line of so many days costs by plain counting, None where it is not allowed."""
    past = ["-"] * (BEFORE - len(tail)) + list(tail)
    found: dict[tuple[str, ...], int | None] = {}
    for line in product(f"-{CODES}", repeat=days):
        costs = [form.cost(past, line) for form in forms]
        found[line] = None if None in costs else sum(cost for cost in costs if cost is not None)
    return found


def admitted(problem: Problem, *, quick: bool = False) -> Iterator[tuple[tuple[str, ...], int | None]]:
    """Yield every line with what the tables say it costs, None where they do not allow it."""
    packed = pack(problem)
    tables, loose = (packed.quick, packed.loose) if quick else (packed.full, packed.priced)
    room = np.empty(packed.room)
    program = problem.lines[0]
    beyond = program.constant + int(np.minimum(program.cost * program.high, 0)[_cells(problem) :].sum())
    for line in product(f"-{CODES}", repeat=problem.days):
        value = _value(
            problem, tables, line, room, packed.own.cost[0] + loose.work[0], packed.own.off_cost[0] + loose.off[0]
        )
        yield line, None if value >= FAR / 2 else round(value) + beyond


def _value(
    problem: Problem, tables: Tables, line: Sequence[str], room: np.ndarray, own: np.ndarray, own_off: np.ndarray
) -> float:
    chosen = np.array([CODES.find(code) for code in line])
    work = np.where(chosen[:, None] == np.arange(problem.templates), own, FAR)
    off = np.where(chosen < 0, own_off, FAR)
    written = np.empty(problem.days, dtype=np.int32)
    value, _ = solve_line(tables, 0, work, off, room, written)
    if value < FAR / 2:
        assert (written == chosen).all()
    return float(value)


def _cells(problem: Problem) -> int:
    return problem.days * (1 + problem.templates)


def _day(model: Model, at: int) -> date:
    return model.days[0] + timedelta(days=at)


def _reaches(what: Linear, most: int) -> bool:
    """Return whether an expression can reach a value."""
    return what.constant + sum(max(0, c) for c in what.terms.values()) >= most


def _runs(line: Sequence[str]) -> Iterator[tuple[bool, int, int]]:
    """Yield maximal runs as (off, first, last)."""
    at = 0
    for off, group in groupby(line, lambda code: code == "-"):
        length = len(list(group))
        yield off, at, at + length - 1
        at += length
