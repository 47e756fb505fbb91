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

from wfm.roster.engine.kernel import gather

if TYPE_CHECKING:
    import numpy.typing as npt

    from wfm.roster.engine.bound import Bound
    from wfm.roster.engine.pricing import Pricer
    from wfm.roster.engine.problem import Problem
    from wfm.roster.engine.state import Chosen, State

    Ints = npt.NDArray[np.int64]
    Floats = npt.NDArray[np.float64]

SECONDS_PER_NODE, SECONDS_PER_ENTRY, SECONDS_PER_LINE = 0.1, 3e-6, 0.0012
"""Deterministic seconds charged for one node of the search tree, one entry of the matrix, one line of the pool."""
SECONDS_PER_AGENT = 0.05
"""Deterministic seconds charged for collecting the lines of one agent."""
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
            number = gather(packed.full, packed.own, packed.priced, options, agent, reach, room, lines, queue)
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


@dataclass(frozen=True, slots=True)
class Master:
    """The linear program that picks a line for each of some agents while the others keep theirs.

    Attributes
    ----------
    lines
        Lines of all agents, one agent after the other: the first variables, before servings and segments of counts.
    owner
        Place of each line's agent.
    cost, upper
        In units, and upper bounds, of all variables.
    matrix, right
        One equation per count that is touched, then one per agent.
    touched
        Counts that some line or serving adds to.
    whole
        1 for variables that are whole numbers, else 0.
    """

    lines: list[Chosen]
    owner: Ints
    cost: Floats
    upper: Floats
    matrix: sparse.csr_array
    right: Floats
    touched: Ints
    whole: Ints


def master(problem: Problem, pool: Pool, fixed: Ints) -> Master:
    """Return the program of a pool; `fixed` is what all other agents add up to (see `others`)."""
    counts, number = problem.counts, len(pool.lines)
    every = [line for lines in pool.lines for line in lines]
    added = np.array([line.added for line in every])
    served = counts.served
    touched = np.flatnonzero(added.any(axis=0) | (np.diff(served.indptr) > 0))
    parts = counts.segments
    inside = np.isin(parts.row, touched)
    row_of = np.full(added.shape[1], -1, dtype=np.int64)
    row_of[touched] = np.arange(len(touched))
    row, length, slope = row_of[parts.row[inside]], parts.length[inside], parts.slope[inside]
    owner = np.repeat(np.arange(number), [len(lines) for lines in pool.lines])
    use = sparse.csr_array(added[:, touched].T)
    share = sparse.csr_array((-np.ones(len(row)), (row, np.arange(len(row)))), shape=(len(touched), len(row)))
    one = sparse.csr_array((np.ones(len(every)), (owner, np.arange(len(every)))), shape=(number, len(every)))
    none, free = sparse.csr_array((number, served.shape[1] + len(row))), np.zeros(served.shape[1])
    head = sparse.hstack([use, served[touched], share])
    return Master(
        lines=every,
        owner=owner,
        cost=np.concatenate([[line.cost for line in every], free, slope]) / problem.unit,
        upper=np.concatenate([np.ones(len(every)), free + len(problem.lines), length.astype(float)]),
        matrix=sparse.csr_array(sparse.vstack([head, sparse.hstack([one, none])])),
        right=np.concatenate([-fixed[touched], np.ones(number)]),
        touched=touched,
        whole=(np.arange(len(every) + len(free) + len(row)) < len(every) + len(free)).astype(np.int64),
    )


def others(state: State, agents: Ints) -> Ints:
    """Return what all but some agents add up to, shape (rows,)."""
    count = state.problem.counts.without_servings(state.count)
    for agent in agents.tolist():
        present = state.lines[agent]
        assert present is not None
        count -= present.added
    return count


def pick(state: State, pool: Pool, nodes: int) -> Picked:
    """Return the best choice of one line for each agent of a pool while the others keep theirs.

    `nodes` limits the search tree.
    """
    program = master(state.problem, pool, others(state, pool.agents))
    columns = len(program.lines)
    result = milp(
        program.cost,
        integrality=program.whole,
        bounds=Bounds(np.zeros(len(program.cost)), program.upper),
        constraints=LinearConstraint(cast("Any", program.matrix), program.right, program.right),
        options={"node_limit": nodes, "mip_rel_gap": 0.0, "presolve": True},
    )
    spent = (
        SECONDS_PER_LINE * columns
        + SECONDS_PER_ENTRY * program.matrix.nnz
        + SECONDS_PER_NODE * (1 + int(result.mip_node_count or 0))
    )
    if result.status not in (SOLVED, LIMIT) or result.x is None:
        return Picked(None, False, spent)
    chosen = np.flatnonzero(result.x[:columns] > 0.5)
    return Picked([program.lines[n] for n in chosen.tolist()], result.status == SOLVED, spent)
