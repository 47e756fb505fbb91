"""What-if: the demand and the settings of a scenario, and scenarios side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from wfm.domain.errors import SettingsError
from wfm.staffing.messages import MERGE_NEEDS_TARGET, MERGE_ONE_MODEL
from wfm.staffing.shrinkage import heads
from wfm.staffing.table import requirement
from wfm.staffing.totals import rollup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wfm.domain.scenario import Scenario
    from wfm.domain.settings import Queue, Settings, Target


@dataclass(frozen=True, slots=True)
class Figures:
    """What a scenario comes to over the period."""

    key: str
    """`base`, or the scenario's name in the file."""
    queues: int
    offered: float
    """Contacts."""
    load_hours: float
    """Hours of handling."""
    required_hours: float
    """Hours of agents on the queues."""
    gross_hours: float
    """Paid hours, shrinkage included."""
    peak_agents: int
    """Most agents on all queues together in one interval."""
    heads: int
    """Full-time agents whose paid hours these are."""
    service_level: float
    """Share of contacts, weighted by contacts over all queues."""
    asa_seconds: float
    occupancy: float
    cost: float | None
    """Paid hours times the cost of an hour; None when no cost is given."""


def scenario_settings(scenario: Scenario, settings: Settings) -> Settings:
    """Return the settings of a scenario: its targets and shrinkage, and merged queues in place of their parts.

    Raises
    ------
    SettingsError
        When queues with different targets are merged and the scenario gives none.
    """
    gone = {old for parts in scenario.merge.values() for old in parts}
    queues = {name: queue for name, queue in settings.queues.items() if name not in gone}
    for name, parts in scenario.merge.items():
        queues[name] = _merged(name, [settings.queues[part] for part in parts], scenario)
    targeted = {name: _targeted(name, queue, scenario) for name, queue in queues.items()}
    shrinkage = scenario.shrinkage or settings.shrinkage
    return settings.model_copy(update={"queues": targeted, "shrinkage": shrinkage})


def scenario_forecast(scenario: Scenario, forecast: pd.DataFrame, settings: Settings) -> pd.DataFrame:
    """Return the forecast of a scenario: contacts and handle times times their factors, merged queues added up.

    The handle time of a merged queue is the mean of its parts, weighted by contacts.
    """
    table = forecast[["offered", "aht_seconds"]].copy()
    queue = table.index.get_level_values("queue")
    table["offered"] *= queue.map(_factors(scenario.volume, settings.queues)).to_numpy(dtype=float)
    table["aht_seconds"] *= queue.map(_factors(scenario.aht, settings.queues)).to_numpy(dtype=float)
    into = {old: new for new, parts in scenario.merge.items() for old in parts}
    names = [into.get(name, name) for name in queue]
    work = (table["offered"] * table["aht_seconds"].fillna(0.0)).rename("work")
    keys = [pd.Index(names, name="queue"), table.index.get_level_values("interval_start")]
    added = pd.concat([table["offered"], work], axis=1).groupby(keys, sort=False).sum()
    usual = table["aht_seconds"].groupby(keys, sort=False).mean()
    busy = added["offered"] > 0
    added["aht_seconds"] = (added["work"] / added["offered"].where(busy)).where(busy, usual)
    return added[["offered", "aht_seconds"]]


def figures(
    key: str, scenario: Scenario, forecast: pd.DataFrame, settings: Settings, hours: float, hour_cost: float | None
) -> Figures:
    """Return what a scenario comes to.

    Parameters
    ----------
    hours
        Paid hours of a full-time agent in the period.
    hour_cost
        Cost of a paid hour where the scenario gives none.

    Raises
    ------
    SettingsError
        As `scenario_settings` and `wfm.staffing.requirement` do.
    """
    changed = scenario_settings(scenario, settings)
    table = requirement(scenario_forecast(scenario, forecast, settings), changed, changed.grid)
    totals = rollup(table, changed.intervals.minutes)
    calls = totals["offered"]
    weight = calls / calls.sum() if calls.sum() else calls
    gross = float(totals["gross_hours"].sum())
    rate = hour_cost if scenario.hour_cost is None else scenario.hour_cost
    net = float(totals["net_hours"].sum())
    return Figures(
        key=key,
        queues=len(changed.queues),
        offered=float(calls.sum()),
        load_hours=float(totals["load_hours"].sum()),
        required_hours=net,
        gross_hours=gross,
        peak_agents=int(table.groupby(level="interval_start")["required_net"].sum().max()),
        heads=heads(gross / hours),
        service_level=float((totals["service_level"].fillna(1.0) * weight).sum()) if calls.sum() else 1.0,
        asa_seconds=float((totals["asa_seconds"].fillna(0.0) * weight).sum()),
        occupancy=float(totals["load_hours"].sum()) / net if net else 0.0,
        cost=None if rate is None else gross * rate,
    )


def _factors(given: float | Mapping[str, float], queues: Mapping[str, Queue]) -> dict[str, float]:
    return {name: given.get(name, 1.0) if isinstance(given, dict) else float(given) for name in queues}  # type: ignore[arg-type]


def _targeted(name: str, queue: Queue, scenario: Scenario) -> Queue:
    target = scenario.targets.get(name, scenario.target)
    return queue if target is None else queue.model_copy(update={"target": target})


def _merged(name: str, parts: list[Queue], scenario: Scenario) -> Queue:
    """Return the queue that several become: as the first one, when they do not differ in what decides staffing."""
    target: Target | None = scenario.targets.get(name, scenario.target)
    first = parts[0].model_copy(update={"name": "", "skill": None, "group": None, "sibling": None})
    if any(_model(part) != _model(first) for part in parts):
        raise SettingsError(MERGE_ONE_MODEL.fill(queue=name))
    if target is not None:
        return first.model_copy(update={"target": target})
    if any(part.target != first.target for part in parts):
        raise SettingsError(MERGE_NEEDS_TARGET.fill(queue=name))
    return first


def _model(queue: Queue) -> tuple[object, ...]:
    """Return what decides how contacts wait and leave."""
    q = queue
    return q.model, q.patience_seconds, q.redial_share, q.lines, q.concurrency, q.load_cv, q.due_hours
