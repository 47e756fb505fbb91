"""Service level, waits, abandonment and occupancy of a simulation, each with an interval of confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from wfm.domain.errors import SettingsError
from wfm.erlang import DEFINITIONS
from wfm.simulation import messages

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from wfm.erlang import Definition
    from wfm.simulation.laws import Floats
    from wfm.simulation.run import Simulated
    from wfm.simulation.tally import Tally

CONFIDENCE = 0.95
FIGURES = ("service_level", "asa_seconds", "abandonment", "occupancy")


class Estimate(NamedTuple):
    """A ratio of means over replications, and the ends of its interval of confidence."""

    value: Floats
    low: Floats
    high: Floats


def estimate(part: Floats, whole: Floats, empty: float = 0.0, confidence: float = CONFIDENCE) -> Estimate:
    """Return sum of `part` / sum of `whole` over replications (the first axis) with an interval of confidence.

    Where nothing counts the value is `empty` and so are both ends.

    Raises
    ------
    SettingsError
        With fewer than two replications.

    Notes
    -----
    Student's t over replications of the linearised ratio (delta method). Source: W. Cochran (1977), Sampling
    Techniques, chapter 6.

    Examples
    --------
    >>> found = estimate(np.array([8.0, 9.0, 10.0]), np.array([10.0, 10.0, 10.0]))
    >>> [round(float(x), 2) for x in found]
    [0.9, 0.65, 1.15]
    """
    count = len(part)
    if count < 2:
        raise SettingsError(messages.FEW_REPLICATIONS.fill(value=count))
    mean = whole.mean(axis=0)
    known = mean > 0
    safe = np.where(known, mean, 1.0)
    value = np.where(known, part.mean(axis=0) / safe, empty)
    error = np.sqrt(((part - value * whole) ** 2).sum(axis=0) / (count - 1) / count) / safe
    half = np.where(known, float(stdtrit(count - 1, (1 + confidence) / 2)) * error, 0.0)
    return Estimate(value, value - half, value + half)


def counted(tally: Tally, definition: Definition) -> tuple[Floats, Floats]:
    """Return what a service level counts as good, and out of how many; see `wfm.erlang.DEFINITIONS`."""
    match definition:
        case "offered":
            return tally.answered_within, tally.offered
        case "offered_and_short_abandons":
            return tally.answered_within + tally.abandoned_within, tally.offered
        case "excluding_short_abandons":
            return tally.answered_within, tally.offered - tally.abandoned_short
        case "answered":
            return tally.answered_within, tally.answered
        case "virtual":
            return tally.virtual_within, tally.offered
    raise SettingsError(messages.BAD_CHOICE.fill(name="definition", value=definition, known=", ".join(DEFINITIONS)))


def scores(
    result: Simulated,
    definitions: Sequence[Definition] = (),
    *,
    whole: bool = False,
    parts: npt.ArrayLike | None = None,
    confidence: float = CONFIDENCE,
) -> pd.DataFrame:
    """Return the figures of every queue and interval, or part of the span, or of the whole span.

    Parameters
    ----------
    definitions
        How each queue's service level is counted; `offered` where none is given.
    whole
        One row per queue.
    parts
        To which part of the span (0, 1, …) each interval belongs, in ascending order: one row per queue and part.

    Returns
    -------
    DataFrame
        Indexed by `queue` and (unless `whole`) `interval` or part, counted from 0; `offered` contacts and `agents` on
        the queue (means over replications), then `service_level`, `asa_seconds` (mean wait of all who were let in),
        `abandonment` (share) and `occupancy` (share, of all agents who can serve the queue), each followed by its
        `_low` and `_high` end. Nobody to count: service level 1, the others 0.
    """
    intervals = result.tally.offered.shape[2]
    of = np.arange(intervals) if parts is None else np.asarray(parts)
    begins = np.flatnonzero(np.diff(of, prepend=-1)) if not whole else np.array([0])
    frames = [
        _queue(result, q, definitions[q] if definitions else "offered", begins, confidence)
        for q in range(len(result.queues))
    ]
    table = pd.concat(frames, keys=list(result.queues), names=["queue", "interval"])
    return table.droplevel("interval") if whole else table


def _queue(
    result: Simulated, q: int, definition: Definition, begins: npt.NDArray[np.intp], confidence: float
) -> pd.DataFrame:
    tally, seconds = result.tally, result.interval_seconds

    def summed(values: Floats) -> Floats:
        result: Floats = np.add.reduceat(values, begins, axis=-1)
        return result

    able = [g for g, skills in enumerate(result.teams) if result.queues[q] in skills]
    busy, present = (summed(s[:, able].sum(axis=1)) for s in (tally.busy_seconds, result.present_seconds))
    good, of = (summed(side[:, q]) for side in counted(tally, definition))
    offered, waits, lost, blocked = (
        summed(side[:, q]) for side in (tally.offered, tally.wait_seconds, tally.abandoned, tally.blocked)
    )
    pairs = [(good, of, 1.0), (waits, offered - blocked, 0.0), (lost, offered, 0.0), (busy, present, 0.0)]
    length = np.diff(begins, append=tally.offered.shape[-1]) * seconds
    table = {"offered": offered.mean(axis=0), "agents": present.mean(axis=0) / length}
    for name, (part, total, empty) in zip(FIGURES, pairs, strict=True):
        found = estimate(part, total, empty, confidence)
        most = np.inf if name == "asa_seconds" else 1.0
        ends = (found.value, np.maximum(found.low, 0.0), np.minimum(found.high, most))
        table |= dict(zip((name, f"{name}_low", f"{name}_high"), ends, strict=True))
    return pd.DataFrame(table)
