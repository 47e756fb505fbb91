"""A new planning folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm import samples
from wfm.domain.errors import SettingsError
from wfm.pipeline.messages import NOT_EMPTY, UNKNOWN_EXAMPLE

if TYPE_CHECKING:
    from pathlib import Path

    from wfm.domain.text import Locale


def init_folder(folder: Path, *, example: str | None = None, locale: Locale = "en") -> tuple[Path, ...]:
    """Return the files of a new planning folder, commented in one language; nothing is overwritten.

    Parameters
    ----------
    example
        Name of an example; None writes a small folder to fill in.

    Raises
    ------
    SettingsError
        When there is no such example, or the folder already has one of the files.
    """
    files = _texts(example, locale)
    taken = sorted(name for name in files if (folder / name).exists())
    if taken:
        raise SettingsError(NOT_EMPTY.fill(folder=folder, files=", ".join(taken)))
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return tuple(folder / name for name in files)


def _texts(example: str | None, locale: Locale) -> dict[str, str]:
    if example is None:
        return samples.blank(locale)
    if example not in samples.EXAMPLES:
        raise SettingsError(UNKNOWN_EXAMPLE.fill(name=example, known=", ".join(samples.EXAMPLES)))
    return samples.EXAMPLES[example](locale=locale)
