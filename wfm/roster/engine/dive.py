"""Diving: agents are settled one after the other on lines that the linear program over lines all but chooses.

After every choice the program is solved again and the agents who are still open are asked for better lines at its new
prices. Small rosters get within a hair of their bound this way where moving from roster to roster is stuck.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wfm.roster.engine.restricted import Restricted

if TYPE_CHECKING:
    import numpy.typing as npt

    from wfm.roster.engine.columns import Generator
    from wfm.roster.engine.restricted import Relaxed
    from wfm.roster.engine.state import Chosen, State

    Ints = npt.NDArray[np.int64]

SURE = 0.9
"""Share from which on a line is taken as chosen."""
NOISE = 0.05
"""Noise on the shares, so that no two dives are alike."""
ROUNDS = 8
"""Times that open agents are asked for lines between two choices, at most."""
AT_ONCE = 0.25
"""Share of the open agents that one choice settles at most."""
SIZES = (1.0, 0.6, 0.4)
"""Share of all agents that a dive is about: one of these."""
BLUR = 0.5
"""Ticks that floating point may be off by."""
WHOLE = 5
"""About how many times the work of the first choice a whole dive takes."""


@dataclass(frozen=True, slots=True)
class Dived:
    """What a dive ended with.

    Attributes
    ----------
    lines
        One for each agent who took part; None when it ended early.
    vain
        Whether it ended before the first choice: then more dives of that size are in vain too.
    work
        Deterministic seconds.
    """

    lines: list[Chosen] | None
    vain: bool
    work: float


class Diver:
    """Dives again and again.

    Parameters
    ----------
    generator
        Remembers the lines of earlier dives.
    seed
        Start of the random numbers.
    """

    def __init__(self, generator: Generator, seed: int) -> None:
        self.generator, self.random = generator, np.random.default_rng([seed, 31])

    def dive(self, state: State, agents: Ints, left: float) -> Dived:
        """Return lines of some agents by which a state seems to cost less.

        A dive ends as soon as the program says that it cannot gain any more, or that there is too little time left.
        """
        settled: dict[int, int] = {}
        program, now = self._near(state, agents)
        work, free = program.work, agents
        while len(free):
            relaxed, spent = self._open(program, free)
            work += spent
            dear = work * (1 if settled else WHOLE) > left
            if relaxed is None or dear or relaxed.value > now - state.problem.unit + BLUR:
                return Dived(None, not settled, work)
            for n in self._choice(program, relaxed, free):
                program.settle(n)
                settled[program.owner[n]] = n
            free = np.array([agent for agent in agents.tolist() if agent not in settled], dtype=np.int64)
        return Dived([program.lines[settled[agent]] for agent in agents.tolist()], False, work)

    def draw(self, number: int) -> Ints:
        """Return agents to dive with, of so many."""
        size = max(1, round(number * self.random.choice(SIZES)))
        return np.sort(self.random.permutation(number)[:size])

    def _near(self, state: State, agents: Ints) -> tuple[Restricted, int]:
        """Return the program of the lines that a better roster may have, by prices; and what it is worth now."""
        whole, now = self.generator.program(state, agents)
        relaxed = whole.solve()
        if relaxed is None:
            return whole, now
        near = Restricted(state.problem, agents, whole.fixed)
        for n in np.flatnonzero(whole.above(relaxed.price) <= now - relaxed.value + BLUR).tolist():
            near.add(whole.owner[n], whole.lines[n])
        near.work += whole.work
        return near, now

    def _open(self, program: Restricted, agents: Ints) -> tuple[Relaxed | None, float]:
        """Return the solved program after some rounds of better lines for open agents; and deterministic seconds."""
        before, asking = program.work, 0.0
        relaxed = program.solve()
        for _ in range(ROUNDS):
            if relaxed is None:
                break
            asked = self.generator.ask(agents, np.rint(relaxed.price).astype(np.int64))
            asking += asked.work
            if not self.generator.join(program, agents, asked.lines):
                break
            relaxed = program.solve()
        return relaxed, asking + program.work - before

    def _choice(self, program: Restricted, relaxed: Relaxed, agents: Ints) -> list[int]:
        """Return the lines to settle now: those that are all but chosen, else the one with the largest share."""
        shares = np.where(np.isin(program.owner, agents), relaxed.share, -1.0)
        order = np.argsort(-(shares + NOISE * self.random.random(len(shares))), kind="stable")
        sure: list[int] = order[shares[order] >= SURE][: max(1, int(AT_ONCE * len(agents)))].tolist()
        return sure or [int(order[0])]
