"""Conflicts: smallest sets of rules and records that exclude each other, of one agent or of all together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, TypeVar

from wfm.roster.engine.doctor.case import compiled, for_agents, wish
from wfm.roster.engine.doctor.decide import Proof, cheapest, has_line, impossible
from wfm.roster.engine.doctor.guards import OfLeave, OfPin, OfRule, lifted, records, rules
from wfm.roster.engine.doctor.relaxed import least_missing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from wfm.roster.engine.doctor.case import Case
    from wfm.roster.engine.doctor.decide import Effort
    from wfm.roster.engine.doctor.guards import Guard

    Holds = Callable[..., bool]
    """Whether a case is proven to be impossible for the floors of some `days`."""

T = TypeVar("T")
SHORT = 7
"""Days up to which a conflict is said to be about these days; a longer one is about the period."""
MOST = 5
"""Conflicts between agents that are looked for."""


@dataclass(frozen=True)
class Conflict:
    """What cannot hold together: without any one of the guards the rest could.

    Attributes
    ----------
    agents
        Ids of agents who each have no line; empty when the conflict is between all agents.
    days
        Dates whose floors take part; None for the whole period.
    """

    guards: tuple[Guard, ...]
    agents: tuple[str, ...] = ()
    days: tuple[date, ...] | None = None


def smallest(groups: Sequence[Sequence[T]], holds: Callable[[list[T]], bool]) -> list[T]:
    """Return things that suffice together, none of which can be spared.

    Parameters
    ----------
    groups
        The things, those to be spared first in front; a group is first spared whole, then by halves.
    holds
        Whether some of them suffice; more of them never make it fail.
    """
    kept = [one for group in groups for one in group]
    for group in groups:
        kept = _spare(kept, group, holds)
    return kept


def _spare(kept: list[T], part: Sequence[T], holds: Callable[[list[T]], bool]) -> list[T]:
    if not part:
        return kept
    spared = set(map(id, part))
    rest = [one for one in kept if id(one) not in spared]
    if holds(rest):
        return rest
    if len(part) == 1:
        return kept
    middle = len(part) // 2
    return _spare(_spare(kept, part[:middle], holds), part[middle:], holds)


def set_aside(case: Case, conflicts: Iterable[Conflict]) -> Case:
    """Return the case without what keeps agents from having a line of their own.

    A fixed assignment is given up before a rule, and a rule becomes a wish before leave is given up.
    """
    for conflict in conflicts:
        case = _given_up(case, next((guards for guards in _by_worth(conflict) if guards), []))
    return case


def _by_worth(conflict: Conflict) -> Iterator[list[Guard]]:
    for cls in (OfPin, OfRule, OfLeave):
        yield [guard for guard in conflict.guards if isinstance(guard, cls)]
    yield list(conflict.guards)


def _given_up(case: Case, guards: Sequence[Guard]) -> Case:
    wishes = {id(guard.rule) for guard in guards if isinstance(guard, OfRule)}
    rules = tuple(wish(rule) if id(rule) in wishes else rule for rule in case.rules)
    return lifted(replace(case, rules=rules), [guard for guard in guards if not isinstance(guard, OfRule)])


def only(case: Case, guards: Iterable[Guard]) -> Case:
    """Return the case with no other rules and records than these; guards that say the same are one."""
    here = {guard.cause for guard in guards}
    return lifted(case, [guard for guard in everything(case) if guard.cause not in here])


def everything(case: Case) -> list[Guard]:
    """Return every rule and record of a case that can take part in a conflict."""
    return [*chain.from_iterable(records(case)), *rules(case)]


def alone(case: Case, agents: Sequence[str]) -> list[Conflict]:
    """Return the conflicts of agents who have no line; agents with the same conflict of rules share one."""
    found: list[Conflict] = []
    for agent_id in agents:
        mine = for_agents(case, [case.plan.by_id[agent_id]])
        for _ in range(MOST):
            if has_line(mine, agent_id):
                break
            at = next((n for n, known in enumerate(found) if _same(known, mine, agent_id)), None)
            guards = found[at].guards if at is not None else tuple(_of_one(mine, agent_id))
            here = Conflict(guards, (agent_id,))
            if at is None:
                found.append(here)
            else:
                found[at] = replace(found[at], agents=(*found[at].agents, agent_id))
            mine = set_aside(mine, [here])
    return found


def _of_one(case: Case, agent_id: str) -> list[Guard]:
    groups: list[Sequence[Guard]] = [*records(case), *([rule] for rule in rules(case))]
    return smallest(groups, lambda kept: not has_line(only(case, kept), agent_id))


def _same(known: Conflict, case: Case, agent_id: str) -> bool:
    """Return whether a conflict that is made of rules only is a conflict of this agent too."""
    return all(isinstance(g, OfRule) for g in known.guards) and not has_line(only(case, known.guards), agent_id)


def together(case: Case, effort: Effort) -> list[Conflict]:
    """Return conflicts between agents, each about days whose floors the others are not about.

    Where the rules alone are impossible, no records are looked at.
    """
    bare = lifted(case, chain.from_iterable(records(case)))
    return _by_days(bare, effort) or _by_days(case, effort)


def _by_days(case: Case, effort: Effort) -> list[Conflict]:
    found: list[Conflict] = []
    left: tuple[date, ...] = case.plan.days
    while left and len(found) < MOST and (proof := cheapest(case, effort, left)) is not None:
        holds, quick = (partial(impossible, proof=p, effort=effort) for p in (proof, min(proof, Proof.FINE)))
        window = _window(case, left, quick if quick(case, days=left) else holds)
        if len(window) > SHORT:
            return [*found, Conflict(tuple(_of_all(case, left, holds)))]
        guards = tuple(_of_all(case, window, holds))
        days = tuple(sorted({*window, *_elsewhere(case, guards, left, len(window), quick)}))
        found = _with(found, Conflict(guards, days=days))
        left = tuple(day for day in left if day not in days)
    return found


def _with(found: Sequence[Conflict], new: Conflict) -> list[Conflict]:
    """Return conflicts with one more, which only adds its days to one that is made of the same."""
    causes = {guard.cause for guard in new.guards}
    same = next((old for old in found if {guard.cause for guard in old.guards} == causes), None)
    if same is None:
        return [*found, new]
    days = tuple(sorted({*(same.days or ()), *(new.days or ())}))
    return [replace(old, days=days) if old is same else old for old in found]


def _elsewhere(case: Case, guards: Sequence[Guard], days: Sequence[date], length: int, holds: Holds) -> Iterator[date]:
    """Yield the days of other runs of that length on which the same rules conflict; none where a record takes part."""
    if not all(isinstance(guard, OfRule) for guard in guards):
        return
    bare, at = only(case, guards), 0
    while at + length <= len(days):
        run = days[at : at + length]
        again = holds(bare, days=run)
        if again:
            yield from run
        at += length if again else 1


def _window(case: Case, days: Sequence[date], holds: Holds) -> Sequence[date]:
    """Return neighbouring days whose floors alone are impossible; no shorter run inside them is known to be."""
    last = _first_true(len(days), lambda n: holds(case, days=days[: n + 1]))
    first = _first_true(last + 1, lambda n: holds(case, days=days[last - n : last + 1]))
    return days[last - first : last + 1]


def _first_true(size: int, holds: Callable[[int], bool]) -> int:
    """Return the smallest n below `size` for which it holds; it holds for all above, and for `size - 1`."""
    low, high = 0, size - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def _of_all(case: Case, days: Sequence[date], holds: Holds) -> list[Guard]:
    groups: list[Sequence[Guard]] = [*records(case), *([rule] for rule in _least_binding_first(case, days))]
    return smallest(groups, lambda kept: holds(only(case, kept), days=days))


def _least_binding_first(case: Case, days: Sequence[date]) -> list[OfRule]:
    """Return the rules in the order of how much is missing from the floors when each one is taken out."""

    def missing(guard: OfRule) -> float:
        return least_missing(compiled(case.without(guard.rule), days), coarse=True)

    return sorted(rules(case), key=missing, reverse=True)
