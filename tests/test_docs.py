"""Documentation: generated pages are fresh, links lead somewhere, every command and every kind has its place."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from wfm.export import EXPORTS
from wfm.forecast import FORECASTERS
from wfm.payroll import PAY_ELEMENTS
from wfm.roster import GOALS, RULES

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
COMMANDS = (
    "init",
    "plan",
    "forecast",
    "backtest",
    "staff",
    "simulate",
    "whatif",
    "import roster",
    "roster",
    "explain",
    "check",
    "export",
    "report",
    "rules",
    "leave",
    "swap",
)


def text(name: str) -> str:
    """Return a page of the checkout."""
    return (ROOT / name).read_text("utf-8")


def test_generated_pages_are_fresh() -> None:
    """The pages made from the code are what the code says today."""
    command = [sys.executable, "docs/generate.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link of a page names a file or folder that is there."""
    targets = re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented(name: str) -> None:
    """Every command stands in both READMEs and has a section of its own."""
    assert f"`wfm {name}" in text("README.md")
    assert f"`wfm {name}" in text("README.zh-CN.md")
    assert f"## wfm {name}\n" in text("docs/cli.md")


@pytest.mark.parametrize(
    ("page", "kinds"),
    [
        ("rules.md", RULES),
        ("rules.md", [f"goal {kind}" for kind in GOALS]),
        ("pay.md", PAY_ELEMENTS),
        ("exports.md", EXPORTS),
        ("forecasters.md", FORECASTERS),
    ],
    ids=["rules", "goals", "pay", "exports", "forecasters"],
)
def test_every_kind_is_documented(page: str, kinds: list[str]) -> None:
    """Every rule, goal, pay element, export and forecaster has its section."""
    assert [kind for kind in kinds if f"\n## {kind}\n" not in text(f"docs/{page}")] == []


def test_readmes_have_the_same_shape() -> None:
    """Both READMEs have as many sections, tables and commands."""
    english, chinese = text("README.md"), text("README.zh-CN.md")
    assert len(re.findall(r"^## ", english, re.M)) == len(re.findall(r"^## ", chinese, re.M))
    assert sorted(set(re.findall(r"`wfm \w+", english))) == sorted(set(re.findall(r"`wfm \w+", chinese)))


def test_decisions_are_short() -> None:
    """A decision record has at most 40 lines, so that it is read."""
    long = [p.name for p in (ROOT / "docs" / "decisions").glob("*.md") if len(p.read_text("utf-8").splitlines()) > 40]
    assert long == []
