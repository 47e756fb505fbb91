"""Cover: how many agents are on each queue in each interval, counted from the roster alone."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from wfm.domain.roster import spans_on_queue

if TYPE_CHECKING:
    from wfm.domain.plan import Plan
    from wfm.domain.roster import Roster


def cover(roster: Roster, plan: Plan) -> pd.DataFrame:
    """Return cover against requirement per queue and interval.

    An agent counts in an interval by the share of it that he is on the queue; breaks are not cover. Who changes queues
    within a shift counts on each for the time that he serves it. Shifts of the roster's tail count too, so the first
    morning sees the night shift of the month before.

    Returns
    -------
    DataFrame
        Indexed by (`queue`, `interval_start`); columns `required`, `cover`, `shortfall`, `surplus` in agents.
    """
    grid = plan.grid
    counted = {queue: np.zeros(grid.size) for queue in plan.settings.queues}
    crews = Counter((a.shift, a.queue, a.serving) for a in (*roster.tail.values(), *roster))
    for (shift, only, serving), agents in crews.items():
        for start, end, queue in spans_on_queue(shift, only, serving):
            if queue not in counted:
                continue
            share = grid.share(start, end)
            lo, hi = share.span
            counted[queue][lo:hi] += agents * share.part
    frames = []
    for queue, total in counted.items():
        required = plan.requirement.xs(queue)["required_rostered"].to_numpy(dtype=float)
        frames.append(
            pd.DataFrame(
                {
                    "queue": queue,
                    "interval_start": grid.starts,
                    "required": required,
                    "cover": np.round(total, 6),
                    "shortfall": np.round(np.maximum(required - total, 0), 6),
                    "surplus": np.round(np.maximum(total - required, 0), 6),
                }
            )
        )
    return pd.concat(frames).set_index(["queue", "interval_start"])
