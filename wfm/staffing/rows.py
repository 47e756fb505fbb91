"""Many intervals at once, each row with its own numbers and targets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from wfm.erlang import BINDING, Model, achieved, required_agents, required_by, targets_of

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from wfm.erlang import Outcome, Targets

    Floats = npt.NDArray[np.float64]

ABSENT = {"service_level": 1e-12, "asa_seconds": 1e300, "max_abandonment": 1.0, "max_occupancy": 1.0, "min_agents": 0.0}
"""Targets that every queue meets."""


def staff_rows(
    rows: pd.DataFrame, interval_seconds: float, goals: dict[str, Any], model: Model | None = None
) -> pd.DataFrame:
    """Return the rows with the agents they need, or what their `agents` achieve.

    Parameters
    ----------
    rows
        Columns `offered` and `aht_seconds`; optionally `interval_seconds`, `patience_seconds`, `agents` and the targets
        of `required_agents`. An empty cell (NaN) takes what the arguments say; agents that are given are judged.
    interval_seconds
        For rows without their own.
    goals
        Targets for rows without their own.
    model
        None is Erlang A in rows with a patience and Erlang C in the others.

    Returns
    -------
    DataFrame
        The rows with `load`, `agents`, `service_level_reached`, `asa_reached_seconds`, `abandoned`, `occupancy`,
        `binding` (for given agents the first target they miss, or `met`) and `flag` (`empty`, `unstable`,
        `unreachable` or nothing).

    Raises
    ------
    SettingsError
        When a number is out of its range, or there is no target.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"offered": [100.0, 0.0], "aht_seconds": 180.0, "patience_seconds": [np.nan, 120.0]})
    >>> staff_rows(rows, 1800, {"service_level": 0.8})[["agents", "flag"]].values.tolist()
    [[14, ''], [0, 'empty']]
    """
    count = len(rows)
    offered, aht = rows["offered"].to_numpy(float), rows["aht_seconds"].to_numpy(float)
    seconds = _column(rows, "interval_seconds", interval_seconds)
    usual = np.inf if model is None else model.patience_seconds
    patience = _column(rows, "patience_seconds", usual)
    wanted = _goals(rows, goals)
    targets = targets_of((count,), **wanted)
    load = offered * aht / seconds
    if model is None or model.name in ("erlang_c", "erlang_a"):
        found = required_agents(offered, aht, seconds, patience_seconds=patience, **wanted)
    else:
        found = required_by(model, load, aht, targets)
    given = _column(rows, "agents", np.nan)
    agents = np.where(np.isnan(given), found.agents, given)
    reached, missed = _reached(model, agents, load, aht, patience, targets)
    result = rows.assign(load=load, agents=agents, **reached)
    result["agents"] = agents.astype(np.int64) if (agents % 1 == 0).all() else agents
    result["binding"] = np.where(np.isnan(given), found.binding, missed)
    result["flag"] = _flags(load, reached["asa_reached_seconds"], found.binding)
    return result


def _goals(rows: pd.DataFrame, goals: dict[str, Any]) -> dict[str, Any]:
    """Return the targets: a row's own, else the common one, else one that is always met."""
    wanted = {name: value for name, value in goals.items() if value is not None}
    for name in (*ABSENT, "acceptable_wait_seconds"):
        if name in rows:
            wanted[name] = _column(rows, name, wanted.get(name, ABSENT.get(name, 20.0)))
    return wanted


def _column(rows: pd.DataFrame, name: str, usual: float) -> Floats:
    if name not in rows:
        return np.full(len(rows), usual, dtype=np.float64)
    own = rows[name].to_numpy(float)
    return np.where(np.isnan(own), usual, own)


def _reached(
    model: Model | None, agents: Floats, load: Floats, aht: Floats, patience: Floats, targets: Targets
) -> tuple[dict[str, Floats], npt.NDArray[np.str_]]:
    names = ("service_level_reached", "asa_reached_seconds", "abandoned", "occupancy")
    figures = dict(zip(names, (np.ones(load.size), *np.zeros((3, load.size))), strict=True))
    missed = np.where(agents < targets.floor, "min_agents", "met").astype("<U16")
    busy = np.flatnonzero(load > 0)
    if busy.size:
        part = targets[busy]
        found = _outcome(model, agents[busy], load[busy], aht[busy], patience[busy], part)
        values = (found.service_level(part.definition), found.wait_seconds, found.abandoned, found.occupancy)
        for name, value in zip(names, values, strict=True):
            figures[name][busy] = value
        misses = np.array(part.missed(agents[busy], found))
        missed[busy] = np.where(misses.any(axis=0), np.array(BINDING)[misses.argmax(axis=0)], "met")
    return figures, missed


def _outcome(
    model: Model | None, agents: Floats, load: Floats, aht: Floats, patience: Floats, part: Targets
) -> Outcome:
    if model is None or model.name in ("erlang_c", "erlang_a"):
        from wfm.erlang import erlang_a

        return erlang_a(agents, load, aht, patience, part.wait, part.short)
    return achieved(model, agents, load, aht, part.wait, part.short)


def _flags(load: Floats, waits: Floats, binding: npt.NDArray[np.str_]) -> npt.NDArray[np.str_]:
    flags = np.where(np.isinf(waits), "unstable", np.where(binding == "unreachable", "unreachable", ""))
    return np.where(load > 0, flags, "empty")
