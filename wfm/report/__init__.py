"""What the planner looks at: key figures, and one HTML page that opens without a network.

The page is loaded only when it is asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from wfm.report.kpis import Kpis, cover_by_day, cover_by_queue, kpis

if TYPE_CHECKING:
    from wfm.report.page import Page, render

__all__ = ["Kpis", "Page", "cover_by_day", "cover_by_queue", "kpis", "render"]


def __getattr__(name: str) -> object:
    """Return `Page` or `render`, importing their module on first use."""
    if name not in ("Page", "render"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.page"), name)
