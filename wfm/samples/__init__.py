"""Seeded generators of the example folders, and the folder to fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.samples._blank import blank
from wfm.samples._hotline import hotline
from wfm.samples._pos24x7 import pos24x7, pos24x7_40

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

EXAMPLES: Mapping[str, Callable[..., dict[str, str]]] = {
    "hotline": hotline,
    "pos24x7": pos24x7,
    "pos24x7-40": pos24x7_40,
}
"""Generators of example folders by name: `(seed=1, locale="zh")` gives file names and texts."""

__all__ = ["EXAMPLES", "blank", "hotline", "pos24x7", "pos24x7_40"]
