"""Scenarios side by side: a folder's demand as it stands, and as it could be."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import pandas as pd

from wfm import export
from wfm.domain.clock import dates
from wfm.domain.errors import InputErrors, SettingsError
from wfm.domain.options import built
from wfm.domain.scenario import Scenario, Scenarios
from wfm.files.scenarios import read_scenarios, strangers
from wfm.pipeline import stages
from wfm.pipeline.messages import BAD_MERGE
from wfm.staffing import parse_target
from wfm.staffing.scenarios import Figures, figures

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from wfm.domain.settings import Settings
    from wfm.domain.text import Locale
    from wfm.pipeline.stages import Demand

FILE = "scenarios.toml"
BASE = "base"
ASKED = "asked"
OPTIONS = "--merge"
"""Where a queue that does not exist is named when it is not in a file."""
DAY_HOURS = 8
"""Paid hours of a work day of the calendar, for head counts where the file gives no hours."""


@dataclass(frozen=True)
class Compared:
    """The plan as it stands, and its scenarios.

    Attributes
    ----------
    base
        The plan.
    scenarios
        The others in their order, with what the file says of each.
    currency
        Of the costs.
    """

    base: Figures
    scenarios: tuple[tuple[Scenario, Figures], ...]
    currency: str

    @property
    def rows(self) -> list[Figures]:
        """All figures, the plan first."""
        return [self.base, *(found for _, found in self.scenarios)]

    def table(self) -> pd.DataFrame:
        """Return one row per scenario, the plan first, with the fields of `Figures`."""
        return pd.DataFrame([asdict(found) for found in self.rows])


def compare_folder(
    folder: Path, *, file: Path | None = None, asked: Scenario | None = None, locale: Locale | None = None
) -> Compared:
    """Return a folder's scenarios beside the plan as it stands; nothing is written.

    Parameters
    ----------
    file
        Scenarios; None takes `scenarios.toml` of the folder, which may be absent when one is asked for.
    asked
        One more scenario.

    Raises
    ------
    InputErrors
        With every problem of the folder, or of the file of scenarios.
    SettingsError
        When a merged queue has no target.
    """
    known = stages.demand(stages.read(folder, locale=locale))
    path = file or folder / FILE
    settings = known.inputs.settings
    own = [] if asked is None else [Scenarios(scenarios={ASKED: asked})]
    _refuse_strangers(own, settings)
    read = [] if own and file is None and not path.exists() else [read_scenarios(path, settings)]
    every = {key: scenario for given in (*read, *own) for key, scenario in given.scenarios.items()}
    return compare(known, (read or own)[0].model_copy(update={"scenarios": every}))


def _refuse_strangers(own: Iterable[Scenarios], settings: Settings) -> None:
    problems = [error for given in own for error in strangers(given, settings, OPTIONS)]
    if problems:
        raise InputErrors(problems)


def compare(known: Demand, given: Scenarios) -> Compared:
    """Return scenarios beside a demand as it stands."""
    settings = known.inputs.settings
    hours = given.hours_per_agent or _month_hours(known)

    def of(key: str, scenario: Scenario) -> Figures:
        return figures(key, scenario, known.forecast, settings, hours, given.hour_cost)

    found = tuple((scenario, of(key, scenario)) for key, scenario in given.scenarios.items())
    return Compared(of(BASE, Scenario()), found, settings.centre.currency)


def scenario_of(volume: float, aht: float, target: str | None, merges: Iterable[str]) -> Scenario | None:
    """Return the scenario that options ask for: factors, a target such as `"80/20"`, merges such as `"a=b,c"`.

    None when they ask for nothing.

    Raises
    ------
    SettingsError
        When a merge or the target cannot be read.
    InputErrors
        When a factor or the target lies outside what is possible.
    """
    merge = dict(map(_merge, merges))
    if not merge and target is None and volume == aht == 1:
        return None
    goal = None if target is None else parse_target(target)
    made = built(Scenario, {"volume": volume, "aht": aht, "target": goal, "merge": merge}, "", "wfm whatif")
    if isinstance(made, list):
        raise InputErrors(made)
    return made


def write_comparison(found: Compared, path: Path) -> None:
    """Write the figures of all scenarios as a CSV file for people."""
    export.write_csv(found.table(), path)


def _merge(text: str) -> tuple[str, tuple[str, ...]]:
    name, equals, parts = text.partition("=")
    queues = tuple(part.strip() for part in parts.split(",") if part.strip())
    if not equals or not name.strip() or len(queues) < 2:
        raise SettingsError(BAD_MERGE.fill(value=text))
    return name.strip(), queues


def _month_hours(known: Demand) -> float:
    """Return the paid hours of a full-time agent in the period: its work days by the calendar."""
    settings, calendar = known.inputs.settings, known.calendar
    days = dates(settings.period.first, settings.period.last)
    return float(DAY_HOURS * max(1, sum(not calendar.works_like_weekend(day) for day in days)))
