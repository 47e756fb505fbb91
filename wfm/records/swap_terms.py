"""What a swap does to a roster, and what speaks against it before any rule of the rule book is asked."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from itertools import permutations
from typing import TYPE_CHECKING

from wfm.domain.roster import Assignment, Roster
from wfm.records import swap_messages as m

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.text import Text
    from wfm.records.swaps import Register, Swap


def exchanged(swap: Swap, plan: Plan, roster: Roster) -> Roster:
    """Return the roster after the two agents exchanged their whole day, shift or day off, on every date of the swap.

    With two dates each works for the other once: who gives a shift away has the other's day off instead, and nobody
    has two shifts on one day. Cover stays the same in every interval as long as each serves the other's queue.
    """
    cells = {
        (taker, day): _taken(plan, plan.by_id[taker], roster.assignments[giver, day])
        for day in swap.days
        for taker, giver in permutations(swap.pair)
    }
    return Roster({**roster.assignments, **cells}, roster.tail)


def _taken(plan: Plan, taker: Agent, given: Assignment) -> Assignment:
    if not given.works:
        return plan.off(taker, given.date)
    served = plan.queues_of(taker)
    queue = given.queue if given.queue in served or not served else served[0]
    spans = given.serving if set(given.queues) <= set(served) else ()
    return replace(given, agent_id=taker.agent_id, queue=queue, serving=spans)


def exchange_text(swap: Swap, roster: Roster) -> str:
    """Return what each has on every date, proposer/partner: `2026-05-03 D8/-; 2026-05-05 -/N20`."""
    return "; ".join(f"{day} {'/'.join(_code(roster, agent, day) for agent in swap.pair)}" for day in swap.days)


def _code(roster: Roster, agent_id: str, day: date) -> str:
    shift = roster.assignments[agent_id, day].shift
    return "-" if shift is None else shift.code


def objections(swap: Swap, plan: Plan, roster: Roster, register: Register, now: datetime) -> list[Text]:
    """Return everything in the terms of swapping that speaks against a swap; empty when nothing does.

    Parameters
    ----------
    roster
        The published roster, before the swap.
    now
        Notice counts from the proposal; a swap whose first shift has started can no longer be approved.
    """
    unknown = [*_strangers(swap, plan), *_other_months(swap, plan)]
    if unknown:
        return unknown
    days = [text for day in swap.days for text in _about_day(swap, day, plan, roster)]
    return [*days, *_too_late(swap, plan, roster, now), *_too_many(swap, plan, register), *_again(swap, register)]


def _strangers(swap: Swap, plan: Plan) -> Iterator[Text]:
    if swap.proposer == swap.partner:
        yield m.ONESELF.fill(agent=swap.proposer)
    for agent_id in dict.fromkeys(swap.pair):
        if agent_id not in plan.by_id:
            yield no_agent(agent_id, plan)
    for day in swap.days:
        if day not in plan.days:
            yield m.NO_DAY.fill(day=day, first=plan.days[0], last=plan.days[-1])


def no_agent(agent_id: str, plan: Plan) -> Text:
    """Return that there is no such agent, with the id that is closest."""
    message = m.NO_AGENT.fill(agent=agent_id)
    close = get_close_matches(agent_id, plan.by_id, n=1)
    return m.CLOSE.fill(message=message, name=close[0]) if close else message


def _other_months(swap: Swap, plan: Plan) -> Iterator[Text]:
    if plan.settings.swap.same_month and len(swap.months) > 1:
        yield m.MONTHS.fill(first=swap.days[0], last=swap.days[-1])


def _about_day(swap: Swap, day: date, plan: Plan, roster: Roster) -> list[Text]:
    """Return what is wrong with one date: an agent who is not free to swap it, nothing to swap, no skill for it."""
    bound = [text for agent_id in swap.pair for text in not_free(plan.by_id[agent_id], day, plan)]
    if bound:
        return bound
    one, other = (roster.assignments[agent_id, day] for agent_id in swap.pair)
    if not one.works and not other.works:
        return [m.BOTH_OFF.fill(day=day)]
    if _code(roster, swap.proposer, day) == _code(roster, swap.partner, day):
        return [m.SAME_SHIFT.fill(day=day, code=_code(roster, swap.proposer, day))]
    return [
        m.NO_SKILL.fill(agent=taker, queue=queue, other=giver, day=day)
        for taker, giver in permutations(swap.pair)
        if plan.settings.swap.same_skill
        for queue in _unserved(plan, taker, roster.assignments[giver, day])[:1]
    ]


def _unserved(plan: Plan, agent_id: str, given: Assignment) -> list[str]:
    """Return the queues of a shift that an agent cannot serve."""
    return [queue for queue in given.queues if queue not in plan.queues_of(plan.by_id[agent_id])]


def not_free(agent: Agent, day: date, plan: Plan) -> Iterator[Text]:
    """Yield why an agent cannot exchange a date: not employed, on leave, or fixed."""
    who = agent.agent_id
    if agent.hire_date is not None and day < agent.hire_date:
        yield m.HIRED.fill(agent=who, day=day, date=agent.hire_date)
    elif agent.leave_date is not None and day > agent.leave_date:
        yield m.LEFT.fill(agent=who, day=day, date=agent.leave_date)
    elif (leave := plan.leave_type(who, day)) is not None:
        yield m.ON_LEAVE.fill(agent=who, day=day, type=leave)
    elif any(pin.agent_id == who and pin.date == day for pin in plan.pins):
        yield m.PINNED.fill(agent=who, day=day)


def _too_late(swap: Swap, plan: Plan, roster: Roster, now: datetime) -> Iterator[Text]:
    shifts = [roster.assignments[agent_id, day].shift for agent_id in swap.pair for day in swap.days]
    starts = [shift.start for shift in shifts if shift is not None]
    if not starts:
        return
    first, notice = min(starts), plan.settings.swap.notice_hours
    start = f"{first.astimezone(plan.settings.centre.zone):%Y-%m-%d %H:%M}"
    hours = (first - swap.proposed_at).total_seconds() / 3600
    if first <= now:
        yield m.STARTED.fill(start=start)
    elif hours < notice:
        yield m.NOTICE.fill(start=start, hours=hours, notice=notice)


def _too_many(swap: Swap, plan: Plan, register: Register) -> Iterator[Text]:
    limit = plan.settings.swap.max_per_month
    for agent_id in dict.fromkeys(swap.pair):
        for year, month in sorted(swap.months):
            count = register.count(agent_id, (year, month), swap.swap_id)
            if count >= limit:
                yield m.LIMIT.fill(agent=agent_id, count=count, month=f"{year}-{month:02d}", limit=limit)


def _again(swap: Swap, register: Register) -> Iterator[Text]:
    for other in register.swaps.values():
        if other.swap_id != swap.swap_id and other.status == "proposed" and other.same_as(swap):
            yield m.TWICE.fill(swap_id=other.swap_id)


def cannot_approve(swap: Swap, by: str, plan: Plan, roster: Roster) -> Iterator[Text]:
    """Yield what speaks against an approval: nobody signs, the partner has not agreed, or the days are not the same."""
    yield from _no_right(swap, by, plan)
    if swap.agreed_at is None:
        yield m.NOT_AGREED.fill(partner=swap.partner, swap_id=swap.swap_id)
    if set(swap.days) <= set(plan.days) and all(agent_id in plan.by_id for agent_id in swap.pair):
        now = exchange_text(swap, roster)
        if now != swap.exchange:
            yield m.ROSTER_CHANGED.fill(then=swap.exchange, now=now)


def _no_right(swap: Swap, by: str, plan: Plan) -> Iterator[Text]:
    tag = plan.settings.swap.approver
    meant = [agent for agent in plan.agents if by in (agent.agent_id, agent.name)]
    if not by:
        yield m.NAME_NEEDED
    elif any(agent.agent_id in swap.pair for agent in meant):
        yield m.OWN_SWAP.fill(by=by, swap_id=swap.swap_id)
    elif meant and not any(tag in agent.tags for agent in meant):
        yield m.NO_APPROVER.fill(by=by, tag=tag)
