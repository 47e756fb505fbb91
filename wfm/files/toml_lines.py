"""Where a key stands in a TOML text: TOML readers forget the lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Key = tuple[str | int, ...]
_PART = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s.=\[\]"'#]+)"""
_DOTTED = rf"{_PART}(?:\s*\.\s*{_PART})*"
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_DOTTED})\s*\]\]?\s*(?:#.*)?$")
_ASSIGNMENT = re.compile(rf"\s*({_DOTTED})\s*=(.*)")
_INSIDE = re.compile(rf"(?:[{{,]\s*)({_DOTTED})\s*=")
_STEP = re.compile(rf"\[(\d+)\]|({_PART})")


def parse_key(path: str) -> Key:
    """Return the parts of a key path; a number counts the tables of an array from 1.

    Examples
    --------
    >>> parse_key("shifts[2].start")
    ('shifts', 2, 'start')
    >>> parse_key('queues."a.b".target')
    ('queues', 'a.b', 'target')
    """
    return tuple(int(number) if number else name.strip("\"'") for number, name in _STEP.findall(path))


def format_key(key: Sequence[str | int]) -> str:
    """Return a key path as text; the inverse of `parse_key`."""
    text = ""
    for part in key:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            text += ("." if text else "") + (part if re.fullmatch(r"[^\s.=\[\]\"'#]+", part) else f'"{part}"')
    return text


def toml_line(text: str, key_path: str | Sequence[str | int]) -> int | None:
    r"""Return the line, from 1, on which a key stands; the nearest table around it when it is not there; else None.

    Parameters
    ----------
    text
        The TOML text.
    key_path
        `"shifts[2].start"` (tables of an array count from 1) or its parts.

    Examples
    --------
    >>> toml_line("[centre]\nname = 'a'\n[[shifts]]\ncode = 'D8'\nstart = '32:00'", "shifts[1].start")
    5
    >>> toml_line("[centre]\nname = 'a'", "centre.timezone")
    1
    """
    wanted = parse_key(key_path) if isinstance(key_path, str) else tuple(key_path)
    lines = _lines(text)
    for size in range(len(wanted), 0, -1):
        if wanted[:size] in lines:
            return lines[wanted[:size]]
    return None


def _lines(text: str) -> dict[Key, int]:
    found: dict[Key, int] = {}
    table: Key = ()
    arrays: dict[Key, int] = {}
    quoted = False
    for number, line in enumerate(text.split("\n"), start=1):
        if not quoted and (header := _HEADER.match(line)):
            table = _resolve(parse_key(header[2]), arrays)
            if header[1] == "[[":
                arrays[table] = arrays.get(table, 0) + 1
                found.setdefault(table, number)
                table = (*table, arrays[table])
            _mark(found, table, number)
        elif not quoted and (assignment := _ASSIGNMENT.match(line)):
            key = (*table, *parse_key(assignment[1]))
            _mark(found, key, number)
            for inner in _INSIDE.findall(assignment[2]):
                found.setdefault((*key, *parse_key(inner)), number)
        quoted ^= (line.count('"""') + line.count("'''")) % 2 == 1
    return found


def _mark(found: dict[Key, int], key: Key, number: int) -> None:
    for size in range(1, len(key) + 1):
        found.setdefault(key[:size], number)


def _resolve(key: Key, arrays: dict[Key, int]) -> Key:
    resolved: Key = ()
    for n, part in enumerate(key):
        resolved = (*resolved, part)
        if n < len(key) - 1 and resolved in arrays:
            resolved = (*resolved, arrays[resolved])
    return resolved
