"""`wfm backtest`, `wfm reforecast`, `wfm accuracy`: how good forecasts would be, today's rest, how good they were."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from wfm.cli import forecasts_messages as m
from wfm.cli.options import Folder, Json, Locale, help_of
from wfm.cli.session import session

Models = Annotated[str | None, typer.Option(help=help_of(m.MODELS), metavar="KIND,KIND")]
At = Annotated[
    datetime,
    typer.Option(help=help_of(m.AT), metavar="2026-05-12T11:00", formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]),
]
COLUMNS_BACKTEST = ("queue", "model", "horizon", "wape", "bias", "relmae", "coverage", "floor")
COLUMNS_UPDATE = ("queue", "interval_start", "actual", "planned", "offered", "planned_required", "required")
COLUMNS_ACCURACY = ("queue", "horizon", "day_class", "n", "wape", "bias", "pinball", "coverage", "floor")


def backtest(folder: Folder, models: Models = None, as_json: Json = False, locale: Locale = None) -> None:
    """Measure past forecasts."""
    with session(folder, locale, as_json=as_json) as here:
        from wfm.cli.show import records, show_table
        from wfm.pipeline.backtest import backtest_folder

        chosen = [kind.strip() for kind in models.split(",")] if models else []
        show_table(here, records(backtest_folder(folder, models=chosen)), COLUMNS_BACKTEST)


def reforecast(folder: Folder, at: At, as_json: Json = False, locale: Locale = None) -> None:
    """Forecast the rest of a day."""
    with session(folder, locale, as_json=as_json) as here:
        from wfm.cli.show import records, show_table
        from wfm.pipeline.reforecast import FILE, reforecast_folder

        update = reforecast_folder(folder, at, locale=here.asked)
        rows = records(update.table)
        for row in rows:
            row["interval_start"] = f"{row['interval_start']:%H:%M}" if not here.as_json else str(row["interval_start"])
        show_table(here, [row for row in rows if here.as_json or row["planned"] > 0], COLUMNS_UPDATE)
        for note in update.notes:
            here.tell(note)
        here.tell(m.WRITTEN.fill(path=folder / FILE))


def accuracy(folder: Folder, as_json: Json = False, locale: Locale = None) -> None:
    """Measure the forecasts that were made."""
    with session(folder, locale, as_json=as_json) as here:
        from wfm.cli.show import records, show_table
        from wfm.pipeline.accuracy import CHART, accuracy_folder

        table = accuracy_folder(folder)
        if table.empty and not here.as_json:
            here.tell(m.NOTHING_CAME)
            return
        show_table(here, records(table), COLUMNS_ACCURACY)
        if not table.empty:
            here.tell(m.WRITTEN.fill(path=folder / CHART))
