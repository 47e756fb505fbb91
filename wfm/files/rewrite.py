"""Single cells of a delimited file replaced, every other byte left as it is."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from typing import TYPE_CHECKING

from wfm.domain.errors import ManifestError
from wfm.domain.guard import guard
from wfm.files import messages
from wfm.files.encoding import text_and_codec
from wfm.files.tables import separator_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Span = tuple[int, int]


def rewrite(path: Path, line: int, cells: Mapping[int, str], sha256: str) -> None:
    """Replace cells of the row that starts on a line; the file is swapped in whole.

    Parameters
    ----------
    cells
        By position in the row, from 0: the new text.
    sha256
        Hash of the file as it was read.

    Raises
    ------
    ManifestError
        When the file is no longer the one that was read, or its encoding cannot be written back byte for byte; nothing
        is written then.
    """
    path = path.resolve()
    data = _unchanged(path, sha256)
    text, codec = text_and_codec(path.name, data)
    body = _encoded(path, text, codec)
    if not data.endswith(body):
        raise ManifestError(messages.NOT_REWRITTEN.fill(file=path.name, encoding=codec))
    separator, whole = separator_of(text), text
    spans = list(_row(text, line, separator))
    for at in sorted(cells, reverse=True):
        begin, end = spans[at]
        whole = whole[:begin] + _quoted(cells[at], separator, text[begin:end]) + whole[end:]
    _replace(path, data[: len(data) - len(body)] + _encoded(path, whole, codec), sha256)


def _encoded(path: Path, text: str, codec: str) -> bytes:
    try:
        return text.encode(codec)
    except UnicodeEncodeError as error:
        raise ManifestError(messages.NOT_REWRITTEN.fill(file=path.name, encoding=codec)) from error


def _unchanged(path: Path, sha256: str) -> bytes:
    """Return the file's bytes; raises `ManifestError` when they are not the ones that were read before."""
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ManifestError(messages.CHANGED_MEANWHILE.fill(file=path.name))
    return data


def _row(text: str, line: int, separator: str) -> Iterator[Span]:
    """Yield where each field of the row begins and ends, quotes included."""
    at = begin = _start_of(text, line)
    quoted = False
    while at < len(text) and (quoted or text[at] not in "\r\n"):
        if text[at] == '"' and (quoted or at == begin):
            doubled = quoted and text[at + 1 : at + 2] == '"'
            quoted, at = quoted == doubled, at + doubled
        elif text[at] == separator and not quoted:
            yield begin, at
            begin = at + 1
        at += 1
    yield begin, at


def _start_of(text: str, line: int) -> int:
    """Return where a line begins; a line ends with LF, CR or both, as the csv module counts them."""
    return [0, *(end.end() for end in re.finditer(r"\r\n|\r|\n", text))][line - 1]


def _quoted(value: str, separator: str, before: str) -> str:
    """Return a cell as the file writes it: guarded against formulas, in quotes where needed or used before."""
    value = guard(value)
    plain = not any(sign in value for sign in (separator, '"', "\r", "\n"))
    if plain and not before.startswith('"'):
        return value
    return '"' + value.replace('"', '""') + '"'


def _replace(path: Path, data: bytes, sha256: str) -> None:
    """Swap the file for one with other bytes; a killed run leaves the old one or the new one whole."""
    new = path.with_name(f".{path.name}.tmp")
    try:
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(path, new)
        _unchanged(path, sha256)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)
