"""The pages on staffing are true: their examples are run."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", ["staffing.md", "staffing-models.md"])
def test_examples_of_the_page_run(name: str) -> None:
    """Every example gives what the page says, and there are some."""
    done = doctest.testfile(str(DOCS / name), module_relative=False)
    assert done.failed == 0
    assert done.attempted > 10
