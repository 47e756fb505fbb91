"""Bodies of API calls as a file: one JSON object a line, each line one call."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

T = TypeVar("T")


def write_bodies(bodies: Iterable[Mapping[str, object]], path: Path) -> None:
    """Write one body a line (JSON Lines, UTF-8, no byte order mark), so that a script sends line after line."""
    text = "".join(json.dumps(body, ensure_ascii=False) + "\n" for body in bodies)
    path.write_text(text, encoding="utf-8", newline="\n")


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the items in order, `size` at a time; the last may be shorter.

    Examples
    --------
    >>> list(batches("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
