"""`wfm swap FOLDER …`: each command reads its options, calls the pipeline and shows what came of it."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wfm.cli import swap_messages as m
from wfm.cli.chinese import ChineseCommand, ChineseGroup
from wfm.cli.options import IN_CHINESE, Folder, Json, Locale, help_of
from wfm.cli.session import Exit, Session, session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from wfm.domain.text import Text
    from wfm.pipeline.swap import Outcome
    from wfm.pipeline.swap_suggest import Suggestion
    from wfm.records.swaps import Swap

DAYS = ["%Y-%m-%d"]
MOMENTS = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"]

Agent = Annotated[str, typer.Argument(help=help_of(m.AGENT), metavar="AGENT")]
Day = Annotated[datetime, typer.Argument(help=help_of(m.DATE), metavar="DATE", formats=DAYS)]
Partner = Annotated[str, typer.Argument(help=help_of(m.PARTNER), metavar="PARTNER")]
PartnerDay = Annotated[datetime, typer.Argument(help=help_of(m.PARTNER_DATE), metavar="DATE", formats=DAYS)]
SwapId = Annotated[str, typer.Argument(help=help_of(m.SWAP_ID), metavar="ID")]
Now = Annotated[datetime | None, typer.Option(help=help_of(m.NOW), metavar="2026-05-01T09:00", formats=MOMENTS)]
Agreed = Annotated[bool, typer.Option("--agreed", help=help_of(m.AGREED))]
ByPartner = Annotated[str, typer.Option("--by", help=help_of(m.BY_PARTNER), metavar="AGENT")]
By = Annotated[str, typer.Option(help=help_of(m.BY), metavar="NAME")]
Reason = Annotated[str, typer.Option(help=help_of(m.REASON), metavar="TEXT")]

swaps = typer.Typer(
    name="swap",
    help=help_of(m.SWAP),
    cls=ChineseGroup if IN_CHINESE else None,
    invoke_without_command=True,
    rich_markup_mode="rich",
)


def command(name: str, text: Text) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that makes a function a command of `wfm swap` with that help."""
    return swaps.command(name, help=help_of(text), cls=ChineseCommand if IN_CHINESE else None)


@contextmanager
def at_desk(context: typer.Context, locale: str | None, as_json: bool) -> Iterator[tuple[Session, Path]]:
    """Return a session with the folder; a swap that hard rules forbid ends it with exit code 3."""
    from wfm.records.swaps import SwapRefused

    folder: Path = context.obj
    with session(folder, locale, as_json=as_json) as here:
        try:
            yield here, folder
        except SwapRefused as error:
            if not error.by_rules:
                raise
            here.tell(error.message)
            raise typer.Exit(Exit.IMPOSSIBLE) from error


@swaps.callback()
def folder_of(context: typer.Context, folder: Folder) -> None:
    """Keep the folder for the command; without one, list the swaps."""
    context.obj = folder
    if context.invoked_subcommand is None:
        listing: Any = context.command.commands["list"]  # type: ignore[attr-defined]
        with listing.make_context("list", [], parent=context) as inner:
            listing.invoke(inner)


@command("list", m.LIST)
def show_register(context: typer.Context, as_json: Json = False, locale: Locale = None) -> None:
    """List the swaps."""
    with at_desk(context, locale, as_json) as (here, folder):
        from wfm.pipeline.swap import list_swaps

        _show_swaps(here, list(list_swaps(folder).swaps.values()))


@command("propose", m.PROPOSE)
def propose(
    context: typer.Context,
    agent: Agent,
    date: Day,
    partner: Partner,
    partner_date: PartnerDay,
    agreed: Agreed = False,
    now: Now = None,
    as_json: Json = False,
    locale: Locale = None,
) -> None:
    """Propose a swap."""
    with at_desk(context, locale, as_json) as (here, folder):
        from wfm.pipeline.swap import propose_swap

        days = date.date(), partner_date.date()
        _show(here, folder, propose_swap(folder, agent, days[0], partner, days[1], agreed=agreed, now=now))


