"""Every reference case of every model, where that folder is at hand."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from benchmarks.erlang_cases import compute_file, computed_of

SECONDS = (
    "_s",
    "_s_exact",
    "queue",
    "carried",
    "load",
    "orbit",
    "busy",
    "per_h",
    "total",
    "attempts",
    "chats",
    "gross",
)
"""Parts of the names of figures that are no probabilities: their errors are relative."""


def reference() -> Path:
    """Return the file of reference cases: below `WFM_SHARED_DATA`, or beside the checkout."""
    folder = Path(os.environ.get("WFM_SHARED_DATA", Path(__file__).parents[3] / "shared" / "data"))
    path = folder / "erlang" / "reference.json"
    if not path.exists():
        pytest.skip("shared data not present")
    return path


def allowed(name: str, text: str, source: str, tags: str) -> float:
    """Return the error that a figure may have: of its printed digits where published, else of the last digits kept."""
    exact = float(text)
    if tags == "published" and not name.endswith("exact"):
        return 0.5 * 10.0 ** -len(text.partition(".")[2]) * 1.001 if name != "asa_s" else 2e-3 * exact
    digits = 1e-12 if len(text) > 16 or "12 kept" in source else 0.0
    relative = any(part in name for part in SECONDS) and not name.startswith("p_")
    return max(1e-10 * abs(exact) if relative else 1e-12, digits)


def check(case: dict[str, Any], computed: dict[str, Any]) -> None:
    """Compare every figure of one case."""
    for name, value in case["outputs"].items():
        if name == "published_text":
            continue
        found = computed[name]
        if value is None or isinstance(value, bool | int):
            assert found == value, (case, name)
        elif isinstance(value, list):
            assert found == pytest.approx(value, rel=2e-9), (case, name)
        elif value != found:
            error = allowed(name, value, case["source"], case["tags"])
            assert float(found) == pytest.approx(float(value), abs=error), (case, name)


def test_every_case_is_computed_within_its_digits(tmp_path: Path) -> None:
    """All cases come out: probabilities to 1e-12, seconds to 1e-10 of their size, agents exactly."""
    told = compute_file(reference(), tmp_path / "out.json")
    assert told["failed"] == []
    cases = json.loads((tmp_path / "out.json").read_text("utf-8"))["cases"]
    assert len(cases) == told["computed"]
    for case in cases:
        check(case, case["computed"])


def test_a_case_that_cannot_be_computed_says_why() -> None:
    """An unknown model or a missing input is told, and the run goes on."""
    for case in (
        {"model": "erlang_q", "inputs": {}, "outputs": {}},
        {"model": "erlang_b", "inputs": {}, "outputs": {}},
    ):
        found = computed_of(case)
        assert found["computed"] is None
        assert found["why"]
