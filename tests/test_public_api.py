"""The public names: sorted, complete, and loaded only when they are used."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import wfm

HEAVY = ("ortools", "pandas", "plotly", "rich", "scipy")


def loaded(code: str) -> set[str]:
    """Return which heavy libraries a fresh interpreter holds after running some code."""
    tail = f"import sys; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", f"{code}\n{tail}"], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split())


def run_command(*arguments: str) -> set[str]:
    """Return which heavy libraries the command line holds after one command."""
    return loaded(f"from wfm.cli import app\napp({list(arguments)!r}, standalone_mode=False)\nprint()")


def test_names_are_sorted() -> None:
    """The public names stand in order, each once."""
    assert wfm.__all__ == sorted(set(wfm.__all__))


@pytest.mark.parametrize("name", wfm.__all__)
def test_every_name_can_be_had(name: str) -> None:
    """Every public name is there, and has a docstring or is a constant."""
    assert getattr(wfm, name) is not None


def test_checkers_see_the_same_names() -> None:
    """What type checkers see is what `__all__` promises."""
    tree = ast.parse(Path(wfm.__file__).read_text("utf-8"))
    block = next(n for n in tree.body if isinstance(n, ast.If))
    seen = [a.asname or a.name for n in block.body if isinstance(n, ast.ImportFrom) for a in n.names]
    assert sorted(seen) == wfm.__all__


def test_an_unknown_name_is_an_attribute_error() -> None:
    """A name that is not public does not exist."""
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = wfm.nothing


def test_dir_lists_the_names() -> None:
    """Completion shows every public name before it is loaded."""
    assert set(wfm.__all__) <= set(dir(wfm))


def test_import_is_free() -> None:
    """`import wfm` loads none of the heavy libraries."""
    assert loaded("import wfm; print()") == set()


def test_help_is_light() -> None:
    """`wfm --help` loads neither pandas nor OR-Tools."""
    assert run_command("--help") <= {"rich"}


def test_one_line_staff_is_light() -> None:
    """A one-line `wfm staff` loads neither pandas nor OR-Tools."""
    assert run_command("staff", "--offered", "100", "--aht", "180s") <= {"rich"}
