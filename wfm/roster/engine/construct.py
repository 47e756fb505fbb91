"""The first roster: agents inserted one by one, each with his best line at what he is worth at that moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wfm.roster.engine.state import State

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import numpy.typing as npt

    from wfm.domain.roster import Assignment
    from wfm.roster.engine.alone import Oracle
    from wfm.roster.engine.ruin import Ruiner
    from wfm.roster.engine.state import Chosen

    Ints = npt.NDArray[np.int64]

LINE_LIMIT = 0.1
"""The solver's deterministic seconds for one line; what is missing to its best the improvement makes up at once."""
TRUST = 0.95
"""Share of the proven prices in what the first agent is offered; the last is offered what he changes."""


def insert_all(ruiner: Ruiner, oracles: Sequence[Oracle], seed: int) -> float:
    """Give every agent a line, and return the deterministic seconds it took.

    Early agents follow the proven prices, late ones the true marginal cost of the counts so far: the first do not fill
    the peaks that the bound says are cheap for others. Agents for whom the dynamic program finds no line that keeps
    all rows get theirs from CP-SAT.
    """
    work = 0.0
    order = np.random.default_rng(seed).permutation(len(oracles))
    for done, agent in enumerate(order.tolist()):
        trust = TRUST * (1 - done / len(order))
        spent, found = ruiner.insert(agent, trust)
        work += spent
        if not found:
            counts = ruiner.problem.counts
            mixed = (1 - trust) * counts.marginal(ruiner.count) + trust * ruiner.options.ravel()
            answer = oracles[agent].best(np.rint(mixed).astype(np.int64), seed, LINE_LIMIT)
            work += answer.work
            assert answer.line is not None
            ruiner.put(agent, answer.line)
    ruiner.start()
    return work


def from_published(ruiner: Ruiner) -> float:
    """Start from the roster already published where it costs less, and return the deterministic seconds it took.

    Agents keep their published line where it is still lawful; the others get their best line beside them.
    """
    cells = {(cell.agent_id, cell.date): cell for cell in ruiner.problem.model.plan.published}
    agents = range(len(ruiner.lines)) if cells else ()
    kept = {agent: line for agent in agents if (line := _published(ruiner, agent, cells)) is not None}
    if not kept:
        return 0.0
    fresh, before = ruiner.total, ruiner.held()
    for agent, line in kept.items():
        ruiner.put(agent, line)
    work = sum(ruiner.insert(agent, 0.0)[0] for agent in agents if agent not in kept)
    ruiner.start()
    if ruiner.total > fresh:
        ruiner.hold(*before)
    return work


def _published(ruiner: Ruiner, agent: int, cells: Mapping[tuple[str, date], Assignment]) -> Chosen | None:
    """Return the published line of an agent; None where a day of it is not known or breaks a row."""
    problem, program = ruiner.problem, ruiner.problem.lines[agent]
    line, queues = np.full(problem.days, -1, dtype=np.int32), np.full(problem.days, -1, dtype=np.int32)
    for d, day in enumerate(problem.model.days):
        cell = cells.get((program.agent_id, day))
        if cell is None:
            return None
        if cell.shift is None:
            continue
        if cell.shift.code not in problem.model.codes or not program.queues[d]:
            return None
        line[d] = problem.model.codes.index(cell.shift.code)
        queues[d] = next((q for q in program.queues[d] if problem.queue_name(q) == cell.queue), program.queues[d][0])
    return ruiner.pricer.complete(agent, line, queues)


def as_state(ruiner: Ruiner) -> State:
    """Return the best roster of a ruiner with all variables of every line."""
    state = State(ruiner.problem)
    for agent in range(len(ruiner.lines)):
        line = ruiner.pricer.complete(agent, ruiner.best_lines[agent], ruiner.best_queues[agent])
        assert line is not None
        state.put(agent, line)
    return state
