"""One queue over a row of intervals: its load, the agents it needs under its model, and what they achieve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from wfm.erlang import (
    Model,
    achieved,
    deferred_agents,
    lagged_offered,
    modified_load,
    required_agents,
    required_by,
    targets_of,
)
from wfm.staffing.shrinkage import heads

if TYPE_CHECKING:
    import numpy.typing as npt

    from wfm.domain.intervals import Grid
    from wfm.domain.settings import Queue
    from wfm.erlang import Required, Targets

    Floats = npt.NDArray[np.float64]
    Staffed = tuple[npt.NDArray[np.int64], npt.NDArray[np.str_], dict[str, Floats]]

Arrivals = Literal["sipp", "lagged", "modified_load", "simulated"]


def load_of(offered: Floats, aht: Floats, interval_seconds: float, arrivals: Arrivals) -> tuple[Floats, Floats]:
    """Return the load in erlangs of each interval in order of time, and a handle time for each.

    `sipp` takes every interval for itself; `lagged` the contacts of one handle time before; `modified_load` the mean
    load of endless agents, and `simulated` starts from that. Intervals without contacts have the mean handle time of
    the others.
    """
    busy = offered > 0
    usual = np.average(aht[busy], weights=offered[busy]) if busy.any() else 0.0
    seconds = np.where(busy, aht, usual)
    if arrivals in ("modified_load", "simulated"):
        return modified_load(offered, seconds, interval_seconds), seconds
    calls = lagged_offered(offered, seconds, interval_seconds) if arrivals == "lagged" else offered
    return calls * seconds / interval_seconds, seconds


def model_of(queue: Queue) -> Model:
    """Return the model of a queue that answers at once."""
    return Model(
        queue.model,  # type: ignore[arg-type]
        np.inf if queue.patience_seconds is None else queue.patience_seconds,
        queue.redial_share,
        queue.lines or 0,
        queue.concurrency,
        queue.load_cv or 0.0,
    )


def served_at_once(queue: Queue, offered: Floats, load: Floats, aht: Floats, grid: Grid) -> Staffed:
    """Return agents, what decides, and the service level, mean wait and occupancy, for contacts that wait in line."""
    model, goals = model_of(queue), targets_of(load.shape, **queue.target.model_dump())
    rows = np.where(grid.open, load, 0.0)
    found = _required(model, queue, rows, aht, goals)
    net = np.asarray(found.agents, dtype=np.int64)
    return net, found.binding, _predicted(model, net, rows, aht, goals)


def deferred(queue: Queue, offered: Floats, load: Floats, aht: Floats, grid: Grid) -> Staffed:
    """Return the same agents for every open interval, so that all work is done `due_hours` after it arrives.

    A contact can be worked on from the end of its interval. What is due after the last interval is bound only by the
    whole: no more work may be left behind than was found.
    """
    hours, index = grid.minutes / 60, np.arange(offered.size)
    begin = index * hours
    due = begin + (queue.due_hours or 0.0)
    counts = (offered > 0) & (due <= offered.size * hours)
    spans = [(float(begin[i]), float(begin[i]) + hours) for i in index[grid.open]]
    work = offered * aht / 3600
    need = deferred_agents(begin[counts] + hours, due[counts], work[counts], spans).agents if counts.any() else 0.0
    open_hours = hours * grid.open.sum()
    keeps_up = work.sum() / open_hours if open_hours else 0.0
    least = heads(max(need, keeps_up) / (queue.target.max_occupancy or 1.0))
    floor = queue.target.min_agents
    net = np.full(offered.size, max(least, floor))
    binding = np.where(least >= floor, "due" if least else "empty", "min_agents")
    busy = keeps_up / net[0] if net.any() else 0.0
    level, wait = np.ones(offered.size), np.full(offered.size, np.nan)
    return (
        net,
        np.broadcast_to(binding, net.shape),
        {"service_level": level, "asa_seconds": wait, "occupancy": np.full(offered.size, min(busy, 1.0))},
    )


def _required(model: Model, queue: Queue, load: Floats, aht: Floats, goals: Targets) -> Required:
    if model.name not in ("erlang_c", "erlang_a"):
        return required_by(model, load, aht, goals)
    patience = model.patience_seconds if model.name == "erlang_a" else np.inf
    unit = np.where(load > 0, aht, 1.0)
    return required_agents(load, unit, unit, patience_seconds=patience, **queue.target.model_dump())


def _predicted(
    model: Model, net: npt.NDArray[np.int64], load: Floats, aht: Floats, goals: Targets
) -> dict[str, Floats]:
    busy = np.flatnonzero(load > 0)
    found = {"service_level": np.ones(load.size), "asa_seconds": np.zeros(load.size), "occupancy": np.zeros(load.size)}
    if busy.size:
        at = achieved(model, net[busy].astype(float), load[busy], aht[busy], goals.wait[busy], goals.short[busy])
        found["service_level"][busy] = at.service_level(goals.definition)
        found["asa_seconds"][busy] = at.wait_seconds
        found["occupancy"][busy] = at.occupancy
    return found