@command("agree", m.AGREE)
def agree(
    context: typer.Context,
    swap_id: SwapId,
    by: ByPartner,
    now: Now = None,
    as_json: Json = False,
    locale: Locale = None,
) -> None:
    """Note the partner's agreement."""
    with at_desk(context, locale, as_json) as (here, folder):
        from wfm.pipeline.swap import agree_swap

        _show(here, folder, agree_swap(folder, swap_id, by, now=now))


@command("approve", m.APPROVE)
def approve(
    context: typer.Context,
    swap_id: SwapId,
    by: By,
    now: Now = None,
    as_json: Json = False,
    locale: Locale = None,
) -> None:
    """Approve a swap."""
    with at_desk(context, locale, as_json) as (here, folder):
        from wfm.pipeline.swap import approve_swap

        _show(here, folder, approve_swap(folder, swap_id, by, now=now, locale=here.asked))


@command("reject", m.REJECT)
def reject(
    context: typer.Context,
    swap_id: SwapId,
    by: By,
    reason: Reason,
    now: Now = None,
    as_json: Json = False,
    locale: Locale = None,
) -> None:
    """Reject a swap."""
    with at_desk(context, locale, as_json) as (here, folder):
        from wfm.pipeline.swap import reject_swap

        _show(here, folder, reject_swap(folder, swap_id, by, reason, now=now))


@command("suggest", m.SUGGEST)
def suggest(
    context: typer.Context,
    agent: Agent,
    date: Day,
    now: Now = None,
    as_json: Json = False,
    locale: Locale = None,
) -> None:
    """List who could take a day."""
    with at_desk(context, locale, as_json) as (here, folder):
        from wfm.pipeline.swap_suggest import suggest_swaps

        _show_suggestions(here, suggest_swaps(folder, agent, date.date(), now=now))


def _show(here: Session, folder: Path, outcome: Outcome) -> None:
    """Print a swap after a step, the soft violations it brings, and what comes next."""
    from wfm.records.swap_messages import STATUS

    swap, soft = outcome.swap, [here.say(v.message) for v in outcome.soft]
    if here.as_json:
        here.give({**swap.model_dump(mode="json"), "soft": soft})
        return
    done = m.DONE.fill(
        **dict(swap) | {"status": STATUS[swap.status]}, first=swap.proposer_date, second=swap.partner_date
    )
    typer.echo(here.say(done))
    if soft:
        typer.echo(here.say(m.SOFT.fill(count=len(soft))))
    for line in soft:
        typer.echo(f"  - {line}")
    for text in _next(folder, swap):
        here.tell(text)


def _next(folder: Path, swap: Swap) -> Iterator[Text]:
    if swap.status == "approved":
        yield m.WRITTEN.fill(version=swap.roster_version, folder=folder / "out")
    elif swap.status == "proposed":
        text = m.NEXT_AGREE if swap.agreed_at is None else m.NEXT_APPROVE
        yield text.fill(folder=folder, swap_id=swap.swap_id, partner=swap.partner)


def _show_swaps(here: Session, rows: list[Swap]) -> None:
    from wfm.cli.show import show_table

    if here.as_json:
        here.give({"rows": [swap.model_dump(mode="json") for swap in rows]})
        return
    if not rows:
        here.tell(m.NO_SWAPS)
        return
    shown: list[dict[str, Any]] = [
        {**dict(swap), "swap_status": swap.status, "agreed": "no" if swap.agreed_at is None else "yes"} for swap in rows
    ]
    show_table(here, shown, ("swap_id", "swap_status", "proposer", "partner", "exchange", "agreed", "approver"))


def _show_suggestions(here: Session, found: tuple[Suggestion, ...]) -> None:
    from wfm.cli.show import show_table

    rows: list[dict[str, Any]] = [
        {
            "partner": one.swap.partner,
            "partner_date": str(one.swap.partner_date),
            "exchange": one.swap.exchange,
            "new_soft": len(one.soft),
            "fairness": one.fairness,
            "more_cost": one.cost,
        }
        for one in found
    ]
    if here.as_json or rows:
        show_table(here, rows, tuple(rows[0]) if rows else ())
    else:
        here.tell(m.NOBODY)
