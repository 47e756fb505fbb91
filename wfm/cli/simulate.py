"""`wfm simulate FOLDER`: the roster played contact by contact."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wfm.cli import simulate_messages as m
from wfm.cli.options import Folder, Json, Locale, help_of
from wfm.cli.session import session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pandas as pd

    from wfm.cli.session import Session
    from wfm.pipeline.simulate import Scored

MOST_DAYS = 31
"""Days printed for people; the others are counted."""

QUEUE_COLUMNS = (
    "queue",
    "offered",
    "agents",
    "service_level",
    "asa_seconds",
    "abandonment",
    "occupancy",
    "required_service_level",
)
DAY_COLUMNS = ("queue", "date", "offered", "service_level", "asa_seconds", "missed")


class Whom(StrEnum):
    """What `--routing` takes."""

    rostered = "rostered"
    longest_wait = "longest_wait"
    priority = "priority"
    skill_order = "skill_order"


Replications = Annotated[int, typer.Option(help=help_of(m.REPLICATIONS), min=2, metavar="N")]
Seed = Annotated[int | None, typer.Option(help=help_of(m.SEED), min=0, metavar="N")]
Routing = Annotated[Whom, typer.Option(help=help_of(m.ROUTING), metavar="NAME")]
HandleCv = Annotated[float | None, typer.Option(help=help_of(m.HANDLE_CV), metavar="1.2")]


def simulate(
    folder: Folder,
    replications: Replications = 200,
    seed: Seed = None,
    routing: Routing = Whom.rostered,
    handle_cv: HandleCv = None,
    as_json: Json = False,
    locale: Locale = None,
) -> None:
    """Simulate the roster."""
    with session(folder, locale, as_json=as_json) as here, shown(here) as progress:
        from wfm.pipeline.simulate import simulate_folder

        scored = simulate_folder(
            folder,
            replications=replications,
            seed=seed,
            mode=routing.value,
            handle_cv=handle_cv,
            locale=here.asked,
            progress=progress,
        )
    _show(here, folder, scored)


@contextmanager
def shown(here: Session) -> Iterator[Callable[[float], None] | None]:
    """Return what is told the share that is done; None when nobody is looking."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(here.say(m.PROGRESS), total=1.0)
        yield lambda share: bar.update(task, completed=share)


def _show(here: Session, folder: Path, scored: Scored) -> None:
    from wfm.pipeline.write import SIMULATION

    if here.as_json:
        here.give(_facts(scored))
        return
    here.tell(m.QUEUES)
    _print(here, scored.queues, QUEUE_COLUMNS)
    for row in scored.queues[scored.queues["missed"] != ""].to_dict("records"):
        here.tell(m.QUEUE_MISSES.fill(queue=row["queue"], target=m.MISSED[row["missed"]]))
    short = scored.days[scored.days["missed"] != ""]
    if len(short):
        here.tell(m.SHORT_DAYS)
        _print(here, short[:MOST_DAYS], DAY_COLUMNS)
        if len(short) > MOST_DAYS:
            here.tell(m.MORE_DAYS.fill(n=len(short) - MOST_DAYS))
    else:
        here.tell(m.NO_SHORT_DAYS)
    busy = scored.intervals[scored.intervals["offered"] > 0]
    here.tell(m.SHORT_INTERVALS.fill(n=int((busy["missed"] != "").sum()), of=len(busy)))
    if scored.left_out:
        here.tell(m.LEFT_OUT.fill(queues=", ".join(scored.left_out)))
    path = folder / "out" / SIMULATION
    here.tell(m.WRITTEN.fill(path=path, replications=scored.replications, seed=scored.seed))


def _facts(scored: Scored) -> dict[str, Any]:
    """Return everything as plain values; intervals stand in the file."""
    from wfm.cli.show import records

    return {
        "replications": scored.replications,
        "seed": scored.seed,
        "confidence": 0.95,
        "left_out": list(scored.left_out),
        "intervals": len(scored.intervals),
        "intervals_missed": int((scored.intervals["missed"] != "").sum()),
        "queues": records(scored.queues),
        "days": records(scored.days),
    }


def _print(here: Session, table: pd.DataFrame, names: tuple[str, ...]) -> None:
    """Print rows under named columns, numbers to the right."""
    from rich import box
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table

    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    rows = [[_cell(here, row, name) for name in names] for row in table.to_dict("records")]
    for name, cells in zip(names, zip(*rows, strict=True), strict=True):
        side: Any = "left" if name in ("queue", "date", "missed") else "right"
        widest = max(map(cell_len, cells))
        shown.add_column(here.say(m.COLUMNS[name]), justify=side, min_width=widest, overflow="fold")
    for row in rows:
        shown.add_row(*row)
    Console().print(shown, crop=False)


def _cell(here: Session, row: dict[Any, Any], name: str) -> str:
    value = row[name]
    match name:
        case "missed":
            return here.say(m.MISSED[value])
        case "service_level":
            return f"{value:.1%} ± {(row['service_level_high'] - row['service_level_low']) / 2 * 100:.1f}"
        case "abandonment" | "occupancy" | "required_service_level":
            return f"{value:.1%}"
        case "offered":
            return f"{value:,.0f}"
    return f"{value:,.1f}" if isinstance(value, float) else str(value)
