"""The commands: each reads its options, calls the pipeline, shows the result and sets the exit code.

Nothing heavy is imported before a command needs it, so that `wfm --help` answers at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from wfm.cli import messages as m
from wfm.cli.chinese import ChineseCommand, ChineseGroup
from wfm.cli.export import export
from wfm.cli.export_messages import EXPORT
from wfm.cli.forecasts import accuracy, backtest, reforecast
from wfm.cli.forecasts_messages import ACCURACY, REFORECAST
from wfm.cli.import_ import imports
from wfm.cli.leave import leave
from wfm.cli.leave_messages import LEAVE
from wfm.cli.options import IN_CHINESE, Budget, Folder, Jobs, Json, Locale, RosterFile, Seed, help_of
from wfm.cli.progress import shown
from wfm.cli.rules import rules
from wfm.cli.rules_messages import RULES
from wfm.cli.session import Exit, session, stopper
from wfm.cli.simulate import simulate
from wfm.cli.simulate_messages import SIMULATE
from wfm.cli.staff import staff
from wfm.cli.swap import swaps
from wfm.cli.whatif import whatif
from wfm.cli.whatif_messages import WHATIF

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from wfm.domain.text import Text
    from wfm.pipeline.result import PlanResult

app = typer.Typer(
    name="wfm",
    help=help_of(m.APP),
    cls=ChineseGroup if IN_CHINESE else None,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


app.add_typer(swaps)
app.add_typer(imports)


def command(text: Text) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that makes a function a command with that help."""
    return app.command(help=help_of(text), cls=ChineseCommand if IN_CHINESE else None)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"wfm {version('wfm')}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", help=help_of(m.VERSION), callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Do nothing before the command."""


@command(m.INIT)
def init(
    folder: Folder,
    example: Annotated[str | None, typer.Option(help=help_of(m.EXAMPLE), metavar="NAME")] = None,
    locale: Locale = None,
) -> None:
    """Write a new planning folder."""
    with session(None, locale) as here:
        from wfm.pipeline.init import init_folder

        for path in init_folder(folder, example=example, locale=here.locale):
            typer.echo(path)
        here.tell(m.NEXT.fill(folder=folder))


@command(m.PLAN)
def plan(
    folder: Folder,
    budget: Budget = None,
    seed: Seed = None,
    jobs: Jobs = 1,
    as_json: Json = False,
    locale: Locale = None,
) -> None:
    """Plan a folder."""
    with session(folder, locale, as_json=as_json) as here, shown(here) as progress, stopper(here) as stop:
        from wfm.pipeline.plan import plan_folder

        result = plan_folder(
            folder, progress=progress, stop=stop, budget=budget, seed=seed, locale=here.asked, jobs=jobs
        )
    _conclude(here, folder, result)


@command(m.ROSTER)
def roster(
    folder: Folder,
    budget: Budget = None,
    seed: Seed = None,
    jobs: Jobs = 1,
    as_json: Json = False,
    locale: Locale = None,
) -> None:
    """Make the roster only."""
    with session(folder, locale, as_json=as_json) as here, shown(here) as progress, stopper(here) as stop:
        from wfm.pipeline.roster import roster_folder

        result = roster_folder(
            folder, progress=progress, stop=stop, budget=budget, seed=seed, locale=here.asked, jobs=jobs
        )
    _conclude(here, folder, result)


def _conclude(here: Any, folder: Path, result: Any) -> None:
    from wfm.cli.show import show_result

    show_result(here, folder, result)
    raise typer.Exit(_exit_code(result))


def _exit_code(result: PlanResult) -> Exit:
    return {"infeasible": Exit.IMPOSSIBLE, "out_of_time": Exit.OUT_OF_TIME}.get(result.status, Exit.DONE)


@command(m.FORECAST)
def forecast(folder: Folder, as_json: Json = False, locale: Locale = None) -> None:
    """Forecast contacts."""
    with session(folder, locale, as_json=as_json) as here:
        from wfm.cli.show import show_forecast
        from wfm.pipeline.forecast import forecast_folder

        show_forecast(here, forecast_folder(folder, locale=here.asked))


command(m.BACKTEST)(backtest)


command(REFORECAST)(reforecast)


command(ACCURACY)(accuracy)


command(m.STAFF)(staff)


command(WHATIF)(whatif)


@command(m.CHECK)
def check(
    folder: Folder,
    roster: RosterFile = None,
    as_json: Json = False,
    locale: Locale = None,
) -> None:
    """Audit a roster."""
    with session(folder, locale, as_json=as_json) as here:
        from wfm.cli.show import show_audit
        from wfm.pipeline.check import check_folder

        audit = check_folder(folder, roster)
    show_audit(here, audit)
    raise typer.Exit(Exit.IMPOSSIBLE if audit.hard else Exit.DONE)


@command(m.EXPLAIN)
def explain(
    folder: Folder, budget: Budget = None, seed: Seed = None, as_json: Json = False, locale: Locale = None
) -> None:
    """Say why there is no roster."""
    with session(folder, locale, as_json=as_json) as here, shown(here) as progress, stopper(here) as stop:
        from wfm.pipeline.explain import explain_folder

        result = explain_folder(folder, progress=progress, stop=stop, budget=budget, seed=seed, locale=here.asked)
    from wfm.cli.explain import show_explanation

    show_explanation(here, folder, result)
    raise typer.Exit(_exit_code(result))


command(EXPORT)(export)


@command(m.REPORT)
def report(folder: Folder, as_json: Json = False, locale: Locale = None) -> None:
    """Write the page again."""
    with session(folder, locale, as_json=as_json) as here:
        from wfm.cli.show import show_written
        from wfm.pipeline.report import report_folder

        show_written(here, folder, report_folder(folder, locale=here.asked))


command(SIMULATE)(simulate)


command(LEAVE)(leave)


command(RULES)(rules)
