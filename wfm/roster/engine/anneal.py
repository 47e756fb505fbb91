"""Annealing: ruin and recreate in turns with small moves, from warm to cold.

New lines for whole agents find what no small move leads to; small moves fit the agents to each other. Together they
get farther than either alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.roster.engine.moves import Mover

if TYPE_CHECKING:
    from wfm.roster.engine.ruin import Ruiner

RUINS, RUINS_IN_HASTE, RUINS_UNSEEN = 0.35, 0.7, 0.12
"""Share of the work that goes to ruin and recreate; where there is little time: it gains the most at first; and where
the tables do not follow all rules, so that new lines are less than the best."""


class Annealer:
    """Improves the roster of a ruiner.

    Parameters
    ----------
    ruiner
        Every agent must have a line.
    seed
        Start of the random numbers.
    hasty
        Whether there is little time.
    seen
        Whether the tables follow all rules of most agents.

    Where agents are matched with queues by the interval there is no small move: who serves what may change for
    everybody on duty.
    """

    def __init__(self, ruiner: Ruiner, seed: int, *, hasty: bool, seen: bool) -> None:
        matched = len(ruiner.problem.counts.duties) > 0
        self.ruiner, self.mover = ruiner, None if matched else Mover(ruiner, seed)
        self.ruins = self.moves = 0.0
        self.share = RUINS_IN_HASTE if hasty else RUINS if seen else RUINS_UNSEEN

    def step(self, warmth: float) -> float:
        """Run one round of either; returns deterministic seconds. `warmth` goes from 1 to 0 over the search."""
        if self.mover is None or self.ruins <= self.share * (self.ruins + self.moves):
            work = self.ruiner.step(warmth)
            self.ruins += work
        else:
            work = self.mover.step(warmth)
            self.moves += work
        return work
