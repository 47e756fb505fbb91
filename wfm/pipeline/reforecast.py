"""The rest of a day forecast again from its morning, with the agents it needs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from wfm import export, staffing
from wfm.forecast import reforecast
from wfm.pipeline import stages

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import pandas as pd

    from wfm.domain.text import Locale, Text

FILE = "reforecast.csv"


@dataclass(frozen=True)
class Update:
    """A day forecast again.

    Attributes
    ----------
    table
        Columns `queue, interval_start, actual, planned, offered, planned_aht_seconds, aht_seconds, planned_required,
        required, over`; agents as the roster has to cover them.
    notes
        What moved the forecast of each queue.
    """

    table: pd.DataFrame
    notes: tuple[Text, ...]


def reforecast_folder(folder: Path, now: datetime, *, locale: Locale | None = None) -> Update:
    """Return the day of `now` forecast again, after writing `reforecast.csv` beside the folder's files.

    Parameters
    ----------
    now
        Wall clock of the centre when it has no zone; `history.csv` holds the contacts up to it.

    Raises
    ------
    InputErrors
        With every problem of every file.
    SettingsError
        When no contacts of the day are on record yet.
    """
    inputs = stages.read(folder, locale=locale)
    settings = inputs.settings
    moment = now if now.tzinfo else now.replace(tzinfo=settings.centre.zone)
    table, notes = reforecast(inputs, stages.calendar_of(inputs), moment)
    day = moment.astimezone(settings.centre.zone).date()
    grid = replace(settings.grid, first=day, last=day)
    for name, contacts, aht in (
        ("planned_required", "planned", "planned_aht_seconds"),
        ("required", "offered", "aht_seconds"),
    ):
        demand = table[[contacts, aht]].set_axis(["offered", "aht_seconds"], axis=1)
        table[name] = staffing.requirement(demand, settings, grid)["required_rostered"]
    columns = ["actual", "planned", "offered", "planned_aht_seconds", "aht_seconds", "planned_required", "required"]
    shown = table[[*columns, "over"]].reset_index()
    export.write_csv(shown, folder / FILE)
    return Update(shown, notes)
