"""Text of the example files."""

from __future__ import annotations

import csv
import io
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def template(name: str) -> str:
    """Return a text of the package's `templates` folder."""
    return (files("wfm.samples") / "templates" / name).read_text(encoding="utf-8")


def comma_separated(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as comma-separated text; every line ends with a newline."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()
