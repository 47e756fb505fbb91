"""What a result was made from: inputs, versions, seed and budget."""

from __future__ import annotations

import hashlib
import platform
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wfm.domain.plan import Inputs
    from wfm.domain.settings import Settings

PACKAGES = ("wfm", "ortools", "numpy", "pandas", "holidays")
"""What the roster depends on."""


def versions() -> dict[str, str]:
    """Return the versions of Python, the product and the libraries that the result depends on."""
    return {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}}


def origin(inputs: Inputs) -> dict[str, Any]:
    """Return what the manifest says about where the files come from: plain values only."""
    solve = inputs.settings.solve
    return {
        "inputs": dict(inputs.hashes),
        "settings": digest(inputs.settings),
        "versions": versions(),
        "seed": solve.seed,
        "budget": solve.budget,
    }


def digest(settings: Settings) -> str:
    """Return the SHA-256 of the settings that shape a roster: not `[export]`, `[pay]`, `[hours]` and the language."""
    text = settings.model_dump_json(exclude={"export": True, "pay": True, "hours": True, "centre": {"locale"}})
    return hashlib.sha256(text.encode()).hexdigest()
