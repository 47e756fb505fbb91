"""The house keeps its shape: who may import whom, and where the heavy libraries live."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "wfm"
ROOMS = ("files", "forecast", "staffing", "simulation", "roster", "payroll", "export", "report", "records", "samples")
FLOORS: tuple[tuple[str, ...], ...] = (("domain",), ("erlang", "law"), ROOMS, ("pipeline",), ("cli",))
HOMES = {
    "ortools": ("wfm.roster.engine",),
    "typer": ("wfm.cli",),
    "rich": ("wfm.cli",),
    "holidays": ("wfm.domain",),
}


def name_of(path: Path) -> str:
    """Return the dotted name of a module file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def targets(node: ast.AST) -> list[str]:
    """Return the modules that an import statement names; `from wfm.x import y` names `wfm.x.y` where that is one."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        inner = [f"{node.module}.{alias.name}" for alias in node.names]
        return [name if name in MODULES else node.module for name in inner]
    return []


def imports(path: Path) -> set[str]:
    """Return every module imported anywhere in a file, type-checking blocks and functions included."""
    return {name for node in ast.walk(ast.parse(path.read_text("utf-8"))) for name in targets(node)}


def imports_on_load(path: Path) -> set[str]:
    """Return the modules imported when a file is loaded: nothing inside functions or type-checking blocks."""
    found: set[str] = set()
    waiting: list[ast.stmt] = list(ast.parse(path.read_text("utf-8")).body)
    while waiting:
        node = waiting.pop()
        found.update(targets(node))
        if isinstance(node, ast.If) and "TYPE_CHECKING" not in ast.unparse(node.test):
            waiting += [*node.body, *node.orelse]
        if isinstance(node, ast.ClassDef | ast.Try | ast.With):
            waiting += node.body
    return found


def part(module: str) -> str | None:
    """Return the part of the house a module is in; None for the package itself and for foreign modules."""
    pieces = module.split(".")
    return pieces[1] if pieces[0] == "wfm" and len(pieces) > 1 else None


def floor(name: str) -> int:
    """Return the floor of a part, the ground being 0."""
    return next(n for n, parts in enumerate(FLOORS) if name in parts)


def test_every_folder_has_a_floor() -> None:
    """Every folder of the package stands on one floor of the house."""
    folders = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders == {name for parts in FLOORS for name in parts}


@pytest.mark.parametrize("module", [m for m in MODULES if part(m)])
def test_imports_go_down(module: str) -> None:
    """A module imports only its own part and the floors below: rooms never import each other."""
    own = part(module)
    assert own is not None
    others = {part(name) for name in imports(MODULES[module]) if name.startswith("wfm")} - {own}
    assert None not in others, f"{module} imports the package itself"
    assert [other for other in others if other and floor(other) >= floor(own)] == []


@pytest.mark.parametrize("library", HOMES)
def test_heavy_libraries_stay_at_home(library: str) -> None:
    """OR-Tools, Typer, Rich and holidays are each imported in one place only."""
    users = {m for m, path in MODULES.items() if any(n.split(".")[0] == library for n in imports(path))}
    strangers = {m for m in users if not m.startswith(HOMES[library])}
    assert strangers == set()
    assert users, f"nobody imports {library}: is the dependency still needed?"


def test_no_import_cycles() -> None:
    """The modules can be loaded in an order in which each finds what it imports at the top."""
    graph = {m: {n for n in imports_on_load(p) if n in MODULES and n != m} for m, p in MODULES.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"import cycle: {' -> '.join(error.args[1])}")
