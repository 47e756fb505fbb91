"""What a result was made from: inputs, versions, seed and budget."""

from __future__ import annotations

import platform
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wfm.domain.plan import Inputs

PACKAGES = ("wfm", "ortools", "numpy", "pandas", "holidays")
"""What the roster depends on."""


def versions() -> dict[str, str]:
    """Return the versions of Python, the product and the libraries that the result depends on."""
    return {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}}


def origin(inputs: Inputs) -> dict[str, Any]:
    """Return what the manifest says about where the files come from: plain values only."""
    solve = inputs.settings.solve
    return {"inputs": dict(inputs.hashes), "versions": versions(), "seed": solve.seed, "budget": solve.budget}
