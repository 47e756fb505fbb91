"""The way out of too few people: how many more agents are enough, and that fewer are not."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from wfm.domain.agents import Agent
from wfm.domain.text import Text
from wfm.roster.engine.doctor import words
from wfm.roster.engine.doctor.decide import SMALL, SURELY, Mended, Proof, impossible
from wfm.roster.engine.doctor.relaxed import least_missing
from wfm.roster.engine.doctor.whole import variables

if TYPE_CHECKING:
    from wfm.domain.answer import WayOut
    from wfm.domain.roster import Roster
    from wfm.roster.engine.doctor.case import Case
    from wfm.roster.engine.doctor.decide import Judge

MOST = 2**14
"""More agents than this are not proposed."""
BEYOND = (0, 1, 3, 7)
"""How many agents beyond the fewest that head counts allow are tried."""


def more_agents(case: Case, judge: Judge) -> Mended | None:
    """Return the way out by more agents, as few as possible; None when none is found."""
    like = _profile(case)
    fewest = _fewest(case, like, judge)
    if fewest is None:
        return None
    tried = 0
    for n in (fewest + more for more in BEYOND):
        roster = judge.solve(with_agents(case, like, n))
        if roster is not None:
            proven = n == fewest or _proven(with_agents(case, like, n - 1), judge)
            less = len(case.plan.agents) + (n - 1 if proven else tried)
            proof = (words.FEWEST if proven else words.FEWEST_FOUND).fill(less=less)
            return Mended(_way(case, like, n, roster, proof), roster)
        tried = n
    return None


def _proven(case: Case, judge: Judge) -> bool:
    return impossible(case, Proof.EXACT, judge.effort, judge.days)


def with_agents(case: Case, like: Agent, n: int) -> Case:
    """Return the case with `n` more agents of one kind."""
    taken = set(case.plan.by_id)
    fresh = (name for i in range(1, n + len(taken) + 1) if (name := f"new-{i}") not in taken)
    agents = tuple(like.model_copy(update={"agent_id": name}) for name, _ in zip(fresh, range(n), strict=False))
    return case.known(agents=(*case.plan.agents, *agents))


def _profile(case: Case) -> Agent:
    """Return an agent such as the centre has, there throughout and not protected: the most common of the most able."""
    plan = case.plan

    def able(agent: Agent) -> tuple[int, int]:
        return len(plan.queues_of(agent)), len(plan.contract(agent).shifts or plan.templates)

    kinds = Counter((able(a), a.contract, a.skills) for a in plan.agents)
    (_, contract, skills), _ = max(kinds.items(), key=lambda item: (item[0][0], item[1]))
    return Agent(agent_id="new", contract=contract, skills=skills)


def _fewest(case: Case, like: Agent, judge: Judge) -> int | None:
    """Return the smallest number of more agents that head counts do not rule out; None above `MOST`."""
    problem = judge.effort.compiled(with_agents(case, like, 1), judge.days)

    def ruled_out(n: int) -> bool:
        return least_missing(problem, n - 1, coarse=coarse) > SURELY

    coarse = variables(problem.lines) > SMALL
    high = 1
    while ruled_out(high):
        high *= 2
        if high > MOST:
            return None
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if ruled_out(middle) else (low, middle)
    return high


def _way(case: Case, like: Agent, n: int, roster: Roster, proof: Text) -> WayOut:
    total = len(case.plan.agents) + n
    nothing = Text(en="", zh="")
    night = words.NIGHT_ELIGIBLE if any(a.no_night for a in case.plan.agents) else nothing
    profile = words.PROFILE.fill(contract=like.contract, skills=", ".join(like.skills), night=night)
    said = words.MORE_AGENTS.fill(more=words.number(n, "more"), profile=profile, total=total, proof=proof)
    new = sum(cell.works and cell.agent_id not in case.plan.by_id for cell in roster)
    return words.priced(said, words.number(n, "agents"), n, "agents", float(new))
