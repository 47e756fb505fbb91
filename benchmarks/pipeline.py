"""The whole line on an example: seconds, gap, uncovered hours."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from wfm.pipeline.facts import facts_of
from wfm.pipeline.init import init_folder
from wfm.pipeline.origin import versions
from wfm.pipeline.plan import plan_folder

KEPT = ("status", "stopped", "objective", "bound", "gap", "seconds", "wall_seconds", "shares", "kpis")


def run(example: str = "hotline", budget: str | None = None, seed: int | None = None) -> dict[str, Any]:
    """Return what planning an example in an empty folder comes to; `line_seconds` is wall time, files included."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / example
        init_folder(folder, example=example, locale="en")
        start = time.perf_counter()
        facts = facts_of(plan_folder(folder, budget=budget, seed=seed))
        seconds = time.perf_counter() - start
    return {
        "instance": example,
        "line_seconds": round(seconds, 2),
        **{name: facts[name] for name in KEPT if name in facts},
        "versions": versions(),
    }
