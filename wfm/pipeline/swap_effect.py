"""What a swap changes about the rules: violations that were not there before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from wfm import roster
from wfm.records.swap_terms import exchanged

if TYPE_CHECKING:
    from collections.abc import Iterable

    from wfm.domain.roster import Roster, Violation
    from wfm.pipeline.load import Published
    from wfm.records.swaps import Swap


@dataclass(frozen=True)
class Effect:
    """The roster after a swap, and the violations that the swap brings, hard and soft."""

    roster: Roster
    hard: tuple[Violation, ...]
    soft: tuple[Violation, ...]


def effect_of(base: Published, swap: Swap) -> Effect:
    """Return what a swap does to the published roster under its whole rule book."""
    new = exchanged(swap, base.plan, base.roster)
    brought = added(base.violations, roster.verify(new, base.plan, base.book))
    hard = tuple(v for v in brought if v.severity == "hard")
    return Effect(new, hard, tuple(v for v in brought if v.severity == "soft"))


def added(before: Iterable[Violation], after: Iterable[Violation]) -> list[Violation]:
    """Return the violations that are new, or worse than one of the same rule, agent and dates before."""
    known = list(before)
    return [v for v in after if not any(_no_worse(v, old) for old in known)]


def _no_worse(new: Violation, old: Violation) -> bool:
    """Return whether a violation lies within an old one and goes no further beyond the bound."""
    same = (new.rule, new.severity, new.agent_id) == (old.rule, old.severity, old.agent_id)
    first, last = _span(new)
    begin, end = _span(old)
    return same and begin <= first and last <= end and new.amount <= old.amount


def _span(violation: Violation) -> tuple[date, date]:
    return violation.first_date or date.min, violation.last_date or violation.first_date or date.max
