"""Required agents by skill set: those of the staff list, found by search and simulation."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from wfm import export
from wfm.domain.errors import SettingsError
from wfm.pipeline import stages
from wfm.pipeline.simulated import rows_of, simulable, slots, stream_of
from wfm.pipeline.skill_sets_messages import NOTHING_TO_SHARE
from wfm.pipeline.write import put_demand, write_stage
from wfm.simulation import exponential
from wfm.simulation.skill_sets import staff_skill_sets

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import numpy as np
    import numpy.typing as npt

    from wfm.domain.plan import Inputs
    from wfm.domain.settings import Settings
    from wfm.domain.text import Locale
    from wfm.simulation.skill_sets import SkillMix

FILE = "skill_sets.csv"


@dataclass(frozen=True)
class SkillPlan:
    """Agents by skill set of a folder.

    Attributes
    ----------
    table
        Rows `skill_set, interval_start, agents`; what `skill_sets.csv` holds.
    sets
        Rows `skill_set, people, peak, required_hours`: how many of the staff list have exactly these skills, and the
        agents on the queue that the set needs.
    ways
        Rows `way, peak, required_hours` for agents with one skill each, for the mix, and for one pool.
    queues
        Rows `queue, target, service_level`: over the whole period, on contacts that the search has not seen.
    left_out
        Queues that are not in it: deferred work, chats, a limit of lines, no service level as a target.
    """

    mix: SkillMix
    table: pd.DataFrame
    sets: pd.DataFrame
    ways: pd.DataFrame
    queues: pd.DataFrame
    left_out: tuple[str, ...]


def staff_skill_sets_folder(
    folder: Path,
    *,
    flexible_share: float = 0.2,
    locale: Locale | None = None,
    progress: Callable[[float], None] | None = None,
) -> SkillPlan:
    """Return the agents by skill set of a folder after writing `skill_sets.csv` beside forecast and requirement.

    Parameters
    ----------
    flexible_share
        Largest share of agents on the queue who use more than one skill.
    progress
        Called with the share that is done.

    Raises
    ------
    InputErrors
        With every problem of every file of the folder.
    SettingsError
        When the share is out of its range, or fewer than two queues can share agents.
    """
    inputs = stages.read(folder, locale=locale)
    names = shareable(inputs.settings)
    if len(names) < 2:
        raise SettingsError(NOTHING_TO_SHARE.fill(folder=folder))
    known = stages.demand(inputs)
    settings, grid = inputs.settings, inputs.settings.grid
    streams = [stream_of(q, rows_of(known.requirement, q), settings, grid, exponential(1.0)) for q in names]
    mix = staff_skill_sets(
        streams,
        [settings.queues[name].target.service_level or 0.0 for name in names],
        grid.minutes * 60.0,
        skill_sets=[*((name,) for name in names), *shared_skills(inputs, names)],
        flexible_share=flexible_share,
        seed=settings.solve.seed,
        progress=progress,
    )
    found = _plan_of(mix, inputs, names)

    def write(out: Path) -> None:
        put_demand(out, known)
        export.write_csv(found.table, out / FILE)

    write_stage(folder, inputs, write)
    return found


def shareable(settings: Settings) -> tuple[str, ...]:
    """Return the queues whose agents can be shared out: contacts wait, one at a time, for a service level."""
    return tuple(
        name
        for name in simulable(settings)
        for queue in [settings.queues[name]]
        if slots(queue) == 1 and queue.model != "lines" and queue.target.service_level is not None
    )


def shared_skills(inputs: Inputs, names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return the sets of two or more queues that somebody of the staff list can serve, each once."""
    return tuple(sorted({served for served in _served(inputs, names) if len(served) > 1}))


def _served(inputs: Inputs, names: Sequence[str]) -> list[tuple[str, ...]]:
    skill = inputs.settings.skill_of
    return [tuple(name for name in names if skill(name) in agent.skills) for agent in inputs.agents]


def _plan_of(mix: SkillMix, inputs: Inputs, names: Sequence[str]) -> SkillPlan:
    grid = inputs.settings.grid
    labels = [";".join(sorted(skills, key=names.index)) for skills in mix.skill_sets]
    people = Counter(";".join(served) for served in _served(inputs, names))
    hours = grid.minutes / 60
    total = {"apart": mix.dedicated.sum(axis=0), "mix": mix.agents.sum(axis=0), "pool": mix.pooled}
    return SkillPlan(
        mix,
        pd.DataFrame(
            {
                "skill_set": [label for label in labels for _ in range(grid.size)],
                "interval_start": [*grid.starts] * len(labels),
                "agents": mix.agents.ravel(),
            }
        ),
        pd.DataFrame(
            {"skill_set": label, "people": people[label], **_figures(row, hours)}
            for label, row in zip(labels, mix.agents, strict=True)
        ),
        pd.DataFrame({"way": way, **_figures(row, hours)} for way, row in total.items()),
        pd.DataFrame(
            {"queue": name, "target": inputs.settings.queues[name].target.service_level, "service_level": level}
            for name, level in zip(names, mix.whole, strict=True)
        ),
        tuple(name for name in inputs.settings.queues if name not in names),
    )


def _figures(agents: npt.NDArray[np.int64], hours: float) -> dict[str, float]:
    return {"peak": int(agents.max(initial=0)), "required_hours": float(agents.sum() * hours)}
