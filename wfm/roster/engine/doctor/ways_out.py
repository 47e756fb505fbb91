"""Ways out of a conflict, each found by solving with the change made, with its price."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from wfm.domain.clock import dates
from wfm.domain.shifts import WEEKDAYS
from wfm.roster.engine.doctor import words
from wfm.roster.engine.doctor.case import floors_of
from wfm.roster.engine.doctor.conflict import smallest
from wfm.roster.engine.doctor.decide import Mended
from wfm.roster.engine.doctor.easing import accepted, relaxed
from wfm.roster.engine.doctor.guards import (
    ContractOf,
    DayOfLeave,
    Liftable,
    OfContract,
    OfLeave,
    OfPin,
    OfRule,
    OfSkill,
    OfWeekdays,
    lifted,
    records,
)
from wfm.roster.engine.doctor.more_agents import more_agents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from wfm.domain.roster import Roster
    from wfm.domain.text import Text
    from wfm.roster.engine.doctor.case import Case
    from wfm.roster.engine.doctor.conflict import Conflict
    from wfm.roster.engine.doctor.decide import Judge
    from wfm.roster.engine.doctor.guards import Guard

    Pairs = Iterator[tuple[list["T"], Roster]]

T = TypeVar("T", bound=Liftable)
G = TypeVar("G", bound="Guard")
CHOICES = 3
"""Records of one kind that are each offered by themselves."""
DAYS_TO_TRAIN = 5.0
"""Days of work that an agent's training is priced at (ours)."""


def ways_out(case: Case, conflict: Conflict, judge: Judge) -> list[Mended]:
    """Return the ways out of a conflict, the cheapest first; in `case` nothing but the conflict is in the way."""
    found = [*_by_rules(case, conflict, judge), *_by_records(case, conflict, judge)]
    if not conflict.agents:
        found.append(more_agents(case, judge))
    return sorted((mended for mended in found if mended is not None), key=lambda mended: mended.way.agent_days)


def _by_rules(case: Case, conflict: Conflict, judge: Judge) -> Iterator[Mended | None]:
    rules = [guard.rule for guard in _of(conflict, OfRule)]
    floors = [rule for rule in rules if floors_of(case.plan, rule)]
    each = [accepted(case, [rule], judge) for rule in floors]
    yield from each
    if floors and not any(each):
        yield accepted(case, [rule for rule in case.rules if rule.hard and floors_of(case.plan, rule)], judge)
    yield from (relaxed(case, rule, judge) for rule in rules if not any(rule is floor for floor in floors))


def _by_records(case: Case, conflict: Conflict, judge: Judge) -> Iterator[Mended | None]:
    pins = [[pin] for pin in _of(conflict, OfPin)]
    for dropped, roster in _choices(case, pins, _all(case, OfPin), judge):
        said, n = words.DROP_PINS.fill(what=words.join(_pinned(pin) for pin in dropped)), len(dropped)
        yield Mended(words.priced(said, words.number(n, "pins"), n, "pins", n), roster)
    leaves = [_days_of(leave, case, conflict) for leave in _of(conflict, OfLeave)]
    others = [day for leave in _all(case, OfLeave) for day in _days_of(leave, case, conflict)]
    for denied, roster in _choices(case, leaves, others, judge):
        said, n = words.DENY_LEAVE.fill(what=_on_days(denied)), len(denied)
        yield Mended(words.priced(said, words.number(n, "leave_days"), n, "leave_days", n), roster)
    yield from (_trained(case, guard, judge) for guard in _of(conflict, OfSkill))
    yield from (_opened(case, guard, judge) for guard in _of(conflict, OfContract))
    yield from (_daily(case, guard, judge) for guard in _of(conflict, OfWeekdays))


def _of(conflict: Conflict, cls: type[G]) -> list[G]:
    return [guard for guard in conflict.guards if isinstance(guard, cls)]


