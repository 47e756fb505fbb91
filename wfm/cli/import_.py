"""`wfm import roster FOLDER FILE`: what was edited elsewhere, read back, audited and published."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wfm.cli import import_messages as m
from wfm.cli.chinese import ChineseCommand, ChineseGroup
from wfm.cli.options import IN_CHINESE, Folder, Json, Locale, help_of
from wfm.cli.session import Exit, Session, session

if TYPE_CHECKING:
    from wfm.domain.roster import Assignment
    from wfm.domain.text import Text
    from wfm.pipeline.import_roster import Imported

SHOWN = 20
"""Changes printed for people; the rest is counted."""

File = Annotated[Path, typer.Argument(help=help_of(m.FILE), metavar="FILE")]
Profile = Annotated[str | None, typer.Option(help=help_of(m.PROFILE), metavar="NAME")]
DryRun = Annotated[bool, typer.Option("--dry-run", help=help_of(m.DRY_RUN))]

imports = typer.Typer(
    name="import",
    help=help_of(m.IMPORT),
    cls=ChineseGroup if IN_CHINESE else None,
    no_args_is_help=True,
    rich_markup_mode="rich",
)


@imports.callback()
def group() -> None:
    """Keep `import` a group while it has one command."""


@imports.command("roster", help=help_of(m.ROSTER), cls=ChineseCommand if IN_CHINESE else None)
def roster(
    folder: Folder,
    file: File,
    profile: Profile = None,
    dry_run: DryRun = False,
    as_json: Json = False,
    locale: Locale = None,
) -> None:
    """Read a roster back."""
    with session(folder, locale, as_json=as_json) as here:
        from wfm.pipeline.import_roster import import_roster

        found = import_roster(folder, file, profile=profile, dry_run=dry_run, locale=here.asked)
        _show(here, folder / "out", found)
    raise typer.Exit(Exit.IMPOSSIBLE if found.hard else Exit.DONE)


def _show(here: Session, out: Path, found: Imported) -> None:
    """Print what a file changes, what that breaks, and what was written."""
    if here.as_json:
        here.give(_facts(here, found))
        return
    here.tell(m.READ_AS.fill(file=found.file, profile=found.profile))
    for note in found.notes:
        here.tell(note)
    if found.changes:
        _show_changes(here, found)
    here.tell(_outcome(out, found))


def _show_changes(here: Session, found: Imported) -> None:
    from wfm.cli.messages import MORE
    from wfm.cli.show import show_violations

    typer.echo(here.say(m.CHANGED.fill(n=len(found.changes))))
    for change in found.changes[:SHOWN]:
        before, after = texts(change.before, change.after)
        cell = {"agent": change.after.agent_id, "day": change.after.date}
        typer.echo(here.say(m.CHANGE.fill(**cell, before=before, after=after)))
    if len(found.changes) > SHOWN:
        typer.echo(here.say(MORE.fill(n=len(found.changes) - SHOWN)))
    if found.brought:
        typer.echo(here.say(m.BROUGHT))
        show_violations(here, found.brought)
    if found.cost is not None and not found.hard:
        figures = {"objective": found.cost.objective, "before": found.cost.before, "bound": found.cost.bound}
        here.tell(m.COST.fill(**{name: f"{figure:,.1f}" for name, figure in figures.items()}))


def _outcome(out: Path, found: Imported) -> Text:
    if not found.changes:
        return (m.NOTHING if found.version is None else m.MENDED).fill(folder=out)
    if found.hard:
        return m.REFUSED.fill(n=len(found.hard), folder=out)
    return m.DRY if found.version is None else m.WRITTEN.fill(version=found.version, folder=out)


def texts(*cells: Assignment) -> list[Text]:
    """Return each agent-day in a word, with the queue where that differs between working days."""
    queues = {cell.queue for cell in cells if cell.shift is not None}
    return [_text(cell, with_queue=len(queues) > 1) for cell in cells]


def _text(cell: Assignment, *, with_queue: bool) -> Text:
    from wfm.domain.text import Text

    if cell.shift is None:
        return m.DAYS_OFF[cell.state]
    shown = f"{cell.shift.code} {cell.queue}" if with_queue else cell.shift.code
    return Text(en=shown, zh=shown)


def _facts(here: Session, found: Imported) -> dict[str, Any]:
    from wfm.cli.show import violation_rows

    rows = [
        {
            "agent_id": change.after.agent_id,
            "date": change.after.date,
            "before": here.say(_text(change.before, with_queue=True)),
            "after": here.say(_text(change.after, with_queue=True)),
        }
        for change in found.changes
    ]
    return {
        "file": found.file,
        "profile": found.profile,
        "changed": len(rows),
        "changes": rows,
        "hard": len(found.hard),
        "violations": violation_rows(here, found.brought),
        "notes": [here.say(note) for note in found.notes],
        "cost": None if found.cost is None else asdict(found.cost),
        "roster_version": found.version,
        "written": found.version is not None,
    }
