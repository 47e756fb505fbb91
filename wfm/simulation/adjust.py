"""Staffing adjusted by simulation: agents per interval that meet the targets while contacts run over its ends.

Formulas staff each interval as if the day had always been like it. Here the whole day is simulated, intervals that miss
a target get agents, intervals with room to spare give some back, until nothing moves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from wfm.erlang.targets import CEILING_GUARD, TOLERANCE
from wfm.simulation.crew import Team
from wfm.simulation.run import replay
from wfm.simulation.scores import FIGURES, scores
from wfm.simulation.streams import draw

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from wfm.erlang import Targets
    from wfm.simulation.laws import Floats
    from wfm.simulation.streams import Ints, Stream

CONTACTS = 1_000_000
"""About so many contacts are simulated in each round."""
FEWEST, MOST = 160, 1000
"""Replications of a round."""
ROUNDS = 12
"""Rounds in which agents come and go; after them they only come."""
SLOPE = 0.3
"""Near 80 %, one agent more adds about this over the square root of the load to the service level."""
MARGIN = 0.005
"""The lower end of the interval of confidence of a service level may lie so far below the target."""
DOUBT = 0.03
"""Chance in the sample counts for so much at most: few contacts are no reason for many agents."""
KNOWN = 400
"""With fewer simulated contacts an interval keeps its agents, unless it surely misses a target."""
EASE = 0.3
"""Part of an agent that is kept back when an interval has some to spare."""


@dataclass(frozen=True)
class Adjusted:
    """Agents per interval, and what they achieve.

    Attributes
    ----------
    agents
        Whole agents on the queue.
    figures
        As `wfm.simulation.scores` returns them, one row per interval.
    rounds
        How often the span was simulated.
    """

    agents: Ints
    figures: pd.DataFrame
    rounds: int


def adjusted(
    stream: Stream, agents: npt.ArrayLike, targets: Targets, interval_seconds: float, *, seed: int = 1
) -> Adjusted:
    """Return agents with which every interval meets its targets in the simulation; the same seed, the same agents.

    Parameters
    ----------
    stream
        Contacts of the queue.
    agents
        Whole agents per interval to start from, such as those of a formula.
    targets
        One row per interval, as `wfm.erlang.targets_of` returns them. A service level counts as met when the lower end
        of its interval of confidence is at most half a point below the target; the other targets, and everything in
        an interval with very few contacts, unless they are surely missed.

    Raises
    ------
    SettingsError
        When a number is out of its range.

    Notes
    -----
    After Z. Feldman, A. Mandelbaum, W. Massey and W. Whitt (2008), Staffing of Time-Varying Queues to Achieve
    Time-Stable Performance; the missing service level says how long a step is. All rounds see the
    same contacts.
    """
    sample = _Sample(stream, targets, interval_seconds, seed)
    least = np.maximum(targets.floor, np.asarray(stream.offered) > 0).astype(np.int64)
    number = np.maximum(np.asarray(agents, dtype=np.int64), least)
    best: Adjusted | None = None
    rounds = 0
    while True:
        rounds += 1
        figures = sample.figures(number)
        missing = sample.missing(figures)
        if not (missing > 0).any() and (best is None or number.sum() < best.agents.sum()):
            best = Adjusted(number, figures, rounds)
        least = np.where(missing > 0, np.maximum(least, number + 1), least)
        steps = sample.steps(missing) if rounds < ROUNDS else np.maximum(np.sign(missing), 0)
        after = np.maximum(number + steps.astype(np.int64), least)
        if best is not None and (rounds >= ROUNDS or (after == number).all()):
            return replace(best, rounds=rounds)
        number = after


class _Sample:
    """The contacts that all rounds see, and the targets they are judged by."""

    def __init__(self, stream: Stream, targets: Targets, seconds: float, seed: int) -> None:
        self.stream, self.targets, self.seconds = stream, targets, seconds
        offered = np.asarray(stream.offered, dtype=np.float64)
        replications = int(np.clip(CONTACTS / max(offered.sum(), 1.0), FEWEST, MOST))
        self.contacts = draw([stream], seconds, replications, seed)
        scale = 1.0 if stream.handle_scale is None else np.asarray(stream.handle_scale, dtype=np.float64)
        self.known = offered * replications >= KNOWN
        self.slope = SLOPE / np.sqrt(offered * stream.handle.mean * scale / seconds + 1)

    def figures(self, agents: Ints) -> pd.DataFrame:
        """Return what so many agents achieve in each interval."""
        team = Team.of_counts([self.stream.name], agents, self.seconds)
        return scores(replay(self.contacts, [self.stream], [team], self.seconds), [self.targets.definition])

    def missing(self, figures: pd.DataFrame) -> Floats:
        """Return how much service level each interval lacks; negative where all targets are met with room to spare."""
        goals, wanted = self.targets, self.targets.level > TOLERANCE
        value, low, high = _ends(figures, "service_level")
        seen = goals.level - np.maximum(low, value - DOUBT) - MARGIN
        short = np.where(self.known, seen, np.maximum(goals.level - high, 0.0))
        asa, lost, busy = (_ends(figures, name) for name in FIGURES[1:])
        limits = ((asa, goals.asa), (lost, goals.abandonment), (busy, goals.occupancy + CEILING_GUARD))
        over = np.any([one[1] > most for one, most in limits], axis=0)
        spare = np.all([one[2] <= most for one, most in limits], axis=0)
        short = np.where(wanted, short, np.where(self.known, -self.slope, 0.0))
        return np.where(over, np.maximum(short, self.slope), np.where(spare, short, np.maximum(short, 0.0)))

    def steps(self, missing: Floats) -> Floats:
        """Return how many agents more or fewer each interval should get."""
        wanted = missing / self.slope
        return np.where(missing > 0, np.ceil(wanted), np.minimum(np.ceil(wanted + EASE), 0.0))


def _ends(figures: pd.DataFrame, name: str) -> tuple[Floats, Floats, Floats]:
    """Return a figure and the ends of its interval of confidence."""
    value, low, high = (figures[f"{name}{end}"].to_numpy(dtype=np.float64) for end in ("", "_low", "_high"))
    return value, low, high