def _all(case: Case, cls: type[G]) -> list[G]:
    return [guard for group in records(case) for guard in group if isinstance(guard, cls)]


def _choices(case: Case, pools: Sequence[Sequence[T]], every: Sequence[T], judge: Judge) -> Pairs[T]:
    """Yield the fewest of each pool that have to be lifted; of `every` where no pool is enough."""
    found = [answer for pool in pools[:CHOICES] if (answer := _fewest(case, pool, judge)) is not None]
    if pools and not found and (answer := _fewest(case, every, judge)) is not None:
        found.append(answer)
    yield from found


def _fewest(case: Case, pool: Sequence[T], judge: Judge) -> tuple[list[T], Roster] | None:
    """Return things of a pool that suffice to be lifted, none of which can be spared, and the roster without them."""
    if not pool or not judge.hopes(lifted(case, pool)):
        return None
    kept = smallest([pool], lambda some: judge.hopes(lifted(case, some)))
    roster = judge.solve(lifted(case, kept))
    return None if roster is None else (kept, roster)


def _days_of(guard: OfLeave, case: Case, conflict: Conflict) -> list[DayOfLeave]:
    """Return the days of an absence that the conflict can be about: a shift of the day before reaches into a day."""
    days = [d for d in dates(guard.absence.first_date, guard.absence.last_date) if case.plan.days[0] <= d]
    if conflict.days is not None:
        near = {d - timedelta(days=n) for d in conflict.days for n in (0, 1)}
        days = [d for d in days if d in near]
    return [DayOfLeave(guard.absence, d) for d in days if d <= case.plan.days[-1]]


def _pinned(guard: OfPin) -> Text:
    pin = guard.pin
    said = words.PINNED_OFF if pin.shift_code is None else words.PINNED_TO
    return said.fill(agent=pin.agent_id, code=pin.shift_code, date=pin.date)


def _on_days(denied: Sequence[DayOfLeave]) -> Text:
    by_agent = groupby(sorted(denied, key=lambda d: (d.absence.agent_id, d.day)), key=lambda d: d.absence.agent_id)
    return words.join(words.ON_DAYS.fill(agent=a, days=words.days([d.day for d in some])) for a, some in by_agent)


def _trained(case: Case, guard: OfSkill, judge: Judge) -> Mended | None:
    answer = _fewest(case, [OfSkill(guard.skill, (agent,), guard.of) for agent in guard.lacking], judge)
    if answer is None:
        return None
    agents = [agent for one in answer[0] for agent in one.lacking]
    return _taught(words.TRAIN.fill(agents=words.people(agents), skill=guard.skill), len(agents), answer[1])


def _opened(case: Case, guard: OfContract, judge: Judge) -> Mended | None:
    mine = [ContractOf(agent) for agent in case.plan.agents if agent.contract == guard.contract.name]
    answer = _fewest(case, mine, judge)
    if answer is None:
        return None
    agents = [one.agent.agent_id for one in answer[0]]
    return _taught(words.OPEN_CONTRACT.fill(agents=words.people(agents)), len(agents), answer[1])


def _taught(said: Text, n: int, roster: Roster) -> Mended:
    return Mended(words.priced(said, words.number(n, "agents"), n, "agents", n * DAYS_TO_TRAIN), roster)


def _daily(case: Case, guard: OfWeekdays, judge: Judge) -> Mended | None:
    roster = judge.solve(lifted(case, [guard]))
    if roster is None:
        return None
    code, allowed = guard.template.code, guard.template.weekdays
    started = [cell.date for cell in roster if cell.shift is not None and cell.shift.code == code]
    new = sum(WEEKDAYS[day.weekday()] not in allowed for day in started)
    if not new:
        return None
    said, price = words.OPEN_WEEKDAYS.fill(code=code), words.number(new, "exceptions")
    return Mended(words.priced(said, price, new, "exceptions", new), roster)
