"""A plan in parts that share nothing, and what each may use of the budget.

Queues belong together when one agent may serve both or one rule counts agents on both; agents go with their queues.
What a part costs is then what its agents and queues cost in the whole plan, so objectives and bounds add up.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from wfm.domain.own_parts import blamed
from wfm.roster.base import RULE
from wfm.roster.book import RuleBook
from wfm.roster.fair_shares import burdens, fair_shares
from wfm.roster.goals.cost import Cost
from wfm.roster.goals.cover import Cover
from wfm.roster.goals.fairness import Fairness
from wfm.roster.goals.requests import Requests
from wfm.roster.goals.stability import Stability
from wfm.roster.linear import Linear
from wfm.roster.model import Model, Tie
from wfm.roster.order import scales

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster
    from wfm.domain.shifts import Shift
    from wfm.roster.base import Goal, Rule

DIVISIBLE: tuple[type[Goal], ...] = (Cost, Cover, Fairness, Requests, Stability)
"""Goals whose cost is known agent by agent and queue by queue; any other goal ties all agents together."""


@dataclass(frozen=True)
class Part:
    """A plan of some agents and queues, the rules and goals that concern them, and how these are scaled."""

    plan: Plan
    book: RuleBook
    scales: Mapping[str, int]
    """See `wfm.roster.order`; the same in every part."""


class FixedShares(Fairness):
    """Fairness in which each agent's share is that of the whole plan, whatever part he is solved in."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(plan.settings)
        self.shares = fair_shares(plan)

    def charge(self, model: Model) -> None:
        """Charge the distance of each agent's count to his share."""
        for burden, agent, share in self._shares_in(model.plan):
            cells = (cell for day in model.days for cell in model.starts(agent, day))
            count = Linear.total(works for shift, works in cells if burden in burdens(shift, model.plan))
            model.charge_convex(agent, count, len(model.days), partial(self._ticks, share))

    def score(self, roster: Roster, plan: Plan) -> int:
        """Count each agent's nights and weekends and add up the distances."""
        return sum(
            self._ticks(share, sum(burden in burdens(shift, plan) for shift in _worked(roster, agent, plan)))
            for burden, agent, share in self._shares_in(plan)
        )

    def _shares_in(self, plan: Plan) -> Iterator[tuple[str, Agent, int]]:
        for burden, shares in self.shares.items():
            yield from ((burden, agent, shares[agent.agent_id]) for agent in plan.agents if agent.agent_id in shares)


def _worked(roster: Roster, agent: Agent, plan: Plan) -> Iterator[Shift]:
    cells = (roster.at(agent.agent_id, day) for day in plan.days)
    return (cell.shift for cell in cells if cell is not None and cell.shift is not None)


def parts(plan: Plan, book: RuleBook) -> tuple[Part, ...]:
    """Return the parts of a plan in the order of its agents; the plan itself when it does not fall apart.

    Agents who serve no queue and queues that nobody serves tie nothing and go with the first part.
    """
    whole = Part(plan, book, scales(plan, book))
    if not all(type(goal) in DIVISIBLE for goal in book.goals):
        return (whole,)
    counted = [counted_queues(rule, plan) for rule in book.rules]
    serves = {agent.agent_id: plan.queues_of(agent) for agent in plan.agents}
    group = _joined(plan.settings.queues, [*counted, *serves.values()])
    order = list(dict.fromkeys(group[queues[0]] for queues in serves.values() if queues))
    if len(order) < 2:
        return (whole,)
    at = {root: n for n, root in enumerate(order)}
    queues = {queue: at.get(root, 0) for queue, root in group.items()}
    agents = {agent_id: queues[mine[0]] if mine else 0 for agent_id, mine in serves.items()}
    goals = tuple(FixedShares(plan) if isinstance(goal, Fairness) else goal for goal in book.goals)
    found = []
    for n in range(len(order)):
        rules = (r for r, on in zip(book.rules, counted, strict=True) if not on or queues[on[0]] == n)
        own = {queue for queue, part in queues.items() if part == n}
        cut = _cut(plan, own, {agent_id for agent_id, part in agents.items() if part == n})
        found.append(Part(cut, RuleBook(tuple(rules), goals), whole.scales))
    return tuple(found)


def counted_queues(rule: Rule, plan: Plan) -> tuple[str, ...]:
    """Return the queues on which a rule counts agents; empty for a rule about single agents."""
    model = Model(plan)
    with blamed(rule, RULE):
        rule.constrain_roster(model)
    found: list[str] = []
    for count in model.counts:
        if isinstance(count, Tie):
            found += [q for group in count.groups for agent_id in group for q in plan.queues_of(plan.by_id[agent_id])]
        else:
            found += [model.queue_names[q] for q in count.queues]
    return tuple(dict.fromkeys(found))


def _joined(queues: Iterable[str], ties: Iterable[Sequence[str]]) -> Mapping[str, str]:
    """Return for every queue the one that stands for all that it is tied to."""
    root = {queue: queue for queue in queues}

    def find(queue: str) -> str:
        while root[queue] != queue:
            queue = root[queue]
        return queue

    for first, *others in filter(None, map(list, ties)):
        for other in others:
            root[find(other)] = find(first)
    return {queue: find(queue) for queue in root}


def _cut(plan: Plan, queues: set[str], agents: set[str]) -> Plan:
    """Return the plan of some queues and agents; shifts before the period also count on the queue that they were on."""
    settings = plan.settings
    needed = plan.requirement.index.get_level_values("queue").isin(list(queues))
    own = {queue: table for queue, table in settings.queues.items() if queue in queues}
    return replace(
        plan,
        settings=settings.model_copy(update={"queues": own}),
        agents=tuple(a for a in plan.agents if a.agent_id in agents),
        requirement=plan.requirement[needed],
        absences=tuple(a for a in plan.absences if a.agent_id in agents),
        requests=tuple(r for r in plan.requests if r.agent_id in agents),
        exemptions=tuple(e for e in plan.exemptions if e.agent_id in agents),
        pins=tuple(p for p in plan.pins if p.agent_id in agents),
        previous=tuple(c for c in plan.previous if c.agent_id in agents or c.queue in queues),
        published=tuple(c for c in plan.published if c.agent_id in agents),
    )


def with_budgets(found: Sequence[Part], jobs: int) -> tuple[Part, ...]:
    """Return the parts with what each may use of the budget and of the wall limit when `jobs` run at a time.

    In their order, each part goes where the fewest agents are; those in one place share the whole by their agents. With
    as many jobs as parts, each has all of it.
    """
    place, load = [], [0] * jobs
    for part in found:
        place.append(min(range(jobs), key=load.__getitem__))
        load[place[-1]] += len(part.plan.agents)
    shares = (len(part.plan.agents) / load[at] for part, at in zip(found, place, strict=True))
    return tuple(_limited(part, share) for part, share in zip(found, shares, strict=True))


def _limited(part: Part, share: float) -> Part:
    settings = part.plan.settings
    limits = {"budget": settings.solve.budget_seconds, "wall_limit": settings.solve.wall_limit_seconds}
    own = {name: f"{max(0.001, share * seconds):.3f}" for name, seconds in limits.items() if seconds is not None}
    solve = settings.solve.model_copy(update=own)
    return replace(part, plan=replace(part.plan, settings=settings.model_copy(update={"solve": solve})))
