"""Who could take an agent's day, the best first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wfm import roster
from wfm.pipeline.swap import desk_of
from wfm.pipeline.swap_effect import added, effect_of
from wfm.records import swap_messages as m
from wfm.records.swap_terms import exchange_text, exchanged, no_agent, not_free
from wfm.records.swaps import Swap, SwapRefused
from wfm.roster import Rule, RuleBook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from pathlib import Path

    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster, Violation
    from wfm.pipeline.load import Published
    from wfm.pipeline.swap import Desk

DIGITS = 6
"""Digits kept of a difference of costs."""


@dataclass(frozen=True)
class Suggestion:
    """A swap that breaks no hard rule and no term of swapping.

    Attributes
    ----------
    soft
        Soft violations that it brings.
    fairness, cost
        What it adds to the goal fairness, and to all goals and soft rules together, in units of weight; below zero
        when it makes the roster better.
    """

    swap: Swap
    soft: tuple[Violation, ...]
    fairness: float
    cost: float


def suggest_swaps(folder: Path, agent_id: str, day: date, *, now: datetime | None = None) -> tuple[Suggestion, ...]:
    """Return at most one swap per colleague who could take an agent's day, the best first; nothing is written.

    First what brings the fewest new soft violations, then what is the fairest, then what costs the least, then who has
    the fewest swaps in the month. Looked at are exchanges of the day itself and, where one works and the other is off,
    one day for another: the colleague works for the agent on the day, the agent for the colleague on the other date.
    Every swap is checked under the whole rule book.

    Raises
    ------
    SwapRefused
        When the agent or the date is unknown, or the agent cannot give the day away.
    InputErrors, ManifestError
        As `desk_of`.
    """
    desk = desk_of(folder, now)
    plan = desk.base.plan
    _refuse_unknown(agent_id, day, plan)
    before = roster.score(desk.base.roster, plan, desk.base.book)
    found = []
    for partner in plan.agents:
        best = next(_possible(desk, agent_id, partner.agent_id, day), None) if partner.agent_id != agent_id else None
        if best is not None:
            found.append(_weighed(desk, best, before))
    month = day.year, day.month

    def rank(one: Suggestion) -> tuple[int, float, float, int, str]:
        partner = one.swap.partner
        return len(one.soft), one.fairness, one.cost, desk.file.register.count(partner, month, ""), partner

    return tuple(sorted(found, key=rank))


def _refuse_unknown(agent_id: str, day: date, plan: Plan) -> None:
    if agent_id not in plan.by_id:
        raise SwapRefused([no_agent(agent_id, plan)])
    if day not in plan.days:
        raise SwapRefused([m.NO_DAY.fill(day=day, first=plan.days[0], last=plan.days[-1])])
    if reasons := list(not_free(plan.by_id[agent_id], day, plan)):
        raise SwapRefused(reasons)


def _possible(desk: Desk, agent_id: str, partner_id: str, day: date) -> Iterator[Swap]:
    """Yield the swaps of two agents that may be made: fewest new soft violations of the two first, then nearest."""
    lines = _Lines.of(desk.base, agent_id, partner_id)
    likely = []
    for other in _return_days(desk.base.roster, desk.base.plan, agent_id, partner_id, day):
        swap = _swap(desk, agent_id, day, partner_id, other)
        if desk.objections(swap):
            continue
        brought = lines.added(exchanged(swap, desk.base.plan, desk.base.roster))
        if all(v.severity == "soft" for v in brought):
            likely.append((len(brought), abs(other - day), other, swap))
    for *_, swap in sorted(likely, key=lambda item: item[:3]):
        if not effect_of(desk.base, swap).hard:
            yield swap


def _return_days(found: Roster, plan: Plan, agent_id: str, partner_id: str, day: date) -> list[date]:
    """Return the dates the partner may give: the day itself, and those on which it is the other who works."""
    own, others = found.works(agent_id, day), found.works(partner_id, day)
    back = [d for d in plan.days if found.works(agent_id, d) == others and found.works(partner_id, d) == own]
    return [day, *(back if own != others else ())]


def _swap(desk: Desk, agent_id: str, day: date, partner_id: str, other: date) -> Swap:
    swap = Swap(
        swap_id="",
        proposer=agent_id,
        proposer_date=day,
        partner=partner_id,
        partner_date=other,
        proposed_at=desk.now,
    )
    return swap.model_copy(update={"exchange": exchange_text(swap, desk.base.roster)})


def _weighed(desk: Desk, swap: Swap, before: dict[str, float]) -> Suggestion:
    effect = effect_of(desk.base, swap)
    after = roster.score(effect.roster, desk.base.plan, desk.base.book)
    more = {kind: after[kind] - before[kind] for kind in after}
    return Suggestion(swap, effect.soft, round(more["fairness"], DIGITS), round(sum(more.values()), DIGITS))


@dataclass(frozen=True)
class _Lines:
    """The rules about single agents, looked at for two agents only: what they refuse, the whole book refuses too."""

    plan: Plan
    book: RuleBook
    before: tuple[Violation, ...]

    @classmethod
    def of(cls, base: Published, *agents: str) -> _Lines:
        plan = replace(base.plan, agents=tuple(base.plan.by_id[agent_id] for agent_id in agents))
        single = tuple(rule for rule in base.book.rules if type(rule).constrain_roster is Rule.constrain_roster)
        book = RuleBook(single, ())
        return cls(plan, book, roster.verify(base.roster, plan, book))

    def added(self, new: Roster) -> list[Violation]:
        return added(self.before, roster.verify(new, self.plan, self.book))
