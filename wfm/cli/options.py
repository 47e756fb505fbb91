"""The arguments and options that commands share, with their help in the language of the system."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wfm.cli import messages as m
from wfm.cli.language import start_locale
from wfm.domain.clock import parse_duration
from wfm.domain.errors import SettingsError

if TYPE_CHECKING:
    from wfm.domain.text import Text

START = start_locale()
IN_CHINESE = START == "zh"


class Language(StrEnum):
    """What `--locale` takes."""

    en = "en"
    zh = "zh"


def help_of(text: Text) -> str:
    """Return a help text in the language of the system."""
    return text.in_(START)


def seconds_of(text: str) -> float:
    """Return the seconds of a duration; raises `SettingsError` where it is none."""
    try:
        return parse_duration(text)
    except ValueError as error:
        raise SettingsError(m.BAD_DURATION.fill(value=text)) from error


Folder = Annotated[Path, typer.Argument(help=help_of(m.FOLDER), metavar="FOLDER")]
OptionalFolder = Annotated[Path | None, typer.Argument(help=help_of(m.FOLDER), metavar="FOLDER")]
Budget = Annotated[str | None, typer.Option(help=help_of(m.BUDGET), metavar="60s")]
Seed = Annotated[int | None, typer.Option(help=help_of(m.SEED), min=0, metavar="N")]
Jobs = Annotated[int, typer.Option(help=help_of(m.JOBS), min=1, metavar="N")]
RosterFile = Annotated[Path | None, typer.Option(help=help_of(m.ROSTER_FILE), metavar="FILE")]
Json = Annotated[bool, typer.Option("--json", help=help_of(m.JSON))]
Locale = Annotated[Language | None, typer.Option(help=help_of(m.LOCALE), metavar="en|zh", envvar="WFM_LOCALE")]
