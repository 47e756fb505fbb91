"""From contacts to required agents per queue and interval; `staff_one` needs no pandas."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wfm.staffing.one import OneAnswer, parse_target, staff_one
    from wfm.staffing.table import notes, requirement
    from wfm.staffing.totals import rollup

__all__ = ["OneAnswer", "notes", "parse_target", "requirement", "rollup", "staff_one"]

_HOMES = {
    "OneAnswer": "one",
    "notes": "table",
    "parse_target": "one",
    "requirement": "table",
    "rollup": "totals",
    "staff_one": "one",
}


def __getattr__(name: str) -> object:
    """Return a public name, importing its module on first use."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
