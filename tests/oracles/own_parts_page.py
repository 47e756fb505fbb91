"""The page `docs/own-parts.md`, taken at its word: the package, the tables and the tests that it shows."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "own-parts.md"
PACKAGE = "our_parts"
FORECASTER, ELEMENT, EXPORT = KINDS = ("weekday_median", "sunday_bonus", "gate_list")


def blocks(language: str) -> list[str]:
    """Return the blocks of one language that the page shows, in order."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)


def tables() -> dict[str, str]:
    """Return by kind what the page writes into `plan.toml`."""
    return dict(zip(KINDS, blocks("toml")[1:], strict=True))


def shown_tests() -> str:
    """Return the file of tests that the page shows."""
    return blocks("python")[len(KINDS)]


def installed(site: Path) -> Path:
    """Return the folder of the page's package after it was put into a folder as an installer does it."""
    package = site / PACKAGE
    package.mkdir(parents=True)
    for kind, code in zip(KINDS, blocks("python"), strict=False):
        (package / f"{kind}.py").write_text(code, encoding="utf-8")
    project = tomllib.loads(blocks("toml")[0])["project"]
    info = site / "our_parts-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: our-parts\nVersion: 1.0\n", encoding="utf-8")
    lines = [
        line
        for group, points in project["entry-points"].items()
        for line in (f"[{group}]", *(f"{name} = {value}" for name, value in points.items()))
    ]
    (info / "entry_points.txt").write_text("\n".join([*lines, ""]), encoding="utf-8")
    return package


def with_tables(plan: str, *kinds: str) -> str:
    """Return the text of a `plan.toml` with the page's tables of some kinds."""
    return "\n".join([plan, *(tables()[kind] for kind in kinds)])
