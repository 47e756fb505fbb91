"""The page `docs/own-rule.md`, taken at its word: the file and the tables that it shows."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "own-rule.md"
NAME = "free_after_weekend.py"
KIND = "free_after_weekend"


def blocks(language: str) -> list[str]:
    """Return the blocks of one language that the page shows, in order."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


def rule_file(folder: Path) -> Path:
    """Return the rule's file after it was saved in a folder."""
    (code,) = blocks("python")
    path = folder / NAME
    path.write_text(code, encoding="utf-8")
    return path


def plan_table() -> str:
    """Return what the page writes into `plan.toml`."""
    return blocks("toml")[0]


def entry_point() -> str:
    """Return the value of the entry point that the page shows."""
    found = re.search(rf'^{KIND} = "(.+)"$', blocks("toml")[1], re.MULTILINE)
    assert found
    return found[1]
