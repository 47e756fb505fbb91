"""What a simulated roster achieves, beside what the requirement does: per interval, day and queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from wfm.erlang import targets_of
from wfm.pipeline.simulated import rows_of, slots
from wfm.simulation import scores

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from wfm.domain.plan import Plan
    from wfm.domain.settings import Settings, Target
    from wfm.simulation import Simulated

FIGURES = ("service_level", "asa_seconds", "abandonment", "occupancy")
COLUMNS = ("offered", "agents", *(f"{name}{end}" for name in FIGURES for end in ("", "_low", "_high")))


def beside(
    plan: Plan, names: Sequence[str], roster: Sequence[Simulated], required: Sequence[Simulated]
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return the tables of the intervals, of the days and of the queues.

    Returns
    -------
    tuple of DataFrame
        Columns `queue`, `interval_start` or `date` (not in the last one), `COLUMNS`, `missed` (the first target that
        is missed even at the better end of its interval of confidence, or nothing), and with `required_` in front the
        agents and figures of the requirement.
    """
    starts = plan.grid.starts
    of_day, dates = pd.factorize(starts.date)
    tables = []
    for column, labels, parts in (
        ("interval_start", starts, np.arange(len(starts))),
        ("date", dates, of_day),
        ("", [""], np.zeros(len(starts), dtype=np.int64)),
    ):
        here, there = (_figures(plan.settings, names, runs, parts) for runs in (roster, required))
        table = here[list(COLUMNS)].reset_index()
        table["missed"] = np.concatenate([missed(rows_of(here, n), plan.settings.queues[n].target) for n in names])
        for name in ("agents", *FIGURES):
            table[f"required_{name}"] = there[name].to_numpy()
        table = table.drop(columns="interval")
        if column:
            table.insert(1, column, [label for _ in names for label in labels])
        tables.append(table)
    return tables[0], tables[1], tables[2]


def _figures(
    settings: Settings, names: Sequence[str], runs: Sequence[Simulated], parts: npt.NDArray[np.integer]
) -> pd.DataFrame:
    """Return the scores of all queues in their order; an agent with several places counts once."""
    each = [scores(run, [settings.queues[name].target.definition for name in run.queues], parts=parts) for run in runs]
    table = pd.concat(each)
    if len(runs) == len(names):
        table["agents"] /= np.repeat([slots(settings.queues[name]) for name in names], len(table) // len(names))
    return table


def missed(rows: pd.DataFrame, target: Target) -> npt.NDArray[np.str_]:
    """Return the first target that each row misses even at the better end of its interval of confidence, or nothing."""
    goals = targets_of((len(rows),), **target.model_dump())
    misses = {
        "service_level": rows["service_level_high"].to_numpy() < goals.level,
        "asa": rows["asa_seconds_low"].to_numpy() > goals.asa,
        "abandonment": rows["abandonment_low"].to_numpy() > goals.abandonment,
        "occupancy": rows["occupancy_low"].to_numpy() > goals.occupancy,
    }
    found = np.select(list(misses.values()), list(misses), "")
    return np.where(rows["offered"].to_numpy() > 0, found, "")
