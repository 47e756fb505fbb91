"""The first roster: agents inserted one by one, each with his best line at what he is worth at that moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wfm.roster.engine.state import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from wfm.roster.engine.alone import Oracle
    from wfm.roster.engine.problem import Problem

    Ints = npt.NDArray[np.int64]

LINE_LIMIT = 1.0
"""The solver's deterministic seconds for one line."""


def insert_all(problem: Problem, oracles: Sequence[Oracle], price: Ints, seed: int) -> tuple[State, float]:
    """Return a roster in which every agent has a line, and the deterministic seconds it took.

    Early agents follow the proven prices, late ones the true marginal cost of the counts so far: the first do not fill
    the peaks that the bound says are cheap for others.
    """
    state, work = State(problem), 0.0
    global_price = problem.counts.priced(price)
    order = np.random.default_rng(seed).permutation(len(oracles))
    for done, agent in enumerate(order):
        trust = 0.95 * (1 - done / len(order))
        marginal = problem.counts.marginal(state.count)
        mixed = np.rint((1 - trust) * marginal + trust * global_price).astype(np.int64)
        answer = oracles[agent].best(mixed, seed, LINE_LIMIT)
        work += answer.work
        state.put(int(agent), answer.line)
    return state, work
