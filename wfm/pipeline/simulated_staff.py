"""The requirement adjusted by simulation: `[staffing] arrivals = "simulated"`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from wfm.erlang import targets_of
from wfm.pipeline.simulated import rows_of, simulable, slots, stream_of
from wfm.simulation import adjusted, exponential
from wfm.staffing.shrinkage import combined, grossed_up

if TYPE_CHECKING:
    from wfm.domain.settings import Settings

FIGURES = ("service_level", "asa_seconds", "occupancy", "abandonment")


def by_simulation(table: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Return the requirement with agents that meet every target in the simulation, and what they achieve there.

    A queue of deferred work, of chats or with a limit of lines keeps its formula.
    """
    names = [name for name in simulable(settings) if slots(settings.queues[name]) == 1]
    names = [name for name in names if settings.queues[name].model != "lines"]
    return pd.concat(
        [_queue(rows_of(table, q), q, settings) if q in names else rows_of(table, q) for q in settings.queues]
    )


def _queue(rows: pd.DataFrame, name: str, settings: Settings) -> pd.DataFrame:
    grid, shares = settings.grid, settings.shrinkage
    goals = settings.queues[name].target.model_dump()
    floor = np.where(grid.open, float(goals["min_agents"]), 0.0)
    targets = targets_of((len(rows),), **{**goals, "min_agents": floor})
    stream = stream_of(name, rows, settings, grid, exponential(1.0))
    found = adjusted(stream, rows["required_net"], targets, grid.minutes * 60.0, seed=settings.solve.seed)
    rostered = grossed_up(found.agents.astype(float), combined(shares.unrostered.values(), shares.combine))
    return rows.assign(
        required_net=found.agents,
        required_rostered=rostered,
        required_gross=grossed_up(rostered, combined(shares.rostered.values(), shares.combine)),
        **{figure: np.where(grid.open, found.figures[figure].to_numpy(), np.nan) for figure in FIGURES},
    )
