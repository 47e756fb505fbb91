"""Ruin and recreate: small groups of agents lose their lines and get new ones, at what the others leave to do.

Groups are drawn from the agents whose lines are farthest from the best that proven prices allow them, and share a
queue. Each thread answers some groups of a round as if no other changed; then the groups are judged one after the
other at their true cost. Worse rosters are accepted now and then, less and less, and the best one is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from wfm.roster.engine.kernel import add_line, decide, propose
from wfm.roster.engine.pricing import THREADS
from wfm.roster.engine.state import templates_of

if TYPE_CHECKING:
    import numpy.typing as npt

    from wfm.roster.engine.bound import Bound
    from wfm.roster.engine.pricing import Pricer
    from wfm.roster.engine.state import Chosen, State

    Ints = npt.NDArray[np.int64]
    Small = npt.NDArray[np.int32]
    Floats = npt.NDArray[np.float64]

GROUP_SIZES = (1, 2, 3)
NOISE = 0.03
"""Relative noise on the prices of a day, when more than one agent is taken out."""
HOT, COLD = 0.0007, 0.00003
"""Temperature at the start and the end, as a share of the objective."""
SECONDS_PER_STEP, SECONDS_PER_LINE = 3e-10, 8e-5
"""Deterministic seconds of one step of the dynamic program, on tables small enough to be slower by the step than those
that answer at prices, and of what each line costs besides: what every start is worth, and judging it."""
ROUND = 0.0011
"""Deterministic seconds charged for one round besides its lines."""
MATCHING = 4e-7
"""Deterministic seconds charged per line and duty for matching agents and queues."""
SMALLEST_BATCH, AGENTS_PER_GROUP = 2, 40
"""Groups that a thread answers in one round: at least so many, and one for so many agents."""


class Ruiner:
    """Improves a roster round by round.

    Parameters
    ----------
    pricer
        Gives the arrays and the threads.
    bound
        Its prices say whose line is far from the best.
    seed
        Start of the random numbers.
    """

    def __init__(self, pricer: Pricer, bound: Bound, seed: int) -> None:
        self.problem, self.pricer = pricer.problem, pricer
        p = self.problem
        self.random = np.random.default_rng([seed, 11])
        self.rooms = [np.empty(pricer.packed.room, dtype=np.float32) for _ in range(THREADS)]
        agents = len(p.lines)
        self.lines = np.full((agents, p.days), -1, dtype=np.int32)
        self.queues = self.lines.copy()
        self.cost = np.zeros(agents, dtype=np.int64)
        self.count = p.counts.base.copy()
        self.batch = max(SMALLEST_BATCH, agents // AGENTS_PER_GROUP)
        self.follow(bound)
        self.start()

    def follow(self, bound: Bound) -> None:
        """Take the prices of a bound for guidance."""
        self.options = self.problem.options(bound.price)
        self.least = bound.least

    def start(self) -> None:
        """Begin with the present lines as the best ones."""
        self.total = self.problem.counts.cost(self.count) + int(self.cost.sum())
        self.best = self.total
        self.best_lines, self.best_queues = self.lines.copy(), self.queues.copy()

    def change(self, ticks: int) -> None:
        """Take note that the present lines were changed in place, and by how much their objective."""
        self.total += ticks
        if self.total < self.best:
            self.best = self.total
            self.best_lines[:], self.best_queues[:] = self.lines, self.queues

    def held(self) -> tuple[Small, Small, Ints]:
        """Return the present lines, queues and costs."""
        return self.lines.copy(), self.queues.copy(), self.cost.copy()

    def hold(self, lines: Small, queues: Small, cost: Ints) -> None:
        """Begin with lines that were held before."""
        for agent in range(len(lines)):
            self._replace(agent, lines[agent], queues[agent], int(cost[agent]))
        self.start()

    def take(self, state: State) -> None:
        """Begin with the lines of a state."""
        for agent, line in enumerate(state.lines):
            assert line is not None
            self.put(agent, line)
        self.start()

    def put(self, agent: int, line: Chosen) -> None:
        """Give an agent a line."""
        self._replace(agent, templates_of(self.problem, line), line.queues.astype(np.int32), line.cost)

    def insert(self, agent: int, pull: float) -> tuple[float, bool]:
        """Give an agent his best line; returns deterministic seconds, and whether there is one."""
        group = np.array([[agent]], dtype=np.int64)
        lines, queues, cost, steps = self._answer(group, np.array([[pull]]), np.ones((1, 1, self.problem.days)), 0)
        if cost[0, 0] >= 0:
            self._replace(agent, lines[0, 0], queues[0, 0], int(cost[0, 0]))
        return _line_seconds(steps, 1), bool(cost[0, 0] >= 0)

    def _replace(self, agent: int, line: Small, queues: Small, cost: int) -> None:
        covers, templates = self.pricer.packed.covers, self.problem.templates
        add_line(covers, self.count, self.lines[agent], self.queues[agent], templates, -1)
        add_line(covers, self.count, line, queues, templates, 1)
        self.lines[agent], self.queues[agent], self.cost[agent] = line, queues, cost

    def step(self, warmth: float) -> float:
        """Run one round; returns the deterministic seconds it took. `warmth` goes from 1 to 0 over the search."""
        temperature = self.total * HOT * (COLD / HOT) ** (1 - warmth)
        size = min(int(self.random.choice(GROUP_SIZES)), len(self.lines))
        groups = self._draw(size)
        pull = np.sqrt(self.random.random((len(groups), 1))) * (1 - np.arange(1, size + 1) / size)
        noise = np.ones((len(groups), size, self.problem.days))
        if size > 1:
            noise += NOISE * self.random.standard_normal(noise.shape)
        parts = [part for part in np.array_split(np.arange(len(groups)), THREADS) if len(part)]
        jobs = [
            self.pricer.pool.submit(self._answer, groups[part], pull[part], noise[part], thread)
            for thread, part in enumerate(parts)
        ]
        steps = 0
        answers = [job.result() for job in jobs]
        for part, (lines, queues, cost, taken) in zip(parts, answers, strict=True):
            steps += taken
            self._decide(groups[part], lines, queues, cost, temperature)
        return (
            ROUND
            + _line_seconds(steps, groups.size) / THREADS
            + MATCHING * groups.size * len(self.problem.counts.duties)
        )

    def _draw(self, size: int) -> Ints:
        """Return groups of agents, shape (groups, size): likelier the farther a line is from the best."""
        wanted = min(THREADS * self.batch * size, len(self.lines) // size * size)
        keys = np.log(self._excess()) + self.random.gumbel(size=len(self.lines))
        drawn = np.argpartition(-keys, wanted - 1)[:wanted] if wanted < len(keys) else np.arange(wanted)
        queue = (self.pricer.packed.own.served[drawn].any(axis=2) * self.random.random((wanted, 1))).argmax(axis=1)
        order = np.lexsort((self.random.random(wanted), queue))
        return np.asarray(drawn[order].reshape(-1, size), dtype=np.int64)

    def _excess(self) -> Floats:
        """Return how far each line is above the best at the proven prices, and a little more, in ticks."""
        on = self.lines >= 0
        price = self.options[np.maximum(self.queues, 0), np.arange(self.problem.days), np.maximum(self.lines, 0)]
        excess = self.cost + np.where(on, price, 0.0).sum(axis=1) - self.least
        return np.asarray(np.maximum(excess, 0.0) + max(float(self.problem.unit), excess.mean() / 5), dtype=np.float64)

    def _answer(self, groups: Ints, pull: Floats, noise: Floats, thread: int) -> tuple[Small, Small, Ints, int]:
        packed, days = self.pricer.packed, self.problem.days
        lines = np.full((*groups.shape, days), -1, dtype=np.int32)
        queues, cost = lines.copy(), np.full(groups.shape, -1, dtype=np.int64)
        steps = propose(
            packed.quick,
            packed.full,
            packed.programs,
            packed.covers,
            packed.own,
            packed.loose,
            self.count,
            self.lines,
            self.queues,
            groups,
            self.options,
            pull,
            noise,
            self.rooms[thread],
            lines,
            queues,
            cost,
        )
        return lines, queues, cost, steps

    def _decide(self, groups: Ints, lines: Small, queues: Small, cost: Ints, temperature: float) -> None:
        self.total, self.best = decide(
            self.pricer.packed.covers,
            self.count,
            self.lines,
            self.queues,
            self.cost,
            self.best_lines,
            self.best_queues,
            self.total,
            self.best,
            groups,
            lines,
            queues,
            cost,
            self.random.random(len(groups)),
            temperature,
            self.problem.templates,
        )


def _line_seconds(steps: int, lines: int) -> float:
    """Return deterministic seconds for lines that one thread answers."""
    return SECONDS_PER_STEP * steps + SECONDS_PER_LINE * lines
