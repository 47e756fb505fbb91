"""The page on simulation is true: its examples are run."""

from __future__ import annotations

import doctest
from pathlib import Path


def test_examples_of_the_page_run() -> None:
    """Every example gives what the page says."""
    page = Path(__file__).parents[2] / "docs" / "simulation.md"
    done = doctest.testfile(str(page), module_relative=False)
    assert done.failed == 0
    assert done.attempted > 10
