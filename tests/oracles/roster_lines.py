"""Rosters of one agent in the notation of the examples, on any days, and whether a rule keeps them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from roster_brute import Judge
from roster_house import MONDAY, agent, cell, plan, settings, tokens, worked

from wfm.domain.clock import dates

if TYPE_CHECKING:
    from wfm.domain.agents import Agent
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster
    from wfm.roster import Rule


def line(
    days: str,
    first: date = MONDAY,
    tail: str = "",
    person: Agent | None = None,
    zone: str = "Asia/Shanghai",
    **facts: Any,
) -> tuple[Plan, Roster]:
    """Return a plan and a roster of one agent in the notation of the examples."""
    someone, cells = person or agent(), [token.code for token in tokens(days)]
    centre = {"name": "House", "timezone": zone}
    house = settings(first, first + timedelta(days=len(cells) - 1), centre=centre)
    before = dates(first - timedelta(days=len(tokens(tail))), first - timedelta(days=1))
    previous = tuple(cell(someone, d, token, house) for d, token in zip(before, tokens(tail), strict=True))
    made = plan(house, [someone], previous=previous, **facts)
    return made, worked(made, [[None if code == "-" else code for code in cells]])


def kept(rule: Rule, made: Plan, roster: Roster) -> bool:
    """Return whether a rule is kept, after asking `check` and the solver, who must agree."""
    silent = not list(rule.check(roster, made))
    assert (Judge(made, [rule]).cost(roster) is not None) is silent
    return silent
