"""`wfm export`: pay and the files of other systems."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from wfm.cli import export_messages as m
from wfm.cli.options import Json, Locale, OptionalFolder, help_of
from wfm.cli.session import Session, session
from wfm.domain.errors import SettingsError

Profiles = Annotated[list[str] | None, typer.Option("--profile", help=help_of(m.PROFILE), metavar="NAME")]
Since = Annotated[Path | None, typer.Option(help=help_of(m.SINCE), metavar="FILE")]
Listed = Annotated[bool, typer.Option("--list", help=help_of(m.LIST))]


def export(
    folder: OptionalFolder = None,
    profile: Profiles = None,
    since: Since = None,
    listed: Listed = False,
    as_json: Json = False,
    locale: Locale = None,
) -> None:
    """Write pay and the files of other systems, or list the profiles."""
    with session(folder, locale, as_json=as_json) as here:
        if listed:
            _list(here)
        elif folder is None:
            raise SettingsError(m.NO_FOLDER)
        else:
            _write(here, folder, profile or [], since)


def _list(here: Session) -> None:
    from wfm.cli.show import show_table
    from wfm.export import EXPORTS

    rows = [
        {"profile": kind, "files": here.say(form.phrase), "personal": form.personal} for kind, form in EXPORTS.items()
    ]
    if not here.as_json:
        comma = here.say(m.COMMA)
        rows = [{**row, "personal": comma.join(here.say(m.PERSONAL[p]) for p in row["personal"])} for row in rows]
    show_table(here, rows, ("profile", "files", "personal"))


def _write(here: Session, folder: Path, profiles: list[str], since: Path | None) -> None:
    from wfm.cli.show import show_written
    from wfm.pipeline.export import changes_in, export_folder

    show_written(here, folder, export_folder(folder, profiles=profiles, since=since, locale=here.asked))
    changes = changes_in(folder)
    if changes is not None:
        here.tell(m.CHANGES.fill(**changes))
