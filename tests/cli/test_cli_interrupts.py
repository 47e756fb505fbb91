"""Ctrl-C and SIGKILL: the best roster so far, or the old folder, never a mixture."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from typer import Exit

from wfm.cli import app
from wfm.cli.session import Session, session, stopper
from wfm.files import verify_manifest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wfm.domain.answer import Progress, TracePoint

MOMENTS = 20
DRIVER = """
import os, random, signal, sys, time
from pathlib import Path
import wfm.cli.show, wfm.pipeline.plan, wfm.roster.engine.search
from wfm.cli import app
from wfm.files import verify_manifest

folder, moments = Path(sys.argv[1]), int(sys.argv[2])

def start(seed):
    child = os.fork()
    if child:
        return child
    app(["plan", str(folder), "--json", "--seed", str(seed)], standalone_mode=False)
    os._exit(0)

begin = time.monotonic()
os.waitpid(start(1), 0)
whole = time.monotonic() - begin
dice = random.Random(20260501)
for seed in range(2, moments + 2):
    child = start(seed)
    time.sleep(whole * dice.uniform(0, 1.1))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert verify_manifest(folder / "out")["seed"] in range(1, seed + 1)
os.waitpid(start(99), 0)
assert verify_manifest(folder / "out")["seed"] == 99
assert sorted(p.name for p in folder.iterdir() if p.name.startswith("out")) == ["out"]
"""
"""Runs are forked once everything is imported, so that the moments fall into the work and not into the imports."""


def test_the_second_ctrl_c_interrupts() -> None:
    """The first Ctrl-C sets the event, the second one interrupts, and afterwards all is as before."""
    before = signal.getsignal(signal.SIGINT)
    with stopper(Session("en", None)) as stop:
        os.kill(os.getpid(), signal.SIGINT)
        assert stop.wait(5)
        with pytest.raises(KeyboardInterrupt):  # noqa: PT012
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(5)
    assert signal.getsignal(signal.SIGINT) is before


def test_too_little_memory_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Where memory does not suffice for a first roster there is a sentence and exit code 4, no traceback."""
    with pytest.raises(Exit) as ended, session(None, "en"):
        raise MemoryError
    assert ended.value.exit_code == 4
    assert "memory" in capsys.readouterr().err


def test_ctrl_c_writes_the_best_roster_so_far(
    hard_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C after the first roster ends with 0 and an `out/` whose status is `interrupted`."""
    sent: list[float] = []

    def look(point: TracePoint) -> None:
        if point.objective is not None and not sent:
            sent.append(point.objective)
            os.kill(os.getpid(), signal.SIGINT)

    @contextmanager
    def shown(_: Session) -> Iterator[Progress]:
        yield look

    monkeypatch.setattr("wfm.cli.commands.shown", shown)
    assert not app(["plan", str(hard_folder), "--budget", "600s"], standalone_mode=False)
    facts = verify_manifest(hard_folder / "out")
    assert facts["status"] == "interrupted"
    assert facts["kpis"]["hard"] == 0
    assert facts["objective"] <= sent[0] + 1e-6
    assert "Stopping" in capsys.readouterr().err


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")
def test_sigkill_never_leaves_a_mixture(done: Path) -> None:
    """A run killed at 20 random moments leaves an `out/` that is whole: the one before it or the new one."""
    driver = [sys.executable, "-c", DRIVER, str(done), str(MOMENTS)]
    run = subprocess.run(driver, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr


@pytest.fixture
def hard_folder(small_folder: Path, tmp_path: Path) -> Path:
    """Return a folder whose search does not end by itself: twelve agents, a month, no gap allowed."""
    place = tmp_path / "hard"
    shutil.copytree(small_folder, place)
    plan = (place / "plan.toml").read_text()
    plan = plan.replace("last = 2026-05-10", "last = 2026-05-31") + "target_gap = 0\n\n[rules.rest_days]\ndays = 9\n"
    (place / "plan.toml").write_text(plan)
    rows = "".join(f"A{n},Agent {n},red,full,sales\n" for n in range(1, 13))
    (place / "agents.csv").write_text("agent_id,name,team,contract,skills\n" + rows)
    wishes = "".join(f"A{n},2026-05-{d:02d},off\n" for n in range(1, 13) for d in range(n, 31, 5))
    (place / "requests.csv").write_text("agent_id,date,kind\n" + wishes)
    history = (place / "history.csv").read_text().replace(",1", ",4")
    (place / "history.csv").write_text(history)
    return place
