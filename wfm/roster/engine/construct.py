"""The first roster: agents inserted one by one, each with his best line at what he is worth at that moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wfm.roster.engine.state import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from wfm.roster.engine.alone import Oracle
    from wfm.roster.engine.ruin import Ruiner

    Ints = npt.NDArray[np.int64]

LINE_LIMIT = 1.0
"""The solver's deterministic seconds for one line."""
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


def as_state(ruiner: Ruiner) -> State:
    """Return the best roster of a ruiner with all variables of every line."""
    state = State(ruiner.problem)
    for agent in range(len(ruiner.lines)):
        line = ruiner.pricer.complete(agent, ruiner.best_lines[agent], ruiner.best_queues[agent])
        assert line is not None
        state.put(agent, line)
    return state
