"""Ways out that relax one rule: a limit moved for as few agents as possible, exceptions, or intervals below a floor."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product, takewhile
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import ValidationError

from wfm.domain.cover import cover
from wfm.domain.roster import TICKS
from wfm.roster.engine.doctor import words
from wfm.roster.engine.doctor.case import asked, floors_of
from wfm.roster.engine.doctor.decide import Mended

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster
    from wfm.domain.text import Text
    from wfm.roster.base import Rule
    from wfm.roster.engine.doctor.case import Case
    from wfm.roster.engine.doctor.decide import Judge

FURTHEST = 64
"""Units by which a limit is moved at most."""
GLANCE = 8
"""Steps ahead that are looked at to tell the direction that makes things worse."""
HOURS_A_DAY = 8
"""Hours that are priced as a day of work."""


def soft(rule: Rule) -> Rule:
    """Return the rule as a wish that costs one unit of weight for every unit beyond its limit."""
    return rule.model_copy(update={"hard": False, "weight": 1})


@dataclass(frozen=True)
class Moved:
    """A rule with one of its limits moved."""

    before: Rule
    field: str
    by: int

    def rule(self) -> Rule:
        """Return the rule as it then is; raises `ValidationError` when the limit cannot be that."""
        fields: dict[str, Any] = self.before.model_dump()
        return type(self.before)(**{**fields, self.field: fields[self.field] + self.by})

    def sentence(self) -> Text:
        """Return the rule as it then is; with the name of the limit where the sentence does not show it."""
        said = self.rule().sentence()
        if said != self.before.sentence():
            return said
        return words.LIMIT.fill(rule=said, field=self.field, value=f"{getattr(self.rule(), self.field):g}")


def relaxed(case: Case, rule: Rule, judge: Judge) -> Mended | None:
    """Return the way out that relaxes a rule about single agents; None when none is found.

    The limit that has to move least is moved, and the old limit kept as a wish, so that few agents go beyond it.
    A rule without limits, or whose limits do not help, is broken as little as possible.
    """
    if not judge.hopes(case.without(rule)):
        return None
    eased = min(_eased(case, rule, judge), key=lambda moved: abs(moved.by), default=None)
    roster = judge.solve(case.instead(rule, soft(rule), *([] if eased is None else [eased.rule()])))
    broken = [] if roster is None else [v for v in soft(rule).audit(roster, case.plan) if v.agent_id is not None]
    if roster is None or not broken:
        return None
    names = {v.agent_id for v in broken}
    agents = [a.agent_id for a in case.plan.agents if a.agent_id in names]
    said = (words.EXCEPT if eased is None else words.EASE).fill(
        many=words.number(len(agents), "agents"),
        agents=words.people(agents),
        strict=rule.sentence(),
        eased=None if eased is None else eased.sentence(),
    )
    n, beyond = len(broken), sum(v.cost for v in broken) / TICKS
    price = words.number(n, "exceptions")
    return Mended(words.priced(said, price, n, "exceptions", max(float(n), beyond / HOURS_A_DAY)), roster)


def _eased(case: Case, rule: Rule, judge: Judge) -> Iterator[Moved]:
    """Yield for every limit and direction that helps the smallest step."""
    for field, sign in product(rule.bounds, (1, -1)):
        steps = list(takewhile(_allowed, (Moved(rule, field, sign * step) for step in range(1, FURTHEST + 1))))
        if steps and asked(case.plan, steps[-1].rule()) != asked(case.plan, rule) and not _worse(case, steps, judge):
            found = _first(steps, lambda moved: judge.hopes(case.instead(moved.before, moved.rule())))
            if found is not None:
                yield found


def _worse(case: Case, steps: Sequence[Moved], judge: Judge) -> bool:
    """Return whether more is missing from the floors a step or a glance further: the cost of a limit is convex."""
    now = judge.missing(case)
    ahead = (judge.missing(case.instead(moved.before, moved.rule())) for moved in (steps[0], steps[:GLANCE][-1]))
    return any(missing > now + 1 for missing in ahead)


def _allowed(moved: Moved) -> bool:
    try:
        moved.rule()
    except ValidationError:
        return False
    return True


def _first(steps: Sequence[Moved], helps: Callable[[Moved], bool]) -> Moved | None:
    """Return the smallest step that helps: searched by doubling, then by halves; None when doubling finds none."""
    low, high = 0, 1
    while not helps(steps[min(high, len(steps)) - 1]):
        if high >= len(steps):
            return None
        low, high = high, 2 * high
    high = min(high, len(steps))
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if helps(steps[middle - 1]) else (middle, high)
    return steps[high - 1]


def accepted(case: Case, floors: Sequence[Rule], judge: Judge) -> Mended | None:
    """Return the way out that accepts agents missing from floors, as few as possible; None when none is found."""
    wished = case
    for rule in floors:
        wished = wished.instead(rule, soft(rule))
    found = [(sum(_short(r, case.plan, rule) for rule in floors), r) for r in judge.with_wishes(wished)]
    if not found:
        return None
    short, roster = min(found, key=lambda pair: pair[0].sum())
    missed = np.flatnonzero(short > 1e-6)
    if not len(missed):
        return None
    minutes = case.plan.settings.intervals.minutes
    hours, price = float(short.sum()) * minutes / 60, words.intervals(len(missed), minutes)
    said = words.ACCEPT.fill(
        intervals=price,
        days=words.days(sorted({case.plan.grid.starts[i].date() for i in missed.tolist()})),
        hours=f"{hours:,.1f}".removesuffix(".0"),
        floor=words.join(rule.sentence() for rule in floors),
    )
    return Mended(words.priced(said, price, len(missed), "uncovered_intervals", hours / HOURS_A_DAY), roster)


def _short(roster: Roster, plan: Plan, rule: Rule) -> Any:
    """Return by how many agents a roster is below the floors of a rule, per interval."""
    names = tuple(plan.settings.queues)
    total = np.zeros(plan.grid.size)
    for count in floors_of(plan, rule):
        counted = cover(roster if count.agents is None else roster.of_agents(count.agents), plan)["cover"]
        there = sum(counted.xs(names[q]).to_numpy(dtype=float) for q in count.queues)
        total = np.maximum(total, count.required / 100 - there)
    return np.maximum(total, 0.0)
