"""Bytes to text: byte order mark, then strict UTF-8, then GB18030, never a guess."""

from __future__ import annotations

import codecs
import re

from wfm.domain.errors import InputError
from wfm.files import messages

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f]")


def decode(file: str, data: bytes, encoding: str = "auto") -> str:
    """Return the text of a file, without its byte order mark.

    Every UTF-8 text that holds Chinese can also be read as GB18030, but hardly ever the other way round, so the order
    matters.

    Raises
    ------
    InputError
        When the file is empty, a workbook, binary, or not in the encoding; it names the byte offset (from 0), the
        byte's value and the line.
    """
    if data.startswith(b"PK\x03\x04"):
        raise InputError(file, None, None, None, messages.IS_NOT_WORKBOOK, messages.SAVE_AS_CSV)
    text, used = text_and_codec(file, data, encoding)
    if not text.strip():
        raise InputError(file, None, None, None, messages.NOT_EMPTY)
    control = _NOT_TEXT.search(text)
    if control:
        before = text[: control.start()]
        expected = messages.IS_TEXT.fill(offset=len(before.encode(used)), value=f"0x{ord(control[0]):02X}")
        raise InputError(file, before.count("\n") + 1, None, None, expected, messages.SAVE_AS_CSV)
    return text


def text_and_codec(file: str, data: bytes, encoding: str = "auto") -> tuple[str, str]:
    """Return the text, without its byte order mark, and the codec that read it; raises `InputError` when none does."""
    tries = (encoding,) if encoding != "auto" else _candidates(data)
    failures: list[UnicodeDecodeError] = []
    for name in tries:
        try:
            return data.decode(name).removeprefix("\ufeff"), name
        except UnicodeDecodeError as error:
            failures.append(error)
    furthest = max(failures, key=lambda e: e.start)
    expected = messages.DECODES.fill(
        encodings=" / ".join(tries), offset=furthest.start, value=f"0x{data[furthest.start]:02X}"
    )
    raise InputError(file, data.count(b"\n", 0, furthest.start) + 1, None, None, expected, messages.SAVE_AS_CSV)


def _candidates(data: bytes) -> tuple[str, ...]:
    marked = tuple(name for mark, name in _MARKS if data.startswith(mark))
    return marked or ("utf-8", "gb18030")


def known_encoding(name: str) -> bool:
    """Return whether `"auto"` or a text encoding goes by that name."""
    try:
        b"a".decode("utf-8" if name == "auto" else name)
    except LookupError:
        return False
    except UnicodeDecodeError:
        return True
    return True
