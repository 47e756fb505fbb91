"""`wfm rules`: lists and explains rules, shows the book of a folder or of one agent, and lints it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from wfm.cli import rules_messages as m
from wfm.cli.options import Json, Locale, help_of
from wfm.cli.session import Session, session
from wfm.domain.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Sequence

What = Annotated[list[str] | None, typer.Argument(help=help_of(m.WHAT), metavar="FOLDER|KIND")]
AgentId = Annotated[str | None, typer.Option("--agent", help=help_of(m.AGENT), metavar="A017")]
Search = Annotated[str | None, typer.Option(help=help_of(m.SEARCH), metavar="WORDS")]
Lint = Annotated[bool, typer.Option("--lint", help=help_of(m.LINT))]


@dataclass(frozen=True)
class Asked:
    """What the arguments name."""

    folders: tuple[str, ...]
    words: tuple[str, ...]
    """Kinds of rules, or words to search."""

    @classmethod
    def of(cls, arguments: Sequence[str]) -> Asked:
        """Return the arguments, told apart: a path or a planning folder, else a word."""
        folders = tuple(a for a in arguments if a in (".", "..") or "/" in a or "\\" in a or _is_planned(Path(a)))
        return cls(folders, tuple(a for a in arguments if a not in folders))

    @property
    def folder(self) -> Path | None:
        """The folder that is named; raises `SettingsError` when there are several, or it is not there."""
        if len(self.folders) > 1:
            raise SettingsError(m.ONE_FOLDER.fill(names=", ".join(self.folders)))
        for name in self.folders:
            if not Path(name).is_dir():
                raise SettingsError(m.NO_SUCH_FOLDER.fill(name=name))
            return Path(name)
        return None

    @property
    def needed_folder(self) -> Path:
        """The folder that is named, else the one we are in; raises `SettingsError` where that is none."""
        if self.folder is None and not _is_planned(Path()):
            raise SettingsError(m.NO_FOLDER)
        return self.folder or Path()

    def speaker(self, *, inside: bool) -> Path | None:
        """Return the folder whose language is spoken; the one we are in when it is asked about."""
        if self.folders:
            return Path(self.folders[0])
        return Path() if inside and _is_planned(Path()) else None


def _is_planned(folder: Path) -> bool:
    return (folder / "plan.toml").exists()


def rules(
    what: What = None,
    agent: AgentId = None,
    search: Search = None,
    lint: Lint = False,
    as_json: Json = False,
    locale: Locale = None,
) -> None:
    """List, explain, search, show and lint rules."""
    asked = Asked.of(what or [])
    speaker = asked.speaker(inside=lint or agent is not None)
    with session(speaker, locale, as_json=as_json) as here:
        if lint:
            _lint(here, asked.needed_folder)
        elif agent is not None:
            _book(here, asked.needed_folder, agent)
        elif search is not None or asked.words:
            _catalogue(here, asked, search)
        elif asked.folder is not None:
            _book(here, asked.folder, None)
        else:
            _catalogue(here, asked, None)


def _lint(here: Session, folder: Path) -> None:
    from wfm.cli.rules_show import show_warnings
    from wfm.pipeline.rule_book import lint_folder

    show_warnings(here, lint_folder(folder))


def _book(here: Session, folder: Path, agent: str | None) -> None:
    from wfm.cli.rules_show import show_book, show_book_of
    from wfm.pipeline.rule_book import book_of

    book = book_of(folder, agent)
    if agent is None:
        show_book(here, book)
    else:
        show_book_of(here, book, agent)


def _catalogue(here: Session, asked: Asked, search: str | None) -> None:
    from wfm.cli.rules_show import explain, show_catalogue
    from wfm.pipeline.rules import catalogue, named

    entries = catalogue(asked.folder)
    if search is not None:
        words = " ".join((search, *asked.words)).split()
        entries = tuple(entry for entry in entries if entry.has(words))
        if not entries and not here.as_json:
            here.tell(m.NOTHING_FOUND.fill(words=" ".join(words)))
            return
    elif asked.words:
        explain(here, named(asked.words, entries))
        return
    show_catalogue(here, entries)
