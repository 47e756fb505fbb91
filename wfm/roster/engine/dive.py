"""Diving: agents are settled one after the other on lines that the linear program over lines all but chooses.

After every choice the program is solved again and the agents who are still open are asked for better lines at its new
prices. Small rosters get within a hair of their bound this way where moving from roster to roster is stuck.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wfm.roster.engine.columns import BLUR

if TYPE_CHECKING:
    import numpy.typing as npt

    from wfm.roster.engine.columns import Generator
    from wfm.roster.engine.restricted import Relaxed, Restricted
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
TOGETHER = 0.1
"""Share of the open agents who are alike that an unsure choice settles."""
SIZES = (1.0, 0.6, 0.4)
"""Share of all agents that a dive is about: one of these."""
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

    def dive(self, state: State, agents: Ints, left: float, *, gaining: bool = True) -> Dived:
        """Return lines of some agents by which a state seems to cost less.

        A dive ends as soon as there is too little time left, or the program says that it cannot gain any more: unless
        it need not be `gaining`.
        """
        program, now = self.generator.program(state, agents, gaining=gaining)
        most = now - state.problem.unit + BLUR if gaining else np.inf
        proven = (self.generator.prover.ticks or 0) - state.cost() + now
        work, begun = program.work, False
        while any(program.open.values()):
            relaxed, spent = self._open(program, agents, proven)
            work += spent
            dear = work * (1 if begun else WHOLE) > left
            if relaxed is None or dear or relaxed.value > most:
                return Dived(None, not begun, work)
            for n, times in self._choice(program, relaxed):
                program.settle(n, times)
            begun = True
        return Dived(self._given(program, agents), False, work)

    def _given(self, program: Restricted, agents: Ints) -> list[Chosen]:
        """Return the line of each agent."""
        lines: dict[int, list[Chosen]] = {owner: [] for owner in program.open}
        for line, owner, times in zip(program.lines, program.owner, program.settled, strict=True):
            lines[owner] += times * [line]
        return [lines[owner].pop() for owner in self.generator.owners[agents].tolist()]

    def draw(self, number: int) -> Ints:
        """Return agents to dive with, of so many."""
        size = max(1, round(number * self.random.choice(SIZES)))
        return np.sort(self.random.permutation(number)[:size])

    def _open(self, program: Restricted, agents: Ints, proven: float) -> tuple[Relaxed | None, float]:
        """Return the program solved with better lines for open agents, unless it is at its bound; and its work."""
        before, asking = program.work, 0.0
        open_agents = agents[[program.open[owner] > 0 for owner in self.generator.owners[agents].tolist()]]
        relaxed = program.solve()
        for _ in range(ROUNDS):
            if relaxed is None or relaxed.value <= proven + BLUR:
                break
            asked = self.generator.ask(open_agents, np.rint(relaxed.price).astype(np.int64))
            asking += asked.work
            if not self.generator.join(program, asked):
                break
            asking += self.generator.around(program, open_agents, relaxed.price)
            relaxed = program.solve()
        return relaxed, asking + program.work - before

    def _choice(self, program: Restricted, relaxed: Relaxed) -> list[tuple[int, int]]:
        """Return the lines to settle now, and for how many agents.

        They are those that are all but chosen, else the one with the largest share, or some where many are alike.
        """
        rest = np.where([program.open[n] > 0 for n in program.owner], relaxed.share - program.settled, -1.0)
        order = np.argsort(-(rest + NOISE * self.random.random(len(rest))), kind="stable")
        left, chosen = max(1, int(AT_ONCE * sum(program.open.values()))), []
        for n in order[rest[order] >= SURE].tolist():
            times = min(int(rest[n] + 1 - SURE), left)
            left -= times
            chosen += [(n, times)] if times else []
        alike = order[np.array(program.owner)[order] == program.owner[order[0]]]
        together = max(1, int(TOGETHER * program.open[program.owner[order[0]]]))
        return chosen or [(n, 1) for n in alike[:together].tolist()]
