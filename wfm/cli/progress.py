"""How far the search is: one line on a terminal, nothing in a pipe."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from wfm.cli.messages import COMPILING, PHASES, PROGRESS, READING
from wfm.domain.answer import gap
from wfm.domain.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from wfm.cli.session import Session
    from wfm.domain.answer import Progress, TracePoint


@contextmanager
def shown(here: Session) -> Iterator[Progress | None]:
    """Return what the engine calls with every step; None when nobody is looking."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn, TimeElapsedColumn

    from wfm.domain.jit import cold

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(here.say(READING), total=None)
        first: bool | None = None

        def tell(point: TracePoint) -> None:
            nonlocal first
            if point.phase == "alone" and first is None:
                first = cold()
            bar.update(task, description=here.say(line(point)) + (f" · {here.say(COMPILING)}" if first else ""))

        yield tell


def line(point: TracePoint) -> Text:
    """Return one step of the search in words."""
    phase = PHASES.get(point.phase, Text(en=point.phase, zh=point.phase))
    if point.objective is None and point.bound is None:
        return phase
    both = point.objective is not None and point.bound is not None
    figures = PROGRESS.fill(
        objective=_figure(point.objective),
        bound=_figure(point.bound),
        gap=f"{gap(point.objective or 0.0, point.bound or 0.0):.1%}" if both else "-",
    )
    return Text(en=f"{phase.en} · {figures.en}", zh=f"{phase.zh} · {figures.zh}")


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:,.0f}"
