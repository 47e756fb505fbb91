"""One queue over a row of intervals: its load, the agents it needs under its model, and what they achieve."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from wfm.erlang import (
    Model,
    achieved,
    deferred_profile,
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
    Flags = npt.NDArray[np.bool_]
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
    """Return agents, what decides, and what they achieve, for contacts that wait in line."""
    model, goals = model_of(queue), targets_of(load.shape, **queue.target.model_dump())
    rows = np.where(grid.open, load, 0.0)
    found = _required(model, queue, rows, aht, goals)
    net = np.asarray(found.agents, dtype=np.int64)
    return net, found.binding, _predicted(model, net, rows, aht, goals)


def deferred(queue: Queue, offered: Floats, load: Floats, aht: Floats, grid: Grid) -> Staffed:
    """Return agents so that all work is done `due_hours` after it arrives: the lowest peak.

    But for rounding up to whole agents nobody is idle. A contact can be worked on from the end of its interval. What is
    due after the last interval is bound only by the whole: as much work is found at the beginning as is left behind,
    and has the whole period.
    """
    busy = _busy(queue, offered * aht / 3600, grid)
    floor = queue.target.min_agents
    least = np.array([heads(agents / (queue.target.max_occupancy or 1.0)) for agents in busy])
    net = np.maximum(least, floor)
    binding = np.where(least >= floor, np.where(least > 0, "due", "empty"), "min_agents")
    figures = {"service_level": 1.0, "asa_seconds": np.nan, "abandonment": 0.0}
    predicted = {name: np.full(offered.size, value) for name, value in figures.items()}
    return net, binding, {**predicted, "occupancy": busy / np.maximum(net, 1)}


def without_time(queue: Queue, offered: Floats, grid: Grid) -> Flags:
    """Return which intervals have contacts that fall due before the next open interval begins."""
    opened = np.append(0, np.cumsum(grid.open))
    index = np.arange(offered.size)
    due = index + (queue.due_hours or 0.0) * 60 / grid.minutes
    until = np.minimum(np.ceil(due), offered.size).astype(np.int64)
    found: Flags = (offered > 0) & (due <= offered.size) & (opened[until] <= opened[index + 1])
    return found


def _busy(queue: Queue, work: Floats, grid: Grid) -> Floats:
    """Return how many agents work in each interval, for the agent-hours that arrive in each."""
    hours = grid.minutes / 60
    begin = np.arange(work.size) * hours
    whole = work.size * hours
    due = begin + (queue.due_hours or 0.0)
    late = due > whole
    spans = [(float(hour), float(hour) + hours) for hour in begin[grid.open]]
    release, until = np.where(late, 0.0, begin + hours), np.where(late, whole, due)
    busy = np.zeros(work.size)
    for span in deferred_profile(release, until, work, spans) if work.any() else ():
        inside = (begin < span.last) & (begin + hours > span.first)
        busy[inside] = np.maximum(busy[inside], span.agents)
    return np.where(grid.open, busy, 0.0)


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
    found = {name: np.zeros(load.size) for name in ("asa_seconds", "occupancy", "abandonment")}
    found["service_level"] = np.ones(load.size)
    if busy.size:
        at = achieved(model, net[busy].astype(float), load[busy], aht[busy], goals.wait[busy], goals.short[busy])
        found["service_level"][busy] = at.service_level(goals.definition)
        found["asa_seconds"][busy] = at.wait_seconds
        found["occupancy"][busy] = at.occupancy
        found["abandonment"][busy] = at.abandoned
    return found
