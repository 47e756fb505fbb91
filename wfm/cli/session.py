"""One run of a command: its language, where it prints, how it ends."""

from __future__ import annotations

import errno
import gc
import json
import os
import signal
import sys
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import typer

from wfm.cli.language import known_locale, locale_of
from wfm.cli.messages import (
    DISK_FULL,
    GAVE_UP,
    KEPT_BEFORE,
    LONG_NAME,
    NO_MEMORY,
    NO_PLACE,
    NOT_ALLOWED,
    REFUSED,
    STOPPING,
)
from wfm.domain.errors import WfmError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from wfm.domain.text import Locale, Text


gc.set_threshold(50_000, 20, 50)
"""Garbage is collected seldom: a command makes many small objects that live as long as it does."""


REFUSALS: Mapping[int, Text] = {
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY), NOT_ALLOWED),
    **dict.fromkeys((errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EEXIST), NO_PLACE),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), DISK_FULL),
    errno.ENAMETOOLONG: LONG_NAME,
}
"""What the system's refusals mean to people; any other is a bug of ours."""


class Exit(IntEnum):
    """What the caller learns from the exit code; 1 is a bug of ours."""

    DONE = 0
    INPUT = 2
    IMPOSSIBLE = 3
    OUT_OF_TIME = 4


class Session:
    """Where one command prints: results to standard output, messages to standard error."""

    def __init__(self, locale: Locale, asked: Locale | None, *, as_json: bool = False) -> None:
        self.locale, self.asked, self.as_json = locale, asked, as_json

    def say(self, text: Text) -> str:
        """Return a text in the language of the run."""
        return text.in_(self.locale)

    def tell(self, text: Text) -> None:
        """Print a message for people."""
        typer.echo(self.say(text), err=True)

    def give(self, facts: Mapping[str, Any]) -> None:
        """Print one JSON object."""
        typer.echo(json.dumps(facts, ensure_ascii=False, default=str))


@contextmanager
def session(folder: Path | None, option: str | None, *, as_json: bool = False) -> Iterator[Session]:
    """Return a session; an error of the user's input ends it with a message and exit code 2, without a traceback.

    So does a file that the system will not read or write; too little memory, or Ctrl-C a second time, with exit code 4.
    """
    asked = None if option is None else known_locale(option)
    here = Session(asked or locale_of(folder), asked, as_json=as_json)
    stood = _stands(folder)
    try:
        yield here
        if folder is not None and stood and not _stands(folder):
            here.tell(KEPT_BEFORE.fill(folder=folder / "out.before"))
    except WfmError as error:
        here.tell(error.message)
        raise typer.Exit(Exit.INPUT) from error
    except OSError as error:
        reason = REFUSALS.get(error.errno or 0)
        if reason is None or (error.errno == errno.ENOENT and _has_folder(error)):
            raise
        here.tell(REFUSED.fill(path=error.filename or folder or "", reason=reason))
        raise typer.Exit(Exit.INPUT) from error
    except KeyboardInterrupt as error:
        here.tell(GAVE_UP)
        raise typer.Exit(Exit.OUT_OF_TIME) from error
    except MemoryError as error:
        here.tell(NO_MEMORY)
        raise typer.Exit(Exit.OUT_OF_TIME) from error


def _stands(folder: Path | None) -> bool:
    """Return whether a finished roster stands in the output of a folder."""
    return folder is not None and os.path.exists(folder / "out" / "roster.csv")


def _has_folder(error: OSError) -> bool:
    """Return whether only the file itself is missing: nobody is asked for it by name, so that is a bug of ours."""
    return error.filename is not None and Path(error.filename).parent.is_dir()


@contextmanager
def stopper(here: Session) -> Iterator[Event]:
    """Return an event that the first Ctrl-C sets; the second one interrupts as usual."""
    stop = Event()
    before = signal.getsignal(signal.SIGINT)

    def first(_signal: int, _frame: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        stop.set()
        print(here.say(STOPPING), file=sys.stderr, flush=True)

    signal.signal(signal.SIGINT, first)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)
