"""A pool of good lines for every agent, and the best roster that can be put together from them.

At proven prices the lines of a roster are above the best ones by no more, all together, than the roster is above the
bound. So lines near the best are worth keeping, and when the pool holds all lines within the whole gap, the best
roster of the pool is the best of all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from wfm.roster.engine.bound import segments
from wfm.roster.engine.kernel import gather

if TYPE_CHECKING:
    import numpy.typing as npt

    from wfm.roster.engine.bound import Bound
    from wfm.roster.engine.pricing import Pricer
    from wfm.roster.engine.state import Chosen, State

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]

SECONDS_PER_NODE, SECONDS_PER_ENTRY, SECONDS_PER_LINE = 0.05, 3e-6, 0.002
"""Deterministic seconds charged for one node of the search tree, one entry of the matrix, one line of the pool."""
SOLVED, LIMIT = 0, 1
"""Status of scipy's `milp`: optimal, and stopped at a limit."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Lines of some agents.

    Attributes
    ----------
    agents
        Whose lines are in it.
    lines
        For each of these agents, the lines.
    whole
        Whether every line within the slack is in it, for all agents.
    """

    agents: Ints
    lines: list[list[Chosen]]
    whole: bool


@dataclass(frozen=True, slots=True)
class Picked:
    """The best roster of a pool: one line for each of its agents, or None; whether it is proven; the work."""

    lines: list[Chosen] | None
    proven: bool
    work: float


def collect(pricer: Pricer, bound: Bound, state: State, agents: Ints, slack: float, most: int) -> Pool:
    """Return the lines of some agents that are at most `slack` ticks above their best at proven prices.

    Parameters
    ----------
    state
        Its lines are always in the pool.
    most
        Largest number of lines of one agent; where there are more, those within a smaller slack are taken.
    """
    p, packed = pricer.problem, pricer.packed
    options = p.options(bound.price)
    room, queue = np.empty(packed.room), np.empty((p.days, p.templates), dtype=np.int32)
    found, whole, days = [], True, np.arange(p.days)
    for agent in agents.tolist():
        reach, lines = slack, np.empty((most, p.days), dtype=np.int32)
        while True:
            number = gather(packed.full, packed.own, options, agent, reach, room, lines, queue)
            whole = whole and number <= most
            if number <= most or reach < p.unit:
                break
            reach /= 2
        served = [np.where(line >= 0, queue[days, np.maximum(line, 0)], -1) for line in lines[:number]]
        kept = [pricer.complete(agent, line, q) for line, q in zip(lines[: len(served)], served, strict=True)]
        present = state.lines[agent]
        assert present is not None
        found.append([present, *(line for line in kept if line is not None)])
    single = all(len({q for own in p.lines[a].queues for q in own}) <= 1 for a in agents.tolist())
    return Pool(agents, found, whole and single and all(pricer.follows(a) for a in agents.tolist()))


def pick(pricer: Pricer, state: State, pool: Pool, nodes: int) -> Picked:
    """Return the best choice of one line for each agent of a pool while the others keep theirs.

    `nodes` limits the search tree.
    """
    counts = pricer.problem.counts
    fixed = state.count.copy()
    for agent in pool.agents.tolist():
        present = state.lines[agent]
        assert present is not None
        fixed -= present.added
    every = [line for lines in pool.lines for line in lines]
    added = np.array([line.added for line in every])
    touched = np.flatnonzero(added.any(axis=0))
    parts = segments(counts)
    inside = np.isin(parts.row, touched)
    row_of = np.full(len(fixed), -1, dtype=np.int64)
    row_of[touched] = np.arange(len(touched))
    row, length, slope = row_of[parts.row[inside]], parts.length[inside], parts.slope[inside]
    owner = np.repeat(np.arange(len(pool.lines)), [len(lines) for lines in pool.lines])
    columns = len(every)
    use = sparse.csr_array(added[:, touched].T)
    share = sparse.csr_array((-np.ones(len(row)), (row, np.arange(len(row)))), shape=(len(touched), len(row)))
    one = sparse.csr_array((np.ones(columns), (owner, np.arange(columns))), shape=(len(pool.lines), columns))
    matrix = sparse.vstack(
        [sparse.hstack([use, share]), sparse.hstack([one, sparse.csr_array((len(pool.lines), len(row)))])]
    )
    right = np.concatenate([-fixed[touched], np.ones(len(pool.lines))])
    unit = pricer.problem.unit
    cost = np.concatenate([[line.cost for line in every], slope]) / unit
    result = milp(
        cost,
        integrality=np.concatenate([np.ones(columns), np.zeros(len(row))]),
        bounds=Bounds(np.zeros(len(cost)), np.concatenate([np.ones(columns), length.astype(float)])),
        constraints=LinearConstraint(cast("Any", matrix), right, right),
        options={"node_limit": nodes, "mip_rel_gap": 0.0, "presolve": True},
    )
    spent = (
        SECONDS_PER_LINE * columns
        + SECONDS_PER_ENTRY * matrix.nnz
        + SECONDS_PER_NODE * (1 + int(result.mip_node_count or 0))
    )
    if result.status not in (SOLVED, LIMIT) or result.x is None:
        return Picked(None, False, spent)
    chosen = np.flatnonzero(result.x[:columns] > 0.5)
    return Picked([every[n] for n in chosen.tolist()], result.status == SOLVED, spent)
