"""The inner loops as plain Python: without a compiler the search finds the same roster."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCRIPT = """
import sys
if {hidden}:
    sys.modules["numba"] = None
sys.path[:0] = [{root!r}, {root!r} + "/tests/oracles"]
from engine_plans import plan_of
from wfm.roster import build_book, solve
from wfm.domain import jit
from wfm.roster.engine import search
search.LEAST_ANNEALING = 0.002
plan = plan_of(4, days=5, budget="0.2s", target_gap=0)
answer = solve(plan, build_book(plan.settings))
print(jit.COMPILED)
print(float(answer.objective), float(answer.bound), float(answer.seconds))
for point in answer.trace:
    print(point.phase, *(x if x is None else float(x) for x in (point.seconds, point.objective, point.bound)))
for cell in answer.roster:
    print(cell.agent_id, cell.date, cell.state, cell.shift and cell.shift.code, cell.queue)
"""


def run(*, hidden: bool = False, **environment: str) -> tuple[str, str]:
    """Return whether a process of its own compiled, and what it found."""
    script = SCRIPT.format(hidden=hidden, root=str(ROOT))
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={**os.environ, **environment},
    )
    assert not done.returncode, done.stderr
    compiled, found = done.stdout.split("\n", 1)
    return compiled, found


@pytest.fixture(scope="module")
def compiled() -> str:
    """Return what the compiled loops find."""
    pytest.importorskip("numba", reason="no compiler of inner loops installed")
    was, found = run()
    assert was == "True"
    return found


def test_without_the_compiler_the_roster_is_the_same(compiled: str) -> None:
    """Where numba cannot be imported, roster, proof, work and trace are the same byte for byte."""
    was, found = run(hidden=True)
    assert was == "False"
    assert found == compiled


def test_with_the_compiler_switched_off_the_roster_is_the_same(compiled: str) -> None:
    """Numba's own switch to run functions as Python changes nothing but the speed."""
    _, found = run(NUMBA_DISABLE_JIT="1")
    assert found == compiled
