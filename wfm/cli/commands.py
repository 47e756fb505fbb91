"""The commands: each reads its options, calls the pipeline, shows the result and sets the exit code.

Nothing heavy is imported before a command needs it, so that `wfm --help` answers at once.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wfm.cli import messages as m
from wfm.cli.chinese import ChineseCommand, ChineseGroup
from wfm.cli.language import start_locale
from wfm.cli.progress import shown
from wfm.cli.session import Exit, session, stopper

if TYPE_CHECKING:
    from collections.abc import Callable

    from wfm.domain.text import Text
    from wfm.pipeline.result import PlanResult

START = start_locale()
IN_CHINESE = START == "zh"


class Language(StrEnum):
    """What `--locale` takes."""

    en = "en"
    zh = "zh"


def _help(text: Text) -> str:
    return text.in_(START)


Folder = Annotated[Path, typer.Argument(help=_help(m.FOLDER), metavar="FOLDER")]
OptionalFolder = Annotated[Path | None, typer.Argument(help=_help(m.FOLDER), metavar="FOLDER")]
Budget = Annotated[str | None, typer.Option(help=_help(m.BUDGET), metavar="60s")]
Seed = Annotated[int | None, typer.Option(help=_help(m.SEED), min=0, metavar="N")]
Jobs = Annotated[int, typer.Option(help=_help(m.JOBS), min=1, metavar="N")]
Json = Annotated[bool, typer.Option("--json", help=_help(m.JSON))]
Locale = Annotated[Language | None, typer.Option(help=_help(m.LOCALE), metavar="en|zh", envvar="WFM_LOCALE")]

app = typer.Typer(
    name="wfm",
    help=_help(m.APP),
    cls=ChineseGroup if IN_CHINESE else None,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


def command(text: Text) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that makes a function a command with that help."""
    return app.command(help=_help(text), cls=ChineseCommand if IN_CHINESE else None)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"wfm {version('wfm')}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", help=_help(m.VERSION), callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Do nothing before the command."""


@command(m.INIT)
def init(
    folder: Folder,
    example: Annotated[str | None, typer.Option(help=_help(m.EXAMPLE), metavar="NAME")] = None,
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


@command(m.BACKTEST)
def backtest(folder: Folder, as_json: Json = False, locale: Locale = None) -> None:
    """Measure past forecasts."""
    with session(folder, locale, as_json=as_json) as here:
        from wfm.cli.show import show_backtest
        from wfm.pipeline.backtest import backtest_folder

        show_backtest(here, backtest_folder(folder))


@command(m.STAFF)
def staff(
    folder: OptionalFolder = None,
    offered: Annotated[float | None, typer.Option(help=_help(m.OFFERED), min=0, metavar="100")] = None,
    interval: Annotated[str, typer.Option(help=_help(m.INTERVAL), metavar="30min")] = "30min",
    aht: Annotated[str | None, typer.Option(help=_help(m.AHT), metavar="180s")] = None,
    target: Annotated[str, typer.Option(help=_help(m.TARGET), metavar="80/20")] = "80/20",
    as_json: Json = False,
    locale: Locale = None,
) -> None:
    """Compute required agents."""
    with session(folder, locale, as_json=as_json) as here:
        from wfm.cli.staff import one_interval, whole_folder

        if folder is not None:
            whole_folder(here, folder)
        else:
            one_interval(here, offered, interval, aht, target)


@command(m.CHECK)
def check(
    folder: Folder,
    roster: Annotated[Path | None, typer.Option(help=_help(m.ROSTER_FILE), metavar="FILE")] = None,
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


@command(m.EXPORT)
def export(folder: Folder, as_json: Json = False, locale: Locale = None) -> None:
    """Write pay and the files of other systems."""
    with session(folder, locale, as_json=as_json) as here:
        from wfm.cli.show import show_written
        from wfm.pipeline.export import export_folder

        show_written(here, folder, export_folder(folder, locale=here.asked))


@command(m.REPORT)
def report(folder: Folder, as_json: Json = False, locale: Locale = None) -> None:
    """Write the page again."""
    with session(folder, locale, as_json=as_json) as here:
        from wfm.cli.show import show_written
        from wfm.pipeline.report import report_folder

        show_written(here, folder, report_folder(folder, locale=here.asked))


@command(m.RULES)
def rules(as_json: Json = False, locale: Locale = None) -> None:
    """List the rules."""
    with session(None, locale, as_json=as_json) as here:
        from wfm.cli.show import show_rules

        show_rules(here)
