"""Both meanings of `wfm staff`: one interval, which needs no table, or a folder."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from wfm.cli import messages as m
from wfm.domain.clock import parse_duration
from wfm.domain.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

    from wfm.cli.session import Session


def one_interval(here: Session, offered: float | None, interval: str, aht: str | None, target: str) -> None:
    """Print the agents that one interval needs; raises `SettingsError` when an option is missing or unreadable."""
    from wfm.staffing import staff_one

    if offered is None or aht is None:
        raise SettingsError(m.FOLDER_OR_OPTIONS)
    answer = staff_one(offered, _seconds(interval), _seconds(aht), target)
    if here.as_json:
        here.give({**asdict(answer), "explanation": here.say(answer.explanation)})
    else:
        typer.echo(here.say(answer.explanation))


def _seconds(text: str) -> float:
    try:
        return parse_duration(text)
    except ValueError as error:
        raise SettingsError(m.BAD_DURATION.fill(value=text)) from error


def whole_folder(here: Session, folder: Path) -> None:
    """Print the totals of a folder's requirement."""
    from wfm.cli.show import show_requirement
    from wfm.pipeline.staff import staff_folder

    show_requirement(here, staff_folder(folder, locale=here.asked))
