"""Seeded generators of the example folders, and the folder to fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wfm.samples._blank import blank
from wfm.samples._hotline import hotline

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

EXAMPLES: Mapping[str, Callable[..., dict[str, str]]] = {"hotline": hotline}
"""Generators of example folders by name: `(seed=1, locale="zh")` gives file names and texts."""

__all__ = ["EXAMPLES", "blank", "hotline"]
